"""A Parquet file put together from parts that were encoded apart: pieces of its rows, and of these some columns later.

Parquet lets the column chunks of a row group stand anywhere in the file: the footer says where. So what is decided of a
piece is encoded and written at once, and the places in the ranking, which wait for the last family, are appended at the end.
Columns that hold one and the same array (a total of one benefit, places that nobody has) are encoded once, and copied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from ejps_core.reports.footers import BINARY, I16, I64, LIST, STRUCT, Struct, changed, read, struct, structs, whole, write
from ejps_core.reports.parquet_file import Written, options

MAGIC = b"PAR1"
TAIL = 8
"""The length of the footer in four bytes, and the magic number."""
ROWS, GROUPS = 3, 4
"""Fields of the footer."""
CHUNKS, SIZE, GROUP_ROWS, OFFSET, COMPRESSED, ORDINAL = 1, 2, 3, 5, 6, 7
"""Fields of a row group."""
CHUNK_OFFSET, CHUNK_META = 2, 3
"""Fields of a column chunk."""
PATH, PLAIN_SIZE, PACKED_SIZE, DATA, INDEX, DICTIONARY = 3, 6, 7, 9, 10, 11
"""Fields of a column chunk's metadata."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Columns as a Parquet file in memory with one row group, and the names of those that are the same as one of them."""

    data: pa.Buffer
    same: Mapping[str, tuple[str, ...]]


def encoded(schema: pa.Schema, columns: Sequence[Written]) -> Encoded:
    """Columns of a piece; `schema`: of the whole file."""
    alike: dict[tuple[int, bool, bool], list[Written]] = {}
    for column in columns:
        alike.setdefault((id(column.values), column.nullable, column.close), []).append(column)
    firsts = [group[0] for group in alike.values()]
    part = pa.schema([schema.field(column.name) for column in firsts])
    table = pa.table([column.values for column in firsts], part)
    held = pa.BufferOutputStream()
    pq.write_table(table, held, row_group_size=max(1, table.num_rows), **options(firsts))
    same = {group[0].name: tuple(column.name for column in group[1:]) for group in alike.values() if len(group) > 1}
    return Encoded(held.getvalue(), same)


def footer(data: memoryview) -> tuple[Struct, int]:
    """The footer of a file, and where it begins."""
    begins = len(data) - TAIL - int.from_bytes(data[-TAIL:-4], "little")
    return read(bytes(data[begins:-TAIL])), begins


class Parts:
    """A file being put together. Row groups are numbered from 0; those added in any order stand in that of their numbers."""

    def __init__(self, file: BinaryIO, schema: pa.Schema, columns: Sequence[Written]) -> None:
        self.file, self.schema, self.columns = file, schema, tuple(columns)
        self.at = file.write(MAGIC)
        self.groups: dict[int, dict[str, Struct]] = {}
        self.rows: dict[int, int] = {}

    def add(self, number: int, part: Encoded) -> None:
        """Adds the encoded columns of row group `number`."""
        data = memoryview(part.data)
        found, end = footer(data)
        (group,) = structs(found, GROUPS)
        self.rows[number] = whole(group, GROUP_ROWS)
        own = self.groups.setdefault(number, {})
        chunks = {_name(struct(chunk, CHUNK_META)): chunk for chunk in structs(group, CHUNKS)}
        shift = self.at - len(MAGIC)
        self.at += self.file.write(data[len(MAGIC) : end])
        for name, chunk in chunks.items():
            own[name] = _moved(chunk, name, shift)
            meta = struct(chunk, CHUNK_META)
            begins = _begins(meta)
            for twin in part.same.get(name, ()):
                own[twin] = _moved(chunk, twin, self.at - begins)
                self.at += self.file.write(data[begins : begins + whole(meta, PACKED_SIZE)])

    def close(self) -> None:
        """Writes the footer; every column of every row group must be there."""
        empty = pa.BufferOutputStream()
        pq.write_table(self.schema.empty_table(), empty, **options(list(self.columns)))
        whole_footer, _ = footer(memoryview(empty.getvalue()))
        groups = [self._group(place, number) for place, number in enumerate(sorted(self.groups))]
        whole_footer[ROWS] = I64, sum(self.rows.values())
        whole_footer[GROUPS] = LIST, (STRUCT, groups)
        data = write(whole_footer)
        self.file.write(data + len(data).to_bytes(4, "little") + MAGIC)

    def _group(self, place: int, number: int) -> Struct:
        chunks = [self.groups[number][name] for name in self.schema.names]
        metas = [struct(chunk, CHUNK_META) for chunk in chunks]
        packed = sum(whole(meta, PACKED_SIZE) for meta in metas)
        return {
            CHUNKS: (LIST, (STRUCT, chunks)),
            SIZE: (I64, sum(whole(meta, PLAIN_SIZE) for meta in metas)),
            GROUP_ROWS: (I64, self.rows[number]),
            OFFSET: (I64, min(_begins(meta) for meta in metas)),
            COMPRESSED: (I64, packed),
            ORDINAL: (I16, place),
        }


def _moved(chunk: Struct, name: str, shift: int) -> Struct:
    """The chunk of a column of this name, so many bytes further on."""
    meta = dict(struct(chunk, CHUNK_META))
    for place in (DATA, INDEX, DICTIONARY):
        changed(meta, place, lambda offset: offset + shift)
    meta[PATH] = LIST, (BINARY, [name.encode()])
    found = {**chunk, CHUNK_META: (STRUCT, meta)}
    changed(found, CHUNK_OFFSET, lambda offset: offset + shift if offset else offset)
    return found


def _name(meta: Struct) -> str:
    """The name of a chunk's column."""
    return b".".join(meta[PATH][1][1]).decode()


def _begins(meta: Struct) -> int:
    return whole(meta, DICTIONARY) if DICTIONARY in meta else whole(meta, DATA)
