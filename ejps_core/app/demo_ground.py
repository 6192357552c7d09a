"""What the demonstration has besides: a ground check with its results, minutes of handover, public holidays."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from ejps_core.app import handing_over, objecting, sampling
from ejps_core.app.decree_desk import villages
from ejps_core.app.stores import Actor, StoreOptions, refuse
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import WITA
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.acts import Role
from ejps_core.store.problems import StoreError

SIZE, SEED = 30, "undian 16-10-2020 (buatan)"
VISITED = date(2020, 10, 27)
NOT_ENTITLED, OPEN = 9, 13
"""Every so many of the visited: found not entitled; could not be judged."""
HOLIDAYS = ((date(2020, 12, 25), "Hari Natal"), (date(2021, 1, 1), "Tahun Baru"))


def ground_check(options: StoreOptions, run: int, plugins: Plugins) -> None:
    """A sample of a run, most of it visited."""
    actor = Actor("Pemeriksa (buatan)", Role.AUDITOR, "peragaan")
    drawn = refuse(sampling.draw_sample(options, actor, sampling.Drawn(run, SIZE, SEED), plugins))
    officer = Actor("Petugas kunjungan (buatan)", Role.PROVINCE, "peragaan")
    for position in range(1, drawn.size - 3):
        answer = "tidak" if position % NOT_ENTITLED == 0 else "belum" if position % OPEN == 0 else "ya"
        refuse(sampling.record_one(options, officer, drawn.number, position, answer, VISITED))


def minutes(options: StoreOptions, decree: int, phase: int, folder: Path) -> None:
    """The minutes of one village of a decree, as its list has it."""
    actor = Actor("Operator (buatan)", Role.PROVINCE, "peragaan")
    village = refuse(villages(options, decree, phase, VISITED))[0]
    count = village.recipients - village.held - village.nik_to_follow
    party = {"id": "19800101 200501 1 001", "address": "Gorontalo (buatan)"}
    values = {
        "number": "001/BAST/2020 (buatan)", "at": datetime(2020, 10, 22, 9, tzinfo=WITA).isoformat(),
        "place": f"Kantor Desa {village.name}", "phase": phase, "basis": "Keputusan Bupati (buatan)", "families": count,
        "program": {"id": "JPS Bantuan Langsung Pangan", "en": "JPS food aid"},
        "first": party | {"name": "Usman Katili", "office": "Plt. Kepala Dinas Sosial"},
        "second": party | {"name": "Rahmat Contoh", "office": "Kepala Desa"},
        "items": [{"name": "paket pangan", "volume": count, "unit": "paket", "price": village.amount // village.recipients}],
    }  # fmt: skip
    path = folder / "bast.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    refuse(handing_over.record(options, actor, handing_over.Asked(decree, village.region, path, None, "peragaan")))


def public_holidays(options: StoreOptions) -> None:
    """Two days on which offices are closed."""
    for day, name in HOLIDAYS:
        actor = Actor("TI provinsi (buatan)", Role.SYSTEM, "peragaan")
        problem = objecting.holiday(options, actor, day, name, "kalender (buatan)", withdrawn=False)
        if isinstance(problem, Diagnostic):
            raise StoreError.of(problem)
