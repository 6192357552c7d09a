"""Cases made by hand for what random ones meet too seldom: exact halves, leap days, ends of months, negative quotients."""

from __future__ import annotations

from datetime import date
from itertools import product

from ejps_core.dsl import compile_text
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import Family
from tests.conformance.compare import Case

RULES = """ejps 1 en
program pointed "Pointed"
    decides family
    in force 2019-01-01 until 2024-12-31
    under "assumption: test"
    currency IDR
    leap day birthday {leap} {month}

family has
    kk 1..1000 key
    born date of birth
    score -9..9
    day date

members have
    born_on date of birth

require grown "Grown"
    age >= 21
require recent "Recent"
    day + 1 months <= 2021-02-28 or day + 1 years < 2021-03-01
require whole "Whole"
    round down (score / 2) to 1 >= 0 - 4 and round half up (score / 2) to 1 != 3 and round up (score / 2) to 1 < 9

pay aid "Aid"
    round half up ((score + 9) / 2 * Rp 1) to Rp 1
"""

DAYS = ("2000-02-28", "2000-02-29", "2000-03-01", "2001-02-28")
AROUND = ("2020-02-28", "2020-02-29", "2021-01-28", "2021-01-31", "2021-02-01")


def pointed_cases() -> list[Case]:
    """Every leap-day rule on each side of the day, with every combination of pointed facts."""
    cases = []
    for leap, on in product(((28, "february"), (1, "march")), ("2021-02-28", "2021-03-01", "2024-02-29")):
        ruleset, findings = compile_text(RULES.format(leap=leap[0], month=leap[1]), "pointed.ejps")
        assert ruleset is not None, findings
        as_of = AsOf(_day(on), _day(on))
        cases.append(Case(ruleset, as_of, _families()))
    return cases


def _families() -> tuple[Family, ...]:
    facts = product(DAYS, range(-9, 10, 3), AROUND)
    return tuple(
        Family({"kk": number, "born": _day(born), "score": score, "day": _day(day)}, ({"born_on": _day(born)},))
        for number, (born, score, day) in enumerate(facts, start=1)
    )


def _day(text: str) -> int:
    return day_number(date.fromisoformat(text))
