"""Official determinations: they settle only an unknown, on record, never silently."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from ejps_core.app.exits import Exit
from ejps_core.app.summary import summarize
from ejps_core.model.diagnostic import Severity
from ejps_core.model.registers import Effect
from ejps_core.model.words import Language
from ejps_core.reports.beside import rests_words
from ejps_core.reports.parquet_file import write_parquet
from ejps_core.reports.records import records
from ejps_core.reports.workbook import write_workbook
from tests.app.beside import Folder, card, codes, family_values, folder, member_values, nik, origins

HEAD = "kk,nik,fakta,nilai,siapa,alasan,dokumen,tanggal"
SIGNED = "Kades Batudaa,tidak ada di daftar,SPTJM 12/2020,2020-10-14"


@pytest.fixture
def files(tmp_path: Path) -> Folder:
    """Of the first family BST and the member's work are unknown, of the second everything is known."""
    return folder(
        tmp_path,
        ("kk,alamat,desil,pkh,bst", f"{card(1)},75.01.01,2,tidak,", f"{card(2)},75.04.01,2,tidak,tidak"),
        ("kk,nik,asn,status", f"{card(1)},{nik(1)},,aktif", f"{card(2)},{nik(2)},tidak,aktif"),
    )


def test_an_unknown_fact_is_settled_on_record(files: Folder) -> None:
    files.write("sptjm.csv", HEAD, f"{card(1)},,bst,tidak,{SIGNED}", f"{card(1)},{nik(1)},asn,tidak,{SIGNED}")
    assert files.run().programs[0].status.tolist() == [1, 2]
    run = files.run(determinations="sptjm.csv")
    assert run.programs[0].status.tolist() == [2, 2]
    assert (family_values(run, "bst"), member_values(run, "asn")) == ([False, False], [False, False])
    said = "determined: Kades Batudaa, SPTJM 12/2020, 2020-10-14"
    assert origins(run.candidates, "bst") == [said, None]
    assert origins(run.candidates, "member.asn") == [said, None]
    assert run.rests == {0: ("bst", "member.asn")}


def test_a_known_fact_stays(files: Folder) -> None:
    files.write(
        "sptjm.csv", HEAD, f"{card(2)},,bst,tidak,{SIGNED}", f"{card(2)},,pkh,ya,{SIGNED}", f"{card(2)},,desil,3,{SIGNED}"
    )
    run = files.run(determinations="sptjm.csv")
    assert (family_values(run, "pkh"), family_values(run, "desil")) == ([False, False], [2, 2])
    assert [each.effect for each in run.determinations] == [Effect.UNNEEDED, Effect.CONTRADICTED, Effect.CONTRADICTED]
    assert [c for c in codes(run) if c.startswith("determination")] == [
        "determination-unneeded",
        "determination-contradicts",
        "determination-contradicts",
    ]
    assert run.rests == {}


def test_what_a_register_says_is_known(files: Folder) -> None:
    files.write("bst.csv", "kk", card(1))
    files.write("sptjm.csv", HEAD, f"{card(1)},,bst,tidak,{SIGNED}")
    run = files.run(["bst=bst.csv"], determinations="sptjm.csv")
    assert family_values(run, "bst") == [True, False]
    assert [each.effect for each in run.determinations] == [Effect.CONTRADICTED]


@pytest.mark.parametrize("fact", ["aturan:ada_asn", "rule:ada_asn", "aturan:bantuan.ada_asn"])
def test_the_outcome_of_a_rule(files: Folder, fact: str) -> None:
    files.write(
        "sptjm.csv",
        HEAD,
        f"{card(1)},,bst,tidak,{SIGNED}",
        f"{card(1)},,{fact},tidak,{SIGNED}",
        f"{card(2)},,{fact},ya,{SIGNED}",
    )
    run = files.run(determinations="sptjm.csv")
    assert run.programs[0].status.tolist() == [2, 2]
    assert [each.effect for each in run.determinations] == [Effect.USED, Effect.USED, Effect.CONTRADICTED]
    assert run.rests == {0: ("bst", "aturan:bantuan.ada_asn")}


def test_a_rule_that_is_determined_against_the_family(files: Folder) -> None:
    files.write("sptjm.csv", HEAD, f"{card(1)},,aturan:ada_asn,ya,{SIGNED}")
    (decisions,) = files.run(determinations="sptjm.csv").programs
    assert decisions.status.tolist() == [0, 2]
    assert decisions.facts[-1] == "member.wafat"  # what was determined of rules is a fact of the family, and not needed


