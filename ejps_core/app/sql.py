"""Writes the rules of one or more programs as SQL, for an auditor to read and to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ejps_core.app.applying import Where
from ejps_core.app.exits import Exit
from ejps_core.app.fields import merged
from ejps_core.app.force import out_of_force
from ejps_core.app.programs import choose
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_of
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Language, Words


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rules: programs by id or file, at a date; as the district's rule set has them, unless `base`.

    folders: of rule sets, None: the usual one.
    """

    programs: str
    as_of: AsOf
    district: str | None = None
    folders: tuple[Path, ...] | None = None
    base: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The statements as one text; None: `exit` and `findings` say why not."""

    text: str | None
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]
    exit: Exit


def sql(asked: Asked, plugins: Plugins, language: Language) -> Written:
    """The statements, with a head that says what they are."""
    as_of = asked.as_of
    chosen = choose(asked.programs, plugins, Where(asked.district, as_of.on, asked.base), asked.folders)
    errors = [finding for finding in chosen.findings if finding.severity is Severity.ERROR]
    if chosen.exit:
        return Written(None, tuple(errors), chosen.texts, chosen.broken, chosen.exit)
    wrong = [*merged(chosen.rulesets).findings, *(f for each in chosen.rulesets for f in out_of_force(each, as_of))]
    if wrong:
        return Written(None, tuple(wrong), chosen.texts, chosen.broken, Exit.WRONG_USE)
    from ejps_core.engine.sql import script, statements

    head = "\n".join(f"-- {line.say(language)}" for line in _head(chosen.rulesets, as_of))
    text = f"{head}\n\n{script(statements(chosen.rulesets, as_of, language=language))}"
    return Written(text, chosen.notices, chosen.texts, chosen.broken, Exit.PARTLY if chosen.broken else Exit.CLEAN)


def _head(rulesets: tuple[Ruleset, ...], as_of: AsOf) -> list[Words]:
    """What the text is, of which rules and dates, and which tables it reads."""
    on, known = day_of(as_of.on).isoformat(), day_of(as_of.known).isoformat()
    rules = (Words(f"{r.full_id}: aturan SHA-256 {r.digest}", f"{r.full_id}: rules, SHA-256 {r.digest}") for r in rulesets)
    return [
        Words("Aturan program sebagai SQL (DuckDB).", "The rules of programs as SQL (DuckDB)."),
        *rules,
        Words(
            f"Tanggal penetapan {on}; nilai yang diumumkan sampai {known}.",
            f"Decision date {on}; values published by {known}.",
        ),
        Words(
            "Tabel: families, satu baris tiap keluarga, dan members, satu baris tiap anggota; kolomnya fakta aturan ini,",
            "Tables: families, a row a family, and members, a row a member; their columns are the facts of these rules,",
        ),
        Words(
            "dan family row (nomor keluarga, di kedua tabel) dan member row (urutan anggota). Kosong: belum diketahui.",
            "and family row (the number of the family, in both) and member row (a member's place). Null: unknown.",
        ),
        Words(
            "Bilangan dalam satuan digit terakhirnya (7,2 dengan satu desimal: 72), uang dalam rupiah penuh.",
            "Numbers are in units of their last digit (7.2 with one decimal: 72), money in whole minor units.",
        ),
    ]
