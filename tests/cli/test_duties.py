"""`ejps breach`, `request`: what is refused, in words, and what is shown as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ejps_core.cli import main
from ejps_core.cli.moments import as_moment
from ejps_core.model.diagnostic import Diagnostic
from tests.cli.shell import Result
from tests.cli.test_store_commands import Office, opened_office
from tests.store.sample import NIKS

pytestmark = pytest.mark.slow
OPEN = (
    "breach", "open", "List sent astray", "--known", "2020-10-14 09:00", "--data", "names", "--how", f"mail of {NIKS[0]}",
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    return opened_office(tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize("text", ["2020-10-14", "yesterday", "2020-13-01 09:00", ""])
def test_a_day_without_an_hour_is_no_moment(text: str) -> None:
    assert isinstance(as_moment(text, "--at"), Diagnostic)


def refused(done: Result, words: str) -> None:
    assert (done.code, words in done.err) == (2, True), done.err


def test_breaches_that_are_refused(office: Office) -> None:
    refused(office.run(*OPEN[:4], "2020-10-14", *OPEN[5:]), "is no moment")
    refused(office.run(*OPEN[:4], "2999-10-14 09:00", *OPEN[5:]), "ahead")
    refused(office.run(*OPEN, "--happened", "2020-10-15 09:00"), "ahead")
    refused(office.run(*OPEN, "--area", "75.99"), "no region “75.99”")
    refused(office.run(*OPEN, "--area", "75.04.01.2999"), "no region “75.04.01.2999”")
    refused(office.run("breach", "add", "7", "x"), "no breach number 7")
    opened = office.run(*OPEN)
    assert (opened.code, "by 2020-10-17 09:00 WITA" in opened.out) == (0, True)
    refused(office.run("breach", "add", "1", "x", "--at", "2020-10-13 09:00"), "before it was known")
    refused(office.run("breach", "notify", "1", "--to", "subjects"), "--out FILE writes the letter")
    refused(office.run("breach", "notify", "1", "--to", "subjects", "--out", "x.doc", "--contact", "x"), ".pdf or .txt")
    refused(office.run("breach", "notify", "1", "--to", "subjects", "--out", "x.txt"), "whom to ask")
    refused(office.run("breach", "notify", "1", "--to", "subjects", "--out", "x.txt", "--office", "none"), "letterhead")
    refused(office.run("breach", "notify", "1", "--to", "nobody", "--out", "x.txt"), "nobody")
    nowhere = ("--out", "nowhere/x.txt", "--contact", "x")
    refused(office.run("breach", "notify", "1", "--to", "subjects", *nowhere), "can't be written")
    assert sorted(path.name for path in office.folder.iterdir()) == [".ejps", "elsewhere"]


def test_a_breach_as_json(office: Office) -> None:
    office.run(*OPEN, "--people", "12")
    office.run("breach", "add", "1", "withdrawn", "--effort", "--who", "Tuna")
    shown = office.run("breach", "list", "--format", "json")
    (found,) = json.loads(shown.out)
    assert (shown.code, found["overdue"], found["people"], found["untold"]) == (3, True, 12, ["subjects", "authority"])
    assert NIKS[0] not in shown.out
    assert found["events"][0]["by"] == "Tuna"
    office.run("breach", "close", "1", "--why", "nothing was read", "--without-notice", "the mail came back")
    assert office.run("breach", "list").code == 0
    assert json.loads(office.run("breach", "list", "--at", "2020-10-20 09:00", "--format", "json").out) == []


def test_a_letter_has_the_letterhead_and_what_is_on_record(office: Office) -> None:
    office.run(*OPEN, "--area", "75.04")
    office.run("breach", "add", "1", "withdrawn", "--effort")
    Path("kop.toml").write_text(
        'government = "Pemerintah Kabupaten Pohuwato"\nname = "Dinas Sosial"\nplace = "Marisa"\n'
        'contact = "pdp@example.org"\n[signatory]\noffice = "Kepala Dinas"\n',
        encoding="utf-8",
    )
    done = office.run("breach", "notify", "1", "--to", "public", "--out", "x.txt", "--office", "kop.toml")
    assert done.code == 0, done.err
    text = Path("x.txt").read_text(encoding="utf-8")
    for said in (
        "Pasal 46",
        "Pemerintah Kabupaten Pohuwato",
        "withdrawn",
        "14 Oktober 2020 pukul 09.00 WITA",
        "pdp@example.org",
    ):
        assert said in text
    assert "Waktu kejadian: belum diketahui" in text and "Jumlah orang: belum diketahui" in text
    assert NIKS[0] not in text


def test_requests_that_are_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--received", "2020-10-14 09:00", "--words", "x")
    refused(office.run("request", "open", "access", NIKS[0], *asked, "--role", "province"), "may not read")
    refused(office.run("request", "open", "wish", NIKS[0], *asked), "wish")
    refused(office.run("request", "answer", "1", "--outcome", "granted", "--why", "x"), "no request number 1")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NIKS[0]}\n"))
    opened = office.run("request", "open", "hold", "-", *asked)
    assert (opened.code, "stands on 1 list versions" in opened.out) == (0, True), opened.err
    refused(office.run("request", "release", "1", "--why", "x"), "holds nothing")
    assert office.run("request", "list", "--open").code == 3
    answered = office.run("request", "answer", "1", "--outcome", "partly", "--why", "x", "--at", "2020-10-15 09:00")
    assert answered.code == 0, answered.err
    refused(office.run("request", "answer", "1", "--outcome", "refused", "--why", "x"), "has been answered")
    (found,) = json.loads(office.run("request", "list", "--format", "json").out)
    assert (found["on_hold"], found["outcome"], found["late"]) == (True, "partly", False)
    assert json.loads(office.run("request", "list", "--open", "--format", "json").out) == []
    assert main(["request", "list"]) == 0
