"""Rows that bear the same key: the first of identical rows is kept, differing ones are all set apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.diagnostic import Why
from ejps_core.model.listing import Column
from ejps_core.model.words import Words
from ejps_core.registry.headers import is_running
from ejps_core.registry.problems import Note, Problem, apart, remark
from ejps_core.registry.rows import Rows

Longs = npt.NDArray[np.int64]

_REPEATED = remark(
    "row-repeated",
    "Baris ini sama persis dengan baris sebelumnya yang berkunci sama; hanya yang pertama dipakai.",
    "This row is identical to an earlier one with the same key; only the first is used.",
    "Hapus baris yang berulang.",
    "Remove the repeated row.",
)
FAMILY_TWICE = apart(
    "family-twice",
    "Keluarga ini tercatat lebih dari sekali dengan isi yang berbeda (KK_GANDA).",
    "This family is listed more than once, with differing contents (KK_GANDA).",
    "Tentukan baris mana yang benar dan hapus yang lain.",
    "Find out which row is right and remove the others.",
)
FAMILY_SHAKY = apart(
    "family-twice",
    "Kunci ini ada di lebih dari satu baris, dan angka terakhirnya hilang: bisa jadi keluarga yang berbeda.",
    "This key is in more than one row, and its last digit is lost: these may be different families.",
    "Minta daftar asal dengan kolom kunci berformat Teks.",
    "Ask for the original list with the key column as Text.",
)
MEMBER_TWICE = apart(
    "member-twice",
    "Anggota ini tercatat lebih dari sekali dalam satu keluarga dengan isi yang berbeda; datanya dianggap belum diketahui.",
    "This member is listed more than once in one family, with differing contents; the facts are taken as unknown.",
    "Tentukan baris mana yang benar dan hapus yang lain.",
    "Find out which row is right and remove the others.",
)


def as_numbers(values: pa.Array) -> Longs:
    """A key column as whole numbers, equal where the keys are equal; the caller leaves nulls out."""
    column = values.indices if isinstance(values, pa.DictionaryArray) else values
    if column.null_count:
        column = column.fill_null(-1 if isinstance(values, pa.DictionaryArray) else 0)
    numbers: Longs = column.to_numpy(zero_copy_only=False).astype(np.int64, copy=False)
    return numbers


def known(values: pa.Array) -> npt.NDArray[np.bool_]:
    """Where a column has a value."""
    mask: npt.NDArray[np.bool_] = values.is_valid().to_numpy(zero_copy_only=False)
    return mask


def groups(major: Longs | None, minor: Longs, rows: Longs | None) -> list[Longs]:
    """The rows that share both numbers, two at least in each group, in order; `rows`: their numbers (None: from 0)."""
    if bool(np.all(minor[1:] > minor[:-1])):
        return []
    first = minor if major is None else major
    order = np.argsort(minor, kind="stable") if major is None else np.lexsort((minor, major))
    same = (minor[order][1:] == minor[order][:-1]) & (first[order][1:] == first[order][:-1])
    if not same.any():
        return []
    edges = np.flatnonzero(~same) + 1
    parts = [part for part in np.split(order, edges) if len(part) > 1]
    return sorted((np.sort(part if rows is None else rows[part]) for part in parts), key=lambda part: int(part[0]))


def family_groups(families: Rows) -> list[Longs]:
    """The groups of rows that bear the same family key."""
    numbers = as_numbers(families.key)
    if not families.key.null_count:
        return groups(None, numbers, None)
    rows = np.flatnonzero(known(families.key))
    return groups(None, numbers[rows], rows)


def judged(rows: Rows, same: list[Longs], key: str, twice: Problem) -> tuple[set[int], list[Note]]:
    """The rows to be dropped as repetitions, and what is to be said of the groups."""
    if not same:
        return set(), []
    places = [
        place
        for place, header in enumerate(rows.listing.headers)
        if place != rows.matched.places.get(key) and not is_running(header)
    ]
    own = rows.matched.places.get(key)
    columns = rows.listing.fetch([*places, *([] if own is None else [own])])
    named = None if own is None else columns.pop()
    dropped: set[int] = set()
    notes: list[Note] = []
    for group in same:
        contents = {_content(columns, row) for row in group.tolist()}
        if not rows.shaky.isdisjoint(group.tolist()) and twice is FAMILY_TWICE:
            for row in group.tolist():
                notes += _said(rows, [row], named, FAMILY_SHAKY, int(group[0]) if row != group[0] else int(group[1]))
        elif len(contents) == 1:
            dropped.update(group[1:].tolist())
            notes += _said(rows, group[1:].tolist(), named, _REPEATED, int(group[0]))
        else:
            for row in group.tolist():
                other = int(group[0]) if row != group[0] else int(group[1])
                notes += _said(rows, [row], named, twice, other)
    return dropped, notes


def _content(columns: list[Column], row: int) -> tuple[str, ...]:
    return tuple(column.text(row).strip() for column in columns)


def _said(rows: Rows, about: list[int], key: Column | None, problem: Problem, other: int) -> Iterator[Note]:
    """The finding for these rows, pointing to the other one."""
    listing = rows.listing
    number = int(listing.rows[other])
    why = Why(listing.cell(other), Words(f"Lihat baris {number}.", f"See row {number}."))
    for row in about:
        place = listing.cell(row, key.header, key.text(row)) if key else listing.cell(row)
        yield row, problem.at(place, why)
