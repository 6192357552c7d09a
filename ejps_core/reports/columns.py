"""The values of the facts and definitions that a report names, for the families of a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.calendar import day_number
from ejps_core.model.decisions import ProgramDecisions
from ejps_core.model.expr import AreaOf, FieldRef
from ejps_core.model.kinds import AreaLevel, Level
from ejps_core.model.masking import mask, visible
from ejps_core.model.ruleset import Definition, Field, Ruleset
from ejps_core.model.run import Run
from ejps_core.model.types import Choice, Date, Number, Quotient, Region, Type, YesNo
from ejps_core.model.words import Language
from ejps_core.reports import figures
from ejps_core.reports.words import NO, YES

DEPTH = {AreaLevel.PROVINCE: 1, AreaLevel.DISTRICT: 2, AreaLevel.SUBDISTRICT: 3}
"""How many parts a region code of each level has."""

Shown = str | int | None
"""What stands in a cell: text, a whole number, or nothing."""


def declared(ruleset: Ruleset, name: str) -> Field | Definition | None:
    """The family field or definition of that name."""
    every: tuple[Field | Definition, ...] = (*ruleset.family_fields, *ruleset.definitions)
    return next((each for each in every if each.name == name and each.level is Level.FAMILY), None)


def values(run: Run, decisions: ProgramDecisions, name: str) -> pa.Array | None:
    """The column of a family field or definition; None where the run does not hold it. A null is unknown."""
    ruleset = decisions.ruleset
    given = run.definitions.get((ruleset.program, name))
    if given is not None:
        return given
    if name in run.candidates.families.column_names:
        return _one(run.candidates.families.column(name))
    item = declared(ruleset, name)
    if isinstance(item, Definition):
        return _of_simple(run, decisions, item)
    return pa.nulls(len(run.candidates), pa.string()) if item else None


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _of_simple(run: Run, decisions: ProgramDecisions, item: Definition) -> pa.Array | None:
    """A definition that is a field, or the area a region lies in: what reports group by most."""
    match item.value:
        case FieldRef(name=name, level=Level.FAMILY):
            return values(run, decisions, name)
        case AreaOf(item=FieldRef(name=name, level=Level.FAMILY), level=level):
            regions = values(run, decisions, name)
            return None if regions is None else area_of(regions, level)
    return None


def area_of(regions: pa.Array, level: AreaLevel) -> pa.Array:
    """The areas of that level that hold the regions; a code that is too short gives none."""
    codes = regions if pa.types.is_dictionary(regions.type) else regions.dictionary_encode()
    depth = DEPTH[level]
    parts = [(entry or "").split(".") for entry in codes.dictionary.to_pylist()]
    areas = [".".join(each[:depth]) if len(each) >= depth else None for each in parts]
    return pc.take(pa.array(areas, pa.string()), codes.indices)


def cells(run: Run, decisions: ProgramDecisions, name: str, language: Language) -> list[Shown]:
    """What a report shows of a field or definition: labels by title, regions by name, dates in words."""
    item = declared(decisions.ruleset, name)
    column = values(run, decisions, name)
    if column is None or item is None:
        return [None] * len(run.candidates)
    show = _shower(item.type, decisions.ruleset, run, language)
    if pa.types.is_dictionary(column.type):
        entries = [None if entry is None else show(entry) for entry in column.dictionary.to_pylist()]
        return [None if code is None else entries[code] for code in column.indices.to_pylist()]
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    return [None if value is None else show(value) for value in column.to_pylist()]


def numbers(run: Run, decisions: ProgramDecisions, name: str) -> list[int | None] | None:
    """A number's values in units of its scale, None for unknown; nothing for what is no number."""
    item = declared(decisions.ruleset, name)
    column = values(run, decisions, name)
    if item is None or column is None or not isinstance(item.type, Number | Quotient):
        return None
    found: list[int | None] = column.to_pylist()
    return found


def masked(shown: list[Shown]) -> list[Shown]:
    """The same cells without what identifies."""
    return [None if value is None else mask(str(value)) for value in shown]


def _shower(kind: Type, ruleset: Ruleset, run: Run, language: Language) -> Callable[[object], Shown]:
    """How a value of the type is shown."""
    match kind:
        case YesNo():
            return lambda value: (YES if value else NO).say(language)
        case Choice(labels=labels):
            titles = {label.name: label.title.say(language) or label.name for label in labels}
            return lambda value: titles.get(str(value), str(value))
        case Date():
            return lambda value: figures.day(_days(value), language)
        case Region():
            return lambda value: region(str(value), run)
        case Number(scale=scale, per=per):
            if per is None and scale == 0:
                return lambda value: int(str(value))
            digits = ruleset.minor_digits
            if per is not None and scale == digits:
                return lambda value: figures.money(int(str(value)), language, ruleset.currency, digits)
            return lambda value: figures.number(int(str(value)), language, scale)
        case Quotient():
            return lambda value: int(str(value))
    return lambda value: visible(str(value))


def _days(value: object) -> int:
    if isinstance(value, int | np.integer):
        return int(value)
    assert isinstance(value, date)
    return day_number(value)


def region(code: str, run: Run) -> str:
    """A region with its code, and its name where the run knows it."""
    name = run.regions.get(code)
    return f"{code} {name}" if name else code
