"""The values of definitions, as the evaluator works them out: for examples and for reports.

A probe is the rule set with other questions: a yes/no is asked as a rule, an answer of a choice as one rule
each, a number or date as an amount. So a shown value can't differ from the one a decision rests on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa

from ejps_core.engine import decide
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import WORD, Bools, Longs, ProgramDecisions
from ejps_core.model.expr import DefinitionRef, Expr, OneOf, Round
from ejps_core.model.kinds import Level, Rounding
from ejps_core.model.ruleset import Benefit, Definition, Rule, RuleKind, Ruleset
from ejps_core.model.types import MOST, Choice, Date, Number, Quotient, Region, YesNo
from ejps_core.model.words import same


def definition_values(ruleset: Ruleset, as_of: AsOf, candidates: Candidates, names: Iterable[str]) -> dict[str, pa.Array]:
    """name -> the value for each family (null: unknown), for family definitions that are no region.

    Numbers and dates are whole numbers as the type's scale says; a fraction is rounded half up to a whole
    number.
    """
    wanted = [d for name in names if not isinstance((d := ruleset.definition(name)).type, Region)]
    if not wanted:
        return {}
    rules = tuple(rule for definition in wanted for rule in _rules(definition))
    benefits = tuple(benefit for definition in wanted for benefit in _benefits(definition))
    probe = replace(
        ruleset,
        rules=rules,
        benefits=(),
        choose=None,
        thresholds=(),
        examples=(),
    )
    asked = [probe] if rules else []
    asked += [replace(probe, rules=(), benefits=benefits)] if benefits else []
    answers = decide(asked, as_of, candidates)
    judged = answers[0] if rules else None
    paid = answers[-1] if benefits else None
    return {definition.name: _value(definition, judged, paid) for definition in wanted}


def condition_values(ruleset: Ruleset, as_of: AsOf, candidates: Candidates, ids: Iterable[str]) -> dict[str, pa.Array]:
    """rule id -> whether its condition is so, for each family (null: unknown)."""
    wanted = set(ids)
    rules = tuple(replace(rule, kind=RuleKind.REQUIRE) for rule in ruleset.rules if rule.id in wanted)
    if not rules:
        return {}
    judged = decide([replace(ruleset, rules=rules, benefits=(), choose=None, thresholds=())], as_of, candidates)[0]
    answers = {rule.id: _answer(judged, rule.id) for rule in rules}
    return {name: pa.array(~failed, mask=unknown) for name, (failed, unknown) in answers.items()}


def _reference(definition: Definition) -> Expr:
    return DefinitionRef(type=definition.type, span=definition.span, name=definition.name, level=Level.FAMILY)


def _rules(definition: Definition) -> list[Rule]:
    """The yes/no questions whose answers make up the value."""
    item = _reference(definition)
    questions: list[Expr] = []
    if isinstance(definition.type, YesNo):
        questions = [item]
    elif isinstance(definition.type, Choice):
        questions = [OneOf(type=YesNo(), span=definition.span, item=item, labels=(name,)) for name in definition.type.names]
    return [
        Rule(_question(definition, number), RuleKind.REQUIRE, same(""), condition, definition.span)
        for number, condition in enumerate(questions)
    ]


def _question(definition: Definition, number: int) -> str:
    return f"{definition.name} {number}"


def _benefits(definition: Definition) -> list[Benefit]:
    """The amount that is the value."""
    item = _reference(definition)
    if isinstance(definition.type, Quotient):
        whole = Number(0, -MOST, MOST, definition.type.per)
        item = Round(type=whole, span=definition.span, how=Rounding.HALF_UP, item=item, step=1)
    elif not isinstance(definition.type, Number | Date):
        return []
    return [Benefit(definition.name, same(""), item, 1, definition.span)]


def _value(definition: Definition, judged: ProgramDecisions | None, paid: ProgramDecisions | None) -> pa.Array:
    if isinstance(definition.type, YesNo) and judged:
        failed, unknown = _answer(judged, _question(definition, 0))
        return pa.array(~failed, mask=unknown)
    if isinstance(definition.type, Choice) and judged:
        return _label(
            definition.type,
            [_answer(judged, _question(definition, n)) for n in range(len(definition.type.names))],
        )
    assert paid is not None
    place = [benefit.id for benefit in paid.ruleset.benefits].index(definition.name)
    found = paid.benefits[place]
    values = pa.array(found.amount, mask=found.open)
    return values.cast(pa.int32()).cast(pa.date32()) if isinstance(definition.type, Date) else values


def _answer(judged: ProgramDecisions, question: str) -> tuple[Bools, Bools]:
    """Where the answer is no, and where it is unknown."""
    place = [rule.id for rule in judged.ruleset.rules].index(question)
    return _bit(judged.failed, place), _bit(judged.unknown, place)


def _bit(words: tuple[Longs, ...], place: int) -> Bools:
    bits = words[place // WORD] >> (place % WORD) & 1
    return np.asarray(bits, np.bool_)


def _label(kind: Choice, answers: list[tuple[Bools, Bools]]) -> pa.Array:
    """The label whose question is answered yes."""
    codes = np.full(len(answers[0][0]), -1, np.int64)
    for number, (failed, unknown) in enumerate(answers):
        codes[~failed & ~unknown] = number
    indices = pa.array(codes, pa.int32(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(kind.names, pa.string()))
