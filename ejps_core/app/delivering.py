"""Deliveries: a village with "semua diterima, kecuali …", single families; what is odd is warned of, never blocked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlmodel import Session

from ejps_core.aid.membership import Member, Shares
from ejps_core.aid.payments import Event, Place, Terms, cautions, place_of, received
from ejps_core.app.decrees_on_record import OnRecord, by_person, held_on, list_at, on_record, terms_of
from ejps_core.app.drafting import act_in
from ejps_core.app.handed_in import handed_in
from ejps_core.app.stores import Actor, StoreOptions, attempt
from ejps_core.app.stores import place_of as store_place
from ejps_core.app.whom import Known, nobody, one_of, people_meant, versions_of_run
from ejps_core.model.decreed import DecreeState, DocumentKind, Outcome, Standing
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import OFFICERS, Act, Purpose
from ejps_core.store.deliveries import Delivered, Paying, deliver, deliveries, explain, payment_of, payments
from ejps_core.store.documents import Sealed, put_on_record
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreProblem
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import Decree


@dataclass(frozen=True, slots=True)
class Sheet:
    """A village's handing out. excepted: whom, by pseudonym, family card or NIK, and why they received nothing.

    region: the village's code (or a sub-district's, where the list says no more). sheet: the signed list, scanned.
    """

    decree: int
    phase: int
    region: str
    day: date
    document: str
    sheet: Path
    excepted: tuple[tuple[str, str], ...] = ()


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


@dataclass(frozen=True, slots=True)
class Recorded:
    """A delivery on record. again: it was there before. counts: families by what became of them; left_out: those of the
    place who were not paid by it, by why. open: payments that still ask for a reason."""

    delivery: int
    again: bool = False
    received: int = 0
    failed: int = 0
    amount: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    cautions: tuple[tuple[str, str], ...] = ()
    open: int = 0


def village(options: StoreOptions, actor: Actor, sheet: Sheet) -> Recorded | Diagnostic:
    """Records that all who are enrolled in a village received, but for those excepted; the same sheet twice is one."""

    def made() -> Recorded:
        with open_store(store_place(options)) as store:
            act, found = _begin(store, actor, sheet.decree, sheet.phase)
            sealed = handed_in(store, DocumentKind.SHEET, sheet.sheet, found.decree)
            assert sealed is not None
            with store.writing(act) as work:
                work.alone(f"decree:{sheet.decree}")
                return _village(work, found, sheet, sealed)

    return attempt(made)


def family(options: StoreOptions, actor: Actor, single: Single) -> Recorded | Diagnostic:
    """Records what became of one family's aid. What is odd about it is asked to be explained; nothing is blocked."""

    def made() -> Recorded:
        with open_store(store_place(options)) as store:
            act, found = _begin(store, actor, single.decree, single.phase)
            sealed = handed_in(store, DocumentKind.PHOTO, single.photo, found.decree)
            with store.reading() as session:
                versions = versions_of_run(session, found.decree.run_id)
                known = people_meant(store, session, versions, [single.whom])[single.whom]
            with store.writing(act) as work:
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
                raise StoreProblem("reason-missing", Words("Alasannya belum disebut.", "The reason is not given."))
            act = act_in(actor, Purpose.DELIVERY, found.district)
            act.refuse_unless(OFFICERS, found.district)
            with store.writing(act) as work:
                explain(work, payment, why, document)

    return attempt(done)


