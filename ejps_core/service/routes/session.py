"""Signing in and out, and who one is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app.access.rights import TITLES, Right
from ejps_core.app.access.sessions import LONGEST, end_session
from ejps_core.app.access.signing_in import Credentials, sign_in
from ejps_core.app.moments import now
from ejps_core.service.answers import plain
from ejps_core.service.guard import (
    COOKIE,
    Asking,
    Needs,
    Open,
    Serving,
    address_of,
    cookie_name,
    form_token,
    refuse_foreign_origin,
    refuse_haste,
)
from ejps_core.service.running import Running

router = APIRouter(prefix="/session", tags=["session"])


class SignIn(BaseModel):
    """What somebody signs in with. code: of the second factor, where the account has one."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"name": "rahma", "password": "…", "code": "123456"}}
    )

    name: str = Field(max_length=64)
    password: str = Field(max_length=256)
    code: str = Field("", max_length=40)


@router.post("", dependencies=[Depends(Open("whoever signs in is not known yet"))])
def post(given: SignIn, request: Request, response: Response, service: Serving) -> dict[str, Any]:
    """Signs in; the session is kept in a cookie. Programs use a token instead."""
    refuse_foreign_origin(request)
    token = signed_in(service, request, Credentials(given.name, given.password, given.code, address_of(request)))
    set_cookie(response, service, COOKIE, token)
    return {"csrf": form_token(token)}


@router.get("")
def get(who: Asking = Depends(Needs(Right.OWN_ACCOUNT))) -> dict[str, Any]:
    """Who one is: role, districts, rights; and the proof that changes by cookie must carry in X-CSRF-Token."""
    scope = who.scope
    return {
        "who": scope.who,
        "role": scope.role.value,
        "role_words": plain(TITLES[scope.role]),
        "areas": None if scope.areas is None else sorted(scope.areas),
        "rights": sorted(scope.rights),
        "csrf": None if who.token is None else form_token(who.token),
    }


@router.delete("", status_code=204)
def delete(response: Response, who: Asking = Depends(Needs(Right.OWN_ACCOUNT))) -> None:
    """Signs out: the session is of no use any more, wherever its cookie is."""
    if who.visit is not None:
        end_session(who.service.store, who.visit.session, who.at)
        response.delete_cookie(cookie_name(who.service, COOKIE), path="/")


def signed_in(service: Running, request: Request, given: Credentials) -> str:
    """The token of a new session; refused if attempts come too fast from one address."""
    refuse_haste(request, "sign-in", address_of(request), service.settings.sign_ins_a_minute)
    return sign_in(service.store, given, now()).token


def set_cookie(
    response: Response, service: Running, name: str, value: str, seconds: int = int(LONGEST.total_seconds())
) -> None:
    """A cookie that scripts can't read and other sites can't send."""
    response.set_cookie(
        cookie_name(service, name), value, max_age=seconds, path="/",
        secure=service.settings.secure, httponly=True, samesite="lax",
    )  # fmt: skip
