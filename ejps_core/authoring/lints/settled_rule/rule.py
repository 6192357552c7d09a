"""Rules that no family can fail, or that no family can pass, on the declared bounds."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.authoring.settled import settled
from ejps_core.model.asof import AsOf
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import RuleKind, Ruleset
from ejps_core.model.words import Words

CODE = "settled-rule"
NOBODY_FAILS = Words("tidak mungkin menggugurkan siapa pun", "can't refuse anybody")
NOBODY_PASSES = Words("menggugurkan setiap keluarga", "refuses every family")


def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterator[Diagnostic]:
    """A finding for each rule whose condition is always yes or always no, on every date."""
    for rule in ruleset.rules:
        answer = settled(ruleset, rule.condition)
        if answer is None:
            continue
        said = NOBODY_FAILS if answer is (rule.kind is RuleKind.REQUIRE) else NOBODY_PASSES
        yield Diagnostic(
            CODE,
            Severity.REMARK,
            rule.condition.span,
            Words(f"Aturan {rule.id} {said.id}.", f"The rule {rule.id} {said.en}."),
            Words(
                "Periksa batas, tanda pembanding, serta `dan` dan `atau` di dalamnya.",
                "Check the bounds, the comparisons, and its `and` and `or`.",
            ),
        )
