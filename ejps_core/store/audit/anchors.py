"""Anchors: how far this machine saw the log go, kept beside the keys, so that its end can't be cut off unseen."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ejps_core.store.audit.chain import Head
from ejps_core.store.database import PRIVATE_FILE, PRIVATE_FOLDER


class Anchors:
    """One small file a segment, replaced after each commit. Without them the log is still whole; they are a second lock."""

    def __init__(self, keys: Path) -> None:
        self.folder = keys / "heads"

    def keep(self, head: Head) -> None:
        """Notes how far the segment goes. No room for the note is no reason to fail what was recorded."""
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
            draft = self.folder / f".{head.segment}"
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(f"{head.length} {head.mac}\n")
            draft.replace(self.folder / head.segment)

    def noted(self) -> tuple[Head, ...]:
        """How far each segment went at least, as this machine noted."""
        paths = sorted(self.folder.glob("s*")) if self.folder.is_dir() else ()
        return tuple(head for head in map(self._note, paths) if head is not None)

    def release(self, sealed: Iterable[Head]) -> None:
        """Drops the notes of what a later, noted segment has sealed; a note that goes further stays."""
        for head in sealed:
            noted = self._note(self.folder / head.segment)
            if noted is not None and noted.length <= head.length:
                (self.folder / head.segment).unlink(missing_ok=True)

    def _note(self, path: Path) -> Head | None:
        """What a note says; None where another thread or process has just dropped it."""
        with suppress(FileNotFoundError):
            length, _, mac = path.read_text(encoding="ascii").strip().partition(" ")
            if length.isdecimal():
                return Head(path.name, int(length), mac)
        return None
