"""What registers say, put into candidates: pure, whatever the snapshots and declarations were read from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_of
from ejps_core.model.candidates import Candidates, FactOrigin
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.registers import Declaration, Snapshot
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell
from ejps_core.model.types import Region
from ejps_core.model.wording import value_words
from ejps_core.model.words import Words
from ejps_core.registry.declarations import usable
from ejps_core.registry.feeding import Feed
from ejps_core.registry.lookup import Lookup
from ejps_core.registry.problems import remark
from ejps_core.registry.recognised import Recognised
from ejps_core.registry.settling import Bools, Filling, Longs, mask_of, plain
from ejps_core.registry.waiting import Asked, unsettled


def filled(
    candidates: Candidates,
    fields: Sequence[Field],
    snapshots: Sequence[tuple[Snapshot, Sequence[Feed]]],
    declarations: Sequence[Declaration],
    as_of: AsOf,
    source: str,
    recognised: Recognised | None = None,
) -> tuple[Candidates, tuple[Diagnostic, ...], dict[str, tuple[Declaration, ...]]]:
    """The candidates with what the registers say, what is to be said of it, and the declarations that were used.

    fields: of the list, both levels, the families' key among them. source: the list, for the places of findings. What a
    register says wins over the list's cell; where it is silent the cell stays. Absence means no only for families whose
    region lies in an area for which a declaration, dated by the known date, says that the register is complete.
    recognised: who the people are besides their numbers; None: nothing is on record of that.
    """
    filling = Filling(candidates)
    covers = Covers(filling, fields)
    findings: list[Diagnostic] = []
    used: dict[str, tuple[Declaration, ...]] = {}
    for snapshot, feeds in snapshots:
        own, said = usable(snapshot, declarations, as_of)
        findings += said
        findings += covers.idle(own)
        where = covers.of(own)
        used[snapshot.name] = tuple(own[i] for i in np.unique(where[where >= 0]).tolist())
        asked = Asked(filling, fields, snapshot, recognised)
        for feed in feeds:
            if feed.fact in snapshot.values:
                findings += _fill(filling, snapshot, feed, own, where, asked.by(feed), source)
        findings += asked.said
    unknown = {d.register for d in declarations} - {snapshot.name for snapshot, _ in snapshots}
    findings += [_alone(name) for name in sorted(unknown)]
    return filling.done(), tuple(findings), used


class Covers:
    """For each family, the declaration that covers its region."""

    def __init__(self, filling: Filling, fields: Sequence[Field]) -> None:
        self.count = filling.rows(Level.FAMILY)
        region = next((f for f in fields if f.level is Level.FAMILY and isinstance(f.type, Region)), None)
        self.regions = None if region is None else filling.values(region).dictionary_encode()

    def of(self, declarations: Sequence[Declaration]) -> Longs:
        """The number of the latest declaration for an area in which the family lives; -1: none."""
        none: Longs = np.full(self.count, -1, np.int64)
        if self.regions is None or not declarations:
            return none
        order = sorted(range(len(declarations)), key=lambda i: -declarations[i].on)
        best = [
            next((i for i in order if _within(region, declarations[i].area)), -1)
            for region in self.regions.dictionary.to_pylist()
        ]
        places = self.regions.indices.fill_null(len(best)).to_numpy(zero_copy_only=False)
        found: Longs = np.array([*best, -1], np.int64)[places]
        return found

    def idle(self, declarations: Sequence[Declaration]) -> list[Diagnostic]:
        """A remark on each that covers no family of the list: nothing becomes no by it."""
        living = [] if self.regions is None else self.regions.dictionary.to_pylist()
        return [_nobody(each) for each in declarations if not any(_within(region, each.area) for region in living)]


def _nobody(declaration: Declaration) -> Diagnostic:
    return remark(
        "declaration-covers-nobody",
        f"Pernyataan lengkap {declaration.register} untuk {declaration.area} tidak mencakup satu keluarga pun di daftar.",
        f"The declaration of {declaration.register} for {declaration.area} covers no family of this list.",
        "Periksa wilayah di daftar dan di pernyataannya; --district mengisi wilayah yang kosong.",
        "Check the regions of the list and the declaration; --district fills empty regions.",
    ).at(declaration.place)


def _within(region: str, area: str) -> bool:
    return region == area or region.startswith(f"{area}.")


def _fill(
    filling: Filling,
    snapshot: Snapshot,
    feed: Feed,
    declarations: Sequence[Declaration],
    covering: Longs,
    found: Lookup,
    source: str,
) -> list[Diagnostic]:
    """Settles one fact; says where the list said otherwise."""
    field, says = feed.field, snapshot.values[feed.fact]
    near = covering if field.level is Level.FAMILY else covering[filling.family_of]
    covered = np.where(found.sure & (found.place < 0), near, -1)
    width = len(found.words) + 1
    if says is None:
        there = found.place >= 0
        values = pa.array(there)
    else:
        covered = np.full(len(near), -1, np.int64)
        values = _told(snapshot, feed, found)
        there = mask_of(values.is_valid())
    origins = np.where(covered >= 0, 1 + width * (1 + covered) + found.how, 0).astype(np.int32)
    origins[there] = 1 + found.how[there]
    findings = _differing(filling, field, values, origins > 0, snapshot, source)
    labels = [_present(snapshot, how) for how in (None, *found.words)]
    labels += [_absent(snapshot, each, how) for each in declarations for how in (None, *found.words)]
    open_ = unsettled(filling, snapshot, feed, near, found)
    if open_:
        rows = np.array(sorted(open_), np.int64)
        origins[rows] = len(labels) + 1 + np.array([found.waiting[row].why for row in rows.tolist()], np.int32)
        labels += [_present(snapshot, how) for how in (None, *found.words)]
        waits = np.zeros(len(origins), np.bool_)
        waits[rows] = True
        values = pc.if_else(pa.array(waits), pa.scalar(None, values.type), values)
    filling.put(feed.fact, field, values, origins, labels)
    return findings


def _told(snapshot: Snapshot, feed: Feed, found: Lookup) -> pa.Array:
    """What the rows say that were found: of a number together, of a row that an official has chosen by itself."""
    together, own = snapshot.values[feed.fact], snapshot.own[feed.fact]
    assert together is not None and own is not None
    taken = pa.array(found.place, mask=found.place < 0)
    if not found.single.any():
        return plain(together).take(taken)
    return pc.if_else(pa.array(found.single), plain(own).take(taken), plain(together).take(taken))


def _differing(
    filling: Filling, field: Field, values: pa.Array, told: Bools, snapshot: Snapshot, source: str
) -> list[Diagnostic]:
    """A remark on each row where the list says otherwise."""
    old = filling.values(field)
    other = mask_of(pc.not_equal(old, plain(values).cast(old.type)).fill_null(False))
    candidates = filling.candidates
    findings = []
    for row in np.flatnonzero(told & other).tolist():
        mine, theirs = (value_words(plain_value(v[row]), field.type) for v in (old, values))
        number = row_number(candidates, filling, field.level, row)
        findings.append(
            remark(
                "register-differs",
                f"Daftar: {mine.id}; register {snapshot.name}: {theirs.id}. Register yang dipakai.",
                f"The list: {mine.en}; the register {snapshot.name}: {theirs.en}. The register is used.",
                "Periksa mana yang benar, lalu perbaiki daftar atau minta register diperbaiki.",
                "Find out which is right; mend the list, or have the register mended.",
            ).at(Cell(source, None, number, field.name, mine.id))
        )
    return findings


def row_number(candidates: Candidates, filling: Filling, level: Level, row: int) -> int:
    """The row of the list: the member's own where it is known, else that of its family."""
    if level is Level.FAMILY:
        return int(candidates.family_rows[row])
    if candidates.member_rows is not None:
        return int(candidates.member_rows[row])
    return int(candidates.family_rows[filling.family_of[row]])


