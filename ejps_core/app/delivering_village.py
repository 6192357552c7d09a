"""A village's handing out: "semua diterima, kecuali …", with the signed sheet; who is odd is left out and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ejps_core.aid.membership import Member
from ejps_core.aid.payments import Event, Place, cautions, received
from ejps_core.app.decrees_on_record import OnRecord
from ejps_core.app.handed_in import handed_in
from ejps_core.app.phase_ledger import Recorded, begin, phase_ledger, record
from ejps_core.app.stores import Actor, StoreOptions, attempt
from ejps_core.app.stores import place_of as store_place
from ejps_core.app.two_lists import cautions_beside
from ejps_core.app.whom import nobody, one_of, people_meant, versions_of_run
from ejps_core.model.decreed import DocumentKind, Outcome, Standing
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.deliveries import Delivered, Paying, deliveries
from ejps_core.store.documents import Sealed, only_if_recorded, put_on_record
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store, Work


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


def village(options: StoreOptions, actor: Actor, sheet: Sheet) -> Recorded | Diagnostic:
    """Records that all who are enrolled in a village received, but for those excepted; the same sheet twice is one."""

    def made() -> Recorded:
        with open_store(store_place(options)) as store:
            return village_of(store, actor, sheet)

    return attempt(made)


def village_of(store: Store, actor: Actor, sheet: Sheet) -> Recorded:
    """The same in a store that is open: for who has many sheets. Raises StoreError."""
    act, found = begin(store, actor, sheet.decree, sheet.phase)
    sealed = handed_in(store, DocumentKind.SHEET, sheet.sheet, found.decree)
    assert sealed is not None
    with only_if_recorded(store, sealed), store.writing(act) as work:
        work.alone(f"decree:{sheet.decree}")
        return _village(work, found, sheet, sealed)


def _village(work: Work, found: OnRecord, sheet: Sheet, sealed: Sealed) -> Recorded:
    session = work.session
    document = put_on_record(work, sealed)
    known = next((d for d in deliveries(session, sheet.decree, sheet.phase) if d.document_id == document), None)
    if known is not None and known.id is not None and known.region == sheet.region:
        work.tell("delivery.received-again", "delivery", known.id)
        return Recorded(known.id, again=True)
    ledger = phase_ledger(session, found, sheet.phase, sheet.day)
    inside = [
        each
        for each in ledger.members.values()
        if each.standing is Standing.RECIPIENT and _lies_in(each.region, sheet.region)
    ]
    reasons = _excepted(work, found, sheet, inside)
    beside = cautions_beside(session, found, sheet.phase, {each.pid: each.family for each in inside}, work.act.at)
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
        elif "paid-elsewhere" in beside.get(each.pid, ()):
            left["paid-elsewhere"] = left.get("paid-elsewhere", 0) + 1
        else:
            event = Event(0, Outcome.RECEIVED, each.amount, each.shares, sheet.day)
            warned = cautions(each, place, ledger.terms, sheet.phase, event, ledger.events(each.pid))
            paying.append(_paying(each, Outcome.RECEIVED, (*warned, *beside.get(each.pid, ()))))
    if not paying:
        raise StoreError(
            "nobody-to-pay",
            Words(
                f"Tidak ada yang terdaftar dan belum menerima di {sheet.region} pada tahap {sheet.phase}.",
                f"Nobody is enrolled and unpaid in {sheet.region} in phase {sheet.phase}.",
            ),
            Words("Periksa kode desa dan tahapnya: ejps decree show.", "Check the village and phase: ejps decree show."),
        )
    delivered = Delivered(sheet.decree, sheet.phase, sheet.region, sheet.day, sheet.document, document)
    return record(work, delivered, paying, left)


def _excepted(work: Work, found: OnRecord, sheet: Sheet, inside: Sequence[Member]) -> dict[str, str]:
    """The pseudonyms of those excepted, with why; StoreError if one of them is not among the village's recipients."""
    versions = versions_of_run(work.session, found.decree.run_id)
    people = people_meant(work.store, work.session, versions, [whom for whom, _ in sheet.excepted])
    pids = {each.pid for each in inside}
    reasons = {}
    for whom, why in sheet.excepted:
        pid = one_of(people[whom], pids)
        if pid is None:
            raise nobody(whom)
        if not why.strip():
            raise StoreError(
                "reason-missing",
                Words(f"Alasan untuk {pid} belum disebut.", f"The reason for {pid} is not given."),
            )
        reasons[pid] = why
    return reasons


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


def _lies_in(region: str, area: str) -> bool:
    return region == area or region.startswith(area + ".")
