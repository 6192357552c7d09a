"""Who stands twice: inside a list, across lists, districts, programs and phases, also under another NIK or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa

from ejps_core.model.words import Words
from ejps_core.registry.matching.births import Birth
from ejps_core.registry.matching.blocks import name_keys, twice
from ejps_core.registry.matching.compared import compared
from ejps_core.registry.matching.evidence import MOTHERS_ALIKE, Number, joined, weighed
from ejps_core.registry.matching.names import Longs
from ejps_core.registry.matching.people import UNKNOWN, People, numbers
from ejps_core.registry.matching.places import Place
from ejps_core.registry.matching.settings import Settings


class Kind(StrEnum):
    """Why records belong together; the value is the reason code."""

    NIK = "NIK_GANDA"
    PERSON = "ORANG_SAMA"
    """One person of the register under different NIK or none, as matching has settled."""
    CARD = "KK_GANDA"
    """Several recipients on one family card: a duplicate where a program gives one aid a family."""
    SUSPECTED = "ORANG_SAMA_DIDUGA"
    """The same name and birth date with the same village, mother or family card, under different NIK or none."""


WHY = {
    Kind.NIK: Words("NIK yang sama tercatat lebih dari sekali", "the same NIK is recorded more than once"),
    Kind.PERSON: Words(
        "padan dengan orang yang sama di register, dengan NIK lain atau tanpa NIK",
        "matched with one person of the register, under different NIK or none",
    ),
    Kind.CARD: Words("beberapa penerima dalam satu kartu keluarga", "several recipients on one family card"),
    Kind.SUSPECTED: Words(
        "nama dan tanggal lahir sama, dengan desa, ibu, atau kartu keluarga yang sama; NIK lain atau tidak ada",
        "same name and birth date, with the same village, mother or family card; another NIK or none",
    ),
}


class Across(StrEnum):
    """What the records of a group differ in."""

    LIST = "list"
    DISTRICT = "district"
    PROGRAM = "program"
    PHASE = "phase"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from. phase: '' for a program without phases."""

    list: str
    district: str
    program: str
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """Records with one origin. recipients: whether each of them is to receive the aid (not just a member of a family).

    persons: whom of the register each record was matched with (Matches.persons), nothing where the list was not matched.
    """

    origin: Origin
    people: People
    recipients: bool = True
    persons: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """One record: the number of its Listed (from 0), and what the caller calls the row."""

    source: int
    ref: str


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are one person (NIK, PERSON), one family (CARD) or perhaps one person (SUSPECTED), list by list.

    across: what they differ in; nothing: all in one list.
    """

    kind: Kind
    records: tuple[Record, ...]
    across: tuple[Across, ...]

    @property
    def code(self) -> str:
        """The reason code."""
        return self.kind.value

    @property
    def why(self) -> Words:
        """What was found."""
        return WHY[self.kind]

    @property
    def certain(self) -> bool:
        """Whether the numbers alone say it; otherwise a human decides."""
        return self.kind is not Kind.SUSPECTED


def duplicates(lists: Sequence[Listed], settings: Settings | None = None) -> tuple[Group, ...]:
    """All groups of records that belong together, by kind and then in the order of the lists.

    Somebody who is in several phases of one program in one district goes on receiving, and is no duplicate.
    """
    table = pa.concat_tables([each.people.table for each in lists]) if lists else None
    if table is None:
        return ()
    whole = People(table.combine_chunks())
    origin = np.repeat(np.arange(len(lists)), [len(each.people) for each in lists])
    recipient = np.array([each.recipients for each in lists], np.bool_)[origin]
    nik, card = numbers(whole.column("nik")), numbers(whole.column("kk"))
    names = whole.column("name").dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    who = np.where(nik != UNKNOWN, nik, -2 - names.astype(np.int64))
    found: list[tuple[Kind, Longs]] = [(Kind.NIK, rows) for rows in _equal(nik, np.flatnonzero(nik != UNKNOWN))]
    person = _persons(lists)
    same = _equal(person, np.flatnonzero(person != UNKNOWN))
    found += [(Kind.PERSON, rows) for rows in same if len(np.unique(nik[rows])) > 1 or nik[rows[0]] == UNKNOWN]
    cards = _equal(card, np.flatnonzero((card != UNKNOWN) & recipient))
    found += [(Kind.CARD, rows) for rows in cards if len(np.unique(who[rows])) > 1]
    found += [(Kind.SUSPECTED, rows) for rows in _suspected(whole, nik, settings or Settings())]
    refs = whole.column("ref")
    groups = [
        Group(kind, tuple(sorted(Record(int(origin[row]), refs[row].as_py()) for row in rows.tolist())), _across(origins))
        for kind, rows in found
        if not _goes_on(origins := [lists[place].origin for place in origin[rows].tolist()])
    ]
    return tuple(sorted(groups, key=lambda group: (list(Kind).index(group.kind), group.records)))


def _persons(lists: Sequence[Listed]) -> Longs:
    """Equal numbers for records matched with one person; UNKNOWN for the others."""
    refs = [ref for each in lists for ref in (each.persons or (None,) * len(each.people))]
    found: Longs = pa.array(refs, pa.string()).dictionary_encode().indices.fill_null(UNKNOWN).to_numpy(zero_copy_only=False)
    return found.astype(np.int64)


def _goes_on(origins: list[Origin]) -> bool:
    """Whether each record is another phase of one program in one district."""
    one = len({(each.program, each.district) for each in origins}) == 1
    phases = [each.phase for each in origins]
    return one and len(set(phases)) == len(phases)


def _across(origins: Iterable[Origin]) -> tuple[Across, ...]:
    every = list(origins)
    return tuple(kind for kind in Across if len({getattr(each, kind.value) for each in every}) > 1)


def _equal(values: Longs, rows: Longs) -> Iterator[Longs]:
    """The rows (among `rows`) that share a value, two at least in each group."""
    order = rows[np.argsort(values[rows], kind="stable")]
    edges = np.flatnonzero(np.diff(values[order])) + 1
    return (group for group in np.split(order, edges) if len(group) > 1)


def _suspected(whole: People, nik: Longs, settings: Settings) -> Iterator[Longs]:
    """Records of one person under different NIK or none, as far as name, birth date and home can tell."""
    both = compared(whole, whole)
    batches = twice(both, name_keys(both.names))
    found = joined([weighed(both, left, right, settings, settings.doubt) for left, right in batches])
    home = (found.place == Place.VILLAGE) | (found.mother >= MOTHERS_ALIKE) | (found.card == Number.SAME)
    born = np.isin(found.birth, (Birth.SAME, Birth.SWAPPED))
    alike = (found.name >= settings.name_same) & (found.nik != Number.SAME) & (found.sex != Number.OTHER)
    kept = found.take(home & born & alike)
    above = np.arange(len(whole), dtype=np.int64)

    def top(row: int) -> int:
        while above[row] != row:
            above[row] = row = int(above[above[row]])
        return row

    for a, b in zip(kept.left.tolist(), kept.right.tolist(), strict=True):
        high, low = sorted((top(a), top(b)))
        above[low] = high
    members = np.unique(np.concatenate([kept.left, kept.right]))
    tops = np.array([top(row) for row in members.tolist()], np.int64)
    for group in _equal(tops, np.arange(len(members))):
        yield members[group]
