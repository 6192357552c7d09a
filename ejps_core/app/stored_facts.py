"""A list on record as candidates: its facts with the rules' types, families and members known by blind numbers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.fields import Merged
from ejps_core.app.key_places import PLACE, kept_places
from ejps_core.app.pseudonyms import FAMILY, FOLLOWS, NIK_UNSURE, PID, ROW, UNSURE, signature
from ejps_core.model.candidates import Candidates, arrow_type
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Span
from ejps_core.model.types import Code
from ejps_core.model.words import Words
from ejps_core.registry.columns import holds_card, holds_nik
from ejps_core.registry.determining import Keys
from ejps_core.registry.identified import is_identifier
from ejps_core.registry.recognised import Recognised
from ejps_core.registry.settling import Longs
from ejps_core.store.acts import Act
from ejps_core.store.facts import read_facts, read_places
from ejps_core.store.people import district_of, index_keys
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from ejps_core.store.tables import ListVersion, Person, ReceivedList

BY_PSEUDONYM = Keys(
    *(Field(PID, Words(PID, PID), Code(), level, Span("", 1, 1, 1, 1), key=True) for level in (Level.FAMILY, Level.MEMBER))
)
"""How determinations on record find whom they are about."""

Blinds = Mapping[str, tuple[str | None, str | None]]
"""Pseudonym -> blind NIK, blind family card."""
NOBODY = (None, None)


@dataclass(frozen=True, slots=True)
class Stored:
    """A version of a list, its facts still sealed. index: the key of its blind numbers; None: nobody is in it."""

    version_id: int
    list_id: int
    number: int
    district: str
    source: str
    counts: dict[str, int]
    index: bytes | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Its facts. people: who is who. said: facts of rules that were not read when the list came in. hash: of the input."""

    candidates: Candidates
    people: Recognised
    said: tuple[Diagnostic, ...]
    hash: str


def version_of(store: Store, session: Session, version_id: int) -> Stored:
    """A version by its number."""
    version = session.get(ListVersion, version_id)
    district = district_of(session, version_id)
    assert version is not None and district is not None
    used = select(col(Person.index_key)).where(col(Person.version_id) == version_id)
    key_id = session.execute(used.limit(1)).scalar_one_or_none()
    if key_id is not None and key_id not in index_keys(session):
        raise StoreError(
            "input-destroyed",
            Words("Kunci indeks daftar ini dimusnahkan.", "The index key of this list was destroyed."),
        )
    index = None if key_id is None else store.keys.key(key_id)
    return Stored(version_id, version.list_id, version.number, district, version.file_name, dict(version.counts), index)


def title_of(session: Session, list_id: int) -> str:
    """What a list is called."""
    found = session.get(ReceivedList, list_id)
    return "" if found is None else found.title


def facts_of_version(store: Store, act: Act, stored: Stored, columns: Merged) -> Facts:
    """The facts that these rules read; who the families are stays sealed. The reading is in the audit log first."""
    families, members, digest = read_facts(store, act, stored.version_id)
    with store.reading() as session:
        blinds = _blind_numbers(session, stored.version_id)
        later = read_places(store, session, stored.version_id)
    if later is not None:
        families, members = _with_places(families, later), _with_places(members, later)
    said: list[Diagnostic] = []
    table = _typed(families, columns.family, blinds, said)
    people = _typed(members, columns.members, blinds, said)
    own = families.column(PID).to_pylist()
    owners = members.column(FAMILY).to_pylist() if FAMILY in members.column_names else []
    place = {pid: i for i, pid in enumerate(own)}
    sizes = np.bincount(np.array([place[each] for each in owners], np.int64), minlength=len(own))
    counts = stored.counts
    follows = families.column(FOLLOWS).to_numpy() if FOLLOWS in families.column_names else None
    candidates = Candidates(
        families=table,
        members=people,
        offsets=np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64),
        family_rows=families.column(ROW).to_numpy(),
        read=counts["read"],
        set_apart=counts["families_set_apart"] + counts["members_set_apart"],
        member_rows=members.column(ROW).to_numpy() if len(members) else np.zeros(0, np.int64),
        members_read=counts["members_read"],
        families_set_apart=counts["families_set_apart"],
        members_set_apart=counts["members_set_apart"],
        repeated=counts["repeated"],
        unsure_keys=_mask(families),
        unsure_members=_mask(members),
        nik_to_follow=follows,
    )
    return Facts(candidates, _people(families, members, candidates.offsets, blinds), tuple(said), digest)


