"""`ejps audit verify` and `ejps audit show`: is the audit log whole (exit 4: no), and what does it say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import KEYS, STORE, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

TAMPERED = 4
app = typer.Typer(no_args_is_help=True, help="Log audit (the audit log).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Log audit (the audit log)."""


@app.command("verify")
def check(context: typer.Context, store: STORE = None, keys: KEYS = None, lang: LANG = None) -> None:
    """Apakah log audit utuh? (is the log whole?) 0: ya; 4: tidak, dan di mana (no, and where)."""
    from ejps_core.app.audit import checked

    speech = speech_of(context, lang)
    found = checked(options_of(store, keys))
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    verified = found.verified
    speech.findings((*verified.findings, *verified.explained), {})
    whole = not verified.findings
    counted = Words(
        f"{verified.entries} entri dalam {verified.segments} segmen: {'utuh' if whole else 'TIDAK UTUH'}.",
        f"{verified.entries} entries in {verified.segments} segments: {'whole' if whole else 'NOT WHOLE'}.",
    )
    speech.say(counted)
    if found.head is not None:
        head = f"{found.head.segment}:{found.head.length} {found.head.mac}"
        speech.say(Words(f"Kepala: {head}", f"Head: {head}"))
    raise typer.Exit(0 if whole else TAMPERED)


@app.command("show")
def show(
    context: typer.Context,
    person: Annotated[str | None, typer.Option("--person", metavar="PSEUDONYM", help="Tentang siapa (about whom).")] = None,
    version: Annotated[int | None, typer.Option("--version-of-list", metavar="ID", help="Tentang versi daftar.")] = None,
    run: Annotated[int | None, typer.Option("--run", metavar="ID", help="Tentang run (about a run).")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Oleh siapa (by whom).")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Sejak tanggal, UTC (since).")] = None,
    last: Annotated[int, typer.Option("--last", metavar="N", help="Paling banyak N entri terakhir (the last).")] = 50,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Isi log audit, yang terbaru di bawah (what the log says)."""
    from ejps_core.app.audit import shown

    speech = speech_of(context, lang)
    moment = None
    if since is not None:
        day = as_date(since, "--since")
        if isinstance(day, Diagnostic):
            raise refused(speech, day)
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    named = (("person", person), ("version", version), ("run", run))
    about = [(kind, str(each)) for kind, each in named if each is not None]
    found = shown(options_of(store, keys), about=about, who=by, since=moment, last=last)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for each in found:
            speech.say(line(each))


def line(entry: Mapping[str, Any]) -> str:
    """An entry on one line."""
    why = f" – {entry['why']}" if entry["why"] else ""
    change = f"  {_text(entry['before'])} → {_text(entry['after'])}" if entry["before"] or entry["after"] else ""
    head = f"{entry['at']}  {entry['who']} ({entry['role']}, {entry['purpose']}{why})"
    return f"{head}  {entry['action']} {entry['about']} {entry['id']}{change}"


def _text(state: object) -> str:
    return "–" if state is None else json.dumps(state, ensure_ascii=False)
