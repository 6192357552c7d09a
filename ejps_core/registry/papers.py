"""Small files that officials write: a row a statement, headers in either language, every cell with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ejps_core.model.declared import Reader
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Kind, Listing, Texts
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell, Span
from ejps_core.model.types import Code
from ejps_core.model.words import Words
from ejps_core.registry.marks import normal, visible
from ejps_core.registry.problems import apart, error
from ejps_core.registry.sources import open_single
from ejps_core.registry.typed import as_texts


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what it is called (Indonesian first), and whether every row must have it."""

    name: str
    english: str
    needed: bool = True
    also: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """What its header may be, in compared form."""
        return tuple(normal(text) for text in (self.name, self.english, *self.also))


@dataclass(frozen=True, slots=True)
class Statement:
    """A row: heading -> (text, kind of cell); blank cells are left out. `row`: from 0."""

    cells: Mapping[str, tuple[str, Kind]]
    row: int
    listing: Listing

    def text(self, name: str) -> str:
        """A cell as text; '' if it is blank."""
        return self.cells.get(name, ("", Kind.TEXT))[0]

    def place(self, column: str | None = None, value: str | None = None) -> Cell:
        """Where it stands."""
        return self.listing.cell(self.row, column, value)


def read_statements(
    path: Path, headings: Sequence[Heading], readers: Sequence[Reader]
) -> tuple[list[Statement], list[Diagnostic]]:
    """The rows of such a file; an error if it can't be used, a finding that sets apart for a row that lacks something."""
    first = headings[0]
    key = Field(first.name, Words(first.name, first.english), Code(), Level.FAMILY, Span("", 1, 1, 1, 1))
    opened = open_single(path, key, readers)
    findings = list(opened.findings)
    listing = opened.families
    if listing is None:
        return [], findings
    rows, said = statements(listing, headings)
    return rows, [*findings, *said]


def statements(listing: Listing, headings: Sequence[Heading]) -> tuple[list[Statement], list[Diagnostic]]:
    """The rows of a listing as statements, with the same findings."""
    findings: list[Diagnostic] = []
    heads = [normal(header) for header in listing.headers]
    places = {h.name: heads.index(form) for h in headings for form in h.forms[::-1] if form in heads}
    missing = [h.name for h in headings if h.needed and h.name not in places]
    if missing:
        return [], [_no_columns(listing, missing, headings)]
    columns = dict(zip(places, listing.fetch(list(places.values())), strict=True))
    texts = {n: c if isinstance(c, Texts) else as_texts(c, exact=True) for n, c in columns.items()}
    rows = []
    for row in range(len(listing)):
        cells = {}
        for name, column in texts.items():
            text = visible(column.text(row))
            if text:
                cells[name] = (text, Kind(int(column.kinds[int(column.codes[row])])))
        if not cells:
            continue
        lacking = [h.name for h in headings if h.needed and h.name not in cells]
        if lacking:
            findings.append(_lacking(listing.cell(row, lacking[0]), lacking))
        else:
            rows.append(Statement(cells, row, listing))
    return rows, findings


def _no_columns(listing: Listing, missing: list[str], headings: Sequence[Heading]) -> Diagnostic:
    own, english = ", ".join(h.name for h in headings), ", ".join(h.english for h in headings)
    return error(
        "statement-column-missing",
        listing.cell(),
        f"Tidak ada kolom {', '.join(missing)}.",
        f"There is no column {', '.join(missing)}.",
        f"Kolomnya: {own}.",
        f"Its columns: {english} (or {own}).",
    )


def _lacking(place: Cell, lacking: list[str]) -> Diagnostic:
    named = ", ".join(lacking)
    return apart(
        "statement-incomplete",
        f"Baris ini tidak dipakai: {named} belum diisi.",
        f"This row is not used: {named} is not filled in.",
        "Pernyataan tanpa penanggung jawab, alasan, dokumen, atau tanggal tidak berlaku; lengkapi barisnya.",
        "A statement without who, why, document or date does not count; complete the row.",
    ).at(place)
