"""The province: money as of now or as frozen, positions, targeting; registers, the audit log, where programs decide."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import audit, program_states, targeting_view
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.money.desk import moment_of
from ejps_core.app.money.freezing import compare_positions, freeze_position, frozen_positions, verify_positions
from ejps_core.app.money.showing import cells_as_data, shown
from ejps_core.app.recording_registers import registers_on_record
from ejps_core.service.answers import done_once, or_refused, plain, plain_record
from ejps_core.service.guard import LARGEST, Asking, Needs, NeedsWhole, Number

router = APIRouter(tags=["province"])
SEE, FREEZE = Depends(NeedsWhole(Right.SEE_PROVINCE)), Depends(NeedsWhole(Right.FREEZE))
AUDIT, REGISTERS = Depends(NeedsWhole(Right.SEE_AUDIT)), Depends(Needs(Right.SEE_REGISTERS))
PROGRAMS = Depends(NeedsWhole(Right.SEE_PROGRAMS))
Program = Annotated[str, Field(max_length=100, pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str | None, Query(max_length=100)]


class NewPosition(BaseModel):
    """Which position is to be frozen. at: a day and time, WITA unless it names another zone. why: what for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"program": "jps_food_aid", "at": "2020-10-16 08:00", "why": "rapat koordinasi"}},
    )

    program: Program
    year: Annotated[int, Field(ge=1900, le=9999)] | None = None
    at: Annotated[str, Field(max_length=40)]
    why: Annotated[str, Field(min_length=1, max_length=300)]


@router.get("/money/{id}")
def money(id: str, year: Annotated[int | None, Query(ge=1900, le=9999)] = None, who: Asking = SEE) -> dict[str, Any]:
    """The money of a program by phase and district as of now; a figure that nobody reported is absent, not zero."""
    found = or_refused(shown(who.options, id, year, who.at))
    return {
        "program": found.position.program, "year": found.position.year, "at": plain(found.position.at),
        "cells": plain(cells_as_data(found.position)), "cautions": plain(found.cautions),
    }  # fmt: skip


@router.get("/positions")
def positions(program: Text = None, who: Asking = SEE) -> list[Any]:
    """The frozen positions."""
    return [plain(each) for each in or_refused(frozen_positions(who.options, program))]


@router.post("/positions", status_code=201)
def freeze(given: NewPosition, request: Request, who: Asking = FREEZE) -> JSONResponse:
    """Freezes a position; the same again changes nothing."""

    def do() -> tuple[int, dict[str, Any]]:
        at = or_refused(moment_of(given.at, "at"))
        frozen, _ = or_refused(freeze_position(who.options, who.actor(given.why), given.program, given.year, at))
        return 201, {"position": frozen.number, "digest": frozen.digest, "again": frozen.again}

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.get("/positions/{number}")
def position(
    number: Number, other: Annotated[int | None, Query(ge=0, le=LARGEST)] = None, who: Asking = SEE
) -> dict[str, Any]:
    """A frozen position: whether it is whole, its figures, and what changed up to another one or to now."""
    (checked,) = or_refused(verify_positions(who.options, number))
    found = or_refused(compare_positions(who.options, number, other, who.at))
    return {
        "position": number, "digest": checked.digest, "sound": checked.sound, "at": plain(found.before.at),
        "cells": plain(cells_as_data(found.before)), "changes": plain(found.changes),
    }  # fmt: skip


@router.get("/targeting")
def targeting(program: Text = None, who: Asking = SEE) -> dict[str, Any]:
    """Whether aid reached the right families; each rate with what it is of."""
    found = or_refused(targeting_view.reached(who.options, program))
    bases = [plain_record(each) | {"rates": [plain(rate) for rate in each.rates]} for each in found.bases]
    return plain_record(found) | {"bases": bases}


@router.get("/registers")
def registers(who: Asking = REGISTERS) -> list[Any]:
    """The registers on record with their declarations; nobody's number."""
    found = or_refused(registers_on_record(who.options))
    return [plain(each) for each in found if who.scope.areas is None or not each["area"].startswith("list:")]


@router.get("/audit")
def log(
    by: Text = None, since: date | None = None, about: Text = None, id: Text = None,
    last: Annotated[int, Query(ge=1, le=500)] = 100, who: Asking = AUDIT,
) -> list[Any]:  # fmt: skip
    """Entries of the audit log in the order of time, the last so many."""
    moment = None if since is None else datetime.combine(since, time(), UTC)
    pairs = [(about, id)] if about and id else []
    return [plain(each) for each in or_refused(audit.shown(who.options, about=pairs, who=by, since=moment, last=last))]


@router.get("/audit/verification")
def whole(who: Asking = AUDIT) -> dict[str, Any]:
    """Whether the audit log is whole."""
    found = or_refused(audit.checked(who.options))
    said = [{"code": each.code, "words": plain(each.words)} for each in found.verified.findings]
    return {"whole": not said, "entries": found.verified.entries, "head": plain(found.head), "findings": said}


@router.get("/program-states")
def states(on: date | None = None, who: Asking = PROGRAMS) -> dict[str, Any]:
    """Where programs decide on a day, and every change of it."""
    found = or_refused(program_states.states(who.options, on or day_in_gorontalo(who.at), who.service.plugins))
    now = [{"program": name, "installed": there, "districts": dict(said)} for name, there, said in found.now]
    return {"day": plain(found.day), "now": now, "history": plain(found.history)}
