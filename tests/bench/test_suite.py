"""A run that can't be believed says why; what is published has the names that are promised."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench import page
from tests.bench.against_itself import Ratio
from tests.bench.measure import BASELINE, LIMIT, OURS, POLARS, Figures, Setting
from tests.bench.suite import Measured, complaints


def figures(name: str, against_duckdb: float, against_limit: float) -> Figures:
    return Figures(name, 1_000_000, 1e6, 2e6, against_duckdb, against_limit, 500.0, True, 1.0)


def run(*changed: Figures) -> list[Measured]:
    """A good run, but for what is changed."""
    good = (figures(LIMIT, 3.0, 1.0), figures(BASELINE, 1.0, 0.33), figures(POLARS, 1.5, 0.5), figures(OURS, 1.2, 0.4))
    by_name = {each.contender: each for each in (*good, *changed)}
    return [Measured(Setting("three programs", listed=True), tuple(by_name.values()))]


def test_a_good_run_has_no_complaints() -> None:
    assert complaints(run()) == []


@pytest.mark.parametrize("bad", [figures(BASELINE, 1.0, 0.28), figures(POLARS, 1.2, 0.41)])
def test_a_slow_baseline_is_the_defect(bad: Figures) -> None:
    assert [f"the baseline is the defect: {bad.contender}" in each for each in complaints(run(bad))] == [True]


def test_a_slow_engine_and_other_answers_are_told() -> None:
    assert len(complaints(run(figures(OURS, 0.69, 0.3)))) == 1
    wrong = replace(figures(OURS, 1.2, 0.4), same_answers=False, wrong=("counts: 1, expected 2",))
    assert complaints(run(wrong)) == [f"three programs: {OURS} gives other answers: counts: 1, expected 2"]


def test_results_have_the_promised_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "RESULT", tmp_path / "bench.json")
    page.keep(run(), {}, (), whole=False)
    rows = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert {tuple(row) for row in rows} == {page.KEYS}
    assert [row["contender"] for row in rows] == [LIMIT, BASELINE, POLARS, OURS]


def test_the_page_is_rewritten_between_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RESULT", "RECORD"):
        monkeypatch.setattr(page, name, tmp_path / name)
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.PAGE.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n", encoding="utf-8")
    itself = (Ratio("20 programs: time against three", 3.5, "≤ 4"),)
    page.keep(run(), {"bench_food": {"p50_ms": 1.0, "p99_ms": 2.0}}, itself, whole=True)
    page.rewrite()
    text = page.PAGE.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith(f"{page.END}\nafter\n")
    assert "old" not in text
    assert "| e-JPS, columns" in text
    assert "| bench_food | 1.0 | 2.0 |" in text
    assert "| 20 programs: time against three | 3.50 × | ≤ 4 × |" in text
