"""The food aid of 2020 played through its three phases, in a store of the demonstration's own."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ejps_core.aid.position import Position
from ejps_core.app.demo_data import households
from ejps_core.app.demo_decrees import Decreed, Handed, decree, hand_out, receipts
from ejps_core.app.demo_list import write_list
from ejps_core.app.demo_money import enable_everywhere, money_of_three_phases
from ejps_core.app.evaluating_stored import Wanted, evaluate_stored
from ejps_core.app.importing import Incoming
from ejps_core.app.money.freezing import verify_positions
from ejps_core.app.receiving import desk_of
from ejps_core.app.recording import Matter
from ejps_core.app.recording_registers import Completeness, keep_register
from ejps_core.app.recording_registers import File as RegisterFile
from ejps_core.app.regions import region_names
from ejps_core.app.stores import Actor, StoreOptions, init, place_of, refuse
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.model.span import Cell
from ejps_core.model.words import Words
from ejps_core.registry.regions import DISTRICTS
from ejps_core.store.acts import Role
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import decisions_of

FIRST_DAY, MATCHED = date(2020, 4, 28), date(2020, 11, 30)
PHASES = {1: date(2020, 5, 11), 2: date(2020, 8, 10), 3: date(2020, 10, 16)}
"""When each phase is decided and delivered: assumptions. Pohuwato was ahead with the second."""
AHEAD = {("75.04", 2): date(2020, 6, 20)}
REPORTED = datetime.fromisoformat("2020-12-01T08:00:00+08:00")
MARK = "PERAGAAN"
"""Lies in the demonstration's store: only a store with it is made anew."""
OFFICIALS = 25
"""People whom a later matching finds among civil servants; the audits of 2022 found 798 in one district."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A family as it was decided for a phase: by pseudonym, with its region; on what was known then, and on the latest."""

    program: str
    phase: int
    pid: str
    region: str
    then: Verdict
    latest: Verdict


@dataclass(slots=True)
class Played:
    """What came of it. moved: whether a later entry moved the frozen position (it does not)."""

    lists: int = 0
    rows: int = 0
    registers: tuple[str, ...] = ()
    runs: int = 0
    entries: int = 0
    number: int = 0
    position: Position | None = None
    later: int = 0
    sound: bool = False
    decided: list[Decided] = field(default_factory=list)
    decrees: list[Decreed] = field(default_factory=list)
    handed: Handed = field(default_factory=Handed)
    receipts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it is played: the folder, the program's rules, the plugins, and the store within the folder."""

    folder: Path
    ruleset: Ruleset
    plugins: Plugins

    @property
    def options(self) -> StoreOptions:
        """A store that nobody else uses, its keys beside it: nobody's data are in it."""
        own = self.folder / "penyimpanan"
        return StoreOptions(str(own / "store.db"), own / "kunci", own / "berkas")

    @property
    def program(self) -> str:
        """The program that is played."""
        return self.ruleset.program


def _not_ours(folder: Path) -> Diagnostic:
    return Diagnostic(
        "demo-store-not-ours",
        Severity.ERROR,
        Cell(str(folder)),
        Words("Folder ini bukan buatan peragaan: tidak dihapus.", "This folder is not the demonstration's: it stays."),
        Words("Pilih folder lain dengan --out.", "Choose another folder with --out."),
    )


OFFICE = Actor("Biro P2E (peragaan)", Role.PROVINCE, "peragaan")


def play(stage: Stage) -> Played:
    """From an empty store to the frozen position, and an entry after it. Raises StoreError."""
    own = stage.folder / "penyimpanan"
    if own.exists() and not (own / MARK).is_file():
        raise StoreError.of(_not_ours(own))
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    (own / MARK).write_text("ejps demo\n", encoding="ascii")
    refuse(init(stage.options, Actor("Sistem (peragaan)")))
    done = Played()
    enable_everywhere(stage.options, OFFICE, stage.program, FIRST_DAY)
    lists = dict(_lists(stage, done))
    done.registers = _registers(stage)
    for district, number in lists.items():
        run = _decide(stage, district, number, done)
        done.decrees.append(refuse(decree(stage.options, district, run, tuple(PHASES), PHASES[1])))
    _money(stage, done)
    _hand_out(stage, done)
    return done


