"""What anybody may ask where the settings say so: rules, totals, status by a letter's code, complaints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from ejps_core.app import complaining, public_view
from ejps_core.app.moments import day_in_gorontalo, now
from ejps_core.app.program_told import ProgramTold, program_told
from ejps_core.app.stores import StoreOptions
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Language
from ejps_core.service.answers import or_refused, plain, plain_record
from ejps_core.service.guard import Public, Serving, too_many
from ejps_core.service.problems import of_http
from ejps_core.service.routes.programs import told
from ejps_core.service.running import Running

router = APIRouter(prefix="/public", tags=["public"])
LOOKING = [Depends(Public("what is published is everybody's"))]
TRYING = [Depends(Public("whoever has no account asks and complains too", trying=True))]
A_MINUTE = 120
"""Complaints of all addresses together."""


class Code(BaseModel):
    """The code of a letter or of a complaint's receipt."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"code": "ABCD-EFGH-JKMN-PQRS"}})

    code: str = Field(min_length=1, max_length=60)


class Complaint(BaseModel):
    """A complaint. code: of the family's letter, if it is about one's own family."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"district": "75.03", "words": "Beras yang diterima rusak."}}
    )

    district: str = Field(max_length=20)
    words: str = Field(min_length=1, max_length=complaining.LONGEST)
    program: str = Field("", max_length=60)
    code: str = Field("", max_length=60)


@router.get("/programs", dependencies=LOOKING)
def programs(service: Serving) -> list[Any]:
    """The programs that decide somewhere today."""
    return [plain(each) for each in active(service)]


@router.get("/programs/{id}", dependencies=LOOKING)
def program(id: str, service: Serving, language: Language = Language.ID) -> dict[str, Any]:
    """The rules of one of them, with what each means."""
    return told(published_program(service, id, language))


@router.get("/totals", dependencies=LOOKING)
def totals(service: Serving) -> list[Any]:
    """Families that received and that have not yet, by program, phase and district. null: a small number, kept back."""
    return [plain(each) for each in totals_of(service)]


@router.post("/status", dependencies=TRYING)
def status(given: Code, service: Serving) -> dict[str, Any]:
    """What a code stands for: a family's status, or a complaint with what was done about it."""
    found = looked_up(service, given.code)
    kind = "family" if isinstance(found, public_view.Status) else "complaint"
    return {"kind": kind, **plain_record(found)}


@router.post("/complaints", status_code=201, dependencies=TRYING)
def complain(given: Complaint, service: Serving) -> dict[str, str]:
    """Records a complaint; the receipt's code is told this once."""
    return {"code": filed(service, complaining.Filing(given.district, given.words, given.program, given.code))}


def anybody(service: Running) -> StoreOptions:
    """The store as anybody sees it."""
    return service.options(public_view.ANYBODY)


def active(service: Running) -> tuple[public_view.Active, ...]:
    """The programs that decide somewhere today."""
    return or_refused(public_view.active_programs(anybody(service), day_in_gorontalo(now()), service.plugins))


def published_program(service: Running, id: str, language: Language) -> ProgramTold:
    """A program that decides somewhere; refused as one that there is not."""
    if id not in {each.id for each in active(service)}:
        raise of_http(HTTPException(404))
    return or_refused(program_told(id, language, service.plugins))


def totals_of(service: Running) -> tuple[public_view.Total, ...]:
    """The totals as published."""
    return or_refused(public_view.totals(anybody(service), service.plugins, now()))


def looked_up(service: Running, code: str) -> public_view.Status | complaining.ComplaintSeen:
    """What a code stands for; both kinds are looked for each time, so that no answer is quicker than another."""
    options = anybody(service)
    family, complaint = public_view.status(options, code), complaining.by_code(options, code)
    if isinstance(family, Diagnostic):
        seen = or_refused(complaint)
        steps = tuple(replace(step, by="") for step in seen.steps)
        return replace(seen, run=None, pid=None, steps=steps)
    return family


def filed(service: Running, filing: complaining.Filing) -> str:
    """Records a complaint: the code of its receipt."""
    wait = service.rates.allow("complaints", "*", A_MINUTE)
    if wait:
        raise too_many(wait)
    return or_refused(complaining.file(anybody(service), filing))
