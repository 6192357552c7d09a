"""A list of candidates as plain NumPy columns, and blocks of it: what the operators read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.engine.plan import Lookup, Rows
from ejps_core.model.by_digits import by_digits
from ejps_core.model.candidates import Candidates

Array = npt.NDArray[Any]

AT_A_TIME = 262_144
"""Members of a list in no order that are looked at together."""
FEW_TEXTS = 256
"""Codes of fewer texts, with one for unknown, are bytes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of all rows. values: bool, whole numbers, days, or codes of `entries` (len(entries): unknown); 0 or no
    where unknown. known: which rows have it, None: all."""

    values: Array
    known: npt.NDArray[np.bool_] | None
    entries: tuple[str, ...] | None = None


def column_of(chunked: pa.ChunkedArray) -> Column:
    """An Arrow column as NumPy, as narrow as it came; codes of up to 255 texts are bytes."""
    array = chunked.unify_dictionaries().combine_chunks() if pa.types.is_dictionary(chunked.type) else chunked
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    known = None if array.null_count == 0 else _yeses(array.is_valid())
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        array = array.dictionary_encode()
    if pa.types.is_dictionary(array.type):
        entries = tuple(array.dictionary.to_pylist())
        if len(entries) < FEW_TEXTS and None not in entries:
            return Column(_narrow(array.indices, entries, known), known, tuple(sorted(entries)))
        indices = pc.fill_null(array.indices.cast(pa.int32()), len(entries)) if known is not None else array.indices
        codes = indices.to_numpy(zero_copy_only=False)
        return Column(codes.astype(np.uint8 if len(entries) < FEW_TEXTS else np.int32, copy=False), known, entries)
    if pa.types.is_boolean(array.type):
        return Column(_yeses(array if known is None else pc.fill_null(array, False)), known)
    number = array.view(pa.int32()) if pa.types.is_date32(array.type) else array
    number = number if pa.types.is_signed_integer(number.type) else number.cast(pa.int64())
    return Column((number if known is None else pc.fill_null(number, 0)).to_numpy(zero_copy_only=False), known)


def _narrow(indices: pa.Array, entries: Sequence[str], known: npt.NDArray[np.bool_] | None) -> npt.NDArray[np.uint8]:
    """Codes as bytes: the place of each text among all in order, last that of unknown. So pieces that met the texts in
    another order look alike, and what was settled for one serves the next."""
    order = sorted(range(len(entries)), key=entries.__getitem__)
    kind = np.dtype(indices.type.to_pandas_dtype())
    codes = np.frombuffer(indices.buffers()[1], kind, len(indices), indices.offset * kind.itemsize).astype(np.uint8)
    if order != list(range(len(order))):
        places = bytearray(FEW_TEXTS)
        for place, entry in enumerate(order):
            places[entry] = place
        codes = np.frombuffer(codes.tobytes().translate(places), np.uint8)  # twice as fast as NumPy's take
    return codes if known is None else np.where(known, codes, np.uint8(len(entries)))


def _yeses(array: pa.Array) -> npt.NDArray[np.bool_]:
    """Yes/nos without nulls, a byte each."""
    packed = np.frombuffer(array.buffers()[1], np.uint8)
    flags = np.unpackbits(packed, count=array.offset + len(array), bitorder="little")
    return flags[array.offset :].view(np.bool_)


class Source:
    """The columns of a list, each converted when it is first read."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.families = len(candidates)
        self.offsets, self.owners = candidates.offsets, candidates.owners
        self.sizes: npt.NDArray[np.int64] = np.diff(candidates.offsets)
        self.most = (1 << int(self.sizes.max(initial=0)).bit_length()) - 1
        """No family has more members; one less than a power of two, so that lists look alike."""
        self._columns: dict[tuple[Rows, str], Column | None] = {}
        self._tables: dict[tuple[Rows, str, Lookup], Array] = {}
        self._orders: dict[tuple[Rows, str], Array] = {}
        self._found: Members | None = None
        self.expected = np.zeros(0, np.int64)
        """Families whose members may be asked for in many blocks; where members stand in no order, they are found once."""
        self._once: dict[object, tuple[Array, ...]] = {}

    def column(self, rows: Rows, name: str) -> Column | None:
        """A fact, None if the list has no such column."""
        if (rows, name) not in self._columns:
            table = self.candidates.families if rows is Rows.FAMILY else self.candidates.members
            found = column_of(table.column(name)) if name in table.column_names else None
            self._columns[rows, name] = found
        return self._columns[rows, name]

    def table(self, rows: Rows, name: str, lookup: Lookup) -> Array:
        """A function of a text fact for each of its entries, and last for unknown."""
        key = (rows, name, lookup)
        if key not in self._tables:
            column = self.column(rows, name)
            entries = column.entries if column is not None and column.entries is not None else ()
            self._tables[key] = np.array([lookup.function(entry) for entry in (*entries, None)])
        return self._tables[key]

    def looks(self, facts: Sequence[str]) -> tuple[object, ...]:
        """What the jobs rest on besides the plan: how many members a family may have, kinds and texts of these facts."""
        columns = (self.column(Rows.MEMBER, name) for name in facts)
        return (self.most, *(None if column is None else (column.values.dtype.char, column.entries) for column in columns))

    def order(self, rows: Rows, name: str) -> Array:
        """The place of each entry by code point; last: 0 for unknown."""
        if (rows, name) not in self._orders:
            column = self.column(rows, name)
            entries = column.entries if column is not None and column.entries is not None else ()
            places = np.zeros(len(entries) + 1, np.int64)
            places[sorted(range(len(entries)), key=entries.__getitem__)] = np.arange(len(entries))
            self._orders[rows, name] = places
        return self._orders[rows, name]

    def once(self, key: object, work: Callable[[], tuple[Array, ...]]) -> tuple[Array, ...]:
        """What is worked out once for the whole list."""
        if key not in self._once:
            self._once[key] = work()
        return self._once[key]

    def rows_of(self, families: Pick, sizes: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]) -> Pick:
        """The rows of the members of these families, one family after the other. sizes, starts: among these members."""
        places = np.arange(int(sizes.sum()))
        if self.owners is None:
            return np.repeat(self.offsets[:-1][families] - starts, sizes) + places
        for wanted in (self.expected, slice(None)):
            if self._found is None or not self._found.about[families].all():
                self._found = members_of(wanted, self.owners, self.sizes)
        found = self._found
        assert found is not None
        return found.rows.take(np.repeat(found.starts[families] - starts, sizes) + places)

    def block(self, low: int, high: int) -> Block:
        """Families low..high (exclusive) and their members, without copying where these are in order."""
        first, last = int(self.offsets[low]), int(self.offsets[high])
        members = None if self.owners is not None else slice(first, last)
        block = Block(self, slice(low, high), members, self.offsets[low : high + 1] - first, {})
        block.sizes = self.sizes[low:high]
        return block

    def chosen(self, families: npt.NDArray[np.int64], given: Mapping[str, Given] | None = None) -> Block:
        """These families alone; `given` family facts replace what the list says."""
        bounds = np.zeros(len(families) + 1, np.int64)
        np.cumsum(self.sizes[families], out=bounds[1:])
        return Block(self, families, None, bounds, dict(given or {}))


