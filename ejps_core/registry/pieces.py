"""A Parquet list piece by piece: families and members in the order of a whole-number key need never be held whole.

Each piece is read, checked and assembled as a list of its own. What can only be seen in the whole list (a key that comes
twice, a member away from its family, a NIK in two families) makes the list none for this way: it is read whole instead.
A list whose members are seen at once to come in no order is one piece, and they stay as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from ejps_core.model.candidates import Candidates
from ejps_core.model.listing import Column, Listing
from ejps_core.model.ruleset import Field
from ejps_core.registry.assembling import assembled
from ejps_core.registry.columns import holds_nik
from ejps_core.registry.headers import match
from ejps_core.registry.marks import normal
from ejps_core.registry.parquet import column_of, is_text, open_parquet
from ejps_core.registry.reading import head_nik
from ejps_core.registry.rows import read_rows

Longs = npt.NDArray[np.int64]

SIZE = 131_072
"""Families in a piece."""
LOOKED_AT = 4096
"""Rows of whose keys it is seen whether a list is in order at all."""
MOST_ROWS = 1 << 40
"""More rows than any list has."""
BROKEN = (pa.ArrowException, OSError, UnicodeDecodeError)
"""What reading raises of a file that broke off or was altered; read whole, the list tells where."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some families with their members as they stand in the files, and the numbers of the first rows, from 1."""

    families: pa.Table
    members: pa.Table | None
    first: int
    first_member: int


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two files: its list, the names of the columns that are read, and that of the key."""

    listing: Listing
    names: tuple[str, ...]
    key: str

    def tables(self, size: int, threads: bool) -> Iterator[pa.Table]:
        """The rows, about so many at a time: whole row groups where they aren't too large."""
        schema = pq.read_schema(self.listing.path)
        texts = [name for name in self.names if is_text(schema.field(name).type)]
        columns = list(self.names)
        with pq.ParquetFile(self.listing.path, read_dictionary=texts, page_checksum_verification=True) as file:
            for groups, rows in _together([file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)], size):
                if rows <= 2 * size:
                    yield file.read_row_groups(groups, columns, use_threads=threads)
                    continue
                for batch in file.iter_batches(size, groups, columns, use_threads=threads):
                    yield pa.Table.from_batches([batch])

    def table(self, threads: bool) -> pa.Table:
        """All rows."""
        whole = next(self.tables(MOST_ROWS, threads), None)
        return pq.read_schema(self.listing.path).empty_table().select(list(self.names)) if whole is None else whole

    def rising(self) -> bool:
        """Whether the keys of the first rows rise, or stay, from row to row; whether any is null is seen later."""
        with pq.ParquetFile(self.listing.path) as file:
            if not file.num_row_groups:
                return True
            batch = next(file.iter_batches(LOOKED_AT, [0], [self.key]), None)
        keys = None if batch is None else _keys(pa.Table.from_batches([batch]), self.key)
        return keys is None or bool(np.all(keys[1:] >= keys[:-1]))

    def piece(self, table: pa.Table, first: int) -> Listing:
        """The list of these rows alone."""

        def fetch(places: Sequence[int]) -> list[Column]:
            names = [self.listing.headers[place] for place in places]
            return [column_of(name, table.column(name)) for name in names]

        return replace(self.listing, rows=_numbers(first, len(table)), fetch=fetch)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A list that may be in order. whole: its members are not, and all of it is one piece."""

    family: Half
    member: Half | None
    assemble: Callable[[Listing, Listing | None], Candidates | None]
    whole: bool = False

    def read(self, size: int = SIZE, threads: bool = False) -> Iterator[Piece | None]:
        """The pieces in order; None, last, if the list turns out not to be in order or to be broken."""
        if self.whole:
            yield self._everything(threads)
            return
        people = _People(self.member, size, threads) if self.member is not None else None
        first, last = 1, None
        try:
            for table in self.family.tables(size, threads):
                keys = _keys(table, self.family.key)
                if keys is None or not len(keys) or (last is not None and keys[0] <= last) or not _rising(keys):
                    yield None
                    return
                last, own = int(keys[-1]), people.number if people is not None else 1
                members = people.until(last) if people is not None else None
                if people is not None and members is None:
                    yield None
                    return
                yield Piece(table, members, first, own)
                first += len(table)
            if first == 1 or (people is not None and people.left()):
                yield None
        except BROKEN:
            yield None

    def _everything(self, threads: bool) -> Piece | None:
        assert self.member is not None
        try:
            families = self.family.table(threads)
            return Piece(families, self.member.table(threads), 1, 1) if len(families) else None
        except BROKEN:
            return None

    def candidates(self, piece: Piece) -> Candidates | None:
        """A piece checked and assembled; None if it isn't in order."""
        people = None
        if self.member is not None and piece.members is not None:
            people = self.member.piece(piece.members, piece.first_member)
        try:
            return self.assemble(self.family.piece(piece.families, piece.first), people)
        except BROKEN:
            return None


