"""Ground checks (uji petik): samples drawn by a public seed, what was found, both errors, each family traced."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.aid.estimates import Estimate
from ejps_core.app import sample_view, sampling
from ejps_core.app.access.rights import Right
from ejps_core.app.papers.asked import Source
from ejps_core.app.report_files import Form
from ejps_core.model.words import Language
from ejps_core.service.answers import done_once, or_refused, plain, plain_record
from ejps_core.service.guard import LARGEST, Asking, NeedsWhole, Number
from ejps_core.service.routes.handovers import Purposed
from ejps_core.service.short_lived import report_of

router = APIRouter(prefix="/samples", tags=["samples"])
SEE, HANDLE = Depends(NeedsWhole(Right.SEE_PROVINCE)), Depends(NeedsWhole(Right.SAMPLE))
REVEAL = Depends(NeedsWhole(Right.REVEAL))
FORM, RESULTS = "uji-petik", "hasil-uji-petik"
PAID = ("received", "decided")


class NewSample(BaseModel):
    """A sample to be drawn from a run. seed: made public, so that anybody can draw again. least: of each stratum."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"run": 1, "size": 30, "seed": "undian 16-10-2020"}}
    )

    run: Annotated[int, Field(ge=0, le=LARGEST)]
    size: Annotated[int, Field(ge=1, le=100_000)]
    seed: Annotated[str, Field(min_length=1, max_length=200)]
    least: Annotated[int, Field(ge=0, le=1000)] = 5
    level: Literal["district", "subdistrict", "village"] = "district"
    phase: Annotated[int, Field(ge=0, le=99)] | None = None
    paid_by: Literal["received", "decided"] | None = None


class NewResult(BaseModel):
    """What was found at a family, by its number on the form: ya (entitled), tidak, belum (could not be judged)."""

    model_config = ConfigDict(extra="forbid")

    position: Annotated[int, Field(ge=1, le=100_000)]
    answer: Literal["ya", "tidak", "belum"]
    on: date
    note: Annotated[str, Field(max_length=500)] = ""


@router.get("")
def samples(who: Asking = SEE) -> dict[str, Any]:
    """The samples on record, each with how many families were checked."""
    return {"items": plain(or_refused(sampling.listed(who.options)))}


@router.post("", status_code=201)
def draw(given: NewSample, request: Request, who: Asking = HANDLE) -> JSONResponse:
    """Draws a stratified random sample and records it; nobody's identity is opened."""

    def do() -> tuple[int, Any]:
        done = drawn(who, given)
        return 201, {"sample": done.number, "paid_by": done.paid_by, "frame_hash": done.frame_hash, "strata": done.strata}

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.get("/{sample_id}")
def one(sample_id: Number, who: Asking = SEE) -> dict[str, Any]:
    """A sample: its families under pseudonyms, what was found, both errors with 95 % intervals."""
    seen = or_refused(sample_view.sample_seen(who.options, sample_id))
    return plain_record(seen) | {"estimates": [estimate_record(each) for each in seen.estimates]}


@router.get("/{sample_id}/trace")
def trace(sample_id: Number, who: Asking = SEE) -> dict[str, Any]:
    """Each family from its row to the verdict, the decree, the payment order and the receipt."""
    return plain_record(or_refused(sample_view.followed(who.options, sample_id, who.at)))


@router.post("/{sample_id}/results")
def result(sample_id: Number, given: list[NewResult], request: Request, who: Asking = HANDLE) -> JSONResponse:
    """Records what was found; the same again changes nothing."""

    def do() -> tuple[int, Any]:
        new, unchanged = results(who, sample_id, given)
        return 200, {"recorded": new, "unchanged": unchanged}

    return done_once(request, who, [each.model_dump(mode="json") for each in given], do)


@router.post("/{sample_id}/again")
def again(sample_id: Number, who: Asking = HANDLE) -> dict[str, Any]:
    """Whether the same families come out when it is drawn again from its run and seed."""
    return {"same": drawn_again(who, sample_id)}


@router.post("/{sample_id}/form", response_class=Response)
def form(
    sample_id: Number, given: Purposed, lang: Annotated[Language, Query()] = Language.ID,
    who: Asking = REVEAL,
) -> Response:  # fmt: skip
    """The verification form, with names and addresses; who reads it what for is on record."""
    return printed(who, sample_id, FORM, given.form, given.why, lang)


def drawn(who: Asking, given: NewSample) -> sampling.OnRecord:
    """A sample that is drawn now."""
    wanted = sampling.Drawn(given.run, given.size, given.seed, given.least, given.level, given.phase, given.paid_by)
    actor = who.actor(f"uji petik, run {given.run}")
    return or_refused(sampling.draw_sample(who.options, actor, wanted, who.service.plugins))


def results(who: Asking, sample: int, given: list[NewResult]) -> tuple[int, int]:
    """How many of these are new, and how many were on record just so."""
    new = unchanged = 0
    for each in given:
        done = or_refused(
            sampling.record_one(who.options, who.actor(), sample, each.position, each.answer, each.on, each.note)
        )
        new, unchanged = new + done.recorded, unchanged + done.unchanged
    return new, unchanged


def drawn_again(who: Asking, sample: int) -> bool:
    """Whether the sample is what its seed gives."""
    return or_refused(sampling.drawn_again(who.options, who.actor("pemeriksaan"), sample, who.service.plugins))


def printed(who: Asking, sample: int, report: str, form: Form, why: str, language: Language) -> Response:
    """A paper of a sample as a file."""
    return report_of(who, report, Source(sample=sample), form, why, language).response()


def estimate_record(each: Estimate) -> dict[str, Any]:
    """An estimate with shares as decimal texts: no number of ours is a float."""
    limits = None
    if each.interval is not None:
        limits = {name: f"{getattr(each.interval, name):.6f}" for name in ("share", "low", "high")}
    said = {"name": plain(each.name), "of": plain(each.of), "interval": limits}
    return said | {"judged": each.judged, "unjudged": each.unjudged}
