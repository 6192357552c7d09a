"""The plain reference evaluator: what a rule set says of one family, as docs/language/meaning.md has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod

from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Family
from ejps_core.model.cells import MOST_CELLS, cells
from ejps_core.model.cells import Value as Plain
from ejps_core.model.expr import Expr, Literal, ParameterRef
from ejps_core.model.kinds import Level
from ejps_core.model.money import split
from ejps_core.model.ruleset import Benefit, Rule, RuleKind, Ruleset, Verdict
from tests.conformance.reference_expressions import evaluate, range_of, truth_of
from tests.conformance.reference_needs import Found, enter, walk
from tests.conformance.reference_scene import Scene, parameter_value, possible_phases
from tests.conformance.reference_values import NO, YES, Range, Truth, Value, exactly, is_known


@dataclass(frozen=True, slots=True)
class Money:
    """What is paid, in minor units. Open: low..high (None: without limit) instead of an amount and shares."""

    amount: int
    open: bool
    low: int
    high: int | None
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule set says of one family. `keys` and `area` are for the selection."""

    verdict: Verdict
    failed: tuple[str, ...]
    unknown: tuple[str, ...]
    needs: frozenset[str]
    at_most: bool
    one_of: bool
    benefits: tuple[Money, ...]
    total: Money
    keys: tuple[Value, ...]
    area: Value | None
    phase: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict before facts tested twice are looked at."""

    scene: Scene
    verdict: Verdict
    failed: frozenset[str]
    unknown: frozenset[str]
    walked: Found


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict, its reasons, what is still needed, and what each benefit may come to, in minor units."""

    verdict: Verdict
    failed: frozenset[str]
    unknown: frozenset[str]
    needs: frozenset[str]
    at_most: bool
    one_of: bool
    amounts: tuple[Range, ...] = ()


def decide(ruleset: Ruleset, as_of: AsOf, family: Family) -> Outcome:
    """Decides one family."""
    scene = Scene(ruleset, as_of, family)
    settled = _settled(scene)
    ids = [rule.id for rule in ruleset.rules]
    benefits = _paid(ruleset, settled)
    phases = {phase.number if phase else 0 for phase in possible_phases(scene)}
    choose = ruleset.choose
    return Outcome(
        verdict=settled.verdict,
        failed=tuple(name for name in ids if name in settled.failed),
        unknown=tuple(name for name in ids if name in settled.unknown),
        needs=settled.needs,
        at_most=settled.at_most,
        one_of=settled.one_of,
        benefits=benefits,
        total=_sum(benefits),
        keys=tuple(evaluate(key.value, scene) for key in choose.order) if choose else (),
        area=evaluate(choose.area, scene) if choose and choose.area else None,
        phase=phases.pop() if len(phases) == 1 else 0,
    )


# ---- the verdict


def judge(scene: Scene) -> Judgement:
    """Each rule on its own, and the walk back from those that are unknown."""
    holds = {rule.id: _holds(rule, scene) for rule in scene.ruleset.rules}
    failed = frozenset(name for name, truth in holds.items() if truth == NO)
    unknown = frozenset(name for name, truth in holds.items() if not is_known(truth))
    walked = Found()
    for rule in scene.ruleset.rules:
        if rule.id in unknown:
            walk(rule.condition, scene, None, walked)
    verdict = Verdict.INELIGIBLE if failed else Verdict.UNDETERMINED if unknown else Verdict.ELIGIBLE
    return Judgement(scene, verdict, failed, unknown, walked)


def _holds(rule: Rule, scene: Scene) -> Truth:
    truth = truth_of(rule.condition, scene)
    return truth if rule.kind is RuleKind.REQUIRE else Truth(not truth.high, not truth.low)


def _settled(scene: Scene) -> Settled:
    judgement = judge(scene)
    walked = judgement.walked
    if judgement.verdict is Verdict.UNDETERMINED:
        if walked.twice:
            return _by_cells(judgement)
        return _as_judged(judgement, walked.facts, walked.at_most)
    if judgement.verdict is Verdict.INELIGIBLE:
        return _as_judged(judgement, set(), False)
    return _eligible(scene)


def _eligible(scene: Scene) -> Settled:
    """Eligible, with what each benefit comes to and what is still needed for that."""
    amounts = tuple(_amount(benefit, scene) for benefit in scene.ruleset.benefits)
    found = _walked_amounts(scene)
    at_most = found.at_most or bool(found.twice)
    needs, none = frozenset(found.facts), frozenset[str]()
    return Settled(Verdict.ELIGIBLE, none, none, needs, at_most, False, amounts)


def _as_judged(judgement: Judgement, needs: set[str], at_most: bool) -> Settled:
    failed, unknown = judgement.failed, judgement.unknown
    return Settled(judgement.verdict, failed, unknown, frozenset(needs), at_most, False)


# ---- facts tested twice


