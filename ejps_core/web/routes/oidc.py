"""Signing in by the office's provider of identities: there, back again, and the second factor where it was not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from ejps_core.app.access.scopes import StoreError
from ejps_core.app.access.secrets import new_token
from ejps_core.app.access.signing_in import code_needed
from ejps_core.app.access.signing_in_elsewhere import Person, begun_too_long_ago, person_of, sign_in_as, ticket
from ejps_core.app.moments import now
from ejps_core.service.guard import BEFORE, COOKIE, Open, Posted, Serving, address_of, cookie_name, form_token, refuse_haste
from ejps_core.service.problems import RefusedError, status_of
from ejps_core.service.routes.session import set_cookie
from ejps_core.service.running import Running
from ejps_core.web.forms import text_of
from ejps_core.web.pages import gone_to, own_path, page
from ejps_core.web.routes.sign_in import To, sign_in_page

if TYPE_CHECKING:
    from ejps_core.service.oidc import Provider

router = APIRouter(prefix="/masuk/oidc")
NOBODY = [Depends(Open("whoever signs in is not known yet"))]
BEGUN, TICKET = "ejps_oidc", "ejps_oidc_code"
MINUTES = 600


@router.get("", dependencies=NOBODY)
def begin(request: Request, service: Serving, ke: To = "/") -> Response:
    """The browser goes to the provider."""
    provider = _provider(service)
    try:
        begun = provider.begin(own_path(ke))
    except RefusedError as problem:
        return sign_in_page(request, service, ke, None, problem)
    answer = RedirectResponse(begun.address, 303)
    set_cookie(answer, service, BEGUN, begun.secret, MINUTES)
    return answer


@router.get("/kembali", dependencies=NOBODY)
def back(request: Request, service: Serving) -> Response:
    """The browser comes back; whatever is wrong is told on the sign-in page."""
    provider = _provider(service)
    refuse_haste(request, "sign-in", address_of(request), service.settings.sign_ins_a_minute)
    secret = request.cookies.get(cookie_name(service, BEGUN), "")
    try:
        answer = _come_back(request, service, *provider.finish(secret, request.query_params))
    except (StoreError, RefusedError) as problem:
        answer = sign_in_page(request, service, "/", None, problem)
    answer.delete_cookie(cookie_name(service, BEGUN), path="/")
    return answer


@router.post("/kode", dependencies=NOBODY)
def code(request: Request, service: Serving, form: Posted) -> Response:
    """The second factor of an account whose provider did not say that it has asked for one."""
    _provider(service)
    refuse_haste(request, "sign-in", address_of(request), service.settings.sign_ins_a_minute)
    to = own_path(text_of(form, "ke", 200))
    try:
        person = person_of(service.store, request.cookies.get(cookie_name(service, TICKET), ""), now())
        token = sign_in_as(service.store, person, address_of(request), now(), text_of(form, "code", 40)).token
    except StoreError as problem:
        if problem.finding.code == begun_too_long_ago().finding.code:
            return sign_in_page(request, service, to, None, problem)
        return _code_page(request, service, to, problem)
    answer = _signed_in(service, to, token)
    answer.delete_cookie(cookie_name(service, TICKET), path="/")
    return answer


def _come_back(request: Request, service: Running, person: Person, to: str) -> Response:
    try:
        signed_in = sign_in_as(service.store, person, address_of(request), now())
    except StoreError as problem:
        if problem.finding.code != code_needed().finding.code:
            raise
        answer = _code_page(request, service, own_path(to), problem)
        set_cookie(answer, service, TICKET, ticket(service.store, person, now()), MINUTES)
        return answer
    return _signed_in(service, own_path(to), signed_in.token)


def _provider(service: Running) -> Provider:
    if service.oidc is None:
        raise HTTPException(404)
    return service.oidc


def _signed_in(service: Running, to: str, token: str) -> Response:
    answer = gone_to(to)
    set_cookie(answer, service, COOKIE, token)
    answer.delete_cookie(cookie_name(service, BEFORE), path="/")
    return answer


def _code_page(request: Request, service: Running, to: str, problem: StoreError | RefusedError) -> Response:
    before = request.cookies.get(cookie_name(service, BEFORE)) or new_token()
    answer = page(
        request, None, "sign_in_code.html", status_of(problem.finding), finding=problem.finding, to=to,
        form_token=form_token(before),
    )  # fmt: skip
    set_cookie(answer, service, BEFORE, before)
    return answer
