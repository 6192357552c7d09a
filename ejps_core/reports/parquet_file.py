"""Decisions as Parquet: verdicts as codes, rules and facts as bit masks, named in the metadata.

For every program p: `p_status` (dictionary: ineligible, undetermined, eligible), `p_failed`, `p_unknown` and
`p_needs` masks (bit i stands for rule or fact i of the metadata; a second word of 62 bits is `p_failed_2` and
so on), `p_amount` and one column a benefit and share (int64 minor units, null where undetermined or open, 0
where ineligible), `p_rank`, `p_selected`, `p_provisional`, `p_reserve` (null where there is none). The
metadata key `ejps` holds, as JSON, program -> ruleset, rules, facts, digest, as_of,
known; `determined` (text, only if there were determinations) names the facts and rules that officials determined;
`ejps_incomplete` the plugins that were left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from ejps_core.model.calendar import day_of
from ejps_core.model.decisions import (
    PROVISIONAL,
    SEAT,
    UNDETERMINED,
    VERDICTS,
    WORD,
    Bools,
    Longs,
    Paid,
    ProgramDecisions,
    Selection,
)
from ejps_core.model.run import Run
from ejps_core.reports.beside import rests_column
from ejps_core.reports.columns import values
from ejps_core.reports.records import DETERMINED

METADATA = b"ejps"
INCOMPLETE = b"ejps_incomplete"
BATCH = 65_536
"""Values handed to an encoder at a time."""
NARROW = ((8, np.uint8), (16, np.uint16), (32, np.uint32))


def write_parquet(run: Run, path: Path) -> None:
    """Writes the decisions; the same run gives the same columns."""
    columns = decision_columns(run)
    with path.open("wb") as file:
        pq.write_table(as_table(run, columns), file, **options(columns))


def options(columns: list[Written]) -> dict[str, Any]:
    """How decisions are written: compact, and fast."""
    return {
        "compression": "snappy",
        "use_dictionary": [column.name for column in columns if pa.types.is_dictionary(column.values.type)],
        "column_encoding": {column.name: "DELTA_BINARY_PACKED" for column in columns if column.close},
        "write_batch_size": BATCH,
        "write_statistics": False,
        "store_schema": True,
    }


def decision_table(run: Run) -> pa.Table:
    """The decisions as an Arrow table, made from the arrays as they are."""
    return as_table(run, decision_columns(run))


def as_table(run: Run, columns: list[Written]) -> pa.Table:
    """Columns of a run as a table that names its rules and facts."""
    fields = [pa.field(column.name, column.values.type, column.nullable) for column in columns]
    told = {METADATA: json.dumps(_metadata(run)), INCOMPLETE: json.dumps([name for name, _ in run.missing])}
    return pa.table([column.values for column in columns], pa.schema(fields, told))


def decision_columns(run: Run) -> list[Written]:
    """The key, then each program's columns."""
    columns: list[Written] = []
    key = values(run, run.programs[0], run.key)
    if key is not None:
        plain = key.cast(pa.string()) if pa.types.is_dictionary(key.type) else key
        columns.append(Written(run.key, plain, key.null_count > 0, pa.types.is_int64(key.type)))
    nothing = cache(partial(pa.nulls, len(run.candidates)))  # one column of nulls of a kind serves all programs
    for decisions in run.programs:
        columns += _program_columns(decisions, nothing)
    if run.determinations:
        columns.append(Written(DETERMINED, pa.array(rests_column(run), pa.string())))
    columns += [Written(name, pa.array(cells, pa.string()), False) for name, cells in run.beside.items()]
    return columns


@dataclass(frozen=True, slots=True)
class Written:
    """A column of the file. nullable: a null may stand in it; without, there is nothing to write of nulls. close: each
    value is near the one before it."""

    name: str
    values: pa.Array
    nullable: bool = True
    close: bool = False


def _metadata(run: Run) -> dict[str, dict[str, object]]:
    """What a reader needs to read the masks, and which rules of which day these were."""
    return {
        decisions.ruleset.program: {
            "ruleset": decisions.ruleset.id,
            "rules": [rule.id for rule in decisions.ruleset.rules],
            "facts": list(decisions.facts),
            "digest": decisions.ruleset.digest,
            "as_of": day_of(run.as_of.on).isoformat(),
            "known": day_of(run.as_of.known).isoformat(),
        }
        for decisions in run.programs
    }


