"""What a NIK says, held against the rest of the row, and one NIK in two families."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.diagnostic import Why
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Choice, Date
from ejps_core.model.words import Words
from ejps_core.registry.answers import FEMALE, MALE, labels_of
from ejps_core.registry.columns import holds_card, holds_nik
from ejps_core.registry.duplicates import groups
from ejps_core.registry.marks import normal
from ejps_core.registry.problems import Note, Problem, apart, remark
from ejps_core.registry.rows import Rows

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]

_SEX = frozenset(("sex", "gender", "jeniskelamin", "jk", "kelamin"))

_OTHER_SEX = remark(
    "nik-sex",
    "Jenis kelamin tidak cocok dengan NIK (tanggal lahir perempuan ditambah 40).",
    "The sex does not agree with the NIK (a woman's day of birth has 40 added).",
    "Cocokkan jenis kelamin dan NIK dengan KTP.",
    "Compare sex and NIK with the identity card.",
)
_OTHER_DAY = remark(
    "nik-birth-date",
    "Tanggal lahir tidak cocok dengan NIK.",
    "The birth date does not agree with the NIK.",
    "Cocokkan tanggal lahir dan NIK dengan KTP.",
    "Compare birth date and NIK with the identity card.",
)
_SWAPPED = remark(
    "nik-birth-date-swapped",
    "Tanggal lahir cocok dengan NIK bila hari dan bulan ditukar.",
    "The birth date agrees with the NIK if day and month are exchanged.",
    "Kemungkinan lembar kerja menukar hari dan bulan: perbaiki tanggal lahirnya.",
    "A spreadsheet has probably exchanged them: mend the birth date.",
)
_SAME_AS_CARD = apart(
    "nik-is-family-card",
    "NIK sama dengan nomor KK.",
    "The NIK is the same as the family card number.",
    "Salah satunya salah salin: cocokkan keduanya dengan KTP dan KK.",
    "One of them was copied wrongly: compare both with the cards.",
)
TWO_FAMILIES = remark(
    "nik-in-two-families",
    "NIK ini tercatat di lebih dari satu keluarga (NIK_GANDA).",
    "This NIK is listed in more than one family (NIK_GANDA).",
    "Tentukan orang ini anggota keluarga yang mana; yang memutuskan petugas, bukan sistem.",
    "Find out to which family this person belongs; an official decides, not the system.",
)


def checked(rows: Rows, fields: tuple[Field, ...], card: pa.Array | None = None) -> list[Note]:
    """What the NIKs of a list say against sex, birth date and family card number of their rows.

    card: the family card number of each row where it is not a field (members).
    """
    notes: list[Note] = []
    for nik in (field for field in fields if holds_nik(field) and field.name in rows.matched.places):
        values = rows.facts[nik.name]
        if not isinstance(values, pa.DictionaryArray) or values.null_count == len(values):
            continue
        cards = [rows.facts[f.name] for f in fields if holds_card(f) and not holds_nik(f) and f != nik]
        for other in [*cards, *([] if card is None else [card])]:
            same = pc.equal(values.cast(pa.string()), other.cast(pa.string()))
            notes += _said(rows, nik, _true(same), _SAME_AS_CARD)
        notes += _against_sex(rows, nik, fields)
        notes += _against_birth(rows, nik, fields)
    return notes


def _true(mask: pa.Array) -> Bools:
    found: Bools = mask.fill_null(False).to_numpy(zero_copy_only=False).astype(np.bool_)
    return found


def _digits(values: pa.DictionaryArray, start: int) -> pa.Array:
    """Two digits of every NIK, as numbers; null where there is no NIK."""
    cut = pc.utf8_slice_codeunits(values.dictionary, start, start + 2).cast(pa.int32())
    return cut.take(values.indices)


def _beside(nik: Field, fields: Sequence[Field]) -> list[Field]:
    """The fields about the same person: those that share the words around `nik` (head_nik: head_…)."""
    own = set(nik.name.lower().split("_")) - {"nik"}
    return [field for field in fields if not own or own & set(field.name.lower().split("_"))]


def _against_sex(rows: Rows, nik: Field, fields: tuple[Field, ...]) -> Iterator[Note]:
    own = "".join(sorted(set(nik.name.lower().split("_")) - {"nik"}))
    for field in _beside(nik, fields):
        names = {normal(field.name), normal(field.title.id), normal(field.name).replace(own, "") if own else ""}
        if not isinstance(field.type, Choice) or not names & _SEX or field.name not in rows.matched.places:
            continue
        women, men = labels_of(field.type, FEMALE), labels_of(field.type, MALE)
        values, female = rows.facts[field.name].cast(pa.string()), pc.greater(_digits(rows.facts[nik.name], 6), 40)
        claims_woman = pc.is_in(values, value_set=pa.array(women, pa.string()))
        claims_man = pc.is_in(values, value_set=pa.array(men, pa.string()))
        wrong = pc.or_(pc.and_(claims_woman, pc.invert(female)), pc.and_(claims_man, female))
        yield from _said(rows, field, _true(wrong), _OTHER_SEX)


def _against_birth(rows: Rows, nik: Field, fields: tuple[Field, ...]) -> Iterator[Note]:
    births = [f for f in _beside(nik, fields) if isinstance(f.type, Date) and f.type.birth]
    if len(births) != 1 or births[0].name not in rows.matched.places:
        return
    column, values = rows.facts[births[0].name], rows.facts[nik.name]
    number = _digits(values, 6)
    day = pc.if_else(pc.greater(number, 40), pc.subtract(number, 40), number)
    month, year = _digits(values, 8), _digits(values, 10)
    own_day, own_month = pc.day(column).cast(pa.int32()), pc.month(column).cast(pa.int32())
    full = pc.year(column).cast(pa.int32())
    own_year = pc.subtract(full, pc.multiply(pc.divide(full, 100), 100))
    same_year = pc.equal(year, own_year)
    same = pc.and_(same_year, pc.and_(pc.equal(day, own_day), pc.equal(month, own_month)))
    swapped = pc.and_(same_year, pc.and_(pc.equal(day, own_month), pc.equal(month, own_day)))
    wrong = pc.invert(same)
    yield from _said(rows, births[0], _true(pc.and_(wrong, swapped)), _SWAPPED)
    yield from _said(rows, births[0], _true(pc.and_(wrong, pc.invert(swapped))), _OTHER_DAY)


def _said(rows: Rows, field: Field, where: Bools, problem: Problem, why: Why | None = None) -> Iterator[Note]:
    about = np.flatnonzero(where).tolist()
    if not about:
        return
    column = rows.listing.fetch([rows.matched.places[field.name]])[0]
    for row in about:
        yield row, problem.at(rows.listing.cell(row, column.header, column.text(row)), why)


@dataclass(frozen=True, slots=True)
class Holders:
    """The rows of one list that hold a NIK in `field`, the family (by number) of each row, and whether it is decided.

    A row without family has a number of its own.
    """

    rows: Rows
    field: Field
    families: Longs
    decided: Bools


def in_two_families(holders: Sequence[Holders]) -> list[tuple[Holders, Note]]:
    """What is to be said of NIKs that are listed in more than one family, one of which at least is decided."""
    if not holders:
        return []
    values = [each.rows.facts[each.field.name].cast(pa.string()) for each in holders]
    encoded = pa.concat_arrays(values).dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    families = np.concatenate([each.families for each in holders])
    place = np.concatenate([np.arange(len(each.families), dtype=np.int64) for each in holders])
    source = np.repeat(np.arange(len(holders)), [len(each.families) for each in holders])
    decided = np.concatenate([each.decided for each in holders])
    usable = np.flatnonzero(codes >= 0)
    found: list[tuple[Holders, Note]] = []
    texts: dict[int, pa.Array] = {}
    for group in groups(None, codes[usable], usable):
        if len(set(families[group].tolist())) < 2 or not decided[group].any():
            continue
        for one in group.tolist():
            other = next(i for i in group.tolist() if families[i] != families[one])
            holder, there = holders[int(source[one])], holders[int(source[other])]
            listing, elsewhere = holder.rows.listing, there.rows.listing
            column = holder.rows.header(holder.field.name)
            number = int(elsewhere.rows[place[other]])
            sheet = f" ({elsewhere.sheet})" if elsewhere.sheet else ""
            words = Words(f"Lihat juga baris {number}{sheet}.", f"See also row {number}{sheet}.")
            why = Why(elsewhere.cell(int(place[other]), there.rows.header(there.field.name)), words)
            text = texts.setdefault(int(source[one]), holder.rows.facts[holder.field.name])[int(place[one])].as_py()
            finding = TWO_FAMILIES.at(listing.cell(int(place[one]), column, text), why)
            found.append((holder, (int(place[one]), finding)))
    return found
