"""Lowering of what is said about a family's members: counts, sums, extremes, the oldest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ejps_core.engine.pairs import Labels, Pairs, Range, Truth
from ejps_core.engine.plan import Lookup, Plan, Rows
from ejps_core.model import expr as e
from ejps_core.model.kinds import Comparison, Level
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import Code, Number, Type

if TYPE_CHECKING:
    from ejps_core.engine.lower import Shape, Value

FAR = 2**62
"""Stands for 'nobody' in a least or most; never read where anybody is."""

BEFORE_ALL_BIRTHS = 10**6
"""Added to a day (counted from 1970), so that none is negative."""


class MemberLowering:
    """The part of a Lowering that aggregates members."""

    plan: Plan
    pairs: Pairs
    ruleset: Ruleset
    shape: Shape
    of: Callable[[e.Expr], Value]
    truth: Callable[[e.Expr], Truth]
    number: Callable[..., Range]
    labels: Callable[[e.Expr], Labels]
    known: Callable[[Rows, str], int]

    def list_known(self) -> int:
        """Where the member list is known: without rows it is not, unless an empty list is allowed."""
        p = self.plan
        if self.ruleset.least_members == 0 or self.shape.members:
            return p.yes
        return p.below(p.zero, p.size())

    def where(self, item: e.Expr | None) -> Truth:
        """The condition of an aggregate; without one, all."""
        return self.pairs.sure(self.plan.yes) if item is None else self.truth(item)

    def aggregate(self, item: e.Expr) -> Value:
        """The value of an aggregate."""
        match item:
            case e.CountMembers():
                return self._count(item.where)
            case e.AtLeastMembers():
                count = self._count(item.where)
                limit = self.pairs.exact(self.plan.const(item.count))
                return self.pairs.compare(Comparison.AT_LEAST, count, limit)
            case e.AnyMember():
                return self._any(self.truth(item.where))
            case e.EveryMember():
                return self.pairs.not_(self._any(self.pairs.not_(self.every_condition(item))))
            case e.SumMembers():
                return self._sum(item)
            case e.SumLargest():
                return self._sum_largest(item)
            case e.ExtremeMember():
                return self._extreme(item)
            case e.OfOldest():
                return self._of_oldest(item)
        raise AssertionError(item)

    def every_condition(self, item: e.EveryMember) -> Truth:
        """What each member must satisfy: outside `where`, or the condition."""
        return self.pairs.or_(self.pairs.not_(self.where(item.where)), self.truth(item.condition))

    def _count(self, where: e.Expr | None) -> Range:
        p, listed = self.plan, self.list_known()
        w = self.where(where)
        low, high = p.sum(w.low), p.sum(w.high)
        if where is None:
            low = p.select(listed, low, p.const(1))
        return Range(low, high, p.no, p.not_(listed))

    def _any(self, w: Truth) -> Truth:
        p = self.plan
        return Truth(p.any(w.low), p.or_(p.any(w.high), p.not_(self.list_known())))

    def _may_be_negative(self, kind: Type) -> int:
        return self.plan.const(not (isinstance(kind, Number) and kind.low >= 0))

    def _sum(self, item: e.SumMembers) -> Range:
        p, w, v, lacking = (
            self.plan,
            self.where(item.where),
            self.number(item.value),
            self.plan.not_(self.list_known()),
        )
        low, high = p.select(w.low, v.low, p.zero), p.select(w.low, v.high, p.zero)
        if w.low != w.high:
            unsure = self.pairs.unknown(w)
            low = p.select(unsure, p.least_of(p.zero, v.low), low)
            high = p.select(unsure, p.most_of(p.zero, v.high), high)
        open_low = p.or_(p.and_(lacking, self._may_be_negative(item.value.type)), p.any(p.and_(w.high, v.open_low)))
        return Range(p.sum(low), p.sum(high), open_low, p.or_(lacking, p.any(p.and_(w.high, v.open_high))))

    def _sum_largest(self, item: e.SumLargest) -> Range:
        p, w, v = self.plan, self.where(item.where), self.number(item.value)
        least = v.low if p.never_negative(v.low) else p.most_of(p.zero, v.low)
        most = v.high if p.never_negative(v.high) else p.most_of(p.zero, v.high)
        low = p.select(p.and_(w.low, p.not_(v.open_low)), least, p.zero)
        high = p.select(w.high, most, p.zero)
        if item.kind is not None and item.cap is not None:
            low, high = self._capped(item.kind, item.cap, low, high)
        low, high = p.top(item.count, low), p.top(item.count, high)
        limitless = p.or_(p.not_(self.list_known()), p.any(p.and_(w.high, v.open_high)))
        return Range(low, high, p.no, limitless)

    def _capped(self, kind: e.Expr, cap: e.Expr, low: int, high: int) -> tuple[int, int]:
        """Low: of the members whose kind is known; high: one whose kind is unknown may always count."""
        p, kinds, caps = self.plan, self.labels(kind), self.number(cap)
        unknown, number = self.pairs.unknown(kinds), p.const(-1)
        for place, name in enumerate(kinds.names):
            number = p.select(kinds.possible(frozenset((name,))), p.const(place), number)
        number = p.select(unknown, p.const(-1), number)
        most = p.select(caps.open_high, p.const(FAR), caps.high)
        least = p.select(caps.open_low, p.zero, caps.low)
        return p.capped(p.select(unknown, p.zero, low), number, least), p.capped(high, number, most)

    def _least(self, condition: int, value: int) -> int:
        return self.plan.least(self.plan.select(condition, value, self.plan.const(FAR)), FAR)

    def _most(self, condition: int, value: int) -> int:
        return self.plan.most(self.plan.select(condition, value, self.plan.const(-FAR)), -FAR)

    def _extreme(self, item: e.ExtremeMember) -> Range:
        """Largest: turned from smallest by changing the sign twice."""
        w, v = self.where(item.where), self.number(item.value, _scale(item.type))
        result = self._smallest(w, self.pairs.negative(v) if item.largest else v)
        result = self.pairs.negative(result) if item.largest else result
        return self._or_none(item, w, self._list_or_open(result, item.value.type))

    def _smallest(self, w: Truth, v: Range) -> Range:
        p = self.plan
        some = p.any(w.low)
        closed = p.and_(w.low, p.not_(v.open_high))
        high = p.select(some, self._least(closed, v.high), self._most(w.high, v.high))
        open_high = p.choose(some, p.not_(p.any(closed)), p.any(p.and_(w.high, v.open_high)))
        return Range(self._least(w.high, v.low), high, p.any(p.and_(w.high, v.open_low)), open_high)

    def _list_or_open(self, a: Range, kind: Type) -> Range:
        """`a`, or the type's own unknown where the list is unknown."""
        p, listed = self.plan, self.list_known()
        lacking = p.not_(listed)
        return Range(
            p.select(listed, a.low, p.zero),
            p.select(listed, a.high, p.zero),
            p.or_(p.and_(listed, a.open_low), p.and_(lacking, self._may_be_negative(kind))),
            p.or_(p.and_(listed, a.open_high), lacking),
        )

    def _some(self, w: Truth) -> Truth:
        """Whether anybody satisfies the condition; unknown for an unknown list."""
        return Truth(self.plan.any(w.low), self.plan.or_(self.plan.any(w.high), self.plan.not_(self.list_known())))

    def _or_none(self, item: e.ExtremeMember | e.OfOldest, w: Truth, a: Range) -> Range:
        if item.if_none is None:
            return a
        return self.pairs.either(self._some(w), a, self.number(item.if_none, _scale(item.type)))

    def could_be_oldest(self, item: e.OfOldest) -> int:
        """The members who could be the oldest (youngest): nobody who surely counts is surely before them."""
        p, w, birth = self.plan, self.where(item.where), self.number(item.birth)
        known = p.not_(birth.open_high)
        sure = p.and_(w.low, known)
        first = p.spread((self._least if item.oldest else self._most)(sure, birth.low))
        before = p.below(first, birth.low) if item.oldest else p.below(birth.low, first)
        if item.key is not None:
            has_key, key = self._key(item.key)
            same = p.and_(p.equal(birth.low, first), has_key)
            smallest = p.spread(self._least(p.and_(sure, same), key))
            before = p.or_(before, p.and_(same, p.below(smallest, key)))
        return p.and_(w.high, p.not_(p.and_(known, before)))

    def unsettled_ties(self, item: e.OfOldest) -> int:
        """The members whose unknown key could tell who is the oldest: two of those who could be were born on one day."""
        p, birth = self.plan, self.number(item.birth)
        if item.key is None:
            return p.no
        dated = p.and_(self.could_be_oldest(item), p.not_(birth.open_high))
        keyless = p.and_(dated, p.not_(self._key(item.key)[0]))
        if keyless == p.no:
            return p.no
        day = p.add(birth.low, p.const(BEFORE_ALL_BIRTHS))
        first_of_its_day = p.capped(p.select(dated, p.const(1), p.zero), day, p.const(1))
        second = p.and_(dated, p.equal(first_of_its_day, p.zero))
        return p.and_(keyless, p.spread(p.any(second)))

    def _key(self, name: str) -> tuple[int, int]:
        field = self.ruleset.field(Level.MEMBER, name)
        known = self.known(Rows.MEMBER, name)
        if known == self.plan.no:
            return known, self.plan.zero
        if isinstance(field.type, Code):
            return known, self.plan.order(Rows.MEMBER, name)
        return known, self.plan.column(Rows.MEMBER, name)

    def _of_oldest(self, item: e.OfOldest) -> Value:
        p, w, value = self.plan, self.where(item.where), self.of(item.value)
        could, listed = self.could_be_oldest(item), self.list_known()
        lacking = p.not_(listed)
        if isinstance(value, Truth):
            low = p.and_(p.any(could), p.not_(p.any(p.and_(could, p.not_(value.low)))))
            answer = Truth(low, p.or_(p.any(p.and_(could, value.high)), lacking))
            if item.if_none is None:
                return answer
            return self.pairs.either_truth(self._some(w), answer, self.truth(item.if_none))
        if isinstance(value, Labels):
            return self._label_of(item, value, could)
        v = self.number(item.value, _scale(item.type))
        result = Range(
            self._least(could, v.low),
            self._most(could, v.high),
            p.any(p.and_(could, v.open_low)),
            p.any(p.and_(could, v.open_high)),
        )
        return self._or_none(item, w, self._list_or_open(result, item.value.type))

    def _label_of(self, item: e.OfOldest, value: Labels, could: int) -> Labels:
        p, lacking = self.plan, self.plan.not_(self.list_known())

        def possible(labels: frozenset[str]) -> int:
            return p.or_(p.any(p.and_(could, value.possible(labels))), p.and_(lacking, p.const(bool(labels))))

        answer = Labels(value.names, possible, False)
        if item.if_none is None:
            return answer
        return self.pairs.either_labels(self._some(self.where(item.where)), answer, self.labels(item.if_none))

    def label_field(self, rows: Rows, name: str, names: tuple[str, ...]) -> Labels:
        """The value of a choice field."""
        p, lacking = self.plan, self.plan.not_(self.known(rows, name))

        def possible(labels: frozenset[str]) -> int:
            if not labels.intersection(names):
                return p.no
            if labels.issuperset(names):
                return p.yes
            return p.or_(lacking, self.among(rows, name, labels))

        return Labels(names, possible, lacking == p.no, lacking if len(names) > 1 else p.no)

    def among(self, rows: Rows, name: str, labels: frozenset[str]) -> int:
        """Where a choice field is known to be one of the labels."""
        p = self.plan
        if not labels or self.known(rows, name) == p.no:
            return p.no
        return p.lookup(rows, name, Lookup(("among", labels), lambda entry: entry in labels))

    def one_of(self, item: e.OneOf) -> Truth:
        """Whether a choice is among some labels."""
        value, wanted = self.labels(item.item), frozenset(item.labels)
        high = value.possible(wanted)
        if value.sure:
            return Truth(high, high)
        if isinstance(item.item, e.FieldRef) and not wanted.issuperset(value.names):
            rows = Rows.FAMILY if item.item.level is Level.FAMILY else Rows.MEMBER
            return Truth(self.among(rows, item.item.name, wanted), high)
        return Truth(self.plan.not_(value.possible(frozenset(value.names) - wanted)), high)


def _scale(kind: Type) -> int:
    return kind.scale if isinstance(kind, Number) else 0
