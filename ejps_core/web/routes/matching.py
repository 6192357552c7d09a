"""The queue of matching: who is doubtful, side by side with the candidates, and a person's answer on record."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.app.access.rights import Right
from ejps_core.model.words import Words
from ejps_core.service.guard import LARGEST, Asking, Needs, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes import matching as matching_routes
from ejps_core.web.forms import filled, number_of, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/pemadanan")
DETERMINE = Depends(Needs(Right.DETERMINE))
MOST = 50
"""As many are shown at once; the rest follows as they are answered."""
NONE = "none"


@router.get("")
def queue(
    request: Request, daftar: Annotated[int | None, Query(ge=0, le=LARGEST)] = None, who: Asking = DETERMINE
) -> Response:
    """What waits, under pseudonyms."""
    found = matching_routes.waiting(who, daftar)
    return page(request, who, "matching.html", waiting=found[:MOST], total=len(found), chosen=daftar, why="")


@router.post("/buka")
def opened(request: Request, form: Posted, who: Asking = DETERMINE) -> Response:
    """The same with names, on this page only; who looks and why is on record first."""
    why, chosen = text_of(form, "why"), number_of(form, "list")
    if len(why) < 3:
        raise refusal("purpose-missing", Words("Sebutkan alasannya.", "Say why."))
    found = matching_routes.waiting(who, chosen, why)
    return page(request, who, "matching.html", waiting=found[:MOST], total=len(found), chosen=chosen, why=why)


@router.post("/jawab")
def answer(form: Posted, who: Asking = DETERMINE) -> Response:
    """Puts an answer on record."""
    match, duplicate, said = number_of(form, "match"), number_of(form, "duplicate"), text_of(form, "answer", 20)
    why = text_of(form, "why")
    if (match is None) == (duplicate is None) or not said or len(why) < 3:
        raise refusal("answer-incomplete", Words("Pilih jawabannya dan isi alasannya.", "Choose an answer and say why."))
    which = None if duplicate is not None or said == NONE else said
    given = filled(
        matching_routes.NewAnswer,
        match=match, duplicate=duplicate, which=which, same=None if duplicate is None else said == "same", why=why,
        document=text_of(form, "document", 200) or None,
    )  # fmt: skip
    outcome = matching_routes.answered(who, given)
    return gone_to("/pemadanan", dijawab=outcome, daftar=number_of(form, "list"))
