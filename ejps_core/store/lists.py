"""Lists on record: a file as received becomes a version of a list, whole or not at all; the same file changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.bulk import add_all
from ejps_core.store.facts import FAMILIES, FILE, MEMBERS, TOLD, as_bytes, hash_of, sealed_parts
from ejps_core.store.people import Identity, index_keys, sealed_people
from ejps_core.store.problems import StoreError
from ejps_core.store.programs import ensure_district
from ejps_core.store.retention import living_key, record_key, usable
from ejps_core.store.sealing import blind
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import ColumnMapping, ListRow, ListVersion, Person, ReceivedList, SealedPart
from ejps_core.store.words import KeyKind, RowVerdict, Unit


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was judged. position: from 1 over the whole file. codes: what is said of it, without identifiers."""

    position: int
    sheet: str | None
    row: int
    unit: Unit
    pid: str | None
    family_pid: str | None
    verdict: RowVerdict
    codes: Sequence[Mapping[str, Any]]
    digest: str
    """From `row_digests`: equal for rows with the same content."""
    nik_to_follow: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """A list as read: what its file was, what became of its rows, who is on it, and the facts under pseudonyms.

    list_id: of which this is a corrected version; None: a new list. families and members have a column `pid`. told: what was
    said of the rows in words, which may quote a name or an address.
    """

    district: str
    district_name: str
    title: str
    file_name: str
    file: bytes
    shape: str
    rows: Sequence[Row]
    people: Sequence[Identity]
    families: pa.Table
    members: pa.Table
    counts: Mapping[str, Any]
    program: str | None = None
    phase: str | None = None
    list_id: int | None = None
    mapping_id: int | None = None
    told: bytes = b""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a file became. again: it was there before, and nothing changed."""

    list_id: int
    version_id: int
    number: int
    again: bool = False


def receive(store: Store, act: Act, incoming: Incoming) -> Receipt:
    """Puts a list on record in one transaction; the same file of the same district a second time changes nothing."""
    file_hash = hash_of(incoming.file)
    with store.reading() as session:
        if (known := known_file(session, incoming.district, file_hash)) is not None:
            return known
        key_id = _list_key(session, incoming)
        index_key = store.current_key(session, KeyKind.INDEX)
    made = key_id or store.keys.make()
    people = sorted(sealed_people(store, made, index_key, incoming.people), key=lambda each: str(each["pid"]))
    families, members = as_bytes(incoming.families), as_bytes(incoming.members)
    contents = {FILE: incoming.file, FAMILIES: families, MEMBERS: members} | ({TOLD: incoming.told} if incoming.told else {})
    parts = [each for kind, content in contents.items() for each in sealed_parts(store, made, kind, content)]
    with store.writing(act) as work:
        work.alone(f"district:{incoming.district}")  # else a file could come in twice
        ensure_district(work, incoming.district, incoming.district_name)
        if (known := known_file(work.session, incoming.district, file_hash)) is not None:
            work.tell("list.received-again", "version", known.version_id)
            return known
        work.alone(f"key:{made}")
        if key_id is not None and _list_key(work.session, incoming) != made:
            raise key_replaced()
        if key_id is None:
            record_key(work, made, KeyKind.LIST, f"{incoming.district} {incoming.title}")
        receipt = _version(work, incoming, made, file_hash, hash_of(families, members))
        work.point("version-written")
        add_all(work.session, Person, (each | {"version_id": receipt.version_id} for each in people))
        work.point("people-written")
        add_all(work.session, SealedPart, (each | {"version_id": receipt.version_id} for each in parts))
        add_all(work.session, ListRow, (_row(receipt.version_id, each) for each in incoming.rows))
        work.point("rows-written")
        after = {"list": receipt.list_id, "number": receipt.number, "file": incoming.file_name, "counts": incoming.counts}
        work.tell("list.received", "version", receipt.version_id, after=after)
    return receipt


def known_file(session: Session, district: str, file_hash: str) -> Receipt | None:
    """The version that this file became before, None if the district never sent it."""
    asked = (
        select(col(ListVersion.list_id), col(ListVersion.id), col(ListVersion.number))
        .join(ReceivedList, col(ReceivedList.id) == col(ListVersion.list_id))
        .where(col(ReceivedList.district) == district, col(ListVersion.file_hash) == file_hash)
    )
    found = session.execute(asked.order_by(col(ListVersion.id)).limit(1)).first()
    return None if found is None else Receipt(found[0], found[1], found[2], again=True)


def row_digests(store: Store, session: Session, rows: Iterable[Sequence[str | None]]) -> list[str]:
    """A keyed digest of each row's cells, by which the same row is known again and nothing can be guessed."""
    key = store.keys.key(index_keys(session)[0])
    return [blind(key, "row", "\x1f".join("\x00" if cell is None else cell for cell in cells)) for cells in rows]


