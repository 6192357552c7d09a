"""The demonstration's decrees: each district's eligible families on one, delivered where the money had been transferred."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ejps_core.app.approving import Signature, act_on, sign
from ejps_core.app.delivering_village import Sheet, village
from ejps_core.app.demo_data import Household
from ejps_core.app.drafting import Drafting, draft_decree
from ejps_core.app.evaluating_stored import Wanted, evaluate_stored
from ejps_core.app.recording_registers import File, keep_register
from ejps_core.app.stores import Actor, StoreOptions, refuse
from ejps_core.hooks.manager import Plugins
from ejps_core.model.decreed import DecreeAct
from ejps_core.store.acts import Role

OFFICE = "Kepala Dinas Sosial"
NOT_TRANSFERRED = "75.04"
"""Pohuwato: its third phase was not transferred by the day of the position, so nobody there received."""
DELIVERED, MATCHED = date(2020, 10, 16), date(2020, 11, 30)
OFFICIALS = 25
"""People whom a later matching finds among civil servants."""


def decrees_of_all(options: StoreOptions, folder: Path, runs: Sequence[tuple[str, int]], phase: int) -> None:
    """From each run (district, number) a decree that another person approves; StoreProblem if it can't be made."""
    for district, run in runs:
        operator = Actor("Operator (buatan)", Role.DISTRICT, "peragaan", district, f"operator-{district}")
        head = Actor("Kepala Dinas (buatan)", Role.HEAD, "peragaan", district, f"kepala-{district}")
        number = refuse(
            draft_decree(options, operator, Drafting(run, "Penerima JPS tahap III (buatan)", phases=(phase,)))
        ).number
        refuse(act_on(options, operator, number, DecreeAct.CHECK))
        refuse(act_on(options, head, number, DecreeAct.APPROVE, office=OFFICE))
        paper = f"SK {number}/2020 (buatan)"
        refuse(sign(options, operator, number, Signature(paper, DELIVERED, "Kepala Daerah (buatan)", "Bupati/Wali Kota")))
        if district != NOT_TRANSFERRED:
            sheet = folder / f"lembar-{district}.txt"
            sheet.write_text(f"Tanda terima {paper}\n", encoding="utf-8")
            refuse(
                village(options, operator, Sheet(number, phase, district, DELIVERED, f"BA {number}/2020 (buatan)", sheet))
            )


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
