"""A program told to people: its rules beside what they mean, its dated values and sources, its examples as they come out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ejps_core.app.compiled_programs import compiled_programs
from ejps_core.app.evaluating_stored import version_of_rules
from ejps_core.app.program_view import title_of, unknown_program
from ejps_core.authoring.examples import Ran, ran
from ejps_core.authoring.formatting import formatted
from ejps_core.authoring.meanings import Meant, meanings
from ejps_core.dsl import compile_text
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_of
from ejps_core.model.changes import Change
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Benefit, Rule, Ruleset
from ejps_core.model.wording import value_words
from ejps_core.model.words import Language, Words
from ejps_core.reports.assumptions import is_assumption
from ejps_core.reports.words import fact_title

IN_TABLES = frozenset({"_EXAMPLE", "_USUAL"})
"""Statements that are shown with their outcome, not beside their meaning."""


@dataclass(frozen=True, slots=True)
class ValueTold:
    """A value of a parameter from a day on. assumed: its source is an assumption, in whole or in part."""

    since: str
    published: str
    value: Words
    source: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class ParameterTold:
    """A dated value of the law, its newest row last."""

    name: str
    title: Words
    values: tuple[ValueTold, ...]


@dataclass(frozen=True, slots=True)
class BenefitTold:
    """What an eligible family gets. shares: who bears how many hundredths of a percent."""

    id: str
    title: Words
    in_kind: str
    instalments: int
    shares: tuple[tuple[str, int], ...]
    legal: str


@dataclass(frozen=True, slots=True)
class ExampleTold:
    """An example of the rule file with what comes out of it. as_said: whether that is what the file says."""

    title: str
    on: str
    facts: tuple[tuple[Words, Words], ...]
    members: tuple[tuple[tuple[Words, Words], ...], ...]
    outcome: Ran


@dataclass(frozen=True, slots=True)
class ProgramTold:
    """A program or rule set as a whole. surface: the language in which the rule text is shown.

    statements: the text, each statement with its meaning; refused: why it isn't shown in the language that was asked for.
    """

    ruleset: Ruleset
    title: Words
    surface: Language
    statements: tuple[Meant, ...]
    parameters: tuple[ParameterTold, ...]
    benefits: tuple[BenefitTold, ...]
    examples: tuple[ExampleTold, ...]
    changes: tuple[Change, ...]
    version: str
    first: str
    last: str
    refused: Diagnostic | None = None

    @property
    def assumed(self) -> bool:
        """Whether any of its sources is an assumption."""
        sources = [each.source for parameter in self.parameters for each in parameter.values]
        items: tuple[Rule | Benefit, ...] = (*self.ruleset.rules, *self.ruleset.benefits)
        legal = [each.legal or "" for each in items]
        return any(map(is_assumption, (*self.ruleset.legal, *sources, *legal)))


def program_told(id: str, language: Language, plugins: Plugins) -> ProgramTold | Diagnostic:
    """One program or rule set, its text in a language; a Diagnostic: there is none, or it can't be used."""
    found = compiled_programs(plugins).get(id)
    if found is None:
        return unknown_program(id)
    if isinstance(found.compiled, Diagnostic):
        return found.compiled
    return _told(found.compiled.ruleset, found.compiled.text, language)


@lru_cache(maxsize=64)
def _told(ruleset: Ruleset, text: str, language: Language) -> ProgramTold:
    """The same for a rule set whose whole text this is; kept, for it is the same for everybody."""
    written = formatted(text, Path(ruleset.path).name, language)
    own = formatted(text, Path(ruleset.path).name) if written.text is None else written
    shown = own.text or text
    compiled, findings = compile_text(shown, Path(ruleset.path).name)
    assert compiled is not None, findings
    return ProgramTold(
        ruleset=ruleset,
        title=title_of(ruleset),
        surface=compiled.surface,
        statements=meanings(shown, compiled),
        parameters=tuple(_parameters(ruleset)),
        benefits=tuple(_benefits(ruleset)),
        examples=tuple(_examples(ruleset)),
        changes=ruleset.reasons,
        version=version_of_rules(ruleset),
        first=day_of(ruleset.first).isoformat(),
        last=day_of(ruleset.last).isoformat(),
        refused=None if written.text is not None else next(iter(written.findings), None),
    )


def _parameters(ruleset: Ruleset) -> list[ParameterTold]:
    return [
        ParameterTold(
            each.name,
            _title(each.title, each.name),
            tuple(
                ValueTold(
                    day_of(row.since).isoformat(), day_of(row.published).isoformat(),
                    value_words(row.value, each.type, ruleset.currency), row.source, is_assumption(row.source),
                )
                for row in each.rows
            ),
        )
        for each in ruleset.parameters
    ]  # fmt: skip


def _benefits(ruleset: Ruleset) -> list[BenefitTold]:
    return [
        BenefitTold(
            each.id, _title(each.title, each.id), each.in_kind or "", each.instalments,
            tuple((share.name, share.part) for share in each.shares), each.legal or "",
        )
        for each in ruleset.benefits
    ]  # fmt: skip


def _examples(ruleset: Ruleset) -> list[ExampleTold]:
    """The examples with what they are about, and what comes out."""
    usual = _usual(ruleset)
    return [
        ExampleTold(
            example.title,
            day_of(example.on).isoformat(),
            tuple(_fact(ruleset, Level.FAMILY, *each) for each in example.family if each not in usual),
            tuple(tuple(_fact(ruleset, Level.MEMBER, *each) for each in member) for member in example.members),
            outcome,
        )
        for example, outcome in zip(ruleset.examples, ran(ruleset), strict=True)
    ]


def _usual(ruleset: Ruleset) -> frozenset[tuple[str, bool | int | str | None]]:
    """The facts that most examples share: the file's usual case, told once."""
    counts: dict[tuple[str, bool | int | str | None], int] = {}
    for example in ruleset.examples:
        for each in example.family:
            counts[each] = counts.get(each, 0) + 1
    return frozenset(each for each, count in counts.items() if count * 2 > len(ruleset.examples) > 1)


def _fact(ruleset: Ruleset, level: Level, name: str, value: bool | int | str | None) -> tuple[Words, Words]:
    field = ruleset.field(level, name)
    return _title(field.title, name), value_words(value, field.type, ruleset.currency)


def _title(title: Words, name: str) -> Words:
    return Words(title.id or name, title.en or title.id or name)


def facts_needed(ruleset: Ruleset, outcome: Ran) -> tuple[Words, ...]:
    """The titles of the facts that an undetermined example waits for."""
    return tuple(
        Words(fact_title(ruleset, each, Language.ID), fact_title(ruleset, each, Language.EN)) for each in outcome.needs
    )
