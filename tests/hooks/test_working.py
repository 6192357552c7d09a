"""A plugin at work: what hangs, gives something else, or ends the process is named, and nothing waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest

from ejps_core import Connector, Inquiry, Lint, NoAnswerError, Opened, Pace, Reader, Register, ReportWriter, listing_of, same
from ejps_core.app.builtin import BUILT_IN
from ejps_core.app.lint import lint
from ejps_core.app.registers import Given, gather, open_register
from ejps_core.app.write import written
from ejps_core.hooks.limits import FaultyPluginError, Lane, TooSlowError
from ejps_core.hooks.loading import problem_words
from ejps_core.hooks.manager import Plugins, load
from ejps_core.model.listing import Listing, Sheet
from tests.cli.shell import RULES
from tests.hooks.test_plugin_kinds import module

PAGE = Path(__file__)
SECONDS = 0.2


def hangs(*given: object) -> Any:
    time.sleep(3)


def leaves(*given: object) -> Any:
    raise SystemExit(7)


def nothing(*given: object) -> Any:
    return None


def plugins(**hooks: object) -> Plugins:
    return load({"luar": module(**hooks)}, built_in=BUILT_IN, installed=False, working=SECONDS)


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    """No case waits for what hangs."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 2.5


def opened_by(opening: Callable[[Path], Any], folder: Path) -> list[str]:
    """What is said of a register that this reader opens."""
    path = folder / "pkh.luar"
    path.write_text("kk\n", encoding="utf-8")
    found = gather([Given("pkh", path)], [], (), plugins(ejps_readers=[Reader("luar", (".luar",), opening)]), 0, 0)
    said = [f"{finding.code}: {finding.words.en}" for finding in found.findings]
    return [each for each in said if not each.startswith("register-unused")]


@pytest.mark.parametrize(
    ("opening", "why"),
    [
        (hangs, "open did not end within 0.2 seconds"),
        (leaves, "open: SystemExit: 7"),
        (nothing, "open must give Opened or a book of sheets, not None"),
        (lambda path: "kk", "open must give Opened or a book of sheets, not 'kk'"),
        (lambda path: Opened(None), "open gave no list and no error"),
        (lambda path: Opened("kk"), "open must give Opened with a Listing, not 'kk'"),  # type: ignore[arg-type]
    ],
)
def test_a_reader(opening: Callable[[Path], Any], why: str, tmp_path: Path) -> None:
    assert opened_by(opening, tmp_path) == [f"reader-failed: The reader of the plugin luar failed: {why}"]


class Notebook:
    """A book of one sheet, which knows in which thread it was opened."""

    def __init__(self, **odd: Callable[..., Any]) -> None:
        self.thread, self.odd = get_ident(), odd

    def __enter__(self) -> Notebook:
        return self

    def __exit__(self, *given: object) -> None:
        assert get_ident() == self.thread

    def sheets(self) -> Any:
        assert get_ident() == self.thread
        return self.odd["sheets"]() if "sheets" in self.odd else (Sheet("satu", visible=True),)

    def listing(self, sheet: str) -> Any:
        assert get_ident() == self.thread
        if "listing" in self.odd:
            return self.odd["listing"]()
        found = listing_of("x", ["kk"], [["7501010101209001"]])

        def fetch(places: Any) -> Any:
            assert get_ident() == self.thread
            return self.odd["fetch"]() if "fetch" in self.odd else found.fetch(places)

        return Listing("x", sheet, ("kk",), 1, found.rows, fetch)


def test_a_book_is_used_in_the_thread_that_opened_it(tmp_path: Path) -> None:
    """A database connection may be used in no other."""
    assert opened_by(lambda path: Notebook(), tmp_path) == []


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"sheets": hangs}, "sheets did not end within 0.2 seconds"),
        ({"sheets": nothing}, "sheets must give a list of Sheet, not None"),
        ({"listing": hangs}, "listing did not end within 0.2 seconds"),
        ({"listing": nothing}, "listing must give a Listing, not None"),
        ({"fetch": hangs}, "fetch did not end within 0.2 seconds"),
    ],
)
def test_a_book(odd: dict[str, Callable[..., Any]], why: str, tmp_path: Path) -> None:
    said = opened_by(lambda path: Notebook(**odd), tmp_path)
    assert said == [f"reader-failed: The reader of the plugin luar failed: {why}"]


