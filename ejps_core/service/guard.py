"""Who asks, and whether he may: one place for all routes. A route names the right it needs; what is not named is refused.

A browser has a session in a cookie, and every change it asks for carries a proof that its own page asked (CSRF). A program
has a token in the header Authorization, and no cookie.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import Act, Purpose, Scope, out_of_scope
from ejps_core.app.access.secrets import proof
from ejps_core.app.access.sessions import Visit
from ejps_core.app.access.tokens import PREFIX
from ejps_core.app.moments import now
from ejps_core.app.stores import Actor, StoreOptions
from ejps_core.model.words import Words
from ejps_core.service.problems import RefusedError, of_http, refusal
from ejps_core.service.running import Running, running

COOKIE, BEFORE = "ejps_session", "ejps_before"
FIELD, HEADER = "csrf", "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


async def serving(request: Request) -> Running:
    """The service that answers this request."""
    return running(request)


Serving = Annotated[Running, Depends(serving)]
LARGEST = 2**63 - 1
Number = Annotated[int, Path(ge=0, le=LARGEST)]
"""The number of a record in a path: no larger than a database can hold."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks. token: of the session, to make proofs of; None: a program."""

    scope: Scope
    at: datetime
    service: Running
    visit: Visit | None = None
    token: str | None = None

    @property
    def options(self) -> StoreOptions:
        """The store, as far as he sees it."""
        return self.service.options(self.scope)

    def may(self, right: Right) -> bool:
        """Whether he may do that."""
        return str(right) in self.scope.rights

    def actor(self, why: str = "", district: str | None = None) -> Actor:
        """He himself, as use cases take whoever acts. district: the one it is about, where he has several.

        The account is his own, never that of the machine: two persons who use this service are two persons.
        """
        account = None if self.scope.account is None else f"akun {self.scope.account}"
        return Actor(self.scope.who, self.scope.role, why, district or self.scope.only_area, account)

    def act(self, purpose: Purpose, why: str = "", district: str | None = None) -> Act:
        """An act of his at this moment."""
        return self.scope.act(purpose, self.at, why, district)


def cookie_name(service: Running, name: str) -> str:
    """The cookie's name: where browsers come over TLS, one that no other host of the domain can set."""
    return f"__Host-{name}" if service.settings.secure else name


async def asking(request: Request) -> Asking:
    """Who asks, by token or session; refused if nobody, or if a browser's change lacks its proof."""
    service = running(request)
    found = _by_token(request, service, kept_only=True) or _by_session(request, service, kept_only=True)
    if found is None:  # the store is asked, which may take a while
        found = await run_in_threadpool(maybe_asking, request)
    if found is None:
        refuse_haste(request, "stranger", address_of(request), service.settings.strangers_a_minute)
        raise not_signed_in()
    refuse_haste(request, "account", str(found.scope.account), service.settings.requests_a_minute)
    return found


def refuse_haste(request: Request, kind: str, who: str, a_minute: int) -> None:
    """Refuses what is asked for too often: by an account, or from an address."""
    wait = running(request).rates.allow(kind, who, a_minute)
    if wait:
        raise too_many(wait)


def maybe_asking(request: Request) -> Asking | None:
    """Who asks; None: nobody who is known."""
    service = running(request)
    return _by_token(request, service) or _by_session(request, service)


Who = Annotated[Asking, Depends(asking)]


class Needs:
    """A dependency that lets only those pass who have the right; routes are tested by it."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, who: Who) -> Asking:
        """Who asks, if he has the right."""
        if not who.may(self.right):
            raise right_missing()
        if who.visit is not None and who.visit.account.to_change and self.right is not Right.OWN_ACCOUNT:
            raise password_to_change()
        return who


class NeedsWhole(Needs):
    """The same for what is of the whole province: whoever sees only some districts does not see it."""

    async def __call__(self, who: Who) -> Asking:
        """Who asks, if he has the right and sees all districts."""
        await super().__call__(who)
        if who.scope.areas is not None:
            raise RefusedError(out_of_scope().finding)
        return who


class Open:
    """A dependency that says of a route that it is for everybody, and why."""

    def __init__(self, why: str) -> None:
        self.why = why

    async def __call__(self, request: Request) -> None:
        """Nothing is asked."""


class Public(Open):
    """The same for the public pages: where the settings leave them out there is nothing, and each address has its limit.

    trying: a code is tried, or something is sent.
    """

    def __init__(self, why: str, *, trying: bool = False) -> None:
        super().__init__(why)
        self.trying = trying

    async def __call__(self, request: Request) -> None:
        """Lets anybody pass, if there are public pages."""
        service = running(request)
        settings = service.settings
        if not settings.public:
            raise of_http(HTTPException(404))
        kind, most = ("tries", settings.public_tries_a_minute) if self.trying else ("public", settings.public_a_minute)
        wait = service.rates.allow(kind, address_of(request), most)
        if wait:
            raise too_many(wait)


def address_of(request: Request) -> str:
    """Where the request comes from; a proxy is believed only if the settings say that there is one of ours."""
    service = running(request)
    if service.settings.behind_proxy and (said := request.headers.get("x-forwarded-for")):
        return said.rpartition(",")[2].strip()[:64]
    return request.client.host if request.client else ""


def form_token(token: str) -> str:
    """The proof that a page of ours asked; another one each time, so that compression can't give it away."""
    salt = secrets.token_hex(8)
    return f"{salt}.{proof(token, f'form:{salt}')}"


