"""Parameters whose value is overdue for renewal on a date, or not yet published then."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ejps_core.model.asof import AsOf, row_at, unpublished_newer
from ejps_core.model.calendar import day_of
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Parameter, ParameterRow, Ruleset
from ejps_core.model.words import Words

CODE = "stale-parameter"
GRACE = 366
"""Days: a value may be this much older than the longest time between two renewals."""


def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterator[Diagnostic]:
    """A finding for each parameter whose value on the date is overdue, missing or not the newest; none without a date."""
    if as_of is None:
        return
    for parameter in ruleset.parameters:
        row, newer = row_at(parameter, as_of), unpublished_newer(parameter, as_of)
        if newer is not None:
            yield _unpublished(parameter, newer, as_of)
        elif row is None:
            yield _nothing_yet(parameter, as_of)
        elif _overdue(parameter, row, as_of):
            yield _old(parameter, row, as_of)


def _overdue(parameter: Parameter, row: ParameterRow, as_of: AsOf) -> bool:
    """Whether a value that has been renewed before should have been again; a value that never was may be for good."""
    days = sorted(each.since for each in parameter.rows if each.since <= row.since)
    gaps = [later - earlier for earlier, later in pairwise(days)]
    return bool(gaps) and as_of.on - row.since > max(gaps) + GRACE


def _old(parameter: Parameter, row: ParameterRow, as_of: AsOf) -> Diagnostic:
    since, on = day_of(row.since), day_of(as_of.on)
    return _finding(
        row,
        Words(
            f"Nilai {parameter.name} sejak {since} biasanya sudah diperbarui pada {on}.",
            f"The value of {parameter.name} of {since} would usually have been renewed by {on}.",
        ),
        Words("Cari penetapan yang terbaru dan tambahkan barisnya.", "Look for the newest decree and add its row."),
    )


def _unpublished(parameter: Parameter, row: ParameterRow, as_of: AsOf) -> Diagnostic:
    published, on = day_of(row.published), day_of(as_of.on)
    return _finding(
        row,
        Words(
            f"Nilai {parameter.name} ini baru diumumkan {published}, sesudah {on}.",
            f"This value of {parameter.name} was published on {published}, after {on}.",
        ),
        Words(
            "Putusan tanggal itu memakai nilai sebelumnya; pastikan memang begitu.",
            "Decisions of that date use the value before; make sure that this is meant.",
        ),
    )


def _nothing_yet(parameter: Parameter, as_of: AsOf) -> Diagnostic:
    on = day_of(as_of.on)
    return _finding(
        parameter,
        Words(f"{parameter.name} belum bernilai pada {on}.", f"{parameter.name} has no value yet on {on}."),
        Words("Tambahkan nilai yang berlaku pada tanggal itu.", "Add the value in force on that date."),
    )


def _finding(at: Parameter | ParameterRow, words: Words, mend: Words) -> Diagnostic:
    return Diagnostic(CODE, Severity.REMARK, at.span, words, mend)
