"""Ranking keys that never decide between two families: what stands before them has decided already."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.model.asof import AsOf
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.expr import FieldRef, Literal, ParameterRef
from ejps_core.model.ruleset import OrderKey, Ruleset
from ejps_core.model.walk import sense
from ejps_core.model.words import Words

CODE = "idle-ranking-key"


def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterator[Diagnostic]:
    """A finding for each key that repeats one before it, is the same for all, or stands behind the family's key."""
    order = ruleset.choose.order if ruleset.choose is not None else ()
    before: list[object] = []
    unique = False
    for key in order:
        if unique or sense(key.value) in before or isinstance(key.value, Literal | ParameterRef):
            yield _finding(key)
        before.append(sense(key.value))
        unique = unique or (isinstance(key.value, FieldRef) and key.value.name == ruleset.key.name)


def _finding(key: OrderKey) -> Diagnostic:
    return Diagnostic(
        CODE,
        Severity.REMARK,
        key.span,
        Words("Kunci urutan ini tidak pernah menentukan.", "This ranking key never decides anything."),
        Words(
            "Hapus, atau letakkan di depan yang sudah memutuskan sebelum dia.",
            "Take it out, or put it before what has decided already.",
        ),
    )