def plain_value(scalar: pa.Scalar) -> bool | int | str | None:
    """A cell as a plain value: a date as its day number."""
    found = scalar.cast(pa.int32()).as_py() if pa.types.is_date(scalar.type) else scalar.as_py()
    value: bool | int | str | None = found
    return value


def as_of_words(on: int | None) -> Words:
    """Of which day data are."""
    if on is None:
        return Words("tanggal data tidak disebut", "day of the data not said")
    day = day_of(on).isoformat()
    return Words(f"posisi data {day}", f"data as of {day}")


def _present(snapshot: Snapshot, how: Words | None) -> FactOrigin:
    when, by = as_of_words(snapshot.on), _how(how)
    return FactOrigin(
        Words(
            f"register {snapshot.name}, {when.id} ({snapshot.file}){by.id}",
            f"register {snapshot.name}, {when.en} ({snapshot.file}){by.en}",
        )
    )


def _how(how: Words | None) -> Words:
    """How the row was found, where it wasn't by its number."""
    return Words("", "") if how is None else Words(f", {how.id}", f", {how.en}")


def _absent(snapshot: Snapshot, declaration: Declaration, how: Words | None) -> FactOrigin:
    when, day, by = as_of_words(snapshot.on), day_of(declaration.on).isoformat(), _how(how)
    return FactOrigin(
        Words(
            f"tidak ada di register {snapshot.name}, {when.id} ({snapshot.file}), yang dinyatakan lengkap untuk "
            f"{declaration.area} per {day} oleh {declaration.who}{by.id}",
            f"not in the register {snapshot.name}, {when.en} ({snapshot.file}), declared complete for "
            f"{declaration.area} as of {day} by {declaration.who}{by.en}",
        )
    )


def _alone(name: str) -> Diagnostic:
    return remark(
        "declaration-unused",
        f"Register {name} dinyatakan lengkap, tetapi tidak diberikan (--register {name}=…).",
        f"The register {name} is declared complete, but was not given (--register {name}=…).",
        "Berikan berkas registernya, atau hapus pernyataannya.",
        "Give the register's file, or remove the declaration.",
    ).at(None)
