"""Facts still needed: walking back from an unknown result through unknown operands to unknown facts, as plan nodes."""

from __future__ import annotations

from ejps_core.engine.lower import Lowering
from ejps_core.engine.pairs import Range
from ejps_core.engine.places import Places, region_field
from ejps_core.engine.plan import Rows
from ejps_core.model import expr as e
from ejps_core.model.decisions import WORD, fact_names
from ejps_core.model.kinds import Level
from ejps_core.model.types import Quotient


class Walk:
    """One walk over any number of expressions; what it found is in `found` and `at_most`.

    found: for each fact, where it is needed: nodes of families, or of members for member facts; and how often the walk comes
    there, a number of families.
    """

    def __init__(self, lowering: Lowering) -> None:
        self.lowering, self.plan = lowering, lowering.plan
        self.found: dict[str, list[tuple[int, int]]] = {name: [] for name in fact_names(lowering.ruleset)}
        self.weighed: list[int] = []
        self.once = self.times = self.plan.const(1)
        """How often the walk comes to where it is: more than once inside members of members, once for each outer one."""

    def masks(self) -> list[int]:
        """The facts needed, as masks of WORD facts each, one entry a family."""
        p = self.plan
        bits = [p.or_(*(self._of_family(node) for node, _ in places)) for places in self.found.values()]
        return [p.mask(bits[i : i + WORD]) for i in range(0, len(bits), WORD)]

    def twice(self) -> list[int]:
        """The facts that the walk comes to at more than one place, as masks; each member is a place of its own."""
        p = self.plan
        bits = [self._more_than_once(fact, places) for fact, places in self.found.items()]
        return [p.mask(bits[i : i + WORD]) for i in range(0, len(bits), WORD)]

    def _more_than_once(self, fact: str, places: list[tuple[int, int]]) -> int:
        p = self.plan
        if fact.startswith("member."):
            total = p.count(node for node, times in places if times == self.once)
            for node, times in places:
                total = total if times == self.once else p.add(total, p.select(node, p.spread(times), p.zero))
            return self._of_family(p.below(self.once, total))
        members = [place for place in places if p.nodes[place[0]].rows is Rows.MEMBER]
        others = [place for place in places if place not in members]
        total = p.count(node for node, times in others if times == self.once)
        for node, times in others:
            total = total if times == self.once else p.add(total, p.select(node, times, p.zero))
        for node, times in members:
            total = p.add(total, p.multiply(p.sum(node), times))
        return p.below(self.once, total)

    def at_most(self) -> int:
        """Where perhaps not all of them are needed."""
        return self.plan.or_(*map(self._of_family, self.weighed))

    def _of_family(self, node: int) -> int:
        return self.plan.any(node) if self.plan.nodes[node].rows is Rows.MEMBER else node

    def into(self, item: e.Expr, reach: int) -> None:
        """Enters an expression where it is reached and unknown."""
        here = self.plan.and_(reach, self.lowering.unknown(item))
        if here != self.plan.no:
            self._step(item, here)

    def _step(self, item: e.Expr, here: int) -> None:
        match item:
            case e.FieldRef(name=name, level=level):
                self._needed(name if level is Level.FAMILY else f"member.{name}", here)
            case e.DefinitionRef(name=name):
                self.into(self.lowering.ruleset.definition(name).value, here)
            case e.Dated():
                self.into(self.lowering.version(item), here)
            case e.InArea() | e.AreaOf():
                self._region(item.item, here)
            case e.PhaseEdge():
                field = region_field(self.lowering.ruleset)
                if field is not None:
                    self._needed(field, here)
            case e.Multiply(left=left, right=right):
                self.into(left, self.plan.and_(here, self._matters_beside(left, right)))
                self.into(right, self.plan.and_(here, self._matters_beside(right, left)))
            case e.Case():
                self._case(item, here)
            case (
                e.CountMembers() | e.AnyMember() | e.AtLeastMembers() | e.EveryMember()
                | e.SumMembers() | e.SumLargest() | e.ExtremeMember() | e.OfOldest()
            ):  # fmt: skip
                self._aggregate(item, here)
            case _:
                for operand in operands(item):
                    self.into(operand, here)

    def _needed(self, fact: str, here: int) -> None:
        self.found[fact].append((here, self.times))

    def _region(self, item: e.Expr, here: int) -> None:
        place = self.lowering.of(item)
        assert isinstance(place, Places)
        self._needed(place.name if place.rows is Rows.FAMILY else f"member.{place.name}", here)

    def _matters_beside(self, factor: e.Expr, other: e.Expr) -> int:
        """Where a factor matters: a known 0 settles a product, but not whether a quotient has a value."""
        if isinstance(factor.type, Quotient):
            return self.plan.yes
        return self.plan.not_(self._nothing(other))

    def _nothing(self, item: e.Expr) -> int:
        """Where a number is known to be 0."""
        value, p = self.lowering.of(item), self.plan
        if not isinstance(value, Range):
            return p.no
        ends = p.and_(p.equal(value.low, p.zero), p.equal(value.high, p.zero))
        return p.and_(ends, p.not_(value.open_low), p.not_(value.open_high))

    def _case(self, item: e.Case, here: int) -> None:
        p, reach = self.plan, here
        self.lowering.of(item)
        for (guard, value), rest in zip(item.branches, self.lowering.rests[id(item)][1:], strict=True):
            condition = self.lowering.truth(guard)
            self.into(guard, reach)
            self.into(value, p.and_(reach, condition.high))
            lacking = rest.unknown(self.lowering) if isinstance(rest, Places) else self.lowering.pairs.unknown(rest)
            reach = p.and_(reach, p.not_(condition.low), lacking)
        self.into(item.otherwise, reach)

    def _aggregate(self, item: e.Aggregate, here: int) -> None:
        """The members of the families reached. From a member, all of its family's are: once for each member reached."""
        before, p = self.times, self.plan
        if p.nodes[here].rows is Rows.MEMBER:
            product = p.multiply(before, p.sum(here))
            self.times = p.select(p.below(self.once, product), p.const(2), product)  # often enough, and never a large number
            here = p.any(here)
        self._needed("members", p.and_(here, p.not_(self.lowering.list_known())))
        if isinstance(item, e.SumMembers | e.SumLargest | e.ExtremeMember | e.OfOldest):
            self._weigh(item, here)
        else:
            self._counted(item, here)
        self.times = before

    def _counted(self, item: e.CountMembers | e.AnyMember | e.AtLeastMembers | e.EveryMember, here: int) -> None:
        people = self.plan.spread(here)
        if isinstance(item, e.EveryMember):
            people = self.plan.and_(people, self.lowering.pairs.unknown(self.lowering.every_condition(item)))
            self.into(item.condition, people)
        if item.where is not None:
            self.into(item.where, people)

    def _weigh(self, item: e.SumMembers | e.SumLargest | e.ExtremeMember | e.OfOldest, here: int) -> None:
        p, people, w = self.plan, self.plan.spread(here), self.lowering.where(item.where)
        self.weighed.append(p.and_(here, self.lowering.list_known()))
        if isinstance(item, e.ExtremeMember | e.OfOldest) and item.if_none is not None:
            self.into(item.if_none, p.and_(here, p.not_(p.any(w.low))))
        counts = people
        if isinstance(item, e.OfOldest):
            counts = people = p.and_(people, self.lowering.could_be_oldest(item))
            self.into(item.birth, people)
            if item.key is not None:
                self._needed(f"member.{item.key}", p.and_(people, self.lowering.unsettled_ties(item)))
        elif not isinstance(item, e.ExtremeMember):
            counts = p.and_(people, p.not_(self._nothing(item.value)))
        if item.where is not None:
            self.into(item.where, counts)
        self.into(item.value, p.and_(people, w.high))
        if isinstance(item, e.SumLargest) and item.kind is not None and item.cap is not None:
            self.into(item.kind, p.and_(counts, w.high))
            self.into(item.cap, p.and_(counts, w.high))


def operands(item: e.Expr) -> tuple[e.Expr, ...]:
    """The expressions that an expression is made of, but for cases and aggregates."""
    match item:
        case e.Not() | e.OneOf() | e.InArea() | e.AreaOf() | e.IsUnknown() | e.Round():
            return (item.item,)
        case e.And() | e.Or() | e.AtLeast() | e.Least() | e.Most():
            return item.items
        case e.Compare() | e.Add() | e.Subtract() | e.Multiply() | e.Divide():
            return (item.left, item.right)
        case e.Between():
            return (item.item, item.low, item.high)
        case e.IfUnknown():
            return (item.item, item.default)
        case e.Shift():
            return (item.date,)
        case e.Age():
            return (item.birth, item.on)
        case _:
            return ()
