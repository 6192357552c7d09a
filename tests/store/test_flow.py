"""From the workbook of a district to recorded decisions, by the commands, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.store.desk import AS_OF, Desk, as_csv, heads, kk, nik, statements
from tests.store.postgres import Cluster

pytestmark = pytest.mark.slow

DYING = """
import os, sys
from ejps_core.store.session import Work
Work.point = lambda self, name: os.kill(os.getpid(), 9) if name == sys.argv[1] else None
from ejps_core.cli import main
sys.exit(main(sys.argv[2:]))
"""


def secret_forms() -> tuple[bytes, ...]:
    """All that says who somebody of the lists is, as text of either width and as numbers."""
    numbers = [each(n) for each in (kk, nik) for n in range(1, 11)]
    texts = [*numbers, "Rahasiawati"]
    return tuple(each.encode(coding) for each in texts for coding in ("utf-8", "utf-16-le")) + tuple(
        int(each).to_bytes(8, order) for each in numbers for order in ("little", "big")
    )


def test_registers_of_another_district_or_of_later_settle_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    path = tmp_path / "in-pkh.csv"
    path.write_text(f"kk\n{kk(1)}\n", encoding="utf-8")
    keep = ("register", "import", "pkh", path, "--source", "Dinas")
    assert desk.run(*keep, "--on", "2020-08-01").code == 0
    assert desk.run(*keep, "--on", "2020-07-01", "--area", "75.04").code == 0
    assert desk.decide()[:3] == (0, 0, 10)
    assert desk.decide("--known", "2020-08-01")[:3] == (0, 1, 9)
    assert desk.decide("--known", "latest")[:3] == (0, 1, 9)
    runs = desk.json("runs", "--format", "json")
    assert [each["basis"] for each in runs] == ["known_then", "known_then", "latest"]


def test_the_same_file_changes_nothing_and_a_corrected_one_only_what_changed(desk: Desk, tmp_path: Path) -> None:
    first = desk.receive(heads(tmp_path))
    assert (first["unchanged"], first["list"], first["version"], first["again"]) == (0, 1, 1, False)
    pids = [row["pid"] for row in desk.json("list", "show", "1", "--format", "json")["rows"]]
    again = desk.run("list", "import", tmp_path / "daftar.xlsx", "--district", "75.03", "--summary", "json")
    assert again.code == 0, again.err  # the mapping was confirmed: no --yes
    same = json.loads(again.out)
    assert (same["unchanged"], same["again"], same["version"]) == (10, True, 1)
    mended = desk.receive(heads(tmp_path, "perbaikan.xlsx", status="meninggal"))
    assert (mended["unchanged"], mended["list"]) == (9, 1)
    shown = desk.json("list", "show", "1", "--format", "json")
    assert [row["pid"] for row in shown["rows"]] == pids
    other = desk.receive(heads(tmp_path, "lain.xlsx", status="pindah"), "--new")
    assert (other["unchanged"], other["list"]) == (0, 2)


def test_matching_and_duplicates_go_on_record_and_an_official_answers(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    rows = (f"{nik(1)},Rahasiawati 1,aktif", f"{nik(2)},Zainudin Harun,aktif", f"{nik(3)},Rahasiawati 3,meninggal")
    path = tmp_path / "in-dukcapil.csv"
    path.write_text("\n".join(("nik,nama,status", *rows)) + "\n", encoding="utf-8")
    assert desk.run("register", "import", "dukcapil", path, "--on", "2020-07-01", "--source", "Dukcapil").code == 0
    told = desk.json("match", "1", "--register", "dukcapil", "--format", "json")
    counts = {name: count for name, count in told["counts"].items() if count}
    assert counts == {"matched": 1, "name_differs": 1, "died": 1, "not_found": 7} and told["doubtful"] == 1
    (asked,) = desk.json("match", "queue", "--format", "json")
    assert asked["candidates"][0]["row"] == "3" and "Zainudin" not in json.dumps(asked)
    answer = ("match", "answer", "--match", str(asked["match"]), "--who", "Vera", "--why", "KTP dilihat", "--which")
    assert desk.run(*answer, "9").code == 2
    assert desk.run(*answer, "3").out.strip() == "matched"
    assert desk.json("match", "queue", "--format", "json") == []
    desk.receive(heads(tmp_path, "lain.xlsx", status="pindah"), "--new")
    twice = desk.json("match", "duplicates", "2", "--format", "json")
    assert twice["counts"] == {"NIK_GANDA": 10}
    refused = desk.run("match", "1", "--register", "dukcapil", "--role", "auditor")
    assert (refused.code, "may not read" in refused.err) == (2, True)


def test_a_destroyed_input_is_told_by_replay(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    desk.decide()
    done = desk.run("keys", "destroy", desk.key(), "--why", "retensi", "--yes", "--who", "Tuna")
    assert done.code == 0, done.err
    again = desk.run("replay", "1")
    assert (again.code, "destroyed" in again.err) == (2, True)


@pytest.mark.parametrize("point", ["version-written", "people-written", "rows-written", "before-commit"])
def test_killed_while_a_list_is_recorded(desk: Desk, tmp_path: Path, point: str) -> None:
    given = ("list", "import", str(heads(tmp_path)), "--district", "75.03", "--yes", *desk.at)
    died = subprocess.run([sys.executable, "-c", DYING, point, *given], capture_output=True, check=False)
    assert died.returncode == -9
    assert desk.json("list", "list", "--format", "json") == []
    assert desk.receive(heads(tmp_path))["version"] == 1
    assert desk.run("audit", "verify").code == 0


def test_nobody_lies_in_clear_after_the_whole_flow(
    desk: Desk, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Database, its logs, keys, sealed files, temporary files: nothing but the files that were given."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    desk.receive(as_csv(heads(tmp_path)))
    desk.register("pkh", "kk", kk(1))
    desk.run("determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", statements(tmp_path, range(1, 4)))
    desk.decide()
    assert desk.run("match", "1", "--register", "pkh").code == 0
    assert desk.run("list", "export", "1", "--return", tmp_path / "in-kembali.xlsx").code == 0
    looked_at = [tmp_path]
    if desk.place.database.startswith("postgresql"):
        cluster: Cluster = request.getfixturevalue("postgres")
        cluster.run("checkpoint")
        looked_at.append(cluster.folder)
    forms, found = secret_forms(), []
    # os.walk, for databases of other tests come and go.
    for path in (Path(base) / name for folder in looked_at for base, _, names in os.walk(folder) for name in names):
        if path.is_file() and not path.name.startswith(("in-", "daftar.xlsx")):
            with suppress(FileNotFoundError):
                content = path.read_bytes()
                found += [path.name for form in forms if form in content]
    assert found == []
    assert list(scratch.iterdir()) == []
