"""The register of awards (`penerima`): read, and put into the facts of programs that give one award per number. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_of
from ejps_core.model.candidates import Candidates, FactOrigin
from ejps_core.model.declared import Identity
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.registers import AWARDS, Awards, Declaration
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.types import Region
from ejps_core.model.words import Words
from ejps_core.registry.award_rows import AwardRows, ProgramNames, Record, award_rows
from ejps_core.registry.columns import holds_card, holds_nik
from ejps_core.registry.declarations import usable
from ejps_core.registry.filling import Covers
from ejps_core.registry.phases import phases_at
from ejps_core.registry.settling import Bools, Filling, Longs, mask_of

ANY = -1
"""An award that counts whatever the phase."""


Told = Callable[[Record, int], FactOrigin]
"""What is said of an award as the origin of a fact."""


def awarded(
    candidates: Candidates,
    fields: Sequence[Field],
    ruleset: Ruleset,
    record: Record | None,
    names: ProgramNames,
    declarations: Sequence[Declaration],
    as_of: AsOf,
    own_list: str,
    none_yet: bool = False,
) -> tuple[Candidates, tuple[Diagnostic, ...], tuple[Declaration, ...]]:
    """The candidates with the facts of `one per`, what is to be said, and the declarations that were used.

    Awards of this program count that were made by the known date, in the phase decided where it is one each phase, but not
    those of this very list and day. No award: no, where the register is declared complete, or if `none_yet` says that there
    are none at all; unknown for whoever is in a row that perhaps counts. A NIK given the aid on another card, or standing
    in two families of this list, is unknown until an official determines it.
    """
    asked = ruleset.one_per
    if asked is None:
        return candidates, (), ()
    filling = Filling(candidates)
    findings: list[Diagnostic] = []
    own: tuple[Declaration, ...] = ()
    if record is not None:
        own, said = usable(record.register, declarations, as_of)
        findings += said
    covers = Covers(filling, fields)
    findings += covers.idle(own)
    covering = covers.of(own)
    region = next((f for f in fields if f.level is Level.FAMILY and isinstance(f.type, Region)), None)
    phases = phases_at(ruleset.calendars, as_of.on, filling.values(region) if region else pa.nulls(len(candidates)))
    phases = phases if asked.each_phase else np.full(len(candidates), ANY, np.int64)
    rows = AwardRows() if record is None else award_rows(record, names, as_of, own_list)
    findings += rows.findings
    card = next((f for f in fields if f.level is Level.FAMILY and f.key and holds_card(f)), None)
    for fact, level in ((asked.family, Level.FAMILY), (asked.person, Level.MEMBER)):
        key = next((f for f in fields if f.level is level and f.key), None)
        field = next((f for f in fields if f.level is level and f.name == fact), None)
        if fact is None or key is None or field is None:
            continue
        _Fact(filling, field, key, card, none_yet).fill(record, rows, phases, covering, own, asked.each_phase)
    return filling.done(), tuple(findings), tuple(own[i] for i in np.unique(covering[covering >= 0]).tolist())


class _Fact:
    """One fact being filled: of the families by their card, of members by their NIK."""

    def __init__(self, filling: Filling, field: Field, key: Field, card: Field | None, none_yet: bool) -> None:
        self.filling, self.field, self.none_yet = filling, field, none_yet
        self.keys = filling.values(key).cast(pa.string())
        self.identity = Identity.NIK if holds_nik(key) else Identity.KK
        own = card is not None and field.level is Level.MEMBER
        self.cards = _cards(filling, card) if own and card is not None else None
        candidates = filling.candidates
        unsure = candidates.unsure_keys if key.level is Level.FAMILY else candidates.unsure_members
        self.sure: Bools = mask_of(self.keys.is_valid())
        if unsure is not None:
            self.sure &= ~unsure
        self.labels: list[FactOrigin] = []
        self.origins = np.zeros(len(self.keys), np.int32)

    def fill(
        self,
        record: Record | None,
        rows: AwardRows,
        phases: Longs,
        covering: Longs,
        declarations: Sequence[Declaration],
        each_phase: bool,
    ) -> None:
        """Yes for whoever was given it, no where that can be said, unknown for whoever stands in two families."""
        level = self.field.level
        spread = phases if level is Level.FAMILY else phases[self.filling.family_of]
        covered = covering if level is Level.FAMILY else covering[self.filling.family_of]
        given, maybe = self._given(record, rows, spread, each_phase)
        absent = ~given & ~maybe & (np.full(len(given), self.none_yet) | (self.sure & (covered >= 0)))
        self._absent(absent, covered, declarations)
        twice = self._twice() & ~given
        self._mark(twice, _TWICE)
        values = pa.array(given, mask=~(given | absent) | twice)
        self.filling.put(_name(self.field), self.field, values, self.origins, self.labels)

    def _given(self, record: Record | None, rows: AwardRows, phases: Longs, each_phase: bool) -> tuple[Bools, Bools]:
        """Who was given it for sure; who perhaps was: in a phase not known, on another family card, by a doubtful row."""
        given, maybe = np.zeros(len(self.keys), np.bool_), np.zeros(len(self.keys), np.bool_)
        if record is None:
            return given, maybe
        of_phase = _of_phase(record.awards, rows.counting, each_phase)
        for phase, those in of_phase:
            _, exact = self._found(record.awards, those)
            sure = self.sure & (exact >= 0) & (phases == phase) & (phase != 0)
            self._mark_awards(sure & ~given, exact, record, those, _award)
            given |= sure
        for phase, those in of_phase:
            found, exact = self._found(record.awards, those)
            unclear = (phases == 0) | (phase == 0)
            doubt = self.sure & ~given & (exact >= 0) & unclear
            self._mark_awards(doubt, exact, record, those, _phase_unclear)
            other = self.sure & ~given & (found >= 0) & (exact < 0) & (unclear | (phases == phase))
            self._mark_awards(other, found, record, those, _other_card)
            maybe |= doubt | other
        for phase, those in _of_phase(record.awards, rows.doubtful, each_phase):
            found, _ = self._found(record.awards, those)
            unsure = self.sure & ~given & (found >= 0) & ((phases == 0) | (phase == 0) | (phases == phase))
            self._mark_awards(unsure & ~maybe, found, record, those, _row_unsure)
            maybe |= unsure
        return given, maybe

    def _found(self, awards: Awards, rows: list[int]) -> tuple[Longs, Longs]:
        """For each number its place among these awards: of anybody with that number; and of members, on the same card."""
        taken = pa.array(rows, pa.int64())
        cards, persons = awards.families.take(taken), awards.persons.take(taken)
        found = _places(self.keys, cards if self.identity is Identity.KK else persons)
        if self.cards is None:
            return found, found
        both = pc.binary_join_element_wise(persons, cards, "/")
        return found, _places(pc.binary_join_element_wise(self.keys, self.cards, "/"), both)

    def _mark_awards(self, where: Bools, found: Longs, record: Record, those: list[int], told: Told) -> None:
        """Which award each was given: the phase, the list and the day."""
        awards = record.awards
        kinds: dict[tuple[object, ...], int] = {}
        told_of = [awards.phases, awards.lists, awards.areas, awards.days, awards.programs]
        told_of += [awards.sources] if awards.sources else []
        which = [kinds.setdefault(tuple(column[r] for column in told_of), r) for r in those]
        own = np.array(which, np.int64)[found[where]]
        for row in np.unique(own).tolist():
            marked = np.zeros(len(where), np.bool_)
            marked[np.flatnonzero(where)[own == row]] = True
            self._mark(marked, told(record, row))

    def _absent(self, absent: Bools, covered: Longs, declarations: Sequence[Declaration]) -> None:
        if self.none_yet:
            self._mark(absent, _NONE_YET)
            return
        for at in np.unique(covered[absent]).tolist():
            self._mark(absent & (covered == at), _nobody(declarations[at]))

    def _twice(self) -> Bools:
        """Members whose NIK stands in another family of the list too, decided or set apart."""
        twice = np.zeros(len(self.keys), np.bool_)
        if self.field.level is Level.FAMILY:
            return twice
        if self.filling.candidates.doubled_members is not None:
            twice |= self.filling.candidates.doubled_members
        codes = self.keys.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
        known = np.flatnonzero(codes >= 0)
        if not len(known):
            return twice
        low = np.full(int(codes.max()) + 1, len(self.filling.candidates), np.int64)
        high = np.full(len(low), -1, np.int64)
        np.minimum.at(low, codes[known], self.filling.family_of[known])
        np.maximum.at(high, codes[known], self.filling.family_of[known])
        twice[known] |= (low != high)[codes[known]]
        return twice

    def _mark(self, where: Bools, label: FactOrigin) -> None:
        if where.any():
            self.labels.append(label)
            self.origins[where] = len(self.labels)


_TWICE = FactOrigin(
    Words(
        "NIK ini ada di dua keluarga dalam daftar ini: petugas yang menetapkan",
        "this NIK is in two families of this list: an official determines",
    )
)
_NONE_YET = FactOrigin(
    Words("dinyatakan belum ada penetapan (--no-awards-yet)", "said to be before any award (--no-awards-yet)")
)


def _of_phase(awards: Awards, rows: Sequence[int], each_phase: bool) -> list[tuple[int, list[int]]]:
    """The rows by phase, in order; all of them under ANY where phases don't matter."""
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(awards.phases[row] if each_phase else ANY, []).append(row)
    return sorted(found.items())


