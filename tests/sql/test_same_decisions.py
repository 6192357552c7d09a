"""DuckDB gives the decisions that the columns evaluator gives, array by array, and the command line the same files."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ejps_core.app.demo_list import write_list
from ejps_core.app.evaluate import Request, prepare
from ejps_core.app.library import core_only
from ejps_core.app.reading import read_rules
from ejps_core.engine import decide
from ejps_core.engine.sql.duckdb_evaluator import decide_by_duckdb
from ejps_core.model.decisions import ProgramDecisions
from tests.cli.shell import ejps, made

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ON = date(2024, 10, 16)
DEMO = ROOT / "plugins/jps_food_aid/ejps_jps_food_aid/program.ejps"


def _arrays(value: Any) -> Any:
    """A value with its arrays as lists, to be compared whole."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple):
        return [_arrays(item) for item in value]
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        return {field.name: _arrays(getattr(value, field.name)) for field in fields(value) if field.name != "ruleset"}
    return value


@pytest.mark.parametrize(
    ("rules", "on"),
    [(DEMO, date(2020, 10, 16)), (ROOT / "plugins/rtlh_housing/ejps_rtlh_housing/program.ejps", ON)],
    ids=["food aid", "housing"],
)
def test_the_demo_list_is_decided_alike(rules: Path, on: date, tmp_path: Path) -> None:
    request = Request(programs=str(rules), path=tmp_path / "list.xlsx", on=on)
    ruleset = read_rules(rules).ruleset
    assert ruleset is not None
    write_list(ruleset, request.path, on)
    prepared = prepare(request, core_only())
    assert prepared.candidates is not None, prepared.findings
    one, other = (
        evaluator(prepared.rulesets, request.as_of, prepared.candidates) for evaluator in (decide, decide_by_duckdb)
    )
    assert len(prepared.candidates) > 500
    assert _same(one[0], other[0])


def _same(one: ProgramDecisions, other: ProgramDecisions) -> bool:
    for field in fields(one):
        if field.name != "ruleset":
            assert _arrays(getattr(one, field.name)) == _arrays(getattr(other, field.name)), field.name
    return True


def test_the_command_line_writes_the_same_file(tmp_path: Path) -> None:
    files = made(tmp_path)
    outs = [tmp_path / f"{engine}.csv" for engine in ("columns", "duckdb")]
    done = [files.evaluate("--engine", out.stem, "--out", out) for out in outs]
    assert [each.code for each in done] == [0, 0], done
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert done[0].out == done[1].out


def test_sql_is_printed_and_what_can_not_be_is_said(tmp_path: Path) -> None:
    files = made(tmp_path)
    done = ejps("sql", files.rules, "--as-of", "2020-10-16")
    assert (done.code, done.err) == (0, "")
    assert 'gugur bila penerima_pkh "Penerima PKH"' in done.out
    assert ejps("--lang", "en", "sql", files.rules, "--date", "2020-10-16").out.startswith("-- The rules of programs as SQL")
    done = ejps("sql", files.rules, "--as-of", "2031-10-16")
    assert (done.code, done.out) == (2, "")
    assert "date-out-of-force" in done.err
    assert ejps("sql", files.rules, "--as-of", "2020-13-16").code == 2
    files.rules.write_text("ejps 1 id\n", encoding="utf-8")
    assert ejps("sql", files.rules, "--as-of", "2020-10-16").code == 1