class _People:
    """The members, taken family by family in the order of the keys."""

    def __init__(self, half: Half, size: int, threads: bool) -> None:
        self.key, self.tables, self.number = half.key, half.tables(size, threads), 1
        self.held: pa.Table | None = None
        self.keys, self.last = np.zeros(0, np.int64), np.iinfo(np.int64).min
        self.empty = pq.read_schema(half.listing.path).empty_table().select(half.names)

    def _next(self) -> pa.Table | None:
        if self.held is None or not len(self.held):
            self.held = next(self.tables, None)
            if self.held is not None:
                self.keys = self.held.column(self.key).to_numpy()
        return self.held

    def until(self, last: int) -> pa.Table | None:
        """The members up to the family with key `last`; None: they stand with other families' members."""
        taken: list[pa.Table] = []
        while (table := self._next()) is not None:
            count = int(np.searchsorted(self.keys, last, side="right"))
            if count and not (self.last < self.keys[:count].min() and self.keys[:count].max() <= last):
                return None  # told now: a list in no order would be assembled in vain, with a finding on every member
            taken.append(table.slice(0, count))
            self.held, self.keys = table.slice(count), self.keys[count:]
            self.number += count
            if count < len(table):
                break
        self.last = last
        return pa.concat_tables(taken) if taken else self.empty

    def left(self) -> bool:
        """Whether there are members after the last family."""
        return self._next() is not None


def in_pieces(
    path: Path,
    members: Path | None,
    family_fields: tuple[Field, ...],
    member_fields: tuple[Field, ...],
    origin: str | None,
    on: int,
) -> Pieces | None:
    """The list of two Parquet files (or one) in pieces; None if it has to be read whole. `origin`: its district."""
    key = next(field for field in family_fields if field.key)
    also = frozenset(normal(text) for f in family_fields for text in (f.name, f.title.id, f.title.en))
    try:
        family = _half(path, family_fields, key, frozenset())
        member = None if members is None else _half(members, member_fields, key, also)
    except BROKEN:
        return None
    if family is None or (members is not None and member is None) or head_nik(family.listing, family_fields):
        return None

    try:
        whole = member is not None and not member.rising()  # rows of families alone may be those of persons
    except BROKEN:
        return None

    def assemble(families: Listing, people: Listing | None) -> Candidates | None:
        rows, _ = read_rows(families, family_fields, key, on)
        persons = None if people is None else read_rows(people, member_fields, key, on, also)[0]
        if rows is None or (people is not None and persons is None):
            return None
        found = assembled(rows, persons, family_fields, member_fields, origin, (), on, loose=whole, places=False)
        in_order = whole or persons is None or (len(found.members) == len(persons) and not found.members_set_apart)
        return found if in_order else None

    return Pieces(family, member, assemble, whole)


def _half(path: Path, fields: tuple[Field, ...], key: Field, also: frozenset[str]) -> Half | None:
    """One of the files, if its key is whole numbers and nothing of it has to be compared over the whole list."""
    with path.open("rb") as file:
        if file.read(4) != b"PAR1":
            return None
    listing = open_parquet(path, numbered=False)
    if not isinstance(listing, Listing):
        return None
    matched, _ = match(listing, fields, key, also)
    if matched is None or len(set(listing.headers)) < len(listing.headers):
        return None
    compared = [f for f in fields if f.name in matched.places and f.name != key.name and (f.key or holds_nik(f))]
    names = tuple(dict.fromkeys(listing.headers[place] for place in matched.places.values()))
    own = listing.headers[matched.places[key.name]]
    whole = pa.types.is_integer(pq.read_schema(path).field(own).type)
    return Half(listing, names, own) if whole and not compared and not holds_nik(key) else None


def _numbers(first: int, count: int) -> npt.NDArray[Any]:
    """The numbers of rows, as narrow as they may be: of a list that is one piece they are many."""
    return np.arange(first, first + count, dtype=np.int32 if first + count < 1 << 31 else np.int64)


def _keys(table: pa.Table, name: str) -> Longs | None:
    column = table.column(name)
    return None if column.null_count else column.to_numpy()


def _rising(keys: Longs) -> bool:
    return bool(np.all(keys[1:] > keys[:-1]))


def _together(rows: Sequence[int], size: int) -> Iterator[tuple[list[int], int]]:
    """Neighbouring row groups of about so many rows together, and how many they are."""
    groups: list[int] = []
    total = 0
    for group, count in enumerate(rows):
        if groups and total + count > size:
            yield groups, total
            groups, total = [], 0
        groups.append(group)
        total += count
    if total:
        yield groups, total
