"""Examples of refused families that do not say which rule refuses them."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.model.asof import AsOf
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.model.words import Words

CODE = "verdict-only-example"


def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterator[Diagnostic]:
    """A finding for each example that expects a refusal for whatever reason."""
    for example in ruleset.examples:
        if example.expected.verdict is Verdict.INELIGIBLE and example.expected.because is None:
            yield Diagnostic(
                CODE,
                Severity.REMARK,
                example.span,
                Words(
                    f"Contoh “{example.title}” tidak menyebut karena aturan apa keluarga itu ditolak.",
                    f"The example “{example.title}” does not say which rule refuses the family.",
                ),
                Words("Tambahkan `karena ATURAN`.", "Add `because RULE`."),
            )
