"""Runs the examples that stand beside the rules: a family, a date, and what must come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ejps_core.authoring.probe import definition_values
from ejps_core.engine import decide
from ejps_core.model.asof import AsOf, row_at
from ejps_core.model.calendar import day_of
from ejps_core.model.candidates import Candidates, Family, from_families
from ejps_core.model.decisions import UNDETERMINED, VERDICTS, ProgramDecisions, names_in
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Example, Field, Ruleset, Verdict
from ejps_core.model.types import MOST, Number, Per, Quotient, Type
from ejps_core.model.wording import value_words
from ejps_core.model.words import Words, same

VERDICT = {
    Verdict.ELIGIBLE: Words("memenuhi syarat", "eligible"),
    Verdict.INELIGIBLE: Words("tidak memenuhi syarat", "ineligible"),
    Verdict.UNDETERMINED: Words("perlu verifikasi", "undetermined"),
}
NOBODY = Words("tidak satu pun", "none")

Difference = tuple[Words, Words, Words]
"""What is about, what was expected, what came out."""


def failures(ruleset: Ruleset) -> tuple[Diagnostic, ...]:
    """One finding for each example that comes out otherwise, at the example, in the order of the file."""
    found: dict[int, Diagnostic] = {}
    for as_of, places in _by_date(ruleset).items():
        lacking = [p.name for p in ruleset.parameters if row_at(p, as_of) is None]
        if lacking:
            found |= {place: _no_value(ruleset.examples[place], lacking) for place in places}
            continue
        examples = [ruleset.examples[place] for place in places]
        for place, problem in zip(places, _run(ruleset, as_of, examples), strict=True):
            if problem:
                found[place] = problem
    return tuple(found[place] for place in sorted(found))


@dataclass(frozen=True, slots=True)
class Ran:
    """What comes out of an example. failed: why that is not what the file says; None: it is. amount: in minor units."""

    verdict: Verdict | None
    because: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    amount: int | None = None
    failed: Diagnostic | None = None


def ran(ruleset: Ruleset) -> tuple[Ran, ...]:
    """The outcome of each example in the order of the file; no verdict where a parameter has no value on its date."""
    found: dict[int, Ran] = {}
    problems = {each.place: each for each in failures(ruleset)}
    for as_of, places in _by_date(ruleset).items():
        lacking = any(row_at(parameter, as_of) is None for parameter in ruleset.parameters)
        examples = [ruleset.examples[place] for place in places]
        decisions = None if lacking else _decided(ruleset, as_of, examples)[0]
        for row, (place, example) in enumerate(zip(places, examples, strict=True)):
            failed = problems.get(example.span)
            found[place] = Ran(None, failed=failed) if decisions is None else _ran(decisions, row, failed)
    return tuple(found[place] for place in sorted(found))


def _ran(decisions: ProgramDecisions, row: int, failed: Diagnostic | None) -> Ran:
    verdict = VERDICTS[int(decisions.status[row])]
    ids = tuple(rule.id for rule in decisions.ruleset.rules)
    masks = decisions.failed if verdict is Verdict.INELIGIBLE else decisions.unknown
    because = names_in(masks, ids, row) if verdict is not Verdict.ELIGIBLE else ()
    settled = verdict is Verdict.ELIGIBLE and not any(paid.open[row] for paid in decisions.benefits)
    amount = sum(int(paid.amount[row]) for paid in decisions.benefits) if settled else None
    return Ran(verdict, because, names_in(decisions.needs, decisions.facts, row), amount, failed)


def _by_date(ruleset: Ruleset) -> dict[AsOf, list[int]]:
    """The examples of each date, so that each date is evaluated once."""
    dates: dict[AsOf, list[int]] = {}
    for place, example in enumerate(ruleset.examples):
        known = example.on if example.known is None else example.known
        dates.setdefault(AsOf(example.on, known), []).append(place)
    return dates


def _run(ruleset: Ruleset, as_of: AsOf, examples: list[Example]) -> Iterator[Diagnostic | None]:
    decisions, candidates = _decided(ruleset, as_of, examples)
    values = _asserted_values(ruleset, as_of, candidates, examples)
    for row, example in enumerate(examples):
        yield _judge(ruleset, decisions, values, row, example)


def _decided(ruleset: Ruleset, as_of: AsOf, examples: list[Example]) -> tuple[ProgramDecisions, Candidates]:
    """The decisions about the examples of a date, without the ranking."""
    families = [family_of(ruleset, example) for example in examples]
    candidates = from_families(families, ruleset.family_fields, ruleset.member_fields)
    return decide((replace(ruleset, choose=None),), as_of, candidates)[0], candidates


def family_of(ruleset: Ruleset, example: Example) -> Family:
    """The family of an example: facts given nowhere are no where blank means no, else unknown."""
    return Family(
        _completed(dict(example.family), ruleset.family_fields),
        tuple(_completed(dict(member), ruleset.member_fields) for member in example.members),
    )


def _completed(given: dict[str, bool | int | str | None], fields: tuple[Field, ...]) -> dict[str, Any]:
    blanks = {field.name: False for field in fields if field.blank_is_no}
    return blanks | given


def _asserted_values(ruleset: Ruleset, as_of: AsOf, candidates: Candidates, examples: list[Example]) -> dict[str, list[Any]]:
    """name -> value for each example, for every definition that an example asserts."""
    asserted = {name for example in examples for name, _ in example.expected.values}
    names = [d.name for d in ruleset.definitions if d.name in asserted]
    columns = definition_values(ruleset, as_of, candidates, names)
    return {name: _plain(column.to_pylist()) for name, column in columns.items()}


def _plain(values: list[Any]) -> list[Any]:
    """Dates as day numbers, like all values of examples."""
    return [(v.toordinal() - day_of(0).toordinal()) if hasattr(v, "toordinal") else v for v in values]


def _judge(
    ruleset: Ruleset, decisions: ProgramDecisions, values: dict[str, list[Any]], row: int, example: Example
) -> Diagnostic | None:
    """The finding of an example that fails."""
    differences = [
        *_verdict(decisions, row, example),
        *_reasons(decisions, row, example),
        *_needs(decisions, row, example),
        *_values(ruleset, decisions, values, row, example),
    ]
    if not differences:
        return None
    title = example.title

    def said(language: str) -> str:
        parts = []
        for about, expected, got in differences:
            what, wanted, came = (getattr(each, language) for each in (about, expected, got))
            parts.append(
                f"{what}: diharapkan {wanted}, hasilnya {came}"
                if language == "id"
                else f"{what}: expected {wanted}, got {came}"
            )
        return "; ".join(parts)

    return Diagnostic(
        "example-fails",
        Severity.ERROR,
        example.span,
        Words(f'Contoh "{title}" gagal. {said("id")}.', f'The example "{title}" fails. {said("en")}.'),
        Words(
            "Perbaiki aturannya, atau contohnya bila hasil ini memang benar.",
            "Mend the rules, or the example if this result is right.",
        ),
    )


def _verdict(decisions: ProgramDecisions, row: int, example: Example) -> Iterator[Difference]:
    got, expected = VERDICTS[decisions.status[row]], example.expected.verdict
    if got is not expected:
        ids = tuple(rule.id for rule in decisions.ruleset.rules)
        masks = decisions.failed if got is Verdict.INELIGIBLE else decisions.unknown
        because = ", ".join(names_in(masks, ids, row)) if got is not Verdict.ELIGIBLE else ""
        came = VERDICT[got]
        if because:
            came = Words(f"{came.id} karena {because}", f"{came.en} because {because}")
        yield Words("putusan", "verdict"), VERDICT[expected], came


def _reasons(decisions: ProgramDecisions, row: int, example: Example) -> Iterator[Difference]:
    expected = example.expected
    if expected.because is None or VERDICTS[decisions.status[row]] is not expected.verdict:
        return
    masks = decisions.failed if expected.verdict is Verdict.INELIGIBLE else decisions.unknown
    got = names_in(masks, tuple(rule.id for rule in decisions.ruleset.rules), row)
    if set(got) != set(expected.because):
        yield Words("karena", "because"), _names(expected.because), _names(got)


def _needs(decisions: ProgramDecisions, row: int, example: Example) -> Iterator[Difference]:
    expected = example.expected.needs
    if expected is None:
        return
    got = names_in(decisions.needs, decisions.facts, row)
    if set(got) != set(expected):
        yield Words("memerlukan", "needs"), _names(expected), _names(got)


def _names(names: tuple[str, ...]) -> Words:
    return same(", ".join(names)) if names else NOBODY


def _values(
    ruleset: Ruleset, decisions: ProgramDecisions, values: dict[str, list[Any]], row: int, example: Example
) -> Iterator[Difference]:
    for name, expected in example.expected.values:
        kind: Type
        if name in values:
            got, kind = values[name][row], _whole(ruleset.definition(name).type)
        else:
            place = [benefit.id for benefit in ruleset.benefits].index(name)
            paid = decisions.benefits[place]
            nothing = decisions.status[row] == UNDETERMINED or paid.open[row]
            got, kind = None if nothing else int(paid.amount[row]), Number(ruleset.minor_digits, 0, MOST, Per.ONCE)
        if got != expected:
            currency = ruleset.currency
            yield same(name), value_words(expected, kind, currency), value_words(got, kind, currency)


def _whole(kind: Type) -> Type:
    """The type of a value as definition_values gives it: a fraction has become a whole number."""
    return Number(0, -MOST, MOST, kind.per) if isinstance(kind, Quotient) else kind


def _no_value(example: Example, lacking: list[str]) -> Diagnostic:
    names = ", ".join(lacking)
    return Diagnostic(
        "example-without-value",
        Severity.ERROR,
        example.span,
        Words(
            f'Contoh "{example.title}" memakai tanggal yang belum punya nilai untuk {names}.',
            f'The example "{example.title}" is of a date without a value for {names}.',
        ),
        Words("Pilih tanggal lain, atau tambahkan nilainya.", "Choose another date, or add the value."),
    )
