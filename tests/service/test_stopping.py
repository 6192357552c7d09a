"""A real service is told to stop: what is under way ends, nothing new begins, and it goes in time."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from ejps_core.app.jobs import board
from ejps_core.store.acts import Role
from ejps_core.store.opening import StorePlace, create_store, open_store
from ejps_core.store.scope import EVERYWHERE
from ejps_core.store.words import JobState
from tests.house.sources import ROOT
from tests.service.office import IT, MESSY, PASSWORD, make_accounts, name_of

NAME = name_of(Role.DISTRICT)
STOP_SECONDS = 20


@pytest.fixture
def place(tmp_path: Path) -> StorePlace:
    made = StorePlace(str(tmp_path / "s.db"), tmp_path / "keys", tmp_path / "files")
    with create_store(made, IT) as store:
        make_accounts(store)
    return made


@pytest.fixture
def serving(place: StorePlace) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command itself, and its address."""
    said = {"EJPS_STORE": place.database, "EJPS_KEYS": str(place.keys), "EJPS_FILES": str(place.files),
            "EJPS_STOP_SECONDS": str(STOP_SECONDS), "EJPS_LOG_LEVEL": "error"}  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "ejps_core", "serve", "--port", "0", "--workers", "1"],
        env={**os.environ, **said}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = ""
        while not address and (line := process.stdout.readline()):
            found = re.search(r"http://[\d.:]+", line)
            address = found[0] if found else ""
        assert address
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if httpx2.get(f"{address}/health/ready", timeout=5).status_code == 200:
                    break
            except httpx2.TransportError:
                pass
            time.sleep(0.1)
        yield process, address
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_sigterm_lets_an_upload_and_a_job_end(serving: tuple[subprocess.Popen[str], str], place: StorePlace) -> None:
    process, address = serving
    with httpx2.Client(base_url=address, timeout=30) as client:
        proof = client.post("/api/v1/session", json={"name": NAME, "password": PASSWORD}).json()["csrf"]
        headers = {"X-CSRF-Token": proof}
        first = client.post("/api/v1/uploads?name=daftar.csv", content=MESSY.encode(), headers=headers).json()
        cookie = "; ".join(f"{each.name}={each.value}" for each in client.cookies.jar)
    body = MESSY.encode()
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=STOP_SECONDS) as line:
        head = (
            f"POST /api/v1/uploads?name=lambat.csv HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n"
            f"X-CSRF-Token: {proof}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        line.sendall(head.encode() + body[:40])
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert process.poll() is None, "it waits for the upload"
        with pytest.raises(OSError):
            socket.create_connection((host, int(port)), timeout=2).close()
        line.sendall(body[40:])
        answer = line.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 202"), answer
    assert process.wait(STOP_SECONDS + 10) in (0, -signal.SIGTERM), "uvicorn ends by the signal once all is done"
    upload = re.search(r'"job":\s*"(\w+)"', answer)
    assert upload is not None
    with open_store(place) as store:
        jobs = [board.job_of(store, EVERYWHERE, each) for each in (first["job"], upload[1])]
    assert {each.state for each in jobs} <= {JobState.DONE, JobState.WAITING}, "ended, or waiting for the next service"
