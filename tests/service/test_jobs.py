"""Jobs: told as they go, rescued when their worker is lost, one after the other, none twice, none left without an end."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from ejps_core.app.jobs import board
from ejps_core.app.jobs.board import Wanted
from ejps_core.app.jobs.doing import Kind, Work, do
from ejps_core.app.library import installed
from ejps_core.app.moments import now
from ejps_core.model.words import Language, Words
from ejps_core.service.routes import jobs as job_routes
from ejps_core.service.workers import name_of as worker_name
from ejps_core.store.acts import Role
from ejps_core.store.opening import StorePlace, create_store, open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import Scope
from ejps_core.store.session import Store
from ejps_core.store.words import JobState
from ejps_core.web.site import create_site
from tests.apart import run_apart
from tests.service.office import IT, MESSY, OWN, Office, list_and_run, make_accounts, name_of, office

ONE = Scope("Rahma", Role.DISTRICT, frozenset({OWN}), 1)
TWO = Scope("Yusuf", Role.DISTRICT, frozenset({"75.04"}), 2)
TITLE = Words("Uji", "Test")
GONE = worker_name(2**22 + 1)
"""A worker of this machine that can't live: no process has so high a number."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with accounts, as nobody sees it."""
    with create_store(StorePlace(str(tmp_path / "s.db"), tmp_path / "keys", tmp_path / "files"), IT) as made:
        make_accounts(made)
        yield made.seen_by(None)


def put(store: Store, kind: str = "list.read", scope: Scope = ONE) -> str:
    return board.put_up(store, scope, Wanted(kind, TITLE, {"upload": "u"}), now())


def test_the_one_that_waits_longest_is_taken_by_one_worker(store: Store) -> None:
    first, second = put(store), put(store)
    taken = [board.take(store, f"w{place}", now()) for place in range(3)]
    assert [each.id if each else None for each in taken] == [first, second, None]


def test_a_job_is_its_makers_alone(store: Store) -> None:
    job = put(store)
    assert board.job_of(store, ONE, job).state is JobState.WAITING
    for number in (job, "jzzzzzzzzzzzzzzz"):
        with pytest.raises(StoreError, match="not of your area"):
            board.job_of(store, TWO, number)
    assert board.jobs_of(store, TWO, everybody=False) == ()
    assert len(board.jobs_of(store, TWO, everybody=True)) == 1


def test_a_lost_job_is_done_again_where_that_harms_nothing(store: Store) -> None:
    repeatable, single = put(store, "list.read"), put(store, "run.make")
    for _ in range(2):
        board.take(store, GONE, now())
    assert board.rescue(store, now(), frozenset({"list.read"})) == 0
    assert board.rescue(store, now() + board.SILENT + timedelta(seconds=1), frozenset({"list.read"})) == 2
    assert board.job_of(store, ONE, repeatable).state is JobState.WAITING
    lost = board.job_of(store, ONE, single)
    assert lost.state is JobState.FAILED and lost.problem is not None and lost.problem["code"] == "worker-lost"
    again = board.again(store, ONE, single, now())
    assert board.job_of(store, ONE, again).state is JobState.WAITING
    with pytest.raises(StoreError):
        board.again(store, TWO, single, now())


def test_a_job_that_kills_its_workers_is_given_up(store: Store) -> None:
    job = put(store, "list.read")
    for _ in range(board.MOST_ATTEMPTS):
        assert board.job_of(store, ONE, job).state is JobState.WAITING
        board.take(store, GONE, now())
        board.rescue(store, now(), frozenset({"list.read"}), frozenset({GONE}))
    assert board.job_of(store, ONE, job).state is JobState.FAILED


def test_a_defect_ends_the_job_and_says_nothing_of_the_data(store: Store) -> None:
    def broken(work: Work) -> dict[str, object]:
        raise RuntimeError("NIK 7504044107859010")

    job = put(store, "broken")
    taken = board.take(store, "w", now())
    assert taken is not None
    with pytest.raises(RuntimeError):
        do(store, taken, {"broken": Kind("broken", broken)}, installed())
    told = board.job_of(store, ONE, job)
    assert told.state is JobState.FAILED and told.problem is not None
    assert "9010" not in json.dumps(told.problem)


