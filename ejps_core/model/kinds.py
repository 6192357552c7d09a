"""The small alternatives that expressions choose among."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Of what there is one value."""

    FAMILY = "family"
    MEMBER = "member"


class Comparison(StrEnum):
    """How two values are compared."""

    EQUAL = "="
    UNEQUAL = "!="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


class Unit(StrEnum):
    """A unit of calendar time."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class AreaLevel(StrEnum):
    """A level of regions, from the province down."""

    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"


class Rounding(StrEnum):
    """How a number is brought to a step."""

    HALF_UP = "half_up"
    """To the nearest step, halves away from zero."""
    HALF_EVEN = "half_even"
    """To the nearest step, halves to the even one."""
    UP = "up"
    """Towards plus infinity."""
    DOWN = "down"
    """Towards minus infinity."""


class Engine(StrEnum):
    """What works decisions out; the answers are the same."""

    COLUMNS = "columns"
    """NumPy, in this process."""
    DUCKDB = "duckdb"
    """The rules as SQL, run by DuckDB in this process."""
