"""What became of one family's aid: received, failed, given back, or recorded by mistake; odd things ask for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ejps_core.aid.membership import Member, Shares
from ejps_core.aid.payments import Event, cautions
from ejps_core.app.decrees_on_record import OnRecord
from ejps_core.app.drafting import act_in
from ejps_core.app.handed_in import handed_in
from ejps_core.app.phase_ledger import PhaseLedger, Recorded, begin, phase_ledger, record
from ejps_core.app.stores import Actor, StoreOptions, attempt
from ejps_core.app.stores import place_of as store_place
from ejps_core.app.two_lists import cautions_beside
from ejps_core.app.whom import Known, nobody, one_of, people_meant, versions_of_run
from ejps_core.model.decreed import DocumentKind, Outcome
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import OFFICERS, Purpose
from ejps_core.store.deliveries import Delivered, Paying, explain, payment_of
from ejps_core.store.documents import Sealed, only_if_recorded, put_on_record
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work


@dataclass(frozen=True, slots=True)
class Single:
    """What became of one family. amount None: the decree's. taker: who took it, by relation. photo: of the handing over."""

    decree: int
    phase: int
    whom: str
    day: date
    document: str
    outcome: Outcome = Outcome.RECEIVED
    reason: str = ""
    amount: int | None = None
    shares: Shares = ()
    taker: str = ""
    photo: Path | None = None
    cancels: int | None = None


def family(options: StoreOptions, actor: Actor, single: Single) -> Recorded | Diagnostic:
    """Records what became of one family's aid. What is odd about it is asked to be explained; nothing is blocked."""

    def made() -> Recorded:
        with open_store(store_place(options)) as store:
            act, found = begin(store, actor, single.decree, single.phase)
            sealed = handed_in(store, DocumentKind.PHOTO, single.photo, found.decree)
            with store.reading() as session:
                versions = versions_of_run(session, found.decree.run_id)
                known = people_meant(store, session, versions, [single.whom])[single.whom]
            with only_if_recorded(store, sealed), store.writing(act) as work:
                work.alone(f"decree:{single.decree}")
                return _family(work, found, single, known, sealed)

    return attempt(made)


def give_reason(options: StoreOptions, actor: Actor, payment: int, why: str, document: str) -> Diagnostic | None:
    """Records why a payment that was warned of is right after all."""

    def done() -> None:
        with open_store(store_place(options)) as store:
            with store.reading() as session:
                found = payment_of(session, payment)
            if not why.strip():
                raise StoreError("reason-missing", Words("Alasannya belum disebut.", "The reason is not given."))
            act = act_in(actor, Purpose.DELIVERY, found.district)
            act.refuse_unless(OFFICERS, found.district)
            with store.writing(act) as work:
                explain(work, payment, why, document)

    return attempt(done)


def _family(work: Work, found: OnRecord, single: Single, known: tuple[Known, ...], sealed: Sealed | None) -> Recorded:
    ledger = phase_ledger(work.session, found, single.phase, single.day)
    pid = one_of(known, ledger.members) or _absent(ledger, known)
    if pid is None:
        raise nobody(single.whom)
    if single.outcome is not Outcome.RECEIVED and not single.reason.strip():
        raise StoreError("reason-missing", Words("Alasannya belum disebut.", "The reason is not given."))
    _refuse_bad_cancellation(single, ledger.events(pid))
    member = ledger.members.get(pid)
    amount, shares = _amount(single, member, ledger.events(pid))
    event = Event(0, single.outcome, amount, shares, single.day, single.cancels)
    warned = cautions(member, ledger.place(pid), ledger.terms, single.phase, event, ledger.events(pid))
    if single.outcome is Outcome.RECEIVED:
        families = {pid: pid if member is None else member.family}
        warned = (*warned, *cautions_beside(work.session, found, single.phase, families, work.act.at).get(pid, ()))
    document = None if sealed is None else put_on_record(work, sealed)
    region = found.decree.district if member is None else member.region
    one = Paying(
        pid=pid,
        recipient_pid=pid if member is None else member.recipient,
        region=region,
        outcome=single.outcome,
        amount=amount,
        shares=dict(shares),
        cautions=warned,
        reason=single.reason,
        taker=single.taker,
        document_id=document,
        cancels=single.cancels,
    )
    return record(work, Delivered(single.decree, single.phase, region, single.day, single.document, document), [one], {})


def _absent(ledger: PhaseLedger, known: Sequence[Known]) -> str | None:
    """The family that is meant, if nobody of it is on the decree; where several of it are, it is not said who is meant."""
    families = {each.family for each in known}
    listed = {each.family for each in ledger.members.values()}
    return next(iter(families)) if len(families) == 1 and not families & listed else None


def _amount(single: Single, member: Member | None, before: tuple[Event, ...]) -> tuple[int, Shares]:
    """The rupiah and who bears them: as said, else as the decree says, else as was received (or recorded) before."""
    if single.cancels is not None:
        old = next(each for each in before if each.number == single.cancels)
        return old.amount, old.shares
    if single.amount is None:
        if member is not None:
            return member.amount, member.shares
        raise StoreError(
            "amount-missing",
            Words(
                "Keluarga ini tidak ada di keputusan: sebut nilainya.", "This family is not on the decree: say the amount."
            ),
            Words("Sebut dengan --amount dan --share.", "Say it with --amount and --share."),
        )
    if member is not None and not single.shares and single.amount == member.amount:
        return member.amount, member.shares
    if sum(part for _, part in single.shares) != single.amount:
        raise StoreError(
            "shares-differ",
            Words("Porsi yang disebut tidak sama dengan nilainya.", "The shares given are not the amount."),
            Words("Misalnya --share provinsi=106890 --share kabupaten=71260.", "Such as --share provinsi=106890 …"),
        )
    return single.amount, single.shares


def _refuse_bad_cancellation(single: Single, before: tuple[Event, ...]) -> None:
    """Only a payment of this family and phase that still counts can be cancelled."""
    if (single.outcome is Outcome.CANCELLED) != (single.cancels is not None):
        raise StoreError("cancel-what", Words("Pembayaran mana yang keliru?", "Which payment was a mistake?"))
    if single.cancels is None:
        return
    gone = {each.cancels for each in before}
    if not any(e.number == single.cancels and e.cancels is None and e.number not in gone for e in before):
        raise StoreError(
            "payment-not-there",
            Words(
                f"Pembayaran {single.cancels} bukan milik keluarga dan tahap ini, atau sudah dibatalkan.",
                f"Payment {single.cancels} is not of this family and phase, or was cancelled.",
            ),
        )