def test_what_a_stopped_service_left_is_done_by_the_next(tmp_path: Path) -> None:
    with office(tmp_path) as first:
        browser = first.browser(name_of(Role.DISTRICT))
        sent = browser.ask("POST", "/api/v1/uploads?name=daftar.csv", content=MESSY.encode()).json()
        browser.done(sent["job"])
        store, place = first.store, StorePlace(str(first.settings.store), first.settings.keys or tmp_path, tmp_path)
        account = board.job_of(store, Scope("x", Role.DISTRICT, frozenset({OWN}), 1), sent["job"])
        assert account.state is JobState.DONE
    with open_store(place) as left:
        job = board.put_up(left.seen_by(ONE), ONE, Wanted("list.read", TITLE, {"upload": sent["upload"]}), now())
        board.take(left, GONE, now())
    with TestClient(create_site(first.settings)) as _, open_store(place) as left:
        deadline = time.monotonic() + 30
        while not (found := board.job_of(left, ONE, job)).ended and time.monotonic() < deadline:
            time.sleep(0.1)
    assert found.state is JobState.DONE and found.attempts == 2


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    with office(tmp_path, workers=1) as made:
        workers = made.app.state.running.workers
        browser = made.browser(name_of(Role.DISTRICT))
        (first,) = workers.pids
        os.kill(first, signal.SIGKILL)
        for _ in range(150):
            if workers.pids and workers.pids != (first,):
                break
            time.sleep(0.1)
        assert workers.pids != (first,)
        sent = browser.ask("POST", "/api/v1/uploads?name=daftar.csv", content=MESSY.encode()).json()
        assert browser.done(sent["job"])["summary"]["rows"] == 4
    assert workers.pids == ()


def test_a_service_stops_though_its_workers_were_told_too(tmp_path: Path) -> None:
    with office(tmp_path, workers=1, stop_seconds=60) as made:
        (worker,) = made.app.state.running.workers.pids
        made.app.state.running.stopping = True
        os.kill(worker, signal.SIGTERM)  # as Ctrl+C in a terminal does
        began = time.monotonic()
    assert time.monotonic() - began < 45


def test_a_job_is_told_as_it_happens(here: Office) -> None:
    job = list_and_run(here, OWN)["job_id"]
    browser = here.browser(name_of(Role.DISTRICT))
    answer = browser.get(f"/api/v1/jobs/{job}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    retry, event = answer.text.strip().split("\n\n")
    mark, kind, data = event.split("\n")
    assert (retry, kind) == ("retry: 2000", "event: ended")
    assert json.loads(data.removeprefix("data: "))["done"] == 1000
    again = browser.get(f"/api/v1/jobs/{job}/events", headers={"Last-Event-ID": mark.removeprefix("id: ")})
    assert "event: ended" in again.text


def test_after_a_broken_line_only_what_was_not_heard_is_told(store: Store) -> None:
    """A stream that was broken off, and begins again with the mark of what came last."""
    job = put(store)
    board.take(store, "w", now())

    async def heard(after: str, until: str) -> list[str]:
        request = SimpleNamespace(is_disconnected=_never)
        who = SimpleNamespace(service=SimpleNamespace(store=store, stopping=False), scope=ONE)
        found = []
        async for text in job_routes._told(who, board.job_of(store, ONE, job), request, (Language.ID, after)):  # type: ignore[arg-type]
            found += [line for line in text.split("\n") if line]
            if until in text:
                break
        return found

    board.tell(store, job, now(), "read", 0.1)
    first = run_apart(heard("", "event: progress"))
    mark = first[1].removeprefix("id: ")
    assert first[0] == "retry: 2000" and json.loads(first[3].removeprefix("data: "))["done"] == 100
    assert "event: progress" not in run_apart(heard(mark, ": masih"))
    board.tell(store, job, now(), "record", 0.5)
    assert "event: progress" in run_apart(heard(mark, "event: progress"))
    board.finish(store, job, now(), {})
    assert "event: ended" in run_apart(heard(mark, "event: ended"))


async def _never() -> bool:
    return False
