"""Faults planted into the SQL on purpose: the comparison with the reference must find every one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from ejps_core.engine.plan import Op
from ejps_core.engine.sql import duckdb_evaluator, texts
from ejps_core.engine.sql.dialect import Dialect
from ejps_core.engine.sql.expressions import Expressions
from ejps_core.engine.sql.ranking import Ranking
from ejps_core.engine.sql.statement import Statement
from tests.conformance.compare import DUCKDB, Case, View, differences, reference_views
from tests.conformance.test_caps import random_members
from tests.conformance.test_faults import cases

pytestmark = pytest.mark.slow

Function = Callable[..., Any]


def _off_by(true: Function, amount: int) -> Function:
    return lambda self, value, count: true(self, value, count + amount)


def _small_caps(true: Function) -> Function:
    def made(self: Any, number: int) -> Any:
        sql = true(self, number)
        return replace(sql, text=sql.text.replace(") <= ", ") < ")) if self.nodes[number].op is Op.CAPPED else sql

    return made


FAULTS: dict[str, tuple[Any, str, Callable[[Function], Function]]] = {
    "division cut towards zero": (Dialect, "rest", lambda true: lambda self, top, bottom: "0"),
    "one more of the largest": (Dialect, "largest", lambda true: _off_by(true, 1)),
    "a shifted month spills over": (Dialect, "moved", lambda true: lambda *args: f"cast({true(*args)} + 1 as date)"),
    "areas one level too wide": (Dialect, "area", lambda true: _off_by(true, -1)),
    "unknown texts are null": (texts, "_total", lambda true: lambda condition, whole: true(condition, True)),
    "75.1 lies in 75.10": (
        texts,
        "_lies_in",
        lambda true: lambda code, areas, dialect: true(code, areas, dialect).replace(".%'", "%'").replace("75.7", "75."),
    ),
    "unknown numbers are 1": (
        Statement,
        "_filled",
        lambda true: lambda self, kind, column, whole: true(self, kind, column, whole).replace(", 0)", ", 1)"),
    ),
    "a family without members gets 1": (
        Statement,
        "_joined",
        lambda true: lambda *args: [text.replace(", 0)", ", 1)") for text in true(*args)],
    ),
    "caps one too small": (Expressions, "made", _small_caps),
    "unknown keys have a rank": (Ranking, "_waits", lambda true: lambda self: "false"),
    "provisional seats told as firm": (Ranking, "_shaky", lambda true: lambda self: "false"),
    "highest first": (Dialect, "ordered", lambda true: lambda self, key: f"{key} desc"),
    "unknown keys come first": (
        Ranking,
        "_keys",
        lambda true: lambda self, best, where: true(self, best, 0),
    ),
    "settled families are ranked as before": (duckdb_evaluator, "_put_back", lambda true: lambda *args: True),
}


def known() -> Iterator[tuple[Case, tuple[View, ...]]]:
    """Cases with what the reference says."""
    for case, expected in cases():
        yield replace(case, evaluator=DUCKDB), expected
    capped = replace(random_members(), evaluator=DUCKDB)
    yield capped, reference_views(capped)[0]


@pytest.mark.parametrize("title", FAULTS)
def test_fault_is_found(title: str) -> None:
    """With the fault DuckDB's decisions differ from the reference on some case; that it fails is not enough."""
    owner, name, make = FAULTS[title]
    with patch.object(owner, name, make(getattr(owner, name))):
        found = (difference for case, expected in known() for difference in differences(case, expected))
        assert any("failed with" not in difference.got for difference in found), f"not found: {title}"


def test_without_a_fault_there_is_no_difference() -> None:
    """The same cases are clean without a fault."""
    assert not [case for case, expected in known() if differences(case, expected)]
