"""Askings of online registries: who asked whom about which list, why, and the answers batch by batch, sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, LargeBinary

from ejps_core.store.column_types import CODE, DATA, LONG, PSEUDONYM, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number


class Asking(Record, table=True):
    """A registry (kind: which) is asked about the people of a list version. people: how many; key_id seals the answers."""

    __tablename__ = "askings"

    id: int | None = number()
    version_id: int = column(LONG, "list_versions.id", index=True)
    kind: str = column(CODE)
    connector: str = column(CODE)
    source: str = column(Discreet)
    facts: Any = column(DATA)
    people: int = column(Integer)
    key_id: str = column(PSEUDONYM, "data_keys.id")
    why: str = column(Discreet)
    begun_at: datetime = column(UtcTime)
    begun_by: str = column(WHO)


class AnswerBatch(Record, table=True):
    """Answers that came together, by pseudonym, sealed. answered: of how many people."""

    __tablename__ = "answer_batches"

    asking_id: int = column(LONG, "askings.id", key=True)
    batch: int = column(Integer, key=True)
    key_id: str = column(PSEUDONYM, "data_keys.id")
    answered: int = column(Integer)
    content: bytes = column(LargeBinary)
    answered_at: datetime = column(UtcTime)
