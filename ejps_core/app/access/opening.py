"""The store opened once for many requests: for nobody yet, until a scope says how far it is seen."""

from __future__ import annotations

from ejps_core.app.stores import StoreOptions, place_of
from ejps_core.store.opening import open_store
from ejps_core.store.scope import Scope
from ejps_core.store.session import Store


def open_for_nobody(options: StoreOptions) -> Store:
    """The store without a scope; StoreError if it can't be opened."""
    return open_store(place_of(options)).seen_by(None)


def options_for(store: Store, scope: Scope) -> StoreOptions:
    """The open store as a use case takes it, seen by this scope."""
    return StoreOptions(opened=store.seen_by(scope))
