"""Lowering: expressions of a rule set, at one decision date, to pairs of plan nodes. Members: lower_members.py."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.engine.lower_members import MemberLowering
from ejps_core.engine.pairs import Fraction, Labels, Pairs, Range, Truth
from ejps_core.engine.places import Places, phase_days
from ejps_core.engine.plan import Plan, Rows
from ejps_core.model import expr as e
from ejps_core.model.asof import AsOf, row_at
from ejps_core.model.calendar import shifted
from ejps_core.model.kinds import Comparison, Level, Rounding, Unit
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import Choice, Date, Number, Quotient, Region, Type, YesNo

Value = Truth | Range | Fraction | Labels | Places


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a list before it is decided, to leave out what can't happen.

    whole: the facts (rows, name) that no row lacks; absent: those that no row has; members: every family has member rows.
    """

    whole: frozenset[tuple[Rows, str]] = frozenset()
    absent: frozenset[tuple[Rows, str]] = frozenset()
    members: bool = False


ANY_SHAPE = Shape()


def rows_of(level: Level) -> Rows:
    """The rows of a level."""
    return Rows.FAMILY if level is Level.FAMILY else Rows.MEMBER


def scale_of(kind: Type) -> int:
    """Decimal digits of a number; 0 for days."""
    return kind.scale if isinstance(kind, Number) else 0


