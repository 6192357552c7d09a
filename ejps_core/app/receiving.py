"""A list at the desk: read with what is on record, shown, confirmed, and put on record where there is a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from ejps_core.app.importing import Imported, Incoming, nothing, received
from ejps_core.app.library import installed
from ejps_core.app.recording import Matter, Recorded, digest_of_files, kept_store, recall, recorded
from ejps_core.app.stores import Actor, StoreOptions, attempt
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.session import Store


@dataclass(slots=True)
class Received:
    """One list on its way. store None: it is read and judged, and nothing is recorded. In a `with` statement."""

    store: Store | None
    actor: Actor
    request: Incoming
    matter: Matter
    plugins: Plugins = field(default_factory=installed)
    _read_as: str = ""

    def __enter__(self) -> Received:
        return self

    def __exit__(self, *_: object) -> None:
        if self.store is not None:
            self.store.__exit__()

    def read(self) -> Imported | Diagnostic:
        """What stands in the list, by the mapping on record where there is one; a Diagnostic: the store failed."""
        store = self.store
        if store is None:
            return received(self.request, self.plugins, nothing)
        try:
            self._read_as = digest_of_files(self.request)
        except OSError:
            self._read_as = ""  # the reader says what is wrong with the file
        return attempt(lambda: received(self.request, self.plugins, partial(recall, store)))

    def record(self, imported: Imported) -> Recorded | Diagnostic | None:
        """Puts it on record, whole or not at all; None: there is no store."""
        if self.store is None:
            return None
        return recorded(self.store, self.actor, self.request, imported, self.matter, self._read_as)


def desk_of(options: StoreOptions, actor: Actor, request: Incoming, matter: Matter) -> Received | Diagnostic:
    """A list at the desk, with the store if there is one; a Diagnostic: a store was named, and it can't be used."""
    store = kept_store(options)
    return store if isinstance(store, Diagnostic) else Received(store, actor, request, matter)
