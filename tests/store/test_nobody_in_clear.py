"""After all commands, and after killed ones, nobody lies in clear: database, dump, logs, files, temporary files.

What an official was given or asked for (lists, registers, the list given back, the letter) bears names beginning with "in-".
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ejps_core.store.opening import StorePlace
from tests.registry.online.scripted import Scripted, serving
from tests.registry.online.test_line import settings
from tests.store.desk import AS_OF, Desk, as_csv, heads, kk, nik, statements
from tests.store.postgres import Cluster, binaries
from tests.store.test_flow import DYING, secret_forms

GIVEN = ("in-", "daftar.xlsx")


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(place, tmp_path, capsys)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, of this process and of others."""
    made = tmp_path / "scratch"
    made.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(made))
    monkeypatch.setenv("TMPDIR", str(made))
    return made


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All files below a folder, and what is packed in them."""
    for base, _, names in os.walk(folder):  # databases of other tests come and go
        for path in (Path(base) / name for name in names if not name.startswith(GIVEN)):
            with suppress(FileNotFoundError):
                if path.is_file():
                    content = path.read_bytes()
                    yield path.name, content
                    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as parts:
                        yield from ((f"{path.name}:{name}", parts.read(name)) for name in parts.namelist())


def dumped(desk: Desk, request: pytest.FixtureRequest) -> Iterator[tuple[str, bytes]]:
    """What PostgreSQL says when it is dumped, where nothing is packed; and the files of its cluster."""
    if not desk.place.database.startswith("postgresql"):
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    cluster.run("checkpoint")
    yield from contents(cluster.folder)
    dump = subprocess.run([str(binaries() / "pg_dump"), "--inserts", desk.place.database], capture_output=True, check=True)
    assert b"INSERT INTO public.people" in dump.stdout
    yield "dump", dump.stdout
    hexadecimal = dump.stdout.replace(b"\\x", b" ").split()
    yield "dump, binary", b" ".join(bytes.fromhex(each.decode()) for each in map(_hexadecimal, hexadecimal) if each)


def _hexadecimal(word: bytes) -> bytes:
    digits = word.rstrip(b"',);")
    return digits if len(digits) % 2 == 0 and len(digits) > 15 and not digits.strip(b"0123456789abcdef") else b""


def in_clear(desk: Desk, request: pytest.FixtureRequest) -> list[str]:
    """Where somebody is found."""
    forms = (*secret_forms(), b"Jalan Rahasia")
    looked_at = (*contents(desk.folder), *dumped(desk, request))
    return sorted({name for name, content in looked_at for form in forms if form in content})


def test_after_all_commands(desk: Desk, tmp_path: Path, scratch: Path, request: pytest.FixtureRequest) -> None:
    desk.receive(as_csv(heads(tmp_path)))
    desk.register("pkh", "kk", kk(1))
    rows = "\n".join(f"{nik(n)},Rahasiawati {n},aktif,Jalan Rahasia {n}" for n in range(1, 9))
    path = tmp_path / "in-dukcapil.csv"
    path.write_text(f"nik,nama,status,alamat\n{rows}\n", encoding="utf-8")
    assert desk.run("register", "import", "dukcapil", path, "--on", "2020-07-01", "--source", "Dukcapil").code == 0
    assert desk.run("match", "1", "--register", "dukcapil").code == 0
    assert desk.run("match", "duplicates", "1").code == 0
    with serving(Scripted(names={nik(2): "differs"}, statuses={nik(3): "Jalan Rahasia 3"})) as script:
        toml = settings(tmp_path, url=script.url)
        assert desk.run("register", "ask", "dukcapil", "--list", "1", "--settings", toml).code == 0
    file = statements(tmp_path, range(1, 4))
    assert desk.run("determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", file).code == 0
    desk.decide()
    assert desk.json("replay", "1", "--format", "json")["equal"]
    assert desk.run("list", "export", "1", "--return", tmp_path / "in-kembali.csv").code == 0
    asked = ("subject", nik(1), "--why", "permintaan", "--letter", tmp_path / "in-surat.txt")
    assert desk.run(*asked).code == 0
    assert in_clear(desk, request) == []
    assert list(scratch.iterdir()) == []
    (tmp_path / "planted").write_text(f"x{nik(5)}", encoding="ascii")
    assert in_clear(desk, request) == ["planted"], "the search finds what there is"


POINTS = {
    "import": ("rows-written", "before-commit"),
    "register": ("before-audit", "before-commit"),
    "export": ("before-audit", "before-commit", "after-commit"),
    "ask": ("answers-written", "before-commit"),
    "subject": ("before-commit",),
}


def test_after_commands_that_were_killed(desk: Desk, tmp_path: Path, scratch: Path, request: pytest.FixtureRequest) -> None:
    """What a killed command leaves shows nobody, but for the file it was about to hand out; that goes with the next run."""
    desk.receive(as_csv(heads(tmp_path)))
    (tmp_path / "in-lain.csv").write_bytes((tmp_path / "in-daftar.csv").read_bytes() + b"\n")
    (tmp_path / "in-pkh.csv").write_text(f"kk\n{kk(1)}\n", encoding="utf-8")
    back = tmp_path / "in-kembali.csv"
    with serving(Scripted()) as script:
        commands: dict[str, tuple[object, ...]] = {
            "import": ("list", "import", tmp_path / "in-lain.csv", "--district", "75.03", "--yes", "--new"),
            "register": ("register", "import", "pkh", tmp_path / "in-pkh.csv", "--on", "2020-07-01", "--source", "x"),
            "export": ("list", "export", "1", "--return", back),
            "ask": ("register", "ask", "dukcapil", "--list", "1", "--settings", settings(tmp_path, url=script.url)),
            "subject": ("subject", nik(1), "--why", "permintaan"),
        }
        for name, points in POINTS.items():
            for point in points:
                given = (*map(str, commands[name]), *desk.at)
                died = subprocess.run([sys.executable, "-c", DYING, point, *given], capture_output=True, check=False)
                assert died.returncode == -9, (name, point, died.stderr)
        assert in_clear(desk, request) == []
        assert desk.run(*commands["export"]).code == 0  # type: ignore[arg-type]
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".ejps-tmp")]
    for each in scratch.rglob("*"):
        assert each.is_dir() or each.is_symlink(), "no content was ever there"
    assert desk.run("audit", "verify").code == 0