Pick = slice | npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Members:
    """The members of some families of a list in no order: `rows`, family after family, each from its place in `starts`."""

    about: npt.NDArray[np.bool_]
    rows: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]


def members_of(families: Pick, owners: Array, sizes: npt.NDArray[np.int64]) -> Members:
    """Finds them. owners: the family of each member; sizes: how many members each family has."""
    about = np.zeros(len(sizes), np.bool_)
    about[families] = True
    parts = range(0, len(owners), AT_A_TIME)
    found = [np.flatnonzero(about.take(owners[low : low + AT_A_TIME])) + low for low in parts]
    theirs = np.concatenate(found) if found else np.zeros(0, np.int64)
    order = by_digits(owners.take(theirs), len(sizes))
    own = np.flatnonzero(about)
    starts = np.zeros(len(sizes), np.int64)
    starts[own[1:]] = np.cumsum(sizes[own[:-1]])
    return Members(about, theirs.take(order), starts)


@dataclass(frozen=True, slots=True)
class Given:
    """A family fact that replaces what the list says: family i has values[which[i]]."""

    values: Sequence[bool | int | str]
    which: npt.NDArray[np.intp]

    def spread(self, function: Callable[[bool | int | str], bool | int | str]) -> Array:
        """A function of it, for each family."""
        return np.array([function(value) for value in self.values])[self.which]


