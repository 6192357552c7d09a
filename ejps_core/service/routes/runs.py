"""Runs: a list decided by programs as a job; verdicts with reasons; which missing fact settles the most."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import list_view, run_view
from ejps_core.app.access.rights import Right
from ejps_core.app.jobs import board
from ejps_core.model.masking import mask_numbers
from ejps_core.model.ruleset import Verdict
from ejps_core.model.words import Words
from ejps_core.service.answers import done_once, or_refused, paged, place_of, plain, plain_record
from ejps_core.service.guard import LARGEST, Asking, Needs, Number
from ejps_core.service.routes.lists import Cursor, Limit

router = APIRouter(tags=["runs"])
SEE, DECIDE = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DECIDE))
REPLAY = Depends(Needs(Right.REPLAY))


class NewRun(BaseModel):
    """Which programs decide, as of when. known: only what was published by then counts; 9999-12-31: whatever there is.

    no_awards: it is said that nobody got any of these awards so far.
    """

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"programs": ["jps_food_aid"], "on": "2020-10-16"}}
    )

    programs: list[Annotated[str, Field(max_length=100, pattern=r"^[a-z][a-z0-9_]*$")]] = Field(min_length=1, max_length=10)
    on: date
    known: date | None = None
    no_awards: bool = False


class Replaying(BaseModel):
    """What a run is decided again for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"why": "pemeriksaan triwulan IV"}})

    why: str = Field(max_length=300)


@router.post("/lists/{list_id}/runs", status_code=202)
def post(list_id: Number, given: NewRun, request: Request, who: Asking = DECIDE) -> JSONResponse:
    """Decides the newest version of a list, as a job."""

    def do() -> tuple[int, dict[str, Any]]:
        return 202, {"job": begin(who, list_id, given)}

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.get("/runs")
def runs(
    list_id: Annotated[int | None, Query(alias="list", ge=0, le=LARGEST)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    who: Asking = SEE,
) -> dict[str, Any]:
    """The runs of one's districts, the newest first."""
    return paged(or_refused(run_view.runs(who.options, list_id, place_of(cursor), limit)))


@router.get("/runs/{run_id}")
def one(run_id: Number, who: Asking = SEE) -> dict[str, Any]:
    """A run: what was decided when by which rules, reasons by how often, and what settles the most."""
    looked = or_refused(run_view.look(who.options, run_id, run_view.Wanted(limit=1)))
    reasons = [{"rule": rule, "title": plain(title), "families": count} for rule, title, count in looked.reasons]
    return plain_record(looked.run) | {
        "title": plain(looked.title), "reasons": reasons, "settling": plain(looked.settling),
    }  # fmt: skip


@router.get("/runs/{run_id}/decisions")
def decisions(
    run_id: Number,
    verdict: Verdict | None = None,
    rule: Annotated[str | None, Query(max_length=200)] = None,
    fact: Annotated[str | None, Query(max_length=200)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    who: Asking = SEE,
) -> dict[str, Any]:
    """Decisions with their reasons; of a verdict, because of a rule, lacking a fact. Families by pseudonym and row."""
    wanted = run_view.Wanted(verdict, rule, fact, place_of(cursor), limit)
    return paged(or_refused(run_view.look(who.options, run_id, wanted)).decisions)


@router.post("/runs/{run_id}/replay", status_code=202)
def replay(run_id: Number, given: Replaying, request: Request, who: Asking = REPLAY) -> JSONResponse:
    """Decides a run again by the rules and data of then, as a job; its result says whether everything came out the same."""

    def do() -> tuple[int, dict[str, Any]]:
        return 202, {"job": replay_begun(who, run_id, given.why)}

    return done_once(request, who, given.model_dump(), do)


def replay_begun(who: Asking, run_id: int, why: str) -> str:
    """Puts up the job that decides a run again; its number. Refused where there is no such run in the scope."""
    or_refused(run_view.is_there(who.options, run_id))
    title = Words(f"Menilai ulang putusan {run_id}", f"Deciding run {run_id} again")
    wanted = board.Wanted("run.replay", title, {"run": run_id, "why": mask_numbers(why)})
    return board.put_up(who.service.store, who.scope, wanted, who.at)


def begin(who: Asking, list_id: int, given: NewRun) -> str:
    """Puts up the job that decides a list; its number. Refused where there is no such list in the scope."""
    or_refused(list_view.exists(who.options, list_id))
    title = Words(f"Menilai daftar {list_id}", f"Deciding list {list_id}")
    wanted = board.Wanted("run.make", title, given.model_dump(mode="json") | {"list": list_id})
    return board.put_up(who.service.store, who.scope, wanted, who.at)
