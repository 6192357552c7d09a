"""What a report is before it becomes a file: tables of plain values, and what a document says around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from ejps_core.model.words import Words

Value = str | int | date | None
"""A cell: text, a whole number, a day, or nothing known."""


class Show(StrEnum):
    """How a column is read and aligned."""

    TEXT = "text"
    CODE = "code"
    """A number that identifies: text, never reckoned with."""
    NUMBER = "number"
    MONEY = "money"
    """Whole rupiah."""
    PERCENT = "percent"
    """Hundredths of a percent."""
    DAY = "day"
    SIGN = "sign"
    """Room for a signature or thumb print."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. name: for machines (CSV, JSON). width: its part of the page, in centimetres; 0: what is left."""

    name: str
    title: Words
    show: Show = Show.TEXT
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values. total: a last row that sums up. marked: places (row, column) of assumed figures; row -1: the total.

    bare: without a heading in the document. unknown: what a cell says whose value is not known.
    """

    name: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    marked: frozenset[tuple[int, int]] = frozenset()
    unknown: Words = field(default_factory=lambda: Words("–", "–"))


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG text, with words for those who can't see it."""

    name: str
    svg: str
    told: Words


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its tables, and by name the facts that its template prints besides.

    lines: under the title, such as the position's moment. notes: below the tables. part: what a document in several
    files is split by, for the file's name. stamp: the moment that the file itself carries, so that it is made the same
    again. tagged: by the typesetter, for screen readers; off for very long lists whose rows it sets itself.
    """

    name: str
    title: Words
    lines: tuple[Words, ...]
    tables: tuple[Table, ...]
    notes: tuple[Words, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()
    template: str = "daftar.typ"
    part: str = ""
    stamp: datetime | None = None
    tagged: bool = True


class Takes(StrEnum):
    """Which data a report is built from, and so what the store has to give it (docs/reports.md tells their form)."""

    LEDGER = "ledger"
    """Money by phase and district."""
    LIST = "list"
    """Recipients by name and address: identities are read in clear."""
    DECIDED = "decided"
    """Families as decided, with the facts that the report names; nobody's name."""
    TARGETING = "targeting"
    """What was paid, and verdicts on both bases."""
    UNREACHED = "unreached"
    """The same, with the names of those who are entitled."""
    RECEIPTS = "receipts"
    """What was paid, by several programs."""
    HANDOVER = "handover"
    LETTER = "letter"
    """One family, with its verdict and reasons."""
    PROGRESS = "progress"
    FRAME = "frame"
    """Families to draw a sample from."""
    CHECKED = "checked"
    """Counts by stratum, after the check."""
    TRACE = "trace"
    """People of a sample, from the list to the receipt."""
    BREACH = "breach"
    """A breach of personal data, as its notice tells it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report that can be asked for by name. templates: the folder of its own templates; None: the core's.

    build: plain data (as JSON holds it) to papers, one a part; it raises ValueError for what is wrong with the data.
    takes: which data those are. facts: of decided families, the facts and definitions that it shows.
    """

    name: str
    title: Words
    build: Callable[[Mapping[str, Any]], Sequence[Paper]]
    templates: Path | None = None
    takes: Takes = Takes.DECIDED
    facts: tuple[str, ...] = ()
