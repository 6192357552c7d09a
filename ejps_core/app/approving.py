"""The way of a decree: checked, returned or approved, withdrawn, issued; each act by whom its state and role allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from ejps_core.aid.decree import Refusal, refusal
from ejps_core.aid.membership import Fault, Resulting, annex_hash, changes_hash
from ejps_core.aid.signing import Acting, Deputy, Signer, acting
from ejps_core.app.decrees_on_record import (
    OnRecord,
    Overtaken,
    acts_of,
    as_change,
    as_member,
    list_at,
    on_record,
    overtaken,
)
from ejps_core.app.drafting import act_in
from ejps_core.app.handed_in import handed_in
from ejps_core.app.stores import Actor, StoreOptions, attempt, place_of
from ejps_core.app.two_lists import paused
from ejps_core.model.decreed import Capacity, DecreeAct, DecreeState, DocumentKind, Power
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import MAY_DO, Act, Purpose
from ejps_core.store.decrees import Issued, Signed, changes_of, issue, members_of, take_step
from ejps_core.store.delegations import delegations
from ejps_core.store.documents import Sealed, only_if_recorded, put_on_record
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError, unsound
from ejps_core.store.session import Store, Work


@dataclass(frozen=True, slots=True)
class Acted:
    """What a decree is after an act. capacity: in which it was done. overtaken, cautions: what is to be looked at.

    on_hold: who on its list asked for a pause of the processing, by pseudonym.
    """

    found: OnRecord
    capacity: Capacity
    overtaken: tuple[Overtaken, ...]
    cautions: tuple[Fault, ...]
    on_hold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """How a decree was signed. office: of the signatory. scan: the signed paper."""

    number: str
    day: date
    signatory: str
    office: str
    scan: Path | None = None


def act_on(
    options: StoreOptions, actor: Actor, number: int, act: DecreeAct, reason: str = "", office: str = ""
) -> Acted | Diagnostic:
    """Checks, approves, returns or withdraws a decree. office: of which somebody approves as holder or deputy."""

    def done() -> Acted:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                found = on_record(session, number)
            own = act_in(actor, Purpose.DECISION, found.decree.district)
            own.refuse_unless(MAY_DO[act], found.decree.district)
            deputy = store.scope is not None and store.scope.acting
            with store.writing(own) as work:
                work.alone(f"decree:{found.root_number}")
                _step(work, on_record(work.session, number), act, reason, office, deputy)
            return _acted(store, number, own)

    return attempt(done)


def sign(options: StoreOptions, actor: Actor, number: int, signature: Signature) -> Acted | Diagnostic:
    """Records that a decree was signed: it is issued, and its annex can't be changed any more."""

    def done() -> Acted:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                found = on_record(session, number)
            own = act_in(actor, Purpose.DECISION, found.decree.district)
            own.refuse_unless(MAY_DO[DecreeAct.ISSUE], found.decree.district)
            scan = handed_in(store, DocumentKind.SCAN, signature.scan, found.decree)
            with only_if_recorded(store, scan), store.writing(own) as work:
                work.alone(f"decree:{found.root_number}")
                _issue(work, on_record(work.session, number), signature, scan)
            return _acted(store, number, own)

    return attempt(done)


def _step(work: Work, found: OnRecord, act: DecreeAct, reason: str, office: str, deputy: bool) -> None:
    _refuse(refusal(acts_of(found.steps), act, Signer(work.act.who, work.act.account), reason))
    capacity = Acting()
    if act is DecreeAct.APPROVE:
        if not office.strip():
            raise StoreError(
                "office-missing",
                Words("Jabatan yang menyetujui belum disebut.", "The office that approves is not named."),
                Words('Sebut dengan --office "Kepala Dinas Sosial".', 'Name it with --office "Kepala Dinas Sosial".'),
            )
        capacity = _capacity(work.session, work.act.who, office, found.decree.district, Power.APPROVE, _day(work.act))
        if deputy and capacity.number is None:
            raise _undelegated(office)
    if act in (DecreeAct.CHECK, DecreeAct.APPROVE):
        whole(work.session, found)
    take_step(work, found.number, Signed(act, reason, office, capacity.capacity, capacity.number))


