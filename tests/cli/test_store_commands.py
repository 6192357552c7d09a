"""`ejps store`, `keys`, `audit`, `subject`: from making a store to finding that somebody changed its log."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ejps_core.app.stores import StoreOptions, place_of
from ejps_core.cli import main
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.lists import receive
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.schema import newest
from tests.cli.shell import Result
from tests.store.sample import NIKS, sample

WHY = ("--why", "permintaan lisan")


class Office:
    """A working folder with a store, and commands run in it, in this process: a dozen would take half a minute else."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture
        self.keys = folder / "elsewhere"

    def run(self, *arguments: str) -> Result:
        self.capture.readouterr()
        code = main([*arguments, "--lang", "en"])
        told = self.capture.readouterr()
        return Result(code, told.out, told.err)

    def receive(self) -> None:
        place = StorePlace(str(self.folder / ".ejps" / "store.db"), self.keys, self.folder / ".ejps" / "files")
        act = Act("Rahma", Role.DISTRICT, Purpose.IMPORT, datetime.now(UTC), "terima", "75.04")
        with open_store(place) as store:
            receive(store, act, sample())


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    made = Office(tmp_path, capsys)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EJPS_KEYS", str(made.keys))
    for name in ("EJPS_STORE", "EJPS_FILES", "EJPS_MASTER_KEY"):
        monkeypatch.delenv(name, raising=False)
    done = made.run("store", "init", "--who", "Sistem")
    assert done.code == 0, done.err
    assert str(made.keys) in done.out and "Back up the keys" in done.err
    made.receive()
    return made


def test_a_store_is_made_once_and_unseen_by_git(office: Office) -> None:
    assert (office.folder / ".ejps" / ".gitignore").read_text() == "*\n"
    again = office.run("keys", "init", "--who", "Sistem")
    assert (again.code, "There is a store" in again.err) == (2, True)
    assert office.run("store", "upgrade").out.startswith(f"Schema: {newest()} → {newest()}")


def test_without_a_store_or_its_keys_commands_say_what_to_do(office: Office, tmp_path: Path) -> None:
    done = office.run("audit", "verify", "--store", "nowhere.db")
    assert (done.code, "ejps store init" in done.err) == (2, True)
    assert not (tmp_path / "nowhere.db").exists()
    done = office.run("audit", "verify", "--keys", "none")
    assert (done.code, "EJPS_KEYS" in done.err) == (2, True)
    done = office.run("audit", "verify", "--store", "mysql://x/y")
    assert (done.code, "postgresql://" in done.err) == (2, True)


def test_keys_from_term_to_destruction(office: Office) -> None:
    listed = json.loads(office.run("keys", "list", "--format", "json").out)
    key = next(each["id"] for each in listed if each["kind"] == "list")
    assert office.run("keys", "retain", key, "2026-12-31", *WHY).code == 0
    assert office.run("keys", "due", "--by", "2027-01-01").out.split() == [key]
    new = office.run("keys", "rotate", key, *WHY).out.strip()
    assert office.run("keys", "rotate").code == office.run("keys", "rotate", "--index").code == 0
    done = office.run("keys", "destroy", new, *WHY, "--yes", "--who", "Budi")
    assert done.code == 0, done.err
    assert f"by Budi: {WHY[1]}" in office.run("keys", "list").out
    assert office.run("keys", "finish").out == ""
    assert office.run("keys", "destroy", "k0", *WHY, "--yes").code == 2
    assert office.run("audit", "verify").code == 0


def test_subject_access_and_who_looked(office: Office) -> None:
    held = office.run("subject", NIKS[0], *WHY, "--who", "Tuna", "--format", "json")
    assert held.code == 0, held.err
    told = json.loads(held.out)
    assert told["identities"][0]["nik"] == NIKS[0] and told["facts"][0]["in_dtks"] is True
    text = office.run("subject", NIKS[0], *WHY, "--who", "Tuna").out
    assert "subject.access" in text and "Nama Rahasia 0" in text
    assert "Nothing is held" in office.run("subject", NIKS[7], *WHY).out
    refused = office.run("subject", NIKS[0], *WHY, "--role", "province")
    assert (refused.code, "may not read" in refused.err) == (2, True)
    assert office.run("subject", NIKS[0], *WHY, "--role", "raja").code == 2
    shown = office.run("audit", "show", "--by", "Tuna", "--format", "json")
    assert {"subject.access", "people.revealed"} == {each["action"] for each in json.loads(shown.out)}
    assert NIKS[0] not in office.run("audit", "show").out


def test_a_changed_log_is_found_and_placed(office: Office) -> None:
    whole = office.run("audit", "verify")
    assert (whole.code, "whole" in whole.out, "Head: s" in whole.out) == (0, True, True)
    with sqlite3.connect(office.folder / ".ejps" / "store.db") as connection:
        connection.execute("drop trigger audit_entries_no_update")
        connection.execute("update audit_entries set who = 'Orang Lain' where action = 'list.received'")
    connection.close()
    done = office.run("audit", "verify")
    assert done.code == 4
    assert "was changed or moved: list.received" in done.err and "NOT WHOLE" in done.out


def test_where_the_store_is(tmp_path: Path) -> None:
    at_home = place_of(StoreOptions(), {"XDG_CONFIG_HOME": str(tmp_path)})
    assert at_home == StorePlace(str(Path(".ejps/store.db")), tmp_path / "ejps" / "keys", Path(".ejps/files"))
    named = {"EJPS_STORE": "postgresql://x/y", "EJPS_KEYS": "/k", "EJPS_FILES": "/f", "EJPS_MASTER_KEY": "/m/master.json"}
    assert place_of(StoreOptions(), named) == StorePlace("postgresql://x/y", Path("/k"), Path("/f"), Path("/m/master.json"))
    given = StoreOptions("a.db", Path("b"), Path("c"))
    assert place_of(given, named | {"EJPS_MASTER_KEY": ""}) == StorePlace("a.db", Path("b"), Path("c"))
