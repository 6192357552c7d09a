"""Which quote of a line has no partner."""

from __future__ import annotations

OTHERS = frozenset("“”„‟«»")
"""Quotes of other shapes are told apart elsewhere."""


def alone(row: str) -> tuple[int | None, bool]:
    """Where the quote without a partner stands, and whether it opens a text; (None, False) if each has its own.

    A quote with a space before it and none after it opens; one that opens while a text is open shows that the one
    before was left open.
    """
    if '"' not in row or OTHERS.intersection(row):
        return None, False
    opened: int | None = None
    for at, sign in enumerate(row):
        if sign == "#" and opened is None:
            break
        if sign != '"':
            continue
        if opened is None and _closes(row, at):
            return (at, False) if _odd(row) else (None, False)
        if opened is not None and _opens(row, at) and _odd(row):
            return opened, True
        opened = at if opened is None else None
    return opened, opened is not None


def _odd(row: str) -> bool:
    return row.count('"') % 2 == 1


def _opens(row: str, at: int) -> bool:
    before, after = row[at - 1 : at], row[at + 1 : at + 2]
    return before in (" ", "(", "\t") and after not in ("", " ", ",", ")", ":")


def _closes(row: str, at: int) -> bool:
    before, after = row[at - 1 : at], row[at + 1 : at + 2]
    return before.isalnum() and after in ("", " ", ",", ")", ":")
