"""Who is on a decree: the members as the run decided, and the list that results from amendments, with its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ejps_core.aid.entries import Money
from ejps_core.model.decreed import ChangeKind, ChangeReason, Standing
from ejps_core.model.words import Words

FORM = "ejps-annex-1"
"""Names the canonical form of an annex; a change of the form needs another name."""
PROVINCE_SHARES = frozenset({"provinsi", "province"})

KINDS = {
    ChangeKind.NAME: Words("ganti nama penerima", "new named recipient"),
    ChangeKind.REPLACE: Words("diganti dari cadangan", "replaced from the reserve"),
    ChangeKind.REMOVE: Words("dikeluarkan", "removed"),
    ChangeKind.CORRECT: Words("diperbaiki", "corrected"),
}
REASONS = {
    ChangeReason.HEAD_DIED: Words("penerima meninggal, keluarga masih ada", "the recipient died, the family lives"),
    ChangeReason.FAMILY_DIED: Words("meninggal seluruh KK", "nobody of the family is left"),
    ChangeReason.MOVED: Words("pindah keluar", "moved away"),
    ChangeReason.ABLE: Words("mampu", "well-off"),
    ChangeReason.DOUBLE: Words("ganda", "on the list twice"),
    ChangeReason.REFUSED: Words("menolak bantuan", "declined the aid"),
    ChangeReason.OBJECTION: Words("keberatan dikabulkan", "an objection was granted"),
    ChangeReason.FINDING: Words("temuan pemeriksaan", "an inspector's finding"),
    ChangeReason.NIK_KNOWN: Words("NIK sudah diketahui", "the NIK has come in"),
    ChangeReason.MISTAKE: Words("salah tulis", "a mistake"),
}
STANDINGS = {Standing.RECIPIENT: Words("penerima", "recipient"), Standing.RESERVE: Words("cadangan", "reserve")}
LEAVING = frozenset(ChangeReason) - {ChangeReason.HEAD_DIED, ChangeReason.NIK_KNOWN}
FITTING = {
    ChangeKind.NAME: frozenset(ChangeReason) - {ChangeReason.FAMILY_DIED, ChangeReason.NIK_KNOWN, ChangeReason.ABLE},
    ChangeKind.REPLACE: LEAVING,
    ChangeKind.REMOVE: LEAVING,
    ChangeKind.CORRECT: frozenset(
        {ChangeReason.MISTAKE, ChangeReason.NIK_KNOWN, ChangeReason.OBJECTION, ChangeReason.FINDING}
    ),
}
"""The reasons that fit each kind of change. A dead head is no reason to leave: the family remains."""

Shares = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a decree. pid: who was decided, a family or person; recipient: who is named. rank: within `area`.

    shares: rupiah by who bears them; they add up to amount. payable: false while nobody's NIK is known.
    """

    pid: str
    family: str
    recipient: str
    standing: Standing
    rank: int
    area: str
    region: str
    amount: int
    shares: Shares
    payable: bool

    @property
    def money(self) -> Money:
        """The amount by who bears it."""
        return money_of(self.amount, self.shares)


def money_of(amount: int, shares: Iterable[tuple[str, int]]) -> Money:
    """Rupiah as the province's share and the districts'. What no share names is the province's."""
    named = tuple(shares)
    district = sum(part for name, part in named if name.casefold() not in PROVINCE_SHARES)
    return Money(amount - district, district)


@dataclass(frozen=True, slots=True)
class Change:
    """A change for one family; which of the rest must be given depends on the kind."""

    kind: ChangeKind
    pid: str
    reason: ChangeReason
    why: str
    document: str = ""
    new_pid: str | None = None
    recipient: str | None = None
    amount: int | None = None
    shares: Shares = ()
    payable: bool | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a change (or, as a caution, odd about it), and of whom."""

    code: str
    pid: str
    words: Words


@dataclass(frozen=True, slots=True)
class Resulting:
    """The list after changes. faults: changes that could not be made. cautions: made, and to be explained."""

    members: tuple[Member, ...]
    faults: tuple[Fault, ...] = ()
    cautions: tuple[Fault, ...] = ()

    @property
    def recipients(self) -> tuple[Member, ...]:
        """Those who are to receive, in their order."""
        return tuple(each for each in self.members if each.standing is Standing.RECIPIENT)

    @property
    def reserve(self) -> tuple[Member, ...]:
        """Those who wait, in their order."""
        return tuple(each for each in self.members if each.standing is Standing.RESERVE)

    def member(self, pid: str) -> Member | None:
        """Somebody on the list."""
        return next((each for each in self.members if each.pid == pid), None)


def resulting(members: Sequence[Member], changes: Iterable[Change]) -> Resulting:
    """The list that results from changes, made one after the other; one that can't be made leaves the list as it is."""
    found = {each.pid: each for each in members}
    waiting = {each.pid: each for each in members if each.standing is Standing.RESERVE}
    faults: list[Fault] = []
    cautions: list[Fault] = []
    for change in changes:
        fault = _fault(found, change)
        if fault is not None:
            faults.append(fault)
            continue
        cautions += _cautions(found, waiting, change)
        _make(found, change)
        waiting.pop(change.new_pid or "", None)
    return Resulting(tuple(found.values()), tuple(faults), tuple(cautions))


