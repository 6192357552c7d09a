"""Changes of a rule set that leave what they change as it was."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.dsl import compile_text
from ejps_core.model.asof import AsOf, row_at
from ejps_core.model.changes import Change, ChangeKind
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Parameter, Ruleset
from ejps_core.model.walk import sense
from ejps_core.model.words import Words

CODE = "idle-override"
ASIDE = ("span", "source", "legal")
"""What a change may alter without altering what is decided."""


def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterator[Diagnostic]:
    """A finding for each `set` or `replace` of this file that says what the parent says."""
    own = [change for change in ruleset.reasons if change.span.path == ruleset.path]
    parent = _parent(ruleset) if own else None
    for change in own:
        if parent is not None and change.kind is not ChangeKind.REMOVE and _same(change, ruleset, parent):
            yield Diagnostic(
                CODE,
                Severity.REMARK,
                change.span,
                Words(f"Perubahan {change.name} tidak mengubah apa pun.", f"Changing {change.name} changes nothing."),
                Words(
                    "Hapus, atau tulis nilai yang dimaksud peraturan itu.",
                    "Take it out, or write the value that the decree means.",
                ),
            )


def _parent(ruleset: Ruleset) -> Ruleset | None:
    """What the rule set changes, checked by itself."""
    texts = {origin.name: (origin.text, origin.path) for origin in ruleset.parents}
    nearest = ruleset.parents[0]
    return compile_text(nearest.text, nearest.path, texts.get)[0]


def _same(change: Change, ruleset: Ruleset, parent: Ruleset) -> bool:
    mine, theirs = _statement(ruleset, change.name), _statement(parent, change.name)
    if isinstance(mine, Parameter) and isinstance(theirs, Parameter):
        return _always_equal(mine, theirs, ruleset)
    return mine is not None and sense(mine, ASIDE) == sense(theirs, ASIDE)


def _statement(ruleset: Ruleset, name: str) -> object:
    """What is declared under that name."""
    if name == "choose":
        return ruleset.choose
    if name == "report":
        return (ruleset.columns, ruleset.totals)
    named: dict[str, object] = {each.name: each for each in ruleset.parameters}
    named |= {each.name: each for each in ruleset.definitions}
    return named.get(name) or _with_id(ruleset).get(name)


def _with_id(ruleset: Ruleset) -> dict[str, object]:
    found: dict[str, object] = {rule.id: rule for rule in ruleset.rules}
    return found | {benefit.id: benefit for benefit in ruleset.benefits}


def _always_equal(mine: Parameter, theirs: Parameter, ruleset: Ruleset) -> bool:
    """Whether two parameters have the same value on every day on which the rule set is in force."""
    rows = (*mine.rows, *theirs.rows)
    known = max(each.published for each in rows)
    days = {ruleset.first, *(each.since for each in rows if ruleset.first <= each.since <= ruleset.last)}
    values = [(row_at(mine, AsOf(day, known)), row_at(theirs, AsOf(day, known))) for day in days]
    return all(one is not None and two is not None and one.value == two.value for one, two in values)
