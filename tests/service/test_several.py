"""A service of several processes: what one allows, counts and forgets, all do; whoever dies is replaced."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from ejps_core.service.together import Together
from ejps_core.store.acts import Role
from ejps_core.store.opening import StorePlace, create_store
from tests.house.sources import ROOT
from tests.load.served import all_of
from tests.service.office import IT, PASSWORD, make_accounts, name_of

PROCESSES, SIGN_INS = 2, 6


@dataclass(frozen=True, slots=True)
class Site:
    """The service as it runs."""

    port: int
    process: subprocess.Popen[str]

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        """An answer over a connection of its own, which any of the processes may take."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        content = None if body is None else json.dumps(body)
        line.request(method, path, content, {"Content-Type": "application/json", **headers})
        answer = line.getresponse()
        text, said = answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
        line.close()
        return answer.status, json.loads(text) if text and "json" in said.get("content-type", "") else text, said


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("several")
    place = StorePlace(str(folder / "store.db"), folder / "keys", folder / "files")
    with create_store(place, IT) as store:
        make_accounts(store)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EJPS_")}
    environment |= {"EJPS_SIGN_INS_A_MINUTE": str(SIGN_INS), "EJPS_LOG_LEVEL": "error"}
    command = [
        sys.executable, "-m", "ejps_core", "serve", "--port", "0", "--processes", str(PROCESSES), "--workers", "1",
        "--store", place.database, "--keys", str(place.keys), "--files", str(place.files),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    assert process.stdout is not None
    found = re.search(r"http://[\d.]+:(\d+)", process.stdout.readline())
    assert found is not None
    yield Site(int(found[1]), process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    process.stdout.close()


def test_what_holds_for_one_process_holds_for_all(several: Site) -> None:
    name = {"name": name_of(Role.DISTRICT), "password": PASSWORD}
    _, signed_in, said = several.ask("POST", "/api/v1/session", name)
    cookie = said["set-cookie"].partition(";")[0]
    mine = {"Cookie": cookie, "X-CSRF-Token": signed_in["csrf"]}
    assert {several.ask("GET", "/api/v1/lists", **mine)[0] for _ in range(10)} == {200}  # known in each of them now
    assert several.ask("DELETE", "/api/v1/session", **mine)[0] in (200, 204)
    assert {several.ask("GET", "/api/v1/lists", **mine)[0] for _ in range(10)} == {401}
    wrong = {"name": "tidak-ada", "password": "x"}
    told = [several.ask("POST", "/api/v1/session", wrong)[0] for _ in range(SIGN_INS * PROCESSES)]
    assert told.count(401) == SIGN_INS - 1 and told.count(429) == len(told) - SIGN_INS + 1
    figures = several.ask("GET", "/metrics")[1]
    counts = re.findall(r'^ejps_requests_total{.*route="[^"]*/lists".*} ([\d.]+)$', figures, re.MULTILINE)
    assert sum(map(float, counts)) == 20, figures
    assert several.ask("GET", "/health/ready")[:2] == (
        200, {"status": "ready", "store": True, "workers": True, "stopping": False}
    )  # fmt: skip


def test_a_process_that_dies_is_replaced(several: Site) -> None:
    before = set(all_of(several.process.pid))
    for pid in before - {several.process.pid}:
        if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 40
    while len(all_of(several.process.pid)) < len(before) or not set(all_of(several.process.pid)) - before:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert several.ask("GET", "/health/live")[0] == 200  # it waits until one of them is there


def note_often(path: str, times: int) -> None:
    together = Together(Path(path))
    for _ in range(times):
        together.note()
        together.take("address", "a", 60, 0.0)


def test_nothing_is_lost_between_processes() -> None:
    together = Together.new()
    try:
        made = [get_context("spawn").Process(target=note_often, args=(str(together.path), 500)) for _ in range(2)]
        for each in made:
            each.start()
        for each in made:
            each.join(60)
        assert together.count == 1000
        assert together.take("address", "a", 60, 0.0) > 0
        assert together.take("address", "b", 60, 0.0) == 0
        assert together.path is not None and together.path.stat().st_mode & 0o077 == 0
    finally:
        together.close()
    assert not together.path.exists()


def test_the_one_that_was_quiet_the_longest_makes_room() -> None:
    together = Together()
    assert [together.take("x", "first", 1, 0.0) > 0 for _ in range(2)] == [False, True]
    for place in range(100_000):
        together.take("x", f"other {place}", 1, 1.0 + place)
    assert together.take("x", "first", 1, 100_002.0) == 0
