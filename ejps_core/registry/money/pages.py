"""A file about money as rows with values: which form it has, every cell read by what its column holds, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ejps_core.model.declared import Reader
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Kind, Listing, Texts
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell, Span
from ejps_core.model.types import Code
from ejps_core.model.words import Words
from ejps_core.registry.aliases import BETWEEN
from ejps_core.registry.marks import normal, visible
from ejps_core.registry.money.cells import Value, read_cell
from ejps_core.registry.money.forms import PART, Column, Form, Holds
from ejps_core.registry.problems import Problem, error
from ejps_core.registry.sources import open_single
from ejps_core.registry.typed import as_texts

TOTALS = frozenset(("jumlah", "total", "jumlahtotal", "grandtotal", "jumlahseluruhnya"))


@dataclass(frozen=True, slots=True)
class Line:
    """A row: column -> value, blank cells left out. faults: why nothing can be made of it. total: it adds the others up."""

    values: Mapping[str, Value]
    place: Cell
    faults: tuple[Diagnostic, ...] = ()
    total: bool = False

    def text(self, name: str) -> str:
        """A cell of text; '' if it is blank."""
        found = self.values.get(name)
        return found if isinstance(found, str) else ""

    def number(self, name: str) -> int | None:
        """An amount or a count."""
        found = self.values.get(name)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def day(self, name: str) -> date | None:
        """A day."""
        found = self.values.get(name)
        return found if isinstance(found, date) else None


@dataclass(frozen=True, slots=True)
class Page:
    """A file as read. form None: it has none of the forms, or can't be read; the findings say why."""

    form: Form | None
    lines: tuple[Line, ...]
    findings: tuple[Diagnostic, ...]


def read_page(path: Path, forms: Sequence[Form], readers: Sequence[Reader], on: int) -> Page:
    """The rows of a file in the first of these forms that it has. on: the day it is read, since 1970-01-01."""
    words = [*(text for form in forms for column in form.columns for text in _headers(column)), *_parts()]
    key = _field(forms[0].key.name, forms[0].key.english)
    opened = open_single(path, key, readers, [_field(word, word) for word in words])
    if opened.families is None:
        return Page(None, (), opened.findings)
    listing = opened.families
    findings = (*opened.findings, *listing.findings)
    heads = [normal(header.replace(BETWEEN, " ")) for header in listing.headers]
    form = next((each for each in forms if not each.lacks(heads)), None)
    if form is None:
        return Page(None, (), (*findings, _no_form(listing, forms, heads)))
    return Page(form, tuple(_lines(listing, form, form.places(heads), on)), findings)


def _headers(column: Column) -> tuple[str, ...]:
    return (column.name, column.english, *column.also, f"{column.name} (Rp)")


def _parts() -> list[str]:
    plain = [word for words in PART.values() for word in words]
    return [*plain, *(f"{word} (Rp)" for word in plain), "kpm target", "sisa", "% disalurkan", "% realisasi", "no"]


def _field(name: str, english: str) -> Field:
    return Field(name, Words(name, english), Code(), Level.FAMILY, Span("", 1, 1, 1, 1))


def _lines(listing: Listing, form: Form, places: Mapping[str, int], on: int) -> list[Line]:
    columns = [each for each in form.columns if each.name in places]
    fetched = listing.fetch([places[each.name] for each in columns])
    texts = [each if isinstance(each, Texts) else as_texts(each, exact=True) for each in fetched]
    lines = []
    for row in range(len(listing)):
        cells = {}
        for column, held in zip(columns, texts, strict=True):
            if text := visible(held.text(row)):
                cells[column.name] = (column, text, Kind(int(held.kinds[int(held.codes[row])])), held.header)
        if cells:
            lines.append(_line(listing, row, cells, on))
    return lines


def _line(listing: Listing, row: int, cells: Mapping[str, tuple[Column, str, Kind, str]], on: int) -> Line:
    total = any(normal(text) in TOTALS for column, text, _, _ in cells.values() if column.holds is not Holds.AMOUNT)
    values: dict[str, Value] = {}
    faults: list[Diagnostic] = []
    for name, (column, text, kind, header) in cells.items():
        if total and normal(text) in TOTALS:
            continue
        value, problems = read_cell(column.holds, text, kind, on)
        if value is not None:
            values[name] = value
        elif problems:
            faults.append(_not_kept(problems[0]).at(listing.cell(row, header, text)))
    return Line(values, listing.cell(row), tuple(faults), total)


def _not_kept(problem: Problem) -> Problem:
    """What is wrong with a cell sets its row apart."""
    words = Words(f"Baris ini tidak dicatat. {problem.words.id}", f"This row is not kept. {problem.words.en}")
    return replace(problem, words=words, severity=Severity.SET_APART)


def _no_form(listing: Listing, forms: Sequence[Form], heads: Sequence[str]) -> Diagnostic:
    """The form that lacks least, and what it lacks."""
    near = min(forms, key=lambda form: len(form.lacks(heads)))
    own = ", ".join(each.name for each in near.lacks(heads))
    english = ", ".join(each.english for each in near.lacks(heads))
    return error(
        "money-form-unknown",
        listing.cell(),
        f"Bentuk berkas ini tidak dikenal; yang paling dekat kekurangan kolom: {own}.",
        f"The form of this file is not known; the nearest one lacks the columns: {english}.",
        "Kolom yang dikenal tertulis di docs/money.md.",
        "docs/money.md tells the columns that are known.",
    )
