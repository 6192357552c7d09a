"""The thresholds of matching on record: what the province has set, who did, when and why. The newest record counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.acts import Role
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import MatchingSetting


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All thresholds and points, as plain values; on: the day on which they were decided; document: by which paper."""

    values: Mapping[str, Any]
    on: date
    document: str | None = None


def set_thresholds(work: Work, thresholds: Thresholds) -> int:
    """Records the thresholds that count from now on; only the province may. Its number."""
    session, act = work.session, work.act
    if act.role is not Role.PROVINCE:
        raise StoreError(
            "not-allowed",
            Words(
                f"Peran {act.role} tidak boleh menetapkan pengaturan pemadanan.",
                f"The role {act.role} may not set the settings of matching.",
            ),
            Words("Ambangnya ditetapkan provinsi (--role province).", "The province sets them (--role province)."),
        )
    if not act.why.strip():
        raise StoreError(
            "why-missing",
            Words("Tidak disebut mengapa pengaturannya diubah.", "It is not said why the settings are changed."),
            Words("Sebut --why.", "Give --why."),
        )
    before = thresholds_in_force(session)
    made = MatchingSetting(
        thresholds=dict(thresholds.values),
        why=act.why,
        document=thresholds.document,
        decided_on=thresholds.on,
        supersedes=None if before is None else before.id,
        set_at=act.at,
        set_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    work.point("settings-written")
    old = None if before is None else {"setting": before.id, "thresholds": before.thresholds}
    work.tell("matching.set", "matching-setting", made.id, before=old, after={"thresholds": made.thresholds})
    return made.id


def thresholds_in_force(session: Session) -> MatchingSetting | None:
    """The newest settings; None: nobody has set any, and the defaults hold."""
    newest = select(MatchingSetting).order_by(col(MatchingSetting.id).desc()).limit(1)
    return session.execute(newest).scalar_one_or_none()
