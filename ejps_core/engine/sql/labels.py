"""Names and comments of columns: the rules' own words beside the columns that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ejps_core.engine.outcome import Outcome
from ejps_core.engine.pairs import Range, Truth
from ejps_core.engine.plan import Op, Plan
from ejps_core.engine.recorder import source_text
from ejps_core.engine.sql import remarks
from ejps_core.engine.sql.answers import Answers, column_name
from ejps_core.model.decisions import WORD
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Benefit, Definition, Direction, Rule, RuleKind, Ruleset
from ejps_core.model.span import Span
from ejps_core.model.walk import whole
from ejps_core.model.words import Language, Words

LEAVES = (Op.CONST, Op.COLUMN, Op.KNOWN)
REQUIRE = {Language.ID: "syarat", Language.EN: "require"}
REFUSE = {Language.ID: "gugur bila", Language.EN: "refuse"}
DEFINE = {Language.ID: "hitung", Language.EN: "let"}
PAY = {Language.ID: "berikan", Language.EN: "pay"}
FIRST = {
    Language.ID: {
        Direction.LOWEST: "terkecil dahulu",
        Direction.HIGHEST: "terbesar dahulu",
        Direction.YES: "ya dahulu",
    },
    Language.EN: {Direction.LOWEST: "lowest first", Direction.HIGHEST: "highest first", Direction.YES: "yes first"},
}
ONLY_IF = {Language.ID: "hanya jika", Language.EN: "only if"}


@dataclass(slots=True)
class Label:
    """What a node's column is called, and what is said above it."""

    name: str
    comments: list[str]


class Labels:
    """The labels of the nodes of several programs; a node that two programs share is named by the first."""

    def __init__(
        self,
        plan: Plan,
        programs: Sequence[Answers],
        answers: dict[int, list[str]],
        language: Language,
        taken: Iterable[str],
    ) -> None:
        self.plan = plan
        self.found: dict[int, Label] = {}
        self.answers, self.language = answers, language
        self.taken = {*taken, *(name for names in answers.values() for name in names)}
        self.said = {name: words for one in programs for name, words in told(one.ruleset, language).items()}
        for program in programs:
            outcome = program.outcome
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
        label, names = self.found.get(number), self.answers.get(number, ())
        comments = list(label.comments) if label else []
        if not label and not names and number in self.texts:
            return [self.texts[number]]
        if len(names) > 1:
            comments.append(f"{remarks.ALSO.say(self.language)}: {', '.join(names[1:])}")
        return list(dict.fromkeys([*comments, *(line for name in names for line in self.said.get(name, ()))]))

    def column(self, number: int) -> str:
        """The name of a node's column: the rules' name for it, that of an answer, or a number."""
        label = self.found.get(number)
        if label is not None:
            return label.name
        return self.answers[number][0] if number in self.answers else self.name(f"value {number}")

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
        head = f"{ruleset.program}: {each if definition.level is Level.MEMBER else ''}{words} {definition.name}"
        comments = _said(ruleset, head, definition.title, None, definition.value.span)
        if isinstance(value, Truth):
            self._truth(name, value, comments)
        elif isinstance(value, Range):
            self._range(name, value, comments)

    def _benefit(self, outcome: Outcome, benefit: Benefit, value: Range) -> None:
        self._range(f"{outcome.ruleset.program}.{benefit.id} each", value, benefit_words(outcome.ruleset, benefit))


def told(ruleset: Ruleset, language: Language) -> dict[str, list[str]]:
    """What is said above the columns of a program's decisions, by their names."""
    said = {column_name(ruleset, "status"): [remarks.VERDICT.say(language)]}
    for word in range(0, len(ruleset.rules), WORD):
        rules = [rule_words(ruleset, rule, "") for rule in ruleset.rules[word : word + WORD]]
        heads = [f"    {1 << place}: {words[0]}" for place, words in enumerate(rules)]
        whole_rules = [line for head, words in zip(heads, rules, strict=True) for line in (head, f"    {words[1]}")]
        said[column_name(ruleset, "failed", word // WORD)] = [remarks.FAILED.say(language), *whole_rules]
        said[column_name(ruleset, "unknown", word // WORD)] = [remarks.OPEN.say(language), *heads]
    said[column_name(ruleset, "amount")] = [remarks.ALL_BENEFITS.say(language)]
    for benefit in ruleset.benefits:
        times = [remarks.instalments(benefit.instalments).say(language)] if benefit.instalments > 1 else []
        said[column_name(ruleset, f"{benefit.id} amount")] = [*benefit_words(ruleset, benefit), *times]
        for number, share in enumerate(benefit.shares):
            words = remarks.share(share.name, share.part)
            said[column_name(ruleset, f"{benefit.id} share", number)] = [words.say(language)]
    for number, text in enumerate(key_texts(ruleset), 1):
        said[column_name(ruleset, f"key {number}")] = [remarks.ranking_key(number, text).say(language)]
    return said


def key_texts(ruleset: Ruleset) -> list[str]:
    """The ranking keys as their author wrote them, with what comes first."""
    keys = ruleset.choose.order if ruleset.choose else ()
    first = FIRST[ruleset.surface]
    return [f"{plain(source_text(ruleset, key.value.span))} {first[key.direction]}" for key in keys]


def heading(ruleset: Ruleset) -> str:
    """The program and what it rests on, on one line."""
    return plain(f'{ruleset.full_id} "{ruleset.title.say(ruleset.surface)}": {"; ".join(ruleset.legal)}')


def rule_words(ruleset: Ruleset, rule: Rule, of: str | None = None) -> list[str]:
    """A rule as its author wrote it: what it is, title, legal source; then the condition. `of`: instead of its program."""
    word = (REQUIRE if rule.kind is RuleKind.REQUIRE else REFUSE)[ruleset.surface]
    of = f"{ruleset.program}: " if of is None else of
    return _said(ruleset, f"{of}{word} {rule.id}", rule.title, rule.legal, rule.condition.span)


def benefit_words(ruleset: Ruleset, benefit: Benefit) -> list[str]:
    """A payment as its author wrote it."""
    said = _said(
        ruleset, f"{ruleset.program}: {PAY[ruleset.surface]} {benefit.id}", benefit.title, benefit.legal, benefit.amount.span
    )
    if benefit.only_if is not None:
        said.append(f"    {ONLY_IF[ruleset.surface]} {plain(source_text(ruleset, benefit.only_if.span))}")
    return said


def _said(ruleset: Ruleset, head: str, title: Words, legal: str | None, span: Span) -> list[str]:
    said = f'{head} "{title.say(ruleset.surface)}"' + (f" – {legal}" if legal else "")
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
