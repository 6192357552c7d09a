"""Objections (keberatan) with their clock and answer, and inspectors' findings with what is done about them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import inspecting, objecting
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.decreed import FindingAct, ObjectionOutcome
from ejps_core.service.answers import done_once, or_refused, plain
from ejps_core.service.guard import LARGEST, Asking, Needs, Number
from ejps_core.service.routes.decrees import Phase, Sent, Text, sent_file
from ejps_core.service.short_lived import perhaps_handed

router = APIRouter(tags=["appeals"])
SEE, DELIVER, INSPECT = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DELIVER)), Depends(Needs(Right.INSPECT))
Any_number = Annotated[int, Field(ge=0, le=LARGEST)]
Said = Annotated[str, Field(min_length=1, max_length=2000)]


class Objection(BaseModel):
    """An objection against a decree. family null: it stands on no list. letter: the scan of it."""

    model_config = ConfigDict(extra="forbid")

    decree: Any_number
    known_on: date
    filed_on: date
    grounds: Said
    document: Text
    family: Annotated[str, Field(max_length=40)] | None = None
    phase: Phase | None = None
    letter: Sent | None = None


class Ruling(BaseModel):
    """The answer to an objection. amendment: the one that carries it out."""

    model_config = ConfigDict(extra="forbid")

    outcome: ObjectionOutcome
    decided_on: date
    why: Said
    consequence: Text = ""
    document: Text = ""
    amendment: Any_number | None = None


class Finding(BaseModel):
    """A finding about a decree, perhaps about one family of it."""

    model_config = ConfigDict(extra="forbid")

    decree: Any_number
    inspector: Annotated[str, Field(min_length=1, max_length=200)]
    found_on: date
    words: Said
    recommendation: Said
    answerable: Annotated[str, Field(min_length=1, max_length=200)]
    deadline: date
    document: Text
    phase: Phase | None = None
    family: Annotated[str, Field(max_length=40)] | None = None
    amount: Annotated[int, Field(ge=0, le=10**15)] | None = None


class Step(BaseModel):
    """What is done about a finding. deadline: the new one, where it is extended."""

    model_config = ConfigDict(extra="forbid")

    act: FindingAct
    day: date
    words: Said
    document: Text = ""
    amount: Annotated[int, Field(ge=0, le=10**15)] | None = None
    deadline: date | None = None


@router.get("/objections")
def objections(on: date | None = None, who: Asking = SEE) -> dict[str, Any]:
    """The objections with their clocks as of a day."""
    return {"items": plain(or_refused(objecting.listed(who.options, on or day_in_gorontalo(who.at))))}


@router.post("/objections", status_code=201)
def post(given: Objection, request: Request, who: Asking = DELIVER) -> JSONResponse:
    """Records an objection; one that comes too late is recorded too."""

    def do() -> tuple[int, Any]:
        return 201, plain(filed(who, given, sent_file(given.letter)))

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.post("/objections/{objection_id}/ruling")
def rule(objection_id: Number, given: Ruling, request: Request, who: Asking = DELIVER) -> JSONResponse:
    """Decides an objection, with the reason and what follows."""

    def do() -> tuple[int, Any]:
        return 200, plain(ruled(who, objection_id, given))

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.get("/findings")
def findings(on: date | None = None, who: Asking = SEE) -> dict[str, Any]:
    """The findings with their deadlines and steps as of a day."""
    return {"items": plain(or_refused(inspecting.listed(who.options, on or day_in_gorontalo(who.at))))}


@router.post("/findings", status_code=201)
def find(given: Finding, request: Request, who: Asking = INSPECT) -> JSONResponse:
    """Records a finding."""

    def do() -> tuple[int, Any]:
        return 201, {"finding": found(who, given)}

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.post("/findings/{finding_id}/steps")
def step(finding_id: Number, given: Step, request: Request, who: Asking = INSPECT) -> JSONResponse:
    """Follows a finding up, extends, closes or reopens it; whoever followed it up does not close it."""

    def do() -> tuple[int, Any]:
        return 200, {"finding": finding_id, "state": stepped(who, finding_id, given)}

    return done_once(request, who, given.model_dump(mode="json"), do)


def filed(who: Asking, given: Objection, letter: tuple[str, bytes] | None) -> objecting.OnFile:
    """An objection that is recorded now."""
    with perhaps_handed(letter) as path:
        asked = objecting.Asked(
            given.known_on, given.filed_on, given.grounds, given.document, given.decree, None, given.family or None,
            given.phase, path,
        )  # fmt: skip
        return or_refused(objecting.file(who.options, who.actor(), asked))


def ruled(who: Asking, number: int, given: Ruling) -> objecting.OnFile:
    """An objection that is decided now."""
    ruling = objecting.Ruling(given.outcome, given.decided_on, given.why, given.consequence, given.document, given.amendment)
    return or_refused(objecting.decide(who.options, who.actor(), number, ruling))


def found(who: Asking, given: Finding) -> int:
    """The number of a finding that is recorded now."""
    asked = inspecting.Asked(
        given.decree, given.inspector, given.found_on, given.words, given.recommendation, given.answerable, given.deadline,
        given.document, given.phase, given.family or None, given.amount,
    )  # fmt: skip
    return or_refused(inspecting.add(who.options, who.actor(), asked))


def stepped(who: Asking, number: int, given: Step) -> str:
    """The state of a finding after what is done about it now."""
    doing = inspecting.Doing(given.act, given.day, given.words, given.document, given.amount, given.deadline)
    return or_refused(inspecting.do(who.options, who.actor(), number, doing))
