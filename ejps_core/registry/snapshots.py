"""A register's file as a snapshot: keys, and the values that settle facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.declared import Identity, Register
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Listing
from ejps_core.model.registers import Snapshot
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell, Span
from ejps_core.model.types import Code
from ejps_core.model.words import Words
from ejps_core.registry.columns import read_column
from ejps_core.registry.cutting import row_names
from ejps_core.registry.feeding import Feed
from ejps_core.registry.headers import forms
from ejps_core.registry.marks import normal
from ejps_core.registry.problems import error, remark
from ejps_core.registry.skipped import without_totals

NOWHERE = Span("", 1, 1, 1, 1)
KEYS = {
    Identity.KK: Field("kk", Words("Nomor KK", "Family card number"), Code(), Level.FAMILY, NOWHERE, key=True),
    Identity.NIK: Field("nik", Words("NIK", "NIK"), Code(), Level.MEMBER, NOWHERE, key=True),
}
"""The columns by which a register is looked up."""
CARDS = frozenset(("kk", "nokk", "nomorkk", "nomorkartukeluarga", "nokartukeluarga", "familycard", "familycardnumber"))
UNSURE = frozenset(("number-cell", "number-column"))
"""What is said of a number whose last digit can't be trusted."""


@dataclass(frozen=True, slots=True)
class File:
    """Where a snapshot comes from: the file's name, its SHA-256, and the day of the data (None: not said)."""

    name: str
    digest: str
    on: int | None


def place_of(listing: Listing, names: Sequence[str]) -> int | None:
    """The column of that name: the first of the names that has one."""
    heads = [normal(header) for header in listing.headers]
    return next((heads.index(normal(name)) for name in names if normal(name) in heads), None)


def lacking(register: Register, listing: Listing) -> Diagnostic | None:
    """An error if a column that the register needs is not there."""
    wanted = dict.fromkeys((register.key.value, *register.needed))
    missing = [name for name in wanted if place_of(listing, _names(name)) is None]
    if not missing:
        return None
    named, all_ = ", ".join(missing), ", ".join((*wanted, *(each.name for each in register.columns)))
    return error(
        "register-column-missing",
        listing.cell(),
        f"Register {register.name} tidak punya kolom {named}.",
        f"The register {register.name} has no column {named}.",
        f"Kolomnya: {all_}.",
        f"Its columns are {all_}.",
    )


def _names(name: str) -> tuple[str, ...]:
    return (name, *sorted(CARDS)) if name == Identity.KK.value else (name,)


def read_keys(listing: Listing, identity: Identity, on: int) -> tuple[pa.Array, npt.NDArray[np.bool_], list[Diagnostic]]:
    """The keys of all rows as texts (null: none), which of them can be trusted, and what is said of the others."""
    place = place_of(listing, _names(identity.value))
    assert place is not None
    facts = read_column(listing, listing.fetch([place])[0], KEYS[identity], on, key=True)
    keys = facts.values.cast(pa.string())
    usable = keys.is_valid().to_numpy(zero_copy_only=False).copy()
    usable[list(facts.shaky)] = False
    usable[[row for row, note in facts.notes if row >= 0 and note.code in UNSURE]] = False
    notes = [_unusable(note) if note.code in UNSURE else note for _, note in facts.notes]
    return keys, usable, notes


def _unusable(note: Diagnostic) -> Diagnostic:
    """In a register a number without its last digit finds nobody: its row is set apart."""
    return replace(note, severity=Severity.SET_APART)


