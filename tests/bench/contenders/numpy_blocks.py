"""NumPy written by hand: all three programs in one pass over blocks of families.

Text predicates are tables over dictionary codes; members are summed with add.reduceat over blocks that fit the cache. The
members must come sorted by household_id, at least one for every household (checked).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.arrow_columns import FLAGS, TEXTS, Answers, Array, Table, read, room_for, write
from tests.bench.contenders import Call, Contender, Data

BLOCK, BEST = 65_536, 500
BORN_7, BORN_60 = ((day - date(1970, 1, 1)).days for day in (date(2013, 10, 16), date(1960, 10, 16)))
STEPS = np.array([0, 1, 1 << 12, 1 << 24, 1 << 36, 1 << 48], np.int64)
AMOUNTS = (750_000, 600_000, 500_000, 375_000, 225_000)
LEVELS = {"none": 0, "sd": 1, "smp": 2, "sma": 3}


def _among(table: Table, name: str, *texts: str) -> Array:
    """For each distinct text of a column, whether it is one of these."""
    return np.array([entry in texts for entry in table.entries(name)], np.bool_)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns by name, and the tables that text predicates have become."""

    values: dict[str, Array]
    codes: dict[str, Array]
    bits: dict[str, Array]
    tables: dict[str, Array]
    member_ids: Array
    birth: Array
    districts: int


def columns(households: Table, members: Table) -> Columns:
    """The two tables as arrays."""
    kinds: dict[str, Any] = {"household_id": np.int64, "decile": np.int8, "monthly_income": np.int64, "floor_area": np.int16}
    bits = {name: households.bits(name) for name in FLAGS}
    bits |= {f"{name} known": households.known(name) for name in ("decile", "monthly_income")}
    return Columns(
        values={name: households.values(name, kind) for name, kind in kinds.items()},
        codes={name: households.codes(name) for name in TEXTS}
        | {name: members.codes(name) for name in ("school", "disability")},
        bits={**bits, "pregnant": members.bits("pregnant")},
        tables={
            "level": np.array([LEVELS[entry] for entry in members.entries("school")], np.int8),
            "severe": _among(members, "disability", "severe"),
            "roof": _among(households, "roof", "zinc", "thatch"),
            "wall": _among(households, "wall", "wood", "bamboo"),
            "floor": _among(households, "floor", "wood", "earth"),
            "own": _among(households, "ownership", "own"),
            "active": _among(households, "civil_status", "active"),
        },
        member_ids=members.values("household_id", np.int64),
        birth=members.values("birth_date", np.int32),
        districts=len(households.entries("district")),
    )


@dataclass(frozen=True, slots=True)
class Job:
    """Families low..high and their members first..last (both ends excluded)."""

    low: int
    high: int
    first: int
    last: int


def _flags(packed: Array, low: int, high: int) -> Array:
    bits = np.unpackbits(packed[low >> 3 : (high + 7) >> 3], bitorder="little")
    return bits[low & 7 : (low & 7) + high - low].view(np.bool_)


def _mask(terms: dict[int, Array], rows: int) -> Array:
    total = np.zeros(rows, np.uint8)
    for i, term in terms.items():
        total |= term.view(np.uint8) << np.uint8(i)
    return total


def _components(c: Columns, job: Job, starts: Array) -> Array:
    """The sum of the four largest components of each family."""
    people = slice(job.first, job.last)
    birth, level = c.birth[people], c.tables["level"][c.codes["school"][people]]
    level[c.tables["severe"][c.codes["disability"][people]] | (birth <= BORN_60)] = 4
    level[_flags(c.bits["pregnant"], job.first, job.last) | (birth > BORN_7)] = 5
    packed = np.add.reduceat(STEPS[level], starts)
    left, total = np.full(len(starts), 4, np.int64), np.zeros(len(starts), np.int64)
    for shift, amount in zip((48, 36, 24, 12, 0), AMOUNTS, strict=True):
        taken = np.minimum(left, packed >> shift & 4095)
        left -= taken
        total += taken * amount
    return total


