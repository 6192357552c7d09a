"""The statement of decisions: for each family, all programs' verdicts, reasons and amounts, in one SELECT of named parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ejps_core.engine.kernels import needed
from ejps_core.engine.plan import Node, Op, Plan, Rows
from ejps_core.engine.sql import remarks
from ejps_core.engine.sql.answers import Answers, column_names
from ejps_core.engine.sql.columns import lay_out
from ejps_core.engine.sql.dialect import Dialect
from ejps_core.engine.sql.expressions import FAMILY, PLACE, Expressions, Facts, Kind, Sql, known_name
from ejps_core.engine.sql.labels import Labels, heading
from ejps_core.model.words import Language, Words

FAMILIES, MEMBERS = "family facts", "member facts"


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the list stands: relations as SQL, and their columns for the family, and for a member's place in the list."""

    families: str
    members: str
    family: str
    member_family: str
    place: str


class Statement:
    """One statement being written."""

    def __init__(
        self,
        plan: Plan,
        programs: Sequence[Answers],
        facts: Facts,
        tables: Tables,
        dialect: Dialect,
        language: Language = Language.ID,
    ) -> None:
        self.plan, self.programs, self.facts, self.tables, self.dialect = plan, programs, facts, tables, dialect
        self.answers = column_names(programs)
        names = [name for names in self.answers.values() for name in names]
        assert len(set(names)) == len(names), "each program stands once in a run"
        self.labels = Labels(plan, programs, self.answers, language, (FAMILY, PLACE))
        self.language = language
        outputs = list(self.answers)
        self.work = needed(plan.nodes, outputs)
        self.layout = lay_out(plan, outputs, self.labels)
        self.expressions = Expressions(plan, facts, dialect)
        self.parts: list[str] = []
        self.beaten: dict[int, str] = {}
        """The columns of least and greatest values that are never null: beaten by all where nobody counts."""

    def text(self) -> str:
        """The whole statement."""
        families, members = self._sources()
        for stage in range(self.layout.stages + 1):
            if stage:
                families = self._totals(stage, families, members)
            families = self._steps(self.layout.families, stage, families, "families")
            if stage in self.layout.spread:
                members = self._spread(stage, families, members)
            members = self._steps(self.layout.members, stage, members, "members")
        return f"with {', '.join(self.parts)}\n{self._last(families)}\n"

    def _part(self, name: str, comment: Words, select: str) -> str:
        self.parts.append(f"{self.dialect.name(name)} as (\n    -- {comment.say(self.language)}\n{select}\n)")
        return name

    def _sources(self) -> tuple[str, str]:
        """The facts that are used, unknown ones filled in beside a column that says so."""
        t, q = self.tables, self.dialect.name
        key = _named(q(t.family), q(FAMILY))
        families = self._part(FAMILIES, remarks.EACH_FAMILY, self._source(Rows.FAMILY, [key], t.families))
        if not self.layout.totals:
            return families, ""
        keys = [_named(q(t.member_family), q(FAMILY))]
        if any(self.plan.nodes[n].op is Op.CAPPED for n in self.work):
            keys.append(_named(q(t.place), q(PLACE)))
        members = self._part(MEMBERS, remarks.EACH_MEMBER, self._source(Rows.MEMBER, keys, t.members))
        return families, members

    def _source(self, rows: Rows, columns: list[str], table: str) -> str:
        read, asked = dict[str, None](), set()
        for node in (self.plan.nodes[n] for n in self.work):
            name = _fact(node)
            if node.rows is rows and name is not None and (rows, name) in self.facts.kinds:
                read[name] = None
                asked |= {name} if node.op is Op.KNOWN else set()
        for name in read:
            kind, column = self.facts.kinds[rows, name], self.dialect.name(name)
            columns.append(self._filled(kind, column, (rows, name) in self.facts.whole))
            if name in asked and kind is not Kind.TEXT:
                columns.append(f"{column} is not null as {self.dialect.name(known_name(name))}")
        return f"    select{_listed(columns)}\n    from {table}"

    def _filled(self, kind: Kind, column: str, whole: bool) -> str:
        if kind is Kind.TEXT:
            return column
        value = self.dialect.long(column) if kind is Kind.NUMBER else column
        nothing = {Kind.NUMBER: "0", Kind.TRUTH: "false", Kind.DAY: self.dialect.day(0)}[kind]
        filled = value if whole else f"coalesce({value}, {nothing})"
        return _named(filled, column)

    def _steps(self, table: dict[tuple[int, int], list[int]], stage: int, source: str, what: str) -> str:
        """Columns worked out from those before; each step reads the one before it."""
        for at in sorted(at for at in table if at[0] == stage and at[1] > 0):
            made = [(number, self.expressions.made(number)) for number in table[at]]
            columns = [self._column(number, sql) for number, sql in made]
            name = f"{what} {stage + 1}.{at[1]}"
            source = self._part(
                name, remarks.worked_out(source), f"    select *{_more(columns)}\n    from {self.dialect.name(source)}"
            )
        return source

    def _column(self, number: int, sql: Sql) -> str:
        """A column's expression with its comments and name; from now on the node is this column."""
        name = self.labels.column(number)
        self.expressions.columns[number] = Sql(self.dialect.name(name), sql.kind, wide=sql.wide)
        return _commented(self.labels.comments(number), f"{sql.text} as {self.dialect.name(name)}")

    def _totals(self, stage: int, families: str, members: str) -> str:
        """What is counted, summed or picked over the members of each family, joined to the families."""
        q, columns, joined = self.dialect.name, [q_family(self.dialect)], []
        for number in self.layout.totals[stage]:
            sql = self.expressions.made(number)
            columns.append(self._column(number, sql))
            joined += self._joined(number, self.plan.nodes[number], self.expressions.columns[number].text)
        select = f"    select{_listed(columns)}\n    from {q(members)}\n    group by {q(FAMILY)}"
        totals = self._part(f"totals {stage}", remarks.OVER_MEMBERS, select)
        join = f"    from {q(families)} f\n    left join {q(totals)} t on t.{q(FAMILY)} = f.{q(FAMILY)}"
        return self._part(f"families {stage + 1}", remarks.JOINED, f"    select f.*{_more(joined)}\n{join}")

    def _joined(self, number: int, node: Node, name: str) -> list[str]:
        """A total, with what it is for a family in which nobody counts."""
        if node.op is Op.ANY:
            self.expressions.columns[number] = Sql(name, Kind.TRUTH)
            return [f"coalesce(t.{name}, 0) > 0 as {name}"]
        found = f"t.{name}"
        if node.op in (Op.LEAST, Op.MOST) and self.plan.nodes[node.args[0]].op is Op.SPREAD:
            found = f"nullif({found}, {node.data})"  # the family's own value says that nobody counts
        columns = [f"coalesce({found}, 0) as {name}"]
        if node.op in (Op.LEAST, Op.MOST) and any(self.plan.nodes[n].args == (number,) for n in self._all_spread()):
            # members are compared with it: they must find a value that is beaten by all
            self.beaten[number] = self.labels.name(f"{name[1:-1]} or beaten by all")
            columns.append(f"coalesce(t.{name}, {node.data}) as {self.dialect.name(self.beaten[number])}")
        return columns

    def _all_spread(self) -> list[int]:
        return [number for numbers in self.layout.spread.values() for number in numbers]

    def _spread(self, stage: int, families: str, members: str) -> str:
        """The members with values of their family."""
        q, columns = self.dialect.name, []
        for number in self.layout.spread[stage]:
            of = self.plan.nodes[number].args[0]
            source = self.expressions.of(of)
            text = q(self.beaten[of]) if of in self.beaten else source.text
            name = self.labels.name(f"family's {text[1:-1]}")
            columns.append(f"f.{text} as {q(name)}")
            self.expressions.columns[number] = Sql(q(name), source.kind, wide=source.wide)
        join = f"    from {q(members)} m\n    join {q(families)} f on f.{q(FAMILY)} = m.{q(FAMILY)}"
        return self._part(f"members {stage + 1}", remarks.SPREAD, f"    select m.*{_more(columns)}\n{join}")

    def _last(self, families: str) -> str:
        """The answers."""
        q, columns = self.dialect.name, [q_family(self.dialect)]
        heads = {node: heading(program.ruleset) for program in reversed(self.programs) for _, node in program.columns()}
        shown = set[str]()
        for node, names in self.answers.items():
            made = node in self.expressions.columns
            sql = self.expressions.of(node)
            text = (self.expressions.number(node) if sql.kind is Kind.DAY else sql).text
            comments = [] if heads[node] in shown else [heads[node]]
            shown.add(heads[node])
            comments += [] if made else self.labels.comments(node)
            columns.append(_commented(comments, _named(text, q(names[0]))))
        return f"select{_listed(columns, '    ')}\nfrom {q(families)}"


def q_family(dialect: Dialect) -> str:
    """The column that says which family a row is of."""
    return dialect.name(FAMILY)


def _fact(node: Node) -> str | None:
    """The fact that a node reads."""
    if node.op in (Op.COLUMN, Op.KNOWN, Op.ORDER):
        return str(node.data)
    return str(node.data[0]) if node.op is Op.LOOKUP and isinstance(node.data, tuple) else None


def _named(sql: str, name: str) -> str:
    """An expression as a column; one that bears its name already needs no other."""
    return sql if sql == name else f"{sql} as {name}"


def _listed(columns: Iterable[str], indent: str = "        ") -> str:
    return f"\n{indent}" + (",\n" + indent).join(column.replace("\n", "\n" + indent) for column in columns)


def _more(columns: Sequence[str]) -> str:
    return "," + _listed(columns) if columns else ""


def _commented(comments: Iterable[str], column: str) -> str:
    return "\n".join([*(f"-- {comment}" for comment in comments), column])
