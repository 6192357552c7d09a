"""The store itself and its keys: which there are, how long each is kept, which were destroyed by whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, Integer

from ejps_core.store.column_types import CODE, PSEUDONYM, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import KeyKind


class StoreIdentity(Record, table=True):
    """The one record that says which store this is; its keys lie in a folder of this name."""

    __tablename__ = "store_identity"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = column(Integer, key=True)
    store: str = column(PSEUDONYM)
    made_at: datetime = column(UtcTime)


class DataKey(Record, table=True):
    """That a key was made, and what for. The key itself is never in the database."""

    __tablename__ = "data_keys"
    __table_args__ = (one_of("kind", KeyKind),)

    id: str = column(PSEUDONYM, key=True)
    kind: str = column(CODE, index=True)
    about: str = column(Discreet)
    made_at: datetime = column(UtcTime)
    made_by: str = column(WHO)


class RetentionTerm(Record, table=True):
    """Until when a key is kept; the newest record of a key counts."""

    __tablename__ = "retention_terms"

    id: int | None = number()
    key_id: str = column(PSEUDONYM, "data_keys.id", index=True)
    until: date = column(Date)
    why: str = column(Discreet)
    set_at: datetime = column(UtcTime)
    set_by: str = column(WHO)


class KeyDestruction(Record, table=True):
    """That a key was destroyed: what it sealed can be read by nobody any more."""

    __tablename__ = "key_destructions"

    key_id: str = column(PSEUDONYM, "data_keys.id", key=True)
    why: str = column(Discreet)
    replaced_by: str | None = column(PSEUDONYM, "data_keys.id", null=True)
    destroyed_at: datetime = column(UtcTime)
    destroyed_by: str = column(WHO)
