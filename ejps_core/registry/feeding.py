"""Which facts a register settles: those whose source is its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ejps_core.model.declared import Identity, Register, RegisterColumn
from ejps_core.model.diagnostic import Diagnostic, Why
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Code, YesNo
from ejps_core.model.words import Words
from ejps_core.registry.columns import holds_card, holds_nik
from ejps_core.registry.headers import forms
from ejps_core.registry.marks import normal
from ejps_core.registry.problems import error, remark


@dataclass(frozen=True, slots=True)
class Feed:
    """A fact that a register settles, from one of its columns; None: by who is in it. head: a family's, by its head."""

    field: Field
    column: RegisterColumn | None
    head: bool = False

    @property
    def fact(self) -> str:
        """Its name as a fact: 'name' of the family, 'member.name'."""
        return self.field.name if self.field.level is Level.FAMILY else f"member.{self.field.name}"


def key_field(fields: Sequence[Field], identity: Identity) -> Field | None:
    """The field by which a register finds the families (or members) that have these fields: the key, or the only one."""
    holds = holds_card if identity is Identity.KK else _nik
    found = [field for field in fields if holds(field)]
    keys = [field for field in found if field.key]
    if identity is Identity.NIK and fields and fields[0].level is Level.FAMILY:
        return keys[0] if keys else None  # a family is one person's only where it is known by a person's number
    return keys[0] if keys else found[0] if len(found) == 1 else None


def _nik(field: Field) -> bool:
    return holds_nik(field) and not holds_card(field)


def feeds(
    register: Register, fields: Sequence[Field], heads: bool = False
) -> tuple[tuple[Feed, ...], tuple[Diagnostic, ...]]:
    """The facts that a register settles among the fields of all programs; a remark for what it can't, or if there are none.

    A column of the register settles the facts that bear its name, by name or title; membership any other yes/no fact.
    heads: it is known who the families' heads are.
    """
    findings: list[Diagnostic] = []
    found: dict[str, Feed] = {}
    for field in fields:
        if field.source != register.name or field.key or isinstance(field.type, Code):
            continue
        feed = Feed(field, _column(register, field))
        if heads and (of_head := _of_head(register, field)) is not None:
            found.setdefault(of_head.fact, of_head)
            continue
        own = list({each.name: each for each in fields if each.level is field.level}.values())
        if key_field(own, register.key) is None:
            findings.append(_other_key(register, field))
        elif feed.column is None and not (register.membership and isinstance(field.type, YesNo)):
            findings.append(_no_column(register, field))
        else:
            found.setdefault(feed.fact, feed)
    if not found and not findings:
        findings.append(_feeds_nothing(register))
    return tuple(found.values()), tuple(findings)


def _column(register: Register, field: Field) -> RegisterColumn | None:
    own = set(forms(field))
    return next((each for each in register.columns if own & {normal(n) for n in (each.name, *each.facts)}), None)


def _of_head(register: Register, field: Field) -> Feed | None:
    """A family's fact that says something of its head, from a register of persons."""
    if register.key is not Identity.NIK or field.level is not Level.FAMILY:
        return None
    own = set(forms(field))
    column = next((each for each in register.columns if own & {normal(name) for name in each.heads}), None)
    return None if column is None else Feed(field, column, head=True)


def two_registers(first: str, second: str, feed: Feed) -> Diagnostic:
    """What is said if two registers settle one fact."""
    return error(
        "two-registers",
        feed.field.span,
        f"Data {feed.field.name} diisi oleh dua register: {first} dan {second}.",
        f"The fact {feed.field.name} is settled by two registers: {first} and {second}.",
        "Berikan satu register saja untuk data ini, atau evaluasi program satu per satu.",
        "Give one register for it, or evaluate the programs one by one.",
    )


def given_twice(name: str) -> Diagnostic:
    """What is said if a register is given twice."""
    return error(
        "register-twice",
        None,
        f"Register {name} diberikan dua kali.",
        f"The register {name} is given twice.",
        "Gabungkan kedua berkas menjadi satu.",
        "Put both files into one.",
    )


def _feeds_nothing(register: Register) -> Diagnostic:
    return remark(
        "register-unused",
        f"Register {register.name} tidak dipakai: tidak ada data dengan `sumber {register.name}`.",
        f"The register {register.name} is not used: no fact has `source {register.name}`.",
        "Hapus pilihannya, atau tulis sumbernya di berkas aturan.",
        "Leave it out, or write the source in the rule file.",
    ).at(None)


def _other_key(register: Register, field: Field) -> Diagnostic:
    level = Words("keluarga", "family") if field.level is Level.FAMILY else Words("anggota", "members")
    number = Words("nomor KK", "family card number") if register.key is Identity.KK else Words("NIK", "NIK")
    return remark(
        "register-other-key",
        f"Register {register.name} dicari dengan {number.id}; data {level.id} {field.name} tidak dapat dicari di sana.",
        f"The register {register.name} is looked up by {number.en}; "
        f"the fact {field.name} of the {level.en} can't be found in it.",
        "Pindahkan datanya ke keluarga atau anggota, atau isi di daftar.",
        "Move the fact to the family or the members, or fill it in in the list.",
    ).at(None, _declared(field))


def _no_column(register: Register, field: Field) -> Diagnostic:
    columns = ", ".join(each.name for each in register.columns) or "–"
    found = remark(
        "register-no-column",
        f"Register {register.name} tidak punya jawaban untuk {field.name} ({field.title.id}).",
        f"The register {register.name} has no answer for {field.name} ({field.title.en}).",
        f"Kolomnya yang menjawab: {columns}.",
        f"Its columns that answer: {columns}.",
    )
    return found.at(None, _declared(field))


def _declared(field: Field) -> Why:
    return Why(field.span, Words("Datanya ditetapkan di sini.", "The fact is declared here."))
