"""Which row of a dated parameter applies: in force on the decision date, and published by the known date."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.model.ruleset import Parameter, ParameterRow


@dataclass(frozen=True, slots=True)
class AsOf:
    """The decision date, and the date up to which publications are known (days since 1970-01-01).

    Equal by default; `known` later than `on` is a run on the latest data and must say so (SCENARIOS: "data terbaru").
    """

    on: int
    known: int


def row_at(parameter: Parameter, as_of: AsOf) -> ParameterRow | None:
    """The latest in force among the rows in force and published; None is an error, never a default."""
    rows = [row for row in parameter.rows if row.since <= as_of.on and row.published <= as_of.known]
    return max(rows, key=lambda row: row.since, default=None)


def unpublished_newer(parameter: Parameter, as_of: AsOf) -> ParameterRow | None:
    """A row that is in force but was not yet published by the known date: worth a remark."""
    used = row_at(parameter, as_of)
    rows = [row for row in parameter.rows if row.since <= as_of.on and row.published > as_of.known]
    newest = max(rows, key=lambda row: row.since, default=None)
    return newest if newest and (used is None or newest.since > used.since) else None
