"""Functions of a text fact (an answer of a choice, a region code) as SQL; they know unknown texts, so they are total."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from ejps_core.engine.places import lies_in
from ejps_core.engine.plan import Lookup
from ejps_core.engine.sql.dialect import Dialect
from ejps_core.model.ruleset import Calendar

NOWHERE = "-"
"""Part of a code that no region has: stands for all codes that no rule names."""


def text_function(column: str, whole: bool, lookup: Lookup, dialect: Dialect) -> str:
    """A lookup of the plan on a column; `whole`: the column has no nulls."""
    match cast(Any, lookup.name):
        case ("among", frozenset() as labels):
            return _total(_one_of(column, sorted(labels), dialect), whole)
        case (("in", areas), steps):
            return _total(_lies_in(_code(column, steps, dialect), areas, dialect), whole and not steps)
        case (("may be in", areas), steps):
            code = _code(column, steps, dialect)
            above = sorted({prefix for area in areas for prefix in _above(area)})
            tests = [] if whole and not steps else [f"{code} is null"]
            tests += [_lies_in(code, areas, dialect)] + ([_one_of(code, above, dialect)] if above else [])
            return _total(" or ".join(tests), True)
        case (("unknown",), steps):
            return f"({_code(column, steps, dialect)} is null)"
        case (("area",), steps):
            return f"coalesce({_code(column, steps, dialect)}, '')"
        case ((str(), calendars, int()), ()):
            return _by_area(column, lookup.function, [area for c in calendars for area in _areas(c)], dialect)
    raise AssertionError(lookup.name)


def is_text(lookup: Lookup) -> bool:
    """Whether a lookup of the plan is the text itself here: an area, for which any mark of equal areas will do."""
    return isinstance(lookup.name, tuple) and lookup.name[0] == ("area",)


def _areas(calendar: Calendar) -> tuple[str, ...]:
    return calendar.areas


def _total(condition: str, whole: bool) -> str:
    """A condition that is no where the text is unknown."""
    if not whole:
        return f"coalesce({condition}, false)"
    return f"({condition})" if " or " in condition else condition


def _one_of(column: str, texts: Iterable[str], dialect: Dialect) -> str:
    items = [dialect.text(text) for text in texts]
    return f"{column} = {items[0]}" if len(items) == 1 else f"{column} in ({', '.join(items)})"


def _lies_in(code: str, areas: Iterable[str], dialect: Dialect) -> str:
    """Whether a code is one of the areas or lies below one."""
    tests = [f"{code} = {dialect.text(area)} or {code} like {dialect.text(area + '.%')}" for area in areas]
    return " or ".join(tests)


def _above(area: str) -> list[str]:
    """The codes around an area: 75 and 75.01 for 75.01.02."""
    parts = area.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def _code(column: str, steps: Iterable[tuple[str, int | str]], dialect: Dialect) -> str:
    """The code after the steps of places.Places."""
    code = column
    for kind, what in steps:
        code = dialect.area(code, int(what)) if kind == "area" else f"coalesce({code}, {dialect.text(str(what))})"
    return code


def _by_area(column: str, function: Callable[[str | None], int | bool], areas: list[str], dialect: Dialect) -> str:
    """A function that asks of a code only how it lies to these areas: tried once for each way it can lie."""
    exact = sorted({code for area in areas for code in (area, *_above(area))})
    branches: list[tuple[str, str | None]] = [(f"{column} is null", None)]
    branches += [(f"{column} = {dialect.text(code)}", code) for code in exact]
    # a longer area first: a code lies in the innermost
    inside = sorted(set(areas), key=lambda area: (-len(area), area))
    branches += [(f"{column} like {dialect.text(area + '.%')}", f"{area}.{NOWHERE}") for area in inside]
    assert not any(lies_in(area, f"{other}.{NOWHERE}") for area in areas for other in areas)
    rest = _constant(function(NOWHERE))
    cases = " ".join(f"when {test} then {_constant(function(code))}" for test, code in branches)
    return f"case {cases} else {rest} end"


def _constant(value: int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
