"""What the stations of money, and the other kinds of entries, are called in files and at the desk."""

from __future__ import annotations

from collections.abc import Mapping

from ejps_core.aid.entries import TITLES, Step
from ejps_core.registry.marks import normal

_SHORT = {
    Step.CEILING: ("pagu",),
    Step.REQUEST: ("permintaan",),
    Step.ADVANCE: ("talangan",),
    Step.TRANSFER: ("salur", "disalurkan", "ditransfer", "sp2d"),
    Step.PACKAGE: ("paket",),
    Step.TAX: ("pajak",),
    Step.DISTRIBUTION: ("distribusi",),
    Step.RECEIPT: ("diterima", "realisasi", "received"),
    Step.REFUND: ("pengembalian", "kembali"),
    Step.FAILURE: ("gagal",),
}
WORDS: Mapping[str, Step] = {
    normal(word): step for step, short in _SHORT.items() for word in (step.value, TITLES[step].id, TITLES[step].en, *short)
}
"""The stations by what they may be called, in compared form."""
TARGET, REPORT = "target", "report"
_OTHERS = {
    **dict.fromkeys(map(normal, ("sasaran", "target", "SK", "penetapan", "decree")), TARGET),
    **dict.fromkeys(map(normal, ("laporan", "report", "laporan daerah")), REPORT),
}
SAID = ", ".join((*(short[0] for short in _SHORT.values()), "sasaran", "laporan"))
"""The Indonesian words, to be named where another stands."""
ENGLISH = ", ".join((*(step.value for step in _SHORT), "target", "report"))


def step_named(text: str) -> Step | str | None:
    """The station that a word names; TARGET or REPORT for the other kinds of entries; None: neither."""
    word = normal(text)
    return WORDS.get(word) or _OTHERS.get(word)
