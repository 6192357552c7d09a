"""The manifest of a backup: what is in it, of which moment; authenticated under the audit key of the store."""

from __future__ import annotations

import hmac
import json
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError, field_validator

from ejps_core.store.backup.problems import changed, not_finished

NAME = "manifest.json"
PURPOSE = b"backup:"
"""What the code of a manifest is bound to, so that it can't be taken for an entry of the audit log."""


class BackupKind(StrEnum):
    """What a backup holds: never both, so that who finds one of them can read nothing."""

    DATA = "data"
    """the database and the sealed files"""
    KEYS = "keys"
    """the keys, wrapped by the master key, which is in neither"""


class Part(BaseModel):
    """A file of the backup."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    size: NonNegativeInt
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class LogHead(BaseModel):
    """How far the newest segment of the audit log goes in the backup."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    segment: str
    length: NonNegativeInt
    mac: str


class Manifest(BaseModel):
    """What a backup says of itself.

    counts: rows of each table. missing: sealed files, or keys, that the store should have and did not. master: the id of
    the master key that wraps the keys. key: the audit key under which `mac` was made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal[1] = 1
    kind: BackupKind
    id: str
    store: str
    taken_at: AwareDatetime
    taken_by: str
    software: str
    database: str = ""
    revision: str
    counts: dict[str, NonNegativeInt]
    head: LogHead | None
    files: dict[str, Part]
    missing: tuple[str, ...] = ()
    master: str = ""
    key: str
    mac: str = ""

    @field_validator("files")
    @classmethod
    def _stay_inside(cls, files: dict[str, Part]) -> dict[str, Part]:
        """No name leads out of the folder."""
        for name in files:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not path.parts:
                raise ValueError("a file outside of the backup")
        return files


def authenticated(manifest: Manifest, key: bytes) -> Manifest:
    """The manifest with its code."""
    return manifest.model_copy(update={"mac": _code(manifest, key)})


def is_authentic(manifest: Manifest, key: bytes) -> bool:
    """Whether the manifest is as it was written by who had the audit key."""
    return hmac.compare_digest(manifest.mac, _code(manifest, key))


def as_text(manifest: Manifest) -> str:
    """The manifest as the text of its file."""
    told = manifest.model_dump(mode="json")
    return json.dumps(told, ensure_ascii=True, indent=1, sort_keys=True) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup; StoreError if there is none, when nothing whole is there, or it was changed."""
    path = folder / NAME
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError as problem:
        raise not_finished(str(folder)) from problem
    except (OSError, ValidationError) as problem:
        raise changed(NAME) from problem


def _code(manifest: Manifest, key: bytes) -> str:
    told = json.dumps(manifest.model_dump(mode="json", exclude={"mac"}), ensure_ascii=False, sort_keys=True)
    return hmac.digest(key, PURPOSE + told.encode(), "sha256").hex()
