"""The facts of a list version as Arrow tables under pseudonyms, and its file as received: sealed in parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.bulk import add_all
from ejps_core.store.problems import unsound
from ejps_core.store.retention import refuse_destroyed
from ejps_core.store.sealing import Sealed, UnopenedError
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import SealedPart

PART = 4 << 20
FILE, FAMILIES, MEMBERS, TOLD, PLACES = "file", "families", "members", "told", "places"
"""What lies sealed: the file as received, the facts, and what was said of the rows, which quotes their cells.

places: those of keys in order, where they were put on record after the list was received; else they lie with the facts.
"""


def as_bytes(table: pa.Table) -> bytes:
    """A table as an Arrow stream, compressed."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue().to_pybytes())


def as_table(content: bytes) -> pa.Table:
    """The table of an Arrow stream."""
    with pa.ipc.open_stream(pa.py_buffer(content)) as reader:
        return reader.read_all()


def hash_of(*contents: bytes) -> str:
    """One hash of several contents, in their order."""
    each = [hashlib.sha256(content).hexdigest() for content in contents]
    return each[0] if len(each) == 1 else hashlib.sha256("\n".join(each).encode()).hexdigest()


def sealed_parts(store: Store, key_id: str, kind: str, content: bytes) -> Iterator[dict[str, Any]]:
    """Content as records of the table, sealed part by part."""
    lock, whole = store.keys.lock(key_id), hash_of(content)
    parts = max(1, -(-len(content) // PART))
    for part in range(parts):
        sealed = lock.seal(content[part * PART : (part + 1) * PART], part_bound(kind, whole, part, parts))
        yield {"kind": kind, "part": part, "parts": parts, "key_id": key_id, "hash": whole, "content": sealed.box}


def content_of(store: Store, session: Session, version_id: int, kind: str) -> bytes:
    """The clear content; StoreError if it was destroyed, or changed from outside. The caller tells the audit log."""
    key_id = refuse_destroyed(session, version_id)
    asked = select(SealedPart).where(
        col(SealedPart.version_id) == version_id, col(SealedPart.kind) == kind, col(SealedPart.key_id) == key_id
    )
    found = session.execute(asked.order_by(col(SealedPart.part))).scalars().all()
    try:
        if not found or len(found) != found[0].parts:
            raise UnopenedError
        lock = store.keys.lock(key_id)
        return b"".join(
            lock.open(Sealed(bytes(each.content)), part_bound(kind, each.hash, each.part, each.parts)) for each in found
        )
    except UnopenedError as problem:
        raise unsound(
            Words(
                f"Isi tersegel ({kind}) daftar versi {version_id} tidak utuh atau diubah dari luar.",
                f"The sealed content ({kind}) of list version {version_id} is not whole or was changed from outside.",
            )
        ) from problem


def read_facts(store: Store, act: Act, version_id: int) -> tuple[pa.Table, pa.Table, str]:
    """Families, members, and their hash (the input of a run). The reading is in the audit log first."""
    with store.writing(act) as work:
        work.tell("facts.read", "version", version_id)
    with store.reading() as session:
        families, members = (content_of(store, session, version_id, kind) for kind in (FAMILIES, MEMBERS))
    return as_table(families), as_table(members), hash_of(families, members)


def read_places(store: Store, session: Session, version_id: int) -> pa.Table | None:
    """The places of keys that were put on record later, by pseudonym; None: none were. For whoever has read the facts."""
    asked = select(col(SealedPart.kind)).where(col(SealedPart.version_id) == version_id, col(SealedPart.kind) == PLACES)
    if session.execute(asked.limit(1)).first() is None:
        return None
    return as_table(content_of(store, session, version_id, PLACES))


def record_places(work: Work, version_id: int, parts: Iterable[dict[str, Any]], people: int) -> None:
    """Puts places of keys, sealed, on record."""
    add_all(work.session, SealedPart, (each | {"version_id": version_id} for each in parts))
    work.point("places-written")
    work.tell("list.keys-ordered", "version", version_id, after={"people": people})


def read_file(store: Store, act: Act, version_id: int) -> bytes:
    """The file as received, in clear; role, purpose and district as for `reveal`, which see."""
    from ejps_core.store.people import allow

    allow(store, act, version_id, "file.revealed")
    with store.reading() as session:
        return content_of(store, session, version_id, FILE)


def part_bound(kind: str, whole: str, part: int, parts: int) -> str:
    """What a part is bound to: content, place, and how many there are."""
    return f"{kind}:{whole}:{part}/{parts}"