def _name(field: Field) -> str:
    return field.name if field.level is Level.FAMILY else f"member.{field.name}"


def _cards(filling: Filling, card: Field) -> pa.Array:
    """The family card number of each member."""
    return filling.values(card).cast(pa.string()).take(pa.array(filling.family_of))


def _places(keys: pa.Array, among: pa.Array) -> Longs:
    """The place of each key among others; -1: not there."""
    found = pc.index_in(keys, value_set=among, skip_nulls=True).fill_null(-1)
    places: Longs = found.to_numpy(zero_copy_only=False).astype(np.int64)
    return places


def _said(record: Record, row: int) -> Words:
    """Which award it was: phase, list, district, day."""
    awards = record.awards
    phase, day = awards.phases[row], awards.days[row]
    when = day_of(day).isoformat() if day is not None else ""
    rest = ", ".join(text for text in (awards.lists[row], awards.areas[row], when) if text)
    own, english = (f"tahap {phase}, ", f"phase {phase}, ") if phase else ("", "")
    file = awards.sources[row] if awards.sources else record.register.file
    return Words(f"register {AWARDS}: {own}{rest} ({file})", f"register {AWARDS}: {english}{rest} ({file})")


def _award(record: Record, row: int) -> FactOrigin:
    return FactOrigin(_said(record, row))


