"""From rule sets to the two statements: decisions of all programs of a run, and the ranking of those that choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ejps_core.engine.lower import ANY_SHAPE, Lowering, Shape, rows_of
from ejps_core.engine.outcome import Outcome
from ejps_core.engine.plan import Plan, Rows
from ejps_core.engine.sql.answers import Answers
from ejps_core.engine.sql.dialect import DUCKDB, Dialect
from ejps_core.engine.sql.expressions import FAMILY, PLACE, Facts, Kind
from ejps_core.engine.sql.ranking import DECISIONS, ranking
from ejps_core.engine.sql.statement import Statement, Tables
from ejps_core.model.asof import AsOf
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import Date, Number, Type, YesNo
from ejps_core.model.words import Language


@dataclass(frozen=True, slots=True)
class Statements:
    """The texts; `ranking` None: no program chooses. programs: what the columns of the decisions are."""

    decisions: str
    ranking: str | None
    programs: tuple[Answers, ...]


def default_tables(dialect: Dialect = DUCKDB) -> Tables:
    """The tables `families` and `members`, told together by the column `family`."""
    return Tables(dialect.name("families"), dialect.name("members"), FAMILY, FAMILY, PLACE)


def statements(
    rulesets: Sequence[Ruleset],
    as_of: AsOf,
    shape: Shape = ANY_SHAPE,
    tables: Tables | None = None,
    dialect: Dialect = DUCKDB,
    language: Language = Language.ID,
) -> Statements:
    """The statements for these rules at this date. `shape`: what is known of the list; by default any fact may be unknown.

    `language`: of the comments; what is quoted from the rules stays as it was written. Each parameter must have a row in
    force and published at `as_of`, as for `decide`.
    """
    plan = Plan(turns=False)  # a comparison of a named value reads as its author wrote it
    programs = tuple(Answers(Outcome(Lowering(plan, ruleset, as_of, shape))) for ruleset in rulesets)
    facts = facts_of(rulesets, shape)
    statement = Statement(plan, programs, facts, tables or default_tables(dialect), dialect, language)
    return Statements(statement.text(), ranking(programs, dialect, language), programs)


def script(texts: Statements, dialect: Dialect = DUCKDB) -> str:
    """Both statements as one text to run: the first fills the table `decisions`, the second reads it."""
    made = f"create temp table {dialect.name(DECISIONS)} as\n{texts.decisions.rstrip()};\n"
    return made if texts.ranking is None else f"{made}\n{texts.ranking.rstrip()};\n"


def facts_of(rulesets: Sequence[Ruleset], shape: Shape) -> Facts:
    """The kinds of the facts that the list has."""
    kinds: dict[tuple[Rows, str], Kind] = {}
    for ruleset in rulesets:
        for field in (*ruleset.family_fields, *ruleset.member_fields):
            place = (rows_of(field.level), field.name)
            if place not in shape.absent:
                kinds[place] = kind_of(field.type)
    return Facts(kinds, shape.whole)


def kind_of(kind: Type) -> Kind:
    """What a fact of this type is in a table."""
    match kind:
        case YesNo():
            return Kind.TRUTH
        case Number():
            return Kind.NUMBER
        case Date():
            return Kind.DAY
        case _:
            return Kind.TEXT
