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
from collections.abc import Iterator
from pathlib import Path

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
)
from ejps_core.model.run import Run
from ejps_core.reports.beside import rests_column
from ejps_core.reports.columns import values
from ejps_core.reports.records import DETERMINED

METADATA = b"ejps"
INCOMPLETE = b"ejps_incomplete"
NARROW = ((8, np.uint8), (16, np.uint16), (32, np.uint32))


def write_parquet(run: Run, path: Path) -> None:
    """Writes the decisions; the same run gives the same columns."""
    table = decision_table(run)
    statuses = [name for name in table.column_names if pa.types.is_dictionary(table.schema.field(name).type)]
    with path.open("wb") as file:
        pq.write_table(
            table,
            file,
            compression="snappy",
            use_dictionary=statuses,
            write_statistics=False,
            store_schema=True,
        )


def decision_table(run: Run) -> pa.Table:
    """The decisions as an Arrow table, made from the arrays as they are."""
    columns: dict[str, pa.Array] = {}
    key = values(run, run.programs[0], run.key)
    if key is not None:
        columns[run.key] = key.cast(pa.string()) if pa.types.is_dictionary(key.type) else key
    for decisions in run.programs:
        columns |= dict(_program_columns(decisions))
    if run.determinations:
        columns[DETERMINED] = pa.array(rests_column(run), pa.string())
    return pa.table(columns).replace_schema_metadata(
        {METADATA: json.dumps(_metadata(run)), INCOMPLETE: json.dumps([name for name, _ in run.missing])}
    )


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


def _program_columns(decisions: ProgramDecisions) -> Iterator[tuple[str, pa.Array]]:
    name = decisions.ruleset.program
    codes = pa.Array.from_buffers(
        pa.int8(), len(decisions.status), [None, pa.py_buffer(np.ascontiguousarray(decisions.status))]
    )
    verdicts = pa.array([verdict.value for verdict in VERDICTS])
    yield f"{name}_status", pa.DictionaryArray.from_arrays(codes, verdicts)
    rules = len(decisions.ruleset.rules)
    yield from _masks(f"{name}_failed", decisions.failed, rules)
    yield from _masks(f"{name}_unknown", decisions.unknown, rules)
    yield from _masks(f"{name}_needs", decisions.needs, len(decisions.facts))
    undetermined = decisions.status == UNDETERMINED
    yield f"{name}_amount", _paid(decisions.total, undetermined)
    for benefit, paid in zip(decisions.ruleset.benefits, decisions.benefits, strict=True):
        yield f"{name}_{benefit.id}", _paid(paid, undetermined)
        for share, part in zip(benefit.shares, paid.shares, strict=True):
            yield f"{name}_{benefit.id}_{share.name}", pa.array(part, mask=_any(undetermined | paid.open))
    yield from _seats(name, decisions)


def _masks(name: str, words: tuple[Longs, ...], bits: int) -> Iterator[tuple[str, pa.Array]]:
    """One column a word, the first as narrow as its bits allow."""
    for index, word in enumerate(words):
        width = min(bits - index * WORD, WORD)
        narrow = next((kind for most, kind in NARROW if width <= most), np.int64)
        yield (name if index == 0 else f"{name}_{index + 1}"), pa.array(word.astype(narrow, copy=False))


def _any(nulls: Bools) -> Bools | None:
    """The mask, or None where nothing is masked (a column without nulls is cheaper to write and to read)."""
    return nulls if nulls.any() else None


def _paid(paid: Paid, undetermined: Bools) -> pa.Array:
    return pa.array(paid.amount, mask=_any(undetermined | paid.open))


def _positive(numbers: Longs) -> pa.Array:
    return pa.array(numbers, mask=_any(numbers == 0))


def _seats(name: str, decisions: ProgramDecisions) -> Iterator[tuple[str, pa.Array]]:
    rows = len(decisions.status)
    selection = decisions.selection
    if selection is None:
        for column, kind in (
            ("rank", pa.int64()),
            ("selected", pa.bool_()),
            ("provisional", pa.bool_()),
            ("reserve", pa.int64()),
        ):
            yield f"{name}_{column}", pa.nulls(rows, kind)
        return
    yield f"{name}_rank", _positive(selection.rank)
    yield f"{name}_selected", _bits((selection.seat == SEAT) | (selection.seat == PROVISIONAL))
    yield f"{name}_provisional", _bits(selection.seat == PROVISIONAL)
    yield f"{name}_reserve", _positive(selection.reserve)


def _bits(flags: npt.NDArray[np.bool_]) -> pa.Array:
    packed = pa.py_buffer(np.packbits(flags, bitorder="little"))
    return pa.Array.from_buffers(pa.bool_(), len(flags), [None, packed])
