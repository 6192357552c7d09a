"""The register of awards in a file: kk, nik, program, tahap, kabupaten, daftar, tanggal; a row an award."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ejps_core.model.declared import Identity, Register
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Listing
from ejps_core.model.registers import Awards, Snapshot
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Code, Date, Number, Type
from ejps_core.model.words import Words
from ejps_core.registry.award_rows import Record
from ejps_core.registry.columns import read_column
from ejps_core.registry.problems import apart
from ejps_core.registry.snapshots import NOWHERE, File, place_of, read_keys

PHASES = Number(0, 0, 99)
DAYS = Date(-25567, 84006)


def read_awards(register: Register, listing: Listing, file: File, on: int) -> tuple[Record, tuple[Diagnostic, ...]]:
    """The awards of a file that has the columns it needs. A row without a usable number, program or day is set apart."""
    families, usable, notes = read_keys(listing, Identity.KK, on)
    findings = list(notes)
    persons = pa.nulls(len(listing), pa.string())
    if place_of(listing, ("nik",)) is not None:
        persons, sound, notes = read_keys(listing, Identity.NIK, on)
        blank = _texts(listing, "nik") == ""
        findings += [note for note in notes if note.code != "blank-key"]
        usable &= sound | blank
    programs = _texts(listing, "program")
    phases, said = _column(listing, "tahap", PHASES, on)
    days, more = _column(listing, "tanggal", DAYS, on)
    findings += [*said, *more]
    dated = days.is_valid().to_numpy(zero_copy_only=False)
    bad = usable & (~dated | (programs == ""))
    findings += [_incomplete(listing, row) for row in np.flatnonzero(bad).tolist()]
    usable &= ~bad
    rows = np.flatnonzero(usable)
    taken = pa.array(rows)
    awards = Awards(
        families=families.take(taken),
        persons=persons.take(taken),
        programs=tuple(programs[rows].tolist()),
        phases=tuple(phases.take(taken).fill_null(0).to_pylist()),
        lists=tuple(_texts(listing, "daftar")[rows].tolist()),
        areas=tuple(_texts(listing, "kabupaten")[rows].tolist()),
        days=tuple(days.cast(pa.int32()).take(taken).to_pylist()),
    )
    found = Snapshot(
        name=register.name,
        title=register.title,
        key=register.key,
        file=file.name,
        on=file.on,
        digest=file.digest,
        rows=len(listing),
        unusable=int((~usable).sum()),
        keys=awards.families,
        values={},
    )
    return Record(found, awards, listing, tuple(rows.tolist())), tuple(findings)


def _texts(listing: Listing, name: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """A column as texts; all blank if there is none."""
    place = place_of(listing, (name,))
    if place is None:
        return np.full(len(listing), "", object)
    column = listing.fetch([place])[0]
    return np.array([column.text(row).strip() for row in range(len(listing))], object)


def _column(listing: Listing, name: str, kind: Type, on: int) -> tuple[pa.Array, list[Diagnostic]]:
    place = place_of(listing, (name,))
    if place is None:
        return pa.nulls(len(listing), pa.int64()), []
    field = Field(name, Words(name, name), kind, Level.FAMILY, NOWHERE)
    assert not isinstance(kind, Code)
    facts = read_column(listing, listing.fetch([place])[0], field, on)
    return facts.values, [note for _, note in facts.notes]


def _incomplete(listing: Listing, row: int) -> Diagnostic:
    return apart(
        "award-incomplete",
        "Baris penetapan ini tanpa program atau tanggal yang terbaca: tidak dipakai.",
        "This award has no readable program or date: it is not used.",
        "Lengkapi barisnya.",
        "Complete the row.",
    ).at(listing.cell(row))
