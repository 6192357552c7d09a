"""What every table of the store shares: its metadata, with names for constraints, and columns in short form."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from ejps_core.store.column_types import LONG

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(SQLModel):
    """A record of the store: written once, never changed."""

    metadata = MetaData(naming_convention=NAMING)


def number() -> Any:  # noqa: ANN401 - the type of the attribute says what it is
    """A key that numbers itself, from 1."""
    return Field(default=None, sa_column=Column(LONG, primary_key=True))


def column(
    kind: TypeEngine[Any] | type[TypeEngine[Any]],
    refers: str | None = None,
    *,
    null: bool = False,
    key: bool = False,
    index: bool = False,
) -> Any:  # noqa: ANN401 - likewise
    """A column of this type; `refers`: table.column that must hold its value."""
    links = [ForeignKey(refers)] if refers else []
    made = Column(kind, *links, nullable=null, primary_key=key, index=index)
    return Field(default=None, sa_column=made) if null else Field(sa_column=made)


def one_of(name: str, choices: Iterable[StrEnum]) -> CheckConstraint:
    """The column holds one of the choices."""
    listed = ", ".join(f"'{choice.value}'" for choice in choices)
    return CheckConstraint(f"{name} in ({listed})", name=f"{name}_known")