def newest_version(session: Session, list_id: int) -> ListVersion:
    """The latest version of a list; StoreError if there is no such list."""
    asked = select(ListVersion).where(col(ListVersion.list_id) == list_id).order_by(col(ListVersion.number).desc())
    found: ListVersion | None = session.execute(asked.limit(1)).scalar_one_or_none()
    if found is None:
        raise no_list(list_id)
    return found


def rows_of(session: Session, version_id: int) -> tuple[ListRow, ...]:
    """All rows of a version in the order of the file."""
    asked = select(ListRow).where(col(ListRow.version_id) == version_id).order_by(col(ListRow.position))
    return tuple(session.execute(asked).scalars())


def confirm_mapping(work: Work, district: str, shape: str, mapping: Mapping[str, Any]) -> int:
    """Records which header means which field, as a person confirmed; its number."""
    act = work.act
    before = confirmed_mapping(work.session, district, shape)
    made = ColumnMapping(district=district, shape=shape, mapping=dict(mapping), confirmed_at=act.at, confirmed_by=act.who)
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    old = None if before is None else {"id": before.id, "mapping": before.mapping}
    work.tell("mapping.confirmed", "mapping", made.id, before=old, after={"mapping": dict(mapping)})
    return made.id


def confirmed_mapping(session: Session, district: str, shape: str) -> ColumnMapping | None:
    """The newest confirmed mapping for a shape of file of a district."""
    asked = select(ColumnMapping).where(col(ColumnMapping.district) == district, col(ColumnMapping.shape) == shape)
    return session.execute(asked.order_by(col(ColumnMapping.id).desc()).limit(1)).scalar_one_or_none()


def no_list(list_id: int) -> StoreError:
    return StoreError(
        "list-unknown",
        Words(f"Tidak ada daftar nomor {list_id}.", f"There is no list number {list_id}."),
    )


def key_replaced() -> StoreError:
    return StoreError(
        "key-replaced",
        Words("Kunci daftar ini baru saja diganti.", "The key of this list has just been replaced."),
        Words("Ulangi.", "Do it again."),
    )


def _list_key(session: Session, incoming: Incoming) -> str | None:
    if incoming.list_id is None:
        return None
    found = session.get(ReceivedList, incoming.list_id)
    if found is None or found.district != incoming.district:
        raise no_list(incoming.list_id)
    return usable(living_key(session, found.key_id))


def _version(work: Work, incoming: Incoming, key_id: str, file_hash: str, facts_hash: str) -> Receipt:
    session, act = work.session, work.act
    list_id = incoming.list_id
    if list_id is None:
        opened = ReceivedList(
            district=incoming.district,
            program=incoming.program,
            phase=incoming.phase,
            title=incoming.title,
            key_id=key_id,
            opened_at=act.at,
            opened_by=act.who,
        )
        session.add(opened)
        session.flush()
        assert opened.id is not None
        list_id = opened.id
    last = session.execute(select(func.max(col(ListVersion.number))).where(col(ListVersion.list_id) == list_id)).scalar()
    version = ListVersion(
        list_id=list_id,
        number=(last or 0) + 1,
        file_name=incoming.file_name,
        file_hash=file_hash,
        file_bytes=len(incoming.file),
        shape=incoming.shape,
        mapping_id=incoming.mapping_id,
        counts=dict(incoming.counts),
        facts_hash=facts_hash,
        received_at=act.at,
        received_by=act.who,
    )
    session.add(version)
    session.flush()
    assert version.id is not None
    return Receipt(list_id, version.id, version.number)


def _row(version_id: int, row: Row) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "position": row.position,
        "sheet": row.sheet,
        "row": row.row,
        "unit": row.unit.value,
        "pid": row.pid,
        "family_pid": row.family_pid,
        "verdict": row.verdict.value,
        "nik_to_follow": row.nik_to_follow,
        "codes": [dict(each) for each in row.codes],
        "digest": row.digest,
    }
