"""The rows of a table in another order: several times as fast as Arrow's take, which looks at every null on its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

FEW = 255
"""Entries of a dictionary up to which codes are moved as bytes; the code after the last stands for unknown."""


def in_order(table: pa.Table, order: Longs) -> pa.Table:
    """The table's rows `order`, each a row of it."""
    return pa.table([_column(column, order) for column in table.columns], table.schema)


def moved(rows: Longs, order: Longs) -> Longs:
    """The numbers of rows in the order; where each is one more than that before, nothing has to be looked up."""
    follow = len(rows) > 0 and bool(np.all(rows[1:] - rows[:-1] == 1))
    found: Longs = np.add(order, rows[0]) if follow else rows.take(order)
    return found


def _column(column: pa.ChunkedArray, order: Longs) -> pa.Array:
    array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if isinstance(array, pa.ChunkedArray) or not len(array):
        return column.take(pa.array(order))
    if pa.types.is_dictionary(array.type):
        return pa.DictionaryArray.from_arrays(_codes(array, order), array.dictionary)
    if pa.types.is_boolean(array.type):
        return _built(array.type, _moved_bits(array.buffers()[1], array, order), array, order)
    if pa.types.is_integer(array.type) or pa.types.is_date32(array.type):
        return _built(array.type, pa.py_buffer(_plain(array).take(order)), array, order)
    return array.take(pa.array(order))


def _codes(array: pa.DictionaryArray, order: Longs) -> pa.Array:
    """The codes of texts, in the order."""
    codes, kind, unknown = array.indices, array.indices.type, len(array.dictionary)
    if unknown > FEW:
        return _built(kind, pa.py_buffer(_plain(codes).take(order)), codes, order)
    narrow = _plain(codes).astype(np.uint8)
    if codes.null_count:
        narrow[_flags(codes.buffers()[0], codes) == 0] = unknown
    moved = narrow.take(order)
    known = pa.py_buffer(np.packbits(moved != unknown, bitorder="little")) if codes.null_count else None
    plain = pa.py_buffer(moved.astype(kind.to_pandas_dtype()))
    return pa.Array.from_buffers(kind, len(order), [known, plain])


def _built(kind: pa.DataType, values: pa.Buffer, array: pa.Array, order: Longs) -> pa.Array:
    """Values that were brought into the order, with what is known of the array as it was."""
    known = _moved_bits(array.buffers()[0], array, order) if array.null_count else None
    return pa.Array.from_buffers(kind, len(order), [known, values])


def _plain(array: pa.Array) -> npt.NDArray[Any]:
    """The values of an array of numbers; what stands where one is unknown means nothing."""
    kind = np.dtype(np.int32) if pa.types.is_date32(array.type) else np.dtype(array.type.to_pandas_dtype())
    return np.frombuffer(array.buffers()[1], kind, len(array) + array.offset)[array.offset :]


def _flags(bits: pa.Buffer, array: pa.Array) -> Bytes:
    """Bits of an array, a byte each."""
    every = np.unpackbits(np.frombuffer(bits, np.uint8), count=array.offset + len(array), bitorder="little")
    return every[array.offset :]


def _moved_bits(bits: pa.Buffer, array: pa.Array, order: Longs) -> pa.Buffer:
    return pa.py_buffer(np.packbits(_flags(bits, array).take(order), bitorder="little"))
