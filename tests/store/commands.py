"""Real commands in processes beside the test, forked from a server that has loaded the modules: they can be killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Timer

import openpyxl
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

import ejps_core.app.asking
import ejps_core.app.deciding_stored
import ejps_core.app.library
import ejps_core.app.matching_stored
import ejps_core.app.recording
import ejps_core.app.recording_determinations
import ejps_core.app.recording_registers
import ejps_core.app.stored_lists
import ejps_core.app.stored_runs
import ejps_core.engine.decide
import ejps_core.registry.kept_listing
import ejps_core.registry.matching.match
import ejps_core.reports.returned  # noqa: F401 - what commands load when they run: here it is loaded once
from ejps_core.cli import main
from ejps_core.store.acts import Act
from ejps_core.store.audit.verify import verify
from ejps_core.store.facts import FAMILIES, FILE, MEMBERS, TOLD, content_of
from ejps_core.store.lists import rows_of
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.registers import read_snapshot
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import (
    AuditEntry,
    Decision,
    Export,
    ListRow,
    ListVersion,
    MatchResult,
    MatchRun,
    OfficialDetermination,
    RegisterSnapshot,
    Run,
)
from tests.store.crowd import INSIDE, OUTSIDE
from tests.store.sample import SYSTEM

BUSY = b"2"
"""The command works, outside of a transaction."""


@dataclass(frozen=True)
class Orders:
    """A command, and the file that takes what it says.

    state: a file of two bytes: where the command is, and in how many transactions it has been. dies: in which transaction
    it is killed with -9, and how many seconds after that has begun; perhaps it is over by then.
    """

    arguments: tuple[str, ...]
    state: Path
    told: Path
    dies: tuple[int, float] | None = None


def context() -> ForkServerContext:
    """The server of processes."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.store.commands"])
    return made


def start(orders: Orders) -> BaseProcess:
    """A process that runs the command."""
    orders.state.write_bytes(OUTSIDE + bytes(1))
    process = context().Process(target=obey, args=(orders,))
    process.start()
    return process


def obey(orders: Orders) -> None:
    """What the process does; its exit code is the command's."""
    state = os.open(orders.state, os.O_WRONLY)
    real, transactions = Store.writing, list[str]()

    @contextmanager
    def noted(store: Store, act: Act) -> Iterator[Work]:
        with real(store, act) as work:
            transactions.append(act.purpose)
            os.pwrite(state, INSIDE + bytes([len(transactions)]), 0)
            if orders.dies is not None and orders.dies[0] == len(transactions):
                Timer(orders.dies[1], os.kill, (os.getpid(), signal.SIGKILL)).start()
            yield work
        os.pwrite(state, BUSY, 0)

    Store.writing = noted  # type: ignore[method-assign,assignment]
    with orders.told.open("w", encoding="utf-8") as told:
        sys.stdout = sys.stderr = told
        os.pwrite(state, BUSY, 0)
        code = main([*orders.arguments, "--lang", "en"])
    os._exit(code)


def whole(place: StorePlace, folder: Path) -> dict[str, int]:
    """How many of each kind are on record; every one of them is whole, and told in the log, which is whole too."""
    with open_store(place) as store:
        with store.reading() as session:
            assert verify(session, store.keys).findings == ()
            versions = session.execute(select(ListVersion)).scalars().all()
            assert len({each.file_hash for each in versions}) == len(versions), "a file twice"
            for version in versions:
                _version(store, session, version)
            for each in session.execute(select(MatchRun)).scalars():
                people = count(session, ListRow, ListRow.version_id, each.version_id)
                assert count(session, MatchResult, MatchResult.match_run_id, each.id) == people
            for run in session.execute(select(Run)).scalars():
                decided = run.counts["eligible"] + run.counts["ineligible"] + run.counts["undetermined"]
                assert count(session, Decision, Decision.run_id, run.id) == decided > 0
            snapshots = session.execute(select(RegisterSnapshot)).scalars().all()
            found = {
                "list.received": len(versions),
                "register.received": len(snapshots),
                "match.recorded": count(session, MatchRun),
                "run.recorded": count(session, Run),
                "export.made": count(session, Export),
            }
            determined = count(session, OfficialDetermination)
            told = {name: count(session, AuditEntry, AuditEntry.action, name) for name in found}
            assert told == found
        assert determined % STATEMENTS == 0, "a part of a file of determinations"
        for each in snapshots:
            assert each.id is not None
            assert read_snapshot(store, SYSTEM, each.id)[:4] == b"PAR1"
    for path in folder.glob("kembali*.xlsx"):
        openpyxl.load_workbook(path).close()
    return found | {"determined": determined}


STATEMENTS = 5
"""Rows of the file of determinations."""


def _version(store: Store, session: Session, version: ListVersion) -> None:
    assert version.id is not None
    rows = rows_of(session, version.id)
    assert [each.position for each in rows] == list(range(1, version.counts["rows"] + 1))
    for kind in (FILE, FAMILIES, MEMBERS, TOLD):
        assert content_of(store, session, version.id, kind)


def count(session: Session, table: type[SQLModel], column: object = None, value: object = None) -> int:
    asked = select(func.count()).select_from(table)
    if column is not None:
        asked = asked.where(col(column) == value)
    return int(session.execute(asked).scalar_one())


def summary(orders: Orders) -> dict[str, object]:
    """What `--summary json` said, among what else was said."""
    text = orders.told.read_text(encoding="utf-8")
    found: dict[str, object] = json.JSONDecoder().raw_decode(text[text.index("{") :])[0]
    return found