def test_others_need_what_they_needed(files: Folder) -> None:
    """A determination about one family changes nothing for another."""
    files.write("anggota.csv", "kk,nik,asn,status", f"{card(2)},{nik(2)},,aktif")
    files.write("sptjm.csv", HEAD, f"{card(1)},,aturan:ada_asn,tidak,{SIGNED}")
    before, after = records(files.run(), Language.EN), records(files.run(determinations="sptjm.csv"), Language.EN)
    assert before["bantuan_needs"] == ["at most: bst; members", "member.asn"]
    assert after["bantuan_needs"] == ["bst; members", "member.asn"]
    assert after["bantuan_reasons"] == ["penerima_bst; semua_wafat", "ada_asn"]
    assert before["bantuan_reasons"] == ["penerima_bst; ada_asn; semua_wafat", "ada_asn"]


def test_without_who_why_document_or_date_it_does_not_count(files: Folder) -> None:
    rows = [f"{card(1)},,bst,tidak,,x,x,2020-10-14", f"{card(1)},,bst,tidak,x,,x,2020-10-14"]
    rows += [f"{card(1)},,bst,tidak,x,x,,2020-10-14", f"{card(1)},,bst,tidak,x,x,x,", f",,bst,tidak,{SIGNED}"]
    files.write("sptjm.csv", HEAD, *rows)
    outcome = files.decide(determinations="sptjm.csv")
    assert outcome.run is not None and outcome.exit is Exit.PARTLY
    assert family_values(outcome.run, "bst") == [None, False]
    apart = [finding for finding in outcome.run.findings if finding.severity is Severity.SET_APART]
    assert [finding.code for finding in apart] == ["statement-incomplete"] * 5
    assert [w.split(": ")[1].split()[0] for w in (f.words.en for f in apart)] == [
        "siapa",
        "alasan",
        "dokumen",
        "tanggal",
        "kk",
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{card(1)},,bstx,tidak,{SIGNED}", "determination-fact"),
        (f"{card(1)},,aturan:ada_asnn,tidak,{SIGNED}", "determination-fact"),
        (f"{card(1)},,kk,1,{SIGNED}", "determination-fact"),
        (f"{card(1)},,asn,tidak,{SIGNED}", "determination-person"),
        (f"{card(1)},,bst,x,{SIGNED}", "statement-faulty"),
        (f"{card(1)},,desil,11,{SIGNED}", "statement-faulty"),
        (f"{card(1)},,bst,tidak,a,b,c,31-02-2020", "statement-faulty"),
        (f"750101,,bst,tidak,{SIGNED}", "statement-faulty"),
        (f"{card(3)},,bst,tidak,{SIGNED}", "determination-nobody"),
        (f"{card(2)},{nik(1)},asn,tidak,{SIGNED}", "determination-nobody"),
    ],
)
def test_what_can_not_be_used_is_set_apart(files: Folder, row: str, code: str) -> None:
    files.write("sptjm.csv", HEAD, row)
    outcome = files.decide(determinations="sptjm.csv")
    assert outcome.run is not None and outcome.exit is Exit.PARTLY
    assert [f.code for f in outcome.run.findings if f.severity is Severity.SET_APART] == [code]
    assert outcome.run.rests == {}