class Lowering(MemberLowering):
    """One rule set at one date, into a plan that other programs may share."""

    def __init__(self, plan: Plan, ruleset: Ruleset, as_of: AsOf, shape: Shape = ANY_SHAPE) -> None:
        self.plan, self.ruleset, self.as_of, self.shape = plan, ruleset, as_of, shape
        self.pairs = Pairs(plan)
        self.values: dict[int, Value] = {}
        """The value of each expression met, by its identity: what explanations and walks look up."""
        self.rests: dict[int, tuple[Value, ...]] = {}
        """For each case: what is left of it from each branch on, last `otherwise`."""

    def of(self, item: e.Expr) -> Value:
        """The value of an expression."""
        value = self.values.get(id(item))
        if value is None:
            value = self.values[id(item)] = self._lower(item)
        return value

    def truth(self, item: e.Expr) -> Truth:
        """The value of a yes/no expression."""
        value = self.of(item)
        assert isinstance(value, Truth), item
        return value

    def number(self, item: e.Expr, scale: int | None = None) -> Range:
        """The value of a number or date, in units of 10**-scale (its own by default)."""
        value = self.of(item)
        assert isinstance(value, Range), item
        return value if scale is None else self.pairs.scaled(value, scale - scale_of(item.type))

    def labels(self, item: e.Expr) -> Labels:
        """The value of a choice."""
        value = self.of(item)
        assert isinstance(value, Labels), item
        return value

    def places(self, item: e.Expr) -> Places:
        """The value of a region."""
        value = self.of(item)
        assert isinstance(value, Places), item
        return value

    def _lower(self, item: e.Expr) -> Value:
        match item:
            case e.Literal():
                return self._constant(item.type, item.value)
            case e.ParameterRef():
                return self._constant(item.type, self.parameter(item.name))
            case e.FieldRef():
                return self._field(item)
            case e.DefinitionRef():
                return self.of(self.ruleset.definition(item.name).value)
            case e.DecisionDate():
                return self.pairs.exact(self.plan.const(self.as_of.on))
            case e.PhaseEdge():
                return phase_days(self, item.last)
            case e.AreaOf():
                return self.places(item.item).area(item.level)
            case e.Shift() | e.Age():
                return self._date(item)
            case e.Not() | e.And() | e.Or() | e.AtLeast() | e.Compare() | e.Between() | e.OneOf() | e.InArea():
                return self._condition(item)
            case e.IsUnknown():
                return self.pairs.sure(self.unknown(item.item))
            case e.IfUnknown():
                return self._if_unknown(item)
            case e.Case():
                return self._case(item)
            case e.Least() | e.Most():
                return self._extreme_of(item)
            case e.Missing():
                return self._missing(item.type)
            case e.Dated():
                return self.of(self.version(item))
            case e.Add() | e.Subtract() | e.Multiply() | e.Divide() | e.Round():
                return self._arithmetic(item)
            case _:
                return self.aggregate(item)

    def unknown(self, item: e.Expr) -> int:
        """Where an expression is unknown."""
        value = self.of(item)
        if isinstance(item, e.Age):
            birth, on = self.number(item.birth), self.number(item.on)
            if birth.low == birth.high and on == self.pairs.exact(on.low):  # then no age has to be worked out to tell
                return self.plan.or_(birth.open_low, birth.open_high)
        return value.unknown(self) if isinstance(value, Places) else self.pairs.unknown(value)

    def parameter(self, name: str) -> bool | int | str:
        """A parameter's value in force and published; that there is one was checked before."""
        row = row_at(self.ruleset.parameter(name), self.as_of)
        assert row is not None, name
        return row.value

    def version(self, item: e.Dated) -> e.Expr:
        """The version of an expression in force and published."""
        return item.versions[int(self.parameter(item.name))]

    def _missing(self, kind: Type) -> Value:
        p = self.plan
        if isinstance(kind, YesNo):
            return Truth(p.no, p.yes)
        if isinstance(kind, Choice):
            names = frozenset(kind.names)
            return Labels(kind.names, lambda labels: p.const(bool(labels & names)), False, p.const(len(names) > 1))
        negative = p.const(not (isinstance(kind, Number) and kind.low >= 0))
        return Range(p.zero, p.zero, negative, p.yes)

    def _extreme_of(self, item: e.Least | e.Most) -> Range:
        numbers = [self.number(part, scale_of(item.type)) for part in item.items]
        result = numbers[0]
        for number in numbers[1:]:
            if isinstance(item, e.Least):
                result = self.pairs.smaller(result, number)
            else:
                result = self.pairs.negative(self.pairs.smaller(self.pairs.negative(result), self.pairs.negative(number)))
        return result

    def _constant(self, kind: Type, value: bool | int | str) -> Value:
        p = self.plan
        match kind:
            case YesNo():
                return self.pairs.sure(p.const(bool(value)))
            case Choice():
                return Labels(kind.names, lambda labels: p.const(value in labels), True)
            case _:
                return self.pairs.exact(p.const(int(value)))

    def known(self, rows: Rows, name: str) -> int:
        """Where a fact is known."""
        if (rows, name) in self.shape.whole:
            return self.plan.yes
        return self.plan.no if (rows, name) in self.shape.absent else self.plan.known(rows, name)

    def _field(self, item: e.FieldRef) -> Value:
        p, rows = self.plan, rows_of(item.level)
        known = self.known(rows, item.name)
        lacking = p.not_(known)
        match item.type:
            case YesNo():
                fact = p.column(rows, item.name) if known != p.no else p.no
                return Truth(fact, p.or_(fact, lacking))
            case Number() | Date() as kind:
                positive = isinstance(kind, Number) and kind.low >= 0
                fact = p.column(rows, item.name, positive) if known != p.no else p.zero
                return Range(fact, fact, p.no if positive else lacking, lacking)
            case Region():
                return Places(rows, item.name)
            case Choice(names=names):
                return self.label_field(rows, item.name, names)
        raise AssertionError(item)

    def _date(self, item: e.Shift | e.Age) -> Range:
        p = self.plan
        if isinstance(item, e.Shift):
            a = self.number(item.date)
            low, high = (self._shifted(end, item.amount, item.unit) for end in (a.low, a.high))
            return Range(low, high, a.open_low, a.open_high)
        birth, on, rule = self.number(item.birth), self.number(item.on), self.ruleset.leap_rule.value
        low, high = p.age(birth.high, on.low, rule), p.age(birth.low, on.high, rule)
        # nobody in a list is born after the decision date, but on another day somebody may not be born yet
        unborn = p.no if isinstance(item.on, e.DecisionDate) else birth.open_high
        return Range(
            p.select(birth.open_high, p.zero, low),
            high,
            p.or_(unborn, on.open_low),
            p.or_(birth.open_low, on.open_high),
        )

    def _shifted(self, end: int, amount: int, unit: Unit) -> int:
        value = self.plan.value(end)
        if value is not None:
            return self.plan.const(shifted(int(value), amount, unit))
        return self.plan.shift(end, amount, unit.value)

    def _condition(self, item: e.Expr) -> Truth:
        match item:
            case e.Not():
                return self.pairs.not_(self.truth(item.item))
            case e.And():
                return self.pairs.and_(*map(self.truth, item.items))
            case e.Or():
                return self.pairs.or_(*map(self.truth, item.items))
            case e.AtLeast():
                return self.pairs.at_least(item.count, [self.truth(i) for i in item.items])
            case e.Compare():
                return self._compare(item)
            case e.Between():
                low, high = (self._ordered(Comparison.AT_LEAST, item.item, item.low),
                             self._ordered(Comparison.AT_MOST, item.item, item.high))  # fmt: skip
                return self.pairs.and_(low, high)
            case e.OneOf():
                return self.one_of(item)
            case e.InArea():
                return self.places(item.item).test(self, item.areas)
        raise AssertionError(item)

    def _compare(self, item: e.Compare) -> Truth:
        if isinstance(item.left.type, YesNo):
            same = self.pairs.same(self.truth(item.left), self.truth(item.right))
            return same if item.how is Comparison.EQUAL else self.pairs.not_(same)
        return self._ordered(item.how, item.left, item.right)

    def _ordered(self, how: Comparison, left: e.Expr, right: e.Expr) -> Truth:
        """Numbers, dates and quotients: a / b < x / y is a·y < x·b, where b and y are above 0."""
        if not isinstance(left.type, Quotient) and not isinstance(right.type, Quotient):
            scale = max(scale_of(left.type), scale_of(right.type))
            return self.pairs.compare(how, self.number(left, scale), self.number(right, scale))
        a, b = self.fraction(left), self.fraction(right)
        scale = max(a.scale, b.scale)
        cross = (self.pairs.multiply(a.top, b.bottom), self.pairs.multiply(b.top, a.bottom))
        result = self.pairs.compare(
            how, self.pairs.scaled(cross[0], scale - a.scale), self.pairs.scaled(cross[1], scale - b.scale)
        )
        p, fine = self.plan, self.plan.and_(self.divisible(a), self.divisible(b))
        return Truth(p.and_(fine, result.low), p.or_(p.not_(fine), result.high))

    def divisible(self, a: Fraction) -> int:
        """Where the divisor is surely above 0."""
        p = self.plan
        return p.and_(p.below(p.zero, a.bottom.low), p.not_(a.bottom.open_low))

    def fraction(self, item: e.Expr) -> Fraction:
        """A quotient, or a number over 1."""
        value = self.of(item)
        if isinstance(value, Fraction):
            return value
        return Fraction(self.number(item), self.pairs.exact(self.plan.const(1)), scale_of(item.type))

    def _if_unknown(self, item: e.IfUnknown) -> Value:
        p, value, default = self.plan, self.of(item.item), self.of(item.default)
        lacking = self.unknown(item.item)
        if isinstance(value, Places):
            assert isinstance(item.default, e.Literal)
            return value.default(str(item.default.value))
        if isinstance(value, Truth) and isinstance(default, Truth):
            return self.pairs.sure(p.choose(lacking, default.low, value.low))
        if isinstance(value, Labels) and isinstance(default, Labels):
            fallback, given = default.possible, value.possible
            return Labels(value.names, lambda labels: p.choose(lacking, fallback(labels), given(labels)), True)
        scale = scale_of(item.type)
        given_number, fallback_number = self.number(item.item, scale), self.number(item.default, scale)
        return self.pairs.exact(p.select(lacking, fallback_number.low, given_number.low))

    def _case(self, item: e.Case) -> Value:
        result = self._joined_scale(item.otherwise, item.type)
        rests = [result]
        for guard, outcome in reversed(item.branches):
            value, condition = self._joined_scale(outcome, item.type), self.truth(guard)
            if isinstance(value, Truth) and isinstance(result, Truth):
                result = self.pairs.either_truth(condition, value, result)
            elif isinstance(value, Labels) and isinstance(result, Labels):
                result = self.pairs.either_labels(condition, value, result)
            else:
                assert isinstance(value, Range) and isinstance(result, Range), item
                result = self.pairs.either(condition, value, result)
            rests.append(result)
        self.rests[id(item)] = tuple(reversed(rests))
        return result

    def _joined_scale(self, item: e.Expr, kind: Type) -> Value:
        return self.number(item, kind.scale) if isinstance(kind, Number) else self.of(item)

    def _arithmetic(self, item: e.Add | e.Subtract | e.Multiply | e.Divide | e.Round) -> Range | Fraction:
        if isinstance(item, e.Round):
            return self._round(item)
        if isinstance(item, e.Divide):
            a, b = self.fraction(item.left), self.number(item.right)
            up = scale_of(item.right.type)
            bottom = self.pairs.multiply(a.bottom, b)
            return Fraction(self.pairs.scaled(a.top, max(0, up - a.scale)), bottom, max(0, a.scale - up))
        if isinstance(item, e.Multiply):
            if isinstance(item.type, Quotient):
                a, c = self.fraction(item.left), self.fraction(item.right)
                return Fraction(
                    self.pairs.multiply(a.top, c.top),
                    self.pairs.multiply(a.bottom, c.bottom),
                    a.scale + c.scale,
                )
            return self.pairs.multiply(self.number(item.left), self.number(item.right))
        scale = scale_of(item.type)
        left, right = self.number(item.left, scale), self.number(item.right, scale)
        return self.pairs.add(left, right) if isinstance(item, e.Add) else self.pairs.subtract(left, right)

    def _round(self, item: e.Round) -> Range:
        """To a multiple of the step: top·10**r / (bottom·step·10**scale) rounded to whole steps."""
        p, a = self.plan, self.fraction(item.item)
        power = scale_of(item.type) - a.scale
        top = self.pairs.scaled(a.top, max(0, power))
        bottom = self.pairs.multiply(a.bottom, self.pairs.exact(p.const(item.step * 10 ** max(0, -power))))
        fine = self.divisible(a)
        flat = p.at_most(p.zero, top.low), p.at_most(p.zero, top.high)
        low_by = p.select(flat[0], bottom.high, bottom.low)
        high_by = p.select(flat[1], bottom.low, bottom.high)
        low = p.multiply(self._steps(item.how, top.low, low_by), p.const(item.step))
        high = p.multiply(self._steps(item.how, top.high, high_by), p.const(item.step))
        low = p.select(p.and_(flat[0], bottom.open_high), p.zero, low)
        high = p.select(p.and_(p.not_(flat[1]), bottom.open_high), p.zero, high)
        may_be_negative = p.const(not (isinstance(item.type, Number) and item.type.low >= 0))
        lacking = p.not_(fine)
        return Range(
            p.select(lacking, p.zero, low),
            p.select(lacking, p.zero, high),
            p.or_(p.and_(fine, top.open_low), p.and_(lacking, may_be_negative)),
            p.or_(lacking, top.open_high),
        )

    def _steps(self, how: Rounding, top: int, bottom: int) -> int:
        """top / bottom as a whole number."""
        p = self.plan
        down = p.divide(top, bottom)
        rest = p.subtract(top, p.multiply(down, bottom))
        if how is Rounding.DOWN:
            return down
        if how is Rounding.UP:
            more = p.below(p.zero, rest)
        else:
            other = p.subtract(bottom, rest)
            half = p.equal(rest, other)
            if how is Rounding.HALF_UP:
                tie = p.at_most(p.zero, top)
            else:
                tie = p.equal(p.subtract(down, p.multiply(p.divide(down, p.const(2)), p.const(2))), p.const(1))
            more = p.or_(p.below(other, rest), p.and_(half, tie))
        return p.select(more, p.add(down, p.const(1)), down)
