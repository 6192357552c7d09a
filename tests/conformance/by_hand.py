"""Rule sets and expressions built by hand, for tests of the reference alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ejps_core.model import expr as e
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import Family, Value
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Comparison, Level
from ejps_core.model.ruleset import Benefit, Field, LeapRule, Rule, RuleKind, Ruleset
from ejps_core.model.span import Span
from ejps_core.model.types import Choice, Code, Date, Label, Number, Per, Quotient, Region, Type, YesNo
from ejps_core.model.words import Language, same

SPAN = Span("by_hand.ejps", 1, 1, 1, 1)
YES_NO, COUNT = YesNo(), Number(0, 0, 1000)
MONEY = Number(0, 0, 10**12, Per.ONCE)
DATE, BIRTH = Date(-25567, 84005), Date(-25567, 84005, birth=True)
STATUS = Choice(tuple(Label(name, same(name)) for name in ("a", "b", "c")))
LEVELS = {Level.FAMILY: "", Level.MEMBER: "m_"}
TYPES: dict[str, Type] = {
    **{f"yes{i}": YES_NO for i in range(4)},
    **{f"number{i}": COUNT for i in range(4)},
    **{f"signed{i}": Number(0, -100, 100) for i in range(2)},
    **{f"money{i}": MONEY for i in range(2)},
    "day": DATE,
    "birth": BIRTH,
    "status": STATUS,
    "region": Region(),
    "code": Code(),
}
"""Every fact that the tests may name; those of members begin with m_."""


def day(text: str) -> int:
    """The day number of a date."""
    return day_number(date.fromisoformat(text))


ON = AsOf(day("2020-10-16"), day("2020-10-16"))


def fact(name: str) -> e.FieldRef:
    """A fact of the family, or with m_ in front of the member at hand."""
    level = Level.MEMBER if name.startswith("m_") else Level.FAMILY
    return e.FieldRef(name=name, level=level, type=TYPES[name.removeprefix("m_")], span=SPAN)


def number(value: int, scale: int = 0, per: Per | None = None) -> e.Literal:
    """A number in units of 10**-scale."""
    return e.Literal(value=value, type=Number(scale, value, value, per), span=SPAN)


def compare(left: Expr, how: str, right: Expr) -> e.Compare:
    """A comparison."""
    return e.Compare(how=Comparison(how), left=left, right=right, type=YES_NO, span=SPAN)


def every(*items: Expr) -> e.And:
    """All of these."""
    return e.And(items=items, type=YES_NO, span=SPAN)


def some(*items: Expr) -> e.Or:
    """One of these."""
    return e.Or(items=items, type=YES_NO, span=SPAN)


def negation(item: Expr) -> e.Not:
    """Not this."""
    return e.Not(item=item, type=YES_NO, span=SPAN)


def case(guard: Expr, value: Expr, otherwise: Expr) -> e.Case:
    """if guard then value otherwise …"""
    return e.Case(branches=((guard, value),), otherwise=otherwise, type=value.type, span=SPAN)


def quotient(top: Expr, bottom: Expr) -> e.Divide:
    """top / bottom."""
    assert isinstance(top.type, Number) and isinstance(bottom.type, Number)
    return e.Divide(left=top, right=bottom, type=Quotient(top.type, bottom.type), span=SPAN)


def rule(condition: Expr, name: str = "rule", refuse: bool = False) -> Rule:
    """A rule."""
    return Rule(name, RuleKind.REFUSE if refuse else RuleKind.REQUIRE, same(name), condition, SPAN)


def benefit(amount: Expr, instalments: int = 1, only_if: Expr | None = None) -> Benefit:
    """A benefit."""
    return Benefit("aid", same("aid"), amount, instalments, SPAN, only_if=only_if)


def _fields(level: Level) -> tuple[Field, ...]:
    names = [(LEVELS[level] + name, kind) for name, kind in TYPES.items()]
    return tuple(Field(name, same(name), kind, level, SPAN, key="code" in name) for name, kind in names)


EMPTY = Ruleset(
    program="by_hand",
    title=same("by hand"),
    surface=Language.EN,
    first=day("2020-01-01"),
    last=day("2021-12-31"),
    legal=(),
    currency="IDR",
    minor_digits=0,
    leap_rule=LeapRule.FEBRUARY_28,
    areas=(),
    calendars=(),
    decided_each_phase=False,
    least_members=1,
    family_fields=_fields(Level.FAMILY),
    member_fields=_fields(Level.MEMBER),
    parameters=(),
    definitions=(),
    rules=(),
    benefits=(),
    choose=None,
    columns=(),
    totals=(),
    examples=(),
    thresholds=(),
    path="by_hand.ejps",
    text="",
    digest="",
)


def ruleset(*rules: Rule, **changes: object) -> Ruleset:
    """A rule set with these rules; `changes` replaces other parts of it."""
    return replace(EMPTY, rules=rules, **changes)  # type: ignore[arg-type]


def family(*members: Mapping[str, Value], **values: Value) -> Family:
    """A family; what isn't given is unknown."""
    return Family(values, members)
