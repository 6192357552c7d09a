"""One family from its cells: what the list of the same cells gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ejps_core.app.single import PreparedProgram, prepare_one
from ejps_core.dsl import compile_text
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.ruleset import Verdict

FILE = Path(__file__).parents[1] / "bench" / "bench_topup.ejps"
ON = day_number(date(2020, 10, 16))


@pytest.fixture(scope="module")
def program() -> PreparedProgram:
    ruleset, findings = compile_text(FILE.read_text(encoding="utf-8"), str(FILE))
    assert ruleset is not None, findings
    made = prepare_one(ruleset, AsOf(ON, ON))
    assert isinstance(made, PreparedProgram)
    return made


FAMILY = {"household_id": 1, "decile": 2, "receives_pkh": "ya", "civil_status": "active"}
CHILD = {"birth_date": date(2015, 3, 1), "pregnant": False, "school": "none", "disability": "none"}
PUPIL = {"birth_date": "2004-05-06", "pregnant": "tidak", "school": "sma", "disability": "none"}


def test_an_eligible_family(program: PreparedProgram) -> None:
    found = program.decide_one(FAMILY, [CHILD, PUPIL])
    assert (found.verdict, found.reasons, found.needs) == (Verdict.ELIGIBLE, (), ())
    assert dict(found.amounts) == {"topup": 750_000 + 500_000}
    assert found.findings == () and [rule.holds for rule in found.trace.rules] == [True] * 4


def test_reasons_and_needs(program: PreparedProgram) -> None:
    refused = program.decide_one({**FAMILY, "decile": 7, "receives_pkh": False}, [PUPIL])
    assert (refused.verdict, refused.reasons) == (Verdict.INELIGIBLE, ("in_pkh", "poor"))
    assert dict(refused.amounts) == {"topup": None}
    waiting = program.decide_one({**FAMILY, "decile": None}, [PUPIL])
    assert (waiting.verdict, waiting.needs) == (Verdict.UNDETERMINED, ("decile",))
    nobody = program.decide_one(FAMILY)
    assert (nobody.verdict, nobody.needs) == (Verdict.UNDETERMINED, ("members",))


def test_cells_that_cannot_be_read_are_unknown_and_told(program: PreparedProgram) -> None:
    found = program.decide_one({**FAMILY, "decile": "tujuh ratus", "desil": 3}, [PUPIL])
    assert (found.verdict, found.needs) == (Verdict.UNDETERMINED, ("decile",))
    assert len(found.findings) == 2 and found.findings[-1].code == "unknown-field"


def test_a_date_out_of_force_is_refused() -> None:
    ruleset, _ = compile_text(FILE.read_text(encoding="utf-8"), str(FILE))
    assert ruleset is not None
    late = day_number(date(2031, 1, 1))
    assert not isinstance(prepare_one(ruleset, AsOf(late, late)), PreparedProgram)
