"""The meaning of every expression, one family at a time: read it beside docs/language/meaning.md."""

from __future__ import annotations

from fractions import Fraction

from ejps_core.model import expr as e
from ejps_core.model.calendar import age, shifted
from ejps_core.model.candidates import Value as Plain
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import AreaLevel, Comparison, Level
from ejps_core.model.ruleset import Phase
from ejps_core.model.types import Number
from tests.conformance import reference_members as members
from tests.conformance import reference_numbers as n
from tests.conformance import reference_values as v
from tests.conformance.reference_scene import Member, Scene, parameter_value, possible_phases
from tests.conformance.reference_values import Labels, Name, Range, Ratio, Truth, Value


def evaluate(expr: Expr, scene: Scene, member: Member | None = None) -> Value:
    """What the expression may be; `member` is the member at hand inside member expressions."""
    match expr:
        case e.Literal():
            return v.known_as(expr.value, expr.type)
        case e.FieldRef():
            return _fact(expr, scene, member)
        case e.ParameterRef():
            return v.known_as(parameter_value(expr.name, scene), expr.type)
        case e.DefinitionRef():
            within = member if expr.level is Level.MEMBER else None
            return evaluate(scene.ruleset.definition(expr.name).value, scene, within)
        case e.Case():
            return _case(expr, scene, member)
        case e.Least() | e.Most():
            numbers = [range_of(item, scene, member) for item in expr.items]
            pick = min if isinstance(expr, e.Least) else max
            return v.between(pick(map(v.floor, numbers)), pick(map(v.ceiling, numbers)))
        case e.Missing():
            return v.unknown_of(expr.type)
        case e.Dated():
            return evaluate(expr.versions[int(parameter_value(expr.name, scene))], scene, member)
        case e.IfUnknown():
            value = evaluate(expr.item, scene, member)
            return value if v.is_known(value) else evaluate(expr.default, scene, member)
        case e.DecisionDate() | e.PhaseEdge() | e.Shift() | e.Age() | e.AreaOf():
            return _date_or_area(expr, scene, member)
        case e.Add() | e.Subtract() | e.Multiply() | e.Divide() | e.Round():
            return _arithmetic(expr, scene, member)
        case e.SumMembers() | e.SumLargest() | e.ExtremeMember() | e.OfOldest() | e.CountMembers():
            return _of_members(expr, scene)
        case e.AnyMember() | e.EveryMember() | e.AtLeastMembers():
            return _test_of_members(expr, scene)
    return _test(expr, scene, member)


def truth_of(expr: Expr, scene: Scene, member: Member | None = None) -> Truth:
    """A yes/no expression."""
    value = evaluate(expr, scene, member)
    assert isinstance(value, Truth)
    return value


def range_of(expr: Expr, scene: Scene, member: Member | None = None) -> Range:
    """A number or date; a quotient as the numbers that it may be."""
    return v.number_range(evaluate(expr, scene, member))


def region_of(expr: Expr, scene: Scene, member: Member | None = None) -> str | None:
    """A region, None if unknown."""
    value = evaluate(expr, scene, member)
    assert isinstance(value, Name)
    return value.text


def _fact(expr: e.FieldRef, scene: Scene, member: Member | None) -> Value:
    if expr.level is Level.FAMILY:
        plain = scene.family.values.get(expr.name)
    else:
        assert member is not None
        plain = member.get(expr.name)
    return v.unknown_of(expr.type) if plain is None else v.known_as(plain, expr.type)


def _case(expr: e.Case, scene: Scene, member: Member | None) -> Value:
    result = evaluate(expr.otherwise, scene, member)
    for guard, value in reversed(expr.branches):
        truth = truth_of(guard, scene, member)
        if truth == v.YES:
            result = evaluate(value, scene, member)
        elif truth != v.NO:
            result = v.join(evaluate(value, scene, member), result)
    return result


# ---- dates and areas


