"""Signing in and out; the language of the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import StoreError
from ejps_core.app.access.secrets import new_token
from ejps_core.app.access.sessions import end_session
from ejps_core.app.access.signing_in import Credentials
from ejps_core.model.words import Language
from ejps_core.service.guard import (
    BEFORE,
    COOKIE,
    Asking,
    Needs,
    Open,
    Posted,
    Serving,
    address_of,
    cookie_name,
    form_token,
)
from ejps_core.service.problems import RefusedError, status_of
from ejps_core.service.routes.session import set_cookie, signed_in
from ejps_core.web.forms import text_of
from ejps_core.web.pages import LANGUAGE, gone_to, own_path, page

router = APIRouter()
NOBODY = [Depends(Open("whoever signs in is not known yet"))]
To = Annotated[str, Query(max_length=200)]


@router.get("/masuk", dependencies=NOBODY)
def form(request: Request, service: Serving, ke: To = "/") -> Response:
    """The form to sign in."""
    return sign_in_page(request, service, ke)


@router.post("/masuk", dependencies=NOBODY)
def sign_in(request: Request, service: Serving, form: Posted) -> Response:
    """Signs in and goes on to where one wanted to be."""
    given = Credentials(text_of(form, "name", 64), text_of(form, "password", 257), text_of(form, "code", 40),
                        address_of(request))  # fmt: skip
    to = own_path(text_of(form, "ke", 200))
    try:
        token = signed_in(service, request, given)
    except (StoreError, RefusedError) as problem:
        return sign_in_page(request, service, to, given, problem)
    answer = gone_to(to)
    set_cookie(answer, service, COOKIE, token)
    answer.delete_cookie(cookie_name(service, BEFORE), path="/")
    return answer


@router.post("/keluar")
def sign_out(form: Posted, who: Asking = Depends(Needs(Right.OWN_ACCOUNT))) -> Response:
    """Signs out."""
    if who.visit is not None:
        end_session(who.service.store, who.visit.session, who.at)
    answer = gone_to("/masuk")
    answer.delete_cookie(cookie_name(who.service, COOKIE), path="/")
    return answer


@router.get("/bahasa/{language}", dependencies=[Depends(Open("a language is nobody's secret"))])
def language(language: Language, service: Serving, ke: To = "/") -> Response:
    """The language of the pages from now on."""
    answer = gone_to(own_path(ke))
    answer.set_cookie(
        LANGUAGE, language.value, max_age=31_536_000, path="/", secure=service.settings.secure, httponly=True, samesite="lax"
    )
    return answer


def sign_in_page(
    request: Request, service: Serving, to: str, given: Credentials | None = None, problem: Exception | None = None
) -> Response:
    """The form, with what was wrong. The code is asked for once the password was right."""
    before = request.cookies.get(cookie_name(service, BEFORE)) or new_token()
    finding = problem.finding if isinstance(problem, StoreError | RefusedError) else None
    answer = page(
        request, None, "sign_in.html", 200 if finding is None else status_of(finding), finding=finding, to=own_path(to),
        name="" if given is None else given.name, code_needed=finding is not None and finding.code == "code-needed",
        form_token=form_token(before), elsewhere=None if service.oidc is None else service.settings.oidc_name,
    )  # fmt: skip
    set_cookie(answer, service, BEFORE, before)
    return answer