def _people(families: pa.Table, members: pa.Table, offsets: Longs, blinds: Blinds) -> Recognised:
    """The people of a list, nothing matched yet. Its own row names the family's head, who may be among the members too."""
    own, theirs = families.column(PID).to_pylist(), members.column(PID).to_pylist()
    unsure = families.column(NIK_UNSURE).to_pylist() if NIK_UNSURE in families.column_names else [True] * len(own)
    heads: list[str] = []
    numbers: list[str | None] = []
    bounds = offsets.tolist()
    for pid, lost, first, last in zip(own, unsure, bounds, bounds[1:], strict=False):
        nik = blinds.get(pid, NOBODY)[0]
        among = theirs[first:last] if nik is not None else []
        heads.append(next((each for each in among if blinds.get(each, NOBODY)[0] == nik), pid))
        numbers.append(None if lost else nik)
    return Recognised(tuple(own), tuple(theirs), tuple(heads), pa.array(numbers, pa.string()))


def without_pseudonyms(candidates: Candidates) -> Candidates:
    """The same without the columns by which determinations found people: no rule reads them."""
    tables = (candidates.families, candidates.members)
    families, members = (t.drop_columns([PID]) if PID in t.column_names else t for t in tables)
    return replace(candidates, families=families, members=members)


def _blind_numbers(session: Session, version_id: int) -> Blinds:
    """The blind NIK and family card of everybody."""
    asked = select(col(Person.pid), col(Person.nik_index), col(Person.kk_index)).where(col(Person.version_id) == version_id)
    return {pid: (nik, kk) for pid, nik, kk in session.execute(asked)}


def _with_places(table: pa.Table, later: pa.Table) -> pa.Table:
    """A version's facts with the places that were put on record after it was received. later: by pseudonym."""
    found = pc.index_in(table.column(PID), value_set=later.column(PID).combine_chunks())
    for name in later.column_names:
        if name != PID and name not in table.column_names:
            table = table.append_column(name, later.column(name).take(found))
    return table


def _typed(
    table: pa.Table,
    fields: Sequence[Field],
    blinds: Blinds,
    said: list[Diagnostic],
) -> pa.Table:
    """The columns of the rules' facts. A fact that was another one when the list came in is unknown, and it is said."""
    pids = table.column(PID).to_pylist()
    columns: dict[str, pa.Array] = {PID: pa.array(pids, pa.string())}
    for field in fields:
        places = kept_places(table, field) if is_identifier(field) else None
        if places is not None:
            columns[f"{PLACE}{field.name}"] = places
        if holds_card(field) or holds_nik(field):
            which = 1 if holds_card(field) else 0
            known = [True] * len(pids) if places is None else places.is_valid().to_pylist()  # nobody set apart has a number
            numbers = [blinds.get(pid, NOBODY)[which] if own else None for pid, own in zip(pids, known, strict=True)]
            columns[field.name] = pa.array(numbers, pa.string()).dictionary_encode()
        elif is_identifier(field):
            continue
        elif field.name in table.column_names and _is(table, field):
            columns[field.name] = table.column(field.name).combine_chunks()
        else:
            columns[field.name] = pa.nulls(len(pids), arrow_type(field.type))
            if len(pids):
                said.append(_not_read(field))
    return pa.table(columns)


def _is(table: pa.Table, field: Field) -> bool:
    about = table.schema.field(field.name).metadata or {}
    kind: bytes = about.get(b"is", b"")
    return kind.decode() == signature(field)


def _mask(table: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
    if not len(table):
        return None
    found = table.column(UNSURE).to_numpy()
    return found if found.any() else None


def _not_read(field: Field) -> Diagnostic:
    return Diagnostic(
        "fact-not-read",
        Severity.REMARK,
        None,
        Words(
            f"Data {field.name} tidak dibaca, atau dibaca sebagai data lain, ketika daftar ini diterima: belum diketahui.",
            f"The fact {field.name} was not read, or read as another kind, when this list was received: unknown.",
        ),
        Words("Terima lagi daftarnya setelah diperbaiki.", "Have the list sent in again, mended."),
    )
