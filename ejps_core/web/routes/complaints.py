"""Complaints of people for the officer who answers them: what waits, and one with all that was done about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.app import complaining
from ejps_core.app.access.rights import Right
from ejps_core.app.complaining import ComplaintAct
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused, place_of
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.web.forms import text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/pengaduan")
ANSWER = Depends(Needs(Right.ANSWER_COMPLAINTS))
PAGE = 25


@router.get("")
def listed(
    request: Request, semua: bool = False, cursor: Annotated[str | None, Query(max_length=100)] = None,
    who: Asking = ANSWER,
) -> Response:  # fmt: skip
    """The complaints that wait, oldest first; or all."""
    found = or_refused(complaining.queue(who.options, place_of(cursor), PAGE, every=semua))
    return page(request, who, "complaints.html", found=found, every=semua, states=complaining.STATES)


@router.get("/{complaint_id}")
def one(request: Request, complaint_id: Number, who: Asking = ANSWER) -> Response:
    """One, with the form to answer it."""
    seen = or_refused(complaining.one(who.options, complaint_id))
    return page(request, who, "complaint.html", seen=seen, states=complaining.STATES, acts=complaining.ACTS)


@router.post("/{complaint_id}/langkah")
def step(complaint_id: Number, form: Posted, who: Asking = ANSWER) -> Response:
    """Records what is done about it."""
    or_refused(complaining.one(who.options, complaint_id))
    act = text_of(form, "act", 20)
    if act not in set(ComplaintAct):
        raise refusal("act-missing", Words("Pilih apa yang dilakukan.", "Choose what is done."))
    words = text_of(form, "words", complaining.LONGEST)
    or_refused(complaining.do(who.options, who.actor(), complaint_id, ComplaintAct(act), words))
    return gone_to(f"/pengaduan/{complaint_id}")
