"""The footer of a Parquet file, taken apart and put together again: Thrift's compact protocol, as far as Parquet uses it.

A struct is a dict: field number -> Field. Parquet's own numbering of fields: parquet.thrift of the format's specification.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """Types of the compact protocol."""

    STOP = 0
    YES = 1
    NO = 2
    BYTE = 3
    I16 = 4
    I32 = 5
    I64 = 6
    DOUBLE = 7
    BINARY = 8
    LIST = 9
    SET = 10
    MAP = 11
    STRUCT = 12


@dataclass(slots=True)
class Field:
    """A value with its type; `of`: the type of a list's items."""

    kind: Kind
    value: object
    of: Kind = Kind.STOP


Struct = dict[int, Field]
LONG_LIST = 15


class Reader:
    """Reads a struct from bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def _bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]

    def _unsigned(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def _signed(self) -> int:
        value = self._unsigned()
        return value >> 1 ^ -(value & 1)

    def struct(self) -> Struct:
        """The struct that starts here."""
        found: Struct = {}
        number = 0
        while True:
            head = self._byte()
            if head == Kind.STOP:
                return found
            step, kind = head >> 4, Kind(head & 15)
            number = number + step if step else self._signed()
            found[number] = self._field(kind)

    def _field(self, kind: Kind) -> Field:
        if kind in (Kind.YES, Kind.NO):
            return Field(kind, kind is Kind.YES)
        if kind not in (Kind.LIST, Kind.SET):
            return Field(kind, self._value(kind))
        head = self._byte()
        size, of = head >> 4, Kind(head & 15)
        size = self._unsigned() if size == LONG_LIST else size
        return Field(kind, [self._value(of) for _ in range(size)], of)

    def _value(self, kind: Kind) -> object:
        match kind:
            case Kind.YES | Kind.NO:
                return self._byte() == Kind.YES
            case Kind.BYTE:
                return self._byte()
            case Kind.I16 | Kind.I32 | Kind.I64:
                return self._signed()
            case Kind.DOUBLE:
                return self._bytes(8)
            case Kind.BINARY:
                return self._bytes(self._unsigned())
            case Kind.STRUCT:
                return self.struct()
        raise ValueError(f"type {kind} does not occur in a footer")


class Writer:
    """Writes a struct to bytes."""

    def __init__(self) -> None:
        self.data = bytearray()

    def _unsigned(self, value: int) -> None:
        while value >= 0x80:
            self.data.append(value & 0x7F | 0x80)
            value >>= 7
        self.data.append(value)

    def _signed(self, value: int) -> None:
        self._unsigned(value << 1 if value >= 0 else (-value << 1) - 1)

    def struct(self, fields: Struct) -> None:
        """Adds a struct."""
        last = 0
        for number, field in sorted(fields.items()):
            step = number - last
            if 0 < step <= LONG_LIST:
                self.data.append(step << 4 | field.kind)
            else:
                self.data.append(field.kind)
                self._signed(number)
            last = number
            self._field(field)
        self.data.append(Kind.STOP)

    def _field(self, field: Field) -> None:
        if field.kind in (Kind.YES, Kind.NO):
            return
        if field.kind not in (Kind.LIST, Kind.SET):
            self._value(field.kind, field.value)
            return
        items = field.value
        assert isinstance(items, list)
        if len(items) < LONG_LIST:
            self.data.append(len(items) << 4 | field.of)
        else:
            self.data.append(LONG_LIST << 4 | field.of)
            self._unsigned(len(items))
        for item in items:
            self._value(field.of, item)

    def _value(self, kind: Kind, value: object) -> None:
        match kind, value:
            case (Kind.YES | Kind.NO, bool()):
                self.data.append(Kind.YES if value else Kind.NO)
            case (Kind.BYTE, int()):
                self.data.append(value)
            case (Kind.I16 | Kind.I32 | Kind.I64, int()):
                self._signed(value)
            case (Kind.DOUBLE, bytes()):
                self.data += value
            case (Kind.BINARY, bytes()):
                self._unsigned(len(value))
                self.data += value
            case (Kind.STRUCT, dict()):
                self.struct(value)
            case _:
                raise ValueError(f"type {kind} does not occur in a footer")


def structs(fields: Struct, number: int) -> list[Struct]:
    """The structs of a list field; none where it is left out."""
    value = fields[number].value if number in fields else []
    assert isinstance(value, list)
    return value


def struct(fields: Struct, number: int) -> Struct:
    """The struct in a field."""
    value = fields[number].value
    assert isinstance(value, dict)
    return value


def whole(fields: Struct, number: int) -> int:
    """The whole number in a field."""
    value = fields[number].value
    assert isinstance(value, int)
    return value


def changed(fields: Struct, number: int, change: Callable[[int], int]) -> None:
    """Changes a whole number where it is there."""
    if number in fields:
        fields[number].value = change(whole(fields, number))
