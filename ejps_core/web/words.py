"""Words that several pages say: states, stages, verdicts of rows, names of districts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

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


@cache
def district_names() -> Mapping[str, str]:
    """The names of districts by code."""
    return {code: name for code, name in region_names().items() if code.count(".") == 1}


__all__ = ["ROW_VERDICTS", "STAGES", "STATES", "district_names"]
