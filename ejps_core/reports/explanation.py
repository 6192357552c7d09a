"""The reasoning behind one decision in words: verdict first, then each rule with the values it saw.

Dates stand as the rules write them, year-month-day, so that a value and the text beside it compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from textwrap import wrap

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_of
from ejps_core.model.kinds import Level
from ejps_core.model.masking import mask, mask_numbers
from ejps_core.model.ruleset import DecisionUnit, RuleKind, Verdict
from ejps_core.model.run import incomplete
from ejps_core.model.trace import BenefitTrace, RuleTrace, Step, Trace
from ejps_core.model.words import Language, Words
from ejps_core.reports import figures
from ejps_core.reports.assumptions import is_assumption
from ejps_core.reports.words import AT_MOST, LATEST, OUTPUTS, VERDICT, Told, reason_words

KINDS = {
    RuleKind.REQUIRE: Words("syarat", "require"),
    RuleKind.REFUSE: Words("gugur bila", "refuse"),
}
UNKNOWN = Words("belum diketahui", "unknown")
HOLDS = {
    RuleKind.REQUIRE: {True: Words("terpenuhi", "met"), False: Words("tidak terpenuhi", "not met"), None: UNKNOWN},
    RuleKind.REFUSE: {True: Words("tidak gugur", "does not apply"), False: Words("gugur", "applies"), None: UNKNOWN},
}
ANSWERS = ("ya", "tidak", "belum diketahui")
"""Of a rule that holds, only what was compared is told, not how each comparison came out."""
FAMILY, PERSON = Words("Keluarga", "Family"), Words("Orang", "Person")
ABOVE = Words("lihat di atas", "see above")
WIDTH = 112
MARKS = {True: "✓", False: "✗", None: "?"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an explanation is about. Identities are masked when shown, except the one that was asked for.

    missing: plugins that were left out, with the reason.
    """

    family: str
    members: tuple[str | None, ...]
    asked: str
    row: int
    source: str
    on: int
    known: int
    missing: tuple[tuple[str, Words], ...] = ()

    def shown(self, identity: str | None) -> str:
        """An identity as it may be shown."""
        if identity is None:
            return ""
        return identity if identity == self.asked else mask(identity)

    @property
    def as_of(self) -> AsOf:
        """The decision date and the known date."""
        return AsOf(self.on, self.known)


def as_text(trace: Trace, subject: Subject, language: Language, *, short: bool = False) -> str:
    """The explanation as lines of text; short: of rules that hold only the title."""
    telling = _Telling(trace, subject, language)
    lines = [*telling.head(), ""]
    for rule in sorted(trace.rules, key=lambda each: (each.holds is True, each.holds is None)):
        told = list(telling.rule(rule))
        lines += told[:1] if short and rule.holds else [*told, ""]
    lines += [""] if lines[-1] else []
    for benefit in trace.benefits:
        lines += [*telling.benefit(benefit), ""]
    lines += telling.parameters()
    lines += [Words("Ditetapkan: ", "Determined: ").say(language) + each.say(language) for each in trace.determined]
    lines += [Words("Dianggap: ", "Assumed: ").say(language) + each.say(language) for each in trace.assumed]
    return mask_numbers("\n".join(lines).rstrip() + "\n", subject.asked)


@dataclass(frozen=True, slots=True)
class RuleTold:
    """One rule in words: how it came out, why in sentences, and the author's text with the values it saw."""

    id: str
    title: str
    kind: str
    holds: bool | None
    outcome: str
    legal: str
    message: str
    place: str
    facts: tuple[str, ...]


def rules_told(trace: Trace, subject: Subject, language: Language) -> tuple[RuleTold, ...]:
    """Each rule in words, those that did not hold first; numbers of identity masked."""
    telling = _Telling(trace, subject, language)
    ordered = sorted(trace.rules, key=lambda each: (each.holds is True, each.holds is None))
    return tuple(telling.told_rule(each) for each in ordered)


def benefits_told(trace: Trace, subject: Subject, language: Language) -> tuple[tuple[str, ...], ...]:
    """Each benefit in lines: how much, its legal basis, who bears it, how it came about."""
    telling = _Telling(trace, subject, language)
    return tuple(tuple(mask_numbers(line, subject.asked) for line in telling.benefit(each)) for each in trace.benefits)


