"""Names and comments of columns: the rules' own words beside the columns that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ejps_core.engine.outcome import Outcome
from ejps_core.engine.pairs import Range, Truth
from ejps_core.engine.plan import Op, Plan
from ejps_core.engine.sql.answers import Answers, column_name
from ejps_core.engine.trace import source_text
from ejps_core.model.decisions import VERDICTS, WORD
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Benefit, Definition, Rule, RuleKind, Ruleset
from ejps_core.model.span import Span
from ejps_core.model.walk import whole
from ejps_core.model.words import Language, Words

LEAVES = (Op.CONST, Op.COLUMN, Op.KNOWN)
REQUIRE = {Language.ID: "syarat", Language.EN: "require"}
REFUSE = {Language.ID: "gugur bila", Language.EN: "refuse"}
DEFINE = {Language.ID: "hitung", Language.EN: "let"}
PAY = {Language.ID: "berikan", Language.EN: "pay"}
ONLY_IF = {Language.ID: "hanya jika", Language.EN: "only if"}


@dataclass(slots=True)
class Label:
    """What a node's column is called, and what is said above it."""

    name: str
    comments: list[str]


class Labels:
    """The labels of the nodes of several programs; a node that two programs share is named by the first."""

    def __init__(self, plan: Plan, programs: Sequence[Answers], taken: Iterable[str]) -> None:
        self.plan = plan
        self.found: dict[int, Label] = {}
        self.taken = set(taken)
        for answers in programs:
            outcome = answers.outcome
            for index, rule in enumerate(outcome.ruleset.rules):
                self._truth(f"{outcome.ruleset.program}.{rule.id}", outcome.rules[index], rule_words(outcome.ruleset, rule))
            for definition in outcome.ruleset.definitions:
                self._definition(outcome, definition)
            for index, benefit in enumerate(outcome.ruleset.benefits):
                self._benefit(outcome, benefit, outcome.instalments[index])
        self.texts = dict(_texts(programs))

    def of(self, number: int) -> Label | None:
        """The label of a node, if the rules have a name for it."""
        return self.found.get(number)

    def comments(self, number: int) -> list[str]:
        """What is said above a node's column."""
        label = self.found.get(number)
        if label is not None:
            return label.comments
        return [self.texts[number]] if number in self.texts else []

    def name(self, wanted: str) -> str:
        """The name wanted, with a number where it is taken."""
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted} {number}"
        self.taken.add(name)
        return name

    def _put(self, number: int, name: str, comments: list[str]) -> None:
        if self.plan.nodes[number].op in LEAVES:
            return
        label = self.found.get(number)
        if label is None:
            self.found[number] = Label(self.name(name), list(comments))
        elif comments not in ([], label.comments):
            label.comments += [comment for comment in comments if comment not in label.comments]

    def _truth(self, name: str, value: Truth, comments: list[str]) -> None:
        if value.low == value.high:
            self._put(value.low, name, comments)
            return
        self._put(value.low, f"{name} surely", comments)
        self._put(value.high, f"{name} possibly", comments)

    def _range(self, name: str, value: Range, comments: list[str]) -> None:
        if value.low == value.high:
            self._put(value.low, name, comments)
        else:
            self._put(value.low, f"{name} at least", comments)
            self._put(value.high, f"{name} at most", comments)
        self._put(value.open_low, f"{name} without lower end", comments[:1])
        self._put(value.open_high, f"{name} without upper end", comments[:1])

    def _definition(self, outcome: Outcome, definition: Definition) -> None:
        value = outcome.lowering.values.get(id(definition.value))
        ruleset = outcome.ruleset
        name, words = f"{ruleset.program}.{definition.name}", DEFINE[ruleset.surface]
        each = {Language.ID: "per anggota ", Language.EN: "each member "}[ruleset.surface]
        head = f"{each if definition.level is Level.MEMBER else ''}{words} {definition.name}"
        comments = _said(ruleset, head, definition.title, None, definition.value.span)
        if isinstance(value, Truth):
            self._truth(name, value, comments)
        elif isinstance(value, Range):
            self._range(name, value, comments)

    def _benefit(self, outcome: Outcome, benefit: Benefit, value: Range) -> None:
        self._range(f"{outcome.ruleset.program}.{benefit.id} each", value, benefit_words(outcome.ruleset, benefit))