def _date_or_area(
    expr: e.DecisionDate | e.PhaseEdge | e.Shift | e.Age | e.AreaOf, scene: Scene, member: Member | None
) -> Value:
    match expr:
        case e.DecisionDate():
            return v.exactly(scene.as_of.on)
        case e.PhaseEdge():
            phases = possible_phases(scene)
            return v.join_all([_edge(phase, expr.last) for phase in phases])
        case e.Shift():
            date = range_of(expr.date, scene, member)
            return Range(_shift(date.low, expr), _shift(date.high, expr))
        case e.Age():
            birth = range_of(expr.birth, scene, member)
            if not v.is_known(birth) and isinstance(expr.on, e.DecisionDate):
                return v.NOT_NEGATIVE
            return _age(birth, range_of(expr.on, scene, member), scene)
        case e.AreaOf():
            parts = (region_of(expr.item, scene, member) or "").split(".")
            length = {AreaLevel.PROVINCE: 1, AreaLevel.DISTRICT: 2, AreaLevel.SUBDISTRICT: 3}[expr.level]
            return Name(".".join(parts[:length]) if parts[0] and len(parts) >= length else None)


def _shift(day: Fraction | None, expr: e.Shift) -> Fraction | None:
    return None if day is None else Fraction(shifted(int(day), expr.amount, expr.unit))


def _age(birth: Range, on: Range, scene: Scene) -> Range:
    rule = scene.ruleset.leap_rule
    if birth.low is None or birth.high is None:
        return v.ANYTHING
    low = None if on.low is None else Fraction(age(int(birth.high), int(on.low), rule))
    return Range(low, None if on.high is None else Fraction(age(int(birth.low), int(on.high), rule)))


def _edge(phase: Phase | None, last: bool) -> Range:
    if phase is None:
        return v.ANYTHING
    return v.exactly(phase.last if last else phase.first)


# ---- numbers


def _arithmetic(expr: e.Add | e.Subtract | e.Multiply | e.Divide | e.Round, scene: Scene, member: Member | None) -> Value:
    match expr:
        case e.Add():
            return n.add(range_of(expr.left, scene, member), range_of(expr.right, scene, member))
        case e.Subtract():
            return n.add(range_of(expr.left, scene, member), n.negative(range_of(expr.right, scene, member)))
        case e.Multiply():
            return n.product(evaluate(expr.left, scene, member), evaluate(expr.right, scene, member))
        case e.Divide():
            return Ratio(range_of(expr.left, scene, member), range_of(expr.right, scene, member))
        case e.Round():
            return _round(expr, evaluate(expr.item, scene, member))


def _round(expr: e.Round, value: Value) -> Value:
    if isinstance(value, Ratio) and not v.is_defined(value):
        return v.unknown_of(expr.type)
    assert isinstance(expr.type, Number)
    step, ends = Fraction(expr.step, 10**expr.type.scale), v.number_range(value)
    low, high = (None if end is None else n.rounded(end, step, expr.how) for end in (ends.low, ends.high))
    return Range(low, high)


# ---- tests


def _test(expr: Expr, scene: Scene, member: Member | None) -> Truth:
    match expr:
        case e.Not():
            return n.opposite(truth_of(expr.item, scene, member))
        case e.And():
            return n.both([truth_of(item, scene, member) for item in expr.items])
        case e.Or():
            return n.either([truth_of(item, scene, member) for item in expr.items])
        case e.AtLeast():
            return n.at_least(expr.count, [truth_of(item, scene, member) for item in expr.items])
        case e.Compare():
            return n.compare(expr.how, evaluate(expr.left, scene, member), evaluate(expr.right, scene, member))
        case e.Between():
            item, low, high = (evaluate(part, scene, member) for part in (expr.item, expr.low, expr.high))
            at_least, at_most = Comparison.AT_LEAST, Comparison.AT_MOST
            return n.both([n.compare(at_least, item, low), n.compare(at_most, item, high)])
        case e.OneOf():
            choice = evaluate(expr.item, scene, member)
            assert isinstance(choice, Labels)
            return Truth(choice.names <= set(expr.labels), bool(choice.names & set(expr.labels)))
        case e.InArea():
            return _in_area(region_of(expr.item, scene, member), expr.areas)
        case e.IsUnknown():
            return v.NO if v.is_known(evaluate(expr.item, scene, member)) else v.YES
    raise AssertionError(expr)


