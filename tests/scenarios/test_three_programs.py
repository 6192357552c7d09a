"""Three real programs on one list in one scan, each as the district's own rule set has it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # it starts processes

PROGRAMS = ("jps_food_aid", "pkh_topup", "rtlh_housing")
FAMILIES = {
    "Nomor KK": ["7504041201209001", "7504041201209002"],
    "Kode wilayah": ["75.04.04", "75.04.04"],
    "Terdaftar di DTKS": ["ya", "tidak"],
    "Peserta PKH pada triwulan ini": ["ya", "tidak"],
    "Menerima PKH": ["ya", "tidak"],
}


def evaluated(folder: Path, asked: str, *more: str) -> tuple[list[dict[str, str]], dict[str, object], str]:
    path, out = folder / "daftar.csv", folder / f"{asked.count(',')}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(FAMILIES)
        writer.writerows(zip(*FAMILIES.values(), strict=True))
    command = [sys.executable, "-m", "ejps_core", "evaluate", asked, str(path), "--as-of", "2020-10-16"]
    command += ["--out", str(out), "--summary", "json", *more]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file)), json.loads(done.stdout), done.stderr


def test_together_they_decide_as_each_alone(tmp_path: Path) -> None:
    rows, summary, said = evaluated(tmp_path, ",".join(PROGRAMS), "--district", "75.04")
    assert summary["programs"].keys() == set(PROGRAMS)  # type: ignore[attr-defined]
    assert "jps_tahap_3_pohuwato" in said  # the district's own rule set, and that it is used
    assert rows[0]["jps_food_aid_reasons"] == "penerima_pkh"
    for program in PROGRAMS:
        alone, _, _ = evaluated(tmp_path, program, "--district", "75.04")
        for row, own in zip(rows, alone, strict=True):
            mine = {name: cell for name, cell in row.items() if name.startswith(program)}
            assert mine == {name: cell for name, cell in own.items() if name.startswith(program)}


def test_the_program_itself(tmp_path: Path) -> None:
    _, _, said = evaluated(tmp_path, "jps_food_aid", "--district", "75.04", "--base")
    assert "jps_tahap_3_pohuwato" not in said
