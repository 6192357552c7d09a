"""A desk in an office: a store, the commands run on it, and made-up lists as districts send them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter import Workbook

from ejps_core.cli import main
from ejps_core.store.opening import StorePlace
from tests.cli.shell import Result

POVERTY = Path(__file__).parents[1] / "scenarios" / "poverty_line.ejps"
HEADS = (
    "No", "Nomor KK", "Nama Kepala Keluarga", "NIK", "Kode Wilayah", "DTKS", "Status kepala keluarga",
    "Keluarga mampu", "Menerima bantuan pangan provinsi lain pada tahap yang sama",
)  # fmt: skip
AS_OF = ("--as-of", "2020-07-15")


def kk(n: int) -> str:
    return f"750301010120{9000 + n}"


def nik(n: int) -> str:
    return f"750301410785{9000 + n}"


class Desk:
    """A store and the commands run on it, in this process."""

    def __init__(self, place: StorePlace, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.place, self.folder, self.capture = place, folder, capture
        self.at = ("--store", place.database, "--keys", str(place.keys), "--files", str(place.files))
        made = self.run("store", "init", "--who", "Sistem")
        assert made.code == 0, made.err

    def run(self, *arguments: str | Path) -> Result:
        self.capture.readouterr()
        reading = ("list", "show", "order", "answer", "duplicates", "settings", "complete")
        reads = len(arguments) > 1 and arguments[1] in reading
        takes_files = not reads and arguments[0] not in ("runs", "determine", "keys", "audit")
        at = self.at if takes_files else self.at[:4]
        code = main([*map(str, arguments), *at, "--lang", "en"])
        told = self.capture.readouterr()
        return Result(code, told.out, told.err)

    def json(self, *arguments: str | Path, code: int | None = 0) -> Any:
        done = self.run(*arguments)
        assert code is None or done.code == code, done.err
        return json.loads(done.out)

    def receive(self, path: Path, *more: str, code: int | None = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.json(
            "list", "import", path, "--district", "75.03", "--yes", "--summary", "json", "--who", "Rahma", *more, code=code
        )
        return found

    def register(self, name: str, key: str, *numbers: str) -> None:
        path = self.folder / f"in-{name}.csv"
        path.write_text("\n".join((key, *numbers)) + "\n", encoding="utf-8")
        more = ("--complete", "75.03", "--who", "Dinas Sosial")
        done = self.run("register", "import", name, path, "--on", "2020-07-15", "--source", "Dinas Sosial", *more)
        assert done.code == 0, done.err

    def decide(self, *more: str) -> tuple[int, int, int, int]:
        """Eligible, ineligible, undetermined, rupiah."""
        found = self.json("evaluate", "jps_food_aid", "--list", "1", *AS_OF, "--summary", "json", *more, code=None)[0]
        told = found["programs"]["jps_food_aid"]
        return told["eligible"], told["ineligible"], told["undetermined"], told["amount"]

    def key(self) -> str:
        keys = self.json("keys", "list", "--format", "json")
        return next(str(each["id"]) for each in keys if each["kind"] == "list")


def heads(folder: Path, name: str = "daftar.xlsx", status: str = "aktif", niks: tuple[Any, ...] | None = None) -> Path:
    """A heads-only list as a district would send it: a title, headers lower down. status: of the third family."""
    rows: list[list[Any]] = [["DAFTAR CALON PENERIMA"], [], list(HEADS)]
    for n in range(1, 11):
        number = nik(n) if niks is None else niks[n - 1]
        state = status if n == 3 else "aktif"
        rows.append([n, kk(n), f"Rahasiawati {n}", number, "75.03.01", "DTKS", state, "tidak", "tidak"])
    with Workbook(str(folder / name)) as book:
        sheet = book.add_worksheet("Desa A")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return folder / name


def as_csv(path: Path) -> Path:
    """The same list as text, so that nothing of it is hidden by packing."""
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    text = path.with_name("in-daftar.csv")
    with text.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            ["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)
        )
    return text


def statements(folder: Path, families: range) -> Path:
    """The village's signed statements: somebody of each family lives, and nobody is a civil servant."""
    with (folder / "in-sptjm.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["kk", "fakta", "nilai", "siapa", "alasan", "dokumen", "tanggal"])
        for n in families:
            said = ["tidak", "Kepala Desa A", "anggota belum didata", "SPTJM 12", "2020-07-15"]
            writer.writerow([kk(n), "aturan:asn_tni_polri", *said])
    return folder / "in-sptjm.csv"
