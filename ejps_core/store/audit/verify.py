"""Whether the audit log is whole: every entry that was changed, removed, added from outside or put elsewhere is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.audit.anchors import Anchors
from ejps_core.store.audit.chain import Head, entry_mac, segment_mac
from ejps_core.store.audit.restored import Behind, as_told, explained_by
from ejps_core.store.keyring import Keyring
from ejps_core.store.problems import StoreError
from ejps_core.store.tables import AuditEntry, AuditSeal, AuditSegment

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong with it. explained: what a restored store is behind of, as it tells itself."""

    segments: int
    entries: int
    findings: tuple[Diagnostic, ...]
    explained: tuple[Diagnostic, ...] = ()


def verify(session: Session, keys: Keyring) -> Verified:
    """Recomputes the whole chain and compares it with the seals of later segments and the notes of this machine."""
    segments = {each.id: each for each in session.execute(select(AuditSegment)).scalars()}
    seals = tuple(session.execute(select(AuditSeal)).scalars())
    noted = Anchors(keys.folder).noted()
    asked: dict[str, set[int]] = {}
    for sealed, length in [(seal.sealed_id, seal.length) for seal in seals] + [
        (head.segment, head.length) for head in noted
    ]:
        asked.setdefault(sealed, set()).add(length)
    sealed_by: dict[str, list[Head]] = {}
    for seal in seals:
        sealed_by.setdefault(seal.segment_id, []).append(Head(seal.sealed_id, seal.length, seal.mac))
    findings = [finding for each in segments.values() for finding in _beginning(each, sealed_by.get(each.id, []), keys)]
    known: dict[tuple[str, int], str] = {(each.id, 0): each.mac for each in segments.values()}
    told: dict[Behind, Diagnostic] = {}
    count = 0
    for segment_id, entries in groupby(_entries(session), key=lambda each: each.segment_id):
        segment = segments.get(segment_id)
        if segment is None:
            findings.append(_gone(segment_id))
            count += sum(1 for _ in entries)
            continue
        wanted = asked.get(segment_id, set())
        for entry, wrong in _followed(segment, entries, keys):
            count += 1
            findings += wrong
            told |= {} if wrong else explained_by(entry)
            if entry.seq in wanted:
                known[segment_id, entry.seq] = entry.mac
    findings += _against(known, [Head(seal.sealed_id, seal.length, seal.mac) for seal in seals], "seal")
    findings += _against(known, [head for head in noted if as_told(head) not in told], "note")
    gone = (head for head in noted if known.get((head.segment, head.length)) != head.mac)
    explained = tuple(told[as_told(head)] for head in gone if as_told(head) in told)
    return Verified(len(segments), count, tuple(dict.fromkeys(findings)), explained)


def _entries(session: Session) -> Iterator[AuditEntry]:
    asked = select(AuditEntry).order_by(col(AuditEntry.segment_id), col(AuditEntry.seq))
    yield from session.execute(asked.execution_options(yield_per=AT_ONCE)).scalars()


def _beginning(segment: AuditSegment, seals: list[Head], keys: Keyring) -> Iterator[Diagnostic]:
    """What is wrong with the beginning of a segment and with what it sealed."""
    try:
        right = segment_mac(keys.key(segment.key_id), segment, seals) == segment.mac
    except StoreError:
        right = False
    if not right:
        yield _finding(
            "audit-segment-changed",
            f"Awal segmen {segment.id} ({segment.opened_at:%Y-%m-%d %H:%M} UTC) atau segelnya diubah.",
            f"The beginning of segment {segment.id} ({segment.opened_at:%Y-%m-%d %H:%M} UTC) or its seals were changed.",
        )


def _followed(
    segment: AuditSegment, entries: Iterator[AuditEntry], keys: Keyring
) -> Iterator[tuple[AuditEntry, tuple[Diagnostic, ...]]]:
    """Each entry of a segment with what is wrong with it."""
    try:
        key = keys.key(segment.key_id)
    except StoreError:
        key = b""
    before, expected = segment.mac, 1
    for entry in entries:
        wrong = []
        if entry.seq != expected:
            missing = f"{expected}" if entry.seq == expected + 1 else f"{expected}–{entry.seq - 1}"
            wrong.append(
                _finding(
                    "audit-entry-removed",
                    f"Entri {missing} segmen {segment.id} hilang, sebelum {entry.at:%Y-%m-%d %H:%M:%S} UTC.",
                    f"Entry {missing} of segment {segment.id} is gone, before {entry.at:%Y-%m-%d %H:%M:%S} UTC.",
                )
            )
        elif entry_mac(key, before, entry) != entry.mac:
            wrong.append(
                _finding(
                    "audit-entry-changed",
                    f"Entri {entry.seq} segmen {segment.id} diubah atau dipindahkan: {entry.action} "
                    f"{entry.about} {entry.about_id}, {entry.who}, {entry.at:%Y-%m-%d %H:%M:%S} UTC.",
                    f"Entry {entry.seq} of segment {segment.id} was changed or moved: {entry.action} "
                    f"{entry.about} {entry.about_id}, {entry.who}, {entry.at:%Y-%m-%d %H:%M:%S} UTC.",
                )
            )
        yield entry, tuple(wrong)
        before, expected = entry.mac, entry.seq + 1


def _against(known: dict[tuple[str, int], str], heads: list[Head] | tuple[Head, ...], by: str) -> Iterator[Diagnostic]:
    """What a seal or a note says was there and is not."""
    for head in heads:
        found = known.get((head.segment, head.length))
        if found == head.mac:
            continue
        if found is None and (head.segment, 0) not in known:
            yield _gone(head.segment)
        elif found is None:
            yield _finding(
                "audit-entry-removed",
                f"Entri {head.length} segmen {head.segment} hilang: {_BY[by].id}.",
                f"Entry {head.length} of segment {head.segment} is gone: {_BY[by].en}.",
            )
        else:
            yield _finding(
                "audit-entry-changed",
                f"Entri {head.length} segmen {head.segment} bukan yang dulu: {_BY[by].id}.",
                f"Entry {head.length} of segment {head.segment} is not what it was: {_BY[by].en}.",
            )


_BY = {
    "seal": Words("segmen yang lebih baru menyegelnya", "a later segment has sealed it"),
    "note": Words(
        "komputer ini pernah mencatatnya (basis data dipulihkan dari cadangan lama?)",
        "this machine has noted it (was the database restored from an older backup?)",
    ),
}


def _gone(segment: str) -> Diagnostic:
    return _finding(
        "audit-segment-removed", f"Segmen {segment} hilang dari log audit.", f"Segment {segment} is gone from the audit log."
    )


def _finding(code: str, id_words: str, en_words: str) -> Diagnostic:
    mend = Words(
        "Jangan ubah apa pun; bandingkan dengan cadangan dan laporkan.",
        "Change nothing; compare with the backups and report it.",
    )
    return Diagnostic(code, Severity.ERROR, None, Words(id_words, en_words), mend)
