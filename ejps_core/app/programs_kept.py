"""What rule files came to when they were compiled last: kept until one of them changes, for pages that only look at it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from ejps_core.app.library import default_folders
from ejps_core.app.rule_files import SUFFIX
from ejps_core.hooks.manager import Plugins

KEPT = 64
T = TypeVar("T")
State = tuple[tuple[str, int, int], ...]


class _Kept:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[int, str], tuple[Plugins, State, object]] = OrderedDict()

    def get(self, plugins: Plugins, name: str, make: Callable[[], T]) -> T:
        key, state = (id(plugins), name), _state()
        with self._lock:
            before = self._found.get(key)
        if before is not None and before[0] is plugins and before[1] == state:
            return before[2]  # type: ignore[return-value]  # what the same name was kept for
        made = make()
        with self._lock:
            self._found[key] = (plugins, state, made)
            self._found.move_to_end(key)
            while len(self._found) > KEPT:
                self._found.popitem(last=False)
        return made


def _state() -> State:
    """The rule sets in the folders: by path, when they changed last, and how long they are."""
    files = sorted(path for folder in default_folders() for path in folder.rglob(f"*{SUFFIX}"))
    return tuple((str(path), found.st_mtime_ns, found.st_size) for path in files for found in (path.stat(),))


_KEPT = _Kept()


def kept(plugins: Plugins, name: str, make: Callable[[], T]) -> T:
    """What `make` gives, or gave before while neither the plugins nor a rule set in the folders is another."""
    return _KEPT.get(plugins, name, make)
