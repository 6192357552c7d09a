"""The demonstration's store: made anew each time, and nobody else's is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from ejps_core.app.demo_phases import Stage, play
from ejps_core.app.library import installed
from ejps_core.app.programs import choose
from ejps_core.store.problems import StoreError


def stage(folder: Path) -> Stage:
    plugins = installed()
    (ruleset,) = choose("jps_food_aid", plugins).rulesets
    return Stage(folder, ruleset, plugins)


def test_a_folder_that_is_not_its_own_stays(tmp_path: Path) -> None:
    own = tmp_path / "penyimpanan" / "store.db"
    own.parent.mkdir()
    own.write_text("somebody's", encoding="ascii")
    with pytest.raises(StoreError) as stopped:
        play(stage(tmp_path))
    assert stopped.value.finding.code == "demo-store-not-ours"
    assert own.read_text(encoding="ascii") == "somebody's"


@pytest.mark.slow
def test_receipts_are_the_deliveries_under_the_six_decrees(tmp_path: Path) -> None:
    """Only where the money had come; each is of somebody eligible on what was known at the decree."""
    done = play(stage(tmp_path))
    assert done.position is not None and done.sound
    paid = {(cell.phase, cell.district) for cell in done.position.cells if not cell.late}
    assert len(done.decrees) == 6 and len({each.number for each in done.decrees}) == 6
    assert len(done.receipts) == done.handed.received and done.handed.failed > 50
    assert {(each["phase"], each["region"][:5]) for each in done.receipts} == paid
    named = {each.pid for each in done.decided if each.phase == 1 and each.then.value == "eligible"}
    assert {each["family"] for each in done.receipts} <= named
    assert {tuple(each["money"].values()) for each in done.receipts} == {(106_890, 71_260)}
