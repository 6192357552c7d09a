"""The reasoning behind one decision in words: verdict first, then each rule with the values it saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_of
from ejps_core.model.ruleset import RuleKind, Ruleset, Verdict
from ejps_core.model.trace import BenefitTrace, RuleTrace, Step, Trace
from ejps_core.model.words import Language, Words
from ejps_core.reports import figures
from ejps_core.reports.assumptions import is_assumption
from ejps_core.reports.words import AT_MOST, LATEST, OUTPUTS, VERDICT, mask, mask_numbers

KINDS = {
    RuleKind.REQUIRE: Words("syarat", "require"),
    RuleKind.REFUSE: Words("gugur bila", "refuse"),
}
UNKNOWN = Words("belum diketahui", "unknown")
HOLDS = {
    RuleKind.REQUIRE: {True: Words("terpenuhi", "met"), False: Words("tidak terpenuhi", "not met"), None: UNKNOWN},
    RuleKind.REFUSE: {True: Words("tidak gugur", "does not apply"), False: Words("gugur", "applies"), None: UNKNOWN},
}
BRIEF_DEPTH = 1
"""Of a rule that holds, steps deeper than this are left out of the text (not of the JSON)."""
MARKS = {True: "✓", False: "✗", None: "?"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an explanation is about. Identities are masked when shown, except the one that was asked for."""

    family: str
    members: tuple[str | None, ...]
    asked: str
    row: int
    source: str
    on: int
    known: int

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
    lines = [*_head(trace, subject, language), ""]
    for rule in sorted(trace.rules, key=lambda each: (each.holds is True, each.holds is None)):
        told = list(_rule(rule, trace.ruleset, subject, language))
        lines += told[:1] if short and rule.holds else [*told, ""]
    lines += [""] if lines[-1] else []
    for benefit in trace.benefits:
        lines += [*_benefit(benefit, trace, subject, language), ""]
    lines += _parameters(trace, language)
    lines += [Words("Dianggap: ", "Assumed: ").say(language) + each.say(language) for each in trace.assumed]
    return mask_numbers("\n".join(lines).rstrip() + "\n", subject.asked)


def _head(trace: Trace, subject: Subject, language: Language) -> Iterator[str]:
    """Who, what, as of when, and what is still needed."""
    ruleset = trace.ruleset
    yield f"{VERDICT[trace.verdict].say(language).upper()}"
    who = Words("Keluarga", "Family").say(language)
    row = Words("baris", "row").say(language)
    yield f"{who} {subject.shown(subject.family)} · {subject.source}, {row} {subject.row}"
    yield f"{ruleset.title.say(language) or ruleset.program} ({ruleset.program}) · {ruleset.path}"
    on = Words("Tanggal penetapan", "Decision date").say(language)
    late = f" · {LATEST.say(language)}" if subject.known > subject.on else ""
    yield f"{on}: {figures.day(subject.on, language)}{late}"
    failed = [each.rule.id for each in trace.rules if each.holds is False]
    if trace.verdict is Verdict.INELIGIBLE and failed:
        word = Words("Salah satu dari", "One of") if trace.one_of else OUTPUTS["reasons"]
        yield f"{word.say(language)}: {'; '.join(failed)}"
    if trace.needs:
        most = AT_MOST.say(language) if trace.at_most else ""
        yield f"{OUTPUTS['needs'].say(language)}: {most}"
        yield from (f"  - {need.say(language)}" for need in trace.needs)
    if trace.verdict is Verdict.ELIGIBLE:
        yield f"{OUTPUTS['amount'].say(language)}: {_total(trace, language)}"


def _total(trace: Trace, language: Language) -> str:
    amounts = [each.amount for each in trace.benefits]
    known = [amount for amount in amounts if amount is not None]
    total = _money(sum(known), trace.ruleset, language)
    if len(known) == len(amounts):
        return total
    return Words(f"belum pasti, paling sedikit {total}", f"open, at least {total}").say(language)


def _money(amount: int, ruleset: Ruleset, language: Language) -> str:
    return figures.money(amount, language, ruleset.currency, ruleset.minor_digits)


def _rule(item: RuleTrace, ruleset: Ruleset, subject: Subject, language: Language) -> Iterator[str]:
    """One rule: how it came out, its source, and the author's text with the values."""
    rule = item.rule
    title = rule.title.say(language)
    name = f"{rule.id} – {title}" if title else rule.id
    yield f"{MARKS[item.holds]} {KINDS[rule.kind].say(language)} {name}: {HOLDS[rule.kind][item.holds].say(language)}"
    if rule.legal:
        yield f"    {Words('dasar hukum', 'legal basis').say(language)}: {rule.legal}"
    if rule.message and item.holds is False:
        yield f"    {rule.message.say(language)}"
    yield f"    {PurePath(ruleset.path).name}:{rule.span.line}"
    deepest = BRIEF_DEPTH if item.holds else None
    yield from _steps(item.steps, subject, language, deepest)


