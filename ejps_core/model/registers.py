"""Registers beside a list: what they say on a day, where they are declared complete, what officials determined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.declared import Identity
from ejps_core.model.span import Place
from ejps_core.model.words import Words

RULE = "aturan:"
"""How the fact of a determination begins that settles the outcome of a rule: aturan:PROGRAM.ID."""
AWARDS = "penerima"
"""The register of awards: who was given which program's aid, in which phase, by which list."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A register as it stood on a day, read for the facts that it settles.

    on: the day, None: not said. rows: how many rows it has; unusable: those by whose key nobody can be found. keys: the
    keys of all rows, canonical; null: not usable. values: fact ('name', 'member.name') -> a value a row, null: silent; None:
    being in it means yes. Rows of one key say what they say together; `own` is what each says by itself. names: how matching
    calls the rows; None: nobody is matched with it.
    """

    name: str
    title: Words
    key: Identity
    file: str
    on: int | None
    digest: str
    rows: int
    unusable: int
    keys: pa.Array
    values: Mapping[str, pa.Array | None]
    own: Mapping[str, pa.Array | None] = field(default_factory=dict)
    names: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A register is complete for an area (a region code) as it stood on a day; `who` says so. Absent then means no.

    rows: how many rows the register has, as it says; None: not said.
    """

    register: str
    area: str
    on: int
    who: str
    place: Place | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Awards:
    """Awards on record, one a row: key columns may have nulls. phase 0: not said. Days since 1970-01-01.

    sources: where each row stands; none: all in the file of the register.
    """

    families: pa.Array
    persons: pa.Array
    programs: tuple[str, ...]
    phases: tuple[int, ...]
    lists: tuple[str, ...]
    areas: tuple[str, ...]
    days: tuple[int | None, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Determination:
    """What an official determined: a fact of a family or a person, or what a rule's condition comes to (`aturan:…`)."""

    family: str
    person: str | None
    fact: str
    value: bool | int | str
    said: Words
    """The value in words."""
    who: str
    why: str
    document: str
    on: int
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The rows of a file of determinations: all, those that can't be used, those that say once more what another says."""

    read: int = 0
    unusable: int = 0
    repeated: int = 0


NO_ROWS = RowsRead()
"""Of no file."""


class Effect(StrEnum):
    """What became of a determination."""

    USED = "used"
    UNNEEDED = "unneeded"
    """The fact was known, and is the same."""
    CONTRADICTED = "contradicted"
    """The fact was known, and is another."""
    LATER = "later"
    """Dated after what may be known."""
    NOBODY = "nobody"
    """About nobody who is decided."""


@dataclass(frozen=True, slots=True)
class Determined:
    """A determination, the title of what it is about, what became of it, and the row of the list (None: nobody's)."""

    determination: Determination
    what: Words
    effect: Effect
    row: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterUsed:
    """A register that a run looked into: its day, rows, SHA-256, the facts it settles, the declarations that were used."""

    name: str
    title: Words
    file: str
    on: int | None
    rows: int
    digest: str
    facts: tuple[str, ...]
    declarations: tuple[Declaration, ...]
