"""How right matching is on 2,000 made-up people against 20,000, whose identity is known; the long run is in tests/bench."""

from __future__ import annotations

import numpy as np
import pytest

from ejps_core.registry.matching import blocks, evidence, likeness
from ejps_core.registry.matching import match as matching
from ejps_core.registry.matching.match import match
from ejps_core.registry.matching.outcomes import Outcome
from ejps_core.registry.matching.people import people
from tests.bench.made_lists import listed
from tests.bench.made_people import SEED, registry
from tests.bench.matching import Quality, quality

RECALL = {
    Outcome.MATCHED: 0.98,
    Outcome.NAME_DIFFERS: 0.95,
    Outcome.BIRTH_DIFFERS: 0.95,
    Outcome.DIED: 0.95,
    Outcome.MOVED: 0.95,
    Outcome.NOT_FOUND: 0.95,
    Outcome.DOUBTFUL: 0.85,
}
PRECISION = {**RECALL, Outcome.MATCHED: 0.997, Outcome.DOUBTFUL: 0.5}
"""A doubt too many costs an official a look; a match too many costs a family its food."""


@pytest.fixture(scope="module")
def measured() -> Quality:
    register = registry(20_000, np.random.default_rng(SEED))
    made = listed(register, 2_000)
    return quality(made, match(people(made.table), people(register.table)))


@pytest.mark.parametrize("outcome", RECALL, ids=lambda outcome: outcome.name)
def test_recall_and_precision(measured: Quality, outcome: Outcome) -> None:
    assert measured.expected[outcome] >= 5, "too few to say anything"
    assert measured.recall[outcome] >= RECALL[outcome]
    assert measured.precision[outcome] >= PRECISION[outcome]


def test_nobody_is_taken_for_somebody_else(measured: Quality) -> None:
    assert measured.sure > 1_800
    assert measured.sure_right == measured.sure


def test_nobody_of_the_register_is_lost(measured: Quality) -> None:
    assert measured.without_nik > 300
    assert measured.shown >= measured.without_nik * 0.99


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    register = registry(3_000, np.random.default_rng(SEED))
    here, there = people(listed(register, 300).table), people(register.table)
    before = match(here, there).table()
    monkeypatch.setattr(blocks, "BATCH", 40)
    monkeypatch.setattr(matching, "ROUND", 7)
    monkeypatch.setattr(likeness, "CHUNK", 11)
    monkeypatch.setattr(evidence, "CHUNK", 13)
    assert match(here, there).table() == before
