"""Official determinations (SPTJM): read from a file; each on record with who, why, document and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from ejps_core.model.declared import Identity, Reader
from ejps_core.model.diagnostic import Diagnostic, Severity, Why
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Kind, Texts, listing_of
from ejps_core.model.registers import NO_ROWS, RULE, Determination, RowsRead
from ejps_core.model.ruleset import DecisionUnit, Field, Ruleset
from ejps_core.model.types import Code, YesNo
from ejps_core.model.wording import value_words
from ejps_core.model.words import Words
from ejps_core.registry.columns import holds_card, read_column
from ejps_core.registry.declarations import date_of
from ejps_core.registry.headers import forms, nearest
from ejps_core.registry.marks import normal
from ejps_core.registry.papers import Heading, Statement, read_statements, statements
from ejps_core.registry.problems import Problem, apart
from ejps_core.registry.snapshots import KEYS

HEADINGS = (
    Heading("kk", "kk", also=("nomor kk", "no kk", "family card", "family card number")),
    Heading("nik", "nik", needed=False),
    Heading("fakta", "fact", also=("data",)),
    Heading("nilai", "value"),
    Heading("siapa", "who", also=("oleh", "by")),
    Heading("alasan", "why", also=("reason",)),
    Heading("dokumen", "document"),
    Heading("tanggal", "date"),
)
PREFIXES = ("aturan:", "rule:")


@dataclass(frozen=True, slots=True)
class Determinations:
    """What a file determines, each thing once; and what became of its rows."""

    found: tuple[Determination, ...] = ()
    rows: RowsRead = NO_ROWS


def read_determinations(
    path: Path, facts: Mapping[str, Field], key: Field, readers: Sequence[Reader], on: int
) -> tuple[Determinations, tuple[Diagnostic, ...]]:
    """The determinations of a file. Rows that can't be used, and those that say different things, are set apart.

    facts: what may be determined, by fact name ('name', 'member.name', 'aturan:PROGRAM.ID'); `key`: the families' key.
    """
    return _agreed(*read_statements(path, HEADINGS, readers), facts, key, on)


def stated(
    cells: Sequence[str], facts: Mapping[str, Field], key: Field, on: int
) -> tuple[tuple[Determination, ...], tuple[Diagnostic, ...]]:
    """One determination said at the desk, a text for each of HEADINGS; judged as a row of a file."""
    listing = listing_of("", [heading.name for heading in HEADINGS], [cells])
    found, findings = _agreed(*statements(listing, HEADINGS), facts, key, on)
    return found.found, findings


def _agreed(
    rows: Sequence[Statement], findings: list[Diagnostic], facts: Mapping[str, Field], key: Field, on: int
) -> tuple[Determinations, tuple[Diagnostic, ...]]:
    """The determinations of the rows, without those that say different things."""
    lacking = sum(finding.severity is Severity.SET_APART for finding in findings)
    found: dict[tuple[str, str | None, str], tuple[Determination, Statement]] = {}
    differing = set()
    told: Counter[tuple[str, str | None, str]] = Counter()
    for row in rows:
        one = _determination(row, facts, key, on)
        if isinstance(one, Diagnostic):
            findings.append(one)
            continue
        about = (one.family, one.person, one.fact)
        told[about] += 1
        first = found.setdefault(about, (one, row))
        if first[0].value != one.value:
            differing.add(about)
            findings += [_differ(row, first[1]), _differ(first[1], row)]
    alike = {about: count for about, count in told.items() if about not in differing}
    rows_read = RowsRead(
        read=lacking + len(rows),
        unusable=lacking + len(rows) - sum(alike.values()),
        repeated=sum(alike.values()) - len(alike),
    )
    return Determinations(tuple(found[about][0] for about in alike), rows_read), tuple(dict.fromkeys(findings))


def facts_of(rulesets: Sequence[Ruleset], family: Sequence[Field], members: Sequence[Field]) -> dict[str, Field]:
    """What officials may determine: the facts of the list (no keys, no names), and the outcome of each rule."""
    found = {field.name: field for field in family if not isinstance(field.type, Code) and not field.key}
    for field in members:
        if not isinstance(field.type, Code) and not field.key:
            found[f"member.{field.name}"] = field
    for ruleset in rulesets:
        level = Level.MEMBER if ruleset.unit is DecisionUnit.PERSON else Level.FAMILY
        for rule in ruleset.rules:
            name = f"{RULE}{ruleset.program}.{rule.id}"
            found[name] = Field(name, rule.title, YesNo(), level, rule.span)
    return found


def _determination(row: Statement, facts: Mapping[str, Field], key: Field, on: int) -> Determination | Diagnostic:
    family = _number(row, "kk", key if not holds_card(key) else KEYS[Identity.KK])
    person = _number(row, "nik", KEYS[Identity.NIK]) if row.text("nik") else None
    for number in (family, person):
        if isinstance(number, Diagnostic):
            return number
    fact = _fact(row, facts)
    if isinstance(fact, Diagnostic):
        return fact
    name, field = fact
    if field.level is Level.MEMBER and person is None:
        return _person_missing(row, field)
    day = date_of(row, "tanggal", on)
    if isinstance(day, Diagnostic):
        return day
    value = _value(row, field, on)
    if isinstance(value, Diagnostic):
        return value
    who, why, document = row.text("siapa"), row.text("alasan"), row.text("dokumen")
    return Determination(
        family=str(family),
        person=str(person) if field.level is Level.MEMBER else None,
        fact=name,
        value=value,
        said=value_words(value, field.type),
        who=who,
        why=why,
        document=document,
        on=day,
        place=row.place("fakta", row.text("fakta")),
    )


def _read(row: Statement, column: str, field: Field, on: int, key: bool) -> pa.Scalar | Problem:
    """One cell by the reader of its type; what is wrong with it if it gives nothing."""
    text, kind = row.cells[column]
    listing = listing_of("", [column], [[text]])
    own = listing.fetch([0])[0]
    if kind in (Kind.NUMBER, Kind.DATE, Kind.YESNO):
        assert isinstance(own, Texts)
        own.kinds[:] = kind
    facts = read_column(listing, own, replace(field, blank_is_no=False), on, key=key)
    shaky = next((note for _, note in facts.notes if note.code in ("number-cell", "number-column")), None)
    if facts.values[0].is_valid and not (key and shaky):
        return facts.values.cast(pa.int32())[0] if pa.types.is_date(facts.values.type) else facts.values[0]
    note = facts.notes[0][1] if facts.notes else None
    assert note is not None and note.mend is not None
    return Problem(note.code, note.words, note.mend)


def _number(row: Statement, column: str, field: Field) -> str | Diagnostic:
    found = _read(row, column, field, 0, key=True)
    return _not_used(row, column, found) if isinstance(found, Problem) else str(found.as_py())


def _value(row: Statement, field: Field, on: int) -> bool | int | str | Diagnostic:
    found = _read(row, "nilai", field, on, key=False)
    if isinstance(found, Problem):
        return _not_used(row, "nilai", found)
    value: bool | int | str = found.as_py()
    return value


def _not_used(row: Statement, column: str, problem: Problem) -> Diagnostic:
    return apart(
        "statement-faulty",
        f"Ketetapan ini tidak dipakai. {problem.words.id}",
        f"This determination is not used. {problem.words.en}",
        problem.mend.id,
        problem.mend.en,
    ).at(row.place(column, row.text(column)))


def _fact(row: Statement, facts: Mapping[str, Field]) -> tuple[str, Field] | Diagnostic:
    """The fact a row is about: by its name, its title, or a rule's id (with its program where several have it)."""
    text = row.text("fakta")
    wanted = next((text[len(p) :].strip() for p in PREFIXES if text.casefold().startswith(p)), None)
    if wanted is not None:
        names = [name for name in facts if name.startswith(RULE)]
        found = [name for name in names if wanted in (name.removeprefix(RULE), name.rsplit(".", 1)[1])]
        options = {name.removeprefix(RULE): name for name in names}
    else:
        plain = normal(text.removeprefix("member."))
        names = [name for name in facts if not name.startswith(RULE)]
        found = [name for name in names if plain in forms(facts[name])]
        exact = [name for name in found if name == text or (row.text("nik") and name == f"member.{text}")]
        both = [name for name in found if (facts[name].level is Level.MEMBER) == bool(row.text("nik"))]
        found = (exact or both or found) if len(found) > 1 else found
        options = {form: name for name in names for form in forms(facts[name])}
    if len(found) == 1:
        return found[0], facts[found[0]]
    close = nearest((wanted if wanted is not None else normal(text),), options)
    return _unknown_fact(row, text, options[close] if close else None, found)


