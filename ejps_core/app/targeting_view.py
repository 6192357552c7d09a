"""Whether aid reached the right families, by district, from what is on record: newest runs against what was received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.targeting import Basis, Group, Judgement, Level, Rate, Receipt, targeting, together
from ejps_core.app.decrees_on_record import receipts_of
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Verdict
from ejps_core.store.opening import open_store
from ejps_core.store.tables import Decision, ListVersion, ReceivedList, Run
from ejps_core.store.words import Basis as Known

Decided = tuple[Run, str, int]
"""A run, the district of its list, and the phase that the list is for; 0: none."""
BASES = {Known.KNOWN_THEN.value: Basis.THEN, Known.LATEST.value: Basis.LATEST}


@dataclass(frozen=True, slots=True)
class Reached:
    """Targeting on one basis: of all districts, and of each. runs: by district the run that judges it, and its day."""

    basis: Basis
    whole: Group
    districts: tuple[tuple[str, Group], ...]
    runs: tuple[tuple[str, int], ...]

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The rates of the whole, each with what it is of."""
        return rates_of(self.whole)


@dataclass(frozen=True, slots=True)
class Targeting:
    """A program's targeting. receipts: how many families received in a phase; programs: those with runs on record."""

    programs: tuple[str, ...]
    program: str | None
    receipts: int
    bases: tuple[Reached, ...]


def rates_of(group: Group) -> tuple[Rate, ...]:
    """Every rate of a group, none of them without its denominator."""
    found = (group.on_target, group.leakage, group.inclusion, group.exclusion, group.total_error, group.off_target_money)
    return tuple(found)


def reached(options: StoreOptions, program: str | None) -> Targeting | Diagnostic:
    """The targeting of a program (None: the first on record) by the newest run of each list, on each basis there is."""

    def found() -> Targeting:
        with open_store(place_of(options)) as store, store.reading() as session:
            programs = tuple(session.execute(select(col(Run.program)).distinct().order_by(col(Run.program))).scalars())
            chosen = program or next(iter(programs), None)
            if chosen is None:
                return Targeting(programs, None, 0, ())
            receipts = receipts_of(session, chosen)
            newest = _newest_runs(session, chosen)
            bases = tuple(_on(session, basis, newest[known], receipts) for known, basis in BASES.items() if known in newest)
            return Targeting(programs, chosen, len(receipts), bases)

    return attempt(found)


def _newest_runs(session: Session, program: str) -> Mapping[str, tuple[Decided, ...]]:
    """By basis, the newest run of each list with its district; runs that were made to replay another don't count."""
    asked = (
        select(Run, ReceivedList)
        .join(ListVersion, col(ListVersion.id) == col(Run.version_id))
        .join(ReceivedList, col(ReceivedList.id) == col(ListVersion.list_id))
        .where(col(Run.program) == program, col(Run.replay_of).is_(None))
        .order_by(col(Run.id))
    )
    kept: dict[tuple[str, int], Decided] = {}
    for run, matter in session.execute(asked).all():
        phase = int(matter.phase) if matter.phase is not None and matter.phase.isdigit() else 0
        kept[run.basis, matter.id or 0] = (run, matter.district, phase)
    found: dict[str, tuple[Decided, ...]] = {}
    for (basis, _), each in kept.items():
        found[basis] = (*found.get(basis, ()), each)
    return found


def _on(session: Session, basis: Basis, runs: tuple[Decided, ...], receipts: tuple[Receipt, ...]) -> Reached:
    areas = {district for _, district, _ in runs}
    paid = [each for each in receipts if each.region[:5] in areas]
    groups = targeting(paid, list(_judgements(session, runs)), (Level.DISTRICT,))
    judged = tuple(sorted((district, run.id or 0) for run, district, _ in runs))
    return Reached(basis, together(groups), tuple((group.names[0], group) for group in groups), judged)


def _judgements(session: Session, runs: Iterable[Decided]) -> Iterable[Judgement]:
    """The verdicts of runs; no more is read of a decision than is counted."""
    for run, district, own in runs:
        asked = select(col(Decision.pid), col(Decision.phase), col(Decision.verdict)).where(col(Decision.run_id) == run.id)
        for pid, phase, verdict in session.execute(asked):
            yield Judgement(run.program, phase or own, pid, district, Verdict(verdict))