def once(steps: tuple[Step, ...]) -> Iterator[Step]:
    """The steps without those that only repeat the text they stand in (`a != b` is `not a = b` to the evaluator)."""
    above: list[tuple[Step, bool]] = []
    for step in steps:
        del above[step.depth :]
        parent = above[-1][0] if above else None
        repeats = parent is not None and parent.span == step.span and parent.member == step.member
        above.append((step, repeats))
        if not repeats:
            yield replace(step, depth=step.depth - sum(dropped for _, dropped in above))


def _steps(steps: tuple[Step, ...], subject: Subject, language: Language, deepest: int | None = None) -> Iterator[str]:
    for step in once(steps):
        if deepest is not None and step.depth > deepest:
            continue
        whose = f" [{_member(step.member, subject, language)}]" if step.member else ""
        text = " ".join(step.text.split())
        yield f"    {'  ' * step.depth}{text}{whose} = {step.value.say(language)}"


def _member(number: int, subject: Subject, language: Language) -> str:
    key = subject.members[number - 1] if number <= len(subject.members) else None
    shown = f" {subject.shown(key)}" if key else ""
    return f"{Words('anggota', 'member').say(language)} {number}{shown}"


def _benefit(item: BenefitTrace, trace: Trace, subject: Subject, language: Language) -> Iterator[str]:
    """One benefit: how much, who bears it, and the author's text with the values."""
    benefit = item.benefit
    name = benefit.title.say(language) or benefit.id
    if item.amount is not None:
        amount = _money(item.amount, trace.ruleset, language)
    elif trace.verdict is Verdict.ELIGIBLE:
        high = "…" if item.high is None else _money(item.high, trace.ruleset, language)
        amount = f"{_money(item.low, trace.ruleset, language)} – {high}"
    else:
        amount = "–"
    yield f"{name}: {amount}"
    if benefit.legal:
        yield f"    {Words('dasar hukum', 'legal basis').say(language)}: {benefit.legal}"
    for share, part in item.shares:
        yield f"    {share}: {_money(part, trace.ruleset, language)}"
    yield from _steps(item.steps, subject, language)


def _parameters(trace: Trace, language: Language) -> Iterator[str]:
    for name, value, source in trace.parameters:
        mark = " (!)" if is_assumption(source) else ""
        yield f"Parameter {name} = {value.say(language)} · {source}{mark}"


def as_record(trace: Trace, subject: Subject, language: Language) -> dict[str, Any]:
    """The explanation as data for JSON. Verdicts are the codes of the file formats; sums are minor units."""
    record = {
        "program": trace.ruleset.program,
        "family": subject.shown(subject.family),
        "row": subject.row,
        "as_of": day_of(subject.on).isoformat(),
        "known": day_of(subject.known).isoformat(),
        "verdict": trace.verdict.value,
        "one_of": trace.one_of,
        "needs": [need.say(language) for need in trace.needs],
        "at_most": trace.at_most,
        "rules": [_rule_record(each, subject, language) for each in trace.rules],
        "benefits": [_benefit_record(each, subject, language) for each in trace.benefits],
        "parameters": [
            {"name": name, "value": value.say(language), "source": source} for name, value, source in trace.parameters
        ],
        "assumed": [each.say(language) for each in trace.assumed],
        "digest": trace.ruleset.digest,
    }
    return {name: _masked(value, subject) for name, value in record.items()}


def _masked(value: Any, subject: Subject) -> Any:  # noqa: ANN401 - any JSON value
    """The same data with numbers of identity masked."""
    if isinstance(value, str):
        return mask_numbers(value, subject.asked)
    if isinstance(value, list):
        return [_masked(each, subject) for each in value]
    if isinstance(value, dict):
        return {name: _masked(each, subject) for name, each in value.items()}
    return value


def _rule_record(item: RuleTrace, subject: Subject, language: Language) -> dict[str, Any]:
    rule = item.rule
    return {
        "id": rule.id,
        "kind": rule.kind.value,
        "title": rule.title.say(language),
        "holds": item.holds,
        "legal": rule.legal,
        "line": rule.span.line,
        "steps": [_step_record(step, subject, language) for step in once(item.steps)],
    }


def _benefit_record(item: BenefitTrace, subject: Subject, language: Language) -> dict[str, Any]:
    return {
        "id": item.benefit.id,
        "title": item.benefit.title.say(language),
        "amount": item.amount,
        "low": item.low,
        "high": item.high,
        "shares": dict(item.shares),
        "steps": [_step_record(step, subject, language) for step in once(item.steps)],
    }


def _step_record(step: Step, subject: Subject, language: Language) -> dict[str, Any]:
    member = {"member": step.member} if step.member else {}
    return {
        "depth": step.depth,
        "text": step.text,
        "value": step.value.say(language),
        "fact": step.fact,
        "line": step.span.line,
        **member,
    }
