"""One's own account: password, second factor, sessions, tokens."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import segno
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app.access import own
from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import StoreError
from ejps_core.model.words import Words
from ejps_core.service.guard import Asking, Needs, Posted
from ejps_core.service.problems import refusal
from ejps_core.web.forms import text_of, texts_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/akun")
MINE = Depends(Needs(Right.OWN_ACCOUNT))


@router.get("")
def account(request: Request, who: Asking = MINE) -> Response:
    """What can be changed of one's own account."""
    return _page(request, who)


@router.post("/sandi")
def password(request: Request, form: Posted, who: Asking = MINE) -> Response:
    """A new password."""
    new, again = str(form.get("new", "")), str(form.get("again", ""))
    if new != again:
        raise refusal("password-differs", Words("Kedua kata sandi baru tidak sama.", "The two new passwords differ."))
    session = None if who.visit is None else who.visit.session
    own.change_password(who.service.store, who.scope, str(form.get("old", "")), new, who.at, session)
    return gone_to("/akun", selesai="sandi")


@router.get("/faktor-kedua")
def second_factor(request: Request, who: Asking = MINE) -> Response:
    """The picture for an authenticator, and a field for its first code."""
    return _second_factor(request, who)


@router.post("/faktor-kedua")
def turn_on(request: Request, form: Posted, who: Asking = MINE) -> Response:
    """Puts the second factor in use; the recovery codes are shown this once."""
    seed = text_of(form, "seed", 64)
    try:
        codes = own.turn_on(who.service.store, who.scope, seed, text_of(form, "code", 10), who.at)
    except StoreError as problem:
        return _second_factor(request, who, seed, problem)
    return page(request, who, "recovery.html", codes=codes)


@router.post("/sesi")
def end_others(form: Posted, who: Asking = MINE) -> Response:
    """Ends all other sessions."""
    own.end_others(who.service.store, who.scope, who.at, None if who.visit is None else who.visit.session)
    return gone_to("/akun", selesai="sesi")


@router.post("/token")
def new_token(request: Request, form: Posted, who: Asking = MINE) -> Response:
    """A new token, shown this once."""
    days = text_of(form, "days", 4)
    expires = who.at + timedelta(days=min(366, int(days)) if days.isdecimal() else 90)
    _, token = own.new_token(
        who.service.store, who.scope, text_of(form, "title", 200) or "token", frozenset(texts_of(form, "right")), expires,
        who.at, who.visit is not None,
    )  # fmt: skip
    return _page(request, who, token)


@router.post("/token/{token_id}/akhiri")
def end_token(token_id: str, form: Posted, who: Asking = MINE) -> Response:
    """Takes a token back."""
    own.end_token_of(who.service.store, who.scope, token_id, who.at)
    return gone_to("/akun", selesai="token")


def _page(request: Request, who: Asking, token: str | None = None) -> Response:
    store = who.service.store
    session = None if who.visit is None else who.visit.session
    return page(
        request, who, "account.html", sessions=own.sessions(store, who.scope, who.at), this=session,
        tokens=own.tokens(store, who.scope), token=token, account=None if who.visit is None else who.visit.account,
    )  # fmt: skip


def _second_factor(request: Request, who: Asking, seed: str | None = None, problem: StoreError | None = None) -> Response:
    made, address = own.second_factor_seed(who.service.store, who.scope, who.at, seed)
    picture = BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, xmldecl=False, svgns=True, title="QR")
    finding = None if problem is None else problem.finding
    return page(request, who, "second_factor.html", seed=made, picture=picture.getvalue().decode(), finding=finding)
