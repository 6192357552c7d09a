"""Words that several pages say: states, stages, verdicts of rows, names of districts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ejps_core.aid import deadlines, decree, inspections
from ejps_core.aid.membership import KINDS, REASONS
from ejps_core.aid.payments import CAUTIONS, HOLDS, OUTCOMES, PLACES
from ejps_core.aid.signing import CAPACITIES
from ejps_core.app.access.scopes import Scope
from ejps_core.app.regions import region_names
from ejps_core.model.verdicts import RowVerdict
from ejps_core.model.words import Words
from ejps_core.service.routes.jobs import STAGES

ROW_VERDICTS = {
    RowVerdict.ACCEPTED: Words("diterima", "accepted"),
    RowVerdict.WITH_REMARK: Words("diterima dengan catatan", "accepted with a remark"),
    RowVerdict.SET_APART: Words("disisihkan", "set apart"),
}
STATES = {
    "waiting": Words("menunggu", "waiting"),
    "running": Words("berjalan", "running"),
    "done": Words("selesai", "done"),
    "failed": Words("gagal", "failed"),
    "open": Words("aktif", "open"),
    "closed": Words("ditutup", "closed"),
}

AID: Mapping[str, Mapping[Any, Words]] = {
    "state": decree.STATES,
    "act": decree.ACTS,
    "capacity": CAPACITIES,
    "kind": KINDS,
    "reason": REASONS,
    "place": PLACES,
    "outcome": OUTCOMES,
    "hold": HOLDS,
    "caution": CAUTIONS,
    "ruling": deadlines.OUTCOMES,
    "finding": inspections.STATES,
    "finding_act": inspections.ACTS,
}
"""Words of decrees and what follows them, by what they are words of."""


@cache
def district_names() -> Mapping[str, str]:
    """The names of districts by code."""
    return {code: name for code, name in region_names().items() if code.count(".") == 1}


__all__ = ["AID", "ROW_VERDICTS", "STAGES", "STATES", "district_names"]


def districts_of(scope: Scope) -> list[tuple[str, str]]:
    """The districts that a scope covers, with their names."""
    return [(code, name) for code, name in sorted(district_names().items()) if scope.covers(code)]
