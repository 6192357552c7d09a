"""Whole programs in both languages: they compile without errors, and say the same."""

from pathlib import Path

import pytest

from ejps_core.dsl import compile_text
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Language
from tests.dsl.plain import errors, parents_in, plain

FOLDER = Path(__file__).parents[1] / "good"
PROGRAMS = sorted(path.name.removesuffix(".id.ejps") for path in FOLDER.glob("*.id.ejps"))


def compiled(name: str, language: Language) -> Ruleset:
    path = FOLDER / f"{name}.{language}.ejps"
    ruleset, found = compile_text(path.read_text(encoding="utf-8"), path.name, parents_in(FOLDER))
    assert errors(found) == []
    assert ruleset is not None and ruleset.surface is language
    return ruleset


def test_there_are_four() -> None:
    assert len(PROGRAMS) >= 4


@pytest.mark.parametrize("name", PROGRAMS)
def test_both_languages_say_the_same(name: str) -> None:
    assert plain(compiled(name, Language.ID)) == plain(compiled(name, Language.EN))


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_same_text_gives_the_same_rule_set(name: str) -> None:
    assert compiled(name, Language.ID) == compiled(name, Language.ID)


def test_spans_are_the_authors_text() -> None:
    """A rule's condition covers what stands in the file, from its first word to its last."""
    ruleset = compiled("lansia_sendiri", Language.ID)
    rows = ruleset.text.split("\n")
    shown = {}
    for rule in ruleset.rules:
        span = rule.condition.span
        assert span.line == span.end_line
        shown[rule.id] = rows[span.line - 1][span.column - 1 : span.end_column - 1]
    assert shown == {
        "di_luar_wilayah": 'untuk "75.01", "75.02"',
        "sendiri": "jumlah anggota = 1",
        "lansia": "semua anggota memenuhi umur >= batas_umur",
        "berpendapatan_rendah": "pendapatan < Rp1.000.000 per bulan",
        "penerima_pkh": "penerima_pkh",
    }


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    path = FOLDER / "tour.id.ejps"
    text = "\ufeff" + path.read_text(encoding="utf-8").replace("\n", "\r\n")
    ruleset, found = compile_text(text, path.name)
    assert errors(found) == []
    assert plain(ruleset) == plain(compiled("tour", Language.ID))
