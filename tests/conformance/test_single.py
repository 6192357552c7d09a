"""One family at a time gives what the list gives: node by node, and in every decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from ejps_core.dsl import compile_text
from ejps_core.engine.recorder import Outline, recorded
from ejps_core.engine.scalar import Scalar
from ejps_core.engine.single import Single
from ejps_core.engine.trace import explain
from ejps_core.model.candidates import Candidates, from_families
from tests.conformance.compare import Case, got, reference_views
from tests.conformance.generate import rule_texts
from tests.conformance.generate_families import some_as_of, some_families

pytestmark = pytest.mark.slow

CHUNK, FAMILIES = 20, 10
RANKED = ("rank", "seat", "reserve")


def cases(first: int) -> Iterator[Case]:
    """Random rule sets with random families."""
    for seed in range(first, first + CHUNK):
        rng = Random(f"single {seed}")
        ruleset, _ = compile_text(rule_texts(seed)[0].text, f"seed_{seed}.ejps")
        if ruleset is not None:
            as_of = some_as_of(ruleset, rng)
            yield Case(ruleset, as_of, some_families(ruleset, as_of, rng, FAMILIES))


def listed(case: Case) -> Candidates:
    return from_families(case.families, case.ruleset.family_fields, case.ruleset.member_fields)


@pytest.mark.parametrize("first", range(0, 100, CHUNK))
def test_node_by_node(first: int) -> None:
    """Every node has the value that the kernels give it; where these wrap around 2**64, modulo 2**64."""
    for case in cases(first):
        outline = Outline(case.ruleset, case.as_of)
        scalar = Scalar(outline.nodes)
        for family in case.families:
            arrays = recorded(outline, listed(replace(case, families=(family,))), 0).values
            plain = scalar.values(family)
            for number, node in enumerate(outline.nodes):
                expected = np.ravel(arrays[number]).tolist()
                found = plain[number] if isinstance(plain[number], list) else [plain[number]]
                alike = len(found) == len(expected) or len(set(expected)) <= 1  # one value for all members
                pairs = zip(found, expected, strict=False)
                assert alike and all((int(a) - int(b)) % 2**64 == 0 for a, b in pairs), (case.ruleset.text, number, node)


@pytest.mark.parametrize("first", range(0, 100, CHUNK))
def test_decision_and_trace(first: int) -> None:
    """The decision is the reference's, the trace the one that explaining a list gives."""
    for case in cases(first):
        single = Single(case.ruleset, case.as_of)
        for row, (family, expected) in enumerate(zip(case.families, reference_views(case)[0], strict=True)):
            one = single.decide(family)
            view = got(one.decisions, 0)
            unranked = {name: value for name, value in expected.items() if name not in RANKED}
            assert {name: view[name] for name in unranked} == unranked
            assert one.trace == explain(case.ruleset, case.as_of, listed(case), row)
