"""Rule texts as they are shown: highlighted to the letter, every rule with a sentence in both languages."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from ejps_core.app.library import installed
from ejps_core.app.program_told import ProgramTold, program_told
from ejps_core.app.program_view import programs
from ejps_core.authoring.meanings import meanings, told
from ejps_core.dsl import compile_text
from ejps_core.dsl.printing.highlighting import Kind, highlighted
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Language
from ejps_core.reports.assumptions import is_assumption
from tests.house.sources import ROOT

GOOD = [
    path
    for path in sorted((ROOT / "tests" / "good").glob("*.ejps"))
    if not re.search(r"^(?:ketentuan|ruleset) ", path.read_text(encoding="utf-8"), re.MULTILINE)
]
ALL = [each.id for each in programs(installed()) if each.broken is None]


def whole(id: str, language: Language) -> ProgramTold:
    found = program_told(id, language, installed())
    assert isinstance(found, ProgramTold)
    return found


def written(ruleset: Ruleset) -> set[str]:
    """The rules that the text names; those of areas, other programs and one award each are said by their lines."""
    named = re.findall(
        r"^(?:ganti |replace )?(?:syarat|gugur bila|require|refuse(?: if)?) (\w+)", ruleset.text, re.MULTILINE
    )
    return {rule.id for rule in ruleset.rules} & set(named)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_the_pieces_are_the_text_and_no_word_is_without_a_kind(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ruleset, _ = compile_text(text, path.name)
    assert ruleset is not None
    rows = highlighted(text)
    assert "\n".join("".join(piece.text for piece in row) for row in rows) == text
    assert all(not piece.text.strip() for row in rows for piece in row if piece.kind is Kind.BLANK)
    statements = meanings(text, ruleset)
    assert all(one.last < other.first for one, other in pairwise(statements))
    said = {each.name: told(each.sayings[0].phrase) for each in statements if each.name}
    assert set(said) >= written(ruleset) | {each.id for each in ruleset.benefits}
    assert all(said.values())


@pytest.mark.parametrize("id", ALL)
def test_every_program_is_told_in_both_languages_and_its_examples_come_out(id: str) -> None:
    for language in Language:
        found = whole(id, language)
        assert found.surface is language and found.refused is None
        named = {each.name for each in found.statements}
        assert named >= written(found.ruleset)
        assert all(each.outcome.verdict is not None and each.outcome.failed is None for each in found.examples)
        assert len(found.examples) == len(found.ruleset.examples)


def test_a_rule_is_told_in_the_authors_words_with_titles_for_names() -> None:
    own = {each.name: each for each in whole("jps_food_aid", Language.ID).statements}
    rule = own["tidak_dtks"]
    assert [(each.lead.id, told(each.phrase)) for each in rule.sayings] == [
        ("Berhak hanya bila", "Terdaftar di DTKS atau Pekerjaan terdampak pandemi, dengan surat keterangan desa")
    ]
    assert rule.message is not None and rule.message.id.startswith("Keluarga tidak terdaftar di DTKS")
    english = {each.name: each for each in whole("jps_food_aid", Language.EN).statements}
    assert told(english["asn_tni_polri"].sayings[0].phrase) == "any member where Civil servant, soldier or police"
    assert told(own["ada_yang_hadir"].sayings[0].phrase) == (
        "Status kepala keluarga adalah Aktif atau ada anggota yang Hidup dan tinggal di provinsi"
    )
    assert told(own["sudah_wafat"].sayings[0].phrase).endswith(
        "(Tanggal meninggal belum diketahui atau Tanggal meninggal tidak melebihi tanggal penetapan)"
    )


def test_amounts_say_their_date_and_source_and_what_is_assumed() -> None:
    found = whole("jps_food_aid", Language.ID)
    assert [(each.since, each.value.id) for each in found.parameters[0].values] == [("2020-04-28", "Rp178.150 per tahap")]
    assert not found.parameters[0].values[0].assumed and found.assumed
    district = whole("jps_tahap_3_pohuwato", Language.ID)
    quota = next(each for each in district.parameters if each.name == "kuota_tahap_3")
    assert quota.values[0].assumed and is_assumption(quota.values[0].source)
    housing = whole("bsps_2022", Language.ID)
    assert {each.name for each in housing.changes} >= {"luas_minimum", "bantuan", "tidak_dtks"}
    assert "tidak_dtks" not in {each.name for each in housing.statements}


def test_what_decides_without_a_name_is_told_too() -> None:
    one, others = (lines_of(name) for name in ("paket_sekali.id", "tabel_dan_tarif.id"))
    assert one["_PROGRAM"] == ["satu tiap Nomor KK, NIK"]
    assert others["_OTHER_PROGRAMS"][0] == 'Menerima PKH "PKH" sumber siks_ng tidak boleh bersama'


def lines_of(name: str) -> dict[str, list[str]]:
    """What each kind of statement of a good file says, by the keyword that it begins with."""
    text = (ROOT / f"tests/good/{name}.ejps").read_text(encoding="utf-8")
    ruleset, _ = compile_text(text, name)
    assert ruleset is not None
    return {each.opener: [told(said.phrase) for said in each.sayings] for each in meanings(text, ruleset)}
