"""A line to a registry that speaks JSON over HTTP. Whatever it does, a request ends in time and with an answer or none."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from threading import Event, Timer
from urllib.parse import urlsplit

from ejps_core.model.asking import Inquiry, NoAnswerError, RegistryAnswer
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.registry.online.protocol import as_question, from_answer
from ejps_core.registry.online.settings import Settings, read_settings, settings_wrong, token_of

MOST_BYTES = 10 * 2**20
"""Of an answer; one of a thousand people has a fraction of that."""
TRY_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
TOO_MUCH_OR_WRONG = frozenset((400, 413, 422))
REFUSED = frozenset((401, 403, 407))


def open_line(path: Path) -> HttpLine | Diagnostic:
    """A line as the settings say, or what is wrong with them. No request is made."""
    settings = read_settings(path)
    if isinstance(settings, Diagnostic):
        return settings
    token = token_of(settings, path)
    if isinstance(token, Diagnostic):
        return token
    try:
        return HttpLine(settings, token)
    except OSError as problem:
        return settings_wrong(path, f"ca_file: {problem}")


class HttpLine:
    """Asks by POST; follows no redirection and no proxy, so that the credential goes nowhere else."""

    def __init__(self, settings: Settings, token: str | None) -> None:
        self.source, self.pace, self.facts = settings.source, settings.pace, settings.facts
        self._settings, self._token = settings, token
        self._context = ssl.create_default_context(cafile=settings.ca_file) if settings.url.startswith("https:") else None

    def ask(self, people: Sequence[Inquiry], facts: Sequence[str], once: str) -> Sequence[RegistryAnswer]:
        """One request, without repetition; NoAnswerError says why there is none."""
        connection = self._connection()
        late = Event()

        def cut() -> None:
            late.set()
            if connection.sock is not None:
                with suppress(OSError):
                    connection.sock.shutdown(socket.SHUT_RDWR)

        alarm = Timer(self._settings.timeout_seconds, cut)
        alarm.start()
        try:
            connection.request("POST", self._target, as_question(people, facts), self._headers(once))
            response = connection.getresponse()
            body = response.read(MOST_BYTES + 1)
            if response.length:
                raise NoAnswerError("broken-line", again=True)
        except (OSError, HTTPException) as problem:
            reason = "time-out" if late.is_set() or isinstance(problem, TimeoutError) else "broken-line"
            raise NoAnswerError(reason, again=True) from problem
        finally:
            alarm.cancel()
            connection.close()
        if late.is_set():
            raise NoAnswerError("time-out", again=True)
        return _read(response, body)

    def close(self) -> None:
        """Nothing stays open between requests."""

    @property
    def _target(self) -> str:
        parts = urlsplit(self._settings.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def _connection(self) -> HTTPConnection:
        parts, seconds = urlsplit(self._settings.url), self._settings.timeout_seconds
        host = parts.hostname or ""
        if self._context is None:
            return HTTPConnection(host, parts.port, timeout=seconds)
        return HTTPSConnection(host, parts.port, timeout=seconds, context=self._context)

    def _headers(self, once: str) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": once}
        if self._token is not None:
            headers["Authorization"] = f"{self._settings.scheme} {self._token}"
        return headers


def _read(response: HTTPResponse, body: bytes) -> Sequence[RegistryAnswer]:
    """The answers; NoAnswerError for every other end of a request."""
    status = response.status
    if status == HTTPStatus.OK:
        if len(body) > MOST_BYTES:
            raise NoAnswerError("malformed")
        return from_answer(body)
    if status in REFUSED:
        raise NoAnswerError("refused", stop=True)
    if status in TRY_AGAIN:
        reason = "busy" if status == HTTPStatus.TOO_MANY_REQUESTS else "server-error"
        raise NoAnswerError(reason, again=True, wait=_seconds(response.headers.get("Retry-After")))
    if status in TOO_MUCH_OR_WRONG:
        raise NoAnswerError("question-refused", smaller=True)
    raise NoAnswerError("redirected" if 300 <= status < 400 else "malformed", stop=True)


def _seconds(header: str | None) -> float | None:
    """How long a Retry-After asks to wait: seconds, or a moment."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
