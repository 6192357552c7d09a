"""Anchors: how far this machine saw the log go, kept beside the keys, so that its end can't be cut off unseen."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ejps_core.store.audit.chain import Head
from ejps_core.store.database import PRIVATE_FOLDER


class Anchors:
    """One small file a segment, replaced after each commit. Without them the log is still whole; they are a second lock."""

    def __init__(self, keys: Path) -> None:
        self.folder = keys / "heads"

    def keep(self, head: Head) -> None:
        """Notes how far the segment goes. No room for the note is no reason to fail what was recorded."""
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
            draft = self.folder / f".{head.segment}"
            draft.write_text(f"{head.length} {head.mac}\n", encoding="ascii")
            draft.replace(self.folder / head.segment)

    def noted(self) -> tuple[Head, ...]:
        """How far each segment went at least, as this machine noted."""
        found = []
        for path in sorted(self.folder.glob("s*")) if self.folder.is_dir() else ():
            length, _, mac = path.read_text(encoding="ascii").strip().partition(" ")
            if length.isdecimal():
                found.append(Head(path.name, int(length), mac))
        return tuple(found)

    def release(self, segments: set[str]) -> None:
        """Drops the notes of segments that a later, noted segment has sealed."""
        for segment in segments:
            (self.folder / segment).unlink(missing_ok=True)
