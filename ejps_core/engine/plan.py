"""The plan: about twenty plain, total operators over columns, no two alike, constants folded while it is built.

A node's arguments always have smaller numbers than the node itself, so the order of the numbers is an order of work. There
are no unknowns in a plan: lowering (lower.py) has turned each value into its two ends, which are ordinary nodes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from ejps_core.engine.nodes import Lookup, Node, Op, Rows
from ejps_core.model.calendar import latest_birth
from ejps_core.model.ruleset import LeapRule

__all__ = ["CHEAP_LEVELS", "Lookup", "Node", "Op", "Plan", "Rows"]

CHEAP_LEVELS = 16
"""TOP counts by value up to so many different values; with more it sorts."""


class Plan:
    """A growing set of nodes; asking for a node that is there gives its number again.

    `turns`: a choice of numbers that is compared is turned into a choice of comparisons, which costs less in columns; of
    ages always.
    """

    def __init__(self, turns: bool = True) -> None:
        self.turns = turns
        self.nodes: list[Node] = []
        self._numbers: dict[Node, int] = {}
        self._not_negative: set[int] = set()
        self.no = self.const(False)
        self.yes = self.const(True)
        self.zero = self.const(0)

    def _add(self, op: Op, args: Iterable[int] = (), data: Hashable = None, rows: Rows | None = None) -> int:
        numbers = tuple(args)
        level = max((self.nodes[n].rows for n in numbers), default=Rows.ONE) if rows is None else rows
        if level is Rows.MEMBER and op is not Op.SPREAD:
            numbers = tuple(self.spread(n) for n in numbers)
        # True == 1 in Python: the type keeps a yes apart from a one
        node = Node(op, numbers, (type(data), data) if op is Op.CONST else data, level)
        number = self._numbers.get(node)
        if number is None:
            number = self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return number

    def value(self, number: int) -> bool | int | None:
        """The constant that a node is, None if it isn't one."""
        node = self.nodes[number]
        if node.op is not Op.CONST or not isinstance(node.data, tuple):
            return None
        value = node.data[1]
        return value if isinstance(value, int) else None

    def const(self, value: bool | int) -> int:
        """A constant."""
        return self._add(Op.CONST, data=value)

    def column(self, rows: Rows, name: str, never_negative: bool = False) -> int:
        """A fact as it stands."""
        number = self._add(Op.COLUMN, data=name, rows=rows)
        if never_negative:
            self._not_negative.add(number)
        return number

    def known(self, rows: Rows, name: str) -> int:
        """Whether a fact is known."""
        return self._add(Op.KNOWN, data=name, rows=rows)

    def lookup(self, rows: Rows, name: str, lookup: Lookup) -> int:
        """A function of a text fact."""
        return self._add(Op.LOOKUP, data=(name, lookup), rows=rows)

    def order(self, rows: Rows, name: str) -> int:
        """The place of a code in the order of code points."""
        return self._add(Op.ORDER, data=name, rows=rows)

    def not_(self, a: int) -> int:
        """No where `a` is yes."""
        value = self.value(a)
        if value is not None:
            return self.const(not value)
        node = self.nodes[a]
        return node.args[0] if node.op is Op.NOT else self._add(Op.NOT, (a,))

    def and_(self, *items: int) -> int:
        """Yes where all are."""
        return self._logic(Op.AND, items, self.yes, self.no)

    def or_(self, *items: int) -> int:
        """Yes where one is."""
        return self._logic(Op.OR, items, self.no, self.yes)

    def _logic(self, op: Op, items: Iterable[int], neutral: int, absorbing: int) -> int:
        flat: dict[int, None] = {}
        given = set(items := tuple(items))
        for item in items:
            node = self.nodes[item]
            flat.update(dict.fromkeys(node.args if node.op is op else (item,)))
        flat.pop(neutral, None)
        opposites = (self.nodes[item].args[0] for item in flat if self.nodes[item].op is Op.NOT)
        if absorbing in flat or any(item in flat or item in given for item in opposites):
            return absorbing
        if not flat:
            return neutral
        return next(iter(flat)) if len(flat) == 1 else self._add(op, flat)

    def count(self, items: Iterable[int]) -> int:
        """How many are yes."""
        numbers = tuple(items)
        sure = sum(n == self.yes for n in numbers)
        rest = tuple(n for n in numbers if self.value(n) is None)
        return self.add(self._add(Op.COUNT, rest), self.const(sure)) if rest else self.const(sure)

    def mask(self, items: Iterable[int]) -> int:
        """Bit i is item i."""
        return self._add(Op.MASK, items)

    def below(self, a: int, b: int) -> int:
        """a < b."""
        return self._compare(Op.BELOW, a, b)

    def at_most(self, a: int, b: int) -> int:
        """a <= b."""
        return self._compare(Op.AT_MOST, a, b)

    def equal(self, a: int, b: int) -> int:
        """a = b."""
        return self._compare(Op.EQUAL, a, b)

    def _compare(self, op: Op, a: int, b: int) -> int:
        left, right = self.value(a), self.value(b)
        if left is not None and right is not None:
            return self.const({Op.BELOW: left < right, Op.AT_MOST: left <= right, Op.EQUAL: left == right}[op])
        if a == b:
            return self.const(op is not Op.BELOW)
        for side, other in ((a, right), (b, left)):
            node = self.nodes[side]
            if other is None:
                continue
            turns = self.turns or self._has_age(side)
            if turns and node.op is Op.SELECT and any(self.value(n) is not None for n in node.args[1:]):
                condition, yes, no = node.args
                return self.choose(
                    condition,
                    self._compare(op, yes if side == a else a, yes if side == b else b),
                    self._compare(op, no if side == a else a, no if side == b else b),
                )
            if node.op is Op.AGE and self.value(node.args[1]) is not None:
                return self._age_bound(op, node, int(other), side == a)
        return self._add(op, (a, b))

    def _has_age(self, number: int) -> bool:
        """Whether it is an age on a known day, or a choice of one: compared, it becomes a bound for the birth date."""
        node = self.nodes[number]
        if node.op is Op.SELECT:
            return any(map(self._has_age, node.args[1:]))
        return node.op is Op.AGE and self.value(node.args[1]) is not None

    def _age_bound(self, op: Op, age: Node, years: int, age_left: bool) -> int:
        """A test of an age against a number is a test of the birth date against a date."""
        birth, on = age.args
        day, rule = int(self.value(on) or 0), LeapRule(str(age.data))

        def reached(n: int) -> int:
            return self.at_most(birth, self.const(latest_birth(n, day, rule)))

        if op is Op.EQUAL:
            return self.and_(reached(years), self.not_(reached(years + 1)))
        if age_left:
            return self.not_(reached(years if op is Op.BELOW else years + 1))
        return reached(years + 1 if op is Op.BELOW else years)

    def add(self, a: int, b: int) -> int:
        """a + b."""
        left, right = self.value(a), self.value(b)
        if left is not None and right is not None:
            return self.const(left + right)
        if left == 0:
            return b
        return a if right == 0 else self._add(Op.ADD, (a, b))

    def subtract(self, a: int, b: int) -> int:
        """a - b."""
        left, right = self.value(a), self.value(b)
        if left is not None and right is not None:
            return self.const(left - right)
        if a == b:
            return self.zero
        return a if right == 0 else self._add(Op.SUBTRACT, (a, b))

    def multiply(self, a: int, b: int) -> int:
        """a * b."""
        left, right = self.value(a), self.value(b)
        if left is not None and right is not None:
            return self.const(left * right)
        if left == 0 or right == 0:
            return self.zero
        if left == 1:
            return b
        return a if right == 1 else self._add(Op.MULTIPLY, (a, b))

    def divide(self, a: int, b: int) -> int:
        """a // b, towards minus infinity; 0 where b is not above 0."""
        left, right = self.value(a), self.value(b)
        if right == 1:
            return a
        if left is not None and right is not None:
            return self.const(left // right if right > 0 else 0)
        return self._add(Op.DIVIDE, (a, b))

    def select(self, condition: int, yes: int, no: int) -> int:
        """Numbers: `yes` where the condition is yes, else `no`."""
        value = self.value(condition)
        if value is not None:
            return yes if value else no
        if yes == no:
            return yes
        node = self.nodes[condition]
        if node.op is Op.NOT:
            return self.select(node.args[0], no, yes)
        return self._add(Op.SELECT, (condition, yes, no))

    def choose(self, condition: int, yes: int, no: int) -> int:
        """Yes/no: `yes` where the condition is yes, else `no`."""
        if yes == no:
            return yes
        if yes == self.yes:
            return self.or_(condition, no)
        if no == self.no:
            return self.and_(condition, yes)
        if no == self.yes:
            return self.or_(self.not_(condition), yes)
        return self.or_(self.and_(condition, yes), self.and_(self.not_(condition), no))

    def least_of(self, a: int, b: int) -> int:
        """The smaller of two numbers."""
        return self.select(self.at_most(a, b), a, b)

    def most_of(self, a: int, b: int) -> int:
        """The greater of two numbers."""
        return self.select(self.at_most(a, b), b, a)

    def shift(self, a: int, amount: int, unit: str) -> int:
        """A date moved by whole units."""
        return self._add(Op.SHIFT, (a,), (amount, unit))

    def age(self, birth: int, on: int, rule: str) -> int:
        """Whole years between two dates."""
        return self._add(Op.AGE, (birth, on), rule)

    def size(self) -> int:
        """A family's number of member rows."""
        return self._add(Op.SIZE, rows=Rows.FAMILY)

    def spread(self, a: int) -> int:
        """A family's value for each member; a member's value as it is."""
        return self._add(Op.SPREAD, (a,), rows=Rows.MEMBER) if self.nodes[a].rows is Rows.FAMILY else a

    def any(self, a: int) -> int:
        """Yes where some member's value is."""
        if a == self.yes:
            return self.below(self.zero, self.size())
        return a if a == self.no else self._add(Op.ANY, (self.spread(a),), rows=Rows.FAMILY)

    def sum(self, a: int) -> int:
        """The sum over the members; of yes/no: how many are yes."""
        value = self.value(a)
        if value is not None:
            return self.multiply(self.const(int(value)), self.size())
        return self._add(Op.SUM, (self.spread(a),), rows=Rows.FAMILY)

    def least(self, a: int, nobody: int) -> int:
        """The least over the members."""
        return self._add(Op.LEAST, (self.spread(a),), nobody, rows=Rows.FAMILY)

    def most(self, a: int, nobody: int) -> int:
        """The greatest over the members."""
        return self._add(Op.MOST, (self.spread(a),), nobody, rows=Rows.FAMILY)

    def capped(self, value: int, kind: int, cap: int) -> int:
        """The values that count when at most `cap` of a kind do."""
        return self._add(Op.CAPPED, (value, kind, cap), rows=Rows.MEMBER)

    def top(self, count: int, a: int) -> int:
        """The sum of the `count` greatest over the members."""
        levels = self._levels(a)
        known = tuple(sorted(levels)) if levels is not None and len(levels) <= CHEAP_LEVELS else ()
        return self._add(Op.TOP, (self.spread(a),), (count, known), rows=Rows.FAMILY)

    def never_negative(self, a: int) -> bool:
        """Whether a number is proved to be 0 or more, by the bounds that its columns were checked against."""
        node = self.nodes[a]
        match node.op:
            case Op.CONST:
                return int(self.value(a) or 0) >= 0
            case Op.SIZE | Op.COUNT | Op.MASK | Op.TOP | Op.CAPPED:
                return True
            case Op.ADD | Op.MULTIPLY | Op.SUM | Op.SPREAD:
                return all(map(self.never_negative, node.args)) or self._yes_no(node)
            case Op.SELECT:
                return all(map(self.never_negative, node.args[1:]))
            case Op.DIVIDE:
                return self.never_negative(node.args[0])
            case Op.SUBTRACT:
                return self._rest(node) and self.never_negative(node.args[0])
            case _:
                return a in self._not_negative

    def _rest(self, node: Node) -> bool:
        """Whether it is what a whole division leaves: a - a // b * b."""
        a, product = node.args[0], self.nodes[node.args[1]]
        factors = [self.nodes[n] for n in product.args] if product.op is Op.MULTIPLY else []
        return any(f.op is Op.DIVIDE and f.args[0] == a and f.args[1] in product.args for f in factors)

    def _yes_no(self, node: Node) -> bool:
        """Whether a sum counts yeses."""
        counted = self.nodes[node.args[0]].op
        return node.op is Op.SUM and counted in (
            Op.KNOWN,
            Op.NOT,
            Op.AND,
            Op.OR,
            Op.BELOW,
            Op.AT_MOST,
            Op.EQUAL,
        )

    def _levels(self, a: int) -> frozenset[int] | None:
        """All values that a node may take, if it only selects among constants."""
        value, node = self.value(a), self.nodes[a]
        if value is not None:
            return frozenset((int(value),))
        if node.op is not Op.SELECT:
            return None
        yes, no = self._levels(node.args[1]), self._levels(node.args[2])
        return None if yes is None or no is None else yes | no
