"""The engine says what the reference says, on random rule sets and families."""

from __future__ import annotations

import pytest

from tests.conformance.constructs import CONSTRUCTS
from tests.conformance.generate import rule_texts
from tests.conformance.run import Tally, run_pair

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

CHUNK = 25


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_engine_and_reference_agree(first: int) -> None:
    tally = Tally()
    for seed in range(first, first + CHUNK):
        run_pair(seed, tally)
    assert not tally.differences, "\n\n".join(tally.differences[:2])
    assert tally.accepted


def test_every_construct_is_written_and_listed() -> None:
    written = {name for seed in range(300) for name in rule_texts(seed)[0].used}
    assert written == set(CONSTRUCTS)


def test_the_same_seed_writes_the_same_text() -> None:
    assert rule_texts(7, 2) == rule_texts(7, 2)
