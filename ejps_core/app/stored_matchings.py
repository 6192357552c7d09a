"""Who the people of a list on record are in its registers: their heads, and the newest matching with the answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.stored_facts import Stored
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.registry.recognised import Identification, Recognition
from ejps_core.store.match_answers import Rests, Stand, matching_of, rests_on, stands
from ejps_core.store.tables import ListVersion, MatchRun, RegisterSnapshot


@dataclass(frozen=True, slots=True)
class Used:
    """A matching that decisions rest on: who is whom by it, and what is recorded of it."""

    recognition: Recognition
    rests: Rests


def used_matching(
    session: Session,
    stored: Stored,
    snapshot: RegisterSnapshot,
    known: datetime | None,
    exactly: Mapping[int, tuple[int, ...]] | None,
) -> Used | None:
    """The newest matching of this version with this snapshot by then; exactly: this one, and these answers (a replay)."""
    assert snapshot.id is not None
    if exactly is None:
        run = matching_of(session, stored.version_id, snapshot.id, known)
    else:
        given = (session.get(MatchRun, each) for each in exactly)
        run = next((each for each in given if each is not None and each.snapshot_id == snapshot.id), None)
    if run is None or run.id is None:
        return None
    found = stands(session, run, known, None if exactly is None else exactly[run.id])
    people = {each.pid: _identified(each) for each in found}
    return Used(Recognition(run.id, people), rests_on(run, snapshot, found))


def _identified(found: Stand) -> Identification:
    return Identification(found.row, found.rows, found.open, found.more, found.by)


def outdated(session: Session, stored: Stored, snapshot: RegisterSnapshot, known: datetime | None) -> Diagnostic | None:
    """What is said where another version of the list, or other data of the register, were matched; None: none were."""
    asked = (
        select(MatchRun)
        .join(ListVersion, col(ListVersion.id) == col(MatchRun.version_id))
        .join(RegisterSnapshot, col(RegisterSnapshot.id) == col(MatchRun.snapshot_id))
        .where(col(ListVersion.list_id) == stored.list_id, col(RegisterSnapshot.kind) == snapshot.kind)
    )
    if known is not None:
        asked = asked.where(col(MatchRun.matched_at) <= known)
    last: MatchRun | None = session.execute(asked.order_by(col(MatchRun.id).desc()).limit(1)).scalar_one_or_none()
    if last is None:
        return None
    return Diagnostic(
        "match-outdated",
        Severity.REMARK,
        None,
        Words(
            f"Pemadanan {last.id} dengan register {snapshot.kind} bukan untuk versi daftar dan data register yang dipakai "
            "sekarang: orang hanya dicari dengan nomornya.",
            f"Matching {last.id} with the register {snapshot.kind} is not of the version of the list and the data of the "
            "register that are used now: people are looked up by their numbers only.",
        ),
        Words(
            f"Padankan lagi: ejps match {stored.list_id} --register {snapshot.kind}",
            f"Match again: ejps match {stored.list_id} --register {snapshot.kind}",
        ),
    )
