"""From two lists of facts to Candidates: who is set apart, which rows are repeated, whose members are whose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.candidates import Candidates, arrow_type
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Field
from ejps_core.model.types import MOST_MEMBERS
from ejps_core.registry.columns import holds_card, holds_nik
from ejps_core.registry.district import with_origin
from ejps_core.registry.duplicates import FAMILY_TWICE, MEMBER_TWICE, as_numbers, family_groups, groups, judged, known
from ejps_core.registry.identities import homes_of, suspected, told_of_niks
from ejps_core.registry.joining import Numbers, Runs, joined, runs
from ejps_core.registry.ordering import in_order, moved
from ejps_core.registry.people import TWO_FAMILIES, Holders, checked, in_two_families
from ejps_core.registry.problems import Note, Problem, apart, counted, remark, rows_apart
from ejps_core.registry.rows import Rows, as_table, unsure_numbers, without
from ejps_core.registry.signatures import SIGNATURES

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]

_ALONE = apart(
    "member-without-family",
    "Anggota ini tidak punya keluarga di daftar: keluarganya mungkin diputuskan tanpa anggota ini.",
    "This member has no family in the list: its family may be decided without this member.",
    "Periksa kunci keluarganya, atau tambahkan keluarganya ke daftar.",
    "Check the family's key, or add the family to the list.",
)


@dataclass(frozen=True, slots=True)
class People:
    """The members, brought to the families. apart: how many rows were set apart; rows: the numbers of their rows; unsure:
    those whose NIK has lost its last digit, None: nobody. order: the rows that were taken, None: all. owners: of members
    in no order, the family of each."""

    table: pa.Table
    offsets: Longs
    apart: int
    rows: Longs | None = None
    unsure: Bools | None = None
    order: Longs | None = None
    owners: Numbers | None = None


def assembled(
    families: Rows,
    people: Rows | None,
    family_fields: tuple[Field, ...],
    member_fields: tuple[Field, ...],
    origin: str | None,
    findings: tuple[Diagnostic, ...],
    on: int,
    loose: bool = False,
    places: bool = True,
) -> Candidates:
    """The candidates of a list that has been read; `origin`: the district it comes from; on: the decision date.

    loose: members in no order may stay so (see Candidates.owners). places: whether it is told which data rows they were.
    """
    key = next(field for field in family_fields if field.key)
    if origin is not None:
        with_origin(families, family_fields, origin)
    families.notes += checked(families, family_fields)
    same = family_groups(families)
    repeated, said = judged(families, same, key.name, FAMILY_TWICE)
    families.notes = _once(families.notes, repeated) + said
    found = runs(people.key, families.key) if people is not None else None
    _identities(families, family_fields, people, member_fields, found, on)
    if found is not None:
        families.notes += _too_many(families, key, found)
    kept = np.ones(len(families), np.bool_)
    kept[list(repeated | rows_apart(families.notes))] = False
    if people is not None and found is not None:
        joined_people = _people(people, found, kept, key, member_fields, loose)
        _two_families(families, family_fields, people, member_fields, found, kept, same)
    else:
        joined_people = _nobody(member_fields, int(kept.sum()))
        _two_families(families, family_fields, None, (), None, kept, same)
    table = as_table(family_fields, families.facts, len(families))
    notes = [*_sorted(families), *(_sorted(people) if people is not None else [])]
    families_apart = len(rows_apart(families.notes))
    return Candidates(
        families=table if kept.all() else table.take(pa.array(np.flatnonzero(kept))),
        members=joined_people.table,
        offsets=joined_people.offsets,
        family_rows=families.listing.rows[kept],
        findings=(*findings, *notes),
        read=len(families),
        set_apart=families_apart + joined_people.apart,
        members_read=len(people) if people is not None else 0,
        families_set_apart=families_apart,
        members_set_apart=joined_people.apart,
        repeated=len(repeated),
        member_rows=joined_people.rows,
        unsure_keys=_some(unsure_numbers(families, key.name)[kept]),
        unsure_members=joined_people.unsure,
        doubled_members=_doubled(people, joined_people),
        nik_to_follow=_without_nik(families, family_fields, people, member_fields, found, kept),
        places=np.flatnonzero(kept) if places else None,
        member_places=_places(people, joined_people) if places else None,
        owners=joined_people.owners,
    )


def _identities(
    families: Rows,
    family_fields: tuple[Field, ...],
    people: Rows | None,
    member_fields: tuple[Field, ...],
    found: Runs | None,
    on: int,
) -> None:
    """Remarks what NIKs say of places and years, and persons who may be listed under two NIKs."""
    homes = homes_of(families, family_fields)
    families.notes += told_of_niks(families, family_fields, homes, on)
    families.notes += suspected(families, family_fields, homes)
    if people is None or found is None or not _niks(people, member_fields):
        return
    of_each = found.of_each()
    theirs = None if homes is None else homes.take(pa.array(of_each, mask=of_each < 0))
    people.notes += told_of_niks(people, member_fields, theirs, on)
    people.notes += suspected(people, member_fields, theirs)


def _without_nik(
    families: Rows,
    family_fields: tuple[Field, ...],
    people: Rows | None,
    member_fields: tuple[Field, ...],
    found: Runs | None,
    kept: Bools,
) -> Bools | None:
    """Which of the kept families have no NIK at all, neither of their own nor of a member; None: the list has no NIKs."""
    own = _niks(families, family_fields)
    theirs = _niks(people, member_fields) if people is not None and found is not None else []
    if not own and not theirs:
        return None
    has = np.zeros(len(families), np.bool_)
    for field in own:
        has |= known(families.facts[field.name])
    if people is not None and found is not None:
        of_each = found.of_each()
        for field in theirs:
            with_nik = of_each[known(people.facts[field.name]) & (of_each >= 0)]
            has[with_nik] = True
    lacking: Bools = ~has[kept]
    return lacking


def _nobody(fields: tuple[Field, ...], families: int) -> People:
    """No members at all of so many families."""
    table = as_table(fields, {f.name: pa.nulls(0, arrow_type(f.type)) for f in fields}, 0)
    return People(table, np.zeros(families + 1, np.int64), 0)


def _once(notes: list[Note], repeated: set[int]) -> list[Note]:
    """The findings without those of rows that only repeat another."""
    return [note for note in notes if note[0] not in repeated] if repeated else notes


def _sorted(rows: Rows) -> list[Diagnostic]:
    """The findings in the order of the rows, those about the whole list first."""
    return [finding for _, finding in sorted(rows.notes, key=lambda note: note[0])]


def _people(people: Rows, found: Runs, kept: Bools, key: Field, fields: tuple[Field, ...], loose: bool) -> People:
    """The members of the families that are kept, in their order; loose: or as they stand."""
    people.notes += checked(people, fields, people.key if holds_card(key) else None)
    people.notes += _alone(people, key, found)
    people.notes += _unjoined(people, found)
    repeated = _members_twice(people, found, fields)
    apart_rows = rows_apart(people.notes)
    facts = people.facts
    if apart_rows:
        mask = np.zeros(len(people), np.bool_)
        mask[list(apart_rows)] = True
        facts = {name: without(values, mask) for name, values in facts.items()}
    lost = 0 if kept.all() else int(found.lengths[(found.families >= 0) & ~np.append(kept, False)[found.families]].sum())
    if lost:
        people.notes.append((-1, _left_out(lost).at(people.listing.cell())))
    result = joined(found, kept, repeated, loose)
    table, rows = as_table(fields, facts, len(people)), people.listing.rows
    own = next((field for field in fields if field.key), None)
    unsure = None if own is None else _some(unsure_numbers(people, own.name))
    if result.order is not None:
        table, rows = in_order(table, result.order), moved(rows, result.order)
        unsure = None if unsure is None else _some(unsure[result.order])
    return People(table, result.offsets, len(apart_rows), rows, unsure, result.order, result.owners)


def _doubled(people: Rows | None, joined_people: People) -> Bools | None:
    """The members of decided families whose NIK stands in another family too, be it one that is set apart."""
    doubled = [] if people is None else [row for row, note in people.notes if note.code == TWO_FAMILIES.code]
    if people is None or not doubled:
        return None
    mask = np.zeros(len(people), np.bool_)
    mask[doubled] = True
    return _some(mask if joined_people.order is None else mask[joined_people.order])


def _places(people: Rows | None, joined_people: People) -> Longs | None:
    """The place of each member of a decided family among the data rows."""
    if people is None:
        return None
    return np.arange(len(people), dtype=np.int64) if joined_people.order is None else joined_people.order


def _some(mask: Bools) -> Bools | None:
    return mask if mask.any() else None


def _left_out(count: int) -> Problem:
    return remark(
        "members-left-out",
        f"{count} anggota ikut dipisahkan bersama keluarganya.",
        f"{counted(count, 'member is', 'members are')} set apart together with the family.",
        "Perbaiki baris keluarganya.",
        "Mend the rows of their families.",
    )


def _unjoined(people: Rows, found: Runs) -> list[Note]:
    """Once, loudly, how many members belong to no family: some family may be decided without them."""
    if found.complete:
        return []
    signed = {row for row, note in people.notes if note.code == SIGNATURES.code}
    count = int(found.lengths[found.families < 0].sum()) - len(signed)
    if not count:
        return []
    problem = apart(
        "members-without-family",
        f"{count} anggota tidak dapat dihubungkan dengan keluarga mana pun: "
        "ada keluarga yang mungkin diputuskan tanpa anggota ini.",
        f"{counted(count, 'member', 'members')} can't be joined to any family: "
        f"some family may be decided without {'this member' if count == 1 else 'these members'}.",
        "Perbaiki kunci keluarga di baris-baris anggota yang disisihkan, lalu jalankan lagi.",
        "Mend the family's key in the rows of members that are set apart, then run again.",
    )
    return [(-1, problem.at(people.listing.cell()))]


def _alone(people: Rows, key: Field, found: Runs) -> list[Note]:
    """Members whose key is no family's; those without a usable key have been told so already."""
    if found.complete:
        return []
    said = rows_apart(people.notes)
    column = people.listing.fetch([people.matched.places[key.name]])[0]
    return [
        (row, _ALONE.at(people.listing.cell(row, column.header, column.text(row))))
        for row in np.flatnonzero((found.of_each() < 0) & known(people.key)).tolist()
        if row not in said
    ]


