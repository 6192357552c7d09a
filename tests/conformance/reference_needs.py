"""Facts still needed: walking back from what is unknown, through unknown operands, to unknown facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ejps_core.model import expr as e
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Level
from ejps_core.model.types import Quotient
from tests.conformance.reference_expressions import aged, evaluate, satisfies, truth_of, where_of
from tests.conformance.reference_members import possible_oldest, unsettled_ties
from tests.conformance.reference_scene import Member, Scene, parameter_value
from tests.conformance.reference_values import NO, YES, exactly, is_known

PERHAPS_NOT_ALL = (e.SumMembers, e.SumLargest, e.ExtremeMember, e.OfOldest)


@dataclass(slots=True)
class Found:
    """The facts met so far, and whether perhaps not all of them are needed."""

    places: Counter[tuple[str, int | None]] = field(default_factory=Counter)
    """How often the walk came to each fact of the family (None), or of each member."""
    at_most: bool = False

    @property
    def facts(self) -> set[str]:
        """The facts met."""
        return {name for name, _ in self.places}

    @property
    def twice(self) -> set[str]:
        """The facts that the walk came to at more than one place."""
        return {name for (name, _), count in self.places.items() if count > 1}

    def add(self, name: str, member: Member | None = None) -> None:
        """Comes to a fact."""
        self.places[name, None if member is None else id(member)] += 1


def enter(expr: Expr, scene: Scene, member: Member | None, found: Found) -> None:
    """Walks into an operand if its value is unknown."""
    if not is_known(evaluate(expr, scene, member)):
        walk(expr, scene, member, found)


def walk(expr: Expr, scene: Scene, member: Member | None, found: Found) -> None:
    """Walks back from an expression whose value is unknown."""
    match expr:
        case e.FieldRef():
            if expr.level is Level.FAMILY:
                found.add(expr.name)
            else:
                found.add(f"member.{expr.name}", member)
        case e.DefinitionRef():
            within = member if expr.level is Level.MEMBER else None
            walk(scene.ruleset.definition(expr.name).value, scene, within, found)
        case e.Dated():
            walk(expr.versions[int(parameter_value(expr.name, scene))], scene, member, found)
        case e.PhaseEdge():
            if scene.region_field:
                found.add(scene.region_field.name)
        case e.InArea() | e.AreaOf():
            _walk_region(expr.item, scene, member, found)
        case e.Case():
            _walk_case(expr, scene, member, found)
        case e.AnyMember() | e.EveryMember() | e.AtLeastMembers() | e.CountMembers():
            _walk_members(expr, scene, found)
        case e.SumMembers() | e.SumLargest() | e.ExtremeMember() | e.OfOldest():
            found.at_most = found.at_most or not scene.list_unknown
            _walk_members(expr, scene, found)
        case _:
            for operand in _operands(expr, scene, member):
                enter(operand, scene, member, found)


def _operands(expr: Expr, scene: Scene, member: Member | None) -> tuple[Expr, ...]:
    match expr:
        case e.Not() | e.Round():
            return (expr.item,)
        case e.And() | e.Or() | e.AtLeast() | e.Least() | e.Most():
            return expr.items
        case e.Compare() | e.Add() | e.Subtract() | e.Divide():
            return (expr.left, expr.right)
        case e.Multiply():
            return _factors(expr, scene, member)
        case e.Between():
            return (expr.item, expr.low, expr.high)
        case e.OneOf():
            return (expr.item,)
        case e.Shift():
            return (expr.date,)
        case e.Age():
            return (expr.birth, expr.on)
    return ()


def _factors(expr: e.Multiply, scene: Scene, member: Member | None) -> tuple[Expr, ...]:
    """A known 0 settles the product, unless the other is a quotient, which may be undefined."""
    for factor, other in ((expr.left, expr.right), (expr.right, expr.left)):
        if evaluate(factor, scene, member) == exactly(0) and not isinstance(other.type, Quotient):
            return ()
    return (expr.left, expr.right)


def _walk_region(expr: Expr, scene: Scene, member: Member | None, found: Found) -> None:
    """A test of a region that is unknown, or known but too short: the region field."""
    match expr:
        case e.AreaOf():
            _walk_region(expr.item, scene, member, found)
        case e.IfUnknown() if is_known(evaluate(expr.item, scene, member)):
            _walk_region(expr.item, scene, member, found)
        case e.DefinitionRef():
            within = member if expr.level is Level.MEMBER else None
            _walk_region(scene.ruleset.definition(expr.name).value, scene, within, found)
        case e.Case():
            for guard, value in expr.branches:
                truth = truth_of(guard, scene, member)
                enter(guard, scene, member, found)
                if truth != NO:
                    _walk_region(value, scene, member, found)
                if truth == YES:
                    return
            _walk_region(expr.otherwise, scene, member, found)
        case e.FieldRef():
            walk(expr, scene, member, found)
        case _:
            enter(expr, scene, member, found)


def _walk_case(expr: e.Case, scene: Scene, member: Member | None, found: Found) -> None:
    if not expr.branches:
        enter(expr.otherwise, scene, member, found)
        return
    (guard, value), *others = expr.branches
    truth = truth_of(guard, scene, member)
    enter(guard, scene, member, found)
    if truth != NO:
        enter(value, scene, member, found)
    if truth != YES:
        rest = e.Case(branches=tuple(others), otherwise=expr.otherwise, type=expr.type, span=expr.span)
        enter(rest, scene, member, found)


def _walk_members(expr: e.Aggregate, scene: Scene, found: Found) -> None:
    people = scene.family.members
    if isinstance(expr, e.ExtremeMember | e.OfOldest) and expr.if_none is not None:
        somebody = not scene.list_unknown and any(where_of(expr.where, scene, m) == YES for m in people)
        if not somebody:
            enter(expr.if_none, scene, None, found)
    if scene.list_unknown:
        found.add("members")
        return
    if isinstance(expr, e.OfOldest):
        members = aged(expr, scene)
        first = possible_oldest(expr.oldest, members)
        people = tuple(people[i] for i in first)
        if expr.key is not None:
            for i in unsettled_ties([members[i] for i in first]):
                found.add(f"member.{expr.key}", people[i])
    for member in people:
        _walk_member(expr, scene, member, found)


def _walk_member(expr: e.Aggregate, scene: Scene, member: Member, found: Found) -> None:
    match expr:
        case e.EveryMember():
            _walk_every(expr, scene, member, found)
        case e.AnyMember() | e.AtLeastMembers():
            enter(expr.where, scene, member, found)
        case e.CountMembers():
            if expr.where is not None:
                enter(expr.where, scene, member, found)
        case e.SumMembers() | e.SumLargest():
            if evaluate(expr.value, scene, member) != exactly(0):
                _walk_where_and_value(expr.where, expr.value, scene, member, found)
                _walk_kind(expr, scene, member, found)
        case e.ExtremeMember():
            _walk_where_and_value(expr.where, expr.value, scene, member, found)
        case e.OfOldest():
            _walk_where_and_value(expr.where, expr.value, scene, member, found)
            enter(expr.birth, scene, member, found)


def _walk_kind(expr: e.SumMembers | e.SumLargest, scene: Scene, member: Member, found: Found) -> None:
    if not isinstance(expr, e.SumLargest) or expr.kind is None or expr.cap is None:
        return
    if where_of(expr.where, scene, member) != NO:
        enter(expr.kind, scene, member, found)
        enter(expr.cap, scene, member, found)


def _walk_every(expr: e.EveryMember, scene: Scene, member: Member, found: Found) -> None:
    """Into Or(Not W, C)."""
    if is_known(satisfies(expr, scene, member)):
        return
    if expr.where is not None:
        enter(expr.where, scene, member, found)
    enter(expr.condition, scene, member, found)


def _walk_where_and_value(where: Expr | None, value: Expr, scene: Scene, member: Member, found: Found) -> None:
    if where is not None:
        enter(where, scene, member, found)
    if where_of(where, scene, member) != NO:
        enter(value, scene, member, found)
