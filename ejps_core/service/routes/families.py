"""One family's decision: reasoning, facts and their sources, what happened before; identifiers only for a purpose."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import Purpose
from ejps_core.app.family_aid import happenings
from ejps_core.app.family_view import FamilySeen, decided_about, family
from ejps_core.app.papers.asked import Source
from ejps_core.app.report_files import Form
from ejps_core.model.words import Language
from ejps_core.reports.explanation_data import as_record
from ejps_core.service.answers import or_refused, plain
from ejps_core.service.guard import Asking, Needs, Number
from ejps_core.service.short_lived import report_of, status_address

router = APIRouter(prefix="/runs/{run_id}/families", tags=["families"])


class Reason(BaseModel):
    """What identifiers are read for, and why: both are in the audit log before anything is opened."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"purpose": "verification", "why": "kunjungan rumah 12 Mei"}}
    )

    purpose: Purpose
    why: str = Field(min_length=3, max_length=500)


class Letter(BaseModel):
    """A letter that is made. number: of the letter; '': it is filled in by hand."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"number": "460/12/2020", "why": "dikirim"}})

    number: str = Field("", max_length=100)
    why: str = Field(min_length=3, max_length=300)


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


@router.post("/{pid}/letter")
def letter(run_id: Number, pid: str, given: Letter, request: Request, language: Language = Language.ID,
           who: Asking = Depends(Needs(Right.REVEAL))) -> Response:  # fmt: skip
    """The letter to the family as PDF: outcome, reasons, rights; with public pages, a code for its status too."""
    source = Source(runs=(run_id,), whom=pid, paper=given.number, status_at=status_address(request))
    return report_of(who, "surat", source, Form.PDF, given.why, language).response()


@router.get("/{pid}/happenings")
def happened(run_id: Number, pid: str, who: Asking = Depends(Needs(Right.SEE_FAMILIES))) -> dict[str, Any]:
    """What became of the decision: decrees, changes, payments, holds, objections, oldest first."""
    or_refused(decided_about(who.options, run_id, pid))
    return {"items": plain(or_refused(happenings(who.options, pid)))}


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
