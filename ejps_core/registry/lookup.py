"""Where families and members stand in a register: by their numbers, and by what matching and officials have found. Pure.

A row that waits for an official says nothing of anybody: a fact that depends on the answer is unknown until it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.registers import Snapshot
from ejps_core.model.words import Words
from ejps_core.registry.recognised import Identification, Recognition
from ejps_core.registry.settling import Bools, Longs

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of whom it isn't known whether a row is meant. places: those rows; more: there may be others; why: in words."""

    places: tuple[int, ...]
    more: bool
    why: int


@dataclass(slots=True)
class Lookup:
    """An entry a family (or member) of the list.

    place: the row of the register; -1: none. sure: whether that is known. how: 0: by the number; else words[how - 1] say it.
    single: what the row says by itself counts, for an official has chosen it. waiting: who waits; open: how many are asked
    about. other_card: how many stand under another family card there.
    """

    place: Longs
    sure: Bools
    how: Codes
    single: Bools
    waiting: dict[int, Waiting] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)
    open: int = 0
    other_card: int = 0

    def told(self, words: Words) -> int:
        """The code of these words."""
        if words not in self.words:
            self.words.append(words)
        return self.words.index(words) + 1


def by_number(snapshot: Snapshot, numbers: pa.Array, sure: Bools) -> Lookup:
    """By the numbers alone. sure: whose number is known, with its last digit."""
    place = pc.index_in(numbers, value_set=snapshot.keys).fill_null(-1).to_numpy(zero_copy_only=False)
    place = np.where(sure, place, -1).astype(np.int64)
    return Lookup(place, sure.copy(), np.zeros(len(place), np.int32), np.zeros(len(place), np.bool_))


def persons(snapshot: Snapshot, numbers: pa.Array, sure: Bools, names: Sequence[str], found: Recognition | None) -> Lookup:
    """Where persons stand in a register that is asked by NIK. names: how matching calls them."""
    result = by_number(snapshot, numbers, sure)
    if found is None or snapshot.names is None:
        return result
    at = _places(snapshot, found)
    for row, name in enumerate(names):
        who = found.people.get(name)
        if who is None:
            continue
        if who.open:
            result.open += 1
            _wait(result, row, _at(at, who.rows), who.more, _waits(found.number))
        elif who.row is None:
            result.place[row], result.sure[row] = -1, True
            result.how[row] = result.told(_none_of_them(found.number, who))
        elif who.row in at:
            place = at[who.row]
            by_itself = who.by is None and sure[row] and snapshot.keys[place].as_py() == numbers[row].as_py()
            if not by_itself:  # else the number has found it already
                _is(result, row, place, who, found.number)
    return result


def cards(
    snapshot: Snapshot, numbers: pa.Array, sure: Bools, people: Sequence[tuple[str, ...]], found: Recognition | None
) -> Lookup:
    """Where families stand in a register that is asked by family card. people: of each family, its head's name first.

    The card decides where it is in the register. Else a person of the family does whom matching has found there: the head,
    or whom an official has chosen, or whose row has no other card. Anybody else under another card leaves it open.
    """
    result = by_number(snapshot, numbers, sure)
    if found is None or snapshot.names is None:
        return result
    at = _places(snapshot, found)
    about = [(row, own) for row, own in enumerate(people) if any(name in found.people for name in own)]
    rows_of = _rows_of(snapshot, numbers, [row for row, _ in about if sure[row]])
    for row, names in about:
        known = [(name, found.people[name]) for name in names if name in found.people]
        result.open += sum(who.open for _, who in known)
        refused = {place for _, who in known if who.row is None for place in _at(at, who.rows)}
        own = rows_of.get(numbers[row].as_py(), []) if sure[row] else []
        if left := [place for place in own if place not in refused]:
            result.place[row] = left[0]
            continue
        settled = [(name, who, at[who.row]) for name, who in known if who.row is not None and who.row in at]
        open_ = [who for _, who in known if who.open]
        if settled:
            _by_person(result, row, snapshot, numbers, names[0], settled, found.number)
        elif open_:
            places = dict.fromkeys(place for who in open_ for place in _at(at, who.rows))
            _wait(result, row, tuple(places), any(who.more for who in open_), _waits(found.number))
        elif own:
            result.place[row] = -1
            result.how[row] = result.told(_none_of_them(found.number, known[0][1]))
    return result


