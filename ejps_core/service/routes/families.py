"""One family's decision: reasoning, facts and their sources, what happened before; identifiers only for a purpose."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import Purpose
from ejps_core.app.family_view import FamilySeen, family
from ejps_core.model.words import Language
from ejps_core.reports.explanation_data import as_record
from ejps_core.service.answers import or_refused, plain
from ejps_core.service.guard import Asking, Needs, Number

router = APIRouter(prefix="/runs/{run_id}/families", tags=["families"])


class Reason(BaseModel):
    """What identifiers are read for, and why: both are in the audit log before anything is opened."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"purpose": "verification", "why": "kunjungan rumah 12 Mei"}}
    )

    purpose: Purpose
    why: str = Field(min_length=3, max_length=500)


@router.get("/{pid}")
def get(run_id: Number, pid: str, language: Language = Language.ID,
        who: Asking = Depends(Needs(Right.SEE_FAMILIES))) -> dict[str, Any]:  # fmt: skip
    """The decision with its reasoning; numbers masked."""
    actor = who.actor(f"melihat putusan, run {run_id}")
    return _told(or_refused(family(who.options, actor, run_id, pid, who.service.plugins)), language)


@router.post("/{pid}/reveal")
def reveal(run_id: Number, pid: str, given: Reason, language: Language = Language.ID,
           who: Asking = Depends(Needs(Right.REVEAL))) -> dict[str, Any]:  # fmt: skip
    """The same with identifiers in clear, for a purpose that the role may have."""
    actor = who.actor(given.why)
    return _told(or_refused(family(who.options, actor, run_id, pid, who.service.plugins, given.purpose)), language)


def _told(seen: FamilySeen, language: Language) -> dict[str, Any]:
    people = [
        {"pid": each.pid, "unit": each.unit.value, "nik": each.nik, "kk": each.kk, "name": each.name,
         "address": each.address, "phone": each.phone}
        for each in seen.people
    ]  # fmt: skip
    return {
        "run": seen.run, "list": seen.list_id, "pid": seen.pid, "district": seen.district, "title": plain(seen.title),
        "as_of": plain(seen.as_of), "known": plain(seen.known), "verdict": seen.verdict.value, "amount": seen.amount,
        "reasons": plain(seen.reasons), "facts": plain(seen.facts), "people": people, "revealed": seen.revealed,
        "rows": [{"sheet": sheet, "row": row} for sheet, row in seen.rows], "history": plain(seen.history),
        "determinations": plain(seen.determinations), "trace": as_record(seen.trace, seen.subject, language),
    }  # fmt: skip
