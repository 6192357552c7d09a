"""Signing in by a provider of identities: OpenID Connect, authorization code with PKCE; off unless the settings name one.

What one sign-in needs (state, nonce, verifier) is made from a random token that only the browser keeps, in a cookie for ten
minutes: the service remembers nothing, and whatever was not begun in this browser is refused. What the provider says counts
only if it is signed by a key of its own, for us, now, and for this very sign-in.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ejps_core.app.access.secrets import digest, new_token, proof
from ejps_core.app.access.signing_in_elsewhere import Person, begun_too_long_ago
from ejps_core.model.words import Words
from ejps_core.service.logs import log
from ejps_core.service.problems import RefusedError, refusal
from ejps_core.service.settings import Settings, is_own_machine

ALGORITHMS = ["RS256", "PS256", "ES256", "Ed25519", "EdDSA"]
"""Signatures by a key that only the provider has: never `none`, never one that we could make ourselves."""
METHODS = ("client_secret_basic", "client_secret_post")
BEGUN_WITHIN = 600.0
LEEWAY = 60
PATIENCE = 8.0
KEPT = 3600.0
ASKED_AGAIN = 60.0
"""Keys that are not known are looked for no more often than this, in seconds."""
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in on its way. address: where the browser goes; secret: what its cookie keeps."""

    address: str
    secret: str


@dataclass(slots=True)
class _Known:
    """What the provider says of itself, and when it was asked."""

    about: Mapping[str, Any]
    keys: KeySet
    asked: float