def once(steps: tuple[Step, ...]) -> Iterator[Step]:
    """The steps without those that only repeat the text they stand in (`a != b` is `not a = b` to the evaluator).

    A fact always stays: an age is told with the date of birth it comes from.
    """
    above: list[tuple[Step, bool]] = []
    for step in steps:
        del above[step.depth :]
        parent = above[-1][0] if above else None
        same = parent is not None and parent.span == step.span and parent.member == step.member
        repeats = same and step.fact is None
        above.append((step, repeats))
        if not repeats:
            dropped = sum([repeated for _, repeated in above])
            yield replace(step, depth=step.depth - dropped) if dropped else step


class _Telling:
    """One explanation being written; it remembers which expressions it has told whole."""

    def __init__(self, trace: Trace, subject: Subject, language: Language) -> None:
        self.trace, self.subject, self.language = trace, subject, language
        self.told: set[tuple[str, int | None]] = set()

    def say(self, indonesian: str, english: str) -> str:
        """The words of the language."""
        return Words(indonesian, english).say(self.language)

    def head(self) -> Iterator[str]:
        """Who, what, as of when, and what is still needed."""
        trace, subject, language, ruleset = self.trace, self.subject, self.language, self.trace.ruleset
        yield from (f"! {incomplete(name, why).say(language)}" for name, why in subject.missing)
        yield f"{VERDICT[trace.verdict].say(language).upper()}"
        who = (PERSON if ruleset.unit is DecisionUnit.PERSON else FAMILY).say(language)
        row = self.say("baris", "row")
        yield f"{who} {subject.shown(subject.family)} · {subject.source}, {row} {subject.row}"
        yield f"{ruleset.title.say(language) or ruleset.program} ({ruleset.full_id}) · {ruleset.path}"
        late = f" · {LATEST.say(language)}" if subject.known > subject.on else ""
        yield f"{self.say('Tanggal penetapan', 'Decision date')}: {day_of(subject.on).isoformat()}{late}"
        if trace.phase:
            yield f"{OUTPUTS['phase'].say(language)}: {trace.phase}"
        if trace.verdict is Verdict.INELIGIBLE and trace.because:
            yield from self._because()
        if trace.needs:
            most = f" {AT_MOST.say(language).rstrip(': ')}:" if trace.at_most else ":"
            yield f"{OUTPUTS['needs'].say(language)}{most}"
            yield from (f"  - {need.say(language)}" for need in trace.needs)
        if trace.verdict is Verdict.ELIGIBLE:
            yield f"{OUTPUTS['amount'].say(language)}: {self._total()}"

    def _because(self) -> Iterator[str]:
        """The rules that decided; where one or another of them did, none is said to be false."""
        rules = {rule.id: rule for rule in self.trace.ruleset.rules}
        told = Told.PERHAPS if self.trace.one_of else Told.FAILED
        words = Words("Salah satu dari", "One of") if self.trace.one_of else OUTPUTS["reasons"]
        yield f"{words.say(self.language)}:"
        for name in self.trace.because:
            yield f"  - {reason_words(rules[name], told, self.language)} ({name})"

    def _money(self, amount: int) -> str:
        ruleset = self.trace.ruleset
        return figures.money(amount, self.language, ruleset.currency, ruleset.minor_digits)

    def _span(self, low: int, high: int | None) -> str:
        ruleset = self.trace.ruleset
        return figures.span(low, high, self.language, ruleset.currency, ruleset.minor_digits)

    def _total(self) -> str:
        """What all benefits come to, or between which sums that lies."""
        benefits = self.trace.benefits
        if all(each.amount is not None for each in benefits):
            return self._money(sum(each.amount or 0 for each in benefits))
        low = sum(each.low if each.amount is None else each.amount for each in benefits)
        high = 0
        for each in benefits:
            most = each.high if each.amount is None else each.amount
            if most is None:
                return self.say("belum pasti, ", "open, ") + self._span(low, None)
            high += most
        return self.say("belum pasti, ", "open, ") + self._span(low, high)

    def rule(self, item: RuleTrace) -> Iterator[str]:
        """One rule: how it came out, its source, and the author's text with the values; of one that holds, the facts."""
        rule, language = item.rule, self.language
        title = rule.title.say(language)
        name = f"{rule.id} – {title}" if title else rule.id
        yield f"{MARKS[item.holds]} {KINDS[rule.kind].say(language)} {name}: {HOLDS[rule.kind][item.holds].say(language)}"
        if rule.legal:
            yield f"    {self.say('dasar hukum', 'legal basis')}: {rule.legal}"
        if rule.message and item.holds is False:
            yield f"    {rule.message.say(language)}"
        yield f"    {PurePath(rule.span.path).name}:{rule.span.line}"
        yield from self._facts(item.steps) if item.holds else self._steps(item.steps)

    def told_rule(self, item: RuleTrace) -> RuleTold:
        """The same as fields, for a page."""
        rule, language = item.rule, self.language
        steps = tuple(self._line(step) for step in once(item.steps))
        return RuleTold(
            id=rule.id,
            title=rule.title.say(language) or rule.id,
            kind=KINDS[rule.kind].say(language),
            holds=item.holds,
            outcome=HOLDS[rule.kind][item.holds].say(language),
            legal=rule.legal or "",
            message=rule.message.say(language) if rule.message and item.holds is False else "",
            place=f"{PurePath(rule.span.path).name}:{rule.span.line}",
            facts=tuple(mask_numbers(line, self.subject.asked) for line in dict.fromkeys(steps)),
        )

    def _facts(self, steps: tuple[Step, ...]) -> Iterator[str]:
        """What a rule that holds rests on, in a few lines: each fact, and each number, date or age that was compared."""
        above: list[Step] = []
        found: dict[str, None] = {}
        for step in once(steps):
            del above[step.depth :]
            named = any((each.value, each.member) == (step.value, step.member) for each in above[-1:])
            above.append(step)
            if step.fact or not (named or step.value.id in ANSWERS):
                found[self._line(step)] = None
        found = found or dict.fromkeys(self._line(step) for step in steps[:1])
        yield from (f"    {line}" for line in wrap("; ".join(found), WIDTH, break_long_words=False, break_on_hyphens=False))

    def _steps(self, steps: tuple[Step, ...]) -> Iterator[str]:
        """The author's text with the values; what has been told above is not told again."""
        shown = list(once(steps))
        below: int | None = None
        following_depths = [*(each.depth for each in shown[1:]), 0]
        for step, following in zip(shown, following_depths, strict=False):
            if below is not None and step.depth > below:
                continue
            below = None
            again = ""
            if following > step.depth:
                key = (" ".join(step.text.split()), step.member)
                if key in self.told:
                    below, again = step.depth, f" ({ABOVE.say(self.language)})"
                self.told.add(key)
            yield f"    {'  ' * step.depth}{self._line(step)}{again}"

    def _line(self, step: Step) -> str:
        """An expression, whose it is, its value, and where a fact comes from."""
        whose = f" [{self._member(step.member)}]" if step.member else ""
        source = self._source(step.fact) if step.fact else None
        beside = f" ({self.say('sumber', 'source')} {source})" if source else ""
        if step.origin is not None:
            beside = f" ({step.origin.words.say(self.language)})"
        return f"{' '.join(step.text.split())}{whose} = {step.value.say(self.language)}{beside}"

    def _source(self, fact: str) -> str | None:
        level = Level.MEMBER if fact.startswith("member.") else Level.FAMILY
        ruleset = self.trace.ruleset
        fields = ruleset.member_fields if level is Level.MEMBER else ruleset.family_fields
        return next((field.source for field in fields if field.name == fact.removeprefix("member.")), None)

    def _member(self, number: int) -> str:
        subject = self.subject
        key = subject.members[number - 1] if number <= len(subject.members) else None
        shown = f" {subject.shown(key)}" if key else ""
        return f"{self.say('anggota', 'member')} {number}{shown}"

    def benefit(self, item: BenefitTrace) -> Iterator[str]:
        """One benefit: how much, who bears it, and the author's text with the values."""
        benefit, language = item.benefit, self.language
        name = benefit.title.say(language) or benefit.id
        yield f"{name}: {self._amount(item)}"
        if benefit.legal:
            yield f"    {self.say('dasar hukum', 'legal basis')}: {benefit.legal}"
        for share, part in item.shares:
            yield f"    {share}: {self._money(part)}"
        if self.trace.verdict is Verdict.ELIGIBLE:
            yield from self._steps(item.steps)

    def _amount(self, item: BenefitTrace) -> str:
        """What is paid, with its instalments: 2 × Rp60.000 = Rp120.000."""
        times = item.benefit.instalments
        if item.amount is not None:
            total = self._money(item.amount)
            return total if times == 1 else f"{times} × {self._money(item.amount // times)} = {total}"
        if self.trace.verdict is not Verdict.ELIGIBLE:
            return "–"
        span = self._span(item.low, item.high)
        if times == 1:
            return span
        each = self._span(item.low // times, None if item.high is None else item.high // times)
        return f"{times} × ({each}) = {span}"

    def parameters(self) -> Iterator[str]:
        """The parameters that were read, with their sources; assumptions marked."""
        for name, value, source in self.trace.parameters:
            mark = " (!)" if is_assumption(source) else ""
            yield f"Parameter {name} = {value.say(self.language)} · {source}{mark}"
