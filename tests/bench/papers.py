"""All reports of 84,181 recipients in three phases: seconds and memory of each, and together.

usage: python -m tests.bench.papers [FAMILIES] [--pdf]

Nominal lists are of one phase, as PDF a part a village; the others from all three phases. Each is a process of its own, two
of them side by side where both leave a processor free. Processor seconds are those of the process and all that it started:
two processors need at least half as long, however busy the machine is with other work. --pdf leaves out the workbooks.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.reports import document_data
from tests.reports.document_data import HEAD, PRICE, family

FAMILIES, VILLAGE = 84_181, 115
PROMISED_SECONDS, PROMISED_BYTES = 60, 1.5 * 2**30


def village(number: int) -> tuple[str, str, str, str]:
    """The village of a family; 115 families each, 20 villages a sub-district."""
    place = number // VILLAGE
    district, rest = 1 + place // 200, place % 200
    return (
        f"75.0{district}.{1 + rest // 20:02}.{2001 + rest % 20}",
        f"Desa {place}",
        f"Kecamatan {rest // 20}",
        "Kabupaten",
    )


def listing(families: int) -> dict[str, Any]:
    """All recipients of phase II."""
    return {**document_data.listing(0), "families": [family(n, village(n)) for n in range(families)]}


def decided(families: int) -> dict[str, Any]:
    """Half as many again were decided as receive."""
    rows = [
        {"region": village(n % families)[0], "verdict": "eligible", "selected": True, "amount": PRICE}
        if n < families
        else {"region": village(n % families)[0], "verdict": "ineligible", "reasons": ["Penerima PKH"]}
        for n in range(families * 3 // 2)
    ]
    return {**HEAD, "phase": 3, "families": rows}


def targeting(families: int) -> dict[str, Any]:
    """Receipts of three phases, each judged on both bases."""
    every = [
        {"program": "jps", "phase": phase, "family": f"{n:016}", "region": village(n)[0]}
        for phase in (1, 2, 3)
        for n in range(families)
    ]
    receipts = [{**each, "money": PRICE} for each in every]
    judgements = [
        {**each, "then": "eligible", "latest": "ineligible" if n % 50 == 0 else None} for n, each in enumerate(every)
    ]
    return {**HEAD, "receipts": receipts, "judgements": judgements}


DATA: dict[str, Callable[[int], dict[str, Any]]] = {
    "realisasi": lambda families: document_data.every_document()["realisasi"],
    "rekap-desa": decided,
    "penolakan": decided,
    "sasaran": targeting,
    "belum-menerima": targeting,
    "tumpang-tindih": lambda families: {**HEAD, "receipts": targeting(families)["receipts"]},
    "bnba": listing,
    "lampiran-sk": listing,
    "tanda-terima": listing,
    "pengumuman": listing,
}
Turn = tuple[tuple[str, ...], ...]
TURNS: tuple[Turn, ...] = (
    (("sasaran",), ("realisasi", "rekap-desa", "penolakan")),
    (("belum-menerima",),),
    (("tumpang-tindih",),),
    (("bnba",),),
    (("lampiran-sk",),),
    (("tanda-terima",),),
    (("pengumuman",),),
)
"""What runs side by side: the first needs one processor and leaves room for small ones; lists need both themselves."""
RUN = "import sys; from ejps_core.cli import main; sys.exit(main(sys.argv[1:]))"


def resident(root: int) -> int:
    """Bytes that a process and all below it hold now."""
    children: dict[int, list[int]] = {}
    held = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                children.setdefault(int(fields[1]), []).append(int(entry.name))
                held[int(entry.name)] = int(fields[21]) * 4096
    waiting, total = [root], 0
    while waiting:
        process = waiting.pop()
        total += held.get(process, 0)
        waiting += children.get(process, [])
    return total


@dataclass(frozen=True, slots=True)
class Measured:
    """Of `ejps report`, from the JSON file to the written files. processor: seconds of all processors together."""

    wall: float
    processor: float
    held: int

    def told(self) -> str:
        """In one line."""
        return f"{self.wall:7.2f} s, {self.processor:7.2f} s of processors {self.held / 2**20:6.0f} MiB"


class Work:
    """Reports under way, by the processes that make them."""

    def __init__(self, folder: Path, form: str) -> None:
        self.folder, self.form = folder, form
        self.running: list[subprocess.Popen[bytes]] = []

    def lane(self, names: tuple[str, ...]) -> None:
        """Makes reports one after the other, each by a command of its own."""
        for name in names:
            data = self.folder / f"{name}.json"
            out = data.with_suffix(f".{self.form}")
            command = [sys.executable, "-c", RUN, "report", name, "--data", str(data), "--out", str(out), "--quiet"]
            with subprocess.Popen(command) as process:
                self.running.append(process)
            assert process.returncode == 0, name


def measured(turn: Turn, form: str, folder: Path) -> Measured:
    """Makes the reports of a turn, its lanes side by side."""
    work = Work(folder, form)
    started, before, most = time.perf_counter(), _processor(), 0
    with ThreadPoolExecutor(len(turn)) as pool:
        lanes = [pool.submit(work.lane, names) for names in turn]
        while not all(lane.done() for lane in lanes):
            most = max(most, sum(resident(each.pid) for each in tuple(work.running) if each.returncode is None))
            time.sleep(0.2)
    for lane in lanes:
        lane.result()
    return Measured(time.perf_counter() - started, _processor() - before, most)


def _processor() -> float:
    """Processor seconds of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Prints each report's seconds and memory, and of all together as PDF beside what was promised."""
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    families = numbers[0] if numbers else FAMILIES
    forms = ("pdf",) if "--pdf" in sys.argv else ("xlsx", "pdf")
    every: dict[str, list[Measured]] = {form: [] for form in forms}
    for turn in TURNS:
        names = [name for lane in turn for name in lane]
        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                Path(folder, f"{name}.json").write_text(json.dumps(DATA[name](families)), encoding="utf-8")
            for form in forms:
                took = measured(turn, form, Path(folder))
                every[form].append(took)
                print(f"{', '.join(names):<42} {form:<5} {took.told()}", flush=True)
    for form, taken in every.items():
        whole = Measured(sum(t.wall for t in taken), sum(t.processor for t in taken), max(t.held for t in taken))
        print(f"{'together':<42} {form:<5} {whole.told()}")
    print(f"promised: {PROMISED_SECONDS} s, {PROMISED_BYTES / 2**20:.0f} MiB, all reports together on two processors")


if __name__ == "__main__":
    main()
