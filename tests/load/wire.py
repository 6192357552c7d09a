"""A client that costs little: HTTP/1.1 over one connection, bytes counted as they come over the wire."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

PATIENCE = 120
LONGEST_HEAD = 1 << 16
BOUNDARY = "----ejps-load-9f2c"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. wire: bytes of head and body as they came. seconds: from the first byte sent to the last received."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    wire: int
    seconds: float

    @property
    def text(self) -> str:
        """The body as text, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.content) if packed else self.content).decode()

    @property
    def record(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)

    @property
    def is_page(self) -> bool:
        """Whether it is a page for browsers."""
        return self.headers.get("content-type", "").startswith("text/html")


@dataclass(slots=True)
class Line:
    """A connection that is kept, and opened again where the server closed it between two requests."""

    host: str
    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Line:
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._close()

    async def get(self, path: str) -> Answer:
        """What is at a path."""
        return await self.ask("GET", path)

    async def post_json(self, path: str, asked: object) -> Answer:
        """The answer to a request of the API."""
        return await self.ask("POST", path, json.dumps(asked).encode(), "application/json")

    async def post_form(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """The answer to a form."""
        return await self.ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def post_file(self, path: str, fields: Mapping[str, str], name: str, content: bytes) -> Answer:
        """The answer to a form with a file in its field `file`."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, content, f"\r\n--{BOUNDARY}--\r\n".encode()])
        return await self.ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        """Sends a request and reads its answer; a connection that was closed meanwhile is opened once more."""
        said = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip"]
        said += [f"{name}: {value}" for name, value in self.headers.items()]
        said += [f"Content-Type: {kind}"] if kind else []
        said += [f"Content-Length: {len(body)}"] if method != "GET" else []
        request = "\r\n".join([*said, "", ""]).encode() + body
        async with asyncio.timeout(PATIENCE):
            try:
                return await self._sent(request)
            except (asyncio.IncompleteReadError, ConnectionError):
                self._close()
                return await self._sent(request)

    async def _sent(self, request: bytes) -> Answer:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port, limit=LONGEST_HEAD)
        began = perf_counter()
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
        content, framing = await self._body(self._reader, headers)
        took = perf_counter() - began
        if headers.get("connection", "").lower() == "close":
            self._close()
        return Answer(int(first.split()[1]), headers, content, len(head) + len(content) + framing, took)

    async def _body(self, reader: asyncio.StreamReader, headers: Mapping[str, str]) -> tuple[bytes, int]:
        """The body, and how many bytes of framing came with it."""
        if headers.get("transfer-encoding", "") != "chunked":
            return await reader.readexactly(int(headers.get("content-length", "0"))), 0
        pieces, framing = [], 0
        while True:
            said = await reader.readuntil(b"\r\n")
            size = int(said, 16)
            pieces.append((await reader.readexactly(size + 2))[:-2])
            framing += len(said) + 2
            if not size:
                return b"".join(pieces), framing

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None
