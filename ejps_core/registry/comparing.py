"""A corrected list against the one before: which rows are the same, which have changed, which are new, which are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ejps_core.model.verdicts import JudgedRow


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of the new list by what they are against the old one; `removed` are old rows."""

    unchanged: tuple[JudgedRow, ...]
    changed: tuple[JudgedRow, ...]
    added: tuple[JudgedRow, ...]
    removed: tuple[JudgedRow, ...]

    @property
    def same(self) -> bool:
        """Whether nothing has changed."""
        return not (self.changed or self.added or self.removed)


def compared(old: Sequence[JudgedRow], new: Sequence[JudgedRow]) -> Compared:
    """The new rows against the old ones, whatever their order: by identity, then by content.

    A row whose identity was mended (a NIK that had a wrong digit) is known by its place, if it is where a row is missing.
    """
    before = {row.identity: row for row in old}
    unchanged, changed, unknown = [], [], []
    for row in new:
        was = before.pop(row.identity, None)
        if was is None:
            unknown.append(row)
        elif was.digest == row.digest:
            unchanged.append(row)
        else:
            changed.append(row)
    left = {(row.unit, row.sheet, row.row): row for row in before.values()}
    added = []
    for row in unknown:
        if left.pop((row.unit, row.sheet, row.row), None) is None:
            added.append(row)
        else:
            changed.append(row)
    return Compared(tuple(unchanged), tuple(changed), tuple(added), tuple(left.values()))
