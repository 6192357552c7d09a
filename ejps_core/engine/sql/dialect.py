"""What differs from one database to the next, for DuckDB: quoting, casts, whole division, dates, the largest of a group.

Everything else of the statements is plain SQL: SELECT, JOIN, GROUP BY, CASE, COUNT, SUM, MIN, MAX, window functions. No `/`,
no decimals, no rounding and no truth values in aggregates, since databases disagree on these.
"""

from __future__ import annotations

from ejps_core.model.calendar import day_of

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Dialect:
    """DuckDB's way; another database overrides what it does in another way."""

    title = "DuckDB"

    def name(self, name: str) -> str:
        """An identifier, always quoted: names of the rules may be words of SQL."""
        return '"' + name.replace('"', '""') + '"'

    def text(self, text: str) -> str:
        """A constant text."""
        return "'" + text.replace("'", "''") + "'"

    def day(self, number: int) -> str:
        """A constant day, given as days since 1970-01-01."""
        return f"date '{day_of(number).isoformat()}'"

    def long(self, sql: str) -> str:
        """A whole number in 64 bits: narrower ones overflow, sums are wider or decimal."""
        return f"cast({sql} as bigint)"

    def whole(self, top: str, bottom: str) -> str:
        """Whole division that drops the rest (towards zero), of numbers of 64 bits; the divisor is not 0."""
        return f"{top} // {bottom}"

    def rest(self, top: str, bottom: str) -> str:
        """What whole division leaves, with the sign of `top`; the divisor is not 0."""
        return f"{top} % {bottom}"

    def as_day(self, number: str) -> str:
        """The date that is so many days after 1970-01-01."""
        return f"(date '1970-01-01' + cast({number} as integer))"

    def as_number(self, day: str) -> str:
        """A date as days since 1970-01-01."""
        return f"({day} - date '1970-01-01')"

    def moved(self, day: str, amount: int, unit: str) -> str:
        """A date moved by whole units; a month without the day gives its last day."""
        step, kind = (amount, "day") if unit == "day" else (amount * MONTHS[unit], "month")
        return f"cast({day} + interval ({step}) {kind} as date)"

    def part(self, what: str, day: str) -> str:
        """The year, month or day of a date."""
        return f"extract({what} from {day})"

    def area(self, code: str, parts: int) -> str:
        """The first parts of a code with dots; null where it has fewer."""
        return f"nullif(regexp_extract({code}, '^[^.]+(\\.[^.]+){{{parts - 1}}}'), '')"

    def by_code_point(self, text: str) -> str:
        """A text as a key of an order: by code point, whatever the language of the database."""
        return text

    def largest(self, value: str, count: int) -> str:
        """An aggregate: the sum of the `count` greatest values."""
        return self.long(f"list_sum(max({value}, {count}))")

    def ordered(self, key: str) -> str:
        """A key of an order, ascending."""
        return f"{key} nulls last"


DUCKDB = Dialect()
