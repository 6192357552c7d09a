"""Files that a job has made: kept sealed for a day, for whoever asked and nobody else; each fetching is on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ejps_core.app.access.secrets import service_key
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import Scope, out_of_scope
from ejps_core.store.sealed_files import open_file, seal_file
from ejps_core.store.sealing import new_id
from ejps_core.store.session import Store
from ejps_core.store.tables import Job

FOLDER = "made"
KEPT = timedelta(days=1)
FILE = "file"
"""Under which name a job's result tells of its file."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name and content."""

    name: str
    content: bytes


def keep(store: Store, scope: Scope, made: Made, at: datetime) -> Mapping[str, Any]:
    """Seals a file; what a job's result tells of it. What nobody fetched in time goes."""
    number = new_id("b")
    with store.seen_by(scope).writing(scope.act(Purpose.DELIVERY, at)) as work:
        key_id = service_key(work)
        work.tell("file.kept", "file", number, after={"name": made.name, "bytes": len(made.content)})
    _clear(store, at - KEPT)
    seal_file(store.keys, key_id, made.content, _place(store, number))
    until = (at + KEPT).isoformat(timespec="seconds")
    told = {"number": number, "name": made.name, "bytes": len(made.content), "until": until, "areas": scope.as_setting()}
    return {FILE: told}


def fetch(store: Store, scope: Scope, job: str, at: datetime) -> Made:
    """The file that a job of one's own has made. StoreError `not-found` for a foreign one, `file-gone` after its day.

    Who sees other districts now than when it was made does not get it.
    """
    with store.seen_by(scope).reading() as session:
        found = session.get(Job, job)
        told = None if found is None or found.account_id != scope.account else (found.result or {}).get(FILE)
    if told is None or told["areas"] != scope.as_setting():
        raise out_of_scope()
    place = _place(store, str(told["number"]))
    if at >= datetime.fromisoformat(told["until"]) or not place.is_file():
        raise _gone()
    content = open_file(store.keys, place)
    with store.seen_by(scope).writing(scope.act(Purpose.DELIVERY, at)) as work:
        work.tell("file.fetched", "file", told["number"], after={"job": job, "name": told["name"]})
    return Made(str(told["name"]), content)


def _clear(store: Store, before: datetime) -> None:
    """Throws away what is older than its day."""
    folder = store.files / FOLDER
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.stat().st_mtime < before.timestamp():
            each.unlink(missing_ok=True)


def _place(store: Store, number: str) -> Path:
    return store.files / FOLDER / number


def _gone() -> StoreError:
    return StoreError(
        "file-gone",
        Words("Berkas ini hanya disimpan sehari.", "This file was kept for a day only."),
        Words("Minta sekali lagi.", "Ask for it once more."),
    )