@pytest.mark.parametrize(
    ("opening", "why"),
    [
        (hangs, "open did not end within 0.2 seconds"),
        (nothing, "open must give Opened, not None"),
        (leaves, "open: SystemExit: 7"),
    ],
)
def test_a_register(opening: Callable[[Path], Any], why: str, tmp_path: Path) -> None:
    path = tmp_path / "kis.txt"
    path.write_text("1\n", encoding="utf-8")
    found = open_register("kis", path, plugins(ejps_registers=[Register("kis", same("KIS"), opening)]))
    assert [finding.words.en for finding in found.findings] == [f"The register kis of the plugin luar failed: {why}"]


@pytest.mark.parametrize(
    ("checking", "why"),
    [
        (hangs, "check did not end within 0.2 seconds"),
        (nothing, "check must give findings, not None"),
        (leaves, "check: SystemExit: 7"),
    ],
)
def test_a_lint(checking: Callable[..., Any], why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ejps"
    path.write_text(RULES, encoding="utf-8")
    found = lint([path], plugins(ejps_lints=[Lint("luar-biasa", PAGE, checking)]), None)
    assert [(each.name, each.why.en) for each in found.broken] == [("luar", f"lint luar-biasa: {why}")]


class Book:
    """A line to a registry."""

    source, pace, facts = "Buku", Pace(), ("status",)

    def __init__(self, asking: Callable[..., Any]) -> None:
        self.asking = asking

    def ask(self, *given: object) -> Any:
        return self.asking(*given)

    def close(self) -> None:
        return


@pytest.mark.parametrize(
    ("opening", "why"),
    [
        (hangs, "open did not end within 0.2 seconds"),
        (nothing, "open must give Line, not None"),
        (leaves, "open: SystemExit: 7"),
    ],
)
def test_a_connector_that_gives_no_line(opening: Callable[[Path], Any], why: str) -> None:
    (loaded,) = (each for each in plugins(ejps_connectors=[Connector("buku", same("Buku"), opening)]).connectors[1:])
    with pytest.raises(FaultyPluginError) as problem:
        loaded.what.open(PAGE)
    assert problem.value.words.en.replace("a Line", "Line") == why


@pytest.mark.parametrize(("asking", "reason"), [(hangs, "plugin-failed"), (leaves, "plugin-failed"), (nothing, "malformed")])
def test_a_line_that_fails_gives_no_answer(asking: Callable[..., Any], reason: str) -> None:
    def opening(path: Path) -> Any:
        return Book(asking)

    connector = Connector("buku", same("Buku"), opening)
    line = plugins(ejps_connectors=[connector]).connectors[-1].what.open(PAGE)
    with pytest.raises(NoAnswerError) as problem:
        line.ask([Inquiry("p", "1")], ("status",), "x")  # type: ignore[union-attr]
    assert problem.value.reason == reason


@pytest.mark.parametrize(
    ("writing", "why"),
    [(hangs, "write did not end within 0.2 seconds"), (nothing, "write left no file"), (leaves, "write: SystemExit: 7")],
)
def test_a_writer(writing: Callable[..., Any], why: str, tmp_path: Path) -> None:
    loaded = plugins(ejps_report_writers=[ReportWriter(".md", same("Markdown"), writing)])
    path = tmp_path / "hasil.md"
    write = loaded.writers[-1].what.write
    problem = written(path, loaded, [(path, lambda fresh: write(None, fresh))])  # type: ignore[arg-type]
    assert problem is not None
    assert problem.words.en == f"The report writer of the plugin luar failed: {why}"
    assert not path.exists()


def test_what_works_is_left_alone(tmp_path: Path) -> None:
    def opening(path: Path) -> Opened:
        return Opened(listing_of(str(path), ["kk"], [["1"]]))

    loaded = plugins(ejps_registers=[Register("kis", same("KIS"), opening)])
    path = tmp_path / "kis.txt"
    path.write_text("1\n", encoding="utf-8")
    found = open_register("kis", path, loaded)
    assert found.listing is not None and found.listing.headers == ("kk",)
    core = load(built_in=BUILT_IN, installed=False, working=SECONDS)
    assert all(each.what.open.__module__ != "ejps_core.hooks.working" for each in core.readers)


def test_after_a_call_that_hangs_no_other_is_waited_for() -> None:
    lane = Lane()
    with pytest.raises(TooSlowError):
        lane.within(SECONDS, hangs)
    started = time.monotonic()
    with pytest.raises(TooSlowError):
        lane.within(60, lambda: 1)
    assert time.monotonic() - started < 1


def test_what_is_raised_comes_back() -> None:
    with pytest.raises(ZeroDivisionError):
        Lane().within(5, lambda: 1 // 0)
    words = same("rusak")
    assert problem_words(FaultyPluginError(words)) == words
