"""Complaints: filed by anybody with a receipt, seen again by its code, answered by the complaints officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.app.pages import Page, limit_of, page_of
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.registry.regions import DISTRICTS
from ejps_core.store.acts import Purpose
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.programs import ensure_district
from ejps_core.store.public import (
    Said,
    answer,
    complaint_of,
    complaint_of_code,
    family_of_code,
    file_complaint,
    new_code,
    steps_of,
)
from ejps_core.store.tables import Complaint, ComplaintStep
from ejps_core.store.words import ComplaintAct

LONGEST = 2000
RECEIVED = "received"
STATES = {
    RECEIVED: Words("diterima, belum diperiksa", "received, not looked at yet"),
    ComplaintAct.TAKEN.value: Words("sedang diperiksa", "being looked into"),
    ComplaintAct.FORWARDED.value: Words("diteruskan", "handed on"),
    ComplaintAct.ANSWERED.value: Words("dijawab", "answered"),
}
"""Where a complaint stands, in words."""
ACTS = {
    ComplaintAct.TAKEN: Words("sedang diperiksa", "is being looked into"),
    ComplaintAct.FORWARDED: Words("diteruskan kepada yang berwenang", "was handed on to whom it concerns"),
    ComplaintAct.ANSWERED: Words("dijawab", "is answered"),
}


@dataclass(frozen=True, slots=True)
class Filing:
    """A complaint as it is typed. code: of the family's letter, or ''. program: or ''."""

    district: str
    words: str
    program: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done about a complaint. by: whoever did it; who complained does not read that."""

    act: str
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ComplaintSeen:
    """A complaint with all that was done about it. run, pid: the family, where the code of its letter was given."""

    number: int
    district: str
    program: str | None
    words: str
    filed_at: datetime
    state: str
    run: int | None
    pid: str | None
    steps: tuple[Step, ...]


def file(options: StoreOptions, filing: Filing) -> str | Diagnostic:
    """Records a complaint; the code of its receipt, which is told this once."""

    def made() -> str:
        words = filing.words.strip()
        if filing.district not in DISTRICTS or not words:
            raise StoreError(
                "complaint-incomplete",
                Words("Pilih kabupaten/kota dan isi pengaduannya.", "Choose the district and write the complaint."),
            )
        if len(words) > LONGEST:
            raise StoreError("complaint-long", Words(f"Paling panjang {LONGEST} huruf.", f"{LONGEST} letters at most."))
        code = new_code()
        with open_store(place_of(options)) as store:
            family = None
            if filing.code.strip():
                with store.reading() as session:
                    known = family_of_code(session, filing.code)
                if known is None:
                    raise unknown_code()
                family = (known.run_id, known.pid)
            with store.writing(act_of(Actor("warga (tanpa akun)"), Purpose.ADMINISTRATION)) as work:
                ensure_district(work, filing.district, DISTRICTS[filing.district])
                file_complaint(work, Said(filing.district, words, filing.program or None, family), code)
        return code

    return attempt(made)


def unknown_code() -> StoreError:
    """What is said of a code that is none."""
    return StoreError(
        "code-unknown",
        Words("Kode itu tidak dikenal.", "This code is not known."),
        Words("Periksa hurufnya, seperti tertulis pada surat atau tanda terima.", "Check its letters, as on the paper."),
    )


def by_code(options: StoreOptions, code: str) -> ComplaintSeen | Diagnostic:
    """The complaint whose receipt bears the code."""

    def found() -> ComplaintSeen:
        with open_store(place_of(options)) as store, store.reading() as session:
            complaint = complaint_of_code(session, code)
            if complaint is None:
                raise unknown_code()
            return _seen(session, complaint)

    return attempt(found)


def one(options: StoreOptions, number: int) -> ComplaintSeen | Diagnostic:
    """One complaint of the scope."""

    def found() -> ComplaintSeen:
        with open_store(place_of(options)) as store, store.reading() as session:
            return _seen(session, complaint_of(session, number))

    return attempt(found)


def queue(options: StoreOptions, after: int, limit: int, *, every: bool = False) -> Page[ComplaintSeen] | Diagnostic:
    """The complaints of the scope that wait for an answer, oldest first; every: the answered ones too."""

    def found() -> Page[ComplaintSeen]:
        with open_store(place_of(options)) as store, store.reading() as session:
            most = limit_of(limit)
            answered = select(col(ComplaintStep.complaint_id)).where(col(ComplaintStep.act) == ComplaintAct.ANSWERED.value)
            wanted = [] if every else [col(Complaint.id).not_in(answered)]
            asked = select(Complaint).where(col(Complaint.id) > after, *wanted).order_by(col(Complaint.id)).limit(most + 1)
            total = session.execute(select(func.count(col(Complaint.id))).where(*wanted)).scalar_one()
            items = tuple(session.execute(asked).scalars())
            return page_of(items, most, lambda each: each.id or 0, lambda each: _seen(session, each), total)

    return attempt(found)


def do(options: StoreOptions, actor: Actor, number: int, act: ComplaintAct, words: str) -> ComplaintSeen | Diagnostic:
    """Records what is done about a complaint; its author reads the words by the receipt's code."""

    def done() -> ComplaintSeen:
        with open_store(place_of(options)) as store:
            with store.writing(act_of(actor, Purpose.ADMINISTRATION)) as work:
                answer(work, number, act, words[:LONGEST])
            with store.reading() as session:
                return _seen(session, complaint_of(session, number))

    return attempt(done)


def _seen(session: Session, each: Complaint) -> ComplaintSeen:
    assert each.id is not None
    steps = tuple(Step(step.act, step.words, step.recorded_at, step.recorded_by) for step in steps_of(session, each.id))
    state = steps[-1].act if steps else RECEIVED
    return ComplaintSeen(
        each.id, each.district, each.program, each.words, each.filed_at, state, each.run_id, each.pid, steps
    )


__all__ = ["ACTS", "LONGEST", "STATES", "ComplaintAct", "ComplaintSeen", "Filing", "by_code", "do", "file", "one", "queue"]
