"""Accounts, for the provincial IT: who may do what where."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from ejps_core.app.access import managing
from ejps_core.app.access.accounts import Grant
from ejps_core.app.access.rights import TITLES, Right, needs_one_district
from ejps_core.app.access.scopes import AccountState, IdentityKind, Role
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.words import Words
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes.accounts import issuer_of
from ejps_core.web.forms import date_of, text_of
from ejps_core.web.pages import gone_to, page
from ejps_core.web.words import district_names

router = APIRouter(prefix="/pengguna")
IT = Depends(Needs(Right.MANAGE_ACCOUNTS))


@router.get("")
def users(request: Request, who: Asking = IT) -> Response:
    """All accounts."""
    return _page(request, who)


@router.post("")
def new(request: Request, form: Posted, who: Asking = IT) -> Response:
    """A new account; its first password is shown this once."""
    _, password = managing.made(
        who.service.store, who.scope, text_of(form, "name", 40).lower(), text_of(form, "full_name", 200),
        _grant(form, who), who.at,
    )  # fmt: skip
    return _page(request, who, (text_of(form, "name", 40).lower(), password))


@router.post("/{number}/peran")
def role(number: Number, form: Posted, who: Asking = IT) -> Response:
    """Another role."""
    managing.role_given(who.service.store, who.scope, number, _grant(form, who), who.at)
    return gone_to("/pengguna")


@router.post("/{number}/status")
def state(number: Number, form: Posted, who: Asking = IT) -> Response:
    """Opens or closes an account."""
    asked, why = text_of(form, "state", 10), text_of(form, "why", 500)
    if asked not in set(AccountState) or not why:
        raise refusal("state-incomplete", Words("Sebutkan alasannya.", "Say why."))
    managing.state_set(who.service.store, who.scope, number, AccountState(asked), why, who.at)
    return gone_to("/pengguna")


@router.post("/{number}/identitas")
def identity(number: Number, form: Posted, who: Asking = IT) -> Response:
    """Links the account to the identity provider, or takes the link away."""
    store, scope = who.service.store, who.scope
    if text_of(form, "unlink", 5):
        managing.unlinked(store, scope, number, who.at)
    else:
        given = tuple((kind, text) for kind in IdentityKind if (text := text_of(form, kind.value, 255)))
        managing.linked(store, scope, number, issuer_of(who), given, who.at)
    return gone_to("/pengguna")


@router.post("/{number}/sandi")
def password(request: Request, number: Number, form: Posted, who: Asking = IT) -> Response:
    """A new password for who forgot his, shown this once."""
    factor = bool(text_of(form, "factor_too", 5))
    made = managing.password_reset(who.service.store, who.scope, number, who.at, factor_too=factor)
    return _page(request, who, (text_of(form, "name", 64), made))


def _page(request: Request, who: Asking, password: tuple[str, str] | None = None) -> Response:
    roles = [(role.value, words) for role, words in TITLES.items()]
    return page(
        request, who, "users.html", accounts=managing.listed(who.service.store, who.at), roles=roles, titles=TITLES,
        districts=sorted(district_names().items()), password=password,
        links=managing.links_of_all(who.service.store),
        elsewhere=None if who.service.oidc is None else who.service.settings.oidc_name,
    )  # fmt: skip


def _grant(form: FormData, who: Asking) -> Grant:
    said = text_of(form, "role", 20)
    if said not in set(Role):
        raise refusal("bad-role", Words("Pilih perannya.", "Choose the role."))
    role, area = Role(said), text_of(form, "area", 10)
    areas = frozenset({area}) if area and (needs_one_district(role) or area in district_names()) else None
    return Grant(
        role, areas, date_of(form, "day_from") or day_in_gorontalo(who.at), date_of(form, "day_to"),
        bool(text_of(form, "acting", 5)), text_of(form, "document", 200) or None,
    )  # fmt: skip
