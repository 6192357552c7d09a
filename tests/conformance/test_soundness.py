"""What the reference says of unknown facts holds whatever they turn out to be: each family is filled in at random."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from ejps_core.dsl import compile_text
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Family, Value
from ejps_core.model.ruleset import Field, Ruleset, Verdict
from tests.conformance.generate import rule_texts
from tests.conformance.generate_families import Limits, limits_of, some_as_of, some_families, some_value
from tests.conformance.reference import Money, Outcome, decide

ASSUMING = {"is unknown", "answer if unknown", "number if unknown", "date if unknown", "received within"}
"""Rules that ask whether a fact is unknown, as of a date of receipt, may change their mind when it becomes known."""


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 50, 100])
def test_no_answer_contradicts_what_was_said_before(first: int) -> None:
    checked = 0
    for seed in range(first, first + 50):
        written = rule_texts(seed)[0]
        ruleset, _ = compile_text(written.text, "sound.ejps")
        if ruleset is None or written.used & ASSUMING:
            continue
        rng = Random(seed)
        as_of = some_as_of(ruleset, rng)
        for family in some_families(ruleset, as_of, rng, 12):
            before = decide(ruleset, as_of, family)
            after = decide(ruleset, as_of, _filled(ruleset, as_of, family, rng))
            assert _agrees(before, after), (written.text, as_of, family, before, after)
            checked += before.verdict is not Verdict.UNDETERMINED
    assert checked > 50


def _filled(ruleset: Ruleset, as_of: AsOf, family: Family, rng: Random) -> Family:
    """The family with a value for each unknown fact, and members for an unknown list."""
    limits = limits_of(ruleset, as_of)
    members = family.members
    if not members and ruleset.least_members:
        members = ({},) * rng.choice((1, 2, 3))
    return Family(
        _facts(ruleset.family_fields, family.values, limits, rng),
        tuple(_facts(ruleset.member_fields, member, limits, rng) for member in members),
    )


def _facts(fields: tuple[Field, ...], known: Mapping[str, Value], limits: Limits, rng: Random) -> dict[str, Value]:
    row = {field.name: known.get(field.name) for field in fields}
    for field in fields:
        if row[field.name] is None:
            row[field.name] = some_value(field.type, limits, rng)
    return row


def _agrees(before: Outcome, after: Outcome) -> bool:
    """A verdict stays, but a divisor of zero or a short region may leave it open; amounts lie within their ends."""
    if Verdict.UNDETERMINED in (before.verdict, after.verdict):
        return True
    pairs = zip(before.benefits, after.benefits, strict=True)
    return before.verdict is after.verdict and all(_within(one, other) for one, other in pairs)


def _within(before: Money, after: Money) -> bool:
    return after.open or (before.low <= after.amount and (before.high is None or after.amount <= before.high))
