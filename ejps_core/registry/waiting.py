"""Asking a register for a list once a level; and what stays unknown while an official's answer is awaited. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from ejps_core.model.declared import Identity
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.registers import Snapshot
from ejps_core.model.ruleset import Field
from ejps_core.model.words import Words
from ejps_core.registry.feeding import Feed, key_field
from ejps_core.registry.lookup import Lookup, by_number, cards, each_family, persons
from ejps_core.registry.problems import counted, remark
from ejps_core.registry.recognised import Recognised
from ejps_core.registry.settling import Bools, Filling, Longs, mask_of, plain


@dataclass(slots=True)
class Asked:
    """A register asked for the families, the members or the heads of a list, each once; `said`: what there is to say."""

    filling: Filling
    fields: Sequence[Field]
    snapshot: Snapshot
    recognised: Recognised | None
    said: list[Diagnostic] = field(default_factory=list)
    _found: dict[tuple[Level, bool], Lookup] = field(default_factory=dict)

    def by(self, feed: Feed) -> Lookup:
        """Where those stand that the fact is about."""
        asked = (feed.field.level, feed.head)
        if asked not in self._found:
            self._found[asked] = self._heads() if feed.head else self._numbered(feed.field.level)
            self._tell(self._found[asked])
        return self._found[asked]

    def _heads(self) -> Lookup:
        """The heads of the families, by their NIK."""
        who = self.recognised
        assert who is not None, "facts of heads are settled only where the heads are known"
        numbers = who.head_numbers
        found = who.matchings.get(self.snapshot.name)
        return persons(self.snapshot, numbers, mask_of(numbers.is_valid()), who.heads, found)

    def _numbered(self, level: Level) -> Lookup:
        """The families or members, by the number that the register goes by."""
        key = key_field([each for each in self.fields if each.level is level], self.snapshot.key)
        assert key is not None
        numbers = self.filling.values(key).cast(pa.string())
        sure = _sure(self.filling, key, numbers)
        who = self.recognised
        found = None if who is None else who.matchings.get(self.snapshot.name)
        if who is None or found is None:
            result = by_number(self.snapshot, numbers, sure)
        elif self.snapshot.key is Identity.NIK:
            names = who.families if level is Level.FAMILY else who.members
            result = persons(self.snapshot, numbers, sure, names, found)
        else:
            offsets: Longs = self.filling.candidates.offsets
            people = list(each_family(who.families, who.members, offsets, who.heads))
            if level is Level.MEMBER:
                people = [people[row] for row in self.filling.family_of.tolist()]
            result = cards(self.snapshot, numbers, sure, people, found)
        lost = int((~result.sure).sum()) - len(result.waiting)
        if lost:
            self.said.append(_not_looked_up(self.snapshot, key, lost))
        return result

    def _tell(self, found: Lookup) -> None:
        """Once a register, even if both the members and the heads wait."""
        told = {each.code for each in self.said}
        matching = None if self.recognised is None else self.recognised.matchings.get(self.snapshot.name)
        if matching is not None and found.open and "match-open" not in told:
            self.said.append(_open(self.snapshot, matching.number, found.open))
        if found.other_card and "match-other-card" not in told:
            self.said.append(_other(self.snapshot, found))


def _sure(filling: Filling, key: Field, keys: pa.Array) -> Bools:
    """Who can be looked up: whose key is known, with its last digit."""
    sure = mask_of(keys.is_valid())
    candidates = filling.candidates
    unsure = candidates.unsure_keys if key.level is Level.FAMILY else candidates.unsure_members
    return sure if unsure is None or not key.key else sure & ~unsure


def unsettled(filling: Filling, snapshot: Snapshot, feed: Feed, near: Longs, found: Lookup) -> set[int]:
    """Of whom the fact is unknown until the answer comes: where the rows that may be meant say another thing than without.

    near: the declaration that covers each; -1: none. Without any of those rows the fact is the list's, or no where the
    register is complete.
    """
    if not found.waiting:
        return set()
    old, own = filling.values(feed.field), snapshot.own[feed.fact]
    theirs = None if own is None else plain(own)
    rows: set[int] = set()
    for row, waiting in found.waiting.items():
        without = False if own is None and near[row] >= 0 else old[row].as_py()
        said = {True} if theirs is None else {theirs[place].as_py() for place in waiting.places} - {None}
        if waiting.more or said - {without}:
            rows.add(row)
    return rows


def _open(snapshot: Snapshot, number: int, count: int) -> Diagnostic:
    return Diagnostic(
        "match-open",
        Severity.SET_APART,
        None,
        Words(
            f"{count} orang menunggu jawaban petugas atas pemadanan {number} dengan register {snapshot.name}: "
            "apa yang dikatakan register tentang mereka belum dipakai.",
            f"{counted(count, 'person waits', 'people wait')} for an official's answer to matching {number} with the "
            f"register {snapshot.name}: what it says of them is not used yet.",
        ),
        Words(
            "Jawab di antrean (ejps match queue, ejps match answer), lalu nilai lagi.",
            "Answer in the queue (ejps match queue, ejps match answer) and evaluate again.",
        ),
    )


def _other(snapshot: Snapshot, found: Lookup) -> Diagnostic:
    return remark(
        "match-other-card",
        f"{found.other_card} keluarga tidak ada di register {snapshot.name} menurut nomor KK-nya, tetapi orangnya ada di "
        "sana dengan nomor KK lain.",
        f"{counted(found.other_card, 'family is', 'families are')} not in the register {snapshot.name} by family card, but "
        "somebody of them stands there under another card.",
        "Cocokkan nomor KK dengan kartunya, lalu perbaiki daftar atau minta register diperbaiki.",
        "Compare the number with the card; mend the list, or have the register mended.",
    ).at(None)


def _not_looked_up(snapshot: Snapshot, key: Field, count: int) -> Diagnostic:
    return remark(
        "not-looked-up",
        f"{count} baris tidak dapat dicari di register {snapshot.name}: {key.name} kosong atau angka terakhirnya hilang.",
        f"{counted(count, 'row', 'rows')} can't be looked up in the register {snapshot.name}: "
        f"no {key.name}, or its last digit is lost.",
        "Lengkapi nomornya, atau padankan bila daftarnya tercatat (ejps match); sampai itu datanya diambil dari daftar atau "
        "belum diketahui.",
        "Fill in the numbers, or match the list if it is on record (ejps match); until then the fact is the list's, or "
        "unknown.",
    ).at(None)
