"""The record of a run as a table to print and as the block of figures in docs/performance.md."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.against_itself import Ratio
from tests.bench.contenders import load
from tests.bench.measure import Figures
from tests.bench.suite import Measured

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
RESULT, RECORD = ROOT / "build" / "bench.json", ROOT / "build" / "bench" / "record.json"
BEGIN, END = "<!-- figures: begin (python -m tests.bench --page) -->", "<!-- figures: end -->"
PACKAGES = ("numpy", "pyarrow", "duckdb", "polars", "numba", "openfisca-core", "zen-engine")
KEYS = (
    "contender",
    "families",
    "rows_per_cpu_s",
    "eval_rows_per_cpu_s",
    "vs_duckdb",
    "vs_limit",
    "peak_mib",
    "same_answers",
)


def machine() -> dict[str, str]:
    """Where and when, and the versions."""
    processor = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "machine": f"{processor}, {os.cpu_count()} cores, {memory / 2**20:.0f} GiB, {platform.system()}",
        "versions": f"Python {platform.python_version()}, {packages}",
    }


def _commit() -> str:
    """The commit that was measured, "+" if files were changed after it."""
    told = ("git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--exclude=*")
    return subprocess.run(told, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def keep(measured: Sequence[Measured], latency: dict[str, dict[str, float]], itself: Sequence[Ratio], whole: bool) -> None:
    """Writes build/bench.json (plain workload, one core, a row a contender and size); of a whole run the record too."""
    rows = [
        {key: value for key, value in asdict(figures).items() if key in KEYS}
        for each in measured
        for figures in each.figures
        if each.setting.listed
    ]
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if not whole:
        return
    record = {
        **machine(),
        "latency": latency,
        "itself": [asdict(ratio) for ratio in itself],
        "measured": [
            {"name": each.setting.name, "figures": [asdict(figures) for figures in each.figures]} for each in measured
        ],
    }
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _row(figures: Figures) -> list[str]:
    return [
        load(figures.contender).title,
        f"{figures.families:,}",
        f"{figures.rows_per_cpu_s:,.0f}",
        _number(figures.eval_rows_per_cpu_s, ",.0f"),
        _number(figures.vs_duckdb, ".2f"),
        _number(figures.vs_limit, ".2f"),
        f"{figures.wall_s:.2f}",
        f"{figures.peak_mib:,.0f}",
        "yes" if figures.same_answers else "NO",
    ]


HEAD = ["", "families", "families / cpu s", "deciding alone", "× DuckDB", "× limit", "wall s", "peak MiB", "same answers"]


def table(figures: Sequence[Figures]) -> str:
    """The figures as a Markdown table, columns aligned, the fastest first."""
    rows = [HEAD, *(_row(each) for each in sorted(figures, key=lambda each: -each.rows_per_cpu_s))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = ["| " + " | ".join(_cell(cell, widths[i], i) for i, cell in enumerate(row)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 2) if i == 0 else "-" * (width + 1) + ":" for i, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cell(text: str, width: int, place: int) -> str:
    return text.ljust(width) if place == 0 else text.rjust(width)


def ratio_table(ratios: Sequence[Ratio]) -> str:
    """How much longer harder work takes, and what a second core saves."""
    rows = [f"| {each.what} | {each.ratio:.2f} × | {each.reach} × |" for each in ratios]
    return "\n".join(["| what | ratio | to reach |", "|---|--:|--:|", *rows])


def latency_table(latency: dict[str, dict[str, float]]) -> str:
    """Milliseconds of one family with its full trace."""
    rows = [f"| {program} | {each['p50_ms']} | {each['p99_ms']} |" for program, each in latency.items()]
    return "\n".join(["| program | p50 ms | p99 ms |", "|---|--:|--:|", *rows])


def block(record: dict[str, Any]) -> str:
    """The record as the page shows it."""
    parts = [f"{record['date']}, `make bench` at commit {record['commit']}, {record['machine']}. {record['versions']}."]
    for each in record["measured"]:
        figures = [Figures(**{**one, "wrong": tuple(one["wrong"])}) for one in each["figures"]]
        parts += [f"### {each['name'][:1].upper()}{each['name'][1:]}", table(figures)]
    parts += ["### e-JPS against itself", ratio_table([Ratio(**one) for one in record["itself"]])]
    parts += ["### One family with its full trace", latency_table(record["latency"])]
    return "\n\n".join(parts)


def rewrite() -> None:
    """Puts the last record of `make bench` between the markers of the page."""
    text, record = PAGE.read_text(encoding="utf-8"), json.loads(RECORD.read_text(encoding="utf-8"))
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{block(record)}\n\n{END}{after}", encoding="utf-8")
