"""The audit log at the desk: is it whole, and what does it say; and what is held on one person."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.acts import Purpose
from ejps_core.store.audit.chain import Head, heads
from ejps_core.store.audit.reading import entries
from ejps_core.store.audit.verify import Verified, verify
from ejps_core.store.opening import open_store
from ejps_core.store.subject import held_on
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
) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """Entries of the log in the order of time."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(map(told, entries(session, about=about or None, who=who, since=since, last=last)))

    return attempt(found)


def subject(options: StoreOptions, actor: Actor, nik: str) -> Mapping[str, Any] | Diagnostic:
    """All that is held on the person with this NIK, in clear, and who looked."""

    def found() -> Mapping[str, Any]:
        with open_store(place_of(options)) as store:
            held = held_on(store, act_of(actor, Purpose.SUBJECT_ACCESS), nik)
        return {
            "lists": [_plain(each) for each in held.lists],
            "identities": [{"version_id": version, **asdict(who)} for version, who in held.identities],
            "rows": [_plain(each) for each in held.rows],
            "facts": [{"version_id": version, **_plain(facts)} for version, facts in held.facts],
            "matches": [_plain(each) for each in held.matches],
            "reviews": [_plain(each) for each in held.reviews],
            "determinations": [_plain(each) for each in held.determinations],
            "decisions": [_plain(each) for each in held.decisions],
            "destroyed": list(held.destroyed),
            "looked": [told(each) for each in held.looked],
        }

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


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in record.items()}
