"""`ejps store init` and `ejps store upgrade`: makes the store and its keys; brings its schema to the newest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ejps_core.cli.options import Shape
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.stores import Actor, StoreOptions
    from ejps_core.cli.speech import Speech

Records = tuple[Mapping[str, Any], ...]
"""What is on record, one a line, as JSON has it."""

WRONG_USE = 2
STORE = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="Basis data: path SQLite atau postgresql://… (EJPS_STORE).",
        show_default=".ejps/store.db",
    ),
]
KEYS = Annotated[Path | None, typer.Option("--keys", metavar="DIR", help="Folder kunci (folder of keys, EJPS_KEYS).")]
FILES = Annotated[Path | None, typer.Option("--files", metavar="DIR", help="Folder berkas tersegel (sealed files).")]
WHO = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Siapa yang bertindak (who acts).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district, verifier, province, head, protection, auditor, system.")]
WHY = Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasan (why), masuk log audit.")]

app = typer.Typer(no_args_is_help=True, help="Penyimpanan (the store).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Penyimpanan: daftar, register, putusan (the store)."""


def options_of(store: str | None, keys: Path | None, files: Path | None = None) -> StoreOptions:
    """What the command line says of the store."""
    from ejps_core.app.stores import StoreOptions

    return StoreOptions(store, keys, files)


def actor_of(
    speech: Speech, who: str | None, role: str, why: str = "", district: str | None = None, account: str | None = None
) -> Actor:
    """Who acts, as the command line says; ends the command if the role is none."""
    from ejps_core.app.stores import Actor, bad_role, role_named

    named = role_named(role)
    if named is None:
        raise refused(speech, bad_role(role))
    return Actor(who, named, why, district, account)


def refused(speech: Speech, finding: Diagnostic) -> typer.Exit:
    """Says what is wrong; the end of the command."""
    speech.findings([finding], {})
    return typer.Exit(WRONG_USE)


def rows_to_tell(speech: Speech, found: Records | Diagnostic, form: Shape) -> Records:
    """The records that are still to be told in words: none where they were said as JSON. A refusal ends the command."""
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.TEXT:
        return found
    speech.say(json.dumps(found, ensure_ascii=False, indent=2))
    return ()


@app.command("init")
def init(
    context: typer.Context,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Buat penyimpanan dan kuncinya (make a store and its keys)."""
    from ejps_core.app import stores

    speech = speech_of(context, lang)
    made = stores.init(options_of(store, keys, files), actor_of(speech, who, "system"))
    if isinstance(made, Diagnostic):
        raise refused(speech, made)
    database, folder = made
    speech.say(Words(f"Penyimpanan: {database}\nKunci: {folder}", f"Store: {database}\nKeys: {folder}"))
    speech.hint(
        Words(
            "Cadangkan kuncinya sekarang, terpisah dari basis data: tanpa kunci, data pribadi tidak dapat dibaca lagi.",
            "Back up the keys now, apart from the database: without them personal data can never be read again.",
        )
    )


@app.command("upgrade")
def upgrade(context: typer.Context, store: STORE = None, keys: KEYS = None, who: WHO = None, lang: LANG = None) -> None:
    """Perbarui skema penyimpanan (bring the schema to the newest)."""
    from ejps_core.app import stores

    speech = speech_of(context, lang)
    changed = stores.upgrade(options_of(store, keys), actor_of(speech, who, "system"))
    if isinstance(changed, Diagnostic):
        raise refused(speech, changed)
    before, after = changed
    speech.say(Words(f"Skema: {before} → {after}", f"Schema: {before} → {after}"))
