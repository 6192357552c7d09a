"""What every answer has, whatever gave it: a number of its own, headers that keep browsers safe, a line in the log."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ejps_core.service.figures import Figures
from ejps_core.service.logs import log
from ejps_core.service.problems import RefusedError, of_http, too_large

if TYPE_CHECKING:
    from ejps_core.service.tracing import Tracing

PATIENCE = 30.0
"""Seconds that a body may take however slowly it comes."""
STATIC = "/static/"
LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""A number of a request has no digits: logs mask long ones, and it could not be found there."""
QUIET = ("/health/", "/metrics", STATIC)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}


def policy(nonce: str) -> str:
    """What a page may load: our own files, and scripts that carry this page's number."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )


class Envelope:
    """The outermost layer of the service."""

    def __init__(self, app: ASGIApp, figures: Figures, secure: bool, tracing: Tracing | None = None) -> None:
        self.app, self.figures, self.tracing = app, figures, tracing
        self.always = ALWAYS | (OVER_TLS if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state: MutableMapping[str, Any] = scope.setdefault("state", {})
        state["request_id"], state["nonce"] = secrets.token_hex(8).translate(LETTERS), secrets.token_urlsafe(16)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=state["request_id"])
        started, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), *self._headers(scope, message)]
            await send(message)

        self.figures.running.inc()
        try:
            if self.tracing is None:
                await self.app(scope, receive, sending)
                return
            from ejps_core.service.tracing import tell_answer

            with self.tracing.request(scope) as span:
                try:
                    await self.app(scope, receive, sending)
                finally:
                    tell_answer(span, scope, status)
        finally:
            self.figures.running.dec()
            self._told(scope, status, time.perf_counter() - started)

    def _headers(self, scope: Scope, message: Message) -> list[tuple[bytes, bytes]]:
        given = {name.lower() for name, _ in message.get("headers", [])}
        made = self.always | {
            "Content-Security-Policy": policy(scope["state"]["nonce"]),
            "X-Request-Id": scope["state"]["request_id"],
        }
        if not scope["path"].startswith(STATIC):
            made["Cache-Control"] = "no-store"
        return [(n.encode(), v.encode()) for n, v in made.items() if n.lower().encode() not in given]

    def _told(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        path = getattr(route, "path", "") or "(none)"
        self.figures.requests.labels(scope["method"], path, str(status)).inc()
        self.figures.seconds.labels(path).observe(seconds)
        if not scope["path"].startswith(QUIET) or status >= 500:
            told = {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(seconds * 1000)}
            log().info("request", **told)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a body must come: never silent for so many seconds, and not slower than so many bytes a second on average.

    slowest: 0: no matter.
    """

    silent_seconds: float
    slowest: int

    def waits(self, read: int, seconds: float) -> float:
        """How long its next piece may take, after so many bytes and seconds."""
        if not self.slowest:
            return self.silent_seconds
        return min(self.silent_seconds, PATIENCE + read / self.slowest - seconds)


class Lengths:
    """Refuses a body that is too long: before any of it is read if it says so itself, else as soon as it is.

    One that comes too slowly is ended, too: whoever sends a byte a minute would keep a place that somebody else needs.
    """

    def __init__(self, app: ASGIApp, most: int, pace: Pace, told: Callable[[Request, RefusedError], Response]) -> None:
        self.app, self.most, self.pace, self.told = app, most, pace, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:  # no database takes it, and nobody means it
            await self.told(Request(scope, receive), of_http(HTTPException(404)))(scope, receive, send)
            return
        said, read = dict(scope["headers"]).get(b"content-length", b""), 0
        if said.isdigit() and int(said) > self.most:
            response = self.told(Request(scope, receive), RefusedError(too_large()))
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return

        more, began = True, time.monotonic()

        async def counted() -> Message:
            nonlocal read, more
            if not more:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self.pace.waits(read, time.monotonic() - began))
            except TimeoutError as problem:
                raise HTTPException(408, headers={"Connection": "close"}) from problem
            more = bool(message.get("more_body"))
            read += len(message.get("body", b""))
            if read > self.most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)