def snapshot(
    register: Register, listing: Listing, feeds: Sequence[Feed], file: File, on: int
) -> tuple[Snapshot | None, tuple[Diagnostic, ...]]:
    """The register as it stands in the list, for these facts; None with an error where a column is missing.

    on: the decision date. A column that the file does not have settles nothing, with a remark.
    """
    missing = lacking(register, listing)
    if missing is not None:
        return None, (missing,)
    place = place_of(listing, _names(register.key.value))
    assert place is not None
    whole, names_of = listing, row_names(listing)
    listing, skipped = without_totals(whole, place, KEYS[register.key])
    called = listing.rows
    if names_of is not whole.rows:
        called = without_totals(replace(whole, rows=names_of), place, KEYS[register.key])[0].rows
    read_as, usable, notes = read_keys(listing, register.key, on)
    keys = pc.if_else(pa.array(usable), read_as, pa.scalar(None, pa.string()))
    findings = [*skipped, *notes]
    values: dict[str, pa.Array | None] = {}
    seen: set[int] = set()
    for feed in feeds:
        if feed.column is None:
            values[feed.fact] = None
            continue
        names = (feed.column.name, *(() if feed.head else forms(feed.field)), *feed.column.facts)
        at = place_of(listing, names)
        if at is None:
            findings.append(_no_values(register, feed, listing.cell()))
            continue
        read = read_column(listing, listing.fetch([at])[0], replace(feed.field, key=False, blank_is_no=False), on)
        findings += [note for _, note in read.notes if at not in seen or note not in findings]
        seen.add(at)
        values[feed.fact] = read.values
    found = Snapshot(
        name=register.name,
        title=register.title,
        key=register.key,
        file=file.name,
        on=file.on,
        digest=file.digest,
        rows=len(listing),
        unusable=int((~usable).sum()),
        keys=keys,
        values={fact: _agreed(keys, column) for fact, column in values.items()},
        own=values,
        names=called,
    )
    return found, (*findings, *_differing(register, found, listing))


def _no_values(register: Register, feed: Feed, place: Cell) -> Diagnostic:
    assert feed.column is not None
    name = feed.column.name
    return remark(
        "register-values-missing",
        f"Register {register.name} tidak punya kolom {name}: {feed.field.name} tidak diisi dari sana.",
        f"The register {register.name} has no column {name}: {feed.field.name} is not settled by it.",
        f"Tambahkan kolom {name} bila datanya ada.",
        f"Add a column {name} if there are data.",
    ).at(place)


def _agreed(keys: pa.Array, values: pa.Array | None) -> pa.Array | None:
    """The values, silent wherever rows of one key say different things; each row of a key says what they say together.

    A row without a usable key says what it says.
    """
    if values is None or not len(keys):
        return values
    key = keys.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    alone = np.flatnonzero(key < 0)
    key[alone] = key.max(initial=-1) + 1 + np.arange(len(alone))
    plain = values.dictionary_decode() if isinstance(values, pa.DictionaryArray) else values
    code = plain.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    rows = np.flatnonzero(code >= 0)
    low = np.full(int(key.max()) + 1, np.iinfo(np.int64).max)
    high = np.full(len(low), -1, np.int64)
    row = np.full(len(low), -1, np.int64)
    np.minimum.at(low, key[rows], code[rows])
    np.maximum.at(high, key[rows], code[rows])
    row[key[rows]] = rows
    row[low != high] = -1
    return plain.take(pa.array(row[key], mask=row[key] < 0))


def _differing(register: Register, found: Snapshot, listing: Listing) -> list[Diagnostic]:
    """Once, how many keys are silent because their rows differ or say nothing."""
    findings = []
    for fact, values in found.values.items():
        count = 0 if values is None else pc.count_distinct(found.keys.filter(values.is_null())).as_py()
        if not count:
            continue
        findings.append(
            remark(
                "register-silent",
                f"Register {register.name}: {count} nomor tanpa jawaban untuk {fact}, atau dengan jawaban yang berbeda.",
                f"The register {register.name}: numbers without an answer for {fact}, or with differing ones: {count}.",
                "Data itu diambil dari daftar, atau tetap belum diketahui.",
                "The fact is taken from the list, or stays unknown.",
            ).at(listing.cell())
        )
    return findings