def _fault(found: dict[str, Member], change: Change) -> Fault | None:
    """Why a change can't be made."""
    member = found.get(change.pid)
    if member is None or member.standing is not Standing.RECIPIENT:
        return Fault(
            "not-a-recipient", change.pid, Words("bukan penerima pada keputusan ini", "no recipient of this decree")
        )
    if not change.why.strip():
        return Fault("reason-missing", change.pid, Words("alasannya belum disebut", "the reason is not given"))
    if change.reason not in FITTING[change.kind]:
        kind, reason = KINDS[change.kind], REASONS[change.reason]
        words = Words(f"“{reason.id}” bukan alasan untuk {kind.id}", f"“{reason.en}” is no reason for: {kind.en}")
        return Fault("reason-unfit", change.pid, words)
    match change.kind:
        case ChangeKind.NAME if change.recipient is None or change.recipient == member.recipient:
            return Fault(
                "recipient-missing", change.pid, Words("penerima yang baru belum disebut", "no new recipient is named")
            )
        case ChangeKind.REPLACE:
            new = found.get(change.new_pid or "")
            if new is None or new.standing is not Standing.RESERVE:
                return Fault(
                    "not-in-reserve", change.pid, Words("penggantinya bukan cadangan", "the successor is no reserve")
                )
        case ChangeKind.CORRECT:
            return _bad_correction(member, change)
    return None


def _bad_correction(member: Member, change: Change) -> Fault | None:
    if change.amount is None and change.payable is None:
        return Fault("correction-empty", change.pid, Words("tidak ada yang diperbaiki", "nothing is corrected"))
    if change.amount is None:
        return None
    borne = sum(part for _, part in change.shares)
    if change.amount < 0 or ((member.shares or change.shares) and borne != change.amount):
        return Fault("shares-differ", change.pid, Words("porsi tidak sama dengan nilainya", "the shares are not the amount"))
    return None


def _cautions(found: dict[str, Member], waiting: dict[str, Member], change: Change) -> Iterable[Fault]:
    """A successor who is not the first of the reserve, or of another area."""
    if change.kind is not ChangeKind.REPLACE or change.new_pid is None:
        return
    new, old = waiting[change.new_pid], found[change.pid]
    before = sum(each.area == new.area and each.rank < new.rank for each in waiting.values())
    if before:
        words = Words(f"{before} cadangan di depannya dilewati", f"{before} of the reserve before it are passed over")
        yield Fault("reserve-passed-over", change.new_pid, words)
    if new.area != old.area:
        words = Words(f"cadangan dari {new.area}, kursi dari {old.area}", f"reserve of {new.area}, seat of {old.area}")
        yield Fault("other-area", change.new_pid, words)


def _make(found: dict[str, Member], change: Change) -> None:
    member = found[change.pid]
    match change.kind:
        case ChangeKind.NAME:
            assert change.recipient is not None
            found[change.pid] = replace(member, recipient=change.recipient)
        case ChangeKind.REPLACE:
            assert change.new_pid is not None
            new = replace(found.pop(change.new_pid), standing=Standing.RECIPIENT)
            del found[change.pid]
            found[new.pid] = new if change.recipient is None else replace(new, recipient=change.recipient)
        case ChangeKind.REMOVE:
            del found[change.pid]
        case ChangeKind.CORRECT:
            amount = member.amount if change.amount is None else change.amount
            shares = member.shares if change.amount is None else change.shares
            payable = member.payable if change.payable is None else change.payable
            found[change.pid] = replace(member, amount=amount, shares=shares, payable=payable)


def total_of(members: Iterable[Member]) -> int:
    """The rupiah of one phase."""
    return sum(each.amount for each in members)


def annex_hash(about: str, phase: int, members: Iterable[Member]) -> str:
    """SHA-256 over a list in canonical form: who, named as whom, how much, borne by whom. No identifiers are in it.

    about: what the list is of, such as "decree 5".
    """
    return _hash({"form": FORM, "about": about, "phase": phase, "members": [_told(each) for each in members]})


def changes_hash(about: str, changes: Iterable[Change]) -> str:
    """SHA-256 over changes in canonical form."""
    told = [
        {
            "kind": each.kind.value,
            "pid": each.pid,
            "new_pid": each.new_pid,
            "recipient": each.recipient,
            "amount": each.amount,
            "shares": dict(each.shares),
            "payable": each.payable,
            "reason": each.reason.value,
        }
        for each in changes
    ]
    return _hash({"form": FORM, "about": about, "changes": told})


def _hash(told: dict[str, Any]) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _told(member: Member) -> dict[str, Any]:
    return {
        "pid": member.pid,
        "recipient": member.recipient,
        "standing": member.standing.value,
        "rank": member.rank,
        "region": member.region,
        "amount": member.amount,
        "shares": dict(member.shares),
        "payable": member.payable,
    }
