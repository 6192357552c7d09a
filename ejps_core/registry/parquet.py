"""Parquet lists: the headers first, then only the columns that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Column, Listing, Texts, Typed, from_texts
from ejps_core.model.span import Cell
from ejps_core.registry.problems import DamagedError, error

DAMAGE = (pa.ArrowException, OSError, UnicodeDecodeError)
"""What reading a file raises that broke off or was altered on its way."""


def open_parquet(path: Path, numbered: bool = True) -> Listing | Diagnostic:
    """The list of a Parquet file; rows are numbered from 1, there being no row of headers.

    numbered: no, if the list is read in pieces that number their own rows; then this one says of no rows.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema, count = file.schema_arrow, file.metadata.num_rows
            headers = tuple(schema.names)
    except DAMAGE:
        return _unreadable(path)

    def fetch(places: Sequence[int]) -> list[Column]:
        return _fetch(path, schema, places)

    return Listing(str(path), None, headers, None, np.arange(1, (count if numbered else 0) + 1, dtype=np.int64), fetch)


def _fetch(path: Path, schema: pa.Schema, places: Sequence[int]) -> list[Column]:
    try:
        return _columns(path, schema, places)
    except DAMAGE as problem:
        raise DamagedError(_damaged(path, schema, places)) from problem


def _columns(path: Path, schema: pa.Schema, places: Sequence[int]) -> list[Column]:
    """The columns. The file is not mapped into memory: one that is cut off meanwhile would end the process."""
    names = [schema.names[place] for place in places]
    texts = [name for name, place in zip(names, places, strict=True) if is_text(schema.types[place])]
    once = list(dict.fromkeys(names))
    table = pq.read_table(path, columns=once, read_dictionary=texts, partitioning=None, page_checksum_verification=True)
    table = table.unify_dictionaries()
    return [column_of(name, table.column(name)) for name in names]


def is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    view = getattr(pa.types, "is_string_view", None)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or (view is not None and view(kind)))


def column_of(name: str, column: pa.ChunkedArray) -> Column:
    joined = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if isinstance(joined, pa.ChunkedArray):
        joined = pa.concat_arrays(joined.chunks) if joined.num_chunks else pa.array([], joined.type)
    if not is_text(joined.type):
        return Typed(name, joined)
    if not pa.types.is_dictionary(joined.type):
        joined.validate(full=True)  # raises on texts that are no UTF-8
        return from_texts(name, joined.cast(pa.string()).fill_null(""))
    _check_codes(joined)
    entries = joined.dictionary.cast(pa.string())
    indices = joined.indices
    kept = indices.cast(pa.int32()) if indices.null_count and not entries.null_count else None
    if indices.null_count or entries.null_count:
        entries = pa.concat_arrays([entries.fill_null(""), pa.array([""], pa.string())])
        indices = indices.fill_null(len(entries) - 1)
    codes = indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return Texts(name, codes, entries, np.zeros(len(entries), np.uint8), kept)


def _check_codes(joined: pa.DictionaryArray) -> None:
    """Raises on texts that are no UTF-8 and on codes without a text: as Arrow's own full validation, which takes longer."""
    joined.validate()
    joined.dictionary.validate(full=True)
    ends = pc.min_max(joined.indices)
    least, most = ends["min"].as_py(), ends["max"].as_py()
    if least is not None and not 0 <= least <= most < len(joined.dictionary):
        raise pa.ArrowInvalid(f"code {least if least < 0 else most} of {len(joined.dictionary)} texts")


def _damaged(path: Path, schema: pa.Schema, places: Sequence[int]) -> Diagnostic:
    """The finding on the first of the columns that can't be read."""
    for place in places:
        try:
            _columns(path, schema, [place])
        except DAMAGE:
            name = schema.names[place]
            return error(
                "unreadable",
                Cell(str(path), column=name),
                f"Kolom {name} di berkas {path.name} rusak dan tidak dapat dibaca.",
                f"The column {name} of the file {path.name} is damaged and can't be read.",
                "Salin ulang berkasnya; mungkin pengirimannya terputus.",
                "Copy the file again; its transfer may have broken off.",
            )
    return _unreadable(path)


def _unreadable(path: Path) -> Diagnostic:
    return error(
        "unreadable",
        Cell(str(path)),
        f"Berkas {path.name} tidak dapat dibaca sebagai Parquet.",
        f"The file {path.name} can't be read as Parquet.",
        "Salin ulang berkasnya; mungkin pengirimannya terputus.",
        "Copy the file again; its transfer may have broken off.",
    )
