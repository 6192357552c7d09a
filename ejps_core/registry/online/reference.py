"""The reference server: a register's file asked over HTTP on this machine, to try an asking and to read the protocol by.

It listens on 127.0.0.1 only, keeps nothing of what it is asked and writes no log.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pyarrow as pa

from ejps_core.model.asking import Compared, Inquiry, RegistryAnswer
from ejps_core.model.listing import Listing
from ejps_core.registry.identified import person_columns
from ejps_core.registry.matching.listed import people_in
from ejps_core.registry.matching.match import match
from ejps_core.registry.matching.outcomes import Outcome, Way
from ejps_core.registry.matching.people import People, people
from ejps_core.registry.online.protocol import as_answer, from_question
from ejps_core.registry.snapshots import place_of

PATH = "/ask"
MOST_BYTES = 2**20
SECONDS = 30
"""After which a connection that says nothing is closed."""


class Registry:
    """A register's file, asked person by person. on: the day of its data."""

    def __init__(self, listing: Listing, on: int) -> None:
        self._listing = listing
        self._people, _ = people_in(listing, person_columns(listing), on)
        self._rows: dict[str, list[int]] = {}
        for row, nik in enumerate(self._people.column("nik").to_pylist()):
            if nik is not None:
                self._rows.setdefault(nik, []).append(row)

    def answers(self, asked: Sequence[Inquiry], facts: Sequence[str]) -> tuple[RegistryAnswer, ...]:
        """What the register says of each of them."""
        return tuple(self._answer(each, facts) for each in asked)

    def _answer(self, asked: Inquiry, facts: Sequence[str]) -> RegistryAnswer:
        rows = self._rows.get(asked.nik, [])
        if not rows:
            return RegistryAnswer(asked.ref, asked.nik, False)
        own = People(self._people.table.take(pa.array(np.array(rows, np.int64))))
        found = match(_alone(asked), own).match(0)
        outcome = found.outcome if found.way is Way.NIK else Outcome.NAME_DIFFERS
        name = _compared(asked.name, outcome in (Outcome.NAME_DIFFERS, Outcome.DOUBTFUL, Outcome.SEVERAL))
        known = {name: value for name in facts if (value := self._value(rows, name)) is not None}
        return RegistryAnswer(asked.ref, asked.nik, True, name, _births(asked, own, outcome), known)

    def _value(self, rows: Sequence[int], name: str) -> str | None:
        """A fact, where all rows of the number say the same."""
        place = place_of(self._listing, (name,))
        if place is None:
            return None
        column = self._listing.fetch([place])[0]
        values = {column.text(row).strip() for row in rows}
        return (values.pop() or None) if len(values) == 1 else None


def _alone(asked: Inquiry) -> People:
    return people(pa.table({"nik": [asked.nik], "name": [asked.name], "birth": pa.array([asked.birth], pa.date32())}))


def _births(asked: Inquiry, own: People, outcome: Outcome) -> Compared:
    """How the birth dates compare; where the register has none, nothing is compared."""
    known = set(own.column("birth").to_pylist()) - {None}
    if not known:
        return Compared.NOT_SENT
    if asked.name is None:
        return _compared(asked.birth, known != {asked.birth})
    return _compared(asked.birth, outcome is Outcome.BIRTH_DIFFERS)


def _compared(sent: object, differs: bool) -> Compared:
    if sent is None:
        return Compared.NOT_SENT
    return Compared.DIFFERS if differs else Compared.AGREES


def server(registry: Registry, port: int, token: str | None) -> ThreadingHTTPServer:
    """A server on 127.0.0.1, not yet serving; port 0: any that is free. token: what a request must bring."""

    class Handler(BaseHTTPRequestHandler):
        timeout = SECONDS

        def do_POST(self) -> None:
            """Answers a question."""
            length = self.headers.get("Content-Length", "")
            if self.path != PATH:
                return self._end(HTTPStatus.NOT_FOUND)
            brought = self.headers.get("Authorization", "").encode()
            if token is not None and not hmac.compare_digest(brought, f"Bearer {token}".encode()):
                return self._end(HTTPStatus.UNAUTHORIZED)
            if not length.isdecimal() or int(length) > MOST_BYTES:
                return self._end(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            try:
                asked, facts = from_question(self.rfile.read(int(length)))
            except ValueError:
                return self._end(HTTPStatus.BAD_REQUEST)
            return self._end(HTTPStatus.OK, as_answer(registry.answers(asked, facts)))

        def _end(self, status: HTTPStatus, body: bytes = b"") -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nobody's question is written down."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