class Provider:
    """The provider of the settings, as far as we know it; it is asked when the first person comes."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        assert settings.oidc_issuer is not None and settings.oidc_client_id is not None
        self.issuer, self._settings, self._clock = settings.oidc_issuer, settings, clock
        self.back = f"{settings.public_url}/masuk/oidc/kembali"
        self._lock = threading.Lock()
        self._known: _Known | None = None

    def begin(self, to: str) -> Begun:
        """Begins a sign-in that ends at the page `to`."""
        token, began = new_token(), f"{int(self._clock())}"
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._about()["authorization_endpoint"], state=proof(token, f"state:{began}:{to}"),
                nonce=proof(token, "nonce"), code_verifier=proof(token, "verifier"),
            )  # fmt: skip
        return Begun(address, f"{token}.{began}.{to}")

    def finish(self, secret: str, said: Mapping[str, str]) -> tuple[Person, str]:
        """Who came back, and the page where he wanted to be; refused unless this browser began it and the provider says so.

        said: what the browser brings back in its address.
        """
        token, began, to = (*secret.split(".", 2), "", "")[:3]
        state = proof(token, f"state:{began}:{to}")
        old = not began.isdecimal() or not 0 <= self._clock() - int(began) <= BEGUN_WITHIN
        if old or not hmac.compare_digest(state.encode(), said.get("state", "").encode()):
            raise RefusedError(begun_too_long_ago().finding)
        about = self._about()
        told_issuer = said.get("iss")
        if told_issuer != self.issuer and (
            told_issuer is not None or about.get("authorization_response_iss_parameter_supported")
        ):
            raise not_believed("issuer of the answer")
        if "error" in said or "code" not in said:
            log().warning("oidc.refused", error=said.get("error", "")[:60])
            raise refused_there()
        given = self._exchanged(about, said["code"], proof(token, "verifier"))
        claims = self._claims(given, proof(token, "nonce"))
        return self._person(claims, given, digest(state)), to

    def _exchanged(self, about: Mapping[str, Any], code: str, verifier: str) -> Mapping[str, Any]:
        """The code for tokens; a code works once, and only with the verifier of the browser that began."""
        try:
            with self._client(about) as client:
                given: Mapping[str, Any] = client.fetch_token(about["token_endpoint"], code=code, code_verifier=verifier)
        except httpx2.TransportError as problem:
            raise unreachable(problem) from problem
        except (AuthlibBaseError, httpx2.HTTPError, ValueError) as problem:
            raise not_believed(f"code ({type(problem).__name__})") from problem
        return given

    def _claims(self, given: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """What the provider says of the person, once all of it was checked."""
        client = self._settings.oidc_client_id
        options = {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": client}}
        params = {"nonce": nonce, "client_id": client, "access_token": given.get("access_token")}
        token = given.get("id_token")
        if not isinstance(token, str):
            raise not_believed("no ID token")
        try:
            read = self._verified(token)
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(now=int(self._clock()), leeway=LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError) as problem:
            raise not_believed(f"{type(problem).__name__}: {problem}") from problem
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise not_believed("no subject")
        return dict(claims)

    def _verified(self, token: str) -> jwt.Token:
        """The token, if a key of the provider has signed it. It may have new keys since we asked."""
        known = self._keep()
        try:
            return jwt.decode(token, known.keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            again = self._keep(older_than=ASKED_AGAIN)
            if again is known:
                raise
            return jwt.decode(token, again.keys, algorithms=ALGORITHMS)

    def _person(self, claims: Mapping[str, Any], given: Mapping[str, Any], mark: str) -> Person:
        email, verified = claims.get("email"), claims.get("email_verified")
        if email is None and (address := self._about().get("userinfo_endpoint")) and given.get("access_token"):
            more = self._json(str(address), {"Authorization": f"Bearer {given['access_token']}"})
            if more.get("sub") == claims["sub"]:  # what is said of somebody else is nothing to us (Core, 5.3.2)
                email, verified = more.get("email"), more.get("email_verified")
        methods = claims.get("amr") or []
        shown = {str(each) for each in (*methods, claims.get("acr"))}
        two_factors = bool(shown & set(self._settings.oidc_second_factor))
        sure = email if isinstance(email, str) and verified is True else None
        return Person(self.issuer, claims["sub"], sure, two_factors, mark)

    def _about(self) -> Mapping[str, Any]:
        return self._keep().about

    def _keep(self, older_than: float = KEPT) -> _Known:
        """What the provider says of itself, asked again when it is older than that."""
        with self._lock:
            known, now = self._known, self._clock()
            if known is None or now - known.asked > older_than:
                about = self._described()
                keys = self._json(about["jwks_uri"])
                try:
                    known = _Known(about, KeySet.import_key_set(keys), now)  # type: ignore[arg-type]  # checked by it
                except (JoseError, ValueError, KeyError, TypeError) as problem:
                    raise not_believed("keys") from problem
                self._known = known
            return known

    def _described(self) -> Mapping[str, Any]:
        about = self._json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self.issuer:
            raise not_believed("issuer of the description")
        for name in (*NEEDED, *(["userinfo_endpoint"] if "userinfo_endpoint" in about else [])):
            if not self._may_be_asked(about.get(name)):
                raise not_believed(name)
        return about

    def _may_be_asked(self, address: object) -> bool:
        """Whether an address that the provider names is reached over TLS, or lies on this machine as the provider does."""
        if not isinstance(address, str):
            return False
        return address.startswith("https://") or (is_own_machine(self.issuer) and is_own_machine(address))

    def _json(self, address: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """What stands at an address; redirections are not followed: they could lead anywhere."""
        try:
            with httpx2.Client(timeout=PATIENCE, follow_redirects=False) as client:
                answer = client.get(address, headers={"Accept": "application/json", **(headers or {})})
                answer.raise_for_status()
                found = answer.json()
        except (httpx2.HTTPError, ValueError) as problem:
            raise unreachable(problem) from problem
        if not isinstance(found, dict):
            raise not_believed("answer")
        return found

    def _client(self, about: Mapping[str, Any] | None = None) -> OAuth2Client:
        secret = self._settings.oidc_client_secret
        ways = (about or {}).get("token_endpoint_auth_methods_supported") or METHODS
        way = "none" if secret is None else next((each for each in METHODS if each in ways), METHODS[0])
        return OAuth2Client(
            self._settings.oidc_client_id, None if secret is None else secret.get_secret_value(), way,
            scope="openid email", redirect_uri=self.back, code_challenge_method="S256", timeout=PATIENCE,
            follow_redirects=False,
        )  # fmt: skip


def not_believed(what: str) -> RefusedError:
    log().warning("oidc.not-believed", what=what[:200])
    return refusal(
        "identity-not-believed",
        Words("Jawaban penyedia identitas tidak dapat dipercaya.", "The identity provider's answer can't be trusted."),
        Words(
            "Coba lagi dari halaman masuk; bila berulang, beri tahu TI provinsi.",
            "Try again from the sign-in page; if it stays, tell the provincial IT.",
        ),
    )


def refused_there() -> RefusedError:
    return refusal(
        "identity-refused",
        Words("Penyedia identitas tidak mengizinkan masuk.", "The identity provider did not let you in."),
        Words("Coba lagi, atau pakai kata sandi.", "Try again, or use your password."),
    )


def unreachable(problem: Exception) -> RefusedError:
    log().error("oidc.unreachable", why=type(problem).__name__)
    return refusal(
        "identity-unreachable",
        Words("Penyedia identitas tidak dapat dihubungi.", "The identity provider can't be reached."),
        Words("Coba lagi nanti, atau pakai kata sandi.", "Try again later, or use your password."),
    )
