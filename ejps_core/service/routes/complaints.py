"""Complaints of people, for the officer who answers them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import complaining
from ejps_core.app.access.rights import Right
from ejps_core.app.complaining import ComplaintAct
from ejps_core.service.answers import done_once, or_refused, paged, place_of, plain, plain_record
from ejps_core.service.guard import Asking, Needs, Number

router = APIRouter(prefix="/complaints", tags=["complaints"])
ANSWER = Depends(Needs(Right.ANSWER_COMPLAINTS))


class Step(BaseModel):
    """What is done about a complaint. words: what its author reads by the code of the receipt."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"act": "answered", "words": "Data PKH sudah diperbaiki."}}
    )

    act: ComplaintAct
    words: str = Field(min_length=1, max_length=complaining.LONGEST)


@router.get("")
def get(
    every: bool = False, cursor: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50, who: Asking = ANSWER,
) -> dict[str, Any]:  # fmt: skip
    """The complaints that wait, oldest first; every: the answered ones too."""
    return paged(or_refused(complaining.queue(who.options, place_of(cursor), limit, every=every)))


@router.get("/{complaint_id}")
def one(complaint_id: Number, who: Asking = ANSWER) -> dict[str, Any]:
    """A complaint with all that was done about it."""
    return plain_record(or_refused(complaining.one(who.options, complaint_id)))


@router.post("/{complaint_id}/steps", status_code=201)
def step(complaint_id: Number, given: Step, request: Request, who: Asking = ANSWER) -> JSONResponse:
    """Records what is done about a complaint."""

    def do() -> tuple[int, Any]:
        return 201, plain(or_refused(complaining.do(who.options, who.actor(), complaint_id, given.act, given.words)))

    return done_once(request, who, given.model_dump(mode="json"), do)
