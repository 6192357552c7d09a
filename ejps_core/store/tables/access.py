"""Who may use the service: accounts, what each may do where, their secrets, attempts to sign in, tokens for programs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, LargeBinary, String, Text, UniqueConstraint

from ejps_core.store.column_types import CODE, DATA, HASH, LONG, PSEUDONYM, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import AccountState, Attempt, Declared, IdentityKind, SecretKind


class ServiceKey(Record, table=True):
    """A key of the service, for secrets of accounts and uploads under way; the newest seals."""

    __tablename__ = "service_keys"

    id: str = column(PSEUDONYM, key=True)
    made_at: datetime = column(UtcTime)
    made_by: str = column(WHO)


class Account(Record, table=True):
    """Somebody who may sign in. name: what he signs in with; full_name: what others read."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("name"),)

    id: int | None = number()
    name: str = column(CODE)
    full_name: str = column(WHO)
    made_at: datetime = column(UtcTime)
    made_by: str = column(WHO)


class AccountStanding(Record, table=True):
    """Whether an account may be used; the newest record counts."""

    __tablename__ = "account_standings"
    __table_args__ = (one_of("state", AccountState),)

    id: int | None = number()
    account_id: int = column(LONG, "accounts.id", index=True)
    state: str = column(CODE)
    why: str = column(Discreet)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class AccountRole(Record, table=True):
    """In which role, where and until when somebody acts; the newest record counts. areas: null for the whole province.

    acting: in place of the office's holder (Plt.), on the strength of `document`.
    """

    __tablename__ = "account_roles"
    __table_args__ = (one_of("state", Declared),)

    id: int | None = number()
    account_id: int = column(LONG, "accounts.id", index=True)
    role: str = column(CODE)
    areas: Any = column(DATA, null=True)
    acting: bool = column(Boolean)
    document: str | None = column(Discreet, null=True)
    day_from: date = column(Date)
    day_to: date | None = column(Date, null=True)
    state: str = column(CODE)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class AccountSecret(Record, table=True):
    """A secret of an account, the newest of a kind counts: a password hashed, a second factor sealed, recovery codes hashed.

    to_change: given by somebody else; its owner has to choose another.
    """

    __tablename__ = "account_secrets"
    __table_args__ = (one_of("kind", SecretKind),)

    id: int | None = number()
    account_id: int = column(LONG, "accounts.id", index=True)
    kind: str = column(CODE)
    hashed: str | None = column(Text, null=True)
    sealed: bytes | None = column(LargeBinary, null=True)
    to_change: bool = column(Boolean)
    set_at: datetime = column(UtcTime)
    set_by: str = column(WHO)


class AccountIdentity(Record, table=True):
    """By whom a provider of identities means this account; the newest record of a kind counts.

    hash: of provider, kind and value, since a subject can be a number of identity; shown: the value with numbers masked.
    """

    __tablename__ = "account_identities"
    __table_args__ = (one_of("kind", IdentityKind), one_of("state", Declared))

    id: int | None = number()
    account_id: int = column(LONG, "accounts.id", index=True)
    kind: str = column(CODE)
    hash: str = column(HASH, index=True)
    shown: str = column(Discreet)
    state: str = column(CODE)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class UsedCode(Record, table=True):
    """A code of a second factor or of recovery that was used: no code works twice."""

    __tablename__ = "used_codes"

    account_id: int = column(LONG, "accounts.id", key=True)
    code: str = column(HASH, key=True)
    used_at: datetime = column(UtcTime)


class SignInAttempt(Record, table=True):
    """An attempt to sign in, by which an account is locked for a while."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (one_of("outcome", Attempt),)

    id: int | None = number()
    account_id: int = column(LONG, "accounts.id", index=True)
    outcome: str = column(CODE)
    address: str = column(String(64))
    at: datetime = column(UtcTime)


class ApiToken(Record, table=True):
    """A token by which a program acts for an account, with these rights at most, until it expires. hash: of the token."""

    __tablename__ = "api_tokens"
    __table_args__ = (UniqueConstraint("hash"),)

    id: str = column(PSEUDONYM, key=True)
    account_id: int = column(LONG, "accounts.id", index=True)
    hash: str = column(HASH)
    title: str = column(Discreet)
    rights: Any = column(DATA)
    expires_at: datetime = column(UtcTime)
    made_at: datetime = column(UtcTime)
    made_by: str = column(WHO)


class ApiTokenEnd(Record, table=True):
    """That a token was taken back."""

    __tablename__ = "api_token_ends"

    token_id: str = column(PSEUDONYM, "api_tokens.id", key=True)
    ended_at: datetime = column(UtcTime)
    ended_by: str = column(WHO)