def _by_cells(judgement: Judgement) -> Settled:
    """Tries every cell of the facts tested twice."""
    scene, needed = judgement.scene, judgement.walked.facts
    values = _tried(scene, needed, judgement.walked.twice)
    if not values:
        return _as_judged(judgement, needed, True)
    tried = {
        combination: judge(_with_facts(scene, dict(zip(values, combination, strict=True))))
        for combination in product(*values.values())
    }
    verdicts = {each.verdict for each in tried.values()}
    if verdicts == {Verdict.INELIGIBLE}:
        failed = frozenset(name for each in tried.values() for name in each.failed)
        return Settled(Verdict.INELIGIBLE, failed, frozenset(), frozenset(), False, True)
    if verdicts == {Verdict.ELIGIBLE}:
        return _eligible(scene)
    return _undetermined_by_cells(judgement, tuple(values), tried)


def _tried(scene: Scene, needed: set[str], came_twice: set[str]) -> dict[str, tuple[Plain, ...]]:
    """S: the facts to try, each with one value of each of its cells; empty if that would be too many."""
    ruleset = scene.ruleset
    possible = {
        each.fact: cells(each, ruleset.field(Level.FAMILY, each.fact).type, lambda x: _constant(x, scene))
        for each in ruleset.thresholds
        if each.fact in needed
    }
    if set(possible) == needed and prod(map(len, possible.values())) <= MOST_CELLS:
        return possible
    twice = {name: values for name, values in possible.items() if name in came_twice}
    return twice if prod(map(len, twice.values())) <= MOST_CELLS else {}


def _constant(expr: Expr, scene: Scene) -> Plain:
    if isinstance(expr, ParameterRef):
        return parameter_value(expr.name, scene)
    assert isinstance(expr, Literal)
    return expr.value


def _with_facts(scene: Scene, facts: Mapping[str, Plain]) -> Scene:
    family = Family({**scene.family.values, **facts}, scene.family.members)
    return Scene(scene.ruleset, scene.as_of, family)


def _undetermined_by_cells(
    judgement: Judgement, names: tuple[str, ...], tried: Mapping[tuple[Plain, ...], Judgement]
) -> Settled:
    some_left = set(names) != judgement.walked.facts
    needs: set[str] = set()
    at_most = some_left
    for each in tried.values():
        if each.verdict is Verdict.UNDETERMINED:
            needs |= each.walked.facts
            at_most = at_most or each.walked.at_most
    for (one, first), (other, second) in combinations(tried.items(), 2):
        differing = [name for name, a, b in zip(names, one, other, strict=True) if a != b]
        undetermined = first.verdict is second.verdict is Verdict.UNDETERMINED
        if len(differing) == 1 and (first.verdict is not second.verdict or (some_left and undetermined)):
            needs.add(differing[0])
    return _as_judged(judgement, needs, at_most)


# ---- amounts


def _amount(benefit: Benefit, scene: Scene) -> Range:
    """What one instalment may come to, in minor units; never negative; 0 where `only if` is no."""
    minor = 10**scene.ruleset.minor_digits
    value = range_of(benefit.amount, scene)
    low, high = (None if end is None else max(Fraction(0), end * minor) for end in (value.low, value.high))
    paid = Range(low or Fraction(0), high)
    truth = YES if benefit.only_if is None else truth_of(benefit.only_if, scene)
    if truth == NO:
        return exactly(0)
    return paid if truth == YES else Range(Fraction(0), paid.high)


def _walked_amounts(scene: Scene) -> Found:
    """The walk back from each benefit whose amount is unknown."""
    found = Found()
    for benefit in scene.ruleset.benefits:
        if is_known(_amount(benefit, scene)):
            continue
        if benefit.only_if is not None:
            enter(benefit.only_if, scene, None, found)
        enter(benefit.amount, scene, None, found)
    return found


def _paid(ruleset: Ruleset, settled: Settled) -> tuple[Money, ...]:
    if settled.verdict is not Verdict.ELIGIBLE:
        return tuple(Money(0, False, 0, 0, (0,) * len(b.shares)) for b in ruleset.benefits)
    return tuple(_money(b, each) for b, each in zip(ruleset.benefits, settled.amounts, strict=True))


def _money(benefit: Benefit, instalment: Range) -> Money:
    low = _whole(instalment.low) * benefit.instalments
    high = None if instalment.high is None else _whole(instalment.high) * benefit.instalments
    if low != high:
        return Money(0, True, low, high, (0,) * len(benefit.shares))
    parts = split(_whole(instalment.low), [share.part for share in benefit.shares])
    return Money(low, False, low, low, tuple(part * benefit.instalments for part in parts))


def _whole(end: Fraction | None) -> int:
    assert end is not None and end.denominator == 1, "the checker proves whole minor units"
    return int(end)


def _sum(benefits: tuple[Money, ...]) -> Money:
    is_open = any(each.open for each in benefits)
    low = sum(each.low for each in benefits)
    highs = [each.high for each in benefits]
    high = None if None in highs else sum(high or 0 for high in highs)
    return Money(0 if is_open else low, is_open, low, high)
