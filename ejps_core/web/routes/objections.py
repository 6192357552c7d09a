"""Objections (keberatan): recorded with their clock, answered with the reason and what follows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from ejps_core.app import decree_desk, objecting
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.decreed import ObjectionOutcome
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import LARGEST, Asking, Needs, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes import appeals
from ejps_core.web.forms import day_of, number_of, perhaps_file, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/keberatan")
SEE, DELIVER = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DELIVER))
Of = Annotated[int | None, Query(ge=0, le=LARGEST)]


@router.get("")
def listed(request: Request, keputusan: Of = None, siapa: str = "", who: Asking = SEE) -> Response:
    """The objections, those that wait first; a new one is recorded below."""
    today = day_in_gorontalo(who.at)
    found = sorted(
        or_refused(objecting.listed(who.options, today)), key=lambda e: (e["outcome"] is not None, e["answer_by"])
    )
    decrees = or_refused(decree_desk.decrees(who.options, 0, 100)).items
    return page(
        request, who, "objections.html", objections=found, decrees=decrees, chosen=keputusan, whom=siapa[:40],
        outcomes=list(ObjectionOutcome), today=today.isoformat(),
    )  # fmt: skip


@router.post("")
async def post(form: Posted, who: Asking = DELIVER) -> Response:
    """Records one."""
    grounds, letter = text_of(form, "grounds", 2000), await perhaps_file(form, "letter")
    if not grounds:
        raise refusal("grounds-missing", Words("Isi apa keberatannya.", "Say what the objection is."))
    given = appeals.Objection(
        decree=number_of(form, "decree") or 0, known_on=day_of(form, "known_on"), filed_on=day_of(form, "filed_on"),
        grounds=grounds, document=text_of(form, "document"), family=text_of(form, "whom", 40) or None,
        phase=number_of(form, "phase"), letter=None,
    )  # fmt: skip
    done = await run_in_threadpool(appeals.filed, who, given, letter)
    return gone_to("/keberatan", dicatat=done.number)


@router.post("/{objection_id}/putus")
def rule(objection_id: Number, form: Posted, who: Asking = DELIVER) -> Response:
    """Answers one."""
    every = or_refused(objecting.listed(who.options, day_in_gorontalo(who.at)))
    if objection_id not in {each["objection"] for each in every}:
        raise refusal("objection-unknown", Words("Keberatan itu tidak ada.", "There is no such objection."))
    outcome, why = text_of(form, "outcome", 20), text_of(form, "why", 2000)
    if outcome not in set(ObjectionOutcome) or not why:
        raise refusal("ruling-incomplete", Words("Pilih putusan dan isi alasannya.", "Choose an outcome and say why."))
    given = appeals.Ruling(
        outcome=ObjectionOutcome(outcome), decided_on=day_of(form, "decided_on"), why=why,
        consequence=text_of(form, "consequence"), document=text_of(form, "document"), amendment=number_of(form, "amendment"),
    )  # fmt: skip
    appeals.ruled(who, objection_id, given)
    return gone_to("/keberatan", diputus=objection_id)