def _begin(store: Store, actor: Actor, decree: int, phase: int) -> tuple[Act, OnRecord]:
    """Who delivers under which decree. Payments belong to the decree itself; its amendments say who is on it."""
    with store.reading() as session:
        found = on_record(session, decree)
    if found.decree.amends is not None:
        raise StoreProblem(
            "delivery-under-amendment",
            Words(
                f"{decree} adalah perubahan; catat penyaluran pada keputusan {found.root_number}.",
                f"{decree} is an amendment; record deliveries under the decree {found.root_number}.",
            ),
        )
    if found.state is DecreeState.WITHDRAWN:
        raise StoreProblem(
            "decree-withdrawn", Words(f"Keputusan {decree} dibatalkan.", f"The decree {decree} was withdrawn.")
        )
    act = act_in(actor, Purpose.DELIVERY, found.decree.district)
    act.refuse_unless(OFFICERS, found.decree.district)
    return act, found


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is known of a phase when something is paid in it."""

    terms: Terms
    phase: int
    members: Mapping[str, Member]
    held: Collection[str]
    before: Mapping[tuple[int, str], tuple[Event, ...]]

    def place(self, pid: str) -> Place:
        return place_of(self.members.get(pid), pid in self.held)

    def events(self, pid: str) -> tuple[Event, ...]:
        return self.before.get((self.phase, pid), ())


def _ledger(session: Session, found: OnRecord, phase: int, day: date) -> _Ledger:
    decree: Decree = found.decree
    listed = list_at(session, found.number, phase)
    members = {each.pid: each for each in listed.members}
    on_hold = held_on(session, decree.program, phase, day)
    before = by_person(payments(session, decree.program, phase=phase, district=decree.district))
    return _Ledger(terms_of(found), phase, members, on_hold, before)


def _village(work: Work, found: OnRecord, sheet: Sheet, sealed: Sealed) -> Recorded:
    session = work.session
    document = put_on_record(work, sealed)
    known = next((d for d in deliveries(session, sheet.decree, sheet.phase) if d.document_id == document), None)
    if known is not None and known.id is not None and known.region == sheet.region:
        work.tell("delivery.received-again", "delivery", known.id)
        return Recorded(known.id, again=True)
    ledger = _ledger(session, found, sheet.phase, sheet.day)
    inside = [
        each
        for each in ledger.members.values()
        if each.standing is Standing.RECIPIENT and _lies_in(each.region, sheet.region)
    ]
    reasons = _excepted(work, found, sheet, inside)
    paying: list[Paying] = []
    left: dict[str, int] = {}
    for each in inside:
        place = ledger.place(each.pid)
        if each.pid in reasons:
            paying.append(_paying(each, Outcome.FAILED, reason=reasons[each.pid]))
        elif place is not Place.ENROLLED:
            left[place.value] = left.get(place.value, 0) + 1
        elif received(ledger.events(each.pid)).total > 0:
            left["paid-already"] = left.get("paid-already", 0) + 1
        else:
            event = Event(0, Outcome.RECEIVED, each.amount, each.shares, sheet.day)
            warned = cautions(each, place, ledger.terms, sheet.phase, event, ledger.events(each.pid))
            paying.append(_paying(each, Outcome.RECEIVED, warned))
    if not paying:
        raise StoreProblem(
            "nobody-to-pay",
            Words(
                f"Tidak ada yang terdaftar dan belum menerima di {sheet.region} pada tahap {sheet.phase}.",
                f"Nobody is enrolled and unpaid in {sheet.region} in phase {sheet.phase}.",
            ),
            Words("Periksa kode desa dan tahapnya: ejps decree show.", "Check the village and phase: ejps decree show."),
        )
    delivered = Delivered(sheet.decree, sheet.phase, sheet.region, sheet.day, sheet.document, document)
    return _record(work, delivered, paying, left)


def _excepted(work: Work, found: OnRecord, sheet: Sheet, inside: Sequence[Member]) -> dict[str, str]:
    """The pseudonyms of those excepted, with why; StoreProblem if one of them is not among the village's recipients."""
    versions = versions_of_run(work.session, found.decree.run_id)
    people = people_meant(work.store, work.session, versions, [whom for whom, _ in sheet.excepted])
    pids = {each.pid for each in inside}
    reasons = {}
    for whom, why in sheet.excepted:
        pid = one_of(people[whom], pids)
        if pid is None:
            raise nobody(whom)
        if not why.strip():
            raise StoreProblem(
                "reason-missing",
                Words(f"Alasan untuk {pid} belum disebut.", f"The reason for {pid} is not given."),
            )
        reasons[pid] = why
    return reasons