def test_a_workbook_of_determinations(files: Folder) -> None:
    """Numbers, dates and logical values of a spreadsheet; English headers, in another order."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["date", "family card", "NIK", "fact", "value", "who", "why", "document"])
    sheet.append([date(2020, 10, 14), card(1), nik(1), "ASN", False, "Kades", "dikenal", 12])
    sheet.append([date(2020, 10, 14), card(1), None, "Menerima BST", "tidak", "Kades", "dikenal", 12])
    sheet.append([date(2020, 10, 14), card(1), None, "Desil", 3, "Kades", "dikenal", 12])
    sheet.append([date(2020, 10, 14), int(card(2)), None, "Desil", 3, "Kades", "dikenal", 12])
    book.save(files.path / "sptjm.xlsx")
    files.write("daftar.csv", "kk,alamat,desil,pkh,bst", f"{card(1)},75.01.01,,tidak,", f"{card(2)},75.04.01,2,tidak,tidak")
    run = files.run(determinations="sptjm.xlsx")
    assert [each.effect for each in run.determinations] == [Effect.USED] * 3
    assert run.programs[0].status.tolist() == [2, 2]
    assert [each.determination.value for each in run.determinations] == [False, False, 3]
    assert [f.code for f in run.findings if f.severity is Severity.SET_APART] == ["statement-faulty"]


def test_two_that_differ_are_both_set_apart(files: Folder) -> None:
    row = f"{card(1)},,bst,tidak,{SIGNED}"
    files.write("sptjm.csv", HEAD, row, row, row.replace("tidak,Kades", "ya,Kades"))
    run = files.run(determinations="sptjm.csv")
    assert family_values(run, "bst") == [None, False]
    assert codes(run).count("determinations-differ") == 2
    files.write("sptjm.csv", HEAD, row, row)
    assert family_values(files.run(determinations="sptjm.csv"), "bst") == [False, False]


def test_what_is_later_than_may_be_known(files: Folder) -> None:
    files.write("sptjm.csv", HEAD, f"{card(1)},,bst,tidak,a,b,c,2020-10-17")
    run = files.run(determinations="sptjm.csv")
    assert family_values(run, "bst") == [None, False]
    assert [each.effect for each in run.determinations] == [Effect.LATER]
    assert family_values(files.run(determinations="sptjm.csv", known=date(2020, 10, 17)), "bst") == [False, False]


def test_results_say_which_decisions_rest_on_them(files: Folder, tmp_path: Path) -> None:
    files.write("sptjm.csv", HEAD, f"{card(1)},,bst,tidak,{SIGNED}", f"{card(2)},,bst,tidak,{SIGNED}")
    run = files.run(determinations="sptjm.csv")
    assert records(run, Language.ID)["determined"] == ["bst", None]
    assert "determined" not in records(files.run(), Language.ID)
    found = summarize(run).determinations
    assert found is not None and (found.used, found.unneeded, found.decisions) == (1, 1, 1)
    assert "determinations" not in summarize(files.run()).as_json()
    write_parquet(run, tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet").column("determined").to_pylist() == ["bst", None]
    write_workbook(run, tmp_path / "x.xlsx", Language.ID)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    rows = list(book["Ketetapan"].values)
    assert rows[1] == (
        2, "••••••••••••9001", None, "Menerima BST", "tidak", "Kades Batudaa", "tidak ada di daftar", "SPTJM 12/2020",
        "2020-10-14", "dipakai",
    )  # fmt: skip
    assert rows[2][-1] == "tidak diperlukan: sudah diketahui, sama"
    assert "2 baris dibaca: 1 dipakai, 1 tidak diperlukan; 1 putusan" in "\n".join(
        str(row) for row in book["Ringkasan"].values
    )


def test_the_figures_of_the_rows_close(files: Folder) -> None:
    """Every row is in the count, also those that can't be used and those that repeat another."""
    used, known = f"{card(1)},,bst,tidak,{SIGNED}", f"{card(2)},,bst,tidak,{SIGNED}"
    other, nobody = f"{card(2)},,pkh,ya,{SIGNED}", f"{card(3)},,bst,tidak,{SIGNED}"
    rows = [used, used, known, other, nobody, ",,,,,,,", f"{card(1)},,bst,tidak,,x,x,2020-10-14"]
    rows += [f"{card(1)},,bstx,tidak,{SIGNED}", f"{card(1)},,bst,x,{SIGNED}"]
    rows += [f"{card(2)},,desil,{value},{SIGNED}" for value in (1, 3, 1)]
    files.write("sptjm.csv", HEAD, *rows)
    run = files.run(determinations="sptjm.csv")
    found = summarize(run).determinations
    assert found is not None
    assert (found.read, found.used, found.unneeded, found.contradicted, found.nobody) == (11, 1, 1, 1, 1)
    assert (found.later, found.repeated, found.unusable, found.decisions) == (0, 1, 6, 1)
    assert rests_words(run, Language.ID) == (
        "Ketetapan petugas: 11 baris dibaca: 1 dipakai, 1 tidak diperlukan, 2 tidak dipakai, 1 berulang, "
        "6 tidak dapat dipakai (disisihkan); 1 putusan bertumpu padanya"
    )
    files.write("sptjm.csv", HEAD, f"{card(1)},,bst,x,{SIGNED}")
    assert rests_words(files.run(determinations="sptjm.csv"), Language.EN) == (
        "Official determinations, rows read: 1, of these used: 0, unusable (set apart): 1; decisions that rest on them: 0"
    )


def test_an_explanation_tells_who_determined(files: Folder) -> None:
    from ejps_core.app.evaluate import Request
    from ejps_core.app.explain import explain
    from ejps_core.app.filling import Beside
    from ejps_core.app.library import core_only
    from ejps_core.reports.explanation import as_text
    from ejps_core.reports.explanation_data import as_record

    path = files.write("sptjm.csv", HEAD, f"{card(1)},,bst,tidak,{SIGNED}", f"{card(1)},,aturan:ada_asn,tidak,{SIGNED}")
    request = Request(
        str(files.path / "aturan.ejps"), files.path / "daftar.csv", date(2020, 10, 16), files.path / "anggota.csv",
        rulesets=(), beside=Beside(determinations=path),
    )  # fmt: skip
    found = explain(request, card(1), core_only())
    assert found.trace is not None and found.subject is not None
    text = as_text(found.trace, found.subject, Language.ID)
    by = "(ditetapkan: Kades Batudaa, SPTJM 12/2020, 2020-10-14)"
    assert f"aturan:bantuan.ada_asn = tidak {by}" in text.replace("\n    ", " ")
    assert f"Ditetapkan: Menerima BST = tidak {by}" in text
    record = as_record(found.trace, found.subject, Language.EN)
    assert len(record["determined"]) == 2
    other = explain(request, card(2), core_only())
    assert other.trace is not None and other.trace.determined == ()
    assert "aturan:" not in as_text(other.trace, found.subject, Language.ID)
