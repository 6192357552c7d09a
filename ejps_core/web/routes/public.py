"""The pages for anybody, where the settings say so: rules in plain words, totals, status by code, complaints."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app import complaining, public_view
from ejps_core.app.program_states import DISTRICTS
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.service.guard import BEFORE, COOKIE, Posted, Public, Serving, cookie_name, form_token
from ejps_core.service.problems import RefusedError, language_of
from ejps_core.service.routes.public import active, filed, looked_up, published_program, totals_of
from ejps_core.service.routes.session import set_cookie
from ejps_core.service.running import Running
from ejps_core.web.forms import text_of
from ejps_core.web.pages import page

router = APIRouter(prefix="/publik")
LOOKING = [Depends(Public("what is published is everybody's"))]
TRYING = [Depends(Public("whoever has no account asks and complains too", trying=True))]
CODE = 60


@router.get("", dependencies=LOOKING)
def start(request: Request, service: Serving) -> Response:
    """What there is for anybody."""
    return page(request, None, "public.html", programs=active(service))


@router.get("/program/{id}", dependencies=LOOKING)
def program(request: Request, id: str, service: Serving) -> Response:
    """The rules of a program in plain words."""
    told = published_program(service, id, language_of(request))
    return page(request, None, "public_program.html", told=told)


@router.get("/penerima", dependencies=LOOKING)
def totals(request: Request, service: Serving) -> Response:
    """How many families received, by program, phase and district."""
    return page(request, None, "public_totals.html", totals=totals_of(service))


@router.get("/status", dependencies=LOOKING)
def status_form(request: Request, service: Serving) -> Response:
    """The field for a code."""
    return _form(request, service, "public_status.html", found=None, finding=None)


@router.post("/status", dependencies=TRYING)
def status(request: Request, form: Posted, service: Serving) -> Response:
    """Where a family or a complaint stands. The code is in no address, so in no log."""
    try:
        found = looked_up(service, text_of(form, "code", CODE))
    except RefusedError as problem:
        return _form(request, service, "public_status.html", problem.status, found=None, finding=problem.finding)
    family = isinstance(found, public_view.Status)
    return _form(request, service, "public_status.html", found=found, finding=None, family=family)


@router.get("/pengaduan", dependencies=LOOKING)
def complaint_form(request: Request, service: Serving) -> Response:
    """The form of a complaint."""
    return _complaint(request, service, 200)


@router.post("/pengaduan", dependencies=TRYING)
def complain(request: Request, form: Posted, service: Serving) -> Response:
    """Records a complaint and shows its receipt, this once; what was typed stays where something is wrong."""
    programs = {each.id for each in active(service)}
    program = text_of(form, "program", CODE)
    given = complaining.Filing(
        text_of(form, "district", 20), text_of(form, "words", complaining.LONGEST + 1),
        program if program in programs else "", text_of(form, "code", CODE),
    )  # fmt: skip
    try:
        code = filed(service, given)
    except RefusedError as problem:
        return _complaint(request, service, problem.status, given=given, finding=problem.finding)
    return _complaint(request, service, 200, code=code)


def _complaint(
    request: Request, service: Running, status: int, given: complaining.Filing | None = None, code: str | None = None,
    finding: Diagnostic | None = None,
) -> Response:  # fmt: skip
    """The form of a complaint with what was typed, and the receipt of the one that was just sent."""
    return _form(
        request, service, "public_complaint.html", status, given=given, code=code, finding=finding, programs=active(service),
        districts=DISTRICTS, longest=complaining.LONGEST,
    )  # fmt: skip


def _form(request: Request, service: Running, template: str, status: int = 200, **values: object) -> Response:
    """A page with a form for whoever has no session: its proof is made of a token that only his browser has."""
    session = request.cookies.get(cookie_name(service, COOKIE))
    before = session or request.cookies.get(cookie_name(service, BEFORE)) or secrets.token_urlsafe(32)
    answer = page(
        request, None, template, status, form_token=form_token(before), states=complaining.STATES, **values
    )  # fmt: skip
    if session is None:
        set_cookie(answer, service, BEFORE, before)
    return answer
