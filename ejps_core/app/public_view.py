"""What anybody may see: which programs decide where, totals with small numbers kept back, a family's status by its code."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from ejps_core.aid.disclosure import Published, published, totalled
from ejps_core.app.compiled_programs import compiled_programs
from ejps_core.app.complaining import unknown_code
from ejps_core.app.decrees_on_record import list_at, receipts_of
from ejps_core.app.family_aid import Happening, happened
from ejps_core.app.program_states import states
from ejps_core.app.program_view import title_of
from ejps_core.app.run_view import fact_words, reasons_of, ruleset_of
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.model.words import Words
from ejps_core.registry.regions import DISTRICTS
from ejps_core.store.acts import Role
from ejps_core.store.decrees import decrees, issue_of
from ejps_core.store.opening import open_store
from ejps_core.store.people import district_of
from ejps_core.store.public import family_of_code
from ejps_core.store.runs import decision_of, run_of
from ejps_core.store.scope import Scope
from ejps_core.store.session import Store
from ejps_core.store.words import ProgramState

ANYBODY = Scope("publik", Role.SYSTEM, None)
"""Whoever looks without an account: no right, no purpose for which identifiers are opened; only this file asks for him."""
FRESH = timedelta(minutes=10)
"""How long totals are kept: they are counted from every payment, and anybody may ask for them."""
SHOWN = frozenset({"decree", "payment", "hold"})
"""What the holder of a code reads of a family's aid."""


@dataclass(frozen=True, slots=True)
class Active:
    """A program that is active in some districts. first, last: when its rules are in force; lapsed: that was before."""

    id: str
    title: Words
    districts: tuple[str, ...]
    first: date
    last: date
    lapsed: bool


@dataclass(frozen=True, slots=True)
class Total:
    """A phase of a program by district, with totals: families that received, those that have not yet, both together.

    rows: as published, None: kept back; the last row and column are totals. districts: of the rows but the last.
    """

    program: str
    title: Words
    phase: int
    districts: tuple[str, ...]
    rows: Published

    @property
    def kept_back(self) -> bool:
        """Whether any number is."""
        return any(each is None for row in self.rows for each in row)


@dataclass(frozen=True, slots=True)
class Status:
    """Where a family stands, without a word on who it is."""

    program: str
    title: Words
    district: str
    as_of: date
    verdict: Verdict
    reasons: tuple[Words, ...]
    needs: tuple[Words, ...]
    happenings: tuple[Happening, ...]


def active_programs(options: StoreOptions, day: date, plugins: Plugins) -> tuple[Active, ...] | Diagnostic:
    """The installed programs that decide somewhere on a day."""
    found = states(options, day, plugins)
    if isinstance(found, Diagnostic):
        return found
    shown = []
    for program, installed, districts in found.now:
        own = tuple(code for code, state in districts if state == ProgramState.ACTIVE.value)
        ruleset = _rules_of(program, plugins) if installed and own else None
        if ruleset is not None:
            first, last = day_of(ruleset.first), day_of(ruleset.last)
            shown.append(Active(program, title_of(ruleset), own, first, last, last < day))
    return tuple(shown)


def _rules_of(program: str, plugins: Plugins) -> Ruleset | None:
    """The installed program's own rules; None: it can't be used."""
    found = compiled_programs(plugins).get(program)
    return None if found is None or isinstance(found.compiled, Diagnostic) else found.compiled.ruleset


class _Kept:
    """The totals of each store as they were counted last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: OrderedDict[str, tuple[datetime, tuple[Total, ...]]] = OrderedDict()

    def get(self, store: str, at: datetime, make: Callable[[], tuple[Total, ...]]) -> tuple[Total, ...]:
        """The totals, counted anew if they are no longer fresh; meanwhile others wait, so that they are counted once."""
        with self._lock:
            kept = self._of.get(store)
            if kept is None or at - kept[0] >= FRESH:
                kept = self._of[store] = (at, make())
                while len(self._of) > MOST_STORES:
                    self._of.popitem(last=False)
            return kept[1]


MOST_STORES = 4
_KEPT = _Kept()


def totals(options: StoreOptions, plugins: Plugins, at: datetime) -> tuple[Total, ...] | Diagnostic:
    """Each phase of each program with decrees in force, by district; small numbers and what gives them away kept back."""

    def found() -> tuple[Total, ...]:
        with open_store(place_of(options)) as store:
            return _KEPT.get(store.identity, at, lambda: made(store))

    def made(store: Store) -> tuple[Total, ...]:
        with store.reading() as session:
            counted = _counted(session)
        shown = []
        for program, phase in sorted(counted):
            own = counted[program, phase]
            districts = tuple(sorted(own))
            table = totalled([own[each] for each in districts])
            ruleset = _rules_of(program, plugins)
            title = Words(program, program) if ruleset is None else title_of(ruleset)
            shown.append(Total(program, title, phase, districts, published(table)))
        return tuple(shown)

    return attempt(found)


def _counted(session: Session) -> dict[tuple[str, int], dict[str, tuple[int, int]]]:
    """By program and phase, for each district: how many families have received, how many have not yet.

    Whoever received without being on a decree counts as one who received.
    """
    named: dict[tuple[str, int], dict[str, set[str]]] = {}
    for decree in decrees(session):
        if decree.amends is not None or decree.id is None or issue_of(session, decree.id) is None:
            continue
        for phase in decree.phases:
            members = list_at(session, decree.id, phase).recipients
            own = named.setdefault((decree.program, phase), {}).setdefault(decree.district, set())
            own.update(each.pid for each in members)
    counted = {}
    for (program, phase), districts in named.items():
        paid = {each.family for each in receipts_of(session, program, phase=phase) if each.money.total > 0}
        counted[program, phase] = {code: (len(own & paid), len(own - paid)) for code, own in districts.items()}
    return counted


def status(options: StoreOptions, code: str) -> Status | Diagnostic:
    """Where the family stands on whose letter the code is; the same answer for a code that never was and one mistyped."""

    def found() -> Status:
        with open_store(place_of(options)) as store, store.reading() as session:
            known = family_of_code(session, code)
            if known is None:
                raise unknown_code()
            run, decision = run_of(session, known.run_id), decision_of(session, known.run_id, known.pid)
            ruleset = ruleset_of(run)
            district = district_of(session, run.version_id)
            assert district is not None
            events = tuple(each for each in happened(session, known.pid) if each.kind in SHOWN and each.signed)
            verdict = Verdict(decision.verdict)
            needs = decision.needs if verdict is Verdict.UNDETERMINED else ()
            return Status(
                run.program, title_of(ruleset), district, run.as_of, verdict, reasons_of(ruleset, decision),
                tuple(fact_words(ruleset, fact) for fact in needs), events,
            )  # fmt: skip

    return attempt(found)


__all__ = ["ANYBODY", "DISTRICTS", "Active", "Status", "Total", "active_programs", "status", "totals"]
