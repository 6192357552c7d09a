"""Where the table begins on a page as received: titles above, headers of one or two lines, a row of column numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Column, Kind, Listing, Texts
from ejps_core.registry.aliases import BETWEEN, header_words
from ejps_core.registry.cutting import blank, kept
from ejps_core.registry.marks import normal, visible
from ejps_core.registry.problems import remark

Bools = npt.NDArray[np.bool_]
Line = tuple[int, tuple[str, ...]]
"""A row of the page: its number, its texts."""

_ENOUGH = 2
"""So many known headers in a row make it the row of headers."""
_MOST_OF = 0.6
"""Of the known headers of the best row; a title that names a place has fewer."""
_NUMBERED = 3
"""So many columns must be numbered before a row under the headers counts as their numbers."""
_NUMBER = re.compile(r"\(?\s*(\d{1,3})\s*\)?\.?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Words:
    """What may stand in a row of headers, in compared form: `key`, the spellings of the key, and `all` of them."""

    key: frozenset[str]
    all: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """Those of the rules and those of the alias table."""
        return self.all | self.key | header_words()


def laid_out(listing: Listing, words: Words) -> Listing:
    """The list with its headers taken from where they stand; what lay above is kept beside it.

    Where no row looks like headers, the first one counts, as before.
    """
    if listing.header_row is None:
        return listing
    lines: list[Line] = [(listing.header_row, listing.headers), *listing.first_rows]
    place = _header_line(lines, words)
    top, low = _two_lines(lines, place, words)
    headers = _combined(lines[top][1], lines[low][1]) if top < low else lines[low][1]
    numbered = _is_numbering(lines[low + 1][1], headers) if low + 1 < len(lines) else False
    last = low + numbered
    above = tuple((listing.sheet, *line) for line in lines[: last + 1])
    if not last and headers == listing.headers:
        listing = replace(listing, above=above)
    else:
        rows = np.ones(len(listing), np.bool_)
        rows[:last] = False
        named = _renamed(listing, headers, lines[top][0], above)
        listing = kept(named, rows) if last else named
    listing = _narrowed(listing)
    return replace(listing, findings=(*listing.findings, *_said(listing, lines, top, low, numbered)))


def _header_line(lines: Sequence[Line], words: Words) -> int:
    """The row of headers: the first with most of the known headers of the best one; else the first row."""
    hits = [len({normal(text) for text in texts if text.strip()} & words.known) for _, texts in lines]
    best = max(hits)
    for place, (_, texts) in enumerate(lines):
        keyed = any(normal(text) in words.key for text in texts)
        if (hits[place] >= max(_ENOUGH, _MOST_OF * best)) or (keyed and hits[place] >= _MOST_OF * best):
            return place
    return 0


def _two_lines(lines: Sequence[Line], place: int, words: Words) -> tuple[int, int]:
    """The first and the last line of the headers."""
    below, above = place + 1, place - 1
    if below < len(lines) and _continues(lines[place], lines[below], words):
        return place, below
    if above >= 0 and _continues(lines[above], lines[place], words) and _filled(lines[above][1]) >= _ENOUGH:
        return above, place
    return place, place


def _continues(upper: Line, lower: Line, words: Words) -> bool:
    """Whether the lower row is the second line of the upper one: words only, under at least one group of columns.

    A cell that merges both lines is blank below, or the same.
    """
    if lower[0] != upper[0] + 1:
        return False
    pairs = list(zip(upper[1], lower[1], strict=True))
    under = [(high, low) for high, low in pairs if low.strip()]
    parts = [low for high, low in under if normal(low) != normal(high)]
    if not parts or any(any(sign.isdigit() for sign in low) and normal(low) not in words.known for low in parts):
        return False
    if any(normal(high) in words.key for high, low in under if normal(low) != normal(high)):
        return False
    grouped = any(not high.strip() and low.strip() for high, low in pairs)
    merged = any(high.strip() and (not low.strip() or normal(low) == normal(high)) for high, low in pairs)
    known = any(normal(low) in words.known for low in parts)
    return grouped and merged and (known or all(_is_word(low) for low in parts))


def _is_word(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def _filled(texts: Sequence[str]) -> int:
    return sum(bool(text.strip()) for text in texts)


def _combined(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    """The headers of two lines: a group's name goes on over the columns to its right that have a name of their own below."""
    found, group = [], ""
    for high, low in zip(map(visible, upper), map(visible, lower), strict=True):
        group = high or (group if low else "")
        apart = group and low and normal(group) != normal(low)
        found.append(f"{group}{BETWEEN}{low}" if apart else low or group)
    return tuple(found)