def _lists(stage: Stage, done: Played) -> Iterator[tuple[str, int]]:
    """Each district's list, as it sends it; the number of each on record."""
    folder = stage.folder / "daftar"
    folder.mkdir(exist_ok=True)
    for code, name in DISTRICTS.items():
        path = folder / f"daftar-{code}.xlsx"
        write_list(stage.ruleset, path, PHASES[3], district=code)
        actor = Actor(f"Dinas Sosial {name} (peragaan)", Role.DISTRICT, "peragaan", code)
        request = Incoming(path, code, PHASES[3], stage.program)
        with refuse(desk_of(stage.options, actor, request, Matter(title=f"JPS {name}", program=stage.program))) as desk:
            imported = refuse(desk.read())
            recorded = refuse(desk.record(imported))
            assert recorded is not None
            done.lists, done.rows = done.lists + 1, done.rows + recorded.summary.rows
            yield code, recorded.list_id


def _registers(stage: Stage) -> tuple[str, ...]:
    """PKH, declared complete; and civil servants by a matching in November, which no phase could know."""
    families = households(PHASES[3])
    pkh = [(each.card,) for each in families if each.answers["menerima_pkh"]]
    heads = [each.head for each in families if each.listed]
    officials = [(head.nik,) for head in heads[:: len(heads) // OFFICIALS] if head.nik]
    folder = stage.folder / "register"
    folder.mkdir(exist_ok=True)
    for name, header, rows, on in (
        ("pkh", ("kk",), pkh, FIRST_DAY),
        ("asn", ("nik",), officials, MATCHED),
    ):
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        complete = Completeness("75", "peragaan") if name == "pkh" else None
        refuse(keep_register(stage.options, OFFICE, RegisterFile(name, path, on, "peragaan"), complete, stage.plugins))
    return ("pkh", "asn")


def _decide(stage: Stage, district: str, number: int, done: Played) -> int:
    """The list decided for each phase, on what was known then and on the latest data; all runs are recorded.

    The number of the first run, on which the decree for all phases rests.
    """
    first = 0
    for phase, usual in PHASES.items():
        on = AHEAD.get((district, phase), usual)
        (run, then), (_, latest) = (
            _verdicts(stage, Wanted(stage.program, number, on, known, base=True)) for known in (None, date.max)
        )
        first = first or run
        done.runs += 2
        done.decided += [
            Decided(stage.program, phase, pid, region or district, verdict, latest[pid][1])
            for pid, (region, verdict) in then.items()
        ]
    return first


def _verdicts(stage: Stage, wanted: Wanted) -> tuple[int, dict[str, tuple[str | None, Verdict]]]:
    """A run that is recorded: its number, and region and verdict of each family by pseudonym."""
    (recorded,) = refuse(evaluate_stored(stage.options, OFFICE, wanted, stage.plugins))
    if recorded.run is None:
        raise StoreError.of(recorded.findings[0])
    with open_store(place_of(stage.options)) as store, store.reading() as session:
        decided = [(each.pid, Verdict(each.verdict)) for each in decisions_of(session, recorded.numbers[0])]
    regions = recorded.run.candidates.families.column("alamat").to_pylist()
    verdicts = {pid: (region, verdict) for (pid, verdict), region in zip(decided, regions, strict=True)}
    return recorded.numbers[0], verdicts


def _money(stage: Stage, done: Played) -> None:
    """The money of three phases as entries, the position of 16 October frozen, an entry that comes later."""
    booked = money_of_three_phases(stage.options, OFFICE, stage.program, stage.plugins)
    done.entries, done.number, done.position, done.later = booked.entries, booked.number, booked.position, booked.later
    done.sound = all(each.sound for each in refuse(verify_positions(stage.options, booked.number)))


def _hand_out(stage: Stage, done: Played) -> None:
    """What the villages handed out, in the phases and districts whose money had come; nothing was warned of."""
    assert done.position is not None
    paid = {(cell.phase, cell.district) for cell in done.position.cells if not cell.late}
    folder = stage.folder / "lembar"
    folder.mkdir(exist_ok=True)
    for decreed in done.decrees:
        for phase, usual in PHASES.items():
            if (phase, decreed.district) in paid:
                day = AHEAD.get((decreed.district, phase), usual)
                done.handed += refuse(hand_out(stage.options, decreed, phase, day, folder))
    done.receipts = list(receipts(stage.options, stage.program))


def targeting_data(done: Played, title: dict[str, str]) -> dict[str, Any]:
    """What the targeting report takes: who received, and who was entitled on either basis."""
    return {
        "program": title,
        "year": PHASES[3].year,
        "at": REPORTED.isoformat(),
        "by": ["phase", "district"],
        "names": region_names(),
        "receipts": done.receipts,
        "judgements": [
            {"program": each.program, "phase": each.phase, "family": each.pid, "region": each.region}
            | {"then": each.then.value, "latest": each.latest.value}
            for each in done.decided
        ],
    }
