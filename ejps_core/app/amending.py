"""Amendments of an issued decree: a new name, a successor from the reserve, a removal, a correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.membership import Change, Fault, Resulting, changes_hash, resulting, total_of
from ejps_core.app.changes_asked import Asked
from ejps_core.app.decrees_on_record import OnRecord, list_at, on_record
from ejps_core.app.drafting import act_in
from ejps_core.app.stores import Actor, StoreOptions, attempt, place_of
from ejps_core.app.whom import nobody, one_of, people_meant, versions_of_run
from ejps_core.model.decreed import ChangeKind, ChangeReason, DecreeAct, DecreeState
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import digits_of
from ejps_core.model.span import Cell
from ejps_core.model.words import Words
from ejps_core.store.acts import MAY_DO, Purpose
from ejps_core.store.bulk import add_all
from ejps_core.store.decrees import Drafted, amendments_of, draft, steps_of
from ejps_core.store.opening import open_store
from ejps_core.store.people import Identity, sealed_people
from ejps_core.store.problems import StoreError
from ejps_core.store.retention import refuse_destroyed
from ejps_core.store.runs import run_of
from ejps_core.store.sealing import new_pseudonyms
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import Person
from ejps_core.store.words import Unit


@dataclass(frozen=True, slots=True)
class Amending:
    """An amendment as asked for. from_phase None: the decree's only one. run: what it rests on, None: the decree's."""

    decree: int
    title: str
    changes: tuple[Asked, ...]
    from_phase: int | None = None
    run: int | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment on record; number None: it can't be made, the findings say why. cautions: what it has to explain."""

    number: int | None
    from_phase: int
    recipients: int
    amount: int
    cautions: tuple[Fault, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    pending: tuple[int, ...] = ()


def amend(options: StoreOptions, actor: Actor, asked: Amending) -> Amended | Diagnostic:
    """Drafts an amendment and records it, whole or not at all."""

    def made() -> Amended:
        with open_store(place_of(options)) as store:
            return _amend(store, actor, asked)

    return attempt(made)


def _amend(store: Store, actor: Actor, asked: Amending) -> Amended:
    with store.reading() as session:
        found = on_record(session, asked.decree)
    act = act_in(actor, Purpose.DECISION, found.decree.district)
    act.refuse_unless(MAY_DO[DecreeAct.DRAFT], found.decree.district)
    _refuse_unamendable(found)
    phase = _from_phase(found, asked.from_phase)
    with store.reading() as session:
        now = list_at(session, asked.decree, phase)
        meant = _Meant(store, session, found, now, asked.changes)
        pending = _pending(session, asked.decree)
    after = resulting(now.members, meant.changes)
    faults = [*meant.faults, *(_finding(each, asked.changes, meant.changes) for each in after.faults)]
    recipients, amount = len(after.recipients), total_of(after.recipients)
    if faults:
        return Amended(None, phase, recipients, amount, after.cautions, tuple(faults))
    run_id = _run(store, found, asked.run)
    drafted = Drafted(
        program=found.decree.program,
        district=found.decree.district,
        phases=tuple(each for each in found.phases if each >= phase),
        from_phase=phase,
        run_id=run_id,
        title=asked.title,
        counts={"changes": len(meant.changes), "recipients": recipients, "reserve": len(after.reserve)},
        amount=amount,
        content_hash=changes_hash(f"decree {asked.decree}", meant.changes),
        amends=asked.decree,
    )
    sealed = meant.sealed()
    with store.writing(act) as work:
        work.alone(f"decree:{asked.decree}")
        _named(work, meant, sealed)
        number = draft(work, drafted, changes=map(_record, meant.changes))
    return Amended(number, phase, recipients, amount, after.cautions, (), pending)


class _Meant:
    """The changes with pseudonyms: whom each text means, who is newly named. faults: what can't be understood."""

    def __init__(self, store: Store, session: Session, found: OnRecord, now: Resulting, asked: Sequence[Asked]) -> None:
        self.store, self.now = store, now
        self.version = run_of(session, found.decree.run_id).version_id
        versions = versions_of_run(session, found.decree.run_id)
        texts = [text for each in asked for text in (each.whom, each.successor, each.recipient_nik) if text]
        self.people = people_meant(store, session, versions, texts)
        self.members = {each.pid: each for each in now.members}
        self.waiting = sorted(now.reserve, key=lambda each: each.rank)
        self.taken: set[str] = set()
        self.new: list[Identity] = []
        self.faults: list[Diagnostic] = []
        self.key = refuse_destroyed(session, self.version)
        own = select(col(Person.index_key)).where(col(Person.version_id) == self.version).limit(1)
        self.index = session.execute(own).scalar_one()
        self.changes: list[Change] = []
        for each in asked:
            self._add(each)

    def _add(self, asked: Asked) -> None:
        pid = one_of(self.people[asked.whom], self.members)
        if pid is None:
            self.faults.append(_at(nobody(asked.whom).finding, asked.place))
            return
        successor = self._successor(asked, pid)
        if isinstance(successor, Diagnostic):
            self.faults.append(successor)
            return
        recipient = self._recipient(asked, successor or pid)
        if isinstance(recipient, Diagnostic):
            self.faults.append(recipient)
            return
        change = Change(
            kind=asked.kind,
            pid=pid,
            reason=asked.reason,
            why=asked.why,
            document=asked.document,
            new_pid=successor,
            recipient=recipient,
            amount=asked.amount,
            shares=asked.shares,
            payable=True if asked.reason is ChangeReason.NIK_KNOWN else None,
        )
        self.changes.append(change)
        if successor is not None:
            self.taken.add(successor)

    def _successor(self, asked: Asked, pid: str) -> str | Diagnostic | None:
        """Who takes the seat: the one that is named, else the next of the reserve in the area."""
        if asked.kind is not ChangeKind.REPLACE:
            return None
        if asked.successor is not None:
            named = one_of(self.people[asked.successor], self.members)
            return named if named is not None else _at(nobody(asked.successor).finding, asked.place)
        area = self.members[pid].area
        following = (each.pid for each in self.waiting if each.area == area and each.pid not in self.taken)
        if (first := next(following, None)) is not None:
            return first
        words = Words(f"Tidak ada cadangan lagi di {area}.", f"There is no reserve left in {area}.")
        return Diagnostic("no-reserve", Severity.ERROR, asked.place, words)

    def _recipient(self, asked: Asked, pid: str) -> str | Diagnostic | None:
        """Who is named: somebody of the family on the list, else a new person under a pseudonym of its own."""
        family = self.members[pid].family
        if asked.recipient_nik is not None:
            known = [each.pid for each in self.people[asked.recipient_nik] if each.family == family]
            if known:
                return known[0] if len(set(known)) == 1 else _at(nobody(asked.recipient_nik).finding, asked.place)
            if self.people[asked.recipient_nik]:
                words = Words("Penerima yang disebut dari keluarga lain.", "The recipient named is of another family.")
                return Diagnostic("recipient-of-another-family", Severity.ERROR, asked.place, words)
        if asked.recipient_name is None:
            if asked.recipient_nik is None:
                return None
            words = Words(
                "NIK penerima tidak ada di daftar; sebut juga namanya.",
                "The recipient's NIK is not on the list; give the name too.",
            )
            return Diagnostic("recipient-unknown", Severity.ERROR, asked.place, words)
        nik = None if asked.recipient_nik is None else digits_of(asked.recipient_nik)
        new = Identity(new_pseudonyms(1)[0], Unit.MEMBER, family, nik=nik, name=asked.recipient_name)
        self.new.append(new)
        return new.pid

    def sealed(self) -> list[dict[str, Any]]:
        """Those who are newly named, sealed under the list's key."""
        return sealed_people(self.store, self.key, self.index, self.new)


def _named(work: Work, meant: _Meant, sealed: list[dict[str, Any]]) -> None:
    """Puts those who are newly named among the people of the list."""
    if not sealed:
        return
    work.alone(f"key:{meant.key}")
    if refuse_destroyed(work.session, meant.version) != meant.key:
        raise StoreError(
            "key-replaced",
            Words("Kunci daftar ini baru saja diganti.", "The key of this list has just been replaced."),
            Words("Ulangi.", "Do it again."),
        )
    add_all(work.session, Person, (each | {"version_id": meant.version} for each in sealed))
    for each in meant.new:
        work.tell("person.named", "person", each.pid, after={"family": each.family_pid, "version": meant.version})


def _refuse_unamendable(found: OnRecord) -> None:
    if found.decree.amends is not None:
        root = found.decree.amends
        raise StoreError(
            "amendment-of-amendment",
            Words(
                f"{found.number} adalah perubahan; ubahlah keputusan {root} sendiri.",
                f"{found.number} is an amendment; amend the decree {root} itself.",
            ),
        )
    if found.state is not DecreeState.ISSUED:
        raise StoreError(
            "decree-not-issued",
            Words(
                "Keputusan ini belum ditetapkan; perbaiki konsepnya sebelum ditetapkan.",
                "This decree is not issued; mend its draft before it is.",
            ),
            Words(
                "Batalkan konsepnya (ejps decree withdraw) dan susun lagi dari run yang benar.",
                "Withdraw the draft (ejps decree withdraw) and draft it again from the right run.",
            ),
        )


def _from_phase(found: OnRecord, asked: int | None) -> int:
    phase = asked if asked is not None else found.phases[0] if len(found.phases) == 1 else None
    if phase not in found.phases:
        listed = ", ".join(map(str, found.phases))
        raise StoreError(
            "phase-not-in-decree",
            Words(f"Mulai tahap berapa? Keputusan ini untuk tahap {listed}.", f"From which phase? It holds for {listed}."),
            Words("Sebut dengan --from-phase.", "Name it with --from-phase."),
        )
    return phase


def _run(store: Store, found: OnRecord, asked: int | None) -> int:
    """The run an amendment rests on: of the same program, and decided for the same district's list."""
    if asked is None:
        return found.decree.run_id
    with store.reading() as session:
        run = run_of(session, asked)
        same = run.version_id in versions_of_run(session, found.decree.run_id)
    if run.program != found.decree.program or not same:
        raise StoreError(
            "run-of-another-program",
            Words(
                f"Run {asked} bukan dari program dan daftar keputusan ini.", f"Run {asked} is of another program or list."
            ),
        )
    return asked


def _pending(session: Session, decree: int) -> tuple[int, ...]:
    """Amendments of the decree that are neither issued nor withdrawn."""
    ended = {DecreeAct.ISSUE.value, DecreeAct.WITHDRAW.value}
    drafts = amendments_of(session, decree, issued=False)
    return tuple(each.id for each in drafts if each.id is not None and steps_of(session, each.id)[-1].act not in ended)


def _finding(fault: Fault, asked: Sequence[Asked], changes: Sequence[Change]) -> Diagnostic:
    words = Words(
        f"Perubahan untuk {fault.pid} tidak dapat dilakukan: {fault.words.id}.",
        f"The change for {fault.pid} can't be made: {fault.words.en}.",
    )
    place = next((a.place for a, c in zip(asked, changes, strict=False) if c.pid == fault.pid), None)
    return Diagnostic(fault.code, Severity.ERROR, place, words)


def _at(finding: Diagnostic, place: Cell | None) -> Diagnostic:
    return replace(finding, place=place)


def _record(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "pid": change.pid,
        "new_pid": change.new_pid,
        "recipient_pid": change.recipient,
        "amount": change.amount,
        "shares": None if change.amount is None else dict(change.shares),
        "payable": change.payable,
        "reason": change.reason.value,
        "why": change.why,
        "document": change.document,
    }
