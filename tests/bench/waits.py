"""What an author and an official wait for: one explanation from a cold start, and the planning of each rule file.

usage: python -m tests.bench.waits
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ejps_core.app.library import installed
from ejps_core.app.reading import read_rules
from ejps_core.engine.columns import outcomes, wanted
from ejps_core.engine.lower import Shape
from ejps_core.model.asof import AsOf

ROOT = Path(__file__).parents[2]
FAMILIES, TIMES = 200, 7
EXPLAIN_SECONDS, PLAN_SECONDS = 0.8, 0.2


def explanations(folder: Path) -> list[float]:
    """Wall seconds of `ejps explain` on a list of 200 families, each time a new process."""
    path = folder / "list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Nomor KK", "Terdaftar di DTKS", "Menerima PKH", "Kode wilayah"])
        writer.writerows([f"750301010120{9000 + i}", "ya", "tidak", "75.03.01"] for i in range(FAMILIES))
    asked = ["explain", "jps_food_aid", str(path), "--id", "7503010101209100", "--as-of", "2020-10-16"]
    found = []
    for _ in range(TIMES):
        before = time.perf_counter()
        subprocess.run([sys.executable, "-m", "ejps_core", *asked], check=True, capture_output=True)
        found.append(time.perf_counter() - before)
    return found


def planning(path: Path) -> float:
    """Processor seconds to read, check and plan one rule file, with what it changes."""
    before = time.process_time()
    read = read_rules(path)
    assert read.ruleset is not None, read.findings
    on = AsOf(read.ruleset.first, read.ruleset.first)
    _, (outcome,) = outcomes([read.ruleset], on, Shape(frozenset(), frozenset()))
    wanted(outcome)
    return time.process_time() - before


def main() -> None:
    """Prints both, with what was promised."""
    with tempfile.TemporaryDirectory() as folder:
        waits = explanations(Path(folder))
    median, least = statistics.median(waits), min(waits)
    print(f"explain, cold, {FAMILIES} families: median {median:.2f} s, least {least:.2f} s (promised {EXPLAIN_SECONDS} s)")
    files = [loaded.what.rules for loaded in installed().programs] + sorted((ROOT / "rulesets").rglob("*.ejps"))
    worst = max((statistics.median(planning(path) for _ in range(TIMES)), path.stem, path.parent.name) for path in files)
    print(
        f"check and plan, the slowest of {len(files)}: {worst[2]}/{worst[1]}, {worst[0]:.3f} s (promised {PLAN_SECONDS} s)"
    )


if __name__ == "__main__":
    main()
