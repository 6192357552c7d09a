"""Reasons and explanations assert nothing that isn't so; columns stand in the report's order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from ejps_core.model.ruleset import ReportColumn, Rule, RuleKind, Verdict
from ejps_core.model.trace import BenefitTrace, RuleTrace, Step
from ejps_core.model.words import Language, Words, same
from ejps_core.reports.explanation import as_text
from ejps_core.reports.words import Told, reason_words
from ejps_core.reports.workbook import write_workbook
from tests.reports.sample import HERE, ruleset, run
from tests.reports.test_explanation import SUBJECT, trace

MESSAGE = Words("Sudah menerima PKH.", "Already gets PKH.")


def about(kind: RuleKind, *, message: bool) -> Rule:
    return replace(ruleset().rules[0], kind=kind, message=MESSAGE if message else None)


@pytest.mark.parametrize(
    ("kind", "message", "told", "id_words", "en_words"),
    [
        (RuleKind.REQUIRE, False, Told.FAILED, "tidak terpenuhi: Penerima PKH", "not met: Penerima PKH (en)"),
        (RuleKind.REFUSE, False, Told.FAILED, "gugur: Penerima PKH", "refused: Penerima PKH (en)"),
        (RuleKind.REFUSE, True, Told.FAILED, "Sudah menerima PKH.", "Already gets PKH."),
        (RuleKind.REFUSE, True, Told.UNKNOWN, "belum diketahui: Penerima PKH", "unknown: Penerima PKH (en)"),
        (RuleKind.REFUSE, True, Told.PERHAPS, "gugur: Penerima PKH", "refused: Penerima PKH (en)"),
    ],
)
def test_a_reason_says_no_more_than_is_known(
    kind: RuleKind, message: bool, told: Told, id_words: str, en_words: str
) -> None:
    rule = replace(about(kind, message=message), title=Words("Penerima PKH", "Penerima PKH (en)"))
    assert reason_words(rule, told, Language.ID) == id_words
    assert reason_words(rule, told, Language.EN) == en_words


def test_an_open_amount_shows_its_ends_and_instalments() -> None:
    made = trace(Verdict.ELIGIBLE)
    twice = replace(made.benefits[0].benefit, instalments=2)
    paid = BenefitTrace(twice, 120_000, 120_000, 120_000, (), ())
    said = as_text(replace(made, benefits=(paid,), phase=3), SUBJECT, Language.ID)
    assert "2 × Rp60.000 = Rp120.000" in said
    assert "Tahap: 3" in said
    assert "Tanggal penetapan: 2020-10-16" in said
    opened = replace(made, benefits=(paid, BenefitTrace(twice, None, 0, 60_000, (), ())))
    assert "Jumlah bantuan: belum pasti, Rp120.000 sampai Rp180.000" in as_text(opened, SUBJECT, Language.ID)
    endless = replace(made, benefits=(BenefitTrace(twice, None, 10, None, (), ()),))
    assert "Amount: open, at least Rp10" in as_text(endless, SUBJECT, Language.EN)


def test_a_rule_that_holds_tells_its_facts_and_a_tree_is_told_once() -> None:
    made = trace(Verdict.ELIGIBLE)
    rules = made.ruleset.rules
    inner = replace(HERE, column=5, end_column=9)
    steps = (
        Step(0, "umur >= 60", Words("ya", "yes"), HERE),
        Step(1, "umur", same("60"), inner),
        Step(2, "lahir", same("1960-07-01"), inner, "lahir"),
    )
    held = RuleTrace(rules[0], True, steps)
    assert "    umur = 60; lahir = 1960-07-01" in as_text(replace(made, rules=(held,)), SUBJECT, Language.ID)
    failed = RuleTrace(rules[1], False, steps)
    paid = replace(made.benefits[0], steps=steps)
    said = as_text(replace(made, rules=(failed,), benefits=(paid,)), SUBJECT, Language.ID)
    assert said.count("lahir = 1960-07-01") == 1
    assert "umur >= 60 = ya (lihat di atas)" in said


def test_columns_stand_as_the_report_writes_them(tmp_path: Path) -> None:
    of = run()
    first = of.programs[0]
    columns = tuple(ReportColumn(name, masked=False) for name in ("status", "desil", "amount", "kk"))
    write_workbook(
        replace(of, programs=(replace(first, ruleset=replace(first.ruleset, columns=columns)),)),
        tmp_path / "x.xlsx",
        Language.ID,
    )
    header, row, *_ = openpyxl.load_workbook(tmp_path / "x.xlsx")["pangan"].values
    assert header[:5] == ("Baris", "Status", "Desil", "Jumlah bantuan", "Kisaran jumlah")
    assert header[7:] == ("Nomor KK", "Tahap", "Alasan", "Data yang masih diperlukan", "Peringkat", "Terpilih", "Cadangan")
    assert row[2] == 1
