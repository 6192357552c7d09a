"""What the demonstration learns afterwards: a matching of November, and the lists decided once more on it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ejps_core.app.demo_data import Household
from ejps_core.app.evaluating_stored import Wanted, evaluate_stored
from ejps_core.app.recording_registers import File, keep_register
from ejps_core.app.stores import Actor, StoreOptions, refuse
from ejps_core.hooks.manager import Plugins

MATCHED = date(2020, 11, 30)
OFFICIALS = 25
"""People whom a later matching finds among civil servants."""


def later_matching(
    options: StoreOptions, folder: Path, actor: Actor, families: Sequence[Household], plugins: Plugins
) -> None:
    """Civil servants by a matching in November, which no phase could know."""
    heads = [each.head for each in families if each.listed]
    path = folder / "asn.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("nik",), *((head.nik,) for head in heads[:: len(heads) // OFFICIALS] if head.nik)])
    refuse(keep_register(options, actor, File("asn", path, MATCHED, "peragaan"), None, plugins))


def on_latest_data(
    options: StoreOptions, actor: Actor, program: str, lists: Sequence[int], on: date, plugins: Plugins
) -> None:
    """Each list decided once more, on whatever is known by now."""
    for number in lists:
        refuse(evaluate_stored(options, actor, Wanted(program, number, on, date.max), plugins))
