"""The demonstration of the service: a store with the made-up lists of six districts, registers, and decisions.

What it is filled with is `STEPS`: a piece that is added (money, decrees) adds its step there.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ejps_core.app import complaining, delegating
from ejps_core.app.access.accounts import Grant, by_name, make_account, set_password
from ejps_core.app.access.managing import new_password
from ejps_core.app.access.sessions import end_sessions
from ejps_core.app.demo_data import POPULATION, Household, households
from ejps_core.app.demo_decrees import OFFICE as HEAD_OFFICE
from ejps_core.app.demo_decrees import decree, hand_out
from ejps_core.app.demo_ground import ground_check, minutes, public_holidays
from ejps_core.app.demo_later import later_matching, on_latest_data
from ejps_core.app.demo_list import write_list
from ejps_core.app.demo_money import enable_everywhere, money_of_three_phases
from ejps_core.app.evaluating_stored import Wanted, evaluate_stored
from ejps_core.app.importing import Incoming
from ejps_core.app.library import installed
from ejps_core.app.moments import day_in_gorontalo, now
from ejps_core.app.programs import choose
from ejps_core.app.receiving import desk_of
from ejps_core.app.recording import Matter
from ejps_core.app.recording_registers import Completeness, File, keep_register
from ejps_core.app.stores import Actor, StoreOptions, act_of, init, place_of, refuse
from ejps_core.hooks.manager import Plugins
from ejps_core.model.decreed import Capacity, Power
from ejps_core.store.acts import Purpose, Role
from ejps_core.store.delegations import Deputising
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError

PROGRAM, ON = "jps_food_aid", date(2020, 10, 16)
OFFICE = Actor("Biro P2E (buatan)", Role.PROVINCE, "peragaan")
PHASE = 3
LAUNCHED = date(2020, 4, 28)
OWN = "75.03"
"""The district whose operator and head have accounts."""
WHOLE = "lengkap"
"""A mark in the folder: the province was filled to its end."""
REGISTERS: Mapping[str, str] = {"pkh": "menerima_pkh", "bpnt": "menerima_bpnt"}


@dataclass(frozen=True, slots=True)
class Filling:
    """What a step fills."""

    options: StoreOptions
    folder: Path
    plugins: Plugins
    families: tuple[Household, ...]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration, with the password of this start."""

    name: str
    role: Role
    district: str | None
    password: str


NAMES: tuple[tuple[str, str, Role, str | None], ...] = (
    ("operator", "Rahma Pakaya", Role.DISTRICT, OWN),
    ("kepala", "Usman Katili", Role.HEAD, OWN),
    ("verifikator", "Vera Lihawa", Role.VERIFIER, None),
    ("provinsi", "Yusuf Datau", Role.PROVINCE, None),
    ("pimpinan", "Hartati Monoarfa", Role.LEADER, None),
    ("perancang", "Iswan Gobel", Role.DESIGNER, None),
    ("ti-provinsi", "Ridwan Tahir", Role.SYSTEM, None),
    ("pemeriksa", "Salma Olii", Role.AUDITOR, None),
    ("pelindungan", "Tuna Biya", Role.PROTECTION, None),
    ("pengaduan", "Nova Harun", Role.COMPLAINTS, None),
)


def options_in(folder: Path, store: str | None = None) -> StoreOptions:
    """Where the demonstration keeps its store, keys and files: all in one folder, which holds nobody's data.

    store: another place for the database, such as an empty one of PostgreSQL.
    """
    return StoreOptions(store or str(folder / "store.db"), folder / "keys", folder / "files")


def filled_province(folder: Path, tell: Callable[[str, float], None], store: str | None = None) -> StoreOptions:
    """The store of the demonstration, made where it is not there whole; StoreError if it can't be."""
    options = options_in(folder, store)
    if (folder / WHOLE).is_file() and _of_today(options):
        return options
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    fill(options, folder, tell)
    (folder / WHOLE).write_text("", encoding="ascii")
    return options


def fill(options: StoreOptions, folder: Path, tell: Callable[[str, float], None]) -> None:
    """Makes a store and fills it with the province, wherever it is. folder: for the files that are sent in on the way."""
    refuse(init(options, Actor("Demo", Role.SYSTEM)))
    filling = Filling(options, folder, installed(), tuple(households(ON)))
    for number, (name, step) in enumerate(STEPS):
        tell(name, number / len(STEPS))
        step(filling)


def accounts_for_all(options: StoreOptions) -> tuple[DemoAccount, ...]:
    """One account a role, each with a new random password that only the caller learns; older sessions end."""
    made = []
    at = now()
    with open_store(place_of(options)) as store:
        for name, full_name, role, district in NAMES:
            password = new_password()
            areas = None if district is None else frozenset({district})
            with store.reading() as session:
                known = by_name(session, name, day_in_gorontalo(at))
            with store.writing(act_of(Actor("Demo", Role.SYSTEM), Purpose.ADMINISTRATION)) as work:
                if known is None:
                    acting = role is Role.HEAD
                    grant = Grant(role, areas, ON, None, acting, "SK Plt. contoh (buatan)" if acting else None)
                    make_account(work, name, full_name, grant, password, to_change=False)
                else:
                    set_password(work, known.number, password)
            if known is not None:
                end_sessions(store, known.number, at)
            made.append(DemoAccount(name, role, district, password))
    return tuple(made)


