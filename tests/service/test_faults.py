"""What goes wrong on the way: a worker killed at its work, the database restarted, senders that stop, break off or crawl."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from ejps_core.app.jobs import board
from ejps_core.service.settings import Settings
from ejps_core.store.acts import Role
from ejps_core.store.opening import StorePlace, create_store
from ejps_core.store.scope import EVERYWHERE
from ejps_core.store.tables import Job, ListVersion, Upload
from ejps_core.store.words import JobState
from ejps_core.web.site import create_site
from tests.bench.lists import rows
from tests.service.office import ADDRESS, IT, MESSY, PASSWORD, Office, make_accounts, name_of, office
from tests.store.postgres import own_cluster

LONG = "\n".join(";".join(row) for row in rows(3000)).replace("7504", "7503")
"""A list that takes a worker a while."""


def counted(here: Office, table: type[Any]) -> int:
    with here.store.seen_by(EVERYWHERE).reading() as session:
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.mark.parametrize("kind", ["list.record", "run.make"])
def test_a_worker_killed_at_its_work_leaves_nothing_twice_and_nothing_open(tmp_path: Path, kind: str) -> None:
    with office(tmp_path, workers=1) as made:
        operator = made.browser(name_of(Role.DISTRICT))
        sent = operator.ask("POST", "/api/v1/uploads?name=daftar.csv", content=LONG.encode()).json()
        proposed = operator.done(sent["job"])["proposed"]
        asked = {"upload": sent["upload"], "mappings": proposed}
        job = operator.ask("POST", "/api/v1/lists", json=asked).json()["job"]
        if kind == "run.make":
            number = operator.done(job)["list"]
            run = {"programs": ["jps_food_aid"], "on": "2020-07-15"}
            job = operator.ask("POST", f"/api/v1/lists/{number}/runs", json=run).json()["job"]
        killed_at_work(made, job)
        told = operator.ended(job)
        if kind == "list.record":  # the same file a second time changes nothing: it is done again
            assert (told["state"], told["attempts"]) == ("done", 2)
        else:
            assert (told["state"], told["problem"]["code"]) == ("failed", "worker-lost")
            job = operator.ask("POST", f"/api/v1/jobs/{job}/again").json()["job"]
            assert [each["run"] is not None for each in operator.done(job)["runs"]] == [True]
            assert operator.get("/api/v1/runs").json()["total"] in (1, None)
            assert len(operator.get("/api/v1/runs").json()["items"]) == 1
        assert counted(made, ListVersion) == 1


def killed_at_work(made: Office, job: str) -> None:
    """Kills the worker as soon as it has the job in hand."""
    until = time.monotonic() + 30
    while board.job_of(made.store, EVERYWHERE, job).state is JobState.WAITING:
        assert time.monotonic() < until
        time.sleep(0.005)
    (worker,) = made.app.state.running.workers.pids
    os.kill(worker, signal.SIGKILL)
    assert not board.job_of(made.store, EVERYWHERE, job).ended


def test_a_database_that_is_restarted_is_used_again(tmp_path: Path) -> None:
    with own_cluster() as cluster, cluster.database("service") as url:
        place = StorePlace(url, tmp_path / "keys", tmp_path / "files")
        with create_store(place, IT) as store:
            make_accounts(store)
        settings = Settings(store=url, keys=place.keys, files=place.files, workers=0, log_level="error")
        with TestClient(create_site(settings), base_url=ADDRESS, raise_server_exceptions=False) as client:
            name = {"name": name_of(Role.DISTRICT), "password": PASSWORD}
            assert client.post("/api/v1/session", json=name).status_code == 200
            assert client.get("/api/v1/lists").status_code == 200
            cluster.stop("immediate")
            time.sleep(1.1)  # whoever was looked up is forgotten after a second
            away = client.get("/api/v1/lists")
            assert (away.status_code, away.json()["code"]) == (503, "store-lost")
            assert int(away.headers["retry-after"]) > 0
            assert client.get("/daftar").status_code == 503
            assert client.get("/health/ready").json()["store"] is False
            cluster.start()
            assert client.get("/api/v1/lists").status_code == 200
            assert client.get("/health/ready").status_code == 200


@dataclass(frozen=True, slots=True)
class Listening:
    """A service on a real socket."""

    office: Office
    port: int

    def opened(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


@pytest.fixture(scope="module")
def listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    """A service that gives up whoever is silent for half a second."""
    with (
        office(tmp_path_factory.mktemp("listening"), silent_seconds=0.5, upload_megabytes=1) as made,
        on_socket(made.app) as port,
    ):
        yield Listening(made, port)


@contextmanager
def on_socket(app: FastAPI) -> Iterator[int]:
    """The application on a port of its own; its life is somebody else's matter."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield int(server.servers[0].sockets[0].getsockname()[1])
    server.should_exit = True
    thread.join()


