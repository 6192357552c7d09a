"""A decree beside a newer run: who of its list no longer qualifies, and whose NIK has come in; for whoever amends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.membership import Member
from ejps_core.app.decrees_on_record import list_at, on_record
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.app.whom import versions_of_run
from ejps_core.model.decreed import Standing
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Verdict
from ejps_core.model.words import Words
from ejps_core.store.lists import newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import decisions_of, run_of
from ejps_core.store.tables import Decision, ListVersion, Person, Run

DIFFERING = {
    "not-in-run": Words("tidak ada di run", "not in the run"),
    Verdict.INELIGIBLE.value: Words("tidak memenuhi syarat", "ineligible"),
    Verdict.UNDETERMINED.value: Words("perlu verifikasi", "undetermined"),
    "amount": Words("nilai lain", "another amount"),
    "nik-known": Words("NIK sudah diketahui", "the NIK is known"),
}
"""What a run may say of somebody that the decree doesn't."""


def compared(options: StoreOptions, number: int, run_id: int, phase: int) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """Each of the list of a phase of whom the run says something else than the decree; nothing is recorded."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            one = on_record(session, number)
            run = run_of(session, run_id)
            if run.program != one.decree.program or run.version_id not in versions_of_run(session, one.decree.run_id):
                raise StoreError(
                    "run-of-another-program",
                    Words(
                        f"Run {run_id} bukan dari program dan daftar keputusan ini.",
                        f"Run {run_id} is of another program or list.",
                    ),
                )
            decisions = {each.pid: each for each in decisions_of(session, run_id)}
            named = _named(session, run)
            listed = list_at(session, one.root_number, phase).members
            told = (_told(each, decisions.get(each.pid), each.pid in named or each.family in named) for each in listed)
            return tuple(each for each in told if each is not None)

    return attempt(found)


def _named(session: Session, run: Run) -> frozenset[str]:
    """Whose NIK is known, by the newest version of the run's list: the person's own, or somebody's of the family."""
    version = session.get(ListVersion, run.version_id)
    assert version is not None
    asked = select(col(Person.pid), col(Person.family_pid)).where(
        col(Person.version_id) == newest_version(session, version.list_id).id, col(Person.nik_index).is_not(None)
    )
    return frozenset(each for row in session.execute(asked) for each in row if each is not None)


def _told(member: Member, decision: Decision | None, nik_known: bool) -> Mapping[str, Any] | None:
    """What the run says of somebody on the list; None: the same as the decree."""
    what: list[str] = []
    if decision is None:
        what.append("not-in-run")
    elif decision.verdict != Verdict.ELIGIBLE.value:
        what.append(decision.verdict)
    elif member.standing is Standing.RECIPIENT and not decision.open and decision.amount != member.amount:
        what.append("amount")
    if not member.payable and nik_known:
        what.append("nik-known")
    if not what:
        return None
    return {
        "pid": member.pid,
        "standing": member.standing.value,
        "rank": member.rank,
        "what": what,
        "because": [] if decision is None else decision.failed,
        "needs": [] if decision is None else decision.needs,
        "amount": None if decision is None else decision.amount,
    }
