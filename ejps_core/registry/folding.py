"""Lists with one row a person: the card's number stands once or in each row; families are folded out of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Column, Kind, Listing, Texts
from ejps_core.model.ruleset import Field
from ejps_core.registry.aliases import RELATION, alias_of, header_forms, means
from ejps_core.registry.cutting import blank, kept
from ejps_core.registry.headers import forms, is_running
from ejps_core.registry.marks import normal, visible
from ejps_core.registry.problems import Note, counted, remark
from ejps_core.registry.signatures import MEMBERS_UNSURE, PERSON_UNSURE, SIGNATURES, Nobodies, nobodies
from ejps_core.registry.skipped import without_totals

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]

_HEADS = frozenset(normal(text) for text in ("Kepala Keluarga", "Kepala Kel.", "Kepala", "KK", "KRT", "1", "Head"))
_MOST, _CARDS = 0.8, 5
"""So large a share of the rows in cards of several rows, and so many such cards, make a list one of persons."""

_DIFFER = remark(
    "family-values-differ",
    "Baris-baris keluarga ini berbeda isinya di kolom ini; dianggap belum diketahui.",
    "The rows of this family differ in this column; taken as unknown.",
    "Samakan isinya di semua baris keluarga ini, atau isi di satu baris saja.",
    "Give all rows of the family the same value, or give it in one row only.",
)


@dataclass(frozen=True, slots=True)
class Persons:
    """A list of persons: all rows, and the families folded out of them (`families`: a row a card, that of its first person).

    of: the family of each row, -1: none. nobodies: the rows that are no persons, or perhaps none.
    """

    people: Listing
    families: Listing
    of: Longs
    nobodies: Nobodies

    def differing(self, places: Sequence[int]) -> list[Note]:
        """What is to be said of families whose rows differ in these columns."""
        notes: list[Note] = []
        for place in places:
            column = self.people.fetch([place])[0]
            assert isinstance(column, Texts)
            _, differ = _agreed(column, self.of, len(self.families))
            notes += [
                (family, _DIFFER.at(self.families.cell(family, self.people.headers[place])))
                for family in np.flatnonzero(differ).tolist()
            ]
        return notes

    def uncertain(self) -> list[Note]:
        """What is to be said of families whose members aren't certain: they are set apart."""
        found = np.unique(self.of[self.nobodies.unsure & (self.of >= 0)]).tolist()
        return [(family, MEMBERS_UNSURE.at(self.families.cell(family))) for family in found]

    def told(self, notes: Sequence[Note]) -> list[Note]:
        """The notes on the rows; of those that are perhaps no persons nothing is said but that."""
        signed = set(np.flatnonzero(self.nobodies.signed).tolist())
        unsure = set(np.flatnonzero(self.nobodies.unsure & (self.of >= 0)).tolist())
        kept = [note for note in notes if note[0] not in signed and note[0] not in unsure]
        kept += [(row, SIGNATURES.at(self.people.cell(row))) for row in sorted(signed)]
        return kept + [(row, PERSON_UNSURE.at(self.people.cell(row))) for row in sorted(unsure)]


def persons(listing: Listing, key: Field, members: Sequence[Field]) -> Persons | None:
    """The list as one of persons; None if each row is a family.

    It is one if cards stand in several rows, and either says so: a column of relations, a card's number that is given once
    for several rows, or nearly all rows sharing their cards. Two rows with one card in a list of heads are duplicates.
    """
    place = _place(listing, key)
    if place is None or not isinstance(listing.fetch([place])[0], Texts) or not _about_persons(listing, members):
        return None
    listing, skipped = without_totals(listing, place, key)
    if not len(listing):
        return None
    nobody = nobodies(listing, place, key, members)
    whole, filled = _filled(listing, place, nobody.signed)
    column = whole.fetch([place])[0]
    assert isinstance(column, Texts)
    card = _same_text(column)[column.codes]
    card[blank(column) | nobody.signed] = -1
    order = np.unique(card[card >= 0], return_index=True, return_inverse=True, return_counts=True)
    several, cards = order[3][order[2]] > 1, int((order[3] > 1).sum())
    relation = any(means(header, RELATION) for header in listing.headers)
    if not cards or not (relation or filled or (several.mean() >= _MOST and cards >= _CARDS)):
        return None
    said = (*skipped, *([_from_above(listing, place, filled)] if filled else []))
    return _folded(replace(whole, findings=(*listing.findings, *said)), card, nobody)


