"""What is asked of one program's rules: rules, verdict, amounts, ranking keys, facts needed, as nodes of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from ejps_core.engine.lower import Lowering
from ejps_core.engine.needs import Walk
from ejps_core.engine.pairs import Fraction, Labels, Range, Truth
from ejps_core.engine.places import Places, phase_number
from ejps_core.engine.plan import Lookup, Rows
from ejps_core.model.decisions import WORD
from ejps_core.model.expr import Expr, FieldRef
from ejps_core.model.ruleset import Direction, OrderKey, RuleKind
from ejps_core.model.types import Code, Number

RATIO = 2**40
"""Two fractions with divisors up to 2**20 differ by more than 1 / RATIO, or not at all."""


@dataclass(frozen=True, slots=True)
class KeyNodes:
    """A ranking key. Values are lists of nodes compared one after the other, the smaller first.

    value: where it is known; best: its best end; limitless: the best end is before everything; lacking: it is unknown.
    """

    value: tuple[int, ...]
    best: tuple[int, ...]
    limitless: int
    lacking: int
    unknown_last: bool


@dataclass(frozen=True, slots=True)
class NeedNodes:
    """Masks of the facts needed and of those come to twice, and where perhaps not all of them are needed."""

    masks: tuple[int, ...]
    twice: tuple[int, ...]
    at_most: int


class Areas:
    """Numbers for areas, in the order in which they are met."""

    def __init__(self) -> None:
        self._next = count()
        self._numbers: dict[str | None, int] = {None: -1}

    def number(self, code: str | None) -> int:
        """The number of an area; several threads may ask at once."""
        return self._numbers.setdefault(code, next(self._next))


class Outcome:
    """The nodes of one program. `areas`: the numbers given to areas so far, kept over all lists that are ranked together."""

    def __init__(self, lowering: Lowering, areas: Areas | None = None) -> None:
        self.areas = Areas() if areas is None else areas
        self.lowering, self.plan, self.ruleset = lowering, lowering.plan, lowering.ruleset
        p = self.plan
        self.rules = [self._rule(index) for index in range(len(self.ruleset.rules))]
        self.status = p.count((p.and_(*(r.low for r in self.rules)), p.and_(*(r.high for r in self.rules))))
        self.failed = self._words([p.not_(rule.high) for rule in self.rules])
        self.unknown = self._words([lowering.pairs.unknown(rule) for rule in self.rules])
        self.instalments = [self._instalment(index) for index in range(len(self.ruleset.benefits))]
        self.phase = phase_number(lowering) if self.ruleset.calendars else p.zero

    def _rule(self, index: int) -> Truth:
        rule = self.ruleset.rules[index]
        truth = self.lowering.truth(rule.condition)
        return truth if rule.kind is RuleKind.REQUIRE else self.lowering.pairs.not_(truth)

    def _words(self, bits: list[int]) -> tuple[int, ...]:
        return tuple(self.plan.mask(bits[i : i + WORD]) for i in range(0, len(bits), WORD))

    def _instalment(self, index: int) -> Range:
        benefit, pairs = self.ruleset.benefits[index], self.lowering.pairs
        amount = self._not_below_zero(self.lowering.number(benefit.amount))
        if benefit.only_if is None:
            return amount
        return pairs.either(self.lowering.truth(benefit.only_if), amount, pairs.exact(self.plan.zero))

    def _not_below_zero(self, a: Range) -> Range:
        """The checker has proved it of every amount; an end that is lower only knows less."""
        p = self.plan
        low = a.low if p.never_negative(a.low) else p.most_of(p.zero, a.low)
        high = a.high if p.never_negative(a.high) else p.most_of(p.zero, a.high)
        return Range(p.select(a.open_low, p.zero, low), high, p.no, a.open_high)

    def verdict_needs(self) -> NeedNodes:
        """The facts needed for the verdict."""
        walk = Walk(self.lowering)
        for rule in self.ruleset.rules:
            walk.into(rule.condition, self.plan.yes)
        return NeedNodes(tuple(walk.masks()), tuple(walk.twice()), walk.at_most())

    def paid_needs(self) -> NeedNodes:
        """The facts needed for the amounts."""
        walk, p = Walk(self.lowering), self.plan
        for benefit, instalment in zip(self.ruleset.benefits, self.instalments, strict=True):
            reach, pays = self.lowering.pairs.unknown(instalment), p.yes
            if benefit.only_if is not None:
                walk.into(benefit.only_if, reach)
                pays = self.lowering.truth(benefit.only_if).high
            walk.into(benefit.amount, p.and_(reach, pays))
        return NeedNodes(tuple(walk.masks()), tuple(walk.twice()), walk.at_most())

    def area(self) -> tuple[int, int]:
        """A number for the area of each family (any, but equal for equal areas), and where it is unknown."""
        p, choose = self.plan, self.ruleset.choose
        if choose is None or choose.area is None:
            return p.zero, p.no
        value = self.lowering.of(choose.area)
        if isinstance(value, Labels):
            number = p.const(len(value.names))
            for place, name in enumerate(value.names):
                number = p.select(value.possible(frozenset((name,))), p.const(place), number)
            return number, self.lowering.pairs.unknown(value)
        assert isinstance(value, Places)
        numbers = Lookup("", lambda entry: self.areas.number(value.code(entry)))
        return value.lookup(self.lowering, ("area",), numbers), value.unknown(self.lowering)

    def limit(self, item: Expr | None) -> tuple[int, int] | None:
        """A quota or budget for each family's area, and where none is known."""
        if item is None:
            return None
        money = isinstance(item.type, Number) and item.type.per is not None
        value = self.lowering.number(item, self.ruleset.minor_digits if money else None)
        return value.low, self.lowering.pairs.unknown(value)

    def ranking(self) -> list[KeyNodes]:
        """The ranking keys, the first decides first."""
        choose = self.ruleset.choose
        return [self._key(key) for key in choose.order] if choose else []

    def _key(self, key: OrderKey) -> KeyNodes:
        p = self.plan
        if isinstance(key.value.type, Code):
            return self._code_key(key)
        value = self.lowering.of(key.value)
        if isinstance(value, Truth):
            worst, best = p.select(value.low, p.zero, p.const(1)), p.select(value.high, p.zero, p.const(1))
            return KeyNodes((worst,), (best,), p.no, self.lowering.pairs.unknown(value), key.unknown_last)
        lacking, highest = self.lowering.unknown(key.value), key.direction is Direction.HIGHEST
        if isinstance(value, Fraction):
            return self._fraction_key(value, lacking, highest, key.unknown_last)
        assert isinstance(value, Range)
        ends = self.lowering.pairs.negative(value) if highest else value
        return KeyNodes((ends.low,), (ends.low,), ends.open_low, lacking, key.unknown_last)

    def _code_key(self, key: OrderKey) -> KeyNodes:
        assert isinstance(key.value, FieldRef)
        p, name = self.plan, key.value.name
        lacking = p.not_(self.lowering.known(Rows.FAMILY, name))
        place = p.order(Rows.FAMILY, name)
        if key.direction is Direction.HIGHEST:
            place = p.subtract(p.zero, place)
        return KeyNodes((place,), (place,), lacking, lacking, key.unknown_last)

    def _fraction_key(self, value: Fraction, lacking: int, highest: bool, unknown_last: bool) -> KeyNodes:
        """Whole part, then the rest times RATIO: whole numbers in the exact order of the fractions."""
        p, top = self.plan, value.top
        if highest:
            top = self.lowering.pairs.negative(top)
        flat = p.at_most(p.zero, top.low)
        bottom = p.select(flat, value.bottom.high, value.bottom.low)
        endless = p.and_(flat, value.bottom.open_high)
        limitless = p.or_(top.open_low, p.not_(self.lowering.divisible(value)))
        best = tuple(p.select(endless, p.zero, part) for part in self._parts(top.low, bottom))
        return KeyNodes(self._parts(top.low, value.bottom.low), best, limitless, lacking, unknown_last)

    def _parts(self, top: int, bottom: int) -> tuple[int, int]:
        p = self.plan
        whole = p.divide(top, bottom)
        rest = p.subtract(top, p.multiply(whole, bottom))
        rest = p.select(p.below(p.zero, bottom), rest, p.zero)  # else it is no rest, and may be too large for RATIO
        return whole, p.divide(p.multiply(rest, p.const(RATIO)), bottom)
