"""The value of the first row that fits, as a case; and what the rows leave out."""

from __future__ import annotations

from collections.abc import Sequence

from ejps_core.dsl.check.columns import Column
from ejps_core.dsl.check.coverage import Cover, enough, left_out, provable
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import And, Case, Expr, Missing
from ejps_core.model.span import Span
from ejps_core.model.types import Date, Number, Region, Type, YesNo
from ejps_core.model.words import Words


def row_test(columns: Sequence[Column], row: int, span: Span) -> Expr | None:
    """The test of one row; None if it fits always."""
    tests = [test for column in columns if (test := column.fits[row].test) is not None]
    if len(tests) > 1:
        return And(type=YesNo(), span=span, items=tuple(tests))
    return tests[0] if tests else None


def chosen(columns: Sequence[Column], spans: Sequence[Span], values: Sequence[Expr], kind: Type, span: Span) -> Expr:
    """The value of the first row that fits. Where none may fit: unknown; where one always does: the last one untested."""
    last = needed(columns)
    branches: list[tuple[Expr, Expr]] = []
    for row, value in enumerate(values):
        test = row_test(columns, row, spans[row])
        if test is None or row + 1 == last:
            return Case(type=kind, span=span, branches=tuple(branches), otherwise=value) if branches else value
        branches.append((test, value))
    return Case(type=kind, span=span, branches=tuple(branches), otherwise=Missing(type=kind, span=span))


def covers(columns: Sequence[Column]) -> list[tuple[Cover, ...]]:
    """What each row takes in, by key."""
    return [tuple(column.fits[row].cover for column in columns) for row in range(len(columns[0].fits))]


def needed(columns: Sequence[Column]) -> int | None:
    """How many rows are enough for every case; None if some case fits no row (or it can't be proved)."""
    wholes, rows = [column.whole for column in columns], covers(columns)
    if not provable(wholes, rows) or left_out(wholes, rows) is not None:
        return None
    return enough(wholes, rows)


def lacking(at: At, columns: Sequence[Column]) -> list[Words] | None:
    """A case that fits no row, as a value of each key; None if every case fits one."""
    found = left_out([column.whole for column in columns], covers(columns))
    if found is None:
        return None
    return [column.words(at, place) for column, place in zip(columns, found, strict=True)]


def of_all(kind: Type, values: Sequence[Expr]) -> Type:
    """The type of a value that is one of these, all of one kind and scale."""
    kinds = [value.type for value in values]
    if isinstance(kind, Number):
        numbers = [own for own in kinds if isinstance(own, Number)]
        return Number(kind.scale, min(n.low for n in numbers), max(n.high for n in numbers), kind.per)
    if isinstance(kind, Date):
        dates = [own for own in kinds if isinstance(own, Date)]
        return Date(min(d.low for d in dates), max(d.high for d in dates))
    return kind


def open_ended(column: Column) -> bool:
    """Whether what fits can't be known beforehand: there are more regions than a table names."""
    return isinstance(column.item.type, Region)
