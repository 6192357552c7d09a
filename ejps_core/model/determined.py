"""Rules whose outcome officials determined: the condition where it is known, else what was determined."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ejps_core.model.expr import And, Case, Expr, FieldRef, IsUnknown, Not
from ejps_core.model.kinds import Level
from ejps_core.model.registers import RULE
from ejps_core.model.ruleset import Field, Rule, Ruleset
from ejps_core.model.types import YesNo
from ejps_core.model.words import Words


def with_determined(ruleset: Ruleset, facts: Collection[str]) -> Ruleset:
    """The rule set whose rules take what was determined where their condition is unknown.

    facts: 'aturan:PROGRAM.ID' of each rule that has a determination; each becomes a fact of the family (or person). Where
    nothing was determined of a family the rule means what it meant, and needs the same facts.
    """
    names = {rule.id: f"{RULE}{ruleset.program}.{rule.id}" for rule in ruleset.rules}
    about = [rule for rule in ruleset.rules if names[rule.id] in facts]
    if not about:
        return ruleset
    fields = tuple(_field(rule, names[rule.id]) for rule in about)
    rules = tuple(replace(r, condition=_settled(r, names[r.id])) if r in about else r for r in ruleset.rules)
    return replace(ruleset, family_fields=(*ruleset.family_fields, *fields), rules=rules)


def _field(rule: Rule, name: str) -> Field:
    title = Words(f"Ketetapan: {rule.title.id}", f"Determination: {rule.title.en}")
    return Field(name, title, YesNo(), Level.FAMILY, rule.span)


def _settled(rule: Rule, name: str) -> Expr:
    """if the condition is unknown and something was determined then that otherwise the condition."""
    condition, span = rule.condition, rule.condition.span
    said = FieldRef(type=YesNo(), span=span, name=name, level=Level.FAMILY)
    open_ = IsUnknown(type=YesNo(), span=span, item=condition)
    known = Not(type=YesNo(), span=span, item=IsUnknown(type=YesNo(), span=span, item=said))
    guard = And(type=YesNo(), span=span, items=(open_, known))
    return Case(type=YesNo(), span=span, branches=((guard, said),), otherwise=condition)


def determination_in(item: Case) -> FieldRef | None:
    """What was determined, if this is the condition of such a rule."""
    value = item.branches[0][1]
    return value if isinstance(value, FieldRef) and value.name.startswith(RULE) else None
