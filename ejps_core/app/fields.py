"""The fields of several programs as one list of columns: a name means the same in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ejps_core.model.diagnostic import Diagnostic, Severity, Why
from ejps_core.model.ruleset import DecisionUnit, Field, Ruleset
from ejps_core.model.types import Choice, Type
from ejps_core.model.words import Words

Declared = tuple[str, Field]
"""The program that declares it, and the field."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The columns that a list is read for."""

    family: tuple[Field, ...]
    members: tuple[Field, ...]
    findings: tuple[Diagnostic, ...]


def merged(rulesets: tuple[Ruleset, ...]) -> Merged:
    """The fields of all programs, each once; a clash is a finding that names both places."""
    family, problems = _merged((r.program, f) for r in rulesets for f in r.listed_fields)
    members, more = _merged((r.program, f) for r in rulesets for f in r.member_fields)
    keys = [(program, field) for program, field in family if field.key]
    if len(keys) > 1:
        more.append(_two_keys(keys[0], keys[1]))
    if len({r.unit for r in rulesets}) > 1:
        more.append(_two_units(rulesets))
    return Merged(tuple(f for _, f in family), tuple(f for _, f in members), (*problems, *more))


def _two_units(rulesets: tuple[Ruleset, ...]) -> Diagnostic:
    persons = ", ".join(r.program for r in rulesets if r.unit is DecisionUnit.PERSON)
    families = ", ".join(r.program for r in rulesets if r.unit is DecisionUnit.FAMILY)
    return Diagnostic(
        "units-differ",
        Severity.ERROR,
        None,
        Words(
            f"{persons} menetapkan orang, {families} menetapkan keluarga: hasilnya bukan satu daftar.",
            f"{persons} decides persons, {families} families: the results are not one list.",
        ),
        Words("Evaluasi keduanya terpisah.", "Evaluate them one by one."),
    )


def _merged(declared: Iterable[Declared]) -> tuple[list[Declared], list[Diagnostic]]:
    found: dict[str, Declared] = {}
    problems = []
    for program, field in declared:
        first = found.setdefault(field.name, (program, field))
        if not _alike(first[1], field):
            problems.append(_clash(first, (program, field)))
    return list(found.values()), problems


def _alike(one: Field, other: Field) -> bool:
    return _sense(one.type) == _sense(other.type) and one.blank_is_no == other.blank_is_no and one.key == other.key


def _sense(kind: Type) -> object:
    """What must be equal of a type: of a choice the names of its answers, not their titles."""
    return set(kind.names) if isinstance(kind, Choice) else kind


def _clash(first: Declared, second: Declared) -> Diagnostic:
    name = first[1].name
    return Diagnostic(
        "field-differs",
        Severity.ERROR,
        second[1].span,
        Words(
            f"Kolom {name} pada program {second[0]} berbeda dari kolom {name} pada program {first[0]}.",
            f"The field {name} of the program {second[0]} differs from the field {name} of {first[0]}.",
        ),
        Words(
            "Samakan jenis, batas, 'kosong berarti tidak' dan 'kunci' keduanya, atau evaluasi terpisah.",
            "Give both the same type, bounds, 'blank means no' and 'key', or evaluate them one by one.",
        ),
        Why(first[1].span, Words("Yang pertama ditetapkan di sini.", "The first one is declared here.")),
    )


def _two_keys(first: Declared, second: Declared) -> Diagnostic:
    return Diagnostic(
        "keys-differ",
        Severity.ERROR,
        second[1].span,
        Words(
            f"Kunci keluarga {first[0]} adalah {first[1].name}, kunci {second[0]} {second[1].name}.",
            f"{first[0]} knows a family by {first[1].name}, {second[0]} by {second[1].name}.",
        ),
        Words("Evaluasi kedua program ini terpisah.", "Evaluate these programs one by one."),
        Why(first[1].span, Words("Kunci yang pertama.", "The first key.")),
    )
