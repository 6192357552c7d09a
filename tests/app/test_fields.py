"""The fields of several programs as one list of columns."""

from __future__ import annotations

from dataclasses import replace

from ejps_core.app.fields import merged
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import Choice, Code, Label, Number
from ejps_core.model.words import same
from tests.reports.sample import field, ruleset


def other(*fields: object) -> Ruleset:
    return replace(ruleset(), program="lain", family_fields=fields)  # type: ignore[arg-type]


def test_a_field_of_both_is_read_once() -> None:
    columns = merged((ruleset(), other(field("kk", "No. KK", Code(), key=True), field("umur", "Umur", Number(0, 0, 150)))))
    assert [each.name for each in columns.family] == ["kk", "alamat", "pkh", "kerja", "desil", "umur"]
    assert columns.findings == ()


def test_titles_of_answers_may_differ() -> None:
    job = Choice((Label("bentor", same("Bentor")),))
    assert merged((ruleset(), other(field("kk", "KK", Code(), key=True), field("kerja", "Kerja", job)))).findings == ()


def test_a_clash_names_both_programs_and_places() -> None:
    clash = replace(field("desil", "Desil", Number(0, 1, 4)), span=replace(field("x", "x", Code()).span, line=9))
    found = merged((ruleset(), other(field("kk", "KK", Code(), key=True), clash))).findings
    assert [each.code for each in found] == ["field-differs"]
    assert "lain" in found[0].words.en
    assert "pangan" in found[0].words.en
    assert found[0].place == clash.span
    assert found[0].why is not None


def test_blank_means_no_in_one_of_them_is_a_clash() -> None:
    pkh = replace(next(f for f in ruleset().family_fields if f.name == "pkh"), blank_is_no=True)
    assert [f.code for f in merged((ruleset(), other(field("kk", "KK", Code(), key=True), pkh))).findings] == [
        "field-differs"
    ]


def test_two_keys_do_not_go_together() -> None:
    found = merged((ruleset(), other(field("nik", "NIK", Code(), key=True)))).findings
    assert [each.code for each in found] == ["keys-differ"]
