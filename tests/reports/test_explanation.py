"""An explanation: verdict first, the author's text with values, nobody's number but the one asked for."""

from __future__ import annotations

from dataclasses import replace

from ejps_core.model.ruleset import Verdict
from ejps_core.model.trace import BenefitTrace, RuleTrace, Step, Trace
from ejps_core.model.words import Language, Words, same
from ejps_core.reports.explanation import Subject, as_text
from ejps_core.reports.explanation_data import as_record
from tests.reports.sample import HERE, KEYS, ON, ruleset

OTHER = "7501014107859002"
SUBJECT = Subject(KEYS[0], (OTHER, None), KEYS[0], 12, "daftar.xlsx", ON, ON)


def trace(verdict: Verdict = Verdict.INELIGIBLE) -> Trace:
    rules = ruleset()
    steps = (
        Step(0, "menerima_pkh", Words("ya", "yes"), HERE, "pkh"),
        Step(1, "status", same("aktif"), HERE, "member.status", 1),
    )
    benefit = rules.benefits[0]
    eligible = verdict is Verdict.ELIGIBLE
    return Trace(
        ruleset=rules,
        verdict=verdict,
        rules=(
            RuleTrace(rules.rules[1], True, ()),
            RuleTrace(rules.rules[0], None if eligible else False, steps),
        ),
        benefits=(
            BenefitTrace(
                benefit,
                178_150 if eligible else None,
                0,
                None,
                (),
                (("provinsi", 106_890), ("kabupaten", 71_260)) if eligible else (),
            ),
        ),
        needs=() if eligible else (Words("Menerima PKH", "Receives PKH"),),
        at_most=True,
        one_of=False,
        parameters=(("nilai", same("Rp178.150"), "asumsi: contoh"),),
        assumed=(Words(f"{OTHER} dianggap 0", f"{OTHER} taken as 0"),),
    )


def test_the_verdict_comes_first_and_failed_rules_before_the_others() -> None:
    said = as_text(trace(), SUBJECT, Language.ID)
    lines = said.splitlines()
    assert lines[0] == "TIDAK MEMENUHI SYARAT"
    assert "Keluarga 7501010101209001 · daftar.xlsx, baris 12" in said
    assert said.index("✗ gugur bila penerima_pkh – Penerima PKH: gugur") < said.index("✓ gugur bila mampu")
    assert "    dasar hukum: Perbup 17/2020" in said
    assert "    menerima_pkh = ya" in said
    assert "      status [anggota 1 ••••••••••••9002] = aktif" in said
    assert "paling banyak:" in said
    assert "asumsi: contoh (!)" in said


def test_only_the_number_that_was_asked_for_is_shown() -> None:
    assert OTHER not in as_text(trace(), SUBJECT, Language.EN)
    by_member = replace(SUBJECT, asked=OTHER)
    said = as_text(trace(), by_member, Language.ID)
    assert OTHER in said
    assert KEYS[0] not in said
    record = as_record(trace(), SUBJECT, Language.ID)
    assert OTHER not in str(record)
    assert record["family"] == KEYS[0]


def test_amounts_and_shares() -> None:
    said = as_text(trace(Verdict.ELIGIBLE), SUBJECT, Language.ID)
    assert "Jumlah bantuan: Rp178.150" in said
    assert "    provinsi: Rp106.890" in said
    assert as_record(trace(Verdict.ELIGIBLE), SUBJECT, Language.EN)["benefits"][0]["amount"] == 178_150


def test_later_data_are_labelled() -> None:
    assert "data terbaru" in as_text(trace(), replace(SUBJECT, known=ON + 1), Language.ID)
