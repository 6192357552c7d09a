"""What officials determined, put into candidates: only where a fact is unknown, and always on record. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_of
from ejps_core.model.candidates import Candidates, FactOrigin
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.registers import RULE, Determination, Determined, Effect
from ejps_core.model.ruleset import Field
from ejps_core.model.words import Words
from ejps_core.registry.filling import plain_value, row_number
from ejps_core.registry.problems import apart, remark
from ejps_core.registry.settling import Filling, mask_of


@dataclass(frozen=True, slots=True)
class Keys:
    """The fields by which families and members are found; `card`: where persons are decided, the one of their family."""

    family: Field
    member: Field | None
    card: Field | None = None


def determined(
    candidates: Candidates,
    facts: Mapping[str, Field],
    keys: Keys,
    determinations: Sequence[Determination],
    as_of: AsOf,
    known: Mapping[str, pa.Array] | None = None,
) -> tuple[Candidates, tuple[Determined, ...], tuple[Diagnostic, ...]]:
    """The candidates with what was determined, what became of each determination, and what is to be said of it.

    Known facts stay; a determination dated after the known date is not used. The outcome of a rule is put into a column of
    its own ('aturan:PROGRAM.ID'); `known` says what the rules' conditions come to without it.
    """
    filling = Filling(candidates)
    wanted = {number for each in determinations for number in (each.family, each.person) if number}
    families = _places(filling, keys.family, wanted)
    members = _places(filling, keys.member, wanted) if keys.member is not None else {}
    cards = filling.values(keys.card).cast(pa.string()) if keys.card is not None else None
    records: list[Determined] = []
    findings: list[Diagnostic] = []
    for fact in dict.fromkeys(each.fact for each in determinations):
        field = facts[fact]
        column = (known or {}).get(fact, filling.values(field))
        labels: list[FactOrigin] = []
        origins = np.zeros(filling.rows(field.level), np.int32)
        values: dict[int, bool | int | str] = {}
        for each in (one for one in determinations if one.fact == fact):
            row = _row(filling, each, field, families, members, cards)
            effect = _effect(each, row, column, as_of)
            number = None if row is None else row_number(candidates, filling, field.level, row)
            records.append(Determined(each, field.title, effect, number))
            findings += [] if effect is Effect.USED else [_told(each, effect)]
            if effect is Effect.USED and row is not None:
                labels.append(origin_of(each))
                origins[row], values[row] = len(labels), each.value
        if labels:
            filling.put(fact, field, _column(values, len(origins), column.type), origins, labels)
    return filling.done(), tuple(records), tuple(findings)


def _places(filling: Filling, key: Field, wanted: Collection[str]) -> dict[str, list[int]]:
    """The rows of the families (or members) of these numbers."""
    keys = filling.values(key).cast(pa.string())
    rows = np.flatnonzero(mask_of(pc.is_in(keys, value_set=pa.array(sorted(wanted), pa.string()))))
    found: dict[str, list[int]] = {}
    for row, value in zip(rows.tolist(), keys.take(pa.array(rows)).to_pylist(), strict=True):
        found.setdefault(value, []).append(row)
    return found


def _row(
    filling: Filling,
    each: Determination,
    field: Field,
    families: Mapping[str, list[int]],
    members: Mapping[str, list[int]],
    cards: pa.Array | None,
) -> int | None:
    """The family it is about (or the person, where persons are decided), or the member of that family."""
    if field.level is Level.FAMILY:
        own = families.get(each.person or each.family, [])
        if cards is not None:
            own = [row for row in own if cards[row].as_py() == each.family]
        return own[0] if len(own) == 1 else None
    own = families.get(each.family, [])
    people = [row for row in members.get(each.person or "", []) if int(filling.family_of[row]) in own]
    return people[0] if len(people) == 1 else None


def _effect(each: Determination, row: int | None, column: pa.Array, as_of: AsOf) -> Effect:
    if each.on > as_of.known:
        return Effect.LATER
    if row is None:
        return Effect.NOBODY
    known = plain_value(column[row])
    if known is None:
        return Effect.USED
    return Effect.UNNEEDED if known == each.value else Effect.CONTRADICTED


def _column(values: Mapping[int, bool | int | str], count: int, kind: pa.DataType) -> pa.Array:
    cells = [values.get(row) for row in range(count)]
    return pa.array(cells, pa.int32()).cast(kind) if pa.types.is_date(kind) else pc.cast(pa.array(cells), kind)


def origin_of(each: Determination) -> FactOrigin:
    """Who determined it, by which document, when."""
    day = day_of(each.on).isoformat()
    return FactOrigin(
        Words(f"ditetapkan: {each.who}, {each.document}, {day}", f"determined: {each.who}, {each.document}, {day}"),
        determined=True,
    )


def _told(each: Determination, effect: Effect) -> Diagnostic:
    """What is said of a determination that settles nothing."""
    what = each.fact.removeprefix(RULE)
    if effect is Effect.NOBODY:
        return apart(
            "determination-nobody",
            f"Ketetapan tentang {what} tidak dipakai: keluarga (atau anggota) itu tidak ada di daftar.",
            f"The determination of {what} is not used: that family (or member) is not in the list.",
            "Cocokkan nomor KK dan NIK dengan daftar.",
            "Compare the numbers with the list.",
        ).at(each.place)
    day = day_of(each.on).isoformat()
    if effect is Effect.LATER:
        return remark(
            "determination-later",
            f"Ketetapan tentang {what} tanggal {day} tidak dipakai: sesudah tanggal data yang diketahui.",
            f"The determination of {what} of {day} is not used: later than what may be known.",
            "Pakai --known untuk data terbaru, bila memang itu yang diminta.",
            "Use --known for the latest data, if that is wanted.",
        ).at(each.place)
    if effect is Effect.UNNEEDED:
        return remark(
            "determination-unneeded",
            f"Ketetapan tentang {what} tidak diperlukan: datanya sudah diketahui, dan sama.",
            f"The determination of {what} is not needed: the fact is known, and is the same.",
            "Tidak perlu apa-apa.",
            "Nothing to do.",
        ).at(each.place)
    return remark(
        "determination-contradicts",
        f"Ketetapan tentang {what} tidak dipakai: datanya sudah diketahui, dan berbeda dari {each.said.id}.",
        f"The determination of {what} is not used: the fact is known, and is not {each.said.en}.",
        "Ketetapan hanya mengisi yang belum diketahui; bila daftar atau register salah, perbaiki di sana.",
        "A determination only settles what is unknown; if the list or a register is wrong, mend it there.",
    ).at(each.place)
