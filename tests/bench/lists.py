"""How long a list of 200,000 rows takes from the file to a verdict for each row: python -m tests.bench.lists [ROWS]."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import xlsxwriter

from ejps_core.app.importing import Incoming, received
from ejps_core.app.library import installed

ROWS, WANTED = 200_000, 20.0
HEADS = ("No", "No. KK", "NIK", "Nama", "Jenis Kelamin", "Tgl Lahir", "Desa", "Kecamatan", "Ket. DTKS", "PKH")


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """The rows of a list of heads, one in fifty without a NIK, one in a hundred with a faulty one."""
    yield ("DAFTAR PENERIMA", *[""] * (len(HEADS) - 1))
    yield HEADS
    for i in range(count):
        day, serial = 1 + i % 28, 9000 + i % 1000
        place = f"7504{1 + i // 1000 % 13:02}{day:02}{1 + i // 13_000 % 12:02}{i // 156_000:02}{serial}"
        nik = "" if i % 50 == 0 else place[:15] if i % 100 == 1 else f"{place[:10]}{60 + i // 156_000:02}{serial}"
        who = (f"Orang {i}", "L", f"{day:02}-{1 + i // 13_000 % 12:02}-19{60 + i // 156_000:02}")
        yield (str(i + 1), place, nik, *who, "Teratai", "Marisa", "DTKS" if i % 3 else "Non DTKS", "tidak")


def written(count: int, path: Path) -> Path:
    """The list as a file, by the ending of its name."""
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join(row) for row in rows(count)), encoding="utf-8")
        return path
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Daftar")
        for number, row in enumerate(rows(count)):
            sheet.write_row(number, 0, row)
    return path


def main(count: int) -> int:
    """Measures both kinds of files; 1 if one takes longer than wanted."""
    plugins, late = installed(), False
    with TemporaryDirectory() as folder:
        for name in ("daftar.csv", "daftar.xlsx"):
            path = written(count, Path(folder) / name)
            start = perf_counter()
            found = received(Incoming(path, "75.04", date(2020, 10, 16), "jps_food_aid"), plugins)
            took = perf_counter() - start
            late |= took > WANTED
            print(f"{name}: {found.summary.rows} rows in {took:.1f} s (wanted: {WANTED:.0f} s) {found.summary.as_record()}")
    return int(late)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
