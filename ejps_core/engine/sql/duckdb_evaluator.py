"""The evaluator that lets DuckDB run the statements: the same decisions as the columns evaluator.

DuckDB works out verdicts, reasons, amounts, shares, ranks and seats. Facts still needed, and what several unknowns settle
together, are worked out by open_cases.py for the families still open; what that changes is put back before the ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from ejps_core.engine.columns import BLOCK, shape_of
from ejps_core.engine.decide import decide
from ejps_core.engine.open_cases import Draft, OpenCases, Questions
from ejps_core.engine.source import Array, Source, column_of
from ejps_core.engine.sql.answers import Answers, PaidNodes, column_names
from ejps_core.engine.sql.dialect import DUCKDB
from ejps_core.engine.sql.expressions import FAMILY, PLACE
from ejps_core.engine.sql.ranking import DECISIONS
from ejps_core.engine.sql.statements import statements
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import WORD, Longs, Paid, ProgramDecisions, Selection, fact_names
from ejps_core.model.ruleset import Ruleset

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SETTLED = "settled"


def decide_by_duckdb(
    rulesets: Sequence[Ruleset], as_of: AsOf, candidates: Candidates, threads: int = 1
) -> tuple[ProgramDecisions, ...]:
    """The decisions of each program on a list, as `decide` gives them."""
    import duckdb

    source = Source(candidates)
    texts = statements(rulesets, as_of, shape_of(source, rulesets))
    with duckdb.connect(config={"threads": threads, "enable_external_access": False}) as connection:
        _register(connection, source)
        _run(connection, f"create temp table {DUCKDB.name(DECISIONS)} as\n{texts.decisions}")
        answers = _Answers(connection, texts.programs, source.families)
        drafts = [answers.draft(program) for program in texts.programs]
        seen = [_settle(answers, *each, source, as_of) for each in zip(texts.programs, drafts, strict=True)]
        places = _Places(connection, texts.ranking, source.families)
        done = zip(texts.programs, drafts, strict=True)
        found = [_decisions(program, draft, answers, places) for program, draft in done]
    return tuple(
        each if ranked else replace(each, selection=decide([each.ruleset], as_of, candidates, threads)[0].selection)
        for each, ranked in zip(found, seen, strict=True)
    )


def _run(connection: DuckDBPyConnection, statement: str) -> None:
    """Runs a statement to its end: a result that is not fetched may not have been worked out."""
    connection.execute(statement).fetchall()


def _register(connection: DuckDBPyConnection, source: Source) -> None:
    """The list as the tables that the statements read; a family is known by its row."""
    candidates = source.candidates
    families = candidates.families.append_column(FAMILY, pa.array(np.arange(source.families)))
    people = np.arange(len(candidates.members))
    members = candidates.members.append_column(FAMILY, pa.array(np.repeat(np.arange(source.families), source.sizes)))
    connection.register("families", families)
    connection.register("members", members.append_column(PLACE, pa.array(people)))


class _Answers:
    """The table of decisions as columns in the order of the list."""

    def __init__(self, connection: DuckDBPyConnection, programs: Sequence[Answers], count: int) -> None:
        self.connection, self.count = connection, count
        self.names, self.plan = column_names(programs), programs[0].plan
        unread = _ranking_only(programs)
        names = [FAMILY, *(names[0] for node, names in self.names.items() if node not in unread)]
        columns = ", ".join(map(DUCKDB.name, names))
        self.table = connection.sql(f"select {columns} from {DUCKDB.name(DECISIONS)}").to_arrow_table()
        self.order = column_of(self.table.column(FAMILY)).values

    def __getitem__(self, node: int) -> Array:
        """The values of a node that is an answer, or a constant."""
        value = self.plan.value(node)
        if value is not None:
            return np.full(self.count, value)
        found = column_of(self.table.column(self.names[node][0])).values
        placed: Array = np.empty(self.count, np.bool_ if found.dtype == np.bool_ else np.int64)
        placed[self.order] = found
        return placed

    def paid(self, part: PaidNodes) -> Paid:
        """The amounts of a benefit, or of all."""
        shares = tuple(self[node] for node in part.shares)
        return Paid(self[part.amount], self[part.open], self[part.low], self[part.high], self[part.unbounded], shares)

    def draft(self, program: Answers) -> Draft:
        """A program's decisions before open cases are looked at."""
        words = -(-len(fact_names(program.ruleset)) // WORD)
        return Draft(
            status=self[program.status].astype(np.uint8),
            failed=[self[node] for node in program.failed],
            unknown=[self[node] for node in program.unknown],
            needs=[np.zeros(self.count, np.int64) for _ in range(words)],
            at_most=np.zeros(self.count, np.bool_),
            one_of=np.zeros(self.count, np.bool_),
            benefits=[self.paid(part) for part in program.benefits],
            total=self.paid(program.total),
        )


def _settle(answers: _Answers, program: Answers, draft: Draft, source: Source, as_of: AsOf) -> bool:
    """Looks at the open cases, and puts back into the table of decisions what they settled.

    No: the statement of ranking can't see it, as it takes for the same in all families what has now changed in some.
    """
    if not draft.unsettled():
        return True
    before = draft.status.copy()
    OpenCases(Questions(program.ruleset, as_of), source, BLOCK).settle(draft)
    changed = np.flatnonzero(draft.status != before)
    if not len(changed) or program.contest is None:
        return True
    return _put_back(answers, program, draft, changed)


def _put_back(answers: _Answers, program: Answers, draft: Draft, changed: Longs) -> bool:
    """Writes what was settled into the table of decisions, which the ranking reads; no: some of it has no column there."""
    nodes = (program.status, program.total.amount, program.total.open)
    values = (draft.status, draft.total.amount, draft.total.open)
    if any(node not in answers.names for node in nodes):
        return False
    new = {answers.names[node][0]: value for node, value in zip(nodes, values, strict=True)}
    table = pa.table({FAMILY: changed, **{name: value[changed] for name, value in new.items()}})
    answers.connection.register(SETTLED, table)
    family, decisions, settled = (DUCKDB.name(name) for name in (FAMILY, DECISIONS, SETTLED))
    put = ", ".join(f"{DUCKDB.name(name)} = s.{DUCKDB.name(name)}" for name in new)
    _run(answers.connection, f"update {decisions} set {put} from {settled} s where s.{family} = {decisions}.{family}")
    answers.connection.unregister(SETTLED)
    return True


def _ranking_only(programs: Sequence[Answers]) -> set[int]:
    """The nodes that only the ranking reads."""
    read = {node for program in programs for _, node in program.decided()}
    return {node for program in programs for _, node in program.columns()} - read


class _Places:
    """The result of the ranking."""

    def __init__(self, connection: DuckDBPyConnection, statement: str | None, count: int) -> None:
        self.count = count
        self.columns: dict[str, Array] = {}
        self.programs: tuple[str, ...] = ()
        if statement is not None:
            table = connection.sql(statement).to_arrow_table()
            self.columns = {name: column_of(table.column(name)).values for name in table.column_names}
            self.programs = column_of(table.column("program")).entries or ()

    def of(self, program: Answers) -> Selection | None:
        """A program's selection; None where it doesn't choose."""
        if program.contest is None:
            return None
        rank, reserve = np.zeros(self.count, np.int64), np.zeros(self.count, np.int64)
        seat = np.zeros(self.count, np.uint8)
        if program.ruleset.program in self.programs:
            mine = self.columns["program"] == self.programs.index(program.ruleset.program)
            families = self.columns[FAMILY][mine]
            for target, name in ((rank, "rank"), (seat, "seat"), (reserve, "reserve")):
                target[families] = self.columns[name][mine]
        return Selection(rank, seat, reserve)


def _decisions(program: Answers, draft: Draft, answers: _Answers, places: _Places) -> ProgramDecisions:
    return ProgramDecisions(
        ruleset=program.ruleset,
        facts=fact_names(program.ruleset),
        status=draft.status,
        failed=tuple(draft.failed),
        unknown=tuple(draft.unknown),
        needs=tuple(draft.needs),
        at_most=draft.at_most,
        one_of=draft.one_of,
        benefits=tuple(draft.benefits),
        total=draft.total,
        selection=places.of(program),
        phase=answers[program.outcome.phase],
    )
