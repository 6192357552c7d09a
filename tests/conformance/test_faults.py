"""Each planted fault is found; one that no longer applies fails."""

from __future__ import annotations

from contextlib import ExitStack
from importlib import import_module
from random import Random
from unittest.mock import patch

import pytest

from ejps_core.dsl import compile_text
from ejps_core.engine import kernels
from tests.conformance.compare import WAYS, Case, View, differences, reference_views
from tests.conformance.faults import FAULTS, LATE, Fault
from tests.conformance.generate import rule_texts
from tests.conformance.generate_families import some_as_of, some_families
from tests.conformance.pointed import pointed_cases

CASES, FAMILIES = 260, 20
KNOWN: list[tuple[Case, tuple[View, ...]]] = []


def cases() -> list[tuple[Case, tuple[View, ...]]]:
    """Random cases with what the reference says, made once."""
    seed = 0
    if not KNOWN:
        KNOWN.extend((case, reference_views(case)[0]) for case in pointed_cases())
    while len(KNOWN) < CASES:
        rng = Random(f"faults {seed}")
        ruleset, _ = compile_text(rule_texts(seed)[0].text, f"seed_{seed}.ejps")
        seed += 1
        if ruleset is None:
            continue
        as_of = some_as_of(ruleset, rng)
        case = Case(ruleset, as_of, some_families(ruleset, as_of, rng, FAMILIES), WAYS[seed % len(WAYS)])
        KNOWN.append((case, reference_views(case)[0]))
    return KNOWN


def plant(stack: ExitStack, fault: Fault) -> None:
    """Puts the fault in, wherever the function is held."""
    if fault.owner is kernels:
        stack.enter_context(fault.planted_kernel())
        return
    true = getattr(fault.owner, fault.name)
    stack.enter_context(fault.planted())
    if fault.name in LATE:
        module = import_module(LATE[fault.name])
        assert getattr(module, fault.name) is true, f"{fault.title} no longer applies"
        stack.enter_context(patch.object(module, fault.name, getattr(fault.owner, fault.name)))


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.title)
def test_fault_is_found(fault: Fault) -> None:
    """With the fault the engine differs from the reference on some random case (without it, on none)."""
    assert hasattr(fault.owner, fault.name), f"{fault.title} no longer applies"
    with ExitStack() as stack:
        plant(stack, fault)
        assert any(differences(case, expected) for case, expected in cases()), f"not found: {fault.title}"


@pytest.mark.slow
def test_without_a_fault_there_is_no_difference() -> None:
    """The same cases are clean without a fault."""
    assert not [case for case, expected in cases() if differences(case, expected)]
