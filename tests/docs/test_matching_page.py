"""docs/matching.md says what the code does: outcomes, points, thresholds, codes and the reckoned example."""

from __future__ import annotations

import re
from datetime import date

from ejps_core.registry.matching import queue
from ejps_core.registry.matching.births import Birth
from ejps_core.registry.matching.duplicates import Kind
from ejps_core.registry.matching.match import match
from ejps_core.registry.matching.outcomes import TITLES, Outcome, Way, code_of
from ejps_core.registry.matching.places import Place
from ejps_core.registry.matching.settings import Points, Settings
from tests.house.sources import ROOT
from tests.registry.matching.made import FATMA, but, group

PAGE = (ROOT / "docs/matching.md").read_text(encoding="utf-8")


def part(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """The cells of the table under a title, without its header."""
    lines = [line for line in part(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_outcomes_and_their_codes() -> None:
    said = {row[0]: (row[1], set(re.findall(r"`([A-Z_]+)`", "|".join(row[2:])))) for row in rows("The outcomes")}
    assert said == {
        TITLES[outcome].id: (
            TITLES[outcome].en,
            {code for way in Way for nik in (True, False) if (code := code_of(outcome, way, nik=nik))},
        )
        for outcome in Outcome
    }


def test_the_points() -> None:
    points = Points()
    births = (Birth.SAME, Birth.SWAPPED, Birth.STAND_IN, Birth.NEAR, Birth.SAME_YEAR)
    places = (Place.VILLAGE, Place.SUBDISTRICT, Place.DISTRICT)
    assert [row[1] for row in rows("The score")] == [
        f"{points.name} × likeness in percent",
        " / ".join(str(points.births[each]) for each in births),
        " / ".join(str(points.places[each]) for each in places),
        str(points.same_nik),
        str(points.same_card),
        f"{points.same_mother} / {points.other_mother}",
        str(points.other_sex),
    ]


def test_the_example() -> None:
    person = but(FATMA, nik=None, name="FATMA LIHAWA", birth=date(1985, 1, 7), region="75.01.01")
    found = match(group(person), group(FATMA)).match(0)
    sums = " + ".join(f"{each.points} ({each.words.en})" for each in found.candidates[0].parts if each.points)
    sums = sums.replace("the same", "same").replace("day and month of birth are swapped", "day and month swapped")
    assert f"{sums} = **{found.score}: {TITLES[found.outcome].id}**" in PAGE


def test_the_thresholds() -> None:
    settings = Settings()
    said = {row[0].strip("`"): row[1] for row in rows("Thresholds")}
    assert said.pop("births_same") == "same, swapped, stand-in"
    assert settings.births_same == (Birth.SAME, Birth.SWAPPED, Birth.STAND_IN)
    assert said == {name: str(getattr(settings, name)) for name in said}
    assert set(said) == {"name_same", "name_other", "accept", "doubt", "margin", "shown"}


def test_the_codes_of_answers_and_duplicates() -> None:
    answers = {each.code for name, each in vars(queue).items() if name.startswith("_") and hasattr(each, "code")}
    assert {row[0].strip("`") for row in rows("The queue")} == answers
    assert {row[0].strip("`") for row in rows("Who stands twice")} == {kind.value for kind in Kind}
