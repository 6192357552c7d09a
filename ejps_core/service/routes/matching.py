"""The queue of matching: doubtful persons and duplicates that wait for an official, and his answers on record."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ejps_core.app import match_queue
from ejps_core.app.access.rights import Right
from ejps_core.model.words import Words
from ejps_core.service.answers import done_once, or_refused, plain
from ejps_core.service.guard import LARGEST, Asking, Needs
from ejps_core.service.problems import refusal

router = APIRouter(prefix="/matching", tags=["matching"])
DETERMINE = Depends(Needs(Right.DETERMINE))
ListNumber = Annotated[int | None, Query(alias="list", ge=0, le=LARGEST)]
Why = Annotated[str, Field(min_length=3, max_length=500)]


class Opening(BaseModel):
    """Whose doubts are opened with names, and why. list null: of all one's lists."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"list": 1, "why": "memeriksa pemadanan"}})

    list: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    why: Why


class NewAnswer(BaseModel):
    """An official's answer. match: with which, the register's row of this person (null: none). duplicate: with same."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"match": 7, "which": "12", "why": "KTP dan KK diperlihatkan"}}
    )

    match: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    duplicate: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    which: Annotated[str, Field(max_length=20)] | None = None
    same: bool | None = None
    why: Why
    document: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _one(self) -> NewAnswer:
        """Exactly one thing is answered."""
        if (self.match is None) == (self.duplicate is None) or (self.duplicate is not None) != (self.same is not None):
            raise ValueError("match with which, or duplicate with same")
        return self


@router.get("/queue")
def queue(list_id: ListNumber = None, who: Asking = DETERMINE) -> dict[str, Any]:
    """What waits for an official, under pseudonyms."""
    return {"items": plain(waiting(who, list_id))}


@router.post("/queue/open")
def opened(given: Opening, who: Asking = DETERMINE) -> dict[str, Any]:
    """The same with who is meant on both sides; who reads it why is on record first."""
    return {"items": plain(waiting(who, given.list, given.why))}


@router.post("/answers", status_code=201)
def answer(given: NewAnswer, request: Request, who: Asking = DETERMINE) -> JSONResponse:
    """Puts an answer on record: who decided, why, by which document."""

    def do() -> tuple[int, Any]:
        return 201, {"outcome": answered(who, given)}

    return done_once(request, who, given.model_dump(mode="json"), do)


def waiting(who: Asking, list_id: int | None, why: str | None = None) -> tuple[Any, ...]:
    """The queue; with names where it is said why."""
    shown = match_queue.Shown(list_id, who.scope.only_area, why is not None)
    found: tuple[Any, ...] = or_refused(match_queue.queue_stored(who.options, shown, who.actor(why or "")))
    return found


def answered(who: Asking, given: NewAnswer) -> str:
    """The outcome of an answer. A result that is not in the scope is not there."""
    kind, number = ("match", given.match) if given.duplicate is None else ("duplicate", given.duplicate)
    if number not in {each.get(kind) for each in waiting(who, None)}:
        raise refusal("match-unknown", Words("Tidak ada yang menunggu jawaban itu.", "Nothing waits for that answer."))
    reply = match_queue.Reply(given.why, given.match, given.duplicate, given.which, bool(given.same), given.document)
    return or_refused(match_queue.answer_stored(who.options, who.actor(given.why), reply))
