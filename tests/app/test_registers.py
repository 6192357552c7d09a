"""Registers beside a list: present is yes, absent is no only where it is declared; what they say wins, and is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ejps_core.app.exits import Exit
from ejps_core.app.summary import summarize
from ejps_core.model.diagnostic import Severity
from ejps_core.model.span import Cell
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


def test_a_declaration_or_register_from_the_future_is_not_used(files: Folder) -> None:
    files.write("lengkap.csv", COMPLETE, "pkh,75.04,2020-10-17,Dinsos")
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"])
    assert family_values(run, "pkh") == [True, None]
    assert "declaration-later" in codes(run)
    later = files.run(["pkh=pkh.csv"], ["lengkap.csv"], known=date(2020, 10, 17))
    assert family_values(later, "pkh") == [True, False]
    unused = files.run(["pkh=pkh.csv@2020-10-17"])
    assert family_values(unused, "pkh") == [None, None]
    assert "register-later" in codes(unused) and unused.registers == ()


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
    from ejps_core.app.evaluate import Request, evaluate
    from ejps_core.app.filling import Beside
    from ejps_core.app.library import core_only

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