def told(ruleset: Ruleset) -> dict[str, list[str]]:
    """What is said above the columns of a program's decisions."""
    rules = [rule.id for rule in ruleset.rules]
    title = plain(f'{ruleset.full_id} "{ruleset.title.say(ruleset.surface)}": {"; ".join(ruleset.legal)}')
    said = {column_name(ruleset, "status"): [title, f"verdict: {', '.join(f'{i} {v.value}' for i, v in enumerate(VERDICTS))}"]}
    for word in range(0, len(rules), WORD):
        bits = ", ".join(f"{1 << place} {rule}" for place, rule in enumerate(rules[word : word + WORD]))
        for what, meaning in (("failed", "false"), ("unknown", "unknown")):
            said[column_name(ruleset, what, word // WORD)] = [f"the rules that are {meaning}, as a sum of: {bits}"]
    said[column_name(ruleset, "amount")] = [f"all benefits together, {ruleset.currency} in whole minor units"]
    for benefit in ruleset.benefits:
        times = f"{benefit.instalments} times the amount of an instalment"
        said[column_name(ruleset, f"{benefit.id} amount")] = [*benefit_words(ruleset, benefit), times]
        for number, share in enumerate(benefit.shares):
            said[column_name(ruleset, f"{benefit.id} share", number)] = [f"share of {share.name}: {share.part} of 10,000"]
    if ruleset.choose is not None:
        for number, key in enumerate(ruleset.choose.order, 1):
            text = plain(source_text(ruleset, key.value.span))
            said[column_name(ruleset, f"key {number}")] = [f"ranking key {number}: {text}, {key.direction.value} first"]
    return said


def rule_words(ruleset: Ruleset, rule: Rule) -> list[str]:
    """A rule as its author wrote it: what it is, title, legal source; then the condition."""
    word = (REQUIRE if rule.kind is RuleKind.REQUIRE else REFUSE)[ruleset.surface]
    return _said(ruleset, f"{word} {rule.id}", rule.title, rule.legal, rule.condition.span)


def benefit_words(ruleset: Ruleset, benefit: Benefit) -> list[str]:
    """A payment as its author wrote it."""
    said = _said(ruleset, f"{PAY[ruleset.surface]} {benefit.id}", benefit.title, benefit.legal, benefit.amount.span)
    if benefit.only_if is not None:
        said.append(f"    {ONLY_IF[ruleset.surface]} {plain(source_text(ruleset, benefit.only_if.span))}")
    return said


def _said(ruleset: Ruleset, head: str, title: Words, legal: str | None, span: Span) -> list[str]:
    said = f'{ruleset.program}: {head} "{title.say(ruleset.surface)}"' + (f" – {legal}" if legal else "")
    return [plain(said), f"    {plain(source_text(ruleset, span))}"]


def plain(text: str) -> str:
    """The text on one line, so that it stays inside its comment."""
    return " ".join(text.split())


def _texts(programs: Sequence[Answers]) -> Iterator[tuple[int, str]]:
    """For nodes without a name: the text of an expression of which they are an end."""
    for answers in programs:
        ruleset, values = answers.ruleset, answers.outcome.lowering.values
        for item in reversed([part for root in _roots(ruleset) for part in whole(root)]):
            value = values.get(id(item))
            if isinstance(value, Truth | Range):
                ends = (value.low, value.high)
                yield from ((end, plain(source_text(ruleset, item.span))) for end in ends)


def _roots(ruleset: Ruleset) -> Iterator[Expr]:
    yield from (definition.value for definition in ruleset.definitions)
    yield from (rule.condition for rule in ruleset.rules)
    for benefit in ruleset.benefits:
        yield benefit.amount
        if benefit.only_if is not None:
            yield benefit.only_if
    if ruleset.choose is not None:
        yield from (key.value for key in ruleset.choose.order)
