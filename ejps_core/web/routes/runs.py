"""Decisions: which runs there are; one with its verdicts, their reasons, and what settles the most."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.app import run_view
from ejps_core.app.access.rights import Right
from ejps_core.model.ruleset import Verdict
from ejps_core.service.answers import or_refused, place_of
from ejps_core.service.guard import Asking, Needs, Number
from ejps_core.web.pages import page

router = APIRouter(prefix="/putusan")
SEE = Depends(Needs(Right.SEE_LISTS))
PAGE = 30
"""Rows of a page: on a telephone each is a card."""
Cursor = Annotated[str | None, Query(max_length=100)]
Name = Annotated[str | None, Query(max_length=200)]


@router.get("")
def runs(request: Request, cursor: Cursor = None, who: Asking = SEE) -> Response:
    """The runs of one's districts."""
    return page(request, who, "runs.html", runs=or_refused(run_view.runs(who.options, None, place_of(cursor), 25)))


@router.get("/{run_id}")
def one(
    request: Request, run_id: Number, putusan: str = "", aturan: Name = None, data: Name = None, cursor: Cursor = None,
    who: Asking = SEE,
) -> Response:  # fmt: skip
    """A run's verdicts with reasons; of a verdict, because of a rule, lacking a fact."""
    verdict = Verdict(putusan) if putusan in set(Verdict) else None
    wanted = run_view.Wanted(verdict, aturan or None, data or None, place_of(cursor), PAGE)
    looked = or_refused(run_view.look(who.options, run_id, wanted))
    return page(request, who, "run.html", looked=looked, verdict=verdict, rule=aturan, fact=data)