def _place(listing: Listing, field: Field) -> int | None:
    """The only column of a field, by name or alias."""
    alias = alias_of(field)
    for wanted in (frozenset(forms(field)), alias.headers if alias else frozenset[str]()):
        found = [i for i, header in enumerate(listing.headers) if wanted & set(header_forms(header))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _about_persons(listing: Listing, members: Sequence[Field]) -> bool:
    return any(_place(listing, field) is not None for field in members)


def _same_text(column: Texts) -> Longs:
    """For each distinct cell the first one that says the same."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(normal(text), i) for i, text in enumerate(column.texts.to_pylist())], np.int64)


def _filled(listing: Listing, place: int, signed: Bools) -> tuple[Listing, int]:
    """The list with the card's number in the rows below it that plainly go on with its family, and how many there are.

    Plainly: the running number is blank too, or the relation is another than the head's. signed: rows of signatures.
    """
    column = listing.fetch([place])[0]
    assert isinstance(column, Texts)
    empty = blank(column)
    going_on = empty & _going_on(listing) & ~signed
    if not going_on.any():
        return listing, 0
    sheets = listing.sheet_of if listing.sheet_of is not None else np.zeros(len(listing), np.int32)
    codes, count = column.codes.copy(), 0
    for row in np.flatnonzero(going_on).tolist():
        above = (
            row
            and not signed[row - 1]
            and sheets[row] == sheets[row - 1]
            and visible(column.texts[int(codes[row - 1])].as_py())
        )
        if above:
            codes[row] = codes[row - 1]
            count += 1
    made = Texts(column.header, codes, column.texts, column.kinds)

    def fetch(places: Sequence[int]) -> list[Column]:
        found = listing.fetch(places)
        return [made if at == place else each for at, each in zip(places, found, strict=True)]

    return replace(listing, fetch=fetch), count


def _going_on(listing: Listing) -> Bools:
    """The rows that plainly belong to the family above, were their card's number blank."""
    found = np.zeros(len(listing), np.bool_)
    for place, header in enumerate(listing.headers):
        if is_running(header):
            found |= blank(listing.fetch([place])[0])
        elif means(header, RELATION):
            column = listing.fetch([place])[0]
            assert isinstance(column, Texts)
            texts = [normal(text) for text in column.texts.to_pylist()]
            others = np.array([bool(text) and text not in _HEADS for text in texts], np.bool_)
            found |= others[column.codes]
            heads = np.array([text in _HEADS for text in texts], np.bool_)[column.codes]
            return found & ~heads
    return found


def _from_above(listing: Listing, place: int, count: int) -> Diagnostic:
    header = listing.headers[place]
    return remark(
        "key-from-above",
        f"Nomor di kolom “{header}” ditulis sekali untuk satu keluarga: {count} baris mengikuti baris di atasnya.",
        f"The number in “{header}” is written once a family: {counted(count, 'row below takes', 'rows below take')} "
        "that of the row above.",
        "Tidak perlu apa-apa bila memang satu keluarga.",
        "Nothing to do if they are one family.",
    ).at(listing.header_cell(header))


def _folded(people: Listing, card: Longs, nobody: Nobodies) -> Persons:
    """The families of the rows, in the order of their first rows."""
    known = np.flatnonzero(card >= 0)
    _, first, of = np.unique(card[known], return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    family = np.full(len(card), -1, np.int64)
    family[known] = rank[of]
    heads = np.zeros(len(card), np.bool_)
    heads[known[first]] = True
    cut = kept(people, heads)
    count = len(cut)

    def fetch(places: Sequence[int]) -> list[Column]:
        found: list[Column] = []
        for place in places:
            column = people.fetch([place])[0]
            assert isinstance(column, Texts)
            found.append(_agreed(column, family, count)[0])
        return found

    return Persons(people, replace(cut, fetch=fetch, findings=()), family, nobody)


def _agreed(column: Texts, family: Longs, count: int) -> tuple[Texts, Bools]:
    """What the rows of each family agree on, blank ones aside, and which families don't: absent there."""
    same = _same_text(column)[column.codes]
    says = (family >= 0) & ~blank(column)
    low = np.full(count, len(column.texts), np.int64)
    high = np.full(count, -1, np.int64)
    np.minimum.at(low, family[says], same[says])
    np.maximum.at(high, family[says], same[says])
    silent, differ = high < 0, (high >= 0) & (low != high)
    texts = pa.concat_arrays([column.texts, pa.array(["", ""], pa.string())])
    kinds = np.append(column.kinds, np.array([Kind.TEXT, Kind.ABSENT], np.uint8))
    codes = np.where(silent, len(column.texts), np.where(differ, len(column.texts) + 1, low)).astype(np.int32)
    whole = Texts(column.header, codes, texts, kinds)
    return _compact(whole), differ


def _compact(column: Texts) -> Texts:
    """The column with the distinct cells it uses."""
    used, codes = np.unique(column.codes, return_inverse=True)
    return Texts(column.header, codes.astype(np.int32), column.texts.take(pa.array(used)), column.kinds[used])
