"""The recaps a report declares: groups of families, how they came out, and sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.decisions import ELIGIBLE, Longs, ProgramDecisions
from ejps_core.model.kinds import AreaLevel
from ejps_core.model.ruleset import ReportTotal
from ejps_core.model.run import Run
from ejps_core.model.types import Number, Region
from ejps_core.model.words import Language, Words
from ejps_core.reports import records
from ejps_core.reports.columns import Shown, area_of, cells, declared, region, values
from ejps_core.reports.counts import Counts, count, exact_sum
from ejps_core.reports.words import OUTPUTS

UNKNOWN = Words("(belum diketahui)", "(unknown)")


@dataclass(frozen=True, slots=True)
class Group:
    """The families that share the values a recap is made by. sums: per number named, over the eligible."""

    names: tuple[str, ...]
    counts: Counts
    sums: tuple[tuple[str, int], ...]


def groups(run: Run, decisions: ProgramDecisions, total: ReportTotal, language: Language) -> tuple[Group, ...]:
    """The groups of a recap, in the order of their names; unknown ones last."""
    shown = [_named(run, decisions, name, language) for name in total.by]
    numbers = {name: number for name in total.of if (number := _number(run, decisions, name)) is not None}
    return _grouped(decisions, shown, numbers, language)


def by_district(run: Run, decisions: ProgramDecisions, language: Language) -> tuple[Group, ...]:
    """The families by the district of their address; nothing where the program knows no address."""
    home = next((field for field in decisions.ruleset.family_fields if isinstance(field.type, Region)), None)
    regions = values(run, decisions, home.name) if home else None
    if regions is None:
        return ()
    codes = area_of(regions, AreaLevel.DISTRICT).to_pylist()
    shown: list[Shown] = [None if code is None else region(code, run) for code in codes]
    return _grouped(decisions, [shown], {}, language)


def _grouped(
    decisions: ProgramDecisions, shown: list[list[Shown]], numbers: dict[str, Longs], language: Language
) -> tuple[Group, ...]:
    labels = [tuple(str(cell) if cell is not None else "" for cell in row) for row in zip(*shown, strict=True)]
    places = {label: place for place, label in enumerate(sorted(set(labels), key=_unknown_last))}
    of = np.array([places[label] for label in labels], np.int64)
    eligible = decisions.status == ELIGIBLE
    return tuple(
        Group(
            tuple(part or UNKNOWN.say(language) for part in label),
            count(decisions, of == place),
            tuple((name, exact_sum(number[eligible & (of == place)])) for name, number in numbers.items()),
        )
        for label, place in places.items()
    )


def _unknown_last(label: tuple[str, ...]) -> tuple[tuple[bool, str], ...]:
    return tuple((part == "", part) for part in label)


def _named(run: Run, decisions: ProgramDecisions, name: str, language: Language) -> list[Shown]:
    """What the families are grouped by."""
    match name:
        case "status":
            return records.statuses(decisions, language)
        case "reasons":
            return records.reasons(decisions, language)
        case "needs":
            return records.needs(decisions, language, str)
        case "selected":
            return records.seats(decisions, language)
        case "phase":
            return phases(decisions)
    return cells(run, decisions, name, language)


def phases(decisions: ProgramDecisions) -> list[Shown]:
    """The phase each family is decided for; empty where there is none or it is not known which."""
    shown: list[Shown] = pa.array(decisions.phase, mask=decisions.phase == 0).to_pylist()
    return shown


def _number(run: Run, decisions: ProgramDecisions, name: str) -> Longs | None:
    """A numeric fact to be added up; None for what is no number, and for what every recap counts."""
    item = declared(decisions.ruleset, name)
    column = values(run, decisions, name) if item else None
    if item is None or column is None or not isinstance(item.type, Number):
        return None
    filled = pc.fill_null(column.cast(pa.int64()), 0)
    return np.asarray(filled.to_numpy(zero_copy_only=False), np.int64)


def title(decisions: ProgramDecisions, name: str, language: Language) -> str:
    """The heading of a column a recap names."""
    item = declared(decisions.ruleset, name)
    if item is not None:
        return item.title.say(language) or name
    return OUTPUTS[name].say(language) if name in OUTPUTS else name
