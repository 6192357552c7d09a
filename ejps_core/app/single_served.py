"""One family decided for a service: programs made ready once for a date and district, and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from ejps_core.app.applying import Where
from ejps_core.app.programs import choose
from ejps_core.app.single import PreparedProgram, prepare_one
from ejps_core.hooks.manager import Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic, Severity

KEPT = 64


@dataclass(frozen=True, slots=True)
class Key:
    """Which rules as of when. district None: the program itself."""

    program: str
    on: date
    known: date | None
    district: str | None


class ReadyPrograms:
    """Programs made ready; each thread may use one at a time."""

    def __init__(self, plugins: Plugins) -> None:
        self._plugins, self._lock = plugins, threading.Lock()
        self._kept: OrderedDict[Key, PreparedProgram] = OrderedDict()

    def get(self, key: Key) -> PreparedProgram | Diagnostic:
        """The program made ready, or why it can't be used."""
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return found
        made = self._made(key)
        if isinstance(made, PreparedProgram):
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return made

    def _made(self, key: Key) -> PreparedProgram | Diagnostic:
        known = day_number(key.known or key.on)
        as_of = AsOf(day_number(key.on), known)
        chosen = choose(key.program, self._plugins, Where(key.district, as_of.on, key.district is None))
        if chosen.exit or not chosen.rulesets:
            return next(each for each in chosen.findings if each.severity is Severity.ERROR)
        ready = prepare_one(chosen.rulesets[0], as_of)
        return ready if isinstance(ready, PreparedProgram) else ready[0]