def _program_columns(decisions: ProgramDecisions, nothing: Callable[[pa.DataType], pa.Array]) -> Iterator[Written]:
    name = decisions.ruleset.program
    codes = pa.Array.from_buffers(
        pa.int8(), len(decisions.status), [None, pa.py_buffer(np.ascontiguousarray(decisions.status))]
    )
    verdicts = pa.array([verdict.value for verdict in VERDICTS])
    yield Written(f"{name}_status", pa.DictionaryArray.from_arrays(codes, verdicts), nullable=False)
    rules = len(decisions.ruleset.rules)
    yield from _masks(f"{name}_failed", decisions.failed, rules, close=True)
    yield from _masks(f"{name}_unknown", decisions.unknown, rules)
    yield from _masks(f"{name}_needs", decisions.needs, len(decisions.facts))
    undetermined = decisions.status == UNDETERMINED
    total = decisions.total
    amount = _paid(total, undetermined)
    yield Written(f"{name}_amount", amount)
    for benefit, paid in zip(decisions.ruleset.benefits, decisions.benefits, strict=True):
        alone = paid.amount is total.amount and paid.open is total.open
        yield Written(f"{name}_{benefit.id}", amount if alone else _paid(paid, undetermined))
        for share, part in zip(benefit.shares, paid.shares, strict=True):
            shared = pa.array(part, mask=_any(undetermined | paid.open))
            yield Written(f"{name}_{benefit.id}_{share.name}", shared)
    yield from _seats(name, decisions, nothing)


def _masks(name: str, words: tuple[Longs, ...], bits: int, close: bool = False) -> Iterator[Written]:
    """One column a word, the first as narrow as its bits allow."""
    for index, word in enumerate(words):
        width = min(bits - index * WORD, WORD)
        narrow = next((kind for most, kind in NARROW if width <= most), np.int64)
        column = pa.array(word.astype(narrow, copy=False))
        yield Written(name if index == 0 else f"{name}_{index + 1}", column, nullable=False, close=close)


def _any(nulls: Bools) -> Bools | None:
    """The mask, or None where nothing is masked (a column without nulls is cheaper to write and to read)."""
    return nulls if nulls.any() else None


def _paid(paid: Paid, undetermined: Bools) -> pa.Array:
    return pa.array(paid.amount, mask=_any(undetermined | paid.open))


def _positive(numbers: Longs) -> pa.Array:
    return pa.array(numbers, mask=_any(numbers == 0))


SEATS = (
    ("rank", pa.int64(), True),
    ("selected", pa.bool_(), False),
    ("provisional", pa.bool_(), False),
    ("reserve", pa.int64(), True),
)
"""The columns of a place in the ranking: their types, and whether nulls may stand in them where a program chooses."""


def _seats(name: str, decisions: ProgramDecisions, nothing: Callable[[pa.DataType], pa.Array]) -> Iterator[Written]:
    if decisions.selection is not None:
        yield from seat_columns(name, decisions.selection)
        return
    chooses = decisions.ruleset.choose is not None
    for column, kind, nullable in SEATS:
        yield Written(f"{name}_{column}", nothing(kind), nullable or not chooses)


def seat_columns(name: str, selection: Selection) -> Iterator[Written]:
    """The places in the ranking of a program."""
    seats = (
        _positive(selection.rank),
        _bits((selection.seat == SEAT) | (selection.seat == PROVISIONAL)),
        _bits(selection.seat == PROVISIONAL),
        _positive(selection.reserve),
    )
    for (column, _, nullable), values_ in zip(SEATS, seats, strict=True):
        yield Written(f"{name}_{column}", values_, nullable)


def without_seats(run: Run, columns: list[Written]) -> list[Written]:
    """The columns but for the places in the rankings of programs that choose."""
    choosing = [decisions.ruleset.program for decisions in run.programs if decisions.ruleset.choose is not None]
    late = {f"{name}_{column}" for name in choosing for column, _, _ in SEATS}
    return [column for column in columns if column.name not in late]


def _bits(flags: npt.NDArray[np.bool_]) -> pa.Array:
    packed = pa.py_buffer(np.packbits(flags, bitorder="little"))
    return pa.Array.from_buffers(pa.bool_(), len(flags), [None, packed])
