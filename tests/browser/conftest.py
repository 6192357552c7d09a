"""A real service in a process of its own, with the made-up province, and Chromium."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, Page, sync_playwright

from tests.house.sources import ROOT
from tests.store.postgres import shared_cluster

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic",
)  # fmt: skip
SHOTS = ROOT / "build" / "screenshots"
ACCOUNT = re.compile(r"^  (\S+)\s+(\S+-\S+-\S+-\S+) ", re.MULTILINE)
PATIENCE = 30_000
MISSING = "Chromium is missing: as root, `make test` installs it; on Debian: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them start a service and a browser: `make check` leaves them out."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)


@dataclass(frozen=True, slots=True)
class Site:
    """A service that runs. passwords: of each account, as it said them at its start. cookies: of who has signed in."""

    address: str
    passwords: dict[str, str]
    cookies: dict[str, list[SetCookieParam]] = field(default_factory=dict)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service over SQLite."""
    with _served(tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="session")
def site_on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same over PostgreSQL."""
    name, folder = f"t{uuid4().hex}", tmp_path_factory.mktemp("site")
    with (
        shared_cluster(f"browser-{os.getpid()}") as cluster,
        cluster.database(name) as url,
        _served(folder, "--store", url) as made,
    ):
        yield made


@contextmanager
def _served(folder: Path, *more: str) -> Iterator[Site]:
    """`ejps serve --demo` on a port of its own, stopped as systemd stops it."""
    command = [sys.executable, "-m", "ejps_core", "serve", "--demo", "--out", str(folder / "province"), "--port", "0", *more]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EJPS_")}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT, env=environment)
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "http://" in line:
                break
        address = re.search(r"http://\S+", said)
        assert address is not None, said + (folder / "log").read_text()
        yield Site(address[0], dict(ACCOUNT.findall(said)))
        process.send_signal(signal.SIGTERM)
        ended = process.wait(60)
        process.stdout.close()
        assert ended in (0, -signal.SIGTERM)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def opened(chromium: Browser, site: Site, width: int, height: int = 900) -> Page:
    """A page of a fresh browser; whatever it complains of fails the test."""
    page = chromium.new_context(viewport={"width": width, "height": height}, base_url=site.address).new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda problem: pytest.fail(f"{page.url}: {problem}"))
    page.on("console", _complaint)
    return page


def _complaint(message: object) -> None:
    kind, text = getattr(message, "type", ""), getattr(message, "text", "")
    if kind == "error" and "the server responded with a status of 4" not in text:
        pytest.fail(f"the browser complains: {text}")