def _is_numbering(texts: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 … or (1), (2), (3) … under every header."""
    numbers = [_NUMBER.fullmatch(visible(text)) for text, header in zip(texts, headers, strict=False) if header.strip()]
    if len(numbers) < _NUMBERED or any(number is None for number in numbers):
        return False
    found = [int(number[1]) for number in numbers if number is not None]
    return found == list(range(found[0], found[0] + len(found))) and found[0] in (0, 1)


def _renamed(
    listing: Listing, headers: tuple[str, ...], row: int, above: tuple[tuple[str | None, int, tuple[str, ...]], ...]
) -> Listing:
    """The list under other headers."""

    def fetch(places: Sequence[int]) -> list[Column]:
        columns = listing.fetch(places)
        return [replace(column, header=headers[place]) for place, column in zip(places, columns, strict=True)]

    trimmed = tuple(visible(header) for header in headers)
    return replace(listing, headers=trimmed, header_row=row, fetch=fetch, first_rows=(), above=above)


def _narrowed(listing: Listing) -> Listing:
    """The list without columns behind the last header. In a text file cells there have shifted; absent ones are told."""
    width = len(listing.headers)
    while width and not listing.headers[width - 1].strip():
        width -= 1
    if width == len(listing.headers) or not width:
        return listing
    extra = [~blank(column) for column in listing.fetch(range(width, len(listing.headers)))]
    spilled: Bools = np.logical_or.reduce(extra)
    narrow = replace(listing, headers=listing.headers[:width], beyond=len(listing.headers) - width)
    if listing.ragged:
        shifted = sorted({*listing.shifted, *np.flatnonzero(spilled).tolist()})
        return replace(narrow, short=_absent(listing.fetch([width - 1])[0]), shifted=tuple(shifted))
    if not spilled.any():
        return narrow
    own = np.logical_or.reduce([~blank(column) for column in listing.fetch(range(width))])
    return kept(narrow, own) if not own.all() else narrow


def _absent(column: Column) -> tuple[int, ...]:
    """The rows that end before this column."""
    assert isinstance(column, Texts)
    return tuple(np.flatnonzero((column.kinds == Kind.ABSENT)[column.codes]).tolist())


def _said(listing: Listing, lines: Sequence[Line], top: int, low: int, numbered: bool) -> list[Diagnostic]:
    """What was found above the first data row, in one remark."""
    if not (low or numbered):
        return []
    titles = [" ".join(text for text in texts if text.strip()) for _, texts in lines[:top]]
    shown = f": “{titles[0][:60]}”" if titles else ""
    first, last = lines[top][0], lines[low][0]
    rows = str(first) if first == last else f"{first}–{last}"
    number_id = f", nomor kolom di baris {lines[low + 1][0]}" if numbered else ""
    number_en = f", numbers of the columns in row {lines[low + 1][0]}" if numbered else ""
    above_id = f"; {len(titles)} baris di atasnya dilewati{shown}" if titles else ""
    above_en = f"; {len(titles)} row{'s' if len(titles) > 1 else ''} above skipped{shown}" if titles else ""
    problem = remark(
        "headers-found",
        f"Judul kolom ada di baris {rows}{number_id}{above_id}.",
        f"The headers stand in row {rows}{number_en}{above_en}.",
        "Tidak perlu apa-apa bila memang itu judul kolomnya.",
        "Nothing to do if these are the headers.",
    )
    return [problem.at(listing.cell())]
