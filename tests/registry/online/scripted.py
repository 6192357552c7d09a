"""A registry on loopback that does what a test tells it: request by request, then it answers as it should."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from ejps_core.registry.online.protocol import PROTOCOL

Asked = list[dict[str, Any]]
Deed = Callable[["Request", Asked], None]


@dataclass
class Scripted:
    """What happens with each request, in their order; what was asked, and under which ids."""

    deeds: list[Deed] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    statuses: dict[str, str] = field(default_factory=dict)
    """NIK -> status; others are aktif."""
    names: dict[str, str] = field(default_factory=dict)
    """NIK -> agrees or differs; others agree."""
    unknown: frozenset[str] = frozenset()
    """NIKs that the registry doesn't have."""
    requests: int = 0
    lock: Lock = field(default_factory=Lock)
    url: str = ""

    def answer(self, each: dict[str, Any]) -> dict[str, Any]:
        """The right answer about one person."""
        nik = each["nik"]
        if nik in self.unknown:
            return {"ref": each["ref"], "nik": nik, "found": False}
        birth = "not_sent" if each["birth"] is None else "agrees"
        facts = {"status": self.statuses.get(nik, "aktif"), "alamat": "Jalan Rahasia 1"}
        name = self.names.get(nik, "agrees")
        return {"ref": each["ref"], "nik": nik, "found": True, "name": name, "birth": birth, "facts": facts}


class Request(BaseHTTPRequestHandler):
    """One request. script is set by the server that is made for it."""

    script: Scripted

    def do_POST(self) -> None:
        script = self.script
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["people"]
        with script.lock:
            number = script.requests
            script.requests += 1
            script.refs += [each["ref"] for each in asked]
            script.ids.append(self.headers["Idempotency-Key"])
            script.headers.append(dict(self.headers.items()))
        deed = script.deeds[number] if number < len(script.deeds) else rightly
        deed(self, asked)

    def give(self, answers: list[dict[str, Any]]) -> None:
        with self.script.lock:
            self.script.answered += [each["ref"] for each in answers]
        self.body(json.dumps({"protocol": PROTOCOL, "answers": answers}).encode())

    def body(self, content: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def reset(self) -> None:
        """The connection is gone, without a farewell."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            return

    def log_message(self, format: str, *arguments: object) -> None:
        return


def rightly(request: Request, asked: Asked) -> None:
    request.give([request.script.answer(each) for each in asked])


def hangs(request: Request, asked: Asked) -> None:
    time.sleep(1.2)


def trickles(request: Request, asked: Asked) -> None:
    """A byte now and then: no single wait is long, all together never ends."""
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    for _ in range(20):
        try:
            request.wfile.write(b" ")
            request.wfile.flush()
        except OSError:
            return
        time.sleep(0.1)


def resets(request: Request, asked: Asked) -> None:
    request.reset()


def half(request: Request, asked: Asked) -> None:
    whole = json.dumps({"protocol": PROTOCOL, "answers": [request.script.answer(each) for each in asked]}).encode()
    request.body(whole[: len(whole) // 2], length=len(whole))
    request.reset()


def half_without_length(request: Request, asked: Asked) -> None:
    whole = json.dumps({"protocol": PROTOCOL, "answers": [request.script.answer(each) for each in asked]}).encode()
    request.body(whole[: len(whole) // 2])


def status(code: int, **headers: str) -> Deed:
    return lambda request, asked: request.body(b"<html>", code, None, **headers)


def changed(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Deed:
    """Right answers, changed."""
    return lambda request, asked: request.give(change([request.script.answer(each) for each in asked]))


@contextmanager
def serving(script: Scripted) -> Iterator[Scripted]:
    """The registry, at script.url."""
    handler = type("Handler", (Request,), {"script": script})

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            return

    with Quiet(("127.0.0.1", 0), handler) as server:
        script.url = f"http://127.0.0.1:{server.server_address[1]}/ask"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()