def _of_today(options: StoreOptions) -> bool:
    """Whether this version of e-JPS can use the store that is there."""
    try:
        open_store(place_of(options)).__exit__()
    except StoreError:
        return False
    return True


def _registers(filling: Filling) -> None:
    """Two registers, declared complete for the province: who is absent from them is not in them."""
    for name, answer in REGISTERS.items():
        path = filling.folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["kk"])
            writer.writerows([each.card] for each in filling.families if each.answers.get(answer))
        actor = Actor("Dinas Sosial (buatan)", Role.PROVINCE, f"register {name}")
        kept = File(name, path, date(2020, 9, 30), "Dinas Sosial (buatan)")
        refuse(keep_register(filling.options, actor, kept, Completeness("75", "BA contoh (buatan)"), filling.plugins))


def _lists(filling: Filling) -> None:
    """Each district's list as it would send it, with the slips of the pen that real lists have."""
    ruleset = choose(PROGRAM, filling.plugins).rulesets[0]
    for district in sorted(POPULATION):
        path = filling.folder / f"calon-penerima-{district}.xlsx"
        write_list(ruleset, path, ON, district=district)
        actor = Actor("Operator (buatan)", Role.DISTRICT, f"menerima {path.name}", district)
        request = Incoming(path, district, ON, PROGRAM)
        matter = Matter("Calon penerima JPS tahap III", PROGRAM, "3")
        desk = refuse(desk_of(filling.options, actor, request, matter))
        with desk:
            refuse(desk.record(refuse(desk.read())))


def _decisions(filling: Filling) -> None:
    """Each list decided by the food aid's rules as of the meeting of 16 October 2020."""
    for number in range(1, len(POPULATION) + 1):
        actor = Actor("Operator (buatan)", Role.PROVINCE, f"menilai daftar {number}")
        refuse(evaluate_stored(filling.options, actor, Wanted(PROGRAM, number, ON), filling.plugins))


def _programs(filling: Filling) -> None:
    """The program decides in the six districts since it was launched."""
    enable_everywhere(filling.options, OFFICE, PROGRAM, LAUNCHED)


def _deputy(filling: Filling) -> None:
    """The paper by which the district's head is an acting one: without it his account approves nothing."""
    name = next(full_name for _, full_name, role, _ in NAMES if role is Role.HEAD)
    last = date(day_in_gorontalo(now()).year + 1, 12, 31)
    paper = Deputising(
        OWN, HEAD_OFFICE, Capacity.PLT, name, (Power.APPROVE, Power.SIGN), ON, last, "SK Plt. contoh (buatan)", ON
    )
    refuse(delegating.add(filling.options, OFFICE, paper))


def _money(filling: Filling) -> None:
    """The money of the three phases of 2020, with the position of 16 October and an entry after it."""
    money_of_three_phases(filling.options, OFFICE, PROGRAM, filling.plugins)


NOT_TRANSFERRED = frozenset(("75.03", "75.04", "75.05"))
"""Districts whose third phase was not transferred by the day of the position, so nobody there received."""


def _decrees(filling: Filling) -> None:
    """A decree of each district, delivered where the money was there; then what a later matching makes of it."""
    lists = tuple(enumerate(sorted(POPULATION), 1))
    for run, district in lists:
        decreed = refuse(decree(filling.options, district, run, (PHASE,), ON))
        if district not in NOT_TRANSFERRED:
            refuse(hand_out(filling.options, decreed, PHASE, ON, filling.folder))
    later_matching(filling.options, filling.folder, OFFICE, filling.families, filling.plugins)
    on_latest_data(filling.options, OFFICE, PROGRAM, [number for number, _ in lists], ON, filling.plugins)


def _complaints(filling: Filling) -> None:
    """A complaint that waits for its answer."""
    words = "Beras yang diterima kurang dari 10 kilogram di Suwawa (buatan)."
    refuse(complaining.file(filling.options, complaining.Filing(OWN, words, PROGRAM)))


def _ground(filling: Filling) -> None:
    """A ground check of the first district, minutes of its first village, two public holidays."""
    ground_check(filling.options, 1, filling.plugins)
    minutes(filling.options, 1, PHASE, filling.folder)
    public_holidays(filling.options)


STEPS: tuple[tuple[str, Callable[[Filling], None]], ...] = (
    ("programs", _programs),
    ("registers", _registers),
    ("lists", _lists),
    ("decide", _decisions),
    ("deputy", _deputy),
    ("money", _money),
    ("decrees", _decrees),
    ("complaints", _complaints),
    ("ground", _ground),
)
"""What the province is filled with, in order. One function more, one line more."""
