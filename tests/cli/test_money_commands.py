"""`ejps money`, `ejps position`: what is wrong is said in words, in either language, and nothing is recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ejps_core.cli import main
from tests.cli.shell import Result

PAID = ("--phase", "1", "--district", "75.04", "--on", "2020-05-11", "--province", "5", "--document", "SP2D 1")


class Desk:
    """A working folder with a store and an open budget year; commands run in this process."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture

    def run(self, *arguments: str, lang: str = "en") -> Result:
        self.capture.readouterr()
        code = main([*arguments, "--lang", lang])
        told = self.capture.readouterr()
        return Result(code, told.out, told.err)

    def done(self, *arguments: str) -> str:
        found = self.run(*arguments)
        assert found.code == 0, found.err
        return found.out


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EJPS_KEYS", str(tmp_path / "keys"))
    for name in ("EJPS_STORE", "EJPS_FILES", "EJPS_MASTER_KEY"):
        monkeypatch.delenv(name, raising=False)
    made = Desk(capsys)
    made.done("store", "init", "--who", "Sistem")
    made.done("money", "open", "bantuan", "--year", "2020", "--phases", "1,2", "--title", "Bantuan", "--title-en", "Aid")
    return made


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("money", "record", "bantuan", "menguap", *PAID), "step-unknown"),
        (("money", "record", "bantuan", "salur", "--phase", "1"), "entry-incomplete"),
        (("money", "record", "bantuan", "salur", *PAID[:6], "--document", "x"), "share-unsaid"),
        (("money", "record", "bantuan", "sasaran", *PAID), "families-unsaid"),
        (("money", "record", "bantuan", "salur", *PAID, "--phase", "3"), "phase-unknown"),
        (("money", "record", "bantuan", "salur", *PAID, "--district", "Gorontalo"), "district-unclear"),
        (("money", "record", "bantuan", "salur", *PAID, "--province", "1,5"), "too-many-decimals"),
        (("money", "record", "bantuan", "salur", *PAID, "--entered", "kemarin"), "bad-moment"),
        (("money", "record", "bantuan", "salur", *PAID, "--entered", "2999-01-01 08:00"), "entered-later"),
        (("money", "record", "bantuan", "salur", *PAID, "--entered", "2020-06-01 08:00", "--by", "x" * 201), "who-long"),
        (("money", "record", "bantuan", "salur", *PAID, "--year", "2021"), "budget-year-unknown"),
        (("money", "record", "lain", "salur", *PAID), "budget-year-unknown"),
        (("money", "stated", "bantuan", "pagu", "--amount", "5", "--document", " "), "total-incomplete"),
        (("money", "reason", "bantuan", "entah", "--why", "x"), "caution-unknown"),
        (("money", "cancel", "bantuan", "9", "--why", "x"), "entry-unknown"),
        (("money", "open", "bantuan", "--year", "2021", "--phases", "satu", "--title", "x"), "bad-phases"),
        (
            ("money", "open", "bantuan", "--year", "2021", "--phases", "1", "--title", "x", "--districts", "1"),
            "unknown-district",
        ),
        (("money", "import", "bantuan", "tidak-ada.csv"), "no-such-file"),
        (("money", "import", "bantuan", "tidak-ada.csv", "--share", "siapa"), "bad-choice"),
        (("money", "reconcile", "bantuan", "tidak-ada.csv", "--step", "pagu"), "bad-choice"),
        (("money", "reconciled", "7"), "reconciliation-unknown"),
        (("position", "freeze", "bantuan", "--at", "2999-01-01 08:00"), "position-in-future"),
        (("position", "show", "7"), "position-unknown"),
        (("report", "realisasi", "--position", "7"), "position-unknown"),
        (("report", "bnba", "--position", "7"), "report-not-of-position"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(desk: Desk, arguments: tuple[str, ...], code: str) -> None:
    said = {lang: desk.run(*arguments, lang=lang) for lang in ("id", "en")}
    assert [each.code for each in said.values()] == [2, 2], said["en"].err
    assert all(f"[{code}]" in each.err for each in said.values()), said["en"].err
    assert said["id"].err != said["en"].err
    assert json.loads(desk.done("money", "show", "bantuan", "--format", "json"))["entries"] == []


def test_a_report_is_of_a_file_or_of_a_position(desk: Desk) -> None:
    for given in ((), ("--data", "x.json", "--position", "1")):
        found = desk.run("report", "realisasi", *given)
        assert (found.code, "--position ID" in found.err) == (2, True)


def test_an_entry_is_cancelled_once_and_stays_on_record(desk: Desk) -> None:
    assert desk.done("money", "record", "bantuan", "salur", *PAID).strip() == "Entry 1."
    desk.done("money", "cancel", "bantuan", "1", "--why", "wrong district")
    assert "[entry-cancelled]" in desk.run("money", "cancel", "bantuan", "1", "--why", "again").err
    shown = json.loads(desk.done("money", "show", "bantuan", "--format", "json"))
    assert shown["cells"] == []
    assert [(each["kind"], each.get("cancelled")) for each in shown["entries"]] == [("event", True), ("cancellation", None)]
    assert "[cancelled]" in desk.done("money", "show", "bantuan")
    assert desk.done("money", "record", "bantuan", "salur", *PAID).strip() == "Entry 3."


def test_a_number_of_a_person_in_words_is_masked_and_the_same_report_is_known_again(desk: Desk) -> None:
    told = (*PAID[:6], "--document", "Lap. 1", "--obstacle", "hubungi 081340009001")
    desk.done("money", "record", "bantuan", "laporan", *told)
    assert "[entry-already-recorded]" in desk.run("money", "record", "bantuan", "laporan", *told).err
    assert "081340009001" not in desk.done("money", "show", "bantuan", "--format", "json")


def test_a_program_that_is_not_installed_is_remarked(desk: Desk) -> None:
    for program, said in (("jps_food_aid", False), ("jps_foodaid", True)):
        done = desk.run("money", "open", program, "--year", "2020", "--phases", "1", "--title", "x")
        assert (done.code, "is installed; check its name" in done.err) == (0, said)


def test_the_years_are_listed(desk: Desk) -> None:
    assert desk.done("money", "years").strip() == "bantuan  2020  phases 1, 2  0 entries"
    desk.done("money", "open", "bantuan", "--year", "2021", "--phases", "1", "--title", "Bantuan")
    assert "[which-year]" in desk.run("money", "check", "bantuan").err
