"""One's own account: password, second factor, sessions, tokens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app.access import own
from ejps_core.app.access.rights import Right
from ejps_core.service.answers import plain
from ejps_core.service.guard import Asking, Needs

router = APIRouter(prefix="/account", tags=["account"])
MINE = Depends(Needs(Right.OWN_ACCOUNT))


class NewPassword(BaseModel):
    """The password of now and the new one."""

    model_config = ConfigDict(extra="forbid")

    old: str = Field(max_length=256)
    new: str = Field(max_length=256)


class NewToken(BaseModel):
    """A token for a program: what for, with which rights, for how many days."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"title": "SIKS-NG", "rights": ["lists.see"], "days": 90}}
    )

    title: str = Field(min_length=1, max_length=200)
    rights: list[str] = Field(min_length=1, max_length=40)
    days: int = Field(90, ge=1, le=366)


class FirstCode(BaseModel):
    """The seed that was given, and the first code of it."""

    model_config = ConfigDict(extra="forbid")

    seed: str = Field(max_length=64)
    code: str = Field(max_length=10)


@router.post("/password", status_code=204)
def password(given: NewPassword, who: Asking = MINE) -> None:
    """A new password; all other sessions end."""
    own.change_password(who.service.store, who.scope, given.old, given.new, who.at, _session(who))


@router.get("/sessions")
def sessions(who: Asking = MINE) -> list[dict[str, Any]]:
    """One's sessions that can still be used."""
    return [
        {"opened_at": plain(each.opened_at), "seen_at": plain(each.seen_at), "address": each.address,
         "this": each.id == _session(who)}
        for each in own.sessions(who.service.store, who.scope, who.at)
    ]  # fmt: skip


@router.delete("/sessions", status_code=204)
def end_others(who: Asking = MINE) -> None:
    """Ends all other sessions."""
    own.end_others(who.service.store, who.scope, who.at, _session(who))


@router.post("/second-factor/seed")
def seed(who: Asking = MINE) -> dict[str, str]:
    """A seed for an authenticator; it is in use once its first code came back."""
    made, address = own.second_factor_seed(who.service.store, who.scope, who.at)
    return {"seed": made, "address": address}


@router.post("/second-factor")
def second_factor(given: FirstCode, who: Asking = MINE) -> dict[str, list[str]]:
    """Puts the second factor in use; the recovery codes are shown this once."""
    return {"recovery_codes": list(own.turn_on(who.service.store, who.scope, given.seed, given.code, who.at))}


@router.get("/tokens")
def tokens(who: Asking = MINE) -> list[Any]:
    """One's tokens, without themselves."""
    return [plain(each) for each in own.tokens(who.service.store, who.scope)]


@router.post("/tokens", status_code=201)
def new_token(given: NewToken, who: Asking = MINE) -> dict[str, str]:
    """A new token, shown this once."""
    expires: datetime = who.at + timedelta(days=given.days)
    number, token = own.new_token(
        who.service.store, who.scope, given.title, frozenset(given.rights), expires, who.at, who.visit is not None
    )
    return {"id": number, "token": token}


@router.delete("/tokens/{token_id}", status_code=204)
def end_token(token_id: str, who: Asking = MINE) -> None:
    """Takes a token back."""
    own.end_token_of(who.service.store, who.scope, token_id, who.at)


def _session(who: Asking) -> str | None:
    return None if who.visit is None else who.visit.session
