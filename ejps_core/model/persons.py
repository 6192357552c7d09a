"""Persons as what is decided: each member a row of its own, beside the facts of its family, with the family's members."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.candidates import Candidates
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Field
from ejps_core.model.words import Words

Longs = npt.NDArray[np.int64]
SHOWN_ROWS = 5


def persons(candidates: Candidates, key: Field) -> tuple[Candidates | None, tuple[Diagnostic, ...]]:
    """The members of a list as candidates, known by `key`; None and why if there are none or their key is missing.

    families: one row a person, its own facts and those of its family. members: the members of its family, the person too.
    family_rows: row numbers of the list of members. A person without a key is decided by nobody, but stays a member.
    """
    problem = _no_persons(candidates, key)
    if problem is not None:
        return None, (problem,)
    keys = candidates.members.column(key.name)
    usable = np.flatnonzero(~np.asarray(keys.is_null().combine_chunks())).astype(np.int64)
    sizes = np.diff(candidates.offsets)
    family = np.repeat(np.arange(len(candidates), dtype=np.int64), sizes)[usable]
    members, offsets = _beside(candidates.offsets, sizes, family)
    table = candidates.families.take(pa.array(family))
    for name in candidates.members.column_names:
        table = table.append_column(name, candidates.members.column(name).take(pa.array(usable)))
    rows = _member_rows(candidates)
    origins = {
        name: each.taken(members) if name.startswith("member.") else each.taken(family)
        for name, each in candidates.origins.items()
    }
    own = {
        name.removeprefix("member."): each.taken(usable)
        for name, each in candidates.origins.items()
        if name.startswith("member.")
    }
    apart, found = _left_out(candidates, rows, usable)
    changed = replace(
        candidates,
        families=table,
        members=candidates.members.take(pa.array(members)),
        offsets=offsets,
        family_rows=rows[usable],
        member_rows=rows[members],
        findings=(*candidates.findings, *found),
        set_apart=candidates.set_apart + apart,
        origins=origins | own,
        nik_to_follow=None if candidates.nik_to_follow is None else candidates.nik_to_follow[family],
    )
    return changed, found


def _beside(offsets: Longs, sizes: Longs, family: Longs) -> tuple[Longs, Longs]:
    """For each person the places of its family's members, and where each person's begin."""
    counts = sizes[family]
    bounds = np.zeros(len(family) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    within = np.arange(int(bounds[-1]), dtype=np.int64) - np.repeat(bounds[:-1], counts)
    return np.repeat(offsets[family], counts) + within, bounds


def _member_rows(candidates: Candidates) -> Longs:
    if candidates.member_rows is not None:
        return candidates.member_rows
    return np.arange(1, candidates.members.num_rows + 1, dtype=np.int64)


def _no_persons(candidates: Candidates, key: Field) -> Diagnostic | None:
    if candidates.members.num_rows and key.name in candidates.members.column_names:
        return None
    missing = Words(
        f"Program ini menetapkan orang, tetapi daftar anggota tidak punya kolom {key.name}.",
        f"This program decides persons, but the list of members has no column {key.name}.",
    )
    empty = Words(
        "Program ini menetapkan orang, tetapi tidak ada daftar anggota atau daftarnya kosong.",
        "This program decides persons, but there is no list of members, or it is empty.",
    )
    mend = Words("Tambahkan daftar anggota (--members).", "Add the list of members (--members).")
    return Diagnostic("no-persons", Severity.ERROR, None, missing if candidates.members.num_rows else empty, mend)


def _left_out(candidates: Candidates, rows: Longs, usable: Longs) -> tuple[int, tuple[Diagnostic, ...]]:
    """Members without a key: how many of them were not set apart before, and what is to be said of them."""
    members = candidates.members
    blank = np.ones(members.num_rows, np.bool_)
    blank[usable] = False
    if not blank.any():
        return 0, ()
    nothing = blank.copy()
    for name in members.column_names:
        nothing &= np.asarray(members.column(name).is_null().combine_chunks())
    alone = np.flatnonzero(blank & ~nothing)
    if not len(alone):
        return 0, ()
    shown = ", ".join(map(str, rows[alone][:SHOWN_ROWS].tolist())) + (", …" if len(alone) > SHOWN_ROWS else "")
    words = Words(
        f"{len(alone)} anggota tanpa kunci tidak ditetapkan: baris {shown}.",
        f"{len(alone)} members without a key are not decided: rows {shown}.",
    )
    mend = Words("Isi kuncinya di daftar anggota.", "Fill in their keys in the list of members.")
    return len(alone), (Diagnostic("person-without-key", Severity.SET_APART, None, words, mend),)
