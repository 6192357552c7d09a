"""The families and persons of a list under pseudonyms: who they are, to be sealed; their facts as tables for the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from sqlmodel import Session

from ejps_core.app.importing import Imported
from ejps_core.app.key_places import place_columns
from ejps_core.app.recalled import Before
from ejps_core.model.candidates import Candidates
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Choice, Number
from ejps_core.registry.identified import MATCHED, Identified, identified, is_identifier
from ejps_core.store.people import Identity
from ejps_core.store.sealing import blind, new_pseudonyms
from ejps_core.store.session import Store
from ejps_core.store.words import KeyKind, Unit

PID, FAMILY, ROW, UNSURE, FOLLOWS = "pid", "pid:family", "row:", "unsure:", "nik:follows"
NIK_UNSURE = "unsure:nik"
"""Columns beside the facts. No fact's name has a colon."""
MATCHING = "match:"
"""Before the columns that matching goes by."""


@dataclass(frozen=True, slots=True)
class Named:
    """People with their pseudonyms. by_place: of each judged row, its own and its family's pseudonym."""

    identities: tuple[Identity, ...]
    families: pa.Table
    members: pa.Table
    by_place: dict[int, tuple[str, str | None]]

    def of(self, place: int) -> tuple[str | None, str | None]:
        """The pseudonym of the family or person of a judged row, and that of its family; None: it is set apart."""
        return self.by_place.get(place, (None, None))


def signature(field: Field) -> str:
    """What a stored fact must still be for a rule to read it: its type, unit, answers, and whether blank meant no."""
    kind = type(field.type).__name__
    if isinstance(field.type, Number):
        kind += f":{field.type.scale}"
    if isinstance(field.type, Choice):
        kind += ":" + ",".join(sorted(label.name for label in field.type.labels))
    return kind + (":blank-is-no" if field.blank_is_no else "")


def named(store: Store, session: Session, imported: Imported, known: Before) -> Named:
    """Everybody who is decided, under the pseudonym of the version before where they are known again, else a new one."""
    read, fields = imported.read, imported.fields
    assert read is not None and read.candidates is not None and read.families is not None and fields is not None
    found, key = read.candidates, next(field for field in fields.family if field.key)
    assert found.places is not None
    on = imported.on
    who = identified(read.families, found.places, key, fields.family, Level.FAMILY, read.persons, on)
    index = store.keys.key(store.current_key(session, KeyKind.INDEX))
    families = _pids([known.families.get(blind(index, kind, number)) if number else None for kind, number in _numbers(who)])
    theirs, members = Identified({}, np.zeros(0, np.bool_)), list[str]()
    owners = np.repeat(np.arange(len(found)), np.diff(found.offsets))
    if read.people is not None and found.member_places is not None:
        theirs = identified(read.people, found.member_places, key, fields.members, Level.MEMBER, True, on)
        niks = theirs.of("nik")
        members = _pids(
            [
                known.members.get((families[family], blind(index, "nik", nik))) if nik else None
                for family, nik in zip(owners.tolist(), niks, strict=True)
            ]
        )
    own = [families[family] for family in owners.tolist()]
    return Named(
        (*_identities(families, None, who), *_identities(members, own, theirs)),
        _table(found, families, None, who, fields.family, Level.FAMILY),
        _table(found, members, own, theirs, fields.members, Level.MEMBER),
        _by_place(imported, found, families, members, own),
    )


def _numbers(who: Identified) -> list[tuple[str, str | None]]:
    """By which number each family is known again."""
    return [("kk", kk) if kk else ("nik", nik) for kk, nik in zip(who.of("kk"), who.of("nik"), strict=True)]


def _pids(known: Sequence[str | None]) -> list[str]:
    """The known pseudonyms, each once; new ones for the others."""
    used: set[str] = set()
    kept: list[str | None] = []
    for pid in known:
        kept.append(None if pid is None or pid in used else pid)
        used |= set() if pid is None else {pid}
    fresh = iter(new_pseudonyms(kept.count(None)))
    return [next(fresh) if pid is None else pid for pid in kept]


def _identities(pids: Sequence[str], own: Sequence[str] | None, who: Identified) -> list[Identity]:
    if not pids:
        return []
    columns = [who.of(name) for name in ("nik", "kk", "name", "address", "phone")]
    unit = Unit.FAMILY if own is None else Unit.MEMBER
    families: Sequence[str | None] = [None] * len(pids) if own is None else own
    return [Identity(pid, unit, family, *said) for pid, family, *said in zip(pids, families, *columns, strict=True)]


def _table(
    found: Candidates, pids: list[str], own: list[str] | None, who: Identified, fields: Sequence[Field], level: Level
) -> pa.Table:
    """The facts under pseudonyms, without what says who somebody is; of keys their places in order."""
    table = found.families if level is Level.FAMILY else found.members
    rows = found.family_rows if level is Level.FAMILY else found.member_rows
    unsure = found.unsure_keys if level is Level.FAMILY else found.unsure_members
    count = len(pids)
    columns: dict[str, pa.Array] = {PID: pa.array(pids, pa.string())}
    if own is not None:
        columns[FAMILY] = pa.array(own, pa.string())
    columns[ROW] = pa.array(np.zeros(count, np.int64) if rows is None else rows)
    columns[UNSURE] = pa.array(np.zeros(count, np.bool_) if unsure is None else unsure)
    columns[NIK_UNSURE] = pa.array(who.unsure)
    if level is Level.FAMILY and found.nik_to_follow is not None:
        columns[FOLLOWS] = pa.array(found.nik_to_follow)
    kinds: dict[str, str] = {}
    for field in fields:
        if field.name in table.column_names and not is_identifier(field):
            columns[field.name] = table.column(field.name).combine_chunks()
            kinds[field.name] = signature(field)
    columns |= place_columns(table, fields, who.columns)
    for name in MATCHED:
        if name in who.columns:
            columns[f"{MATCHING}{name}"] = who.columns[name]
    made = pa.table(columns)
    schema = pa.schema(
        [each.with_metadata({"is": kinds[each.name]}) if each.name in kinds else each for each in made.schema]
    )
    return made.cast(schema)


def _by_place(
    imported: Imported, found: Candidates, families: list[str], members: list[str], own: list[str]
) -> dict[int, tuple[str, str | None]]:
    """Judged rows are those of the families, then those of persons; of a list of persons only these."""
    read = imported.read
    assert read is not None and read.families is not None and found.places is not None
    placed: dict[int, tuple[str, str | None]] = {}
    first = 0
    if not read.persons:
        placed |= {place: (pid, None) for place, pid in zip(found.places.tolist(), families, strict=True)}
        first = len(read.families)
    if found.member_places is not None:
        for place, pid, family in zip(found.member_places.tolist(), members, own, strict=True):
            placed[first + place] = (pid, family)
    return placed
