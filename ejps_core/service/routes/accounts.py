"""Accounts, for the provincial IT."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app.access import managing
from ejps_core.app.access.accounts import Grant
from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import AccountState, IdentityKind, Role
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.words import Words
from ejps_core.service.answers import plain
from ejps_core.service.guard import Asking, Needs, Number
from ejps_core.service.problems import refusal

router = APIRouter(prefix="/accounts", tags=["accounts"])
IT = Depends(Needs(Right.MANAGE_ACCOUNTS))


class NewRole(BaseModel):
    """A role. areas: codes of districts; null for the whole province. acting: as Plt., by the letter `document`."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"role": "district", "areas": ["75.03"], "acting": False}}
    )

    role: Role
    areas: list[str] | None = Field(None, max_length=20)
    acting: bool = False
    document: str | None = Field(None, max_length=200)
    day_from: date | None = None
    day_to: date | None = None

    def grant(self, today: date) -> Grant:
        """The role as a grant, from today on unless another day was given."""
        areas = None if self.areas is None else frozenset(self.areas)
        return Grant(self.role, areas, self.day_from or today, self.day_to, self.acting, self.document)


class NewAccount(NewRole):
    """An account with its role."""

    name: str = Field(max_length=40)
    full_name: str = Field(min_length=1, max_length=200)


class NewState(BaseModel):
    """Whether an account is open, and why."""

    model_config = ConfigDict(extra="forbid")

    state: AccountState
    why: str = Field(min_length=1, max_length=500)


class NewIdentity(BaseModel):
    """By what the identity provider tells who this is: its own subject, or an e-mail address that it has verified."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"email": "rahma@contoh.go.id"}})

    subject: str | None = Field(None, min_length=1, max_length=255)
    email: str | None = Field(None, min_length=3, max_length=255)

    def given(self) -> tuple[tuple[IdentityKind, str], ...]:
        """What was given, by kind."""
        pairs = ((IdentityKind.SUBJECT, self.subject), (IdentityKind.EMAIL, self.email))
        return tuple((kind, value) for kind, value in pairs if value)


@router.get("")
def get(who: Asking = IT) -> list[Any]:
    """All accounts."""
    return [plain(each) for each in managing.listed(who.service.store, who.at)]


@router.post("", status_code=201)
def post(given: NewAccount, who: Asking = IT) -> dict[str, Any]:
    """A new account; its first password is shown this once."""
    grant = given.grant(day_in_gorontalo(who.at))
    number, password = managing.made(who.service.store, who.scope, given.name, given.full_name, grant, who.at)
    return {"account": number, "password": password}


@router.put("/{number}/role", status_code=204)
def role(number: Number, given: NewRole, who: Asking = IT) -> None:
    """Another role."""
    managing.role_given(who.service.store, who.scope, number, given.grant(day_in_gorontalo(who.at)), who.at)


@router.put("/{number}/state", status_code=204)
def state(number: Number, given: NewState, who: Asking = IT) -> None:
    """Opens or closes an account."""
    managing.state_set(who.service.store, who.scope, number, given.state, given.why, who.at)


@router.put("/{number}/identity", status_code=204)
def identity(number: Number, given: NewIdentity, who: Asking = IT) -> None:
    """Links the account to the identity provider of the settings."""
    managing.linked(who.service.store, who.scope, number, issuer_of(who), given.given(), who.at)


@router.delete("/{number}/identity", status_code=204)
def no_identity(number: Number, who: Asking = IT) -> None:
    """Takes the link away; the account's sessions end."""
    managing.unlinked(who.service.store, who.scope, number, who.at)


@router.post("/{number}/password")
def password(number: Number, factor_too: bool = False, who: Asking = IT) -> dict[str, str]:
    """A new password for who forgot his."""
    return {"password": managing.password_reset(who.service.store, who.scope, number, who.at, factor_too=factor_too)}


def issuer_of(who: Asking) -> str:
    """The identity provider of the settings; refused if there is none."""
    if who.service.oidc is None:
        raise refusal("identity-off", Words("Tidak ada penyedia identitas.", "There is no identity provider."))
    return who.service.oidc.issuer
