"""What was measured last, as a file and as a section of docs/performance.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.bench.page import machine
from tests.house.sources import ROOT
from tests.load.bounds import Measured, table

RESULT, PAGE = ROOT / "build" / "load.json", ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- load: begin (python -m tests.load --page) -->", "<!-- load: end -->"


def keep(figures: list[Measured], told: Mapping[str, Any]) -> Path:
    """Writes the figures with where and how they were taken."""
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    record = {**machine(), **told, "figures": [each.as_record() for each in figures]}
    RESULT.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return RESULT


def block(record: Mapping[str, Any]) -> str:
    """The section's figures as Markdown."""
    figures = [
        Measured(each["name"], each["value"], each["unit"], each["most"], each["least"]) for each in record["figures"]
    ]
    said = (
        f"{record['date']}, `{record['command']}` at commit {record['commit']}, {record['machine']}, "
        f"{record['versions'].split(',')[0]}. {record['processes']} processes, {record['workers']} workers, "
        f"{record['store']}. Load average before: {record['load_average']:.2f}."
    )
    return f"{said}\n\n{table(figures)}"


def rewrite() -> None:
    """Puts the last figures between the marks of the page."""
    text, record = PAGE.read_text(encoding="utf-8"), json.loads(RESULT.read_text(encoding="utf-8"))
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{block(record)}\n\n{END}{after}", encoding="utf-8")
