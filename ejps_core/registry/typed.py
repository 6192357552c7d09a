"""Columns that come with types of their own (Parquet): straight through where the type fits, looked at only in doubt."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.listing import Kind, Listing, Texts, Typed
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Date, Number, YesNo
from ejps_core.registry import amounts, days
from ejps_core.registry.problems import Note, Reading

MOST_PLAIN = 10.0**17
"""Whole floats below this are spelled without exponent; those from 2**53 on have lost digits, which codes.py says."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One column of facts, one a data row, and what is to be said of its cells.

    shaky: the data rows whose code has lost its last digit, so that equal codes may be different ones.
    """

    values: pa.Array
    notes: tuple[Note, ...] = ()
    shaky: frozenset[int] = frozenset()


def read_typed(listing: Listing, column: Typed, field: Field, on: int) -> Facts | None:
    """The facts of a typed column in the field's bounds; None if its type has to be read as text."""
    values, kind = column.values, column.values.type
    if isinstance(field.type, YesNo) and pa.types.is_boolean(kind):
        return Facts(values.fill_null(False) if field.blank_is_no else values)
    if isinstance(field.type, Number) and pa.types.is_integer(kind):
        return _whole(listing, column, field.type)
    if isinstance(field.type, Date) and (pa.types.is_date(kind) or pa.types.is_timestamp(kind)):
        whole = pc.local_timestamp(values) if getattr(kind, "tz", None) else values
        return _dates(listing, Typed(column.header, whole.cast(pa.date32(), safe=False)), field.type, on)
    return None


def _whole(listing: Listing, column: Typed, number: Number) -> Facts:
    step = 10**number.scale
    low, high = -(-number.low // step), number.high // step
    facts = _within(listing, column, low, high, lambda value: amounts.out_of_bounds(str(value), number))
    if number.scale == 0:
        narrow = pa.types.is_unsigned_integer(facts.values.type)
        return Facts(facts.values.cast(pa.int64()), facts.notes) if narrow else facts
    return Facts(pc.multiply_checked(facts.values.cast(pa.int64()), step), facts.notes)


def _dates(listing: Listing, column: Typed, kind: Date, on: int) -> Facts:
    high = min(kind.high, on) if kind.birth else kind.high

    def said(day: int) -> Reading:
        text = days.shown(day)
        return days.unborn(text, on) if kind.birth and day > on else days.out_of_bounds(text, kind)

    numbers = Typed(column.header, column.values.view(pa.int32()))
    facts = _within(listing, numbers, kind.low, high, said)
    return Facts(facts.values.view(pa.date32()), facts.notes)


def _within(listing: Listing, column: Typed, low: int, high: int, said: Callable[[int], Reading]) -> Facts:
    """The column with nulls for what is outside low..high. Two passes of min and max when all is well."""
    values = column.values
    ends = pc.min_max(values)
    least, most = ends["min"].as_py(), ends["max"].as_py()
    if least is None or (low <= least and most <= high):
        return Facts(values)
    outside = np.fromiter((v is not None and not low <= v <= high for v in values.to_pylist()), np.bool_, len(values))
    notes = []
    for row in np.flatnonzero(outside).tolist():
        value = values[row].as_py()
        place = listing.cell(row, column.header, str(value))
        notes += [(row, problem.at(place)) for problem in said(value)[1]]
    return Facts(pc.if_else(pa.array(~outside), values, pa.scalar(None, values.type)), tuple(notes))


def as_texts(column: Typed, exact: bool) -> Texts:
    """A typed column as texts, each with what it was. `exact`: whole numbers count as text, for they have lost nothing."""
    kind = column.values.type
    if pa.types.is_nested(kind) or pa.types.is_null(kind):
        listed = [None if value is None else str(value) for value in column.values.to_pylist()]
        encoded = pa.array(listed, pa.string()).dictionary_encode()
    else:
        encoded = column.values.dictionary_encode()
    spelled = [spelled_out(value, exact) for value in encoded.dictionary.to_pylist()]
    texts = pa.array([*(text for text, _ in spelled), ""], pa.string())
    kinds = np.array([*(kind for _, kind in spelled), Kind.TEXT], np.uint8)
    codes = encoded.indices.fill_null(len(spelled)).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return Texts(column.header, codes, texts, kinds)


def spelled_out(value: object, exact: bool) -> tuple[str, Kind]:
    """A typed value as text."""
    if isinstance(value, bool):
        return str(value).lower(), Kind.YESNO
    if isinstance(value, int):
        return str(value), Kind.TEXT if exact else Kind.NUMBER
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return (str(int(value)) if whole else str(value)), Kind.TEXT if exact else Kind.NUMBER
    if isinstance(value, float):
        if math.isnan(value):
            return "", Kind.TEXT
        return (str(int(value)) if value.is_integer() and abs(value) < MOST_PLAIN else repr(value)), Kind.NUMBER
    if isinstance(value, datetime):
        return value.isoformat(" "), Kind.DATE
    if isinstance(value, date):
        return value.isoformat(), Kind.DATE
    return str(value), Kind.TEXT
