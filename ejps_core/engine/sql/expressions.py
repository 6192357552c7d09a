"""Plan nodes as SQL expressions. A plan has no nulls, so every expression is total and no database's null logic matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, cast

from ejps_core.engine.plan import Node, Op, Plan, Rows
from ejps_core.engine.sql.dialect import Dialect
from ejps_core.engine.sql.texts import is_text, text_function
from ejps_core.model.ruleset import LeapRule

FAMILY, PLACE = "family row", "member row"
"""The columns that every table of a statement has: which family a row belongs to, and a member's place in the list.
No field can have such a name."""


class Kind(Enum):
    """What an expression gives."""

    TRUTH = "truth"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"


OR, AND, NOT, TEST, SUM, PRODUCT, ATOM = range(7)
"""How tightly an expression binds."""
INT32 = 2**31
BINDS = {Op.OR: OR, Op.AND: AND, Op.BELOW: TEST, Op.AT_MOST: TEST, Op.EQUAL: TEST}
SIGNS = {Op.OR: " or ", Op.AND: " and ", Op.BELOW: " < ", Op.AT_MOST: " <= ", Op.EQUAL: " = "}
TURNED = {Op.BELOW: " >= ", Op.AT_MOST: " > ", Op.EQUAL: " <> "}
MIRRORED = {" < ": " > ", " <= ": " >= ", " > ": " < ", " >= ": " <= ", " = ": " = ", " <> ": " <> "}
ARITHMETIC = {Op.ADD: ("+", SUM), Op.SUBTRACT: ("-", SUM), Op.MULTIPLY: ("*", PRODUCT)}
TRUTHS = {Op.KNOWN, Op.NOT, Op.AND, Op.OR, Op.BELOW, Op.AT_MOST, Op.EQUAL, Op.ANY}


@dataclass(frozen=True, slots=True)
class Sql:
    """An expression; `wide`: a number that is surely one of 64 bits."""

    text: str
    kind: Kind
    binds: int = ATOM
    wide: bool = True

    def within(self, binds: int) -> str:
        """The text, in parentheses where the place around it binds as tightly or tighter."""
        return self.text if self.binds > binds else f"({self.text})"


@dataclass(frozen=True, slots=True)
class Facts:
    """How the facts are found: the kind of each (rows, name), and those without unknowns."""

    kinds: Mapping[tuple[Rows, str], Kind]
    whole: frozenset[tuple[Rows, str]]


def known_name(name: str) -> str:
    """The column that says where a fact is known."""
    return f"{name} known"


class Expressions:
    """Writes nodes; a node in `columns` is a column already made."""

    def __init__(self, plan: Plan, facts: Facts, dialect: Dialect) -> None:
        self.plan, self.nodes, self.facts, self.dialect = plan, plan.nodes, facts, dialect
        self.columns: dict[int, Sql] = {}

    def of(self, number: int) -> Sql:
        """A node: its column if it has one, else worked out in place."""
        return self.columns.get(number) or self.made(number)

    def made(self, number: int) -> Sql:
        """A node worked out from its arguments."""
        node = self.nodes[number]
        if node.op in ARITHMETIC:
            return self._arithmetic(node)
        if node.op in SIGNS:
            return self._signed(node)
        return WRITERS[node.op](self, node)

    def number(self, n: int) -> Sql:
        """A node as a number."""
        sql = self.of(n)
        if sql.kind is Kind.TRUTH:
            return Sql(self._bit(sql, 1), Kind.NUMBER, wide=False)
        return Sql(self.dialect.as_number(sql.within(SUM)), Kind.NUMBER) if sql.kind is Kind.DAY else sql

    def long(self, n: int) -> Sql:
        """A node as a number of 64 bits."""
        sql = self.number(n)
        return sql if sql.wide else Sql(self.dialect.long(sql.text), Kind.NUMBER)

    def day(self, n: int) -> Sql:
        """A node as a date."""
        value, sql = self.plan.value(n), self.of(n)
        if value is not None:
            return Sql(self.dialect.day(int(value)), Kind.DAY)
        return sql if sql.kind is Kind.DAY else Sql(self.dialect.as_day(sql.text), Kind.DAY)

    def _bit(self, truth: Sql, bit: int) -> str:
        if truth.text in ("true", "false"):
            return str(bit if truth.text == "true" else 0)
        return f"case when {truth.text} then {bit} else 0 end"

    def constant(self, node: Node) -> Sql:
        """A constant."""
        kind, value = cast(tuple[type, int], node.data)
        if kind is bool:
            return Sql(str(bool(value)).lower(), Kind.TRUTH)
        return Sql(str(value), Kind.NUMBER, ATOM if value >= 0 else SUM, not -INT32 < value < INT32)

    def fact(self, node: Node) -> Sql:
        """A fact: the source has put 0, no or 1970-01-01 where it is unknown."""
        name = str(node.data)
        return Sql(self.dialect.name(name), self.facts.kinds[node.rows, name])

    def known(self, node: Node) -> Sql:
        """Whether a fact is known."""
        name = str(node.data)
        if self.facts.kinds[node.rows, name] is Kind.TEXT:
            return Sql(f"{self.dialect.name(name)} is not null", Kind.TRUTH, TEST)
        return Sql(self.dialect.name(known_name(name)), Kind.TRUTH)

    def lookup(self, node: Node) -> Sql:
        """A function of a text."""
        name, lookup = cast(Any, node.data)
        text = text_function(self.dialect.name(name), (node.rows, name) in self.facts.whole, lookup, self.dialect)
        if is_text(lookup):
            return Sql(text, Kind.TEXT)
        truth = isinstance(lookup.function(None), bool)
        return Sql(text, Kind.TRUTH, TEST) if truth else Sql(text, Kind.NUMBER, wide=False)

    def order(self, node: Node) -> Sql:
        """The place of a code among all codes: for families the code itself, which has the same order."""
        name = str(node.data)
        column = self.dialect.name(name) if (node.rows, name) in self.facts.kinds else "null"
        code = self.dialect.by_code_point(f"coalesce({column}, '')")
        if node.rows is Rows.FAMILY:
            return Sql(code, Kind.TEXT)
        return Sql(f"dense_rank() over (order by {code})", Kind.NUMBER)

    def negation(self, node: Node) -> Sql:
        """Not; it goes inwards as far as there is something to turn: a comparison, or what and/or joins."""
        number = node.args[0]
        inner = self.nodes[number]
        if number in self.columns:
            return Sql(f"not {self.columns[number].text}", Kind.TRUTH, NOT)
        if inner.op is Op.NOT:
            return self.of(inner.args[0])
        if inner.op is Op.KNOWN and self.of(number).binds == TEST:
            return Sql(f"{self.dialect.name(str(inner.data))} is null", Kind.TRUTH, TEST)
        if inner.op in (Op.AND, Op.OR):
            turned = Op.OR if inner.op is Op.AND else Op.AND
            items = [self.negation(Node(Op.NOT, (arg,), None, node.rows)) for arg in inner.args]
            return Sql(SIGNS[turned].join(item.within(BINDS[turned]) for item in items), Kind.TRUTH, BINDS[turned])
        if inner.op in TURNED:
            return self._compared(inner, TURNED[inner.op])
        return Sql(f"not {self.of(number).within(NOT)}", Kind.TRUTH, NOT)

    def _signed(self, node: Node) -> Sql:
        if node.op in (Op.AND, Op.OR):
            binds = BINDS[node.op]
            return Sql(SIGNS[node.op].join(self.of(n).within(binds) for n in node.args), Kind.TRUTH, binds)
        return self._compared(node, SIGNS[node.op])

    def _compared(self, node: Node, sign: str) -> Sql:
        a, b = (self.of(n) for n in node.args)
        if self.plan.value(node.args[0]) is not None and sign in MIRRORED:
            node, sign = replace(node, args=node.args[::-1]), MIRRORED[sign]
            a, b = b, a
        if Kind.DAY in (a.kind, b.kind) and all(self._is_day(n) for n in node.args):
            a, b = (self.day(n) for n in node.args)
        elif a.kind is not b.kind or Kind.DAY in (a.kind, b.kind):
            a, b = (self.number(n) for n in node.args)
        return Sql(f"{a.within(TEST)}{sign}{b.within(TEST)}", Kind.TRUTH, TEST)

    def _is_day(self, n: int) -> bool:
        """Whether a node can be written as a date of the calendar."""
        value = self.plan.value(n)
        return self.of(n).kind is Kind.DAY if value is None else -DAYS <= value <= DAYS

    def _arithmetic(self, node: Node) -> Sql:
        """The first operand is made 64 bits wide unless one is."""
        sign, binds = ARITHMETIC[node.op]
        a, b = (self.number(n) for n in node.args)
        if not a.wide and not b.wide:
            a = self.long(node.args[0])
        left = a.within(binds - 1)
        return Sql(f"{left} {sign} {b.within(binds)}", Kind.NUMBER, binds)

    def count(self, node: Node) -> Sql:
        """How many are yes."""
        return self._added([self._bit(self.of(n), 1) for n in node.args])

    def mask(self, node: Node) -> Sql:
        """The sum of the bits of those that are yes."""
        bits = [self._bit(self.of(n), 1 << i) for i, n in enumerate(node.args)]
        return self._added([bit for bit in bits if bit != "0"], len(bits) > INT32.bit_length() - 2)

    def _added(self, items: Sequence[str], wide: bool = False) -> Sql:
        if not items:
            return Sql("0", Kind.NUMBER, wide=False)
        first = self.dialect.long(items[0]) if wide else items[0]
        return Sql("\n        + ".join((first, *items[1:])), Kind.NUMBER, ATOM if len(items) == 1 else SUM, wide)

    def divide(self, node: Node) -> Sql:
        """Whole division towards minus infinity; by 0 or less: 0."""
        top, bottom = (self.long(n) for n in node.args)
        a, b = top.within(PRODUCT), bottom.within(PRODUCT)
        quotient = self.dialect.whole(a, b)
        if not self.plan.never_negative(node.args[0]):
            quotient += f" - case when {self.dialect.rest(a, b)} < 0 then 1 else 0 end"
        if int(self.plan.value(node.args[1]) or 0) > 0:
            return Sql(quotient, Kind.NUMBER, SUM)
        return Sql(f"case when {b} > 0 then {quotient} else 0 end", Kind.NUMBER)

    def select(self, node: Node) -> Sql:
        """A CASE; one that stands in its `else` is read on."""
        branches, wide = [], False
        while True:
            condition, yes, rest = node.args
            test = self.of(condition)
            if self._goes_on(yes) and not self._goes_on(rest):
                yes, rest = rest, yes
                test = self.negation(Node(Op.NOT, (condition,), None, node.rows))
            value = self.number(yes)
            wide |= value.wide
            branches.append(f"when {test.text} then {value.text}")
            if not self._goes_on(rest):
                break
            node = self.nodes[rest]
        last = self.number(rest)
        separator = "\n        " if len(branches) > 1 else " "
        return Sql(f"case {separator.join(branches)}{separator}else {last.text} end", Kind.NUMBER, wide=wide or last.wide)

    def _goes_on(self, number: int) -> bool:
        """Whether a node is a CASE written in place."""
        return self.nodes[number].op is Op.SELECT and number not in self.columns

    def shift(self, node: Node) -> Sql:
        """A date moved."""
        amount, unit = cast(tuple[int, str], node.data)
        return Sql(self.dialect.moved(self.day(node.args[0]).text, amount, unit), Kind.DAY)

    def age(self, node: Node) -> Sql:
        """Whole years: the years between, one less before the birthday."""
        d, (birth, on) = self.dialect, (self.day(n).text for n in node.args)
        year = d.part("year", on)
        birthday = f"({d.part('month', birth)} * 32 + {d.part('day', birth)})"
        moved = 2 * 32 + 28 if LeapRule(str(node.data)) is LeapRule.FEBRUARY_28 else 3 * 32 + 1
        leap = f"({year} % 4 = 0 and ({year} % 100 <> 0 or {year} % 400 = 0))"
        birthday = f"case when {birthday} = {2 * 32 + 29} and not {leap} then {moved} else {birthday} end"
        early = f"{d.part('month', on)} * 32 + {d.part('day', on)} < {birthday}"
        return Sql(f"{year} - {d.part('year', birth)} - case when {early} then 1 else 0 end", Kind.NUMBER, SUM)

    def capped(self, node: Node) -> Sql:
        """A member's value while fewer than the cap of its kind stand before it."""
        value, kind, cap = (self.number(n) for n in node.args)
        d = self.dialect
        place = f"row_number() over (partition by {d.name(FAMILY)}, {kind.text} order by {value.text} desc, {d.name(PLACE)})"
        fits = f"{kind.within(TEST)} < 0 or {place} <= {cap.within(TEST)}"
        return Sql(f"case when {fits} then {value.text} else 0 end", Kind.NUMBER, wide=value.wide)

    def size(self, _node: Node) -> Sql:
        """How many member rows there are."""
        return Sql("count(*)", Kind.NUMBER)

    def any(self, node: Node) -> Sql:
        """A count, above 0 (the test stands where totals are joined): databases disagree on truth values in aggregates."""
        return self._counted(node.args[0])

    def _counted(self, condition: int) -> Sql:
        return Sql(f"count(case when {self.of(condition).text} then 1 end)", Kind.NUMBER)

    def sum(self, node: Node) -> Sql:
        """A sum, or a count of those that are yes."""
        if self.of(node.args[0]).kind is Kind.TRUTH:
            return self._counted(node.args[0])
        return Sql(self.dialect.long(f"sum({self.number(node.args[0]).text})"), Kind.NUMBER)

    def extreme(self, node: Node) -> Sql:
        """The least or the greatest of those that count; null where nobody does."""
        function = "min" if node.op is Op.LEAST else "max"
        inner = self.nodes[node.args[0]]
        text = self.number(node.args[0]).text
        if inner.op is Op.SELECT and node.data in (values := [self.plan.value(n) for n in inner.args[1:]]):
            # those that don't count stand in the plan with a value that is beaten by all; here they have none
            counts, value = self.of(inner.args[0]), self.number(inner.args[2 - values.index(node.data)])
            negated = f"not {counts.within(NOT)}" if values.index(node.data) == 0 else counts.text
            text = f"case when {negated} then {value.text} end"
        return Sql(self.dialect.long(f"{function}({text})"), Kind.NUMBER)

    def top(self, node: Node) -> Sql:
        """The sum of the greatest."""
        count, _ = cast(tuple[int, tuple[int, ...]], node.data)
        return Sql(self.dialect.largest(self.number(node.args[0]).text, count), Kind.NUMBER)


DAYS = 700_000
"""Days before and after 1970 that every calendar has."""

WRITERS: dict[Op, Callable[[Expressions, Node], Sql]] = {
    Op.CONST: Expressions.constant,
    Op.COLUMN: Expressions.fact,
    Op.KNOWN: Expressions.known,
    Op.LOOKUP: Expressions.lookup,
    Op.ORDER: Expressions.order,
    Op.NOT: Expressions.negation,
    Op.COUNT: Expressions.count,
    Op.MASK: Expressions.mask,
    Op.DIVIDE: Expressions.divide,
    Op.SELECT: Expressions.select,
    Op.SHIFT: Expressions.shift,
    Op.AGE: Expressions.age,
    Op.SIZE: Expressions.size,
    Op.ANY: Expressions.any,
    Op.SUM: Expressions.sum,
    Op.LEAST: Expressions.extreme,
    Op.MOST: Expressions.extreme,
    Op.CAPPED: Expressions.capped,
    Op.TOP: Expressions.top,
}
