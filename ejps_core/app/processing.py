"""The record of processing at the desk: the activities as declared, and what each installed program asks for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ejps_core.app.reading import read_rules
from ejps_core.hooks.manager import Plugins
from ejps_core.model.kinds import Level
from ejps_core.model.processing import CONTROLLER, GROUND, PROCESSING, FieldUse, Processing, ProgramUse
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.words import Language, Words

PRIVACY = {
    "general": Words("umum", "general"),
    "personal": Words("pribadi", "personal"),
    "specific": Words("spesifik", "specific"),
}
"""The classes of Art. 4."""


def programs_in_use(plugins: Plugins) -> tuple[ProgramUse, ...]:
    """What each installed program asks for, as its own rule file declares it."""
    read = (read_rules(loaded.what.rules).ruleset for loaded in plugins.programs)
    return tuple(_use(ruleset) for ruleset in read if ruleset is not None)


def as_markdown(plugins: Plugins, language: Language) -> str:
    """The whole record as a page."""
    lines = [f"{GROUND.say(language)}.", "", f"{CONTROLLER.say(language)}.", ""]
    for each in PROCESSING:
        lines += _activity(each, language)
    title = Words("Data yang diminta tiap program", "What each program asks for").say(language)
    lines += [f"## {title}", ""]
    for use in programs_in_use(plugins):
        lines += _program(use, language)
    return "\n".join(lines).rstrip("\n") + "\n"


def as_records(plugins: Plugins, language: Language) -> dict[str, Any]:
    """The whole record for JSON."""
    return {
        "ground": GROUND.say(language),
        "controller": CONTROLLER.say(language),
        "processing": [_said(asdict(each), language) for each in PROCESSING],
        "programs": [_said(asdict(each), language) for each in programs_in_use(plugins)],
    }


def _use(ruleset: Ruleset) -> ProgramUse:
    fields = (*ruleset.listed_fields, *ruleset.member_fields)
    return ProgramUse(ruleset.program, ruleset.title, ruleset.legal, tuple(map(_field, fields)))


def _field(field: Field) -> FieldUse:
    member = field.level is Level.MEMBER
    return FieldUse(field.name, field.title, member, field.privacy.value, field.purpose or "", field.source or "")


def _activity(each: Processing, language: Language) -> list[str]:
    tables = ", ".join(f"`{table}`" for table in each.tables) or "–"
    rows = (
        (Words("tujuan", "purpose"), each.purpose),
        (Words("data siapa", "whose data"), each.subjects),
        (Words("data apa", "which data"), each.data),
        (Words("dilihat oleh", "seen by"), each.seen_by),
        (Words("disimpan", "kept"), each.kept),
    )
    return [
        f"## {each.title.say(language)}",
        "",
        "| | |",
        "|---|---|",
        *(f"| {title.say(language)} | {words.say(language)} |" for title, words in rows),
        f"| {Words('tabel', 'tables').say(language)} | {tables} |",
        "",
    ]


def _program(use: ProgramUse, language: Language) -> list[str]:
    whose = {True: Words("anggota", "member"), False: Words("keluarga", "family")}
    heads = Words(
        "| data | siapa | kelas | untuk | sumber |\n|---|---|---|---|---|",
        "| data | whose | class | why | source |\n|---|---|---|---|---|",
    )
    return [
        f"### {use.program}: {use.title.say(language)}",
        "",
        *(f"- {ground}" for ground in use.grounds),
        "",
        *heads.say(language).splitlines(),
        *(
            f"| {each.title.say(language)} (`{each.name}`) | {whose[each.member].say(language)} "
            f"| {PRIVACY[each.privacy].say(language)} | {each.purpose or '–'} | {each.source or '–'} |"
            for each in use.fields
        ),
        "",
    ]


def _said(value: object, language: Language) -> object:
    """The same data with words said in the language."""
    if isinstance(value, dict) and set(value) == {"id", "en"}:
        return Words(value["id"], value["en"]).say(language)
    if isinstance(value, dict):
        return {name: _said(each, language) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_said(each, language) for each in value]
    return value
