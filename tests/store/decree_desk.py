"""A desk at which decrees are made by the commands: four families, two deaths, a quota of three."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from ejps_core.cli import main
from ejps_core.store.opening import StorePlace
from tests.cli.shell import Result

VILLAGE = "75.03.01.2004"
QUOTA = """ejps 1 id
ketentuan kuota_contoh "Kuota contoh" en "Example quota" mengubah jps_food_aid
    berlaku 2020-07-01 sampai 2020-08-31
    untuk "75.03"
    dasar hukum "asumsi: contoh"

pilih
    urutkan menurut terdaftar_dtks ya dahulu, kk terkecil dahulu
    paling banyak 3
    cadangan sisanya
"""
NO_AID = ("menerima_pkh", "menerima_bpnt", "menerima_bst", "menerima_blt_dd", "bantuan_pangan_lain", "keluarga_mampu")
HEAD = ("--who", "Yusuf Lihawa", "--account", "yusuf", "--office", "Kepala Dinas Sosial")
CLERK = ("--who", "Rahma", "--account", "rahma")


def kk(name: str) -> str:
    return f"750301010120{9001 + 'ABCD'.index(name)}"


def nik(name: str, number: int = 0) -> str:
    return f"75030101078{'ABCD'.index(name)}{9000 + number}"


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def lists(folder: Path, deaths: bool, without_nik: str = "") -> tuple[Path, Path]:
    """The list and its members: A with a wife and two children, B, C and D alone; D in no DTKS, so that D comes last."""
    dead = {("A", 0): "2020-08-03", ("B", 0): "2020-08-05"} if deaths else {}
    heads = [
        {
            "kk": kk(name),
            "nama_kepala": f"Contoh {name}",
            "nik": "" if name == without_nik else nik(name),
            "alamat": VILLAGE,
            "terdaftar_dtks": "tidak" if name == "D" else "ya",
            "pekerjaan_terdampak": "ya" if name == "D" else "tidak",
            "status_kepala": "meninggal" if (name, 0) in dead else "aktif",
            **dict.fromkeys(NO_AID, "tidak"),
        }
        for name in "ABCD"
    ]
    people = [
        {
            "kk": kk(name),
            "nik": "" if name == without_nik else nik(name, number),
            "nama": f"Contoh {name}{number or ''}",
            "status_dukcapil": "meninggal" if (name, number) in dead else "aktif",
            "tanggal_meninggal": dead.get((name, number), ""),
            "pegawai_negara": "tidak",
        }
        for name in "ABCD"
        for number in range(4 if name == "A" else 1)
    ]
    mark = "september" if deaths else "juli"
    return write(folder / f"k-{mark}{without_nik}.csv", heads), write(folder / f"a-{mark}{without_nik}.csv", people)


class Desk:
    """A store and the commands run on it, in this process."""

    def __init__(self, place: StorePlace, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.place, self.folder, self.capture = place, folder, capture
        (folder / "rulesets").mkdir()
        (folder / "rulesets" / "kuota.ejps").write_text(QUOTA, encoding="utf-8")
        (folder / "lembar.pdf").write_bytes(b"%PDF lembar")
        self.run("store", "init", "--who", "Sistem")

    def run(self, *arguments: str | Path, code: int = 0) -> Result:
        self.capture.readouterr()
        ended = main([*map(str, arguments), "--lang", "en"])
        told = self.capture.readouterr()
        assert ended == code, told.err + told.out
        return Result(ended, told.out, told.err)

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--format", "json", code=code).out)

    def receive(self, deaths: bool = False, without_nik: str = "") -> None:
        families, members = lists(self.folder, deaths, without_nik)
        more = ("--for", "jps_food_aid", "--program", "jps_food_aid", "--yes", "--who", "Rahma", "--quiet")
        self.run("list", "import", families, "--members", members, "--district", "75.03", *more)

    def evaluate(self, on: str, *more: str) -> None:
        self.run("evaluate", "jps_food_aid", "--list", "1", "--as-of", on, "--who", "Rahma", "--quiet", *more)

    def decree(self, *phases: int) -> None:
        """From the list of July to an issued decree."""
        self.receive()
        self.evaluate("2020-07-15")
        named = [each for phase in phases for each in ("--phase", str(phase))]
        self.run("decree", "draft", "1", "--title", "penerima", *named, *CLERK)
        self.issue(1, "188.4/12/2020", "2020-07-20")

    def issue(self, number: int, named: str, day: str, code: int = 0) -> None:
        self.run("decree", "check", str(number), *CLERK, code=code)
        self.run("decree", "approve", str(number), *HEAD, code=code)
        signed = ("--number", named, "--date", day, "--signatory", "Hamim Contoh", "--office", "Bupati")
        self.run("decree", "issue", str(number), *signed, *CLERK, code=code)

    def village(self, phase: int, day: str, *more: str, code: int = 0) -> Result:
        at = ("--village", VILLAGE, "--date", day, "--document", "BA", "--sheet", self.folder / "lembar.pdf")
        return self.run("delivery", "village", "1", "--phase", str(phase), *at, "--who", "Rahma", *more, code=code)

    def lies_anywhere(self, *secrets: str) -> list[str]:
        """Which of these texts lie in clear in a sealed file, or (SQLite) in the database."""
        folders = [self.place.files, *([Path(self.place.database).parent] if "://" not in self.place.database else [])]
        content = [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]
        assert content
        return [each for each in secrets if any(each.encode() in found for found in content)]

    def pids(self) -> dict[str, str]:
        """The families' pseudonyms by their letter, in the order of the list."""
        rows = self.json("list", "show", "1")["rows"]
        families = [row["pid"] for row in rows if row["unit"] == "family"]
        return dict(zip("ABCD", families, strict=True))


def at_desk(place: StorePlace, folder: Path, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> Desk:
    """A desk in a folder, whose commands find the store by the environment."""
    monkeypatch.chdir(folder)
    for name, value in (("STORE", place.database), ("KEYS", place.keys), ("FILES", place.files)):
        monkeypatch.setenv(f"EJPS_{name}", str(value))
    monkeypatch.delenv("EJPS_ACCOUNT", raising=False)
    return Desk(place, folder, capture)