class Block:
    """Some families with their members."""

    def __init__(
        self,
        source: Source,
        families: Pick,
        members: Pick | None,
        bounds: npt.NDArray[np.int64],
        given: dict[str, Given],
    ) -> None:
        self.source, self.families, self._members, self.bounds, self.given = source, families, members, bounds, given
        self.count = len(bounds) - 1
        self.people = int(bounds[-1])
        """The members of family i are bounds[i] up to (without) bounds[i + 1]."""

    @cached_property
    def sizes(self) -> npt.NDArray[np.int64]:
        """How many members each family has."""
        return np.diff(self.bounds)

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        """Where each family's members begin."""
        return self.bounds[:-1]

    @cached_property
    def filled(self) -> npt.NDArray[np.intp] | None:
        """The families with members, None: all."""
        return np.flatnonzero(self.sizes) if self.count and self.sizes.min() == 0 else None

    @property
    def members(self) -> Pick:
        """The members' rows in the list."""
        if self._members is None:
            self._members = self.source.rows_of(self.families, self.sizes, self.starts)
        return self._members

    def rows(self, rows: Rows) -> int:
        """How many rows there are."""
        return self.count if rows is Rows.FAMILY else self.people

    def _pick(self, rows: Rows) -> Pick:
        return self.families if rows is Rows.FAMILY else self.members

    def values(self, rows: Rows, name: str) -> Array:
        """A fact; 0 or no where unknown."""
        if rows is Rows.FAMILY and name in self.given:
            return self.given[name].spread(lambda value: value)
        column = self.source.column(rows, name)
        return np.zeros(self.rows(rows), np.bool_) if column is None else column.values[self._pick(rows)]

    def known(self, rows: Rows, name: str) -> Array:
        """Where a fact is known."""
        column = self.source.column(rows, name)
        given = rows is Rows.FAMILY and name in self.given
        if given or (column is not None and column.known is None):
            return np.ones(self.rows(rows), np.bool_)
        if column is None or column.known is None:
            return np.zeros(self.rows(rows), np.bool_)
        return column.known[self._pick(rows)]

    def looked_up(self, rows: Rows, name: str, lookup: Lookup) -> Array:
        """A function of a text fact."""
        if rows is Rows.FAMILY and name in self.given:
            return self.given[name].spread(lambda value: lookup.function(str(value)))
        table = self.source.table(rows, name, lookup)
        column = self.source.column(rows, name)
        if column is None:
            return np.full(self.rows(rows), table[-1])
        codes = column.values[self._pick(rows)]
        return _among(table, codes) if table.dtype == np.bool_ else np.take(table, codes, mode="clip")

    def ordered(self, rows: Rows, name: str) -> Array:
        """The place of a code among all codes."""
        column = self.source.column(rows, name)
        if column is None:
            return np.zeros(self.rows(rows), np.int64)
        return self.source.order(rows, name)[column.values[self._pick(rows)]]


FEW = 4
"""Up to so many codes are compared one by one, which is faster than looking each row up."""


def _among(table: Array, codes: Array) -> Array:
    """table[codes] of yes/no."""
    yes, no = np.flatnonzero(table), np.flatnonzero(~table)
    few = yes if len(yes) <= len(no) else no
    if codes.dtype != np.uint8 or len(few) > FEW:
        return np.take(table, codes, mode="clip")
    found = np.zeros(len(codes), np.bool_)
    for code in few:
        found |= codes == np.uint8(code)
    return found if few is yes else np.logical_not(found, out=found)
