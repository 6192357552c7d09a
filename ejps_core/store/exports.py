"""What was handed out: recorded before the file leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ejps_core.store.session import Work
from ejps_core.store.tables import Export


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file for somebody. masked: no identifier is in clear in it. key_id: it is sealed with this key."""

    kind: str
    content: bytes
    masked: bool
    version_id: int | None = None
    run_id: int | None = None
    key_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def record_export(work: Work, handed_out: HandedOut) -> int:
    """Records an export by the hash of its content; its number."""
    made = Export(
        version_id=handed_out.version_id,
        run_id=handed_out.run_id,
        kind=handed_out.kind,
        content_hash=hashlib.sha256(handed_out.content).hexdigest(),
        key_id=handed_out.key_id,
        masked=handed_out.masked,
        details=dict(handed_out.details),
        exported_at=work.act.at,
        exported_by=work.act.who,
    )
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    told = {
        "kind": made.kind,
        "hash": made.content_hash,
        "masked": made.masked,
        "version": made.version_id,
        "run": made.run_id,
    }
    work.tell("export.made", "export", made.id, after=told)
    return made.id