def is_form_token(token: str, given: str) -> bool:
    """Whether the proof was made of this token."""
    salt, _, rest = given.partition(".")
    return bool(rest) and hmac.compare_digest(rest.encode(), proof(token, f"form:{salt}").encode())


async def posted(request: Request) -> AsyncIterator[FormData]:
    """The fields of a form that one of our pages sent; refused without its proof. Files stay in memory until the answer."""
    service = running(request)
    token = request.cookies.get(cookie_name(service, COOKIE)) or request.cookies.get(cookie_name(service, BEFORE))
    form = await request.form(max_files=2, max_fields=2000, max_part_size=service.settings.most_bytes)
    try:
        given = form.get(FIELD)
        refuse_foreign_origin(request)
        if token is None or not isinstance(given, str) or not is_form_token(token, given):
            raise no_proof()
        yield form
    finally:
        await form.close()


Posted = Annotated[FormData, Depends(posted)]


def refuse_foreign_origin(request: Request) -> None:
    """Refuses a change that a page of another site asks for."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise refusal("origin", Words("Permintaan dari situs lain ditolak.", "Requests of other sites are refused."))
    origin, settings = request.headers.get("origin"), running(request).settings
    if origin is not None and origin not in (settings.public_url, f"{request.url.scheme}://{request.url.netloc}"):
        raise refusal("origin", Words("Permintaan dari situs lain ditolak.", "Requests of other sites are refused."))


def _by_token(request: Request, service: Running, *, kept_only: bool = False) -> Asking | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.startswith(PREFIX):
        return None
    at = now()
    scope = service.known.token(token, at, kept_only=kept_only)
    return None if scope is None else Asking(scope, at, service)


def _by_session(request: Request, service: Running, *, kept_only: bool = False) -> Asking | None:
    token = request.cookies.get(cookie_name(service, COOKIE))
    if not token or "authorization" in request.headers:
        return None
    at = now()
    visit = service.known.visit(token, at, kept_only=kept_only)
    if visit is None:
        return None
    if request.method not in SAFE and request.url.path.startswith("/api/"):
        refuse_foreign_origin(request)
        if not is_form_token(token, request.headers.get(HEADER, "")):
            raise no_proof()
    return Asking(visit.scope, at, service, visit, token)


def not_signed_in() -> RefusedError:
    refused = refusal(
        "not-signed-in",
        Words("Belum masuk, atau sesi sudah berakhir.", "You are not signed in, or your session has ended."),
        Words("Masuk dahulu.", "Sign in first."),
    )
    refused.headers = {"WWW-Authenticate": "Bearer"}
    return refused


def right_missing() -> RefusedError:
    return refusal(
        "right-missing",
        Words("Peran Anda tidak mencakup ini.", "Your role does not include this."),
        Words("Hubungi TI provinsi bila seharusnya mencakup.", "Ask the provincial IT if it should."),
    )


def password_to_change() -> RefusedError:
    return refusal(
        "password-to-change",
        Words("Kata sandi ini diberikan orang lain.", "Somebody else gave you this password."),
        Words("Ganti dahulu di Akun saya.", "Choose your own first, at My account."),
    )


def no_proof() -> RefusedError:
    return refusal(
        "csrf",
        Words("Formulir ini kedaluwarsa.", "This form has expired."),
        Words("Muat ulang halamannya, lalu kirim lagi.", "Load the page again and send it once more."),
    )


def too_many(wait: float) -> RefusedError:
    refused = refusal(
        "too-many-requests",
        Words("Terlalu banyak permintaan.", "Too many requests."),
        Words(f"Coba lagi setelah {int(wait) + 1} detik.", f"Try again after {int(wait) + 1} seconds."),
    )
    refused.headers = {"Retry-After": str(int(wait) + 1)}
    return refused
