"""The largest values with at most so many of a kind: the engine agrees with the reference, and the figures with PKH's."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from ejps_core.dsl import compile_text
from ejps_core.model import expr as e
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Family, Value
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import Choice, Number
from tests.conformance.compare import EVALUATORS, Case, differences, engine_views

TEXT = """ejps 1 en
program capped "Capped"
    decides family
    in force 2019-01-01 until 2024-12-31
    under "assumption: test"
    currency IDR

family has
    kk 1..1000 key

members have
    kind one of a, b, c
    worth money up to Rp 1_000
    most 0..3
    here yes/no

require somebody "Somebody"
    count members >= 1

pay aid "Aid"
    sum 3 largest worth of members where here
"""


def capped() -> Ruleset:
    """The same with a cap for each kind."""
    ruleset, findings = compile_text(TEXT, "capped.ejps")
    assert ruleset is not None, findings
    (benefit,) = ruleset.benefits
    amount = benefit.amount
    assert isinstance(amount, e.SumLargest)
    kind, most = ruleset.field(Level.MEMBER, "kind"), ruleset.field(Level.MEMBER, "most")
    assert isinstance(kind.type, Choice) and isinstance(most.type, Number)

    def ref(name: str, of: Choice | Number) -> e.FieldRef:
        return e.FieldRef(name=name, level=Level.MEMBER, type=of, span=amount.span)

    changed = replace(amount, kind=ref("kind", kind.type), cap=ref("most", most.type))
    return replace(ruleset, benefits=(replace(benefit, amount=changed),))


def random_members() -> Case:
    """Unknown kinds, caps, values and conditions; ties."""
    rng, ruleset = Random(4), capped()

    def some(*values: Value) -> Value:
        return rng.choice((*values, None)) if rng.random() < 0.7 else rng.choice(values)

    def member() -> dict[str, Value]:
        return {
            "kind": some("a", "b", "c"),
            "worth": some(0, 10, 20, 20, 35),
            "most": some(0, 1, 1, 2),
            "here": some(True, True, False),
        }

    families = tuple(Family({"kk": n}, tuple(member() for _ in range(rng.randrange(7)))) for n in range(1, 400))
    return Case(ruleset, AsOf(18000, 18000), families)


@pytest.mark.parametrize("evaluator", EVALUATORS)
def test_random_members(evaluator: str) -> None:
    assert not differences(replace(random_members(), evaluator=evaluator))


def test_two_of_a_kind() -> None:
    """Three of a kind with a cap of two: 35 + 20 + 10, not 35 + 20 + 20."""
    people = (("a", 35), ("a", 20), ("a", 20), ("b", 10))
    members: tuple[dict[str, Value], ...] = tuple(
        {"kind": kind, "worth": worth, "most": 2, "here": True} for kind, worth in people
    )
    case = Case(capped(), AsOf(18000, 18000), (Family({"kk": 1}, members),))
    assert engine_views((case.ruleset,), case)[0][0]["total"] == {"amount": 65, "shares": []}
