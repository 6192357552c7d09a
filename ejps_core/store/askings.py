"""Askings of online registries on record: begun once, answered batch by batch, continued where they broke off."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import compress, decompress

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.problems import unsound
from ejps_core.store.retention import living_key, record_key, usable
from ejps_core.store.sealing import Sealed, UnopenedError
from ejps_core.store.session import Store
from ejps_core.store.tables import AnswerBatch, Asking
from ejps_core.store.words import KeyKind

Answers = Mapping[str, Mapping[str, Any]]
"""Pseudonym -> the answer as plain values."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a registry is asked: about whom (how many people of a list version), which facts, through which connector."""

    version_id: int
    register: str
    connector: str
    source: str
    facts: Sequence[str]
    people: int


def begin(store: Store, act: Act, question: Question) -> int:
    """Puts an asking on record before anybody is asked about; its number."""
    key_id = store.keys.make()
    with store.writing(act) as work:
        record_key(work, key_id, KeyKind.REGISTER, f"{question.register} {act.at.date().isoformat()}")
        made = Asking(
            version_id=question.version_id,
            kind=question.register,
            connector=question.connector,
            source=question.source,
            facts=list(question.facts),
            people=question.people,
            key_id=key_id,
            why=act.why,
            begun_at=act.at,
            begun_by=act.who,
        )
        work.session.add(made)
        work.session.flush()
        work.point("asking-written")
        assert made.id is not None
        told = {"asking": made.id, "register": made.kind, "source": made.source, "people": made.people}
        work.tell("registry.asked", "version", question.version_id, after=told | {"facts": made.facts})
    return made.id


def open_asking(session: Session, question: Question, since: datetime) -> Asking | None:
    """The newest asking of the same question that was begun at `since` or later, and whose answers can still be read."""
    asked = select(Asking).where(
        col(Asking.version_id) == question.version_id,
        col(Asking.kind) == question.register,
        col(Asking.connector) == question.connector,
        col(Asking.source) == question.source,
        col(Asking.begun_at) >= since,
    )
    every: Sequence[Asking] = session.execute(asked.order_by(col(Asking.id).desc())).scalars().all()
    for found in every:
        if found.facts == list(question.facts) and isinstance(living_key(session, found.key_id), str):
            return found
    return None


def add_answers(store: Store, act: Act, asking: Asking, answers: Answers) -> None:
    """Records the answers of one batch, whole or not at all."""
    assert asking.id is not None
    content = compress(json.dumps(answers, ensure_ascii=False, sort_keys=True).encode())
    with store.writing(act) as work:
        work.alone(f"asking:{asking.id}")
        usable(living_key(work.session, asking.key_id))
        last = select(func.max(col(AnswerBatch.batch))).where(col(AnswerBatch.asking_id) == asking.id)
        number = (work.session.execute(last).scalar() or 0) + 1
        sealed = store.keys.lock(asking.key_id).seal(content, _bound(asking.id, number))
        work.session.add(
            AnswerBatch(
                asking_id=asking.id,
                batch=number,
                key_id=asking.key_id,
                answered=len(answers),
                content=sealed.box,
                answered_at=act.at,
            )
        )
        work.session.flush()
        work.point("answers-written")
        told = {"asking": asking.id, "batch": number, "answered": len(answers)}
        work.tell("registry.answered", "version", asking.version_id, after=told)


def answers_of(store: Store, session: Session, asking: Asking) -> tuple[dict[str, dict[str, Any]], datetime | None]:
    """All answers to an asking by pseudonym, and when the last of them came; of two to one person the first counts."""
    asked = select(AnswerBatch).where(col(AnswerBatch.asking_id) == asking.id).order_by(col(AnswerBatch.batch))
    batches = session.execute(asked).scalars().all()
    if not batches:
        return {}, None
    lock, found = store.keys.lock(usable(living_key(session, asking.key_id))), dict[str, dict[str, Any]]()
    for batch in batches:
        try:
            content = lock.open(Sealed(bytes(batch.content)), _bound(batch.asking_id, batch.batch))
        except UnopenedError as problem:
            raise unsound(
                Words(
                    f"Jawaban tersegel {batch.asking_id}:{batch.batch} diubah dari luar.",
                    f"The sealed answers {batch.asking_id}:{batch.batch} were changed from outside.",
                )
            ) from problem
        found = json.loads(decompress(content)) | found
    return found, max(batch.answered_at for batch in batches)


def _bound(asking_id: int | None, batch: int) -> str:
    return f"asking:{asking_id}:{batch}"
