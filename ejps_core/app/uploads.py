"""Files on their way in: sealed as they arrive, opened only in memory, gone once they are on record or after a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import col

from ejps_core.app.access.secrets import service_key
from ejps_core.app.moments import now
from ejps_core.app.received_files import opened_again
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.masking import visible
from ejps_core.model.words import Words
from ejps_core.registry.workbooks import without_protection
from ejps_core.store.acts import Purpose
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import EVERYWHERE, Scope, out_of_scope
from ejps_core.store.sealed_files import key_of, open_file, seal_file
from ejps_core.store.sealing import new_id
from ejps_core.store.session import Store
from ejps_core.store.tables import Upload
from ejps_core.store.working_state import keeping

FOLDER = "uploads"
KEPT = timedelta(days=1)
KINDS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".parquet")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it came, for a district. settings: what was said with it (program, phase, the list that it corrects)."""

    name: str
    content: bytes
    district: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept for now."""

    id: str
    name: str
    bytes: int
    district: str
    settings: Mapping[str, Any]
    made_at: datetime


def keep(store: Store, scope: Scope, arrived: Arrived, at: datetime) -> str:
    """Seals a file; its number. StoreError if it is empty, of no kind that is read, or for a foreign district."""
    name = visible(Path(arrived.name.replace("\\", "/")).name).strip()
    if not arrived.content:
        raise StoreError("upload-empty", Words("Berkasnya kosong.", "The file is empty."))
    if Path(name).suffix.lower() not in KINDS:
        listed = ", ".join(KINDS)
        words = Words(f"Jenis berkas “{name}” tidak dibaca.", f"Files such as “{name}” are not read.")
        raise StoreError("upload-kind", words, Words(f"Yang dibaca: {listed}.", f"What is read: {listed}."))
    if scope.account is None or not scope.covers(arrived.district):
        raise out_of_scope()
    number = new_id("u")
    with store.seen_by(scope).writing(scope.act(Purpose.IMPORT, at, "", arrived.district)) as work:
        key_id = service_key(work)
        work.tell("upload.kept", "upload", number, after={"bytes": len(arrived.content), "district": arrived.district})
    seal_file(store.keys, key_id, arrived.content, _place(store, number))
    made = Upload(
        id=number, account_id=scope.account, for_district=arrived.district, file_name=name[:200],
        file_bytes=len(arrived.content), settings=dict(arrived.settings), made_at=at,
    )  # fmt: skip
    with keeping(store.seen_by(scope)) as session:
        session.add(made)
    _clear(store, at - KEPT)
    return number


def kept(store: Store, scope: Scope, number: str) -> Kept:
    """A file of one's own; StoreError `not-found` for a foreign one as for one that there is not."""
    with store.seen_by(scope).reading() as session:
        found = session.get(Upload, number)
        if found is None or found.account_id != scope.account:
            raise out_of_scope()
        return Kept(found.id, found.file_name, found.file_bytes, found.for_district, dict(found.settings), found.made_at)


@contextmanager
def opened(store: Store, upload: Kept) -> Iterator[Path]:
    """A path at which the file can be read meanwhile: in memory where the system can."""
    with opened_again(upload.name, open_file(store.keys, _place(store, upload.id))) as paths:
        yield paths[0]


def unlock(store: Store, scope: Scope, number: str, password: str) -> None:
    """Takes the protection off a workbook that is kept; the password is used here and kept nowhere.

    StoreError `password-wrong` if it is another one; the file is as it was then.
    """
    upload, place = kept(store, scope, number), _place(store, number)
    with opened(store, upload) as path:
        content = without_protection(path, password)
    if isinstance(content, Diagnostic):
        raise StoreError.of(content)
    with store.seen_by(scope).writing(scope.act(Purpose.IMPORT, now(), "", upload.district)) as work:
        work.tell("upload.unlocked", "upload", number, after={"bytes": len(content)})
    seal_file(store.keys, key_of(place), content, place)


def discard(store: Store, number: str) -> None:
    """Throws a file away; nothing happens if it is gone."""
    _place(store, number).unlink(missing_ok=True)
    with keeping(store.seen_by(EVERYWHERE)) as session:
        session.execute(delete(Upload).where(col(Upload.id) == number))


def _clear(store: Store, before: datetime) -> None:
    """Throws away what nobody came back for."""
    with store.seen_by(EVERYWHERE).reading() as session:
        old = session.execute(select(col(Upload.id)).where(col(Upload.made_at) < before)).scalars().all()
    for number in old:
        discard(store, number)


def _place(store: Store, number: str) -> Path:
    return store.files / FOLDER / number
