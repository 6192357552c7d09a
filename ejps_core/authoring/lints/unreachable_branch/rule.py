"""Branches of `if … then` that never apply, because an earlier one always does before them."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.authoring.settled import settled
from ejps_core.model.asof import AsOf
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.expr import And, Case, Expr, Not
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import YesNo
from ejps_core.model.walk import whole
from ejps_core.model.words import Words

CODE = "unreachable-branch"


def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterator[Diagnostic]:
    """A finding for each branch that no answer reaches."""
    for root in _roots(ruleset):
        for node in whole(root):
            if isinstance(node, Case):
                yield from _branches(ruleset, node)


def _branches(ruleset: Ruleset, case: Case) -> Iterator[Diagnostic]:
    before: list[Expr] = []
    for guard, _ in case.branches:
        if settled(ruleset, _first(guard, before)) is False:
            yield Diagnostic(
                CODE,
                Severity.REMARK,
                guard.span,
                Words("Cabang ini tidak pernah berlaku.", "This branch never applies."),
                Words(
                    "Cabang pertama yang cocok menang: letakkan yang lebih sempit lebih dahulu.",
                    "The first branch that fits wins: put the narrower one first.",
                ),
            )
        before.append(guard)


def _first(guard: Expr, before: list[Expr]) -> Expr:
    """That the guard is the first to hold."""
    others = tuple(Not(type=YesNo(), span=each.span, item=each) for each in before)
    return And(type=YesNo(), span=guard.span, items=(*others, guard))


def _roots(ruleset: Ruleset) -> Iterator[Expr]:
    yield from (definition.value for definition in ruleset.definitions)
    yield from (rule.condition for rule in ruleset.rules)
    for benefit in ruleset.benefits:
        yield from (each for each in (benefit.amount, benefit.only_if) if each is not None)
    if ruleset.choose is not None:
        yield from (key.value for key in ruleset.choose.order)