def _unknown_fact(row: Statement, text: str, close: str | None, several: list[str]) -> Diagnostic:
    named = ", ".join(several)
    mend = Words(
        "Tulis nama datanya seperti di berkas aturan, atau aturan:ID untuk hasil sebuah aturan.",
        "Write the fact's name as in the rule file, or rule:ID for the outcome of a rule.",
    )
    if close:
        mend = Words(f"Maksudnya {close}? {mend.id}", f"Did you mean {close}? {mend.en}")
    if several:
        mend = Words(f"Tulis salah satu: {named}.", f"Write one of: {named}.")
    return apart(
        "determination-fact",
        f"“{text}” bukan data atau aturan yang dapat ditetapkan: ketetapan ini tidak dipakai.",
        f"“{text}” is no fact or rule that can be determined: this determination is not used.",
        mend.id,
        mend.en,
    ).at(row.place("fakta", text))


def _person_missing(row: Statement, field: Field) -> Diagnostic:
    return apart(
        "determination-person",
        f"{field.title.id} adalah data anggota: NIK anggotanya belum ditulis; ketetapan ini tidak dipakai.",
        f"{field.title.en} is a fact of a member: the NIK is not written; this determination is not used.",
        "Isi NIK anggota itu.",
        "Fill in the NIK of that member.",
    ).at(row.place("nik"))


def _differ(row: Statement, other: Statement) -> Diagnostic:
    number = int(other.listing.rows[other.row])
    why = Why(other.place(), Words(f"Lihat baris {number}.", f"See row {number}."))
    return apart(
        "determinations-differ",
        "Dua ketetapan tentang hal yang sama menyebut nilai yang berbeda; keduanya tidak dipakai.",
        "Two determinations of the same thing give different values; neither is used.",
        "Cabut salah satunya.",
        "Withdraw one of them.",
    ).at(row.place("nilai", row.text("nilai")), why)
