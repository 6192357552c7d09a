"""Changing a parent: set, replace, remove and add by id, on the syntax tree. The result is checked like any file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ejps_core.dsl import syntax
from ejps_core.dsl.changes_told import Teller
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.heads import with_head
from ejps_core.dsl.lineage import File
from ejps_core.dsl.parse import Parsed
from ejps_core.dsl.syntax import Token
from ejps_core.model.changes import Change, ChangeKind
from ejps_core.model.span import Span

KINDS: dict[str, type[syntax.Replaceable]] = {
    "REQUIRE": syntax.Rule,
    "REFUSE": syntax.Rule,
    "PAY": syntax.Pay,
    "LET": syntax.Definition,
    "PARAMETER": syntax.Parameter,
    "TABLE": syntax.Table,
    "SCALE": syntax.Scale,
    "CHOOSE": syntax.Choose,
}
"""Which statements a removal may take out, by its keyword."""
NAMELESS = {syntax.Choose: "choose", syntax.Report: "report"}
"""What has no id of its own: there is one in a program."""


@dataclass(slots=True)
class Whole:
    """Everything that holds in the end: the statements, each from its own file; what was changed, and what taken out."""

    statements: list[syntax.Statement]
    lost: set[str]
    headless: bool
    reasons: list[Change] = field(default_factory=list)
    removed: dict[str, Span] = field(default_factory=dict)

    @property
    def parsed(self) -> Parsed:
        """As if it had been read from one file."""
        return Parsed(self.statements, self.lost, headless=self.headless)


def whole_of(files: list[File], findings: Findings) -> Whole:
    """The program at the end of the chain, with the changes of each file, the nearest one last."""
    root = files[-1].parsed
    whole = Whole(list(root.statements), set(root.lost), root.headless)
    _plain(root, findings)
    for file in reversed(files[:-1]):
        _Changing(whole, file, findings).all()
    return whole


def _plain(parsed: Parsed, findings: Findings) -> None:
    """In a program nothing is changed, so nothing has a reason for it."""
    teller = Teller(findings)
    for statement in parsed.statements:
        if parsed.headless:  # it may have been the head of a rule set
            continue
        if isinstance(statement, syntax.Change):
            teller.no_parent(statement)
        else:
            _no_because(statement, teller)
    parsed.statements[:] = [s for s in parsed.statements if not isinstance(s, syntax.Change)]


def _no_because(statement: syntax.Statement, teller: Teller) -> None:
    because = getattr(statement, "because", None)
    if because is not None:
        teller.because_alone(because)


class _Changing:
    """Applies the statements of one file."""

    def __init__(self, whole: Whole, file: File, findings: Findings) -> None:
        self.whole = whole
        self.file = file
        self.tell = Teller(findings)
        self.changed: dict[tuple[type, str], Token | Span] = {}
        self.first_day: Token | None = None

    def all(self) -> None:
        whole, parsed = self.whole, self.file.parsed
        whole.lost |= parsed.lost
        whole.headless |= parsed.headless
        whole.statements = [s for s in whole.statements if not isinstance(s, syntax.Example)]
        for statement in sorted(parsed.statements, key=lambda s: not isinstance(s, syntax.Extension)):
            self._one(statement)

    def _head(self, head: syntax.Extension) -> None:
        for at, statement in enumerate(self.whole.statements):
            if isinstance(statement, syntax.Program):
                program = with_head(statement, head, self.tell.findings)
                self.whole.statements[at] = program
                dates = [line for line in program.heads if isinstance(line, syntax.InForce)]
                self.first_day = dates[-1].first if dates else None

    def _one(self, statement: syntax.Statement) -> None:
        match statement:
            case syntax.Extension() if statement is not self.file.extension:
                self.tell.head_twice(statement)
            case syntax.Extension():
                self._head(statement)
            case syntax.Setting():
                self._set(statement)
            case syntax.Replacement():
                self._replace(statement.statement)
            case syntax.Removal():
                self._remove(statement)
            case syntax.Program():
                self.tell.program_too(statement)
            case syntax.Fields():
                self._more_fields(statement)
            case syntax.Usual():
                self.whole.statements = [s for s in self.whole.statements if not self._parents_usual(s)]
                self.whole.statements.append(statement)
            case syntax.Example() | syntax.Relations():
                self.whole.statements.append(statement)
            case _:
                self._add(statement)

    def _parents_usual(self, statement: syntax.Statement) -> bool:
        return isinstance(statement, syntax.Usual) and statement.span.path != self.file.path

    # ---- what is there ---------------------------------------------------------------------------------------------

    def _place(self, kind: type, name: str) -> int | None:
        """Where a statement of that kind and id stands."""
        for at, statement in enumerate(self.whole.statements):
            if isinstance(statement, kind) and (kind in NAMELESS or _id(statement) == name):
                return at
        return None

    def _fresh(self, kind: type, name: str, span: Span) -> bool:
        """Whether this id has not been changed in this file before; else says so."""
        before = self.changed.setdefault((kind, name), span)
        if before is not span:
            self.tell.twice(name, span, before if isinstance(before, Span) else before.span(self.file.path))
        return before is span

    def _noted(self, kind: ChangeKind, name: str, because: Token, span: Span) -> None:
        self.whole.reasons.append(Change(kind, name, because.value[2], span))

    def _missing(self, how: ChangeKind, kind: type, name: Token | None, span: Span) -> None:
        """Says that there is nothing of that kind and id to change."""
        if name is not None and name.text in self.whole.lost:
            return
        others = [s for s in self.whole.statements if name is not None and _id(s) == name.text]
        ids = [_id(s) for s in self.whole.statements if isinstance(s, kind)]
        self.tell.nothing_there(how, kind, name, span, [i for i in ids if i], others[0] if others else None)

    # ---- changes ---------------------------------------------------------------------------------------------------

    def _set(self, node: syntax.Setting) -> None:
        name, span = node.name.text, node.name.span(self.file.path)
        at = self._place(syntax.Parameter, name)
        if at is None:
            self._missing(ChangeKind.SET, syntax.Parameter, node.name, span)
        elif self._fresh(syntax.Parameter, name, span) and self.first_day is not None:
            old = self.whole.statements[at]
            assert isinstance(old, syntax.Parameter)
            row = syntax.Row(node.span, self.first_day, None, node.value, node.because)
            self.whole.statements[at] = replace(old, rows=(row,), because=node.because)
            self._noted(ChangeKind.SET, name, node.because, span)

    def _replace(self, node: syntax.Replaceable) -> None:
        token = _name(node)
        name = token.text if token else NAMELESS[type(node)]
        span = token.span(self.file.path) if token else _first_word(node)
        at = self._place(type(node), name)
        if node.because is None:
            self.tell.because_missing(span)
        elif at is None:
            self._missing(ChangeKind.REPLACE, type(node), token, span)
        elif self._fresh(type(node), name, span):
            self.whole.statements[at] = node
            self._noted(ChangeKind.REPLACE, name, node.because, span)

    def _remove(self, node: syntax.Removal) -> None:
        kind = KINDS[node.kind]
        name = node.name.text if node.name else NAMELESS[kind]
        span = node.name.span(self.file.path) if node.name else node.span
        at = self._place(kind, name)
        found = None if at is None else self.whole.statements[at]
        if at is None or (isinstance(found, syntax.Rule) and found.kind.type != node.kind):
            self._missing(ChangeKind.REMOVE, kind, node.name, span)
        elif self._fresh(kind, name, span):
            del self.whole.statements[at]
            self.whole.removed[name] = span
            self._noted(ChangeKind.REMOVE, name, node.because, span)

    def _add(self, statement: syntax.Statement) -> None:
        token, kind = _name(statement), type(statement)
        at = self._place(kind, token.text if token else "")
        before = None if at is None else self.whole.statements[at]
        if before is not None and before.span.path != self.file.path:
            span = token.span(self.file.path) if token else _first_word(statement)
            first = _name(before)
            self.tell.there_already(kind, span, first.span(before.span.path) if first else _first_word(before))
            return
        _no_because(statement, self.tell)
        self.whole.statements.append(statement)

    def _more_fields(self, node: syntax.Fields) -> None:
        """Further facts of a level that the parent has facts of."""
        for at, other in enumerate(self.whole.statements):
            same = isinstance(other, syntax.Fields) and other.level.type == node.level.type
            if same and isinstance(other, syntax.Fields) and other.span.path != self.file.path:
                if node.least is not None:
                    self.tell.least(node.least)
                self.whole.statements[at] = replace(other, fields=(*other.fields, *node.fields))
                return
        self.whole.statements.append(node)


def _name(statement: syntax.Statement) -> Token | None:
    name = getattr(statement, "name", None)
    return name if isinstance(name, Token) else None


def _id(statement: syntax.Statement) -> str:
    name = _name(statement)
    return name.text if name is not None else ""


def _first_word(statement: syntax.Statement) -> Span:
    """The start of a statement without a name."""
    span = statement.span
    return Span(span.path, span.line, span.column, span.line, span.column + 5)
