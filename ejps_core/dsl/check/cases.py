"""Cases: the value of the first branch whose guard is yes; and values that must be of one type."""

from __future__ import annotations

from collections.abc import Sequence

from ejps_core.dsl import syntax
from ejps_core.dsl.check.conditions import condition
from ejps_core.dsl.check.names import known, value_of
from ejps_core.dsl.check.sizes import joined, same_money
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Case, Expr
from ejps_core.model.types import Choice, Date, Number, Type, YesNo
from ejps_core.model.words import Words


def case(at: At, node: syntax.Case) -> Expr | None:
    """if guard then value … otherwise value."""
    plain = At(at.world, at.level)
    guards = [condition(plain, branch.guard) for branch in node.branches]
    choice = at.choice or _choice_among(plain, node)
    if choice is None and _labels_undeclared(plain, node):
        return None
    values = [at.read(value, choice=choice) for value in [*(b.value for b in node.branches), node.otherwise]]
    known = [value for value in values if value is not None]
    good = [guard for guard in guards if guard is not None]
    if len(known) < len(values) or len(good) < len(guards):
        return None
    kind = one_type(at, node, known)
    if kind is None:
        return None
    return Case(type=kind, span=node.span, branches=tuple(zip(good, known[:-1], strict=True)), otherwise=known[-1])


def _choice_among(at: At, node: syntax.Case) -> Choice | None:
    """The choice of a branch that is itself a choice (a fact, say): the labels of the others are then known."""
    for value in (*(branch.value for branch in node.branches), node.otherwise):
        if isinstance(value, syntax.Name):
            found = value_of(at, value.token)
            if found is not None and isinstance(found.type, Choice):
                return found.type
    return None


def _labels_undeclared(at: At, node: syntax.Case) -> bool:
    """Whether the values are names that mean nothing: labels, probably, of a choice that is not declared. Says so."""
    values = [*(branch.value for branch in node.branches), node.otherwise]
    names = [
        value.token.text for value in values if isinstance(value, syntax.Name) and not known(at.world, value.token.text)
    ]
    if len(names) < 2:
        return False
    labels = ", ".join(dict.fromkeys(names))
    at.world.lost.update(names)
    at.error(
        "labels-undeclared",
        node,
        "hasilnya nama-nama yang tidak dikenal; bila itu label sebuah pilihan, labelnya dinyatakan dahulu",
        "the results are unknown names; if they are labels of a choice, the labels are declared first",
        Words(f"tulis `hitung … : salah satu {labels} = …`", f"write `let … : one of {labels} = …`"),
    )
    return True


def one_type(at: At, node: syntax.Syntax, values: Sequence[Expr]) -> Type | None:
    """The type that all values share; None if they don't, or can't be chosen between (that is said)."""
    first = values[0].type
    for value in values:
        if not isinstance(value.type, YesNo | Number | Date | Choice):
            there = type_words(value.type)
            mend = Words("bulatkan dahulu", "round it first") if hasattr(value.type, "numerator") else None
            at.error(
                "case-type", value.span, f"{there.id} tidak dapat dipilih di sini", f"{there.en} can't be chosen here", mend
            )
            return None
        if type(value.type) is not type(first) or (isinstance(first, Choice) and not _same_labels(first, value.type)):
            one, two = type_words(first), type_words(value.type)
            at.error(
                "case-differs",
                value.span,
                f"nilai-nilainya berbeda jenis: {one.id} dan {two.id}",
                f"the values are of different kinds: {one.en} and {two.en}",
            )
            return None
    if isinstance(first, Number):
        numbers = [value.type for value in values if isinstance(value.type, Number)]
        spans = [value.span for value in values]
        if not all(same_money(at, syntax.Syntax(s), first, n) for n, s in zip(numbers, spans, strict=True)):
            return None
        return joined(at, node, numbers)
    if isinstance(first, Date):
        dates = [value.type for value in values if isinstance(value.type, Date)]
        return Date(min(d.low for d in dates), max(d.high for d in dates))
    return first


def _same_labels(one: Choice, two: Type) -> bool:
    return isinstance(two, Choice) and set(one.names) == set(two.names)