def _phase_unclear(record: Record, row: int) -> FactOrigin:
    said = _said(record, row)
    return FactOrigin(Words(f"{said.id}: tahapnya tidak jelas", f"{said.en}: the phase is unclear"))


def _row_unsure(record: Record, row: int) -> FactOrigin:
    said, named = _said(record, row), record.awards.programs[row]
    return FactOrigin(
        Words(
            f"{said.id}, program “{named}”: nama program atau tanggalnya meragukan; petugas yang menetapkan",
            f"{said.en}, program “{named}”: its program's name or its date is in doubt; an official determines",
        )
    )


def _other_card(record: Record, row: int) -> FactOrigin:
    said = _said(record, row)
    return FactOrigin(
        Words(
            f"{said.id}: NIK ini dengan KK lain; petugas yang menetapkan",
            f"{said.en}: this NIK on another family card; an official determines",
        )
    )


def _nobody(declaration: Declaration) -> FactOrigin:
    day = day_of(declaration.on).isoformat()
    return FactOrigin(
        Words(
            f"tidak ada di register {AWARDS}, yang dinyatakan lengkap untuk {declaration.area} per {day} "
            f"oleh {declaration.who}",
            f"not in the register {AWARDS}, declared complete for {declaration.area} as of {day} by {declaration.who}",
        )
    )
