"""Explaining one family: each rule's text with the values it met, the facts needed, the amounts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ejps_core.engine.decide import decide
from ejps_core.engine.needs import operands
from ejps_core.engine.recorder import Outline, Recorder, recorded
from ejps_core.model import expr as e
from ejps_core.model.asof import AsOf, row_at
from ejps_core.model.calendar import day_of
from ejps_core.model.candidates import Candidates, FactOrigin, Origins
from ejps_core.model.decisions import VERDICTS, ProgramDecisions, names_in
from ejps_core.model.determined import determination_in
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Benefit, Parameter, ParameterRow, RuleKind, Ruleset
from ejps_core.model.trace import BenefitTrace, RuleTrace, Step, Trace
from ejps_core.model.wording import value_words
from ejps_core.model.words import Words


def explain(ruleset: Ruleset, as_of: AsOf, candidates: Candidates, row: int) -> Trace:
    """Why family number `row` (from 0) of the list came out as it did. Ranking needs the whole list and is not told."""
    first, last = int(candidates.offsets[row]), int(candidates.offsets[row + 1])
    alone = Candidates(
        candidates.families.slice(row, 1),
        candidates.members.slice(first, last - first),
        candidates.offsets[row : row + 2] - first,
        candidates.family_rows[row : row + 1],
        origins={
            fact: origins.taken(np.arange(first, last) if fact.startswith("member.") else np.array([row]))
            for fact, origins in candidates.origins.items()
        },
    )
    recorder = recorded(Outline(ruleset, as_of), alone, 0)
    decisions = decide([ruleset], as_of, alone)[0]
    return Telling(recorder, decisions, as_of, alone.origins).tell()


class Telling:
    """One trace being made."""

    def __init__(self, recorder: Recorder, decisions: ProgramDecisions, as_of: AsOf, origins: Mapping[str, Origins]) -> None:
        self.recorder, self.decisions, self.as_of = recorder, decisions, as_of
        self.ruleset, self.origins = recorder.ruleset, origins
        self.determined: dict[Words, None] = {}
        self.parameters: dict[str, bool] = {}
        """Parameters that were read; yes: of a table or scale, its versions."""
        self.assumed: list[Words] = []

    def tell(self) -> Trace:
        """The whole trace."""
        d = self.decisions
        rules = tuple(self._rule(index) for index in range(len(self.ruleset.rules)))
        benefits = tuple(self._benefit(index, benefit) for index, benefit in enumerate(self.ruleset.benefits))
        return Trace(
            ruleset=self.ruleset,
            verdict=VERDICTS[int(d.status[0])],
            rules=rules,
            benefits=benefits,
            needs=tuple(self._need(name) for name in names_in(d.needs, d.facts, 0)),
            at_most=bool(d.at_most[0]),
            one_of=bool(d.one_of[0]),
            parameters=tuple(self._parameter(name) for name in self.parameters),
            assumed=tuple(self.assumed),
            determined=tuple(self.determined),
            because=names_in(d.failed, tuple(rule.id for rule in self.ruleset.rules), 0),
            phase=int(d.phase[0]),
        )

    def _rule(self, index: int) -> RuleTrace:
        rule = self.ruleset.rules[index]
        truth = self.recorder.holds(rule.condition)
        holds = truth if rule.kind is RuleKind.REQUIRE or truth is None else not truth
        return RuleTrace(rule, holds, self._told(rule.condition))

    def _benefit(self, index: int, benefit: Benefit) -> BenefitTrace:
        paid = self.decisions.benefits[index]
        eligible = VERDICTS[int(self.decisions.status[0])].value == "eligible"
        steps = self._told(benefit.amount)
        if benefit.only_if is not None:
            steps = (*self._told(benefit.only_if), *steps)
        known = eligible and not paid.open[0]
        names = tuple(share.name for share in benefit.shares)
        return BenefitTrace(
            benefit=benefit,
            amount=int(paid.amount[0]) if known else None,
            low=int(paid.low[0]),
            high=None if paid.unbounded[0] else int(paid.high[0]),
            steps=steps,
            shares=tuple((name, int(part[0])) for name, part in zip(names, paid.shares, strict=True)) if known else (),
        )

    def _told(self, item: e.Expr) -> tuple[Step, ...]:
        """An expression with all that it is made of."""
        steps: list[Step] = []
        self._steps(steps, item, 0, None)
        return tuple(steps)

    def _steps(self, steps: list[Step], item: e.Expr, depth: int, member: int | None) -> None:
        """Adds the expression and what it is made of; constants are told by their text."""
        match item:
            case e.Literal() | e.DecisionDate():
                return
            case e.ParameterRef():
                self.parameters[item.name] = False
            case e.IfUnknown():
                self._assume(item, member)
        fact = self.recorder.fact(item) if isinstance(item, e.FieldRef) else None
        number = None if member is None else member + 1
        words = self.recorder.words(item, member)
        text = item.name if isinstance(item, e.FieldRef) else self.recorder.outline.text(item.span)
        origin = self._origin(item, fact, words, member) if isinstance(item, e.FieldRef) and fact else None
        steps.append(Step(depth, text, words, item.span, fact, number, origin))
        if not isinstance(item, e.FieldRef):
            self._inside(steps, item, depth + 1, member)

    def _inside(self, steps: list[Step], item: e.Expr, depth: int, member: int | None) -> None:
        match item:
            case e.DefinitionRef():
                self._steps(steps, self.ruleset.definition(item.name).value, depth, member)
            case e.Dated():
                self.parameters[item.name] = True
                self._inside(steps, self.recorder.lowering.version(item), depth, member)
            case e.Case():
                self._case(steps, item, depth, member)
            case (
                e.CountMembers()
                | e.AnyMember()
                | e.EveryMember()
                | e.AtLeastMembers()
                | e.SumMembers()
                | e.SumLargest()
                | e.ExtremeMember()
                | e.OfOldest()
            ):
                parts = member_parts(item)
                for person in range(self.recorder.people):
                    for part in parts:
                        self._steps(steps, part, depth, person)
            case _:
                for part in operands(item):
                    self._steps(steps, part, depth, member)

    def _origin(self, item: e.FieldRef, fact: str, words: Words, member: int | None) -> FactOrigin | None:
        """Where a fact comes from; one that was determined is kept for the end."""
        origins = self.origins.get(fact)
        origin = origins.of(member or 0) if origins else None
        if origin is not None and origin.determined:
            title = self.ruleset.field(item.level, item.name).title
            self.determined[
                Words(f"{title.id} = {words.id} ({origin.words.id})", f"{title.en} = {words.en} ({origin.words.en})")
            ] = None
        return origin

    def _case(self, steps: list[Step], item: e.Case, depth: int, member: int | None) -> None:
        """Guards up to the one that is yes, and the values that may be taken.

        Of a rule that can be determined: what was determined, if it counts, and the author's own condition.
        """
        said = determination_in(item)
        if said is not None:
            if self.recorder.holds(item.branches[0][0], member):
                self._steps(steps, said, depth, member)
            self._steps(steps, item.otherwise, depth, member)
            return
        for guard, value in item.branches:
            self._steps(steps, guard, depth, member)
            holds = self.recorder.holds(guard, member)
            if holds is not False:
                self._steps(steps, value, depth, member)
            if holds:
                return
        self._steps(steps, item.otherwise, depth, member)

    def _assume(self, item: e.IfUnknown, member: int | None) -> None:
        if self.recorder.at(self.recorder.lowering.unknown(item.item), member):
            text, default = (
                self.recorder.outline.text(item.item.span),
                self.recorder.outline.text(item.default.span),
            )
            self.assumed.append(Words(f"{text} dianggap {default}", f"{text} taken as {default}"))

    def _parameter(self, name: str) -> tuple[str, Words, str]:
        parameter = self.ruleset.parameter(name)
        row = row_at(parameter, self.as_of)
        assert row is not None
        if self.parameters[name]:
            return name, _version(parameter, row), row.source
        return name, value_words(row.value, parameter.type, self.ruleset.currency), row.source

    def _need(self, fact: str) -> Words:
        return fact_words(self.ruleset, fact)


def _version(parameter: Parameter, row: ParameterRow) -> Words:
    """The version of a table or scale that is in use; the only one of a table without dates stands where the table does."""
    if row.span == parameter.span:
        return Words("tanpa tanggal", "without dates")
    since = day_of(row.since).isoformat()
    return Words(f"versi sejak {since}", f"the version since {since}")


def fact_words(ruleset: Ruleset, fact: str) -> Words:
    """A fact in words: its field's title."""
    if fact == "members":
        return Words("Daftar anggota keluarga", "List of the family's members")
    level = Level.MEMBER if fact.startswith("member.") else Level.FAMILY
    title = ruleset.field(level, fact.removeprefix("member.")).title
    return Words(f"{title.id} (anggota)", f"{title.en} (members)") if level is Level.MEMBER else title


def member_parts(item: e.Expr) -> tuple[e.Expr, ...]:
    """What an aggregate asks of each member."""
    match item:
        case e.CountMembers(where=where):
            return (where,) if where is not None else ()
        case e.AnyMember(where=where) | e.AtLeastMembers(where=where):
            return (where,)
        case e.EveryMember(where=where, condition=condition):
            return (condition,) if where is None else (where, condition)
        case e.SumMembers() | e.SumLargest() | e.ExtremeMember() | e.OfOldest():
            return (item.value,) if item.where is None else (item.where, item.value)
        case _:
            return ()
