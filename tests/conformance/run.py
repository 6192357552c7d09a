"""Runs random pairs of rule set and families, and counts what they covered."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

from ejps_core.dsl import compile_text
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset, Verdict
from tests.conformance.compare import (
    EVALUATORS,
    WAYS,
    Case,
    View,
    differences,
    order_differences,
    reference_views,
    shrunk,
    together_differences,
    told,
)
from tests.conformance.constructs import CONSTRUCTS
from tests.conformance.generate import RuleText, rule_texts, spoiled
from tests.conformance.generate_families import some_as_of, some_families

FAMILIES = 30
CONSTRUCT_FLOOR, VERDICT_FLOOR, REFUSED_CEILING = 0.05, 0.10, 0.15
MOST_SHRUNK = 5
"""Shrinking takes a while: only the first differences are."""


@dataclass(slots=True)
class Tally:
    """What was run and what came out."""

    evaluators: tuple[str, ...] = tuple(EVALUATORS)
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    refused_texts: int = 0
    spoiled: Counter[bool] = field(default_factory=Counter)
    constructs: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """Each construct's share of the rule sets that passed the checker."""
        return {name: self.constructs[name] / max(1, self.accepted) for name in CONSTRUCTS}

    def verdict_shares(self) -> dict[str, float]:
        """Each verdict's share of the families decided."""
        total = max(1, sum(self.verdicts.values()))
        return {verdict.value: self.verdicts[verdict.value] / total for verdict in Verdict}

    def refused_share(self) -> float:
        """The share of rule texts that the checker refused."""
        return self.refused_texts / max(1, self.refused_texts + self.accepted)

    def shortfalls(self) -> list[str]:
        """What was covered too rarely for the run to mean what it should."""
        rare = [f"construct {n}: {s:.1%}" for n, s in self.shares().items() if s < CONSTRUCT_FLOOR]
        rare += [f"verdict {n}: {s:.1%}" for n, s in self.verdict_shares().items() if s < VERDICT_FLOOR]
        if self.refused_share() > REFUSED_CEILING:
            rare.append(f"refused: {self.refused_share():.1%}")
        return rare


def run_pair(seed: int, tally: Tally) -> None:
    """One rule set (now and then two over the same facts) and a list of families."""
    rng = Random(f"families {seed}")
    compiled = [_compiled(text, seed, tally) for text in rule_texts(seed, 2 if seed % 8 == 0 else 1)]
    _try_spoiled(seed, rng, tally)
    rulesets = [ruleset for ruleset in compiled if ruleset is not None]
    for ruleset in rulesets:
        as_of = some_as_of(ruleset, rng)
        case = Case(ruleset, as_of, some_families(ruleset, as_of, rng, FAMILIES), WAYS[seed % len(WAYS)])
        try:
            _compare(case, [other for other in rulesets if other is not ruleset], seed, tally)
        except Exception:
            tally.differences.append(f"seed {seed}\n{ruleset.text}\n{as_of}\n{traceback.format_exc()}")


def _compiled(text: RuleText, seed: int, tally: Tally) -> Ruleset | None:
    try:
        ruleset, findings = compile_text(text.text, f"seed_{seed}.ejps")
    except Exception:
        tally.differences.append(f"seed {seed}: the checker failed\n{text.text}\n{traceback.format_exc()}")
        return None
    if ruleset is None:
        _refused(findings, seed, text, tally)
        return None
    tally.accepted += 1
    tally.constructs.update(text.used)
    return ruleset


def _try_spoiled(seed: int, rng: Random, tally: Tally) -> None:
    """Wrong texts are refused with diagnostics; the checker never fails on them."""
    text = spoiled(rule_texts(seed)[0].text, rng)
    try:
        ruleset, findings = compile_text(text, f"spoiled_{seed}.ejps")
    except Exception:
        tally.differences.append(f"seed {seed}: the checker failed\n{text}\n{traceback.format_exc()}")
        return
    tally.spoiled[ruleset is None] += 1
    if ruleset is None and not findings:
        tally.differences.append(f"seed {seed}: refused without a diagnostic\n{text}")


def _refused(findings: tuple[Diagnostic, ...], seed: int, text: RuleText, tally: Tally) -> None:
    tally.refused_texts += 1
    tally.refused.update({finding.code for finding in findings})
    if not findings:
        tally.differences.append(f"seed {seed}: refused without a diagnostic\n{text.text}")


def _compare(case: Case, others: list[Ruleset], seed: int, tally: Tally) -> None:
    expected, outcomes = reference_views(case)
    tally.verdicts.update(outcome.verdict.value for outcome in outcomes)
    for name in tally.evaluators:
        _judge(replace(case, evaluator=name), expected, others, Random(f"order {seed}"), seed, tally)


def _judge(case: Case, expected: tuple[View, ...], others: list[Ruleset], rng: Random, seed: int, tally: Tally) -> None:
    """One evaluator against what the reference says."""
    found = differences(case, expected)
    if not found and seed % 4 == 0:
        found = order_differences(case, expected, rng)
    if not found and others:
        found = together_differences(case, expected, others)
    if found:
        first = shrunk(found[0]) if len(tally.differences) < MOST_SHRUNK else found[0]
        tally.differences.append(f"seed {seed}, {len(found)} families differ\n{told(first)}")
