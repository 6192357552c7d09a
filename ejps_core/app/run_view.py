"""Runs as they are looked at: verdicts counted, decisions with their reasons, and which missing fact settles the most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, func, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, col

from ejps_core.app.pages import Page, limit_of, page_of
from ejps_core.app.stored_runs import run_record
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.dsl import compile_text
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.model.words import Language, Words
from ejps_core.reports.missing import Work, order_of
from ejps_core.reports.words import Told, fact_title, reason_words
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import run_of
from ejps_core.store.tables import Decision, ListRow, ListVersion, Run


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions: of a verdict, because of a rule, lacking a fact, after a position."""

    verdict: Verdict | None = None
    rule: str | None = None
    fact: str | None = None
    after: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is looked at. row: where the family stands in its list. amount: minor units, exact."""

    position: int
    pid: str
    sheet: str | None
    row: int | None
    verdict: Verdict
    reasons: tuple[Words, ...]
    needs: tuple[Words, ...]
    amount: int
    open: bool
    low: int
    high: int | None
    nik_to_follow: bool


@dataclass(frozen=True, slots=True)
class Settling:
    """A fact that is missing: how many decisions it settles once it and all above it are known."""

    fact: str
    title: Words
    settles: int
    alone: int
    among: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A run with a page of its decisions. reasons: rules by how many they decided against, with their titles."""

    run: Mapping[str, Any]
    title: Words
    currency: str
    minor_digits: int
    reasons: tuple[tuple[str, Words, int], ...]
    settling: tuple[Settling, ...]
    decisions: Page[Decided]


def is_there(options: StoreOptions, run_id: int) -> str | Diagnostic:
    """The program of a run; a Diagnostic if the scope has no such run."""

    def found() -> str:
        with open_store(place_of(options)) as store, store.reading() as session:
            return run_of(session, run_id).program

    return attempt(found)


def runs(
    options: StoreOptions, list_id: int | None, after: int = 0, limit: int = 50
) -> Page[Mapping[str, Any]] | Diagnostic:
    """The runs of the scope, the newest first."""

    def found() -> Page[Mapping[str, Any]]:
        asked = select(Run, col(ListVersion.list_id), col(ListVersion.number)).join(
            ListVersion, col(ListVersion.id) == col(Run.version_id)
        )
        if list_id is not None:
            asked = asked.where(col(ListVersion.list_id) == list_id)
        if after:
            asked = asked.where(col(Run.id) < after)
        with open_store(place_of(options)) as store, store.reading() as session:
            rows = session.execute(asked.order_by(col(Run.id).desc()).limit(limit_of(limit) + 1)).all()
            return page_of(rows, limit_of(limit), lambda row: row[0].id, lambda row: run_record(*row), None)

    return attempt(found)


def look(options: StoreOptions, run_id: int, wanted: Wanted) -> Looked | Diagnostic:
    """A run and the decisions that are wanted; nobody's identifiers."""

    def found() -> Looked:
        with open_store(place_of(options)) as store, store.reading() as session:
            run = run_of(session, run_id)
            version = session.get(ListVersion, run.version_id)
            assert version is not None
            ruleset = ruleset_of(run)
            decisions, total = _decisions(session, run_id, wanted)
            rows = _rows(session, run.version_id, [each.pid for each in decisions])
            page = page_of(
                decisions, limit_of(wanted.limit), lambda each: each.position,
                lambda each: _decided(ruleset, each, rows.get(each.pid)), total,
            )  # fmt: skip
            return Looked(
                run=run_record(run, version.list_id, version.number),
                title=Words(ruleset.title.id or ruleset.program, ruleset.title.en or ruleset.program),
                currency=ruleset.currency,
                minor_digits=ruleset.minor_digits,
                reasons=_reasons(ruleset, run.counts["by_reason"]),
                settling=_settling(session, ruleset, run_id),
                decisions=page,
            )

    return attempt(found)


def ruleset_of(run: Run) -> Ruleset:
    """The rules of a run, compiled from the texts on record."""
    return _compiled(run.rule_set, tuple(sorted(run.rules.items())))


