"""Aid on its way: villages of a phase, "all received, except …" with the signed sheet, one family, reasons, holds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import decree_desk, decrees_told, delivering_family, delivering_village, holding
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.phase_ledger import Recorded
from ejps_core.model.decreed import HoldReason, Outcome
from ejps_core.model.words import Words
from ejps_core.service.answers import done_once, or_refused, plain, plain_record
from ejps_core.service.guard import Asking, Needs, Number
from ejps_core.service.problems import refusal
from ejps_core.service.routes.decrees import Phase, Sent, Text, sent_file
from ejps_core.service.short_lived import handed, perhaps_handed

router = APIRouter(tags=["deliveries"])
SEE, DELIVER = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DELIVER))
Whom = Annotated[str, Field(min_length=1, max_length=40)]


class HandedOut(BaseModel):
    """A village's handing out: all received but `excepted` (pseudonym, family card or NIK -> why). sheet: the scan."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "phase": 3, "region": "75.03.01.2004", "day": "2020-10-20", "document": "BA 7/2020",
                "sheet": {"name": "lembar.pdf", "content": "JVBERi0="}, "excepted": {},
            }
        },
    )  # fmt: skip

    phase: Phase
    region: Annotated[str, Field(max_length=20)]
    day: date
    document: Text
    sheet: Sent
    excepted: dict[Whom, Text] = Field(default_factory=dict, max_length=2000)


class Received(BaseModel):
    """What became of one family's aid. amount null: the decree's. cancels: the record that was a mistake."""

    model_config = ConfigDict(extra="forbid")

    phase: Phase
    family: Whom
    day: date
    document: Text
    outcome: Outcome = Outcome.RECEIVED
    reason: Text = ""
    amount: Annotated[int, Field(ge=0, le=10**15)] | None = None
    shares: dict[str, Annotated[int, Field(ge=0, le=10**15)]] = Field(default_factory=dict, max_length=10)
    taker: Text = ""
    photo: Sent | None = None
    cancels: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = None


class Explained(BaseModel):
    """Why a payment that was warned of is right after all."""

    model_config = ConfigDict(extra="forbid")

    reason: Text
    document: Text = ""


class Held(BaseModel):
    """A hold that is set, or lifted, from a day. phase null: in every phase."""

    model_config = ConfigDict(extra="forbid")

    family: Whom
    day: date
    reason: HoldReason = HoldReason.OTHER
    why: Text
    phase: Phase | None = None
    document: Text = ""
    lifted: bool = False


@router.get("/decrees/{decree_id}/villages")
def villages(
    decree_id: Number, phase: Annotated[int, Query(ge=0, le=99)], on: date | None = None, who: Asking = SEE
) -> dict[str, Any]:
    """The villages of a phase: recipients, who received, who could not, who waits."""
    found = decree_desk.villages(who.options, decree_id, phase, on or day_in_gorontalo(who.at))
    return {"items": plain(or_refused(found))}


@router.get("/decrees/{decree_id}/deliveries")
def deliveries(
    decree_id: Number, phase: Annotated[int | None, Query(ge=0, le=99)] = None, who: Asking = SEE
) -> dict[str, Any]:
    """The deliveries with their payments, and what still asks for a reason."""
    return plain_record(or_refused(decrees_told.delivered(who.options, decree_id, phase)))


@router.post("/decrees/{decree_id}/deliveries", status_code=201)
def post(decree_id: Number, given: HandedOut, request: Request, who: Asking = DELIVER) -> JSONResponse:
    """All who are enrolled in the village received, but for those excepted; the same sheet twice is one delivery."""

    def do() -> tuple[int, Any]:
        sent = sent_file(given.sheet)
        assert sent is not None
        excepted = tuple(given.excepted.items())
        return 201, plain(village(who, decree_id, given.phase, given.region, given.day, given.document, sent, excepted))

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.post("/decrees/{decree_id}/payments", status_code=201)
def payment(decree_id: Number, given: Received, request: Request, who: Asking = DELIVER) -> JSONResponse:
    """What became of one family's aid; what is odd about it asks for a reason, and nothing is blocked."""

    def do() -> tuple[int, Any]:
        return 201, plain(family(who, decree_id, given, sent_file(given.photo)))

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.post("/payments/{payment_id}/reason")
def reason(payment_id: Number, given: Explained, request: Request, who: Asking = DELIVER) -> JSONResponse:
    """Why a payment that was warned of is right after all."""

    def do() -> tuple[int, Any]:
        or_refused(delivering_family.give_reason(who.options, who.actor(), payment_id, given.reason, given.document))
        return 200, {"payment": payment_id}

    return done_once(request, who, given.model_dump(), do)


@router.post("/decrees/{decree_id}/holds", status_code=201)
def hold(decree_id: Number, given: Held, request: Request, who: Asking = DELIVER) -> JSONResponse:
    """A family's aid waits from a day on, or no longer."""

    def do() -> tuple[int, Any]:
        return 201, {"hold": held(who, decree_id, given)}

    return done_once(request, who, given.model_dump(mode="json"), do)


def village(
    who: Asking,
    decree_id: int,
    phase: int,
    region: str,
    day: date,
    document: str,
    sheet: tuple[str, bytes],
    excepted: tuple[tuple[str, str], ...],
) -> Recorded:
    """A village's handing out that is recorded now."""
    with handed(*sheet) as path:
        asked = delivering_village.Sheet(decree_id, phase, region, day, document, path, excepted)
        return or_refused(delivering_village.village(who.options, who.actor(), asked))


def family(who: Asking, decree_id: int, given: Received, photo: tuple[str, bytes] | None) -> Recorded:
    """What became of one family's aid, recorded now."""
    with perhaps_handed(photo) as path:
        single = delivering_family.Single(
            decree_id, given.phase, given.family, given.day, given.document, given.outcome, given.reason, given.amount,
            tuple(given.shares.items()), given.taker, path, given.cancels,
        )  # fmt: skip
        return or_refused(delivering_family.family(who.options, who.actor(), single))


def held(who: Asking, decree_id: int, given: Held) -> int:
    """The number of a hold that is recorded now."""
    if not given.why.strip():
        or_refused(decrees_told.shown(who.options, decree_id, given.day))
        raise refusal("reason-missing", Words("Alasannya belum disebut.", "The reason is not given."))
    asked = holding.Asked(
        decree_id, given.family, given.day, given.reason, given.why, given.phase, given.document, given.lifted
    )
    return or_refused(holding.set_hold(who.options, who.actor(), asked))
