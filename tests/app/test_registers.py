"""Registers beside a list: present is yes, absent is no only where it is declared; what they say wins, and is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ejps_core.app.evaluate import Request, evaluate
from ejps_core.app.exits import Exit
from ejps_core.app.explain import explain
from ejps_core.app.filling import Beside
from ejps_core.app.library import core_only
from ejps_core.app.summary import summarize
from ejps_core.model.diagnostic import Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Language
from ejps_core.reports.beside import register_lines
from tests.app.beside import Folder, card, codes, family_values, folder, member_values, nik, origins

COMPLETE = "register,wilayah,tanggal,siapa"


@pytest.fixture
def files(tmp_path: Path) -> Folder:
    made = folder(tmp_path)
    made.write("pkh.csv", "kk,nama", f"{card(1)},A")
    made.write("lengkap.csv", COMPLETE, "pkh,75.04,2020-10-16,Dinsos")
    return made


def test_present_is_yes_and_absent_says_nothing(files: Folder) -> None:
    run = files.run(["pkh=pkh.csv@2020-10-01"])
    assert family_values(run, "pkh") == [True, None]
    assert origins(run.candidates, "pkh") == ["register pkh, data as of 2020-10-01 (pkh.csv)", None]


def test_absent_is_no_where_the_register_is_declared_complete(files: Folder) -> None:
    files.write("daftar.csv", "kk,alamat", f"{card(2)},75.04.01", f"{card(3)},75.01.01", f"{card(4)},75", f"{card(5)},")
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"], members=False)
    assert family_values(run, "pkh") == [False, None, None, None]
    said = origins(run.candidates, "pkh")[0]
    assert said is not None and "declared complete for 75.04 as of 2020-10-16 by Dinsos" in said


def test_the_latest_of_two_declarations_is_told(files: Folder) -> None:
    files.write(
        "lengkap.csv", COMPLETE, "pkh,75,2020-10-10,Biro", "pkh,75.04,2020-10-15,Dinsos", "pkh,75.04,2020-10-01,Lama"
    )
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"])
    (register,) = run.registers
    assert [(each.area, each.who) for each in register.declarations] == [("75", "Biro"), ("75.04", "Dinsos")]
    assert codes(run).count("declaration-older") == 3


def test_a_declaration_from_the_future_is_not_used(files: Folder) -> None:
    files.write("lengkap.csv", COMPLETE, "pkh,75.04,2020-10-17,Dinsos")
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"])
    assert family_values(run, "pkh") == [True, None]
    assert "declaration-later" in codes(run)
    later = files.run(["pkh=pkh.csv"], ["lengkap.csv"], known=date(2020, 10, 17))
    assert family_values(later, "pkh") == [True, False]


def test_a_register_that_is_not_used_ends_partly_and_its_declaration_is_not_called_unused(files: Folder) -> None:
    outcome = files.decide(["pkh=pkh.csv@2020-10-17"], ["lengkap.csv"])
    assert outcome.run is not None and outcome.exit is Exit.PARTLY
    assert family_values(outcome.run, "pkh") == [None, None]
    assert "register-later" in codes(outcome.run) and outcome.run.registers == ()
    assert "declaration-unused" not in codes(outcome.run)


def test_an_explanation_with_a_register_that_is_not_used_ends_partly(files: Folder) -> None:
    given = [("pkh=pkh.csv@2020-10-17", Exit.PARTLY), ("pkh=pkh.csv@2020-10-16", Exit.CLEAN)]
    for option, exit in given:
        beside = Beside((option.replace("=", f"={files.path}/", 1),))
        paths = (str(files.path / "aturan.ejps"), files.path / "daftar.csv", date(2020, 10, 16))
        request = Request(*paths, files.path / "anggota.csv", rulesets=(), beside=beside)
        assert explain(request, card(1), core_only()).exit is exit


@pytest.mark.parametrize(
    ("rows", "stated", "code"),
    [
        (0, "", "register-empty"),
        (0, "1", "register-other-count"),
        (1, "0", "register-other-count"),
        (1, "nihil", "register-other-count"),
        (1, "1.001", "register-other-count"),
    ],
)
def test_a_register_that_is_not_the_one_declared_stops_the_run(files: Folder, rows: int, stated: str, code: str) -> None:
    files.write("pkh.csv", "kk", *[card(1)] * rows)
    files.write("lengkap.csv", f"{COMPLETE},jumlah", f"pkh,75.04,2020-10-16,Dinsos,{stated}")
    outcome = files.decide(["pkh=pkh.csv"], ["lengkap.csv"])
    assert outcome.run is None and outcome.exit is Exit.WRONG_USE
    assert [finding.code for finding in outcome.findings if finding.severity is Severity.ERROR] == [code]


@pytest.mark.parametrize(("rows", "stated"), [(0, "0"), (0, "Nihil"), (1, "1"), (1, "")])
def test_a_register_with_the_rows_that_are_declared_is_complete(files: Folder, rows: int, stated: str) -> None:
    files.write("pkh.csv", "kk", *[card(1)] * rows)
    files.write("lengkap.csv", "register,area,date,who,rows", f"pkh,75.04,2020-10-16,Dinsos,{stated}")
    assert family_values(files.run(["pkh=pkh.csv"], ["lengkap.csv"]), "pkh") == [True if rows else None, False]


def test_a_number_of_rows_that_can_not_be_read_is_told(files: Folder) -> None:
    files.write("lengkap.csv", f"{COMPLETE},jumlah", "pkh,75.04,2020-10-16,Dinsos,satu")
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"])
    assert family_values(run, "pkh") == [True, None]
    assert "statement-faulty" in codes(run)


def test_a_declaration_later_than_the_data_names_both_days(files: Folder) -> None:
    run = files.run(["pkh=pkh.csv@2019-01-01"], ["lengkap.csv"])
    (told,) = [finding.words.en for finding in run.findings if finding.code == "declaration-after-data"]
    assert "2020-10-16" in told and "2019-01-01" in told
    assert "declaration-after-data" not in codes(files.run(["pkh=pkh.csv@2020-10-16"], ["lengkap.csv"]))


def test_data_of_an_unknown_day_beside_a_declaration_are_told(files: Folder) -> None:
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"])
    assert "register-undated" in codes(run)
    assert "data as of not said" in dict(register_lines(run, Language.EN))["Register pkh"]
    assert "register-undated" not in codes(files.run(["pkh=pkh.csv@2020-10-16"], ["lengkap.csv"]))
    assert "register-undated" not in codes(files.run(["pkh=pkh.csv"]))


def test_a_register_with_unreadable_numbers_is_not_complete(files: Folder) -> None:
    files.write("pkh.csv", "kk", card(1), "75010101")
    outcome = files.decide(["pkh=pkh.csv"], ["lengkap.csv"])
    assert outcome.run is not None and outcome.exit is Exit.PARTLY
    assert family_values(outcome.run, "pkh") == [True, None]
    assert {"family-card-format", "register-not-complete"} <= set(codes(outcome.run))


def test_numbers_that_lost_their_last_digit_find_nobody(files: Folder) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["kk"], [int(card(1))], [int(card(3))]):
        sheet.append(row)
    book.save(files.path / "pkh.xlsx")
    run = files.run(["pkh=pkh.xlsx"], ["lengkap.csv"])
    assert family_values(run, "pkh") == [None, None]
    assert any(finding.severity is Severity.SET_APART for finding in run.findings if finding.code == "number-cell")


def test_a_family_whose_number_lost_its_last_digit_is_not_looked_up(files: Folder) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["kk", "alamat"], [int(card(1)), "75.04.01"], [card(2), "75.04.01"]):
        sheet.append(row)
    book.save(files.path / "daftar.csv")  # what a file is, its contents say
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"], members=False)
    assert family_values(run, "pkh") == [None, False]
    assert "not-looked-up" in codes(run)


def test_what_the_register_says_wins_and_is_told_by_row(files: Folder) -> None:
    files.write(
        "daftar.csv", "kk,alamat,pkh", f"{card(1)},75.01.01,tidak", f"{card(2)},75.04.01,ya", f"{card(3)},75.01.01,ya"
    )
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"], members=False)
    assert family_values(run, "pkh") == [True, False, True]
    told = [finding for finding in run.findings if finding.code == "register-differs"]
    assert [finding.place.row for finding in told if isinstance(finding.place, Cell)] == [2, 3]
    assert "The list: no; the register pkh: yes." in told[0].words.en


def test_a_column_of_values(files: Folder) -> None:
    files.write("dtsen.csv", "NO KK,Desil", f"{card(1)},7", f"{card(2)},", f"{card(3)},x", f"{card(1)},7")
    files.write("lengkap.csv", COMPLETE, "dtsen,75,2020-10-16,Dinsos")
    run = files.run(["dtsen=dtsen.csv"], ["lengkap.csv"])
    assert family_values(run, "desil") == [7, 2]  # silent of the second: what the list says stays
    assert {"register-differs", "register-silent", "not-a-number"} <= set(codes(run))


def test_rows_of_one_number_that_differ_are_silent(files: Folder) -> None:
    files.write("dtsen.csv", "kk,desil", f"{card(1)},7", f"{card(1)},8")
    assert family_values(files.run(["dtsen=dtsen.csv"]), "desil") == [2, 2]


def test_members_are_looked_up_by_nik(files: Folder) -> None:
    files.write("anggota.csv", "kk,nik", f"{card(1)},{nik(1)}", f"{card(2)},{nik(2)}", f"{card(2)},")
    files.write("asn.csv", "NIK", nik(1))
    files.write("lengkap.csv", COMPLETE, "asn,75,2020-10-16,BKN")
    run = files.run(["asn=asn.csv"], ["lengkap.csv"])
    assert member_values(run, "asn") == [True, False, None]
    status = [decisions.status.tolist() for decisions in run.programs]
    assert status == [[0, 1]]  # a civil servant; a member who can't be looked up


def test_a_family_without_listed_members_stays_open(files: Folder) -> None:
    files.write("asn.csv", "nik", nik(1))
    files.write("lengkap.csv", COMPLETE, "asn,75,2020-10-16,BKN")
    (decisions,) = files.run(["asn=asn.csv"], ["lengkap.csv"], members=False).programs
    assert decisions.status.tolist() == [1, 1]


def test_answers_of_the_civil_registry(files: Folder) -> None:
    files.write("dukcapil.csv", "nik,status,tanggal meninggal", f"{nik(1)},Meninggal,2020-08-03", f"{nik(2)},Aktif,")
    run = files.run(["dukcapil=dukcapil.csv@2020-09-20"])
    assert member_values(run, "status") == ["meninggal", "aktif"]
    assert member_values(run, "wafat") == [date(2020, 8, 3), None]
    (decisions,) = run.programs
    assert decisions.status.tolist() == [0, 1]


def test_what_is_not_used_is_told(files: Folder) -> None:
    files.write(
        "lengkap.csv", COMPLETE, "bst,75,2020-10-16,Dinsos", "pkx,75,2020-10-16,x", "pkh,75.99.99,2020-10-16,x", "pkh,75,,x"
    )
    outcome = files.decide(["dtks=pkh.csv"], ["lengkap.csv"])
    assert outcome.run is not None and outcome.exit is Exit.PARTLY
    found = [code for code in codes(outcome.run) if code.startswith(("decl", "reg", "state"))]
    assert sorted(found) == [
        "declaration-register",
        "declaration-unused",
        "register-unused",
        "statement-faulty",
        "statement-incomplete",
    ]


@pytest.mark.parametrize(
    ("registers", "code"),
    [
        (["pkh"], "register-option"),
        (["pkh=pkh.csv@2020-13-01"], "register-option"),
        (["pkx=pkh.csv"], "unknown-register"),
        (["pkh=tidak-ada.csv"], "no-such-file"),
        (["pkh=pkh.csv", "pkh=pkh.csv"], "register-twice"),
        (["asn=pkh.csv"], "register-column-missing"),
    ],
)
def test_what_stops_the_run(files: Folder, registers: list[str], code: str) -> None:
    outcome = files.decide(registers)
    assert outcome.run is None and outcome.exit is Exit.WRONG_USE
    assert [finding.code for finding in outcome.findings if finding.severity is Severity.ERROR] == [code]


def test_a_plugins_reader_that_fails_is_named(files: Folder) -> None:
    """In a register, and in a file of declarations."""
    from types import SimpleNamespace

    from ejps_core import Reader, hookimpl
    from ejps_core.app.builtin import BUILT_IN
    from ejps_core.app.registers import Given, gather
    from ejps_core.hooks.manager import load

    reader = Reader("rusak", (".rusak",), lambda path: 1 // 0)  # type: ignore[arg-type, return-value]
    plugin = SimpleNamespace(ejps_api=1, ejps_readers=hookimpl(lambda: [reader]))
    plugins = load({"rusak": plugin}, built_in=BUILT_IN, installed=False)
    path = files.write("pkh.rusak", "kk")
    for given, complete in (([Given("pkh", path)], []), ([], [path])):
        found = gather(given, complete, (), plugins, 0, 0)
        assert [finding.code for finding in found.findings] == ["reader-failed"]


def test_one_fact_has_one_register(files: Folder) -> None:
    other = (files.path / "aturan.ejps").read_text(encoding="utf-8")
    other = other.replace("program bantuan", "program lainnya").replace("ya/tidak sumber pkh", "ya/tidak sumber bst")
    (files.path / "lainnya.ejps").write_text(other, encoding="utf-8")
    rules = files.path / "aturan.ejps"
    pkh = f"={files.path}/pkh.csv"
    request = Request(
        f"{rules},{files.path}/lainnya.ejps",
        files.path / "daftar.csv",
        date(2020, 10, 16),
        rulesets=(),
        beside=Beside((f"pkh{pkh}", f"bst{pkh}")),
    )
    outcome = evaluate(request, core_only())
    assert "two-registers" in [finding.code for finding in outcome.findings], outcome.findings


def test_the_summary_lists_registers_with_their_declarations(files: Folder) -> None:
    found = summarize(files.run(["pkh=pkh.csv@2020-10-01"], ["lengkap.csv"])).registers
    assert found is not None
    (register,) = found
    assert (register.name, register.file, register.date, register.rows) == ("pkh", "pkh.csv", "2020-10-01", 1)
    assert (len(register.digest), register.facts) == (64, ["pkh"])
    assert [(each.area, each.date, each.who) for each in register.complete] == [("75.04", "2020-10-16", "Dinsos")]


def test_a_filled_fact_has_no_missing_column(files: Folder) -> None:
    columns = [
        f.place.column
        for f in files.run(["pkh=pkh.csv"]).findings
        if f.code == "column-missing" and isinstance(f.place, Cell)
    ]
    assert "pkh" not in columns and "bst" in columns
