"""What a restored store says of itself in its log: which entries this machine had seen that the backup does not hold.

Such an entry explains a note of the machine that goes further than the log; it can only be written with the audit key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.audit.chain import Head
from ejps_core.store.column_types import discreet_text
from ejps_core.store.tables.audit import AuditEntry

RESTORED = "store.restored"
Behind = tuple[str, int]
"""A segment, as it is named in the log, and how far it was seen to go."""


def behind_text(heads: Iterable[Head]) -> list[str]:
    """The heads that a restored store is behind of, as its log tells them."""
    return [f"{head.segment}:{head.length}" for head in heads]


def explained_by(entry: AuditEntry) -> dict[Behind, Diagnostic]:
    """What an entry explains, each with the words for it."""
    if entry.action != RESTORED or entry.before is None or entry.after is None:
        return {}
    before, after = json.loads(entry.before), json.loads(entry.after)
    found = {}
    for told in after["behind"]:
        segment, _, length = str(told).rpartition(":")
        found[segment, int(length)] = _explained(entry, segment, int(length), str(before["taken_at"]))
    return found


def as_told(head: Head) -> Behind:
    """A head as the log would tell it, where long numbers are masked."""
    segment, _, length = discreet_text(f"{head.segment}:{head.length}").rpartition(":")
    return segment, int(length)


def _explained(entry: AuditEntry, segment: str, length: int, taken_at: str) -> Diagnostic:
    moment, taken = f"{entry.at:%Y-%m-%d %H:%M} UTC", taken_at[:16].replace("T", " ")
    words = Words(
        f"Pada {moment} {entry.who} memulihkan penyimpanan ini dari cadangan {taken}; entri segmen {segment} sesudahnya "
        f"(sampai {length}) tidak ada lagi.",
        f"On {moment} {entry.who} restored this store from the backup of {taken}; entries of segment {segment} after it "
        f"(up to {length}) are no longer there.",
    )
    mend = Words(
        "Ulangi apa yang dikerjakan di antaranya, juga pemusnahan kunci.",
        "Do again what was done in between, destructions of keys too.",
    )
    return Diagnostic("audit-restored-behind", Severity.REMARK, None, words, mend)
