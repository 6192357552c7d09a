"""Numbers and dates in both languages; what could be misread by a factor of a thousand is refused with a fix."""

import pytest

from ejps_core.dsl import numbers
from ejps_core.dsl.numbers import figure
from ejps_core.model.calendar import day_of
from ejps_core.model.words import Language

ID, EN = Language.ID, Language.EN


@pytest.mark.parametrize(
    ("chunk", "language", "value", "digits"),
    [
        ("0", ID, 0, 0),
        ("178150", ID, 178150, 0),
        ("178.150", ID, 178150, 0),
        ("1.640.000", ID, 1640000, 0),
        ("7,2", ID, 72, 1),
        ("7,20", ID, 720, 2),
        ("0,288", ID, 288, 3),
        ("1.234,567", ID, 1234567, 3),
        ("12,5000", ID, 125000, 4),
        ("178_150", EN, 178150, 0),
        ("7.2", EN, 72, 1),
        ("0.288", EN, 288, 3),
        ("1_234.567", EN, 1234567, 3),
    ],
)
def test_read(chunk: str, language: Language, value: int, digits: int) -> None:
    assert figure(chunk, language) == numbers.Figure(value, digits)


@pytest.mark.parametrize(
    ("chunk", "language", "code", "instead"),
    [
        ("7,250", ID, "number-ambiguous", "7.250"),
        ("178.150", EN, "number-ambiguous", "178_150"),
        ("178_150", ID, "number-writing", "178.150"),
        ("178,150", EN, "number-writing", "178_150"),
        ("1.640.000", EN, "number-writing", "1_640_000"),
        ("178.15", ID, "number-groups", "178,15"),
        ("75.01", ID, "number-groups", "75,01"),
        ("1.64.000", ID, "number-groups", None),
        ("12_34", EN, "number-groups", "12.34"),
        ("1" * 19, ID, "number-too-long", None),
    ],
)
def test_refused(chunk: str, language: Language, code: str, instead: str | None) -> None:
    problem = figure(chunk, language).problem
    assert problem is not None
    assert (problem.code, problem.instead) == (code, instead)
    if instead is not None:
        assert figure(instead, language).problem is None


@pytest.mark.parametrize("text", ["2020-04-1", "2020-4-01", "1-4-2020", "01/04/2020", "1.4.2020"])
def test_other_dates_are_refused_with_the_right_one(text: str) -> None:
    match = numbers.DATE_LIKE.match(text) or numbers.DATE_TURNED.match(text)
    assert match
    read = numbers.day(match)
    assert read.problem is not None and read.problem.instead == "2020-04-01"
    assert day_of(read.number).isoformat() == "2020-04-01"


def test_a_leap_day_is_a_date_in_leap_years_only() -> None:
    for text, fine in (("2020-02-29", True), ("2021-02-29", False)):
        match = numbers.DATE_LIKE.match(text)
        assert match
        assert (numbers.day(match).problem is None) is fine
