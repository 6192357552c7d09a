"""Rules whose outcome was determined: both evaluators agree on them, and nothing changes where nothing was determined."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from ejps_core.dsl import compile_text
from ejps_core.model.candidates import Family
from ejps_core.model.determined import with_determined
from ejps_core.model.registers import RULE
from ejps_core.model.ruleset import RuleKind, Ruleset
from tests.conformance.compare import Case, View, differences, engine_views
from tests.conformance.generate import rule_texts
from tests.conformance.generate_families import some_as_of, some_families

SEEDS = range(1, 41)


def some_case(seed: int) -> Case:
    """A random rule set and families, nothing determined."""
    (text,) = rule_texts(seed)
    ruleset, _ = compile_text(text.text, f"seed_{seed}.ejps")
    assert ruleset is not None
    rng = Random(f"determined {seed}")
    as_of = some_as_of(ruleset, rng)
    return Case(ruleset, as_of, some_families(ruleset, as_of, rng, 30))


def facts(ruleset: Ruleset, rng: Random) -> list[str]:
    """Some of its rules, as facts."""
    ids = [rule.id for rule in ruleset.rules]
    return [f"{RULE}{ruleset.program}.{name}" for name in rng.sample(ids, rng.randint(1, len(ids)))]


def told(family: Family, names: list[str], rng: Random) -> Family:
    """The family with some of it determined."""
    return replace(family, values={**family.values, **{name: rng.choice((None, True, False)) for name in names}})


def views(case: Case) -> tuple[View, ...]:
    """What the engine says of each family."""
    return engine_views((case.ruleset,), case)[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_both_evaluators_agree(seed: int) -> None:
    case, rng = some_case(seed), Random(f"told {seed}")
    names = facts(case.ruleset, rng)
    families = tuple(told(family, names, rng) for family in case.families)
    changed = replace(case, ruleset=with_determined(case.ruleset, names), families=families)
    assert differences(changed) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_where_nothing_was_determined_nothing_changes(seed: int) -> None:
    case, rng = some_case(seed), Random(f"told {seed}")
    changed = replace(case, ruleset=with_determined(case.ruleset, facts(case.ruleset, rng)))
    assert views(changed) == views(case)


def test_known_stays_and_unknown_is_settled() -> None:
    """Of each rule: what is false stays false, what is unknown becomes what was determined."""
    settled = 0
    for seed in SEEDS:
        case = some_case(seed)
        kinds = {rule.id: rule.kind for rule in case.ruleset.rules}
        names = {name: f"{RULE}{case.ruleset.program}.{name}" for name in kinds}
        good = {names[name]: kind is RuleKind.REQUIRE for name, kind in kinds.items()}
        families = tuple(replace(family, values={**family.values, **good}) for family in case.families)
        changed = replace(case, ruleset=with_determined(case.ruleset, list(names.values())), families=families)
        for before, after in zip(views(case), views(changed), strict=True):
            assert after["unknown"] == ()
            if before["verdict"] == "undetermined":
                settled += 1
                assert after["verdict"] == "eligible"
            elif not before["one_of"]:
                assert after["verdict"] == before["verdict"]
                assert after["failed"] == before["failed"]
    assert settled > 50
