"""The reports that can be asked for at a door: what each is made of, and whether names are read for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ejps_core.hooks.manager import Plugins
from ejps_core.model.paper import Takes
from ejps_core.model.words import Words

OF: Mapping[Takes, tuple[str, ...]] = {
    Takes.LEDGER: ("position",),
    Takes.LIST: ("decree", "phase", "full"),
    Takes.DECIDED: ("run",),
    Takes.LETTER: ("run", "whom", "paper"),
    Takes.TARGETING: ("runs", "phase"),
    Takes.UNREACHED: ("runs", "phase"),
    Takes.RECEIPTS: ("decrees", "phase", "allowed"),
    Takes.HANDOVER: ("handover",),
    Takes.PROGRESS: ("decree", "phase"),
    Takes.FRAME: ("sample",),
    Takes.CHECKED: ("sample",),
    Takes.TRACE: ("sample",),
}
"""What is asked for each kind of report: a run, a decree, a sample on record …"""
NAMED = frozenset({Takes.LIST, Takes.LETTER, Takes.UNREACHED, Takes.RECEIPTS, Takes.HANDOVER, Takes.FRAME, Takes.TRACE})
"""Those for which identities are read: role, purpose and reason are asked for."""
OF_PROVINCE = frozenset({Takes.LEDGER, Takes.RECEIPTS, Takes.FRAME, Takes.CHECKED, Takes.TRACE})
"""Those of the whole province."""


@dataclass(frozen=True, slots=True)
class OnShelf:
    """A report by name. asks: what it is made of. named: names are read. whole: of the whole province."""

    name: str
    title: Words
    asks: tuple[str, ...]
    named: bool
    whole: bool
    plugin: str


def shelf(plugins: Plugins) -> tuple[OnShelf, ...]:
    """Every installed report that is made of what is on record."""
    return tuple(
        OnShelf(
            each.what.name, each.what.title, OF[each.what.takes], each.what.takes in NAMED,
            each.what.takes in OF_PROVINCE, "" if each.built_in else each.plugin,
        )
        for each in plugins.reports
        if each.what.takes in OF
    )  # fmt: skip