@lru_cache(maxsize=32)
def _compiled(name: str, texts: tuple[tuple[str, str], ...]) -> Ruleset:
    named = dict(texts)
    ruleset, findings = compile_text(named[name], name, lambda each: (named[each], each) if each in named else None)
    if ruleset is None:
        raise StoreError("store-unsound", findings[0].words, findings[0].mend)
    return ruleset


def _decisions(session: Session, run_id: int, wanted: Wanted) -> tuple[Sequence[Decision], int]:
    asked = select(Decision).where(col(Decision.run_id) == run_id)
    if wanted.verdict is not None:
        asked = asked.where(col(Decision.verdict) == wanted.verdict.value)
    if wanted.rule:
        asked = asked.where(_holds(session, col(Decision.failed), wanted.rule))
    if wanted.fact:
        asked = asked.where(_holds(session, col(Decision.needs), wanted.fact))
    total = session.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
    asked = asked.where(col(Decision.position) > wanted.after).order_by(col(Decision.position))
    return session.execute(asked.limit(limit_of(wanted.limit) + 1)).scalars().all(), int(total)


def _holds(session: Session, column: SQLColumnExpression[Any], name: str) -> ColumnElement[bool]:
    """Whether a list of names holds the name."""
    if session.get_bind().dialect.name == "postgresql":
        return type_coerce(column, JSONB).contains([name])
    each = func.json_each(column).table_valued("value")
    return exists(select(each.c.value).where(each.c.value == name))


def _rows(session: Session, version_id: int, pids: Sequence[str]) -> dict[str, ListRow]:
    asked = select(ListRow).where(col(ListRow.version_id) == version_id, col(ListRow.pid).in_(pids))
    return {str(each.pid): each for each in session.execute(asked.order_by(col(ListRow.position).desc())).scalars()}


def _decided(ruleset: Ruleset, each: Decision, row: ListRow | None) -> Decided:
    return Decided(
        position=each.position, pid=each.pid, sheet=None if row is None else row.sheet,
        row=None if row is None else row.row, verdict=Verdict(each.verdict), reasons=reasons_of(ruleset, each),
        needs=tuple(fact_words(ruleset, fact) for fact in each.needs), amount=each.amount, open=each.open, low=each.low,
        high=each.high, nik_to_follow=row is not None and row.nik_to_follow,
    )  # fmt: skip


def reasons_of(ruleset: Ruleset, decision: Decision) -> tuple[Words, ...]:
    """Why a family is not eligible, in the author's words; or which rules are still open."""
    rules = {rule.id: rule for rule in ruleset.rules}
    told = Told.PERHAPS if decision.one_of else Told.FAILED
    against = decision.verdict == Verdict.INELIGIBLE.value
    names = decision.failed if against else decision.unknown
    how = told if against else Told.UNKNOWN
    return tuple(
        Words(*(reason_words(rules[name], how, language) for language in (Language.ID, Language.EN)))
        for name in names
        if name in rules
    )


def fact_words(ruleset: Ruleset, fact: str) -> Words:
    """What a fact is called."""
    return Words(fact_title(ruleset, fact, Language.ID), fact_title(ruleset, fact, Language.EN))


def _reasons(ruleset: Ruleset, by_reason: Mapping[str, int]) -> tuple[tuple[str, Words, int], ...]:
    titles = {rule.id: Words(rule.title.id or rule.id, rule.title.en or rule.id) for rule in ruleset.rules}
    found = [(name, titles[name], count) for name, count in by_reason.items() if count and name in titles]
    return tuple(sorted(found, key=lambda item: -item[2]))


def _settling(session: Session, ruleset: Ruleset, run_id: int) -> tuple[Settling, ...]:
    asked = select(col(Decision.needs)).where(
        col(Decision.run_id) == run_id, col(Decision.verdict) == Verdict.UNDETERMINED.value
    )
    tally = Counter(frozenset(needs) for needs in session.execute(asked).scalars() if needs)
    return tuple(_settled(ruleset, each) for each in order_of(tally))


def _settled(ruleset: Ruleset, work: Work) -> Settling:
    return Settling(work.fact, fact_words(ruleset, work.fact), work.settles, work.alone, work.among)
