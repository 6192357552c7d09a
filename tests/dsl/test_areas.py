"""The areas of the header decide: as a rule before the author's own."""

from dataclasses import replace

import pytest

from ejps_core.dsl import compile_text
from ejps_core.dsl.check.phases import covered
from ejps_core.model.expr import FieldRef, InArea, Not
from ejps_core.model.ruleset import Calendar, RuleKind, Ruleset
from ejps_core.model.span import Span
from ejps_core.model.words import Words
from tests.dsl.plain import HEAD, PAY, errors

RULE = "\nsyarat aturan\n    desil <= 4\n"
SPAN = Span("x.ejps", 1, 1, 1, 1)


def compiled(head: str) -> tuple[Ruleset | None, list[str]]:
    ruleset, found = compile_text(head + PAY + RULE, "x.ejps")
    assert errors(found) == []
    return ruleset, [finding.code for finding in found]


def test_the_areas_are_the_first_rule() -> None:
    ruleset, codes = compiled(HEAD.replace("    mata uang IDR", '    untuk "75.01", "75.71"\n    mata uang IDR'))
    assert ruleset is not None and "areas-unchecked" not in codes
    first, own = ruleset.rules
    assert (first.id, first.kind, own.id) == ("di_luar_wilayah", RuleKind.REFUSE, "aturan")
    assert first.title == Words("Di luar wilayah program", "Outside the program's area")
    assert isinstance(first.condition, Not) and isinstance(first.condition.item, InArea)
    inside = first.condition.item
    assert inside.areas == ("75.01", "75.71")
    assert isinstance(inside.item, FieldRef) and inside.item.name == "alamat"
    row = ruleset.text.split("\n")[first.span.line - 1]
    assert row[first.span.column - 1 : first.span.end_column - 1] == 'untuk "75.01", "75.71"'


def test_without_areas_or_without_a_region_there_is_no_such_rule() -> None:
    ruleset, codes = compiled(HEAD)
    assert ruleset is not None and [rule.id for rule in ruleset.rules] == ["aturan"] and "areas-unchecked" not in codes
    head = HEAD.replace("    mata uang IDR", '    untuk "75"\n    mata uang IDR').replace("    alamat wilayah\n", "")
    ruleset, codes = compiled(head)
    assert ruleset is not None and [rule.id for rule in ruleset.rules] == ["aturan"] and "areas-unchecked" in codes


@pytest.mark.parametrize("statement", ["syarat di_luar_wilayah\n    desil > 1\n", "berikan di_luar_wilayah\n    Rp1\n"])
def test_its_id_is_reserved(statement: str) -> None:
    _, found = compile_text(HEAD + PAY + RULE + statement, "x.ejps")
    assert errors(found) == ["name-reserved"]


def test_an_example_may_name_it() -> None:
    head = HEAD.replace("    mata uang IDR", '    untuk "75"\n    mata uang IDR')
    tried = (
        'contoh "di luar"\n    keluarga alamat = "71.01", desil = 1\n    pada 2020-02-02\n'
        "    maka tidak memenuhi syarat karena di_luar_wilayah\n"
    )
    assert errors(compile_text(head + PAY + RULE + tried, "x.ejps")[1]) == []


@pytest.mark.parametrize(
    ("areas", "plans", "whole"),
    [
        (["75.01"], [["75"]], True),
        (["75.01", "75.71"], [["75.01"], ["75.71"]], True),
        (["75"], [["75.01"], ["75.71"]], False),
        (["75.011"], [["75.01"]], False),
        ([], [["75"]], False),
        ([], [["75"], []], True),
    ],
)
def test_the_phases_of_some_areas_are_enough_if_the_program_is_for_these(
    areas: list[str], plans: list[list[str]], whole: bool
) -> None:
    general = Calendar((), (), "asumsi: contoh", SPAN)
    assert covered(areas, [replace(general, areas=tuple(plan)) for plan in plans]) is whole


def test_phases_by_area_without_a_general_calendar() -> None:
    plan = '    jadwal tahap di wilayah "75" sumber "x"\n        1 mulai 2020-01-01 sampai 2020-12-31\n'
    head = HEAD.replace("    mata uang IDR", f'    ditetapkan tiap tahap\n{plan}    untuk "75.01"\n    mata uang IDR')
    ruleset, _ = compile_text(head + PAY + "\nsyarat aturan\n    diusulkan < awal tahap ini\n", "x.ejps")
    assert ruleset is not None and all(calendar.areas for calendar in ruleset.calendars)
