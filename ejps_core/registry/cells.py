"""One cell at a time, read as a list's cell of the same content would be: for families that come one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Kind
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell
from ejps_core.model.types import Code
from ejps_core.registry.codes import read_card, read_code, read_person
from ejps_core.registry.columns import holds_card, holds_nik, reader_of, reading
from ejps_core.registry.problems import Reading, Value
from ejps_core.registry.typed import spelled_out


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of some fields; `on`: the decision date."""

    fields: Mapping[str, Field]
    readers: Mapping[str, Callable[[str, Kind], Reading]]

    def read(self, cells: Mapping[str, object], place: str) -> tuple[dict[str, Value], list[Diagnostic]]:
        """Facts by field name, and what is to be said of the cells; `place` says whose they are. None: no cell."""
        values: dict[str, Value] = {}
        findings: list[Diagnostic] = []
        for name, field in self.fields.items():
            cell = cells.get(name)
            blank: Value = False if field.blank_is_no else None
            if cell is None:
                values[name] = blank if name in cells else None
                continue
            text, kind = (cell, Kind.TEXT) if isinstance(cell, str) else spelled_out(cell, isinstance(field.type, Code))
            values[name], problems = reading(text, kind, blank, self.readers[name])
            findings += [problem.at(Cell(place, column=name, value=text)) for problem in problems]
        return values, findings


def cell_reader(fields: tuple[Field, ...], on: int) -> CellReader:
    """A reader for these fields on a decision date."""
    return CellReader({field.name: field for field in fields}, {field.name: _reader(field, on) for field in fields})


def _reader(field: Field, on: int) -> Callable[[str, Kind], Reading]:
    if not isinstance(field.type, Code):
        return reader_of(field, field.name, on)
    return read_person if holds_nik(field) else read_card if holds_card(field) else read_code
