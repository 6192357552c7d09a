"""The workload as a tax-benefit system of OpenFisca: persons, households, and formulas over whole columns.

OpenFisca has no unknown values and no logic for them: `decile_known` and `monthly_income_known` are variables of their own,
and the two masks of each program are formulas. Age is the formula of its country template, the four largest components
use its `get_rank`, and the ranking in a district is plain NumPy within a formula (a district is not an entity here).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.model_api import DAY, ETERNITY, Variable, select, where
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from tests.bench.workloads import FOOD, HOUSE, TOPUP, VERDICTS

BEST = 500
PERSON = build_entity(key="person", plural="persons", label="a member", is_person=True)
HOUSEHOLD = build_entity(
    key="household",
    plural="households",
    label="a household",
    roles=[{"key": "member", "plural": "members", "label": "a member"}],
)
AMOUNTS: dict[str, int | str] = {FOOD: 600_000, TOPUP: "components", HOUSE: 20_000_000}

Formula = Callable[[Any, Any], Any]


def _choice(name: str, *texts: str) -> Any:
    return Enum(name, {text: text for text in texts})


SCHOOL = _choice("School", "none", "sd", "smp", "sma")
DISABILITY = _choice("Disability", "none", "mild", "severe")
DISTRICT = _choice("District", "d7501", "d7502", "d7503", "d7504", "d7505", "d7571")
ROOF = _choice("Roof", "concrete", "tile", "zinc", "thatch")
WALL = _choice("Wall", "brick", "wood", "bamboo")
FLOOR = _choice("Floor", "ceramic", "cement", "wood", "earth")
OWNERSHIP = _choice("Ownership", "own", "rent", "free")
CIVIL = _choice("Civil", "active", "moved", "deceased")
STATUS = _choice("Status", *VERDICTS)
MEMBER_TEXTS = {"school": SCHOOL, "disability": DISABILITY}
TEXTS = {
    "district": DISTRICT,
    "roof": ROOF,
    "wall": WALL,
    "floor": FLOOR,
    "ownership": OWNERSHIP,
    "civil_status": CIVIL,
}
FLAGS = ("in_dtks", "receives_pkh", "receives_bpnt", "received_rtlh")
OUTPUTS = [f"{p}_{part}" for p in AMOUNTS for part in ("status", "failed", "unknown", "amount")] + [f"{HOUSE}_selected"]


def age(person: Any, period: Any) -> Any:
    """Whole years completed."""
    birth = person("birth", period)
    month_begins = birth.astype("datetime64[M]")
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    month = month_begins.astype(int) % 12 + 1
    day = (birth - month_begins + 1).astype(int)
    past = (month < period.start.month) | ((month == period.start.month) & (day <= period.start.day))
    return where(past, period.start.year - year, period.start.year - year - 1)


def component(person: Any, period: Any) -> Any:
    """The first component that fits."""
    years, school = person("age", period), person("school", period)
    return select(
        [
            person("pregnant", period),
            years <= 6,
            person("disability", period) == DISABILITY.severe,
            years >= 60,
            school == SCHOOL.sma,
            school == SCHOOL.smp,
            school == SCHOOL.sd,
        ],
        [750_000, 750_000, 600_000, 600_000, 500_000, 375_000, 225_000],
        default=0,
    )


def counted_component(person: Any, period: Any) -> Any:
    """A member's component if it is among the four largest of the household."""
    amount = person("component", period)
    return where(person.get_rank(person.household, -amount) < 4, amount, 0)


def bits(*terms: tuple[int, Any]) -> Any:
    """A mask."""
    return sum(term.astype(np.int32) << i for i, term in terms)


def food_failed(h: Any, p: Any) -> Any:
    """The rules of program 1 that are false."""
    much = h("monthly_income_known", p) & (h("monthly_income", p) > 400_000 * h("household_size", p))
    other = h("receives_pkh", p) | h("receives_bpnt", p)
    return bits((0, ~h("in_dtks", p)), (1, h("not_poor", p)), (2, other), (3, h("inactive", p)), (4, much))


def topup_failed(h: Any, p: Any) -> Any:
    """The rules of program 2 that are false."""
    none = h("components", p) == 0
    return bits((0, ~h("receives_pkh", p)), (1, h("inactive", p)), (2, h("not_poor", p)), (3, none))


