"""A provider of identities (OpenID Connect) on this machine: a process of its own, which signs with a key of its own.

`POST /plan` says whom it recognises next, and what is wrong with its answer, as a provider that was taken over would.
Run as `python -m tests.service.identity_provider`; it prints its port.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import subprocess
import sys
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.house.sources import ROOT

CLIENT, SECRET = "e-jps", "rahasia uji dengan spasi"


class Provided(ThreadingHTTPServer):
    """What the provider knows: its keys, the codes it gave out, and the plan."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}/realms/prov"
        self.key = RSAKey.generate_key(2048, {"kid": "a"})
        self.codes: dict[str, dict[str, str]] = {}
        self.plan: dict[str, Any] = {}

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False, use="sig", alg="RS256")]}

    def described(self) -> dict[str, Any]:
        base = {name: f"{self.issuer}/{path}" for name, path in PLACES.items()}
        return {"issuer": self.issuer, **base, "authorization_response_iss_parameter_supported": True,
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                **self.plan.get("about", {})}  # fmt: skip

    def id_token(self, asked: dict[str, str], access: str) -> str:
        """The token for a code, as the plan wants it."""
        now, half = int(time.time()), hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], "sub": "s-1",
            "at_hash": urlsafe_b64encode(half).rstrip(b"=").decode(), **self.plan.get("claims", {}),
        }  # fmt: skip
        for name in self.plan.get("without", ()):
            claims.pop(name)
        how = self.plan.get("signed", "")
        if how == "none":
            return _joined({"alg": "none"}, claims) + "."
        if how == "by-public-key":  # what whoever knows the published key could make; libraries refuse to
            text = _joined({"alg": "HS256", "kid": "a"}, claims)
            made = hmac.digest(self.key.as_pem(private=False), text.encode(), "sha256")
            return f"{text}.{urlsafe_b64encode(made).rstrip(b'=').decode()}"
        key = RSAKey.generate_key(2048, {"kid": "a"}) if how == "other-key" else self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid or "a"}, claims, key)


def _joined(*parts: dict[str, Any]) -> str:
    return ".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)


PLACES = {
    "authorization_endpoint": "auth", "token_endpoint": "token", "jwks_uri": "certs", "userinfo_endpoint": "userinfo",
}  # fmt: skip


class Answering(BaseHTTPRequestHandler):
    """A request to the provider."""

    server: Provided

    def do_GET(self) -> None:
        """The description, the keys, the page where people sign in, what is known of a person."""
        place = urlsplit(self.path)
        match place.path.rpartition("/")[2]:
            case "openid-configuration":
                self._json(self.server.described())
            case "certs":
                self._json(self.server.keys())
            case "auth":
                self._recognised({name: value[0] for name, value in parse_qs(place.query).items()})
            case "userinfo":
                self._json(self.server.plan.get("userinfo", {"sub": "s-1"}))
            case _:
                self._json({}, 404)

    def do_POST(self) -> None:
        """Codes become tokens; a plan becomes known; a new key comes into use."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        match self.path.rpartition("/")[2]:
            case "plan":
                self.server.plan = json.loads(body)
                if self.server.plan.get("new-key"):
                    self.server.key = RSAKey.generate_key(2048, {"kid": "b"})
                self._json({})
            case "token":
                self._exchanged({name: value[0] for name, value in parse_qs(body.decode()).items()})
            case _:
                self._json({}, 404)

    def _recognised(self, asked: dict[str, str]) -> None:
        """Sends the browser back with a code, as if somebody had signed in."""
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256", asked
        assert asked["client_id"] == CLIENT and "openid" in asked["scope"].split(), asked
        code, plan = secrets.token_urlsafe(16), self.server.plan
        self.server.codes[code] = asked
        said = {"code": code, "state": asked["state"], "iss": self.server.issuer, **plan.get("answer", {})}
        if "error" in said:
            said.pop("code")
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(said)}")
        self.end_headers()

    def _exchanged(self, given: dict[str, str]) -> None:
        """Tokens for a code: once, for who knows the secret of the client and the verifier of the challenge."""
        name, _, secret = b64decode(self.headers.get("Authorization", "Basic ").split()[1]).decode().partition(":")
        asked = self.server.codes.pop(given.get("code", ""), None)
        made = urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if (unquote(name), unquote(secret).replace("+", " ")) != (CLIENT, SECRET):
            self._json({"error": "invalid_client"}, 401)
        elif asked is None or made != asked["code_challenge"] or given.get("redirect_uri") != asked["redirect_uri"]:
            self._json({"error": "invalid_grant"}, 400)
        else:
            access = secrets.token_urlsafe(16)
            self._json({"access_token": access, "token_type": "Bearer", "id_token": self.server.id_token(asked, access)})

    def _json(self, told: object, status: int = 200) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@contextmanager
def provider_at_work() -> Iterator[str]:
    """The issuer of a provider that runs as a process of its own until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.service.identity_provider"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


def plan(issuer: str, **what: Any) -> None:
    """Says how the provider answers from now on."""
    httpx2.post(f"{issuer}/plan", json=what, timeout=10).raise_for_status()


def back_from(address: str) -> str:
    """Where the provider sends a browser that comes to it."""
    return str(httpx2.get(address, follow_redirects=False, timeout=10).headers["location"])


if __name__ == "__main__":
    server = Provided()
    print(server.issuer, flush=True)
    server.serve_forever()
