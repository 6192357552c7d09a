"""Codes on letters, and complaints: each known by the hash of a code that only its holder has."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import out_of_scope
from ejps_core.store.session import Work
from ejps_core.store.tables import Complaint, ComplaintStep, StatusCode
from ejps_core.store.words import ComplaintAct

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters without those that are taken for one another (I, L, O, U)."""
GROUPS, IN_GROUP = 4, 4
"""Sixteen signs are 80 bits: nobody guesses one, neither by trying nor from its hash."""
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """A code as it is printed: ABCD-EFGH-JKMN-PQRS."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(IN_GROUP)) for _ in range(GROUPS))


def hash_of(code: str) -> str | None:
    """By what a code is known again, however it was typed; None: no code looks like that."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum()).translate(MISREAD)
    if len(plain) != GROUPS * IN_GROUP or set(plain) - set(SIGNS):
        return None
    return sha256(plain.encode("ascii")).hexdigest()


def put_code(work: Work, run_id: int, pid: str, code: str) -> None:
    """Records that a code stands on the letter to a family; the code itself is nowhere on record."""
    hashed = hash_of(code)
    assert hashed is not None
    made = StatusCode(run_id=run_id, pid=pid, hash=hashed, made_at=work.act.at, made_by=work.act.who)
    work.session.add(made)
    work.session.flush()
    work.tell("status-code.made", "status-code", made.id, after={"run": run_id})


def family_of_code(session: Session, code: str) -> StatusCode | None:
    """The family whose letter bears the code; None: no letter does. It takes as long either way."""
    hashed = hash_of(code) or "0" * 64
    found: StatusCode | None = session.execute(select(StatusCode).where(col(StatusCode.hash) == hashed)).scalars().first()
    return found if hmac.compare_digest(hashed, found.hash if found is not None else "") else None


@dataclass(frozen=True, slots=True)
class Said:
    """A complaint as it comes in. family: the run and pseudonym, where the code of a letter was given."""

    district: str
    words: str
    program: str | None = None
    family: tuple[int, str] | None = None


def file_complaint(work: Work, said: Said, code: str) -> int:
    """Records a complaint under the code of its receipt; its number."""
    hashed = hash_of(code)
    assert hashed is not None
    run, pid = said.family or (None, None)
    made = Complaint(
        district=said.district,
        program=said.program,
        hash=hashed,
        words=said.words,
        run_id=run,
        pid=pid,
        filed_at=work.act.at,
    )
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    work.tell("complaint.filed", "complaint", made.id, after={"district": said.district, "program": said.program})
    return made.id


def complaint_of_code(session: Session, code: str) -> Complaint | None:
    """The complaint whose receipt bears the code; None: there is none."""
    hashed = hash_of(code) or "0" * 64
    found: Complaint | None = session.execute(select(Complaint).where(col(Complaint.hash) == hashed)).scalars().first()
    return found if hmac.compare_digest(hashed, found.hash if found is not None else "") else None


def complaint_of(session: Session, number: int) -> Complaint:
    """The record of a complaint; StoreError if there is none."""
    found = session.get(Complaint, number)
    if found is None:
        raise out_of_scope()
    return found


def answer(work: Work, number: int, act: ComplaintAct, words: str) -> int:
    """Records what is done about a complaint, and what its author reads of it."""
    complaint_of(work.session, number)
    if not words.strip():
        raise StoreError("answer-missing", Words("Isi jawabannya.", "Write the answer."))
    made = ComplaintStep(
        complaint_id=number, act=act.value, words=words, role=work.act.role.value, recorded_at=work.act.at,
        recorded_by=work.act.who,
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    work.tell("complaint.answered", "complaint", number, after={"act": act.value, "words": words})
    return made.id


def steps_of(session: Session, number: int) -> tuple[ComplaintStep, ...]:
    """What was done about a complaint, oldest first."""
    asked = select(ComplaintStep).where(col(ComplaintStep.complaint_id) == number).order_by(col(ComplaintStep.id))
    return tuple(session.execute(asked).scalars())
