"""The JSON summary, exactly as scripts read it."""

from __future__ import annotations

import json
from dataclasses import replace

from ejps_core.app.summary import summarize
from tests.reports.sample import run


def test_the_summary_has_these_names_and_numbers() -> None:
    made = replace(run(), missing=())
    assert json.loads(summarize(made).as_json()) == {
        "programs": {
            "pangan": {
                "eligible": 3,
                "ineligible": 1,
                "undetermined": 1,
                "selected": 2,
                "provisional": 1,
                "amount": 356_300,
                "amount_selected": 178_150,
                "amount_open": 1,
                "by_reason": {"penerima_pkh": 1, "mampu": 1},
            }
        },
        "rows": {"read": 7, "set_apart": 1, "remarks": 1},
    }


def test_without_a_selection_its_numbers_are_null() -> None:
    made = run()
    made = replace(made, programs=(replace(made.programs[0], selection=None),))
    program = json.loads(summarize(made).as_json())["programs"]["pangan"]
    assert [program[name] for name in ("selected", "provisional", "amount_selected")] == [None] * 3


def test_missing_plugins_are_named() -> None:
    assert json.loads(summarize(run()).as_json())["incomplete"] == ["rusak"]
