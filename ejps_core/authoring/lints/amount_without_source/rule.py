"""Amounts and thresholds that stand in rules as bare figures, without a source or date."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.model.asof import AsOf
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.expr import Between, Compare, Dated, Expr, Literal
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import Date, Number
from ejps_core.model.walk import parts
from ejps_core.model.words import Words

CODE = "amount-without-source"
COUNTS = (0, 1)
"""None and one are words rather than figures of a decree: `jumlah anggota = 1`, `penghasilan > 0`."""


def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterator[Diagnostic]:
    """A finding for each figure of a decree in a rule, definition, benefit or selection that names no source."""
    for where, root in _roots(ruleset):
        for figure in _figures(root):
            yield _finding(where, figure)


def _roots(ruleset: Ruleset) -> Iterator[tuple[Words, Expr]]:
    """The expressions without a source of their own: a legal basis is one, and the reason of a rule set's replacement."""
    for definition in ruleset.definitions:
        if definition.legal is not None:
            continue
        yield _named("hitung", "let", definition.name), definition.value
    for rule in ruleset.rules:
        if rule.legal is None:
            yield _named("aturan", "the rule", rule.id), rule.condition
    for benefit in ruleset.benefits:
        if benefit.legal is None:
            yield _named("bantuan", "the benefit", benefit.id), benefit.amount
            if benefit.only_if is not None:
                yield _named("bantuan", "the benefit", benefit.id), benefit.only_if
    if ruleset.choose is not None and ruleset.choose.legal is None:
        for limit in (ruleset.choose.quota, ruleset.choose.budget):
            if limit is not None:
                yield Words("pilih", "choose"), limit
                if isinstance(limit, Literal) and not _is_money(limit):
                    yield Words("pilih", "choose"), _as_threshold(limit)


def _named(own: str, english: str, name: str) -> Words:
    return Words(f"{own} {name}", f"{english} {name}")


def _as_threshold(limit: Literal) -> Expr:
    return Between(type=limit.type, span=limit.span, item=limit, low=limit, high=limit)


def _figures(node: Expr) -> Iterator[Literal]:
    """Sums of money anywhere; other figures where something is compared with them. Rows of dated values have sources."""
    if isinstance(node, Dated):
        return
    if isinstance(node, Literal) and _is_money(node) and node.value != 0:
        yield node
    if isinstance(node, Compare | Between):
        sides = (node.left, node.right) if isinstance(node, Compare) else (node.low, node.high)
        for side in dict.fromkeys(sides):
            if isinstance(side, Literal) and _is_threshold(side):
                yield side
    for part in parts(node):
        yield from _figures(part)


def _is_money(figure: Literal) -> bool:
    return isinstance(figure.type, Number) and figure.type.per is not None


def _is_threshold(figure: Literal) -> bool:
    kind = figure.type
    return isinstance(kind, Date) or (isinstance(kind, Number) and kind.per is None and figure.value not in COUNTS)


def _finding(where: Words, figure: Literal) -> Diagnostic:
    return Diagnostic(
        CODE,
        Severity.REMARK,
        figure.span,
        Words(f"Angka ini di {where.id} tidak bersumber.", f"This figure in {where.en} has no source."),
        Words(
            "Jadikan parameter dengan sumber dan tanggalnya, atau beri aturan atau hitungannya `dasar hukum`.",
            "Make it a parameter with its source and date, or give the rule or definition its `under`.",
        ),
    )
