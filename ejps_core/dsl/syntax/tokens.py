"""What syntax trees are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ejps_core.model.span import Span


class Token(NamedTuple):
    """A word or sign: the terminals it may be, its text and place (`end`: column after it), its number, its file."""

    options: tuple[str, ...]
    text: str
    line: int
    column: int
    end: int
    value: tuple[int, int, str] = (0, 0, "")
    path: str = ""
    """Numbers: whole number, digits after the comma, currency. Dates: day number. Strings: their text in the third."""

    @property
    def type(self) -> str:
        """The terminal; after parsing there is only one."""
        return self.options[0]

    def span(self, path: str) -> Span:
        """Where it stands."""
        return Span(self.path or path, self.line, self.column, self.line, self.end)


@dataclass(frozen=True, slots=True)
class Syntax:
    """What all of them carry."""

    span: Span