def _issue(work: Work, found: OnRecord, signature: Signature, scan: Sealed | None) -> None:
    session = work.session
    _refuse(refusal(acts_of(found.steps), DecreeAct.ISSUE, Signer(work.act.who, work.act.account)))
    if found.decree.amends is not None:
        _refuse_before_root(on_record(session, found.root_number), signature.day)
    capacity = _capacity(session, signature.signatory, signature.office, found.decree.district, Power.SIGN, signature.day)
    after = whole(session, found)
    document = None if scan is None else put_on_record(work, scan)
    issued = Issued(
        number=signature.number,
        day=signature.day,
        signatory=signature.signatory,
        office=signature.office,
        annex_hash=annex_hash(f"decree {found.root_number}", found.decree.from_phase, after.members),
        capacity=capacity.capacity,
        delegation=capacity.number,
        document=document,
    )
    issue(work, found.number, issued)


def _undelegated(office: str) -> StoreError:
    """A deputy's account, and no delegation that makes its holder a deputy for this office."""
    return StoreError(
        "delegation-missing",
        Words(
            f"Akun ini milik Plt./Plh., tetapi penunjukannya untuk {office} belum tercatat.",
            f"This is a deputy's account, but no delegation for {office} is on record.",
        ),
        Words("Catat dahulu: ejps delegation add", "Put it on record first: ejps delegation add"),
    )


def _refuse_before_root(root: OnRecord, day: date) -> None:
    if root.issue is not None and day < root.issue.day:
        raise StoreError(
            "amendment-before-decree",
            Words(
                f"Perubahan tidak dapat bertanggal sebelum keputusannya ({root.issue.day}).",
                f"An amendment can't be dated before its decree ({root.issue.day}).",
            ),
        )


def whole(session: Session, found: OnRecord) -> Resulting:
    """The list that results once this decree or amendment holds; StoreError if it is not what was drafted, or can't be."""
    if found.decree.amends is None:
        members = tuple(map(as_member, members_of(session, found.number)))
        if annex_hash(f"run {found.decree.run_id}", found.decree.from_phase, members) != found.decree.content_hash:
            raise _changed(found.number)
        return Resulting(members)
    changes = tuple(map(as_change, changes_of(session, found.number)))
    if changes_hash(f"decree {found.root_number}", changes) != found.decree.content_hash:
        raise _changed(found.number)
    after = list_at(session, found.root_number, found.decree.from_phase, changes, without=found.number)
    if after.faults:
        first = after.faults[0]
        raise StoreError(
            "amendment-impossible",
            Words(
                f"Perubahan untuk {first.pid} tidak dapat dilakukan: {first.words.id}.",
                f"The change for {first.pid} can't be made: {first.words.en}.",
            ),
            Words("Kembalikan atau batalkan perubahan ini.", "Return or withdraw this amendment."),
        )
    return after


def _acted(store: Store, number: int, act: Act) -> Acted:
    with store.reading() as session:
        found = on_record(session, number)
        last = found.steps[-1]
        given_up = found.state in (DecreeState.RETURNED, DecreeState.WITHDRAWN)  # perhaps since it can't be made
        after = Resulting(()) if given_up else whole(session, found)
        on_hold = sorted(paused(session, {each.pid: each.family for each in after.members}, act.at))
        return Acted(found, Capacity(last.capacity), overtaken(session, found), after.cautions, tuple(on_hold))


def _capacity(session: Session, name: str, office: str, district: str, power: Power, day: date) -> Acting:
    found = acting(Signer(name), office, district, power, day, deputies(session))
    if isinstance(found, Words):
        raise StoreError("delegation-does-not-hold", found)
    return found


def deputies(session: Session) -> tuple[Deputy, ...]:
    """The delegations on record that count."""
    return tuple(
        Deputy(
            number=each.id or 0,
            district=each.district,
            office=each.office,
            capacity=Capacity(each.capacity),
            deputy=each.deputy,
            powers=frozenset(map(Power, each.powers)),
            first=each.first,
            last=each.last,
        )
        for each in delegations(session)
    )


def _day(act: Act) -> date:
    """The day of an act in the province, which keeps Central Indonesian Time (WITA)."""
    from zoneinfo import ZoneInfo

    return act.at.astimezone(ZoneInfo("Asia/Makassar")).date()


def _refuse(refused: Refusal | None) -> None:
    if refused is not None:
        raise StoreError(refused.code, refused.words, refused.mend)


def _changed(number: int) -> StoreError:
    return unsound(
        Words(f"Isi keputusan {number} bukan yang disusun.", f"Decree {number} is not what was drafted."),
    )
