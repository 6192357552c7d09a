"""Rows inside a table that are no families: totals, and headers that are repeated on every printed page."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Listing, Texts
from ejps_core.model.ruleset import Field
from ejps_core.registry.columns import holds_card
from ejps_core.registry.cutting import kept
from ejps_core.registry.headers import forms
from ejps_core.registry.marks import normal, visible
from ejps_core.registry.problems import Problem, remark

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]

_TOTAL = re.compile(r"(?:(?:sub|grand)[\s-]*)?(?:jumlah|jml|total)\b.*", re.IGNORECASE | re.DOTALL)

_TOTALS = remark(
    "total-row",
    "Baris jumlah; dilewati.",
    "A row of totals; skipped.",
    "Tidak perlu apa-apa; jumlah dihitung sendiri oleh sistem.",
    "Nothing to do; totals are counted anyway.",
)
_HEADERS = remark(
    "header-repeated",
    "Judul kolom yang diulang; dilewati.",
    "The headers once more; skipped.",
    "Tidak perlu apa-apa.",
    "Nothing to do.",
)


def without_totals(listing: Listing, place: int, key: Field) -> tuple[Listing, list[Diagnostic]]:
    """The list without rows of totals and repeated headers, and a remark on each; `place`: the column of the key.

    A row of totals has no usable key, and the first of its cells that isn't blank begins with such a word.
    """
    if listing.header_row is None or not len(listing):
        return listing, []
    column = listing.fetch([place])[0]
    if not isinstance(column, Texts):
        return listing, []
    card, named = holds_card(key), {*forms(key), normal(listing.headers[place])}
    sure = pc.match_substring_regex(column.texts, r"^\d{10,}$" if card else r"^\d+$")
    doubtful = np.flatnonzero(~sure.to_numpy(zero_copy_only=False)).tolist()
    texts = {i: visible(column.texts[i].as_py()) for i in doubtful}
    again = _rows(column, [i for i, text in texts.items() if normal(text) in named])
    keyless = _rows(column, [i for i, text in texts.items() if _is_no_key(text, card)])
    totals = _begins_with_total(listing, np.flatnonzero(keyless & ~again))
    again |= _like_above(listing, np.flatnonzero(keyless | again))
    skipped = totals | again
    if not skipped.any():
        return listing, []
    found = [_said(listing, row, _HEADERS if again[row] else _TOTALS) for row in np.flatnonzero(skipped).tolist()]
    return kept(listing, ~skipped), found


def _like_above(listing: Listing, rows: Longs) -> Bools:
    """Which of the rows repeat a row that stands above the table: titles, lines of headers, numbers of the columns."""
    result = np.zeros(len(listing), np.bool_)
    above = {_compared(texts[: len(listing.headers)]) for _, _, texts in listing.above} - {()}
    if not above or not len(rows):
        return result
    columns = [column for column in listing.fetch(range(len(listing.headers))) if isinstance(column, Texts)]
    for row in rows.tolist():
        result[row] = _compared([column.text(row) for column in columns]) in above
    return result


def _compared(texts: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """The filled cells of a row with their places."""
    return tuple((place, normal(text)) for place, text in enumerate(texts) if text.strip(" \x00"))


def _rows(column: Texts, about: list[int]) -> Bools:
    """The rows that hold one of these distinct cells."""
    mask = np.zeros(len(column.texts), np.bool_)
    mask[about] = True
    found: Bools = mask[column.codes]
    return found


def _is_no_key(text: str, card: bool) -> bool:
    return not text or _TOTAL.fullmatch(text) is not None or (card and sum(c.isdigit() for c in text) < 10)


def _begins_with_total(listing: Listing, rows: Longs) -> Bools:
    """Which of the rows have a word of totals as the first cell that isn't blank."""
    result = np.zeros(len(listing), np.bool_)
    waiting = rows
    for place in range(len(listing.headers)):
        column = listing.fetch([place])[0]
        if not len(waiting) or not isinstance(column, Texts):
            break
        texts = [visible(text) for text in column.texts.to_pylist()]
        blank = np.array([not text for text in texts], np.bool_)[column.codes[waiting]]
        total = np.array([_TOTAL.fullmatch(text) is not None for text in texts], np.bool_)[column.codes[waiting]]
        result[waiting[total]] = True
        waiting = waiting[blank]
    return result


def _said(listing: Listing, row: int, problem: Problem) -> Diagnostic:
    return problem.at(listing.cell(row))