def _in_area(region: str | None, areas: tuple[str, ...]) -> Truth:
    if region is None:
        return v.UNKNOWN
    if any(region == area or region.startswith(area + ".") for area in areas):
        return v.YES
    return v.UNKNOWN if any(area.startswith(region + ".") for area in areas) else v.NO


# ---- members


def where_of(where: Expr | None, scene: Scene, member: Member) -> Truth:
    """Whether the member satisfies the condition; no condition: yes."""
    return v.YES if where is None else truth_of(where, scene, member)


def _test_of_members(expr: e.AnyMember | e.EveryMember | e.AtLeastMembers, scene: Scene) -> Truth:
    if scene.list_unknown:
        return v.UNKNOWN
    people = scene.family.members
    match expr:
        case e.AnyMember():
            return n.either([truth_of(expr.where, scene, m) for m in people])
        case e.EveryMember():
            return n.both([satisfies(expr, scene, m) for m in people])
        case e.AtLeastMembers():
            return n.at_least(expr.count, [truth_of(expr.where, scene, m) for m in people])


def satisfies(expr: e.EveryMember, scene: Scene, member: Member) -> Truth:
    """Not W, or C."""
    where = where_of(expr.where, scene, member)
    return n.either([n.opposite(where), truth_of(expr.condition, scene, member)])


def _of_members(expr: e.CountMembers | e.SumMembers | e.SumLargest | e.ExtremeMember | e.OfOldest, scene: Scene) -> Value:
    if scene.list_unknown:
        return _of_unknown_list(expr, scene)
    if isinstance(expr, e.CountMembers):
        return members.count([where_of(expr.where, scene, m) for m in scene.family.members])
    if isinstance(expr, e.OfOldest):
        if_none = None if expr.if_none is None else evaluate(expr.if_none, scene)
        return members.of_oldest(expr.oldest, aged(expr, scene), if_none)
    people = [members.Weighed(where_of(expr.where, scene, m), range_of(expr.value, scene, m)) for m in scene.family.members]
    match expr:
        case e.SumMembers():
            return members.total(people)
        case e.SumLargest() if expr.kind is not None and expr.cap is not None:
            kinds = [evaluate(expr.kind, scene, m) for m in scene.family.members]
            caps = [range_of(expr.cap, scene, m) for m in scene.family.members]
            return members.total_largest_capped(expr.count, people, kinds, caps)
        case e.SumLargest():
            return members.total_largest(expr.count, people)
        case e.ExtremeMember():
            nobody = None if expr.if_none is None else range_of(expr.if_none, scene)
            return members.extreme(expr.largest, people, nobody)


def _of_unknown_list(
    expr: e.CountMembers | e.SumMembers | e.SumLargest | e.ExtremeMember | e.OfOldest, scene: Scene
) -> Value:
    match expr:
        case e.CountMembers():
            return Range(Fraction(1), None) if expr.where is None else v.NOT_NEGATIVE
        case e.SumLargest():
            return v.NOT_NEGATIVE
        case e.SumMembers():
            return v.unknown_of(expr.value.type)
        case e.ExtremeMember() | e.OfOldest():
            anything = v.unknown_of(expr.value.type)
            return anything if expr.if_none is None else v.join(anything, evaluate(expr.if_none, scene))


def aged(expr: e.OfOldest, scene: Scene) -> list[members.Aged]:
    """What the oldest (or youngest) member is found by."""
    return [
        members.Aged(
            where_of(expr.where, scene, m),
            evaluate(expr.value, scene, m),
            range_of(expr.birth, scene, m),
            _key(m.get(expr.key) if expr.key else None),
        )
        for m in scene.family.members
    ]


def _key(plain: Plain) -> str | int | None:
    return plain if isinstance(plain, str | int) else None
