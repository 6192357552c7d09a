"""Sealed documents: signed sheets, photos, scans. Each lies sealed in a file; its record keeps the hash of what came."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.decreed import DocumentKind
from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.problems import StoreError, not_allowed, unsound
from ejps_core.store.retention import living_key, record_key, usable
from ejps_core.store.sealed_files import open_file, seal_file
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import DataKey, Document, KeyDestruction
from ejps_core.store.words import KeyKind

ABOUT = "dokumen"
"""How the keys of documents are named: one for each district and matter."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A document whose file lies sealed, to be put on record. made: its key is new."""

    kind: DocumentKind
    name: str
    content_hash: str
    size: int
    path: str
    key_id: str
    about: str
    made: bool


def seal_document(
    store: Store, kind: DocumentKind, name: str, content: bytes, about: str, beside: Sealed | None = None
) -> Sealed:
    """Seals a document into its file. Stopped before `put_on_record`, a file is left that nobody knows.

    about: the district and matter whose key seals it. beside: sealed just before, under the same key.
    """
    about = f"{ABOUT} {about}"
    with store.reading() as session:
        known = _key(session, about)
    key_id = known or (store.keys.make() if beside is None else beside.key_id)
    digest = hashlib.sha256(content).hexdigest()
    path = f"{kind.value}-{digest[:16]}-{secrets.token_hex(4)}.sealed"
    seal_file(store.keys, key_id, content, store.files / path)
    store.faults("document-sealed")
    return Sealed(kind, name, digest, len(content), path, key_id, about, known is None)


def put_on_record(work: Work, sealed: Sealed) -> int:
    """Records a sealed document; its number. The same content under the same key is one record, with its first file."""
    work.alone(f"key:{sealed.key_id}")
    if sealed.made and work.session.get(DataKey, sealed.key_id) is None:
        record_key(work, sealed.key_id, KeyKind.EXPORT, sealed.about)
    usable(living_key(work.session, sealed.key_id))
    asked = select(col(Document.id)).where(
        col(Document.content_hash) == sealed.content_hash,
        col(Document.kind) == sealed.kind.value,
        col(Document.key_id) == sealed.key_id,
    )
    if (known := work.session.execute(asked).scalar_one_or_none()) is not None:
        (work.store.files / sealed.path).unlink(missing_ok=True)
        return int(known)
    made = Document(
        kind=sealed.kind.value,
        file_name=sealed.name,
        content_hash=sealed.content_hash,
        bytes=sealed.size,
        path=sealed.path,
        key_id=sealed.key_id,
        received_at=work.act.at,
        received_by=work.act.who,
    )
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    work.point("document-written")
    work.tell("document.received", "document", made.id, after={"kind": made.kind, "hash": made.content_hash})
    return made.id


@contextmanager
def only_if_recorded(store: Store, *sealed: Sealed | None) -> Iterator[None]:
    """Removes the files (and new keys) of documents again if the block fails and none of them is on record."""
    try:
        yield
    except BaseException:
        for each in sealed:
            if each is not None:
                _discard(store, each)
        raise


def _discard(store: Store, sealed: Sealed) -> None:
    """Where the database can't be asked, the file stays: it may be on record."""
    try:
        with store.reading() as session:
            kept = session.execute(select(col(Document.id)).where(col(Document.path) == sealed.path)).first()
            known = session.get(DataKey, sealed.key_id)
    except StoreError:
        return
    if kept is None:
        (store.files / sealed.path).unlink(missing_ok=True)
    if known is None:
        store.keys.forget(sealed.key_id)


def document_of(session: Session, number: int) -> Document:
    """The record of a document; StoreError if there is none."""
    found = session.get(Document, number)
    if found is None:
        raise StoreError(
            "document-unknown",
            Words(f"Tidak ada dokumen nomor {number}.", f"There is no document number {number}."),
        )
    return found


def read_document(store: Store, act: Act, number: int, district: str) -> bytes:
    """The clear content. As identifiers: the act's role, purpose, reason and district must allow it; logged before."""
    with store.reading() as session:
        found = document_of(session, number)
    why_not = act.may_see(district)
    with store.writing(act) as work:
        after = {} if why_not is None else {"refused": why_not.en}
        work.tell("document.read" if why_not is None else "document.refused", "document", number, after=after)
    if why_not is not None:
        raise not_allowed(why_not)
    with store.reading() as session:
        usable(living_key(session, found.key_id))
    content = open_file(store.keys, store.files / found.path)
    if hashlib.sha256(content).hexdigest() != found.content_hash:
        raise unsound(
            Words(f"Isi dokumen {number} bukan yang tercatat.", f"Document {number} is not what was recorded."),
        )
    return content


def _key(session: Session, about: str) -> str | None:
    """The newest living key for these documents."""
    gone = select(col(KeyDestruction.key_id))
    asked = select(col(DataKey.id)).where(
        col(DataKey.kind) == KeyKind.EXPORT.value, col(DataKey.about) == about, col(DataKey.id).not_in(gone)
    )
    newest = asked.order_by(col(DataKey.made_at).desc(), col(DataKey.id).desc()).limit(1)
    found: str | None = session.execute(newest).scalar_one_or_none()
    return found