def _by_person(
    result: Lookup,
    row: int,
    snapshot: Snapshot,
    numbers: pa.Array,
    head: str,
    settled: Sequence[tuple[str, Identification, int]],
    number: int,
) -> None:
    """A family whose card isn't in the register, by those of its persons who are."""
    card = numbers[row].as_py() if result.sure[row] else None
    there = {place: snapshot.keys[place].as_py() for _, _, place in settled}
    other = {place for place, key in there.items() if card is not None and key not in (None, card)}
    result.other_card += bool(other)
    strong = [(who, place) for name, who, place in settled if who.by is not None or name == head or place not in other]
    if len({there[place] for _, place in strong}) == 1:
        who, place = strong[0]
        _is(result, row, place, who, number)
    else:
        places = tuple(dict.fromkeys(place for _, _, place in settled))
        _wait(result, row, places, False, _other_card(number))


def _is(result: Lookup, row: int, place: int, who: Identification, number: int) -> None:
    """This row of the register it is."""
    result.place[row], result.sure[row], result.single[row] = place, True, who.by is not None
    result.how[row] = result.told(_as_matched(number, who))


def _wait(result: Lookup, row: int, places: tuple[int, ...], more: bool, why: Words) -> None:
    result.place[row], result.sure[row] = -1, False
    result.waiting[row] = Waiting(places, more, result.told(why))


def _places(snapshot: Snapshot, found: Recognition) -> dict[int, int]:
    """The places of the rows that the matching names, by their names."""
    wanted = {name for who in found.people.values() for name in (*who.rows, *(() if who.row is None else (who.row,)))}
    assert snapshot.names is not None
    here = np.flatnonzero(np.isin(snapshot.names, np.array(sorted(wanted), np.int64)))
    return dict(zip(snapshot.names[here].tolist(), here.tolist(), strict=True))


def _at(at: dict[int, int], rows: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(at[each] for each in rows if each in at)


def _rows_of(snapshot: Snapshot, numbers: pa.Array, rows: list[int]) -> dict[str, list[int]]:
    """All rows of the register that bear the numbers of these families."""
    wanted = numbers.take(pa.array(rows, pa.int64())).drop_null()
    found: dict[str, list[int]] = {}
    here = np.flatnonzero(pc.is_in(snapshot.keys, value_set=wanted).to_numpy(zero_copy_only=False))
    for place, key in zip(here.tolist(), snapshot.keys.take(pa.array(here)).to_pylist(), strict=True):
        found.setdefault(key, []).append(place)
    return found


def each_family(
    families: Sequence[str], members: Sequence[str], offsets: Longs, heads: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """The names of each family's persons, its head's first; its own row is a person of it too."""
    for row, (name, head) in enumerate(zip(families, heads, strict=True)):
        own = members[int(offsets[row]) : int(offsets[row + 1])]
        yield tuple(dict.fromkeys((head, name, *own)))


def _as_matched(number: int, who: Identification) -> Words:
    """By which matching, and by whose answer."""
    by_id, by_en = ("", "") if who.by is None else (f", diputuskan oleh {who.by}", f", decided by {who.by}")
    return Words(f"menurut pemadanan {number}{by_id}", f"by matching {number}{by_en}")


def _none_of_them(number: int, who: Identification) -> Words:
    said = _as_matched(number, who)
    return Words(f"bukan orang di sana, {said.id}", f"nobody there, {said.en}")


def _waits(number: int) -> Words:
    return Words(f"menunggu jawaban petugas atas pemadanan {number}", f"waits for an official's answer to matching {number}")


def _other_card(number: int) -> Words:
    return Words(
        f"ada di sana dengan nomor KK lain, menurut pemadanan {number}",
        f"there under another family card, by matching {number}",
    )
