"""One family decided with every node's value kept, and each expression's value read off: what explanations print.

It is the same plan and the same operators as for a list, so an explanation can't differ from the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ejps_core.engine.columns import outcomes
from ejps_core.engine.kernels import evaluate
from ejps_core.engine.lower import ANY_SHAPE, Value
from ejps_core.engine.pairs import Fraction, Labels, Range, Truth
from ejps_core.engine.places import Places
from ejps_core.engine.plan import Rows
from ejps_core.engine.source import Array, Source
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.expr import Expr, FieldRef
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Span
from ejps_core.model.types import Choice, Quotient, Type
from ejps_core.model.wording import UNKNOWN, range_words, value_words
from ejps_core.model.words import Words


class Outline:
    """A rule set planned so that each expression's value can be told, for any number of families."""

    def __init__(self, ruleset: Ruleset, as_of: AsOf) -> None:
        self.ruleset, self.as_of = ruleset, as_of
        self.plan, (self.outcome,) = outcomes([ruleset], as_of, ANY_SHAPE)
        self.lowering = self.outcome.lowering
        self.verdict_needs, self.paid_needs = self.outcome.verdict_needs(), self.outcome.paid_needs()
        self.extra = self._extra_nodes()
        self.nodes = tuple(self.plan.nodes)
        self._texts: dict[Span, str] = {}

    def _extra_nodes(self) -> dict[int, dict[str, int]]:
        """For each choice, whether each label is possible."""
        found: dict[int, dict[str, int]] = {}
        for key, value in list(self.lowering.values.items()):
            if isinstance(value, Labels):
                found[key] = {name: value.possible(frozenset((name,))) for name in value.names}
        return found

    def text(self, span: Span) -> str:
        """The author's text of a span, on one line."""
        if span not in self._texts:
            self._texts[span] = source_text(self.ruleset, span)
        return self._texts[span]


def source_text(ruleset: Ruleset, span: Span) -> str:
    """The author's text of a span, on one line."""
    lines = ruleset.text_of(span.path).splitlines()[span.line - 1 : span.end_line]
    if not lines:
        return ""
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return " ".join(line.strip() for line in lines)


Texts = Callable[[Rows, str, int | None], str | None]
"""A text fact of the family, or of one member (from 0)."""


def recorded(outline: Outline, candidates: Candidates, row: int) -> Recorder:
    """The values for one family of a list."""
    block = Source(candidates).chosen(np.array([row]))
    values = evaluate(outline.nodes, range(len(outline.nodes)), block)

    def text(rows: Rows, name: str, member: int | None) -> str | None:
        column = block.source.column(rows, name)
        if column is None or column.entries is None:
            return None
        code = int(block.values(rows, name)[(member or 0) if rows is Rows.MEMBER else 0])
        return column.entries[code] if code < len(column.entries) else None

    return Recorder(outline, values, block.people, text)


class Recorder:
    """The values of a rule set's expressions for one family. values: by node; an array or list of one entry a row, or one
    number for all."""

    def __init__(self, outline: Outline, values: Mapping[int, Array] | Sequence[Any], people: int, text: Texts) -> None:
        self.outline, self.ruleset, self.lowering = outline, outline.ruleset, outline.lowering
        self.values, self.people, self.text = values, people, text

    def at(self, node: int, member: int | None) -> int:
        """A node's value for the family, or for one member (from 0)."""
        value = self.values[node]
        if isinstance(value, list):
            return int(value[member or 0])
        if isinstance(value, int) or np.ndim(value) == 0:
            return int(value)
        return int(value[(member or 0) if self.outline.nodes[node].rows is Rows.MEMBER else 0])

    def holds(self, item: Expr, member: int | None = None) -> bool | None:
        """The value of a yes/no expression; None: unknown."""
        value = self.lowering.of(item)
        assert isinstance(value, Truth)
        return self.truth(value, member)

    def truth(self, value: Truth, member: int | None = None) -> bool | None:
        """The value of a yes/no; None: unknown."""
        low, high = bool(self.at(value.low, member)), bool(self.at(value.high, member))
        return low if low == high else None

    def words(self, item: Expr, member: int | None) -> Words:
        """An expression's value in words."""
        value: Value = self.lowering.of(item)
        kind, currency = item.type, self.ruleset.currency
        if isinstance(value, Truth):
            return value_words(self.truth(value, member), kind, currency)
        if isinstance(value, Range):
            return range_words(*self.ends(value, member), kind, currency)
        if isinstance(value, Labels):
            return self._label(item, kind, member)
        if isinstance(value, Places):
            return self._place(value, member)
        return self._fraction(value, kind, member)

    def ends(self, value: Range, member: int | None = None) -> tuple[int | None, int | None]:
        """The ends of a number; None: without limit."""
        low = None if self.at(value.open_low, member) else self.at(value.low, member)
        high = None if self.at(value.open_high, member) else self.at(value.high, member)
        return low, high

    def _label(self, item: Expr, kind: Type, member: int | None) -> Words:
        may = [name for name, node in self.outline.extra[id(item)].items() if self.at(node, member)]
        return value_words(may[0], kind) if len(may) == 1 and isinstance(kind, Choice) else UNKNOWN

    def _place(self, value: Places, member: int | None) -> Words:
        code = value.code(self.text(value.rows, value.name, member))
        return UNKNOWN if code is None else Words(code, code)

    def _fraction(self, value: Fraction, kind: Type, member: int | None) -> Words:
        """Numerator over denominator, as they stand."""
        assert isinstance(kind, Quotient)
        top, bottom = self.ends(value.top, member), self.ends(value.bottom, member)
        if bottom == (0, 0):
            return Words(f"{UNKNOWN.id} (pembagi 0)", f"{UNKNOWN.en} (divisor 0)")
        first = range_words(*top, kind.numerator, self.ruleset.currency)
        second = range_words(*bottom, kind.denominator, self.ruleset.currency)
        return Words(f"{first.id} / {second.id}", f"{first.en} / {second.en}")

    def fact(self, item: FieldRef) -> str:
        """The name of a field's fact."""
        return item.name if item.level is Level.FAMILY else f"member.{item.name}"
