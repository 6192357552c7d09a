"""From a district's list to a decision, backed up by the commands, restored elsewhere, and decided again to the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from ejps_core.cli import main
from ejps_core.store.opening import StorePlace
from tests.cli.shell import Result
from tests.store.desk import Desk, heads, kk
from tests.store.postgres import Cluster

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = Desk(place, tmp_path, capsys)
    made.receive(heads(tmp_path), code=None)
    made.register("pkh", "kk", kk(1), kk(2))
    made.decide("--who", "Yusuf")
    return made


@pytest.fixture
def empty(place: StorePlace, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where another database may come."""
    if not place.database.startswith("postgresql"):
        yield str(tmp_path / "elsewhere" / "store.db")
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    with cluster.database(f"t{uuid4().hex}") as url:
        yield url


def run(desk: Desk, *arguments: str | Path) -> Result:
    """A command with nothing added to it but the language."""
    desk.capture.readouterr()
    code = main([*map(str, arguments), "--lang", "en"])
    told = desk.capture.readouterr()
    return Result(code, told.out, told.err)


def test_from_backup_to_the_same_decisions(desk: Desk, empty: str, tmp_path: Path) -> None:
    replayed = desk.run("replay", "1")
    assert (replayed.code, "0 different" in replayed.out) == (0, True), replayed.out
    data, keys, master = tmp_path / "disk-a", tmp_path / "disk-b", tmp_path / "safe" / "master.json"

    refused = desk.run("backup", "keys", keys, "--master", master)
    assert (refused.code, "who finds both can read all personal data" in refused.err) == (2, True)
    unsaid = desk.run("backup", "keys", keys, "--together")
    assert (unsaid.code, "Say where the master key is copied to" in unsaid.err) == (2, True)
    both = desk.run("backup", "keys", keys, "--together", "--master", master, "--without-master")
    assert (both.code, "one of the two" in both.err) == (2, True)

    made = desk.run("backup", "data", data, "--who", "Budi")
    assert made.code == 0, made.err
    assert "files, as of" in made.out and "Head: s" in made.out
    assert "keys are in no backup of the keys" in made.err
    made = desk.run("backup", "keys", keys, "--master", master, "--together", "--who", "Budi")
    assert (made.code, f"master key: {master}" in made.out) == (0, True), made.err
    looked = run(desk, "backup", "verify", data, "--keys", desk.place.keys)
    assert (looked.code, looked.err) == (0, ""), looked.err
    unproved = run(desk, "backup", "verify", data, "--keys", tmp_path / "none")
    assert (unproved.code, "nothing proves who made it" in unproved.err) == (3, True)
    assert run(desk, "backup", "verify", keys, "--keys", tmp_path / "none").code == 3

    at = ("--store", empty, "--keys", str(tmp_path / "k"), "--files", str(tmp_path / "f"))
    early = run(desk, "restore", "data", data, *at)
    assert (early.code, "restore it from the backup of the keys" in early.err) == (2, True)
    back = run(desk, "restore", "keys", keys, "--master", master, *at)
    assert (back.code, "Keys restored" in back.out) == (0, True), back.err
    back = run(desk, "restore", "data", data, *at, "--who", "Budi")
    assert back.code == 3, back.err  # the keys' backup has seen more of the log
    assert "This machine has seen more" in back.err
    again = run(desk, "restore", "data", data, *at)
    assert (again.code, "nothing is overwritten" in again.err) == (2, True)

    same = run(desk, "replay", "1", *at)
    assert (same.code, "0 different" in same.out) == (0, True), same.err
    checked = run(desk, "audit", "verify", *at[:4])
    assert (checked.code, "Budi restored this store from the backup of" in checked.err) == (0, True), checked.err
    shown = run(desk, "audit", "show", "--by", "Budi", *at[:4])
    assert "store.restored" in shown.out and "backup.begun" in shown.out


def test_a_changed_backup_ends_with_4(desk: Desk, empty: str, tmp_path: Path) -> None:
    data = tmp_path / "disk-a"
    assert desk.run("backup", "data", data).code == 0
    sealed = next((data / "files").rglob("*.sealed"))
    sealed.write_bytes(sealed.read_bytes() + b"x")
    looked = run(desk, "backup", "verify", data, "--keys", desk.place.keys)
    assert (looked.code, ".sealed: changed or damaged" in looked.err) == (4, True)
    shutil.rmtree(data / "files")
    back = run(desk, "restore", "data", data, "--store", empty, "--keys", desk.place.keys, "--files", tmp_path / "f")
    assert (back.code, "gone" in back.err) == (4, True)
    assert run(desk, "backup", "verify", tmp_path / "nothing", "--keys", desk.place.keys).code == 4
