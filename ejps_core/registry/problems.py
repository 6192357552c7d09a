"""What can be said of a cell, and how it becomes a located finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ejps_core.model.diagnostic import Diagnostic, Severity, Why
from ejps_core.model.span import Place
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding without its place: the same for every cell with the same content."""

    code: str
    words: Words
    mend: Words
    severity: Severity = Severity.REMARK

    def at(self, place: Place | None, why: Why | None = None) -> Diagnostic:
        """The finding at a place."""
        return Diagnostic(self.code, self.severity, place, self.words, self.mend, why)


Value = bool | int | str | None
Reading = tuple[Value, tuple[Problem, ...]]
"""A cell's value (None: unknown) and what is to be said of it."""

Note = tuple[int, Diagnostic]
"""A finding and the data row (from 0) that it is about; -1: about the list or a whole column."""


def remark(code: str, id_words: str, en_words: str, id_mend: str, en_mend: str) -> Problem:
    """A problem that keeps the row."""
    return Problem(code, Words(id_words, en_words), Words(id_mend, en_mend))


def unknown(code: str, id_words: str, en_words: str, id_mend: str, en_mend: str) -> Reading:
    """A cell whose fact is taken as unknown, and why."""
    return None, (
        Problem(
            code,
            Words(f"{id_words}; dianggap belum diketahui.", f"{en_words}; taken as unknown."),
            Words(id_mend, en_mend),
        ),
    )


def apart(code: str, id_words: str, en_words: str, id_mend: str, en_mend: str) -> Problem:
    """A problem that sets the row apart."""
    return Problem(code, Words(id_words, en_words), Words(id_mend, en_mend), Severity.SET_APART)


def error(code: str, place: Place | None, id_words: str, en_words: str, id_mend: str, en_mend: str) -> Diagnostic:
    """A finding that stops the run."""
    return Diagnostic(code, Severity.ERROR, place, Words(id_words, en_words), Words(id_mend, en_mend))


def rows_apart(notes: Iterable[Note]) -> set[int]:
    """The data rows that are set apart."""
    return {row for row, finding in notes if row >= 0 and finding.severity is Severity.SET_APART}


def counted(count: int, one: str, many: str) -> str:
    """A number with its English noun: 1 row, 2 rows."""
    return f"{count} {one if count == 1 else many}"


class DamagedError(Exception):
    """A file that could be opened turns out to be damaged further on; `finding` says where."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.code)
        self.finding = finding
