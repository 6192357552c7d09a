"""A family made up in a form: a question for each fact that the rules ask for, and the facts as they were answered.

Names and numbers of identity are not asked for: no rule reads them, and nobody has to type them to try.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ejps_core.app.program_view import title_of, unknown_program
from ejps_core.app.programs import choose
from ejps_core.app.single import OneDecision, PreparedProgram
from ejps_core.app.single_served import Key, ReadyPrograms
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number, day_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import DecisionUnit, Field, Ruleset
from ejps_core.model.span import Cell
from ejps_core.model.types import Choice, Code, Date, Number, Region, YesNo
from ejps_core.model.wording import PER
from ejps_core.model.words import Words
from ejps_core.reports.explanation import Subject

MOST_MEMBERS = 30
"""More members than this are for a list, not for a form."""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that is asked for. kind: yesno, choice, number, money, date or region. unit: what the number is counted by."""

    name: str
    title: Words
    kind: str
    labels: tuple[tuple[str, Words], ...]
    unit: Words
    source: str


@dataclass(frozen=True, slots=True)
class FamilyForm:
    """The form of a program or rule set. day: a good day to try it on. persons: the rules decide persons, not families."""

    id: str
    title: Words
    family: tuple[Question, ...]
    members: tuple[Question, ...]
    day: date
    persons: bool
    base: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """A family as it was typed: facts by name, '' for what is not known."""

    on: date
    known: date | None
    district: str | None
    family: Mapping[str, str]
    members: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rules say. ruleset: the one that was used. subject: whom the trace is about: nobody by name."""

    ruleset: Ruleset
    decision: OneDecision
    subject: Subject

    def problem(self, member: int, name: str) -> Words | None:
        """What is to be said of an answer; member 0: of the family's own."""
        place = f"member {member}" if member else "family"
        told = (
            each.words
            for each in self.decision.findings
            if isinstance(each.place, Cell) and (each.place.path, each.place.column) == (place, name)
        )
        return next(told, None)


def family_form(id: str, today: date, plugins: Plugins) -> FamilyForm | Diagnostic:
    """The form for a program or rule set; a Diagnostic: there is none, or it can't be used."""
    if not id.isidentifier():
        return unknown_program(id)
    chosen = choose(id, plugins)
    if chosen.exit or not chosen.rulesets:
        return chosen.findings[0]
    ruleset = chosen.rulesets[0]
    day = max(ruleset.first, min(day_number(today), ruleset.last))
    return FamilyForm(
        id=id,
        title=title_of(ruleset),
        family=_questions(ruleset, ruleset.family_fields),
        members=_questions(ruleset, ruleset.member_fields),
        day=day_of(day),
        persons=ruleset.unit is DecisionUnit.PERSON,
        base=ruleset.ruleset is None,
    )


def tried(id: str, answers: Answers, ready: ReadyPrograms) -> Tried | Diagnostic:
    """The decision about the family of a form; nothing is recorded."""
    found = ready.get(Key(id, answers.on, answers.known, answers.district))
    if isinstance(found, Diagnostic):
        return found
    assert isinstance(found, PreparedProgram)
    decision = found.decide_one(_given(answers.family), [_given(each) for each in answers.members])
    on, known = day_number(answers.on), day_number(answers.known or answers.on)
    return Tried(found.ruleset, decision, Subject("", (None,) * len(answers.members), "", 0, "", on, known))


def _given(answers: Mapping[str, str]) -> dict[str, object]:
    """What was answered; a question without an answer is a fact that is not known."""
    return {name: text for name, text in answers.items() if text}


def _questions(ruleset: Ruleset, fields: tuple[Field, ...]) -> tuple[Question, ...]:
    return tuple(_question(ruleset, each) for each in fields if not isinstance(each.type, Code))


def _question(ruleset: Ruleset, field: Field) -> Question:
    kind, labels, unit = "number", tuple[tuple[str, Words], ...](), Words("", "")
    match field.type:
        case YesNo():
            kind = "yesno"
        case Choice(labels=answers):
            kind = "choice"
            labels = tuple((each.name, Words(each.title.id or each.name, each.title.en or each.name)) for each in answers)
        case Date():
            kind = "date"
        case Region():
            kind = "region"
        case Number(per=per) if per is not None:
            sign = "Rp" if ruleset.currency == "IDR" else ruleset.currency
            kind, unit = "money", Words(f"{sign}{PER[per].id}", f"{sign}{PER[per].en}")
        case _:
            pass
    title = Words(field.title.id or field.name, field.title.en or field.title.id or field.name)
    return Question(field.name, title, kind, labels, unit, field.source or "")


__all__ = ["MOST_MEMBERS", "Answers", "FamilyForm", "Question", "Tried", "family_form", "tried"]
