"""The footer of a Parquet file, taken apart and put together again: Thrift's compact protocol, as far as Parquet uses it.

A struct is a dict: field number -> (type, value); the value of a list is (type of its items, items). Parquet's own numbering
of fields is in parquet.thrift of the format's specification.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

STOP, YES, NO, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST = range(10)
STRUCT = 12
"""Types of the compact protocol. Sets and maps do not occur in a footer."""
LONG_LIST = 15
MORE = 0x80
"""Set in each byte of a number but the last."""

Struct = dict[int, tuple[int, Any]]


def read(data: bytes) -> Struct:
    """The struct at the beginning of the data."""
    return _struct(data, 0)[0]


def _unsigned(data: bytes, at: int) -> tuple[int, int]:
    """A number, and where the next value begins."""
    byte = data[at]
    if byte < MORE:
        return byte, at + 1
    value, shift = byte & 0x7F, 7
    while True:
        at += 1
        byte = data[at]
        value |= (byte & 0x7F) << shift
        if byte < MORE:
            return value, at + 1
        shift += 7


def _signed(data: bytes, at: int) -> tuple[int, int]:
    value, at = _unsigned(data, at)
    return value >> 1 ^ -(value & 1), at


def _struct(data: bytes, at: int) -> tuple[Struct, int]:
    found: Struct = {}
    number = 0
    while (head := data[at]) != STOP:
        at += 1
        kind = head & 15
        if head >> 4:
            number += head >> 4
        else:
            number, at = _signed(data, at)
        if kind in (YES, NO):
            found[number] = kind, kind == YES
        else:
            value, at = _value(data, at, kind)
            found[number] = kind, value
    return found, at + 1


def _value(data: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind in (I16, I32, I64):
        return _signed(data, at)
    if kind == STRUCT:
        return _struct(data, at)
    if kind == BINARY:
        size, at = _unsigned(data, at)
        return data[at : at + size], at + size
    if kind == LIST:
        return _list(data, at)
    if kind in (YES, NO, BYTE):
        return data[at], at + 1
    if kind == DOUBLE:
        return data[at : at + 8], at + 8
    raise ValueError(f"type {kind} does not occur in a footer")


def _list(data: bytes, at: int) -> tuple[tuple[int, list[Any]], int]:
    size, of = data[at] >> 4, data[at] & 15
    at += 1
    if size == LONG_LIST:
        size, at = _unsigned(data, at)
    items = []
    for _ in range(size):
        item, at = _value(data, at, of)
        items.append(item)
    return (of, items), at


def write(fields: Struct) -> bytes:
    """The struct as bytes."""
    data = bytearray()
    _add_struct(data, fields)
    return bytes(data)


def _add_unsigned(data: bytearray, value: int) -> None:
    while value >= MORE:
        data.append(value & 0x7F | MORE)
        value >>= 7
    data.append(value)


def _add_signed(data: bytearray, value: int) -> None:
    _add_unsigned(data, value << 1 if value >= 0 else (-value << 1) - 1)


def _add_struct(data: bytearray, fields: Struct) -> None:
    last = 0
    for number in sorted(fields):
        kind, value = fields[number]
        step, last = number - last, number
        if step <= LONG_LIST:
            data.append(step << 4 | kind)
        else:
            data.append(kind)
            _add_signed(data, number)
        if kind not in (YES, NO):
            _add(data, kind, value)
    data.append(STOP)


def _add(data: bytearray, kind: int, value: Any) -> None:  # noqa: ANN401 - what a field holds follows from its type
    if kind in (I16, I32, I64):
        _add_signed(data, value)
    elif kind == STRUCT:
        _add_struct(data, value)
    elif kind == BINARY:
        _add_unsigned(data, len(value))
        data += value
    elif kind == LIST:
        of, items = value
        data.append(min(len(items), LONG_LIST) << 4 | of)
        if len(items) >= LONG_LIST:
            _add_unsigned(data, len(items))
        for item in items:
            _add(data, of, item)
    elif kind == DOUBLE:
        data += value
    else:
        data.append(value)


def structs(fields: Struct, number: int) -> list[Struct]:
    """The structs of a list; none where it is left out."""
    found: list[Struct] = fields[number][1][1] if number in fields else []
    return found


def struct(fields: Struct, number: int) -> Struct:
    """The struct in a field."""
    found: Struct = fields[number][1]
    return found


def whole(fields: Struct, number: int) -> int:
    """The whole number in a field."""
    found: int = fields[number][1]
    return found


def changed(fields: Struct, number: int, change: Callable[[int], int]) -> None:
    """Changes a whole number where it is there."""
    if number in fields:
        kind, value = fields[number]
        fields[number] = kind, change(value)