def house_failed(h: Any, p: Any) -> Any:
    """The rules of program 3 that are false."""
    roof, wall, floor = h("roof", p), h("wall", p), h("floor", p)
    bad = (
        ((roof == ROOF.zinc) | (roof == ROOF.thatch)).astype(int)
        + ((wall == WALL.wood) | (wall == WALL.bamboo))
        + ((floor == FLOOR.wood) | (floor == FLOOR.earth))
        + (h("floor_area", p) * 10 < 72 * h("household_size", p))
    )
    rented = h("ownership", p) != OWNERSHIP.own
    return bits((0, h("not_poor", p)), (1, rented), (2, h("received_rtlh", p)), (3, h("inactive", p)), (4, bad < 2))


def selected(h: Any, p: Any) -> Any:
    """The best of each district."""
    rows = np.flatnonzero(h(f"{HOUSE}_status", p) == STATUS.eligible)
    district = np.asarray(h("district", p))[rows]
    ratio = h("floor_area", p)[rows] / h("household_size", p)[rows]
    order = np.lexsort((h("household_number", p)[rows], ratio, h("decile", p)[rows], district))
    district = district[order]
    place = np.arange(len(order)) - np.searchsorted(district, district)
    chosen = np.zeros(h.count, bool)
    chosen[rows[order[place < BEST]]] = True
    return chosen


def status_of(program: str) -> Formula:
    """The verdict from the two masks."""
    return lambda h, p: select(
        [h(f"{program}_failed", p) > 0, h(f"{program}_unknown", p) > 0],
        [STATUS.ineligible, STATUS.undetermined],
        default=STATUS.eligible,
    )


def amount_of(program: str, amount: int | str) -> Formula:
    """The amount where eligible, else 0."""
    return lambda h, p: where(
        h(f"{program}_status", p) == STATUS.eligible, amount if isinstance(amount, int) else h(amount, p), 0
    )


def _add(system: Any, name: str, entity: Any, kind: type, formula: Formula | None = None, choice: Any = None) -> None:
    body = {"value_type": kind, "entity": entity, "label": name, "definition_period": DAY if formula else ETERNITY}
    if choice is not None:
        body |= {"possible_values": choice, "default_value": next(iter(choice))}
    if formula is not None:
        body["formula"] = formula
    system.add_variable(type(name, (Variable,), body))


def _add_facts(system: Any) -> None:
    for name, choice in MEMBER_TEXTS.items():
        _add(system, name, PERSON, Enum, choice=choice)
    for name, choice in TEXTS.items():
        _add(system, name, HOUSEHOLD, Enum, choice=choice)
    _add(system, "birth", PERSON, datetime.date)
    _add(system, "pregnant", PERSON, bool)
    for name in (*FLAGS, "decile_known", "monthly_income_known"):
        _add(system, name, HOUSEHOLD, bool)
    for name in ("decile", "floor_area", "household_number", "monthly_income"):
        _add(system, name, HOUSEHOLD, int)


def made() -> Any:
    """The system with its facts and formulas."""
    system = TaxBenefitSystem([PERSON, HOUSEHOLD])
    _add_facts(system)
    for name, formula in (("age", age), ("component", component), ("counted_component", counted_component)):
        _add(system, name, PERSON, int, formula)
    _add(system, "components", HOUSEHOLD, int, lambda h, p: h.sum(h.members("counted_component", p)))
    _add(system, "household_size", HOUSEHOLD, int, lambda h, p: h.nb_persons())
    _add(system, "not_poor", HOUSEHOLD, bool, lambda h, p: h("decile_known", p) & (h("decile", p) > 4))
    _add(system, "inactive", HOUSEHOLD, bool, lambda h, p: h("civil_status", p) != CIVIL.active)
    failed = {FOOD: food_failed, TOPUP: topup_failed, HOUSE: house_failed}
    decile_at = {FOOD: 1, TOPUP: 2, HOUSE: 0}
    for program, amount in AMOUNTS.items():
        _add(system, f"{program}_failed", HOUSEHOLD, int, failed[program])
        _add(system, f"{program}_unknown", HOUSEHOLD, int, _unknown(decile_at[program], program == FOOD))
        _add(system, f"{program}_status", HOUSEHOLD, Enum, status_of(program), STATUS)
        _add(system, f"{program}_amount", HOUSEHOLD, int, amount_of(program, amount))
    _add(system, f"{HOUSE}_selected", HOUSEHOLD, bool, selected)
    return system


def _unknown(decile: int, income: bool) -> Formula:
    """The rules that are unknown: the one on the decile, and in program 1 the one on the income."""
    if income:
        return lambda h, p: bits((decile, ~h("decile_known", p)), (4, ~h("monthly_income_known", p)))
    return lambda h, p: bits((decile, ~h("decile_known", p)))
