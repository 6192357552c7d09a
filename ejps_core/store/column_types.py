"""Column types that keep a promise in both databases: moments in UTC, exact rupiah, sealed identifiers, no NIK in text."""

import re
from datetime import UTC, datetime

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from ejps_core.model.masking import UNSEEN, mask_numbers, visible
from ejps_core.store.sealing import Sealed

LONG = BigInteger().with_variant(Integer(), "sqlite")
"""Keys: in SQLite only a plain INTEGER numbers itself."""
RUPIAH = BigInteger()
"""Money in minor units, 64 bits in both databases."""
DATA = JSON().with_variant(JSONB(), "postgresql")
"""Structured data that is searched or counted."""


class UtcTime(TypeDecorator[datetime]):
    """A moment: a time without a zone is refused, and every moment comes back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedColumn(TypeDecorator[Sealed]):
    """An encrypted identifier: clear text does not get in, and what comes out is still sealed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("clear text in a sealed column")
        return value.box

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))


class Discreet(TypeDecorator[str]):
    """Free text that somebody wrote: every long number in it is masked and nothing invisible stays."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else discreet_text(value)


class DiscreetData(TypeDecorator[object]):
    """Structured data whose texts are masked like free text, keys included."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[object]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: object, dialect: Dialect) -> object:
        return discreet_data(value)


CODE = String(64)
"""Codes, kinds and numbers of districts: short texts of our own."""
HASH = String(64)
PSEUDONYM = String(16)
LONGEST_NAME = 200
WHO = String(LONGEST_NAME)


_NO_CHARACTER = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs, which a damaged file can hold and no database takes."""


def discreet_text(text: str) -> str:
    """The text with its long numbers masked, and what is invisible or no character at all marked."""
    return mask_numbers(_NO_CHARACTER.sub(UNSEEN, visible(text)))


def discreet_data(value: object) -> object:
    """The same for every text within lists and mappings."""
    match value:
        case str():
            return discreet_text(value)
        case dict():
            return {discreet_text(str(key)): discreet_data(each) for key, each in value.items()}
        case list() | tuple():
            return [discreet_data(each) for each in value]
    return value
