"""The limit: a fused native kernel, compiled by Numba for exactly these three programs and this form of the data.

The members must come sorted by household_id, at least one for every household, and only deciles and incomes may be unknown
(all checked). No rule language could do better; how near one comes is what `vs_limit` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.arrow_columns import FLAGS, Answers, Array, Table, read, room_for, write
from tests.bench.contenders import Call, Contender, Data

SHIFTS = {"none": 60, "sd": 0, "smp": 12, "sma": 24}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the kernel reads; masks: text predicates as a bit for each entry of a dictionary."""

    starts: Array
    numbers: tuple[Array, ...]
    bits: tuple[Array, ...]
    codes: tuple[Array, ...]
    members: tuple[Array, ...]
    masks: Array
    district: Array
    districts: int


def _among(table: Table, name: str, *texts: str) -> int:
    entries = table.entries(name)
    assert len(entries) <= 64
    return sum(1 << i for i, entry in enumerate(entries) if entry in texts)


def columns(households: Table, members: Table) -> Columns:
    """The two tables as arrays."""
    from tests.bench.kernel import CHUNK

    h_id, m_id = households.values("household_id", np.int64), members.values("household_id", np.int64)
    school = members.codes("school")
    masks = [
        sum(SHIFTS[entry] << 8 * i for i, entry in enumerate(members.entries("school"))),
        _among(members, "disability", "severe"),
        _among(households, "roof", "zinc", "thatch"),
        _among(households, "wall", "wood", "bamboo"),
        _among(households, "floor", "wood", "earth"),
        _among(households, "ownership", "own"),
        _among(households, "civil_status", "active"),
    ]
    numbers: dict[str, Any] = {"decile": np.int8, "monthly_income": np.int64, "floor_area": np.int16}
    return Columns(
        starts=np.append(np.searchsorted(m_id, h_id[::CHUNK]), len(m_id)),
        numbers=(h_id, *(households.values(name, kind) for name, kind in numbers.items())),
        bits=(
            *(households.bits(name) for name in FLAGS),
            *(households.known(name) for name in ("decile", "monthly_income")),
        ),
        codes=tuple(households.codes(name) for name in ("roof", "wall", "floor", "ownership", "civil_status")),
        members=(
            m_id,
            members.values("birth_date", np.int32),
            members.bits("pregnant"),
            school,
            members.codes("disability"),
        ),
        masks=np.array(masks, np.uint64),
        district=households.codes("district"),
        districts=len(households.entries("district")),
    )


def decide(c: Columns, answers: Answers) -> Answers:
    """All programs for all families."""
    from tests.bench import kernel
    from tests.bench.kernel_select import select

    outcome = (answers.status, answers.failed, answers.unknown, answers.amount)
    lined_up = kernel.decide(c.starts, c.numbers, c.bits, c.codes, c.members, c.masks, outcome, answers.size)
    assert lined_up, "members do not come sorted by household_id, at least one for every household"
    h_id, decile, _, area = c.numbers
    select(h_id, c.district, c.districts, decile, area, answers.size, answers.status[2], answers.selected)
    return answers


def whole(data: Data, out: Path) -> Call:
    """Parquet in, Parquet out."""

    def call() -> None:
        c = columns(*read(data.households, data.members))
        write(c.numbers[0], decide(c, room_for(len(c.numbers[0]))), out)

    return call


def alone(data: Data) -> Call:
    """From arrays to arrays."""
    c = columns(*read(data.households, data.members))
    answers = room_for(len(c.numbers[0]))
    return lambda: decide(c, answers)


CONTENDER = Contender("Numba kernel, the limit", whole, alone, at_most=10_000_000, sorted_only=True)
