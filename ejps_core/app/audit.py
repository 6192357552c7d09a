"""The audit log at the desk: is it whole, and what does it say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.audit.chain import Head, heads
from ejps_core.store.audit.reading import entries
from ejps_core.store.audit.verify import Verified, verify
from ejps_core.store.opening import open_store
from ejps_core.store.tables import AuditEntry


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found; head: the newest segment's, to be kept where nobody with the keys can change it."""

    verified: Verified
    head: Head | None


def checked(options: StoreOptions) -> Checked | Diagnostic:
    """Whether the audit log is whole."""

    def found() -> Checked:
        with open_store(place_of(options)) as store, store.reading() as session:
            newest = entries(session, last=1)
            head = heads(session)[newest[0].segment_id] if newest else None
            return Checked(verify(session, store.keys), head)

    return attempt(found)


def shown(
    options: StoreOptions,
    *,
    about: Sequence[tuple[str, str]] = (),
    who: str | None = None,
    since: datetime | None = None,
    last: int | None = None,
    skip: int = 0,
) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """Entries of the log in the order of time; the last so many, but for `skip` still newer ones."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(map(told, entries(session, about=about or None, who=who, since=since, last=last, skip=skip)))

    return attempt(found)


def told(entry: AuditEntry) -> Mapping[str, Any]:
    """An entry as plain values."""
    return {
        "at": entry.at.isoformat(timespec="seconds"),
        "who": entry.who,
        "role": entry.role,
        "purpose": entry.purpose,
        "why": entry.why,
        "action": entry.action,
        "about": entry.about,
        "id": entry.about_id,
        "before": None if entry.before is None else json.loads(entry.before),
        "after": None if entry.after is None else json.loads(entry.after),
        "entry": f"{entry.segment_id}:{entry.seq}",
    }