def _family(work: Work, found: OnRecord, single: Single, known: tuple[Known, ...], sealed: Sealed | None) -> Recorded:
    ledger = _ledger(work.session, found, single.phase, single.day)
    pid = one_of(known, ledger.members) or (known[0].family if len({each.family for each in known}) == 1 else None)
    if pid is None:
        raise nobody(single.whom)
    if single.outcome is not Outcome.RECEIVED and not single.reason.strip():
        raise StoreProblem("reason-missing", Words("Alasannya belum disebut.", "The reason is not given."))
    _refuse_bad_cancellation(single, ledger.events(pid))
    member = ledger.members.get(pid)
    amount, shares = _amount(single, member, ledger.events(pid))
    event = Event(0, single.outcome, amount, shares, single.day, single.cancels)
    warned = cautions(member, ledger.place(pid), ledger.terms, single.phase, event, ledger.events(pid))
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
    return _record(work, Delivered(single.decree, single.phase, region, single.day, single.document, document), [one], {})


def _amount(single: Single, member: Member | None, before: tuple[Event, ...]) -> tuple[int, Shares]:
    """The rupiah and who bears them: as said, else as the decree says, else as was received (or recorded) before."""
    if single.cancels is not None:
        old = next(each for each in before if each.number == single.cancels)
        return old.amount, old.shares
    if single.amount is None:
        if member is not None:
            return member.amount, member.shares
        raise StoreProblem(
            "amount-missing",
            Words(
                "Keluarga ini tidak ada di keputusan: sebut nilainya.", "This family is not on the decree: say the amount."
            ),
            Words("Sebut dengan --amount dan --share.", "Say it with --amount and --share."),
        )
    if member is not None and not single.shares and single.amount == member.amount:
        return member.amount, member.shares
    if sum(part for _, part in single.shares) != single.amount:
        raise StoreProblem(
            "shares-differ",
            Words("Porsi yang disebut tidak sama dengan nilainya.", "The shares given are not the amount."),
            Words("Misalnya --share provinsi=106890 --share kabupaten=71260.", "Such as --share provinsi=106890 …"),
        )
    return single.amount, single.shares


def _refuse_bad_cancellation(single: Single, before: tuple[Event, ...]) -> None:
    """Only a payment of this family and phase that still counts can be cancelled."""
    if (single.outcome is Outcome.CANCELLED) != (single.cancels is not None):
        raise StoreProblem("cancel-what", Words("Pembayaran mana yang keliru?", "Which payment was a mistake?"))
    if single.cancels is None:
        return
    gone = {each.cancels for each in before}
    if not any(e.number == single.cancels and e.cancels is None and e.number not in gone for e in before):
        raise StoreProblem(
            "payment-not-there",
            Words(
                f"Pembayaran {single.cancels} bukan milik keluarga dan tahap ini, atau sudah dibatalkan.",
                f"Payment {single.cancels} is not of this family and phase, or was cancelled.",
            ),
        )


def _paying(member: Member, outcome: Outcome, warned: Sequence[str] = (), reason: str = "") -> Paying:
    return Paying(
        pid=member.pid,
        recipient_pid=member.recipient,
        region=member.region,
        outcome=outcome,
        amount=member.amount,
        shares=dict(member.shares),
        cautions=warned,
        reason=reason,
    )


def _record(work: Work, delivered: Delivered, paying: Sequence[Paying], left: Mapping[str, int]) -> Recorded:
    done = [each for each in paying if each.outcome is Outcome.RECEIVED]
    failed = sum(each.outcome is Outcome.FAILED for each in paying)
    amount = sum(each.amount for each in done)
    counts = {"received": len(done), "failed": failed, "amount": amount, "left_out": dict(left)}
    known = Delivered(
        delivered.decree_id,
        delivered.phase,
        delivered.region,
        delivered.day,
        delivered.document,
        delivered.document_id,
        counts,
    )
    number = deliver(work, known, paying)
    warned = tuple((each.pid, code) for each in paying for code in each.cautions)
    asked = sum(bool(each.cautions) and not each.reason for each in paying)
    return Recorded(number, False, len(done), failed, amount, left, warned, asked)


def _lies_in(region: str, area: str) -> bool:
    return region == area or region.startswith(area + ".")
