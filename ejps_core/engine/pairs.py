"""Values as pairs of ends: what each operation of the language does to the ends, in operators of the plan.

docs/language/meaning.md says the same in words. A value whose two ends are the same node is known for every family, and
then costs what a value without unknowns costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ejps_core.engine.plan import Plan
from ejps_core.model.kinds import Comparison


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes/no: surely yes, possibly yes. no..no, yes..yes, or unknown: no..yes."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Range:
    """A number or day: its ends, and where they are without limit (the end's node then holds anything finite)."""

    low: int
    high: int
    open_low: int
    open_high: int


@dataclass(frozen=True, slots=True)
class Fraction:
    """An exact quotient top / bottom * 10**-scale; unknown where bottom's low end is not above 0."""

    top: Range
    bottom: Range
    scale: int


@dataclass(frozen=True, slots=True)
class Labels:
    """A choice: `possible(labels)` is yes where it may be among them. `sure`: it is known for every family.

    `lacking`: where it is unknown, if that is simpler to say than by counting the labels that it may be.
    """

    names: tuple[str, ...]
    possible: Callable[[frozenset[str]], int]
    sure: bool
    lacking: int | None = None


class Pairs:
    """The operations on pairs, over one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def exact(self, number: int) -> Range:
        """A number that is known."""
        return Range(number, number, self.plan.no, self.plan.no)

    def sure(self, truth: int) -> Truth:
        """A yes/no that is known."""
        return Truth(truth, truth)

    def unknown(self, value: Truth | Range | Fraction | Labels) -> int:
        """Where a value is unknown."""
        p = self.plan
        match value:
            case Truth(low, high):
                return p.and_(high, p.not_(low))
            case Range(low, high, open_low, open_high):
                return p.or_(open_low, open_high, p.not_(p.equal(low, high)))
            case Fraction(top, bottom):
                something = p.not_(p.equal(top.low, p.zero))
                return p.or_(self.unknown(top), p.and_(something, self.unknown(bottom)), p.not_(self._above_zero(bottom)))
            case Labels(names, possible, sure, lacking):
                if sure or lacking is not None:
                    return p.no if lacking is None else lacking
                several = p.count(possible(frozenset((name,))) for name in names)
                return p.below(p.const(1), several)

    def _above_zero(self, a: Range) -> int:
        return self.plan.and_(self.plan.below(self.plan.zero, a.low), self.plan.not_(a.open_low))

    def not_(self, a: Truth) -> Truth:
        """Not."""
        return Truth(self.plan.not_(a.high), self.plan.not_(a.low))

    def and_(self, *items: Truth) -> Truth:
        """All."""
        return Truth(self.plan.and_(*(i.low for i in items)), self.plan.and_(*(i.high for i in items)))

    def or_(self, *items: Truth) -> Truth:
        """One."""
        return Truth(self.plan.or_(*(i.low for i in items)), self.plan.or_(*(i.high for i in items)))

    def at_least(self, count: int, items: list[Truth]) -> Truth:
        """`count` or more."""
        p, n = self.plan, self.plan.const(count)
        return Truth(p.at_most(n, p.count(i.low for i in items)), p.at_most(n, p.count(i.high for i in items)))

    def compare(self, how: Comparison, a: Range, b: Range) -> Truth:
        """Numbers of one scale."""
        match how:
            case Comparison.BELOW:
                return self._below(a, b)
            case Comparison.ABOVE:
                return self._below(b, a)
            case Comparison.AT_LEAST:
                return self.not_(self._below(a, b))
            case Comparison.AT_MOST:
                return self.not_(self._below(b, a))
            case Comparison.EQUAL:
                return self._equal(a, b)
            case Comparison.UNEQUAL:
                return self.not_(self._equal(a, b))

    def _below(self, a: Range, b: Range) -> Truth:
        p = self.plan
        low = p.and_(p.below(a.high, b.low), p.not_(a.open_high), p.not_(b.open_low))
        high = p.or_(p.below(a.low, b.high), a.open_low, b.open_high)
        return Truth(low, high)

    def _equal(self, a: Range, b: Range) -> Truth:
        p = self.plan
        known = p.and_(p.not_(self.unknown(a)), p.not_(self.unknown(b)))
        if known == p.yes:
            return self.sure(p.equal(a.low, b.low))
        touch = p.and_(
            p.or_(p.at_most(a.low, b.high), a.open_low, b.open_high),
            p.or_(p.at_most(b.low, a.high), b.open_low, a.open_high),
        )
        return Truth(p.and_(known, p.equal(a.low, b.low)), touch)

    def same(self, a: Truth, b: Truth) -> Truth:
        """Whether two yes/nos are the same."""
        return self.or_(self.and_(a, b), self.and_(self.not_(a), self.not_(b)))

    def scaled(self, a: Range, power: int) -> Range:
        """a * 10**power."""
        return self.multiply(a, self.exact(self.plan.const(10**power))) if power else a

    def add(self, a: Range, b: Range) -> Range:
        """a + b."""
        p = self.plan
        return Range(
            p.add(a.low, b.low),
            p.add(a.high, b.high),
            p.or_(a.open_low, b.open_low),
            p.or_(a.open_high, b.open_high),
        )

    def negative(self, a: Range) -> Range:
        """-a."""
        p = self.plan
        return Range(p.subtract(p.zero, a.high), p.subtract(p.zero, a.low), a.open_high, a.open_low)

    def subtract(self, a: Range, b: Range) -> Range:
        """a - b."""
        p = self.plan
        low, high = p.subtract(a.low, b.high), p.subtract(a.high, b.low)
        return Range(low, high, p.or_(a.open_low, b.open_high), p.or_(a.open_high, b.open_low))

    def multiply(self, a: Range, b: Range) -> Range:
        """a * b; 0 times anything is 0."""
        p = self.plan
        for factor, other in ((a, b), (b, a)):
            value = p.value(factor.low)
            if value is not None and self.exact(factor.low) == factor:
                low, high = p.multiply(other.low, factor.low), p.multiply(other.high, factor.low)
                if value > 0:
                    return Range(low, high, other.open_low, other.open_high)
                return Range(high, low, other.open_high, other.open_low) if value < 0 else self.exact(p.zero)
        if all(x.open_low == p.no and p.never_negative(x.low) for x in (a, b)):
            may_a, may_b = (p.or_(x.open_high, p.below(p.zero, x.high)) for x in (a, b))
            limitless = p.or_(p.and_(a.open_high, may_b), p.and_(b.open_high, may_a))
            return Range(p.multiply(a.low, b.low), p.multiply(a.high, b.high), p.no, limitless)
        return self._multiply_signed(a, b)

    def _multiply_signed(self, a: Range, b: Range) -> Range:
        p = self.plan
        if self.exact(a.low) == a and self.exact(b.low) == b:
            return self.exact(p.multiply(a.low, b.low))

        def closed(x: Range) -> tuple[int, int]:
            """The finite end stands in for an end without limit; 0 for both."""
            both = p.and_(x.open_low, x.open_high)
            low = p.select(both, p.zero, p.select(x.open_low, x.high, x.low))
            high = p.select(both, p.zero, p.select(x.open_high, x.low, x.high))
            return low, high

        products = [p.multiply(x, y) for x in closed(a) for y in closed(b)]
        low = high = products[0]
        for product in products[1:]:
            low, high = p.least_of(low, product), p.most_of(high, product)
        above = {x: p.or_(x.open_high, p.below(p.zero, x.high)) for x in (a, b)}
        under = {x: p.or_(x.open_low, p.below(x.low, p.zero)) for x in (a, b)}
        pairs = ((a, b), (b, a))
        open_high = p.or_(
            *(p.and_(x.open_high, above[y]) for x, y in pairs),
            *(p.and_(x.open_low, under[y]) for x, y in pairs),
        )
        open_low = p.or_(
            *(p.and_(x.open_high, under[y]) for x, y in pairs),
            *(p.and_(x.open_low, above[y]) for x, y in pairs),
        )
        return Range(low, high, open_low, open_high)

    def smaller(self, a: Range, b: Range) -> Range:
        """The smaller of two numbers: each end is the smaller of the two ends."""
        p = self.plan
        high = p.select(a.open_high, b.high, p.select(b.open_high, a.high, p.least_of(a.high, b.high)))
        return Range(p.least_of(a.low, b.low), high, p.or_(a.open_low, b.open_low), p.and_(a.open_high, b.open_high))

    def either(self, guard: Truth, value: Range, rest: Range) -> Range:
        """`value` where the guard is yes, `rest` where it is no, all that either may be where it is unknown."""
        p = self.plan
        unsure = self.unknown(guard)
        return Range(
            p.select(unsure, p.least_of(value.low, rest.low), p.select(guard.low, value.low, rest.low)),
            p.select(unsure, p.most_of(value.high, rest.high), p.select(guard.low, value.high, rest.high)),
            p.or_(p.and_(guard.high, value.open_low), p.and_(p.not_(guard.low), rest.open_low)),
            p.or_(p.and_(guard.high, value.open_high), p.and_(p.not_(guard.low), rest.open_high)),
        )

    def either_truth(self, guard: Truth, value: Truth, rest: Truth) -> Truth:
        """The same for yes/no."""
        p = self.plan
        if guard.low == guard.high:
            return Truth(p.choose(guard.low, value.low, rest.low), p.choose(guard.low, value.high, rest.high))
        low = p.or_(p.and_(value.low, rest.low), p.and_(guard.low, value.low), p.and_(p.not_(guard.high), rest.low))
        high = p.or_(p.and_(guard.high, value.high), p.and_(p.not_(guard.low), rest.high))
        return Truth(low, high)

    def either_labels(self, guard: Truth, value: Labels, rest: Labels) -> Labels:
        """The same for choices."""
        p = self.plan

        def possible(labels: frozenset[str]) -> int:
            return p.or_(p.and_(guard.high, value.possible(labels)), p.and_(p.not_(guard.low), rest.possible(labels)))

        names = tuple(dict.fromkeys((*value.names, *rest.names)))
        return Labels(names, possible, guard.low == guard.high and value.sure and rest.sure)
