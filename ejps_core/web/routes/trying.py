"""Trying one family: a form made from the facts that the rules ask for; the answer with its reasoning, nothing recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from ejps_core.app.access.rights import Right
from ejps_core.app.family_form import MOST_MEMBERS, Answers, FamilyForm, Question, Tried, family_form, tried
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.program_states import DISTRICTS
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.reports.explanation import benefits_told, rules_told
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Posted
from ejps_core.service.problems import language_of, status_of
from ejps_core.web.forms import date_of, text_of
from ejps_core.web.pages import page

router = APIRouter(prefix="/program/{id}/coba")
TRY = Depends(Needs(Right.TRY_FAMILY))
DECIDE, ADD, REMOVE = "putuskan", "tambah", "hapus-"
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of a form: a decision, or what is wrong of it."""

    tried: Tried | None = None
    finding: Diagnostic | None = None


@router.get("")
def form(request: Request, id: str, who: Asking = TRY) -> Response:
    """The form, every fact not known yet."""
    made = _form(who, id)
    answers = Answers(made.day, None, None, {}, ({},) if made.members else ())
    return _shown(request, who, made, answers, Shown())


@router.post("")
def answered(request: Request, id: str, form: Posted, who: Asking = TRY) -> Response:
    """What the rules say of the family; or the form with a member more or less, all else as it was typed."""
    made = _form(who, id)
    answers = _answers(form, made)
    asked = text_of(form, "do", 20)
    if asked == ADD:
        return _shown(request, who, made, replace(answers, members=(*answers.members, {})[:MOST_MEMBERS]), Shown())
    if asked.startswith(REMOVE):
        left = tuple(each for number, each in enumerate(answers.members, 1) if f"{REMOVE}{number}" != asked)
        return _shown(request, who, made, replace(answers, members=left), Shown())
    found = tried(id, answers, who.service.ready)
    shown = Shown(finding=found) if isinstance(found, Diagnostic) else Shown(tried=found)
    return _shown(request, who, made, answers, shown)


def _form(who: Asking, id: str) -> FamilyForm:
    return or_refused(family_form(id, day_in_gorontalo(who.at), who.service.plugins))


def _answers(form: FormData, made: FamilyForm) -> Answers:
    count = text_of(form, "members", 3)
    number = min(int(count), MOST_MEMBERS) if count.isascii() and count.isdecimal() and made.members else 0
    district = text_of(form, "district", 10)
    on: date = date_of(form, "on") or made.day
    return Answers(
        on=on,
        known=date_of(form, "known"),
        district=district if district in DISTRICTS and made.base else None,
        family=_given(form, "f", made.family),
        members=tuple(_given(form, f"m{each}", made.members) for each in range(1, number + 1)),
    )


def _given(form: FormData, of: str, questions: tuple[Question, ...]) -> dict[str, str]:
    return {each.name: text_of(form, f"{of}.{each.name}", LONGEST) for each in questions}


def _shown(request: Request, who: Asking, made: FamilyForm, answers: Answers, shown: Shown) -> Response:
    language, done = language_of(request), shown.tried
    trace = None if done is None else done.decision.trace
    rules = () if done is None or trace is None else rules_told(trace, done.subject, language)
    benefits = () if done is None or trace is None else benefits_told(trace, done.subject, language)
    status = 200 if shown.finding is None else status_of(shown.finding)
    return page(
        request, who, "try.html", status, form=made, answers=answers, tried=done, finding=shown.finding, rules=rules,
        benefits=benefits, districts=DISTRICTS, most=MOST_MEMBERS,
    )  # fmt: skip
