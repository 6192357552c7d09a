"""The reasoning behind one decision as data: what `ejps explain --format json` prints. The names are a promise."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath
from typing import Any

from ejps_core.model.calendar import day_of
from ejps_core.model.masking import mask_numbers
from ejps_core.model.trace import BenefitTrace, RuleTrace, Step, Trace
from ejps_core.model.words import Language
from ejps_core.reports.explanation import Subject, once

PLAIN = ("digest", "as_of", "known")
"""What no number of identity can stand in."""


def as_record(trace: Trace, subject: Subject, language: Language) -> dict[str, Any]:
    """The explanation as data for JSON. Verdicts are the codes of the file formats; sums are minor units."""
    record = {
        "program": trace.ruleset.program,
        "ruleset": trace.ruleset.id,
        "family": subject.shown(subject.family),
        "row": subject.row,
        "as_of": day_of(subject.on).isoformat(),
        "known": day_of(subject.known).isoformat(),
        "verdict": trace.verdict.value,
        "one_of": trace.one_of,
        "because": list(trace.because),
        "phase": trace.phase or None,
        "needs": [need.say(language) for need in trace.needs],
        "at_most": trace.at_most,
        "rules": [_rule_record(each, subject, language) for each in trace.rules],
        "benefits": [_benefit_record(each, subject, language) for each in trace.benefits],
        "parameters": [
            {"name": name, "value": value.say(language), "source": source} for name, value, source in trace.parameters
        ],
        "assumed": [each.say(language) for each in trace.assumed],
        "determined": [each.say(language) for each in trace.determined],
        "digest": trace.ruleset.digest,
    }
    if subject.missing:
        record["incomplete"] = [name for name, _ in subject.missing]
    return {name: value if name in PLAIN else _masked(value, subject) for name, value in record.items()}


def _masked(value: object, subject: Subject) -> object:
    """The same data with numbers of identity masked."""
    if isinstance(value, str):
        return mask_numbers(value, subject.asked)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, list):
        return [_masked(each, subject) for each in value]
    if isinstance(value, dict):
        return {name: _masked(each, subject) for name, each in value.items()}
    return value


@lru_cache(maxsize=256)
def _file(path: str) -> str:
    """The name of a rule file, without its folders."""
    return PurePath(path).name


def _rule_record(item: RuleTrace, subject: Subject, language: Language) -> dict[str, Any]:
    rule = item.rule
    return {
        "id": rule.id,
        "kind": rule.kind.value,
        "title": rule.title.say(language),
        "holds": item.holds,
        "legal": rule.legal,
        "file": _file(rule.span.path),
        "line": rule.span.line,
        "steps": [_step_record(step, subject, language) for step in once(item.steps)],
    }


def _benefit_record(item: BenefitTrace, subject: Subject, language: Language) -> dict[str, Any]:
    return {
        "id": item.benefit.id,
        "title": item.benefit.title.say(language),
        "legal": item.benefit.legal,
        "amount": item.amount,
        "low": item.low,
        "high": item.high,
        "instalments": item.benefit.instalments,
        "shares": dict(item.shares),
        "steps": [_step_record(step, subject, language) for step in once(item.steps)],
    }


def _step_record(step: Step, subject: Subject, language: Language) -> dict[str, Any]:
    member = {"member": step.member} if step.member else {}
    origin = {"origin": step.origin.words.say(language)} if step.origin else {}
    return {
        "depth": step.depth,
        "text": step.text,
        "value": step.value.say(language),
        "fact": step.fact,
        "file": _file(step.span.path),
        "line": step.span.line,
        **member,
        **origin,
    }
