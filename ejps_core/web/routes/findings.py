"""Findings of inspectors: recorded with a deadline, followed up, closed by another person."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app import decree_desk, inspecting
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.decreed import FindingAct
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes import appeals
from ejps_core.web.forms import date_of, day_of, number_of, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/temuan")
SEE, INSPECT = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.INSPECT))


@router.get("")
def listed(request: Request, who: Asking = SEE) -> Response:
    """The findings, those that are open first; a new one is recorded below."""
    today = day_in_gorontalo(who.at)
    found = sorted(or_refused(inspecting.listed(who.options, today)), key=lambda e: (e["state"] == "closed", e["deadline"]))
    decrees = or_refused(decree_desk.decrees(who.options, 0, 100)).items
    return page(
        request, who, "findings.html", findings=found, decrees=decrees, acts=list(FindingAct), today=today.isoformat()
    )


@router.post("")
def post(form: Posted, who: Asking = INSPECT) -> Response:
    """Records one."""
    names = ("inspector", "words", "recommendation", "answerable")
    said = {name: text_of(form, name, 200 if name in ("inspector", "answerable") else 2000) for name in names}
    if not all(said.values()):
        words = Words(
            "Isi pemeriksa, uraian, rekomendasi dan penanggung jawab.", "Fill in who, what, advice and who answers."
        )
        raise refusal("finding-incomplete", words)
    given = appeals.Finding(
        decree=number_of(form, "decree") or 0, found_on=day_of(form, "found_on"), deadline=day_of(form, "deadline"),
        document=text_of(form, "document"), phase=number_of(form, "phase"), family=text_of(form, "whom", 40) or None,
        amount=number_of(form, "amount"), **said,
    )  # fmt: skip
    return gone_to("/temuan", dicatat=appeals.found(who, given))


@router.post("/{finding_id}/langkah")
def step(finding_id: Number, form: Posted, who: Asking = INSPECT) -> Response:
    """Says what is done about one."""
    every = or_refused(inspecting.listed(who.options, day_in_gorontalo(who.at)))
    if finding_id not in {each["finding"] for each in every}:
        raise refusal("finding-unknown", Words("Temuan itu tidak ada.", "There is no such finding."))
    act, words = text_of(form, "act", 20), text_of(form, "words", 2000)
    if act not in set(FindingAct) or not words:
        raise refusal("step-incomplete", Words("Pilih langkah dan isi uraiannya.", "Choose a step and say what was done."))
    given = appeals.Step(
        act=FindingAct(act), day=day_of(form, "day"), words=words, document=text_of(form, "document"),
        amount=number_of(form, "amount"), deadline=date_of(form, "deadline"),
    )  # fmt: skip
    appeals.stepped(who, finding_id, given)
    return gone_to("/temuan", langkah=finding_id)