def head_of(here: Listening, length: int, path: str = "/api/v1/uploads?name=daftar.csv") -> bytes:
    """The head of a request that announces so many bytes."""
    token = here.office.browser(name_of(Role.DISTRICT)).ask(
        "POST", "/api/v1/account/tokens", json={"title": "kirim", "rights": ["lists.send"]}
    ).json()["token"]  # fmt: skip
    said = (f"POST {path} HTTP/1.1", "Host: x", f"Authorization: Bearer {token}", f"Content-Length: {length}", "", "")
    return "\r\n".join(said).encode()


def nothing_came_of_it(here: Listening, before: tuple[int, int]) -> bool:
    return (counted(here.office, Upload), counted(here.office, Job)) == before


def test_a_line_that_breaks_in_the_midst_of_an_upload_leaves_nothing(
    listening: Listening, caplog: pytest.LogCaptureFixture
) -> None:
    before = counted(listening.office, Upload), counted(listening.office, Job)
    with listening.opened() as line:
        line.sendall(head_of(listening, len(MESSY)) + MESSY.encode()[: len(MESSY) // 2])
    time.sleep(0.3)
    assert nothing_came_of_it(listening, before)
    assert "defect" not in caplog.text
    again = listening.office.browser(name_of(Role.DISTRICT)).ask(
        "POST", "/api/v1/uploads?name=daftar.csv", content=MESSY.encode()
    )  # fmt: skip
    assert again.status_code == 202


def test_an_upload_that_stops_is_given_up(listening: Listening) -> None:
    before = counted(listening.office, Upload), counted(listening.office, Job)
    with listening.opened() as line:
        line.sendall(head_of(listening, 1000) + b"No;NIK\n")
        began = time.monotonic()
        answer = line.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 408") and time.monotonic() - began < 10
    assert b"request-broken-off" in answer and b"connection: close" in answer.lower()
    assert nothing_came_of_it(listening, before)


def test_an_upload_that_crawls_but_comes_is_taken(listening: Listening) -> None:
    text = MESSY.encode()
    with listening.opened() as line:
        line.sendall(head_of(listening, len(text)))
        for place in range(0, len(text), len(text) // 3 + 1):
            time.sleep(0.25)
            line.sendall(text[place : place + len(text) // 3 + 1])
        assert line.recv(65_536).startswith(b"HTTP/1.1 202")


def test_more_than_was_allowed_is_refused_whether_or_not_it_says_so(listening: Listening) -> None:
    before = counted(listening.office, Upload), counted(listening.office, Job)
    with listening.opened() as line:
        line.sendall(head_of(listening, 5 << 20))
        assert line.recv(65_536).startswith(b"HTTP/1.1 413")  # before any of it was sent
    chunked = head_of(listening, 0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    with listening.opened() as line:
        line.sendall(chunked)
        piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        try:
            for _ in range(40):
                line.sendall(piece)
        except OSError:  # it has hung up, as it may
            pass
        assert line.recv(65_536).startswith(b"HTTP/1.1 413")
    assert nothing_came_of_it(listening, before)


def test_too_many_at_once_are_told_to_come_again(tmp_path: Path) -> None:
    with office(tmp_path) as made:
        operator = made.browser(name_of(Role.DISTRICT))
        engine = made.store.engine
        held = [engine.connect() for _ in range(15)]
        engine.pool._timeout = 0.2  # type: ignore[attr-defined]  # else the test waits for half a minute
        try:
            refused = operator.get("/api/v1/lists")
        finally:
            for each in held:
                each.close()
        assert (refused.status_code, refused.json()["code"]) == (503, "store-lost")
        assert operator.get("/api/v1/lists").status_code == 200