def _block(c: Columns, answers: Answers, job: Job) -> None:
    rows, count = slice(job.low, job.high), job.high - job.low
    ids = c.member_ids[job.first : job.last]
    starts = np.flatnonzero(np.concatenate(([True], ids[1:] != ids[:-1])))
    lined_up = len(starts) == count and np.array_equal(ids[starts], c.values["household_id"][rows])
    assert lined_up, "members do not come sorted by household_id, at least one for every household"
    size = np.diff(starts, append=len(ids)).astype(np.int32)
    answers.size[rows] = size
    total = _components(c, job, starts)

    def flag(name: str) -> Array:
        return _flags(c.bits[name], job.low, job.high)

    def text(name: str, table: str | None = None) -> Array:
        return c.tables[table or name][c.codes[name][rows]]

    decile, income = flag("decile known"), flag("monthly_income known")
    not_poor, inactive = decile & (c.values["decile"][rows] > 4), ~text("civil_status", "active")
    rich = income & (c.values["monthly_income"][rows] > 400_000 * size.astype(np.int64))
    narrow = c.values["floor_area"][rows].astype(np.int32) * 10 < 72 * size
    bad = sum((text(name).view(np.uint8) for name in ("roof", "wall", "floor")), narrow.view(np.uint8))
    pkh = flag("receives_pkh")
    fails = (
        {0: ~flag("in_dtks"), 1: not_poor, 2: pkh | flag("receives_bpnt"), 3: inactive, 4: rich},
        {0: ~pkh, 1: inactive, 2: not_poor, 3: total == 0},
        {0: not_poor, 1: ~text("ownership", "own"), 2: flag("received_rtlh"), 3: inactive, 4: bad < 2},
    )
    opens = ({1: ~decile, 4: ~income}, {2: ~decile}, {0: ~decile})
    for p, amount in enumerate((600_000, total, 20_000_000)):
        failed, unknown = _mask(fails[p], count), _mask(opens[p], count)
        status = np.where(failed > 0, 0, np.where(unknown > 0, 1, 2)).astype(np.uint8)
        answers.failed[p, rows], answers.unknown[p, rows], answers.status[p, rows] = failed, unknown, status
        answers.amount[p, rows] = (status == 2) * amount


def _select(c: Columns, answers: Answers) -> None:
    """The best of each district; ties at the limit go to the lowest ids."""
    rows = np.flatnonzero(answers.status[2] == 2)
    district, ids = c.codes["district"][rows], c.values["household_id"]
    key = c.values["decile"][rows] * 65536.0 + c.values["floor_area"][rows] / answers.size[rows]
    answers.selected[:] = False
    for number in range(c.districts):
        own, keys = rows[district == number], key[district == number]
        if len(own) > BEST:
            limit = np.partition(keys, BEST - 1)[BEST - 1]
            sure, tied = own[keys < limit], own[keys == limit]
            answers.selected[sure] = True
            own = tied[np.argsort(ids[tied])[: BEST - len(sure)]]
        answers.selected[own] = True


def decide(c: Columns, answers: Answers, cores: int) -> Answers:
    """All programs for all families."""
    ids = c.values["household_id"]
    lows = range(0, len(ids), BLOCK)
    firsts = [int(first) for first in np.append(np.searchsorted(c.member_ids, ids[::BLOCK]), len(c.member_ids))]
    jobs = [Job(low, min(len(ids), low + BLOCK), firsts[i], firsts[i + 1]) for i, low in enumerate(lows)]
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(lambda job: _block(c, answers, job), jobs))
    _select(c, answers)
    return answers


def whole(data: Data, out: Path) -> Call:
    """Parquet in, Parquet out."""

    def call() -> None:
        c = columns(*read(data.households, data.members))
        ids = c.values["household_id"]
        write(ids, decide(c, room_for(len(ids)), data.cores), out)

    return call


def alone(data: Data) -> Call:
    """From arrays to arrays."""
    c = columns(*read(data.households, data.members))
    answers = room_for(len(c.values["household_id"]))
    return lambda: decide(c, answers, data.cores)


CONTENDER = Contender("NumPy, by hand", whole, alone, at_most=10_000_000, sorted_only=True)
