"""The demonstration's store: made anew each time, and nobody else's is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from ejps_core.app.demo_phases import Stage, Stopped, play
from ejps_core.app.demo_receipts import Decided, receipts
from ejps_core.app.library import installed
from ejps_core.app.programs import choose
from ejps_core.model.ruleset import Verdict


def test_a_folder_that_is_not_its_own_stays(tmp_path: Path) -> None:
    own = tmp_path / "penyimpanan" / "store.db"
    own.parent.mkdir()
    own.write_text("somebody's", encoding="ascii")
    plugins = installed()
    (ruleset,) = choose("jps_food_aid", plugins).rulesets
    with pytest.raises(Stopped) as stopped:
        play(Stage(tmp_path, ruleset, plugins))
    assert stopped.value.finding.code == "demo-store-not-ours"
    assert own.read_text(encoding="ascii") == "somebody's"


def test_only_where_the_money_had_come_is_anything_received() -> None:
    decided = [
        Decided("aid", phase, f"p{n}", district, Verdict.ELIGIBLE, Verdict.ELIGIBLE)
        for phase, district in ((1, "75.04"), (3, "75.04"))
        for n in range(200)
    ]
    found = list(receipts(decided, frozenset({(1, "75.04")})))
    assert found == list(receipts(decided, frozenset({(1, "75.04")})))
    assert {each["phase"] for each in found} == {1}
    assert 170 < len(found) < 200
