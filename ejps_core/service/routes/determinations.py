"""Official determinations (ketetapan, SPTJM): an unknown fact settled by somebody who answers for it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import list_view
from ejps_core.app import recording_determinations as recording
from ejps_core.app.access.rights import Right
from ejps_core.service.answers import done_once, or_refused, plain, plain_record
from ejps_core.service.guard import Asking, Needs, Number
from ejps_core.service.problems import RefusedError

router = APIRouter(prefix="/lists/{list_id}/determinations", tags=["determinations"])
DETERMINE = Depends(Needs(Right.DETERMINE))
Text = Annotated[str, Field(min_length=1, max_length=500)]


class NewDetermination(BaseModel):
    """What is determined of whom. nik: of the member, for facts of members. on: the day of the document."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "program": "jps_food_aid", "as_of": "2020-10-16", "kk": "7503010101209001", "fact": "rentan", "value": "ya",
                "determined_by": "Rahma Pakaya", "why": "kunjungan rumah", "document": "SPTJM 12/2020", "on": "2020-10-10",
            }
        },
    )  # fmt: skip

    program: Annotated[str, Field(max_length=100, pattern=r"^[a-z][a-z0-9_]*$")]
    as_of: date
    kk: Annotated[str, Field(min_length=1, max_length=30)]
    nik: Annotated[str, Field(max_length=30)] | None = None
    fact: Annotated[str, Field(min_length=1, max_length=200)]
    value: Annotated[str, Field(min_length=1, max_length=200)]
    determined_by: Annotated[str, Field(min_length=1, max_length=200)]
    why: Text
    document: Text
    on: date
    withdrawn: bool = False


@router.get("")
def get(
    list_id: Number,
    program: Annotated[str, Query(max_length=100, pattern=r"^[a-z][a-z0-9_]*$")] = "jps_food_aid",
    who: Asking = DETERMINE,
) -> dict[str, Any]:
    """What may be determined for a list, and what was, under pseudonyms."""
    return plain_record(known(who, list_id, program))


@router.post("", status_code=201)
def post(list_id: Number, given: NewDetermination, request: Request, who: Asking = DETERMINE) -> JSONResponse:
    """Records one, or takes one back; what stood before stays on record."""

    def do() -> tuple[int, Any]:
        return 201, {"determinations": plain(determined(who, list_id, given))}

    return done_once(request, who, given.model_dump(mode="json"), do)


def known(who: Asking, list_id: int, program: str) -> recording.Determinable:
    """What may be determined, and what was."""
    or_refused(list_view.exists(who.options, list_id))
    return or_refused(recording.determinable(who.options, list_id, program, who.service.plugins))


def determined(who: Asking, list_id: int, given: NewDetermination) -> tuple[int, ...]:
    """The number of a determination that is recorded now; refused with why if it can't be used."""
    or_refused(list_view.exists(who.options, list_id))
    said = recording.Statement(
        given.kk, given.nik or None, given.fact, given.value, given.determined_by, given.why, given.document, given.on
    )
    asked = recording.Determining(list_id, given.program, given.as_of, said, given.withdrawn)
    done = or_refused(recording.determine_on_record(who.options, who.actor(given.why), asked, who.service.plugins))
    if not done.numbers and done.findings:
        raise RefusedError(done.findings[0])
    return done.numbers