def _members_twice(people: Rows, found: Runs, fields: tuple[Field, ...]) -> set[int]:
    """Finds members listed twice in a family; gives the rows that only repeat another."""
    key = next((field for field in fields if field.key and field.name in people.matched.places), None)
    if key is None:
        return set()
    values = people.facts[key.name]
    of_each = found.of_each()
    rows = np.flatnonzero(known(values) & (of_each >= 0))
    same = groups(of_each[rows], as_numbers(values)[rows], rows)
    repeated, notes = judged(people, same, key.name, MEMBER_TWICE)
    people.notes = _once(people.notes, repeated) + notes
    return repeated


def _too_many(families: Rows, key: Field, found: Runs) -> list[Note]:
    """Families with more members than a family card holds."""
    if found.rising and found.lengths.max(initial=0) <= MOST_MEMBERS:
        return []
    sizes = found.sizes
    about = np.flatnonzero(sizes > MOST_MEMBERS).tolist()
    if not about:
        return []
    column = families.listing.fetch([families.matched.places[key.name]])[0]
    return [
        (
            row,
            apart(
                "too-many-members",
                f"Keluarga ini punya {int(sizes[row])} anggota; paling banyak {MOST_MEMBERS}.",
                f"This family has {int(sizes[row])} members; at most {MOST_MEMBERS}.",
                "Periksa kunci keluarga di daftar anggota; mungkin satu kunci dipakai untuk semua.",
                "Check the family's key in the list of members; one key may have been used for all.",
            ).at(families.listing.cell(row, column.header, column.text(row))),
        )
        for row in about
    ]


def _two_families(
    families: Rows,
    family_fields: tuple[Field, ...],
    people: Rows | None,
    member_fields: tuple[Field, ...],
    found: Runs | None,
    kept: Bools,
    same: list[Longs],
) -> None:
    """Remarks NIKs that are listed in two families, one of which at least is kept."""
    mine = _niks(families, family_fields)
    others = _niks(people, member_fields) if people is not None else []
    if not mine and not others:
        return
    card = np.arange(len(kept), dtype=np.int64)
    for group in same:  # rows with one card are one family, however often it is listed
        card[group] = group[0]
    holders = [Holders(families, field, card, kept) for field in mine]
    if people is not None and found is not None and others:
        of_each = found.of_each()
        alone = len(kept) + np.arange(len(people), dtype=np.int64)
        theirs = np.where(of_each >= 0, np.append(card, -1)[of_each], alone)
        decided = np.append(kept, False)[of_each]
        holders += [Holders(people, field, theirs, decided) for field in others]
    for holder, note in in_two_families(holders):
        holder.rows.notes.append(note)


def _niks(rows: Rows, fields: tuple[Field, ...]) -> list[Field]:
    return [field for field in fields if holds_nik(field) and field.name in rows.matched.places]
