"""`ejps match ID --register NAME`, `match duplicates ID`, `match queue`, `match answer`, `match settings`: on record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ejps_core.cli import match_settings
from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from typer._click.core import Command, Context

    from ejps_core.app.matching_stored import Matched


class _ByNumber(TyperGroup):
    """`ejps match 3 …` is `ejps match list 3 …`."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command that the first argument names."""
        return super().resolve_command(ctx, ["list", *args] if args and args[0].isdigit() else args)


NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor daftar (number of the list).")]
REGISTER = Annotated[str, typer.Option("--register", metavar="NAME", help="Register yang dipadankan (register).")]
MATCH = Annotated[int | None, typer.Option("--match", metavar="ID", help="Hasil yang dijawab (result that is answered).")]
DUPLICATE = Annotated[int | None, typer.Option("--duplicate", metavar="ID", help="Dugaan ganda yang dijawab (duplicate).")]
WHICH = Annotated[
    str | None, typer.Option("--which", metavar="ROW|none", help="Baris register orang ini, atau none (row, or none).")
]
SAME = Annotated[bool | None, typer.Option("--same/--other", help="Orang yang sama, atau lain (the same person).")]
LISTED = Annotated[int | None, typer.Option("--list", metavar="ID", help="Hanya daftar ini (of this list only).")]
DISTRICT = Annotated[str | None, typer.Option("--district", metavar="CODE", help="Hanya dari sini (from here only).")]
OPEN = Annotated[
    bool, typer.Option("--open", help="Dengan nama, tanggal lahir, alamat; sebut --who dan --why (with names; audited).")
]
DOCUMENT = Annotated[str | None, typer.Option("--document", metavar="TEXT", help="Dokumennya (document).")]
app = typer.Typer(no_args_is_help=True, cls=_ByNumber, help="Pemadanan (matching).", rich_markup_mode=None)
app.add_typer(match_settings.app, name="settings")
_WHAT = Diagnostic(
    "answer-incomplete",
    Severity.ERROR,
    None,
    Words("Apa yang dijawab, oleh siapa, dan mengapa?", "What is answered, by whom, and why?"),
    Words(
        "Sebut --match dengan --which, atau --duplicate dengan --same atau --other; --who dan --why.",
        "Give --match with --which, or --duplicate with --same or --other; --who and --why.",
    ),
)


@app.callback()
def start() -> None:
    """Pemadanan: daftar tercatat dengan register tercatat (a list on record with a register on record)."""


@app.command("list")
def listed(
    context: typer.Context,
    number: NUMBER,
    register: REGISTER,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Padankan daftar dengan register (match a list with a register)."""
    from ejps_core.app.matching_stored import match_stored

    speech = speech_of(context, lang)
    actor = actor_of(speech, who, role, why or f"pemadanan daftar {number} dengan {register}")
    _tell(match_stored(options_of(store, keys, files), actor, number, register), form, speech)


@app.command("duplicates")
def duplicates(
    context: typer.Context,
    number: NUMBER,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Siapa yang ganda di daftar ini atau daftar lain (who stands twice, in this list or others)."""
    from ejps_core.app.matching_stored import duplicates_stored

    speech = speech_of(context, lang)
    actor = actor_of(speech, who, role, why or f"mencari ganda daftar {number}")
    _tell(duplicates_stored(options_of(store, keys), actor, number), form, speech)


@app.command("queue")
def queue(
    context: typer.Context,
    listed: LISTED = None,
    district: DISTRICT = None,
    opened: OPEN = False,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "verifier",
    why: WHY = "",
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Yang meragukan dan menunggu petugas (the doubtful that wait for an official)."""
    from ejps_core.app.match_queue import Shown, queue_stored

    speech = speech_of(context, lang)
    own = district if role == "district" else None
    found = queue_stored(
        options_of(store, keys, files), Shown(listed, district, opened), actor_of(speech, who, role, why, own)
    )
    for each in rows_to_tell(speech, found, form):
        if "match" not in each:
            speech.say(f"--duplicate {each['duplicate']:<6} {each['pid']}  {each['kind']}  {each['other']}")
            _say_who(speech, each, "who", "other_who")
            continue
        speech.say(f"--match {each['match']:<10} {each['pid']}  {each['outcome']}  {each['code'] or ''}")
        _say_who(speech, each, "who")
        for one in each["candidates"]:
            parts = ", ".join(f"{fact} {points}" for fact, points in one["parts"])
            speech.say(f"    --which {one['row']:<8} {one['score']:>3}  {one['status']}  {parts}")
            _say_who(speech, one, "who")


def _say_who(speech: Speech, record: Mapping[str, Any], *names: str) -> None:
    """Who is meant, a line each, where it was asked for."""
    for name in names:
        if record.get(name):
            speech.say("        " + "  ".join(record[name].values()))


@app.command("answer")
def answer(
    context: typer.Context,
    match: MATCH = None,
    duplicate: DUPLICATE = None,
    which: WHICH = None,
    same: SAME = None,
    document: DOCUMENT = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "verifier",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Jawab yang meragukan, tercatat (answer a doubtful one, on record)."""
    from ejps_core.app.match_queue import Reply, answer_stored

    speech = speech_of(context, lang)
    about_match = match is not None and which is not None and duplicate is None
    about_pair = duplicate is not None and same is not None and match is None
    if not (about_match or about_pair) or not who or not why:
        raise refused(speech, _WHAT)
    chosen = None if which is None or which.casefold() == "none" else which
    reply = Reply(why, match, duplicate, chosen, bool(same), document)
    done = answer_stored(options_of(store, keys), actor_of(speech, who, role, why), reply)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    speech.say(done)


def _tell(done: Matched | Diagnostic, form: Shape, speech: Speech) -> None:
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    if form is Shape.JSON:
        speech.say(json.dumps(asdict(done), ensure_ascii=False, indent=2))
        return
    counted = "".join(f"\n  {count:>7}  {name}" for name, count in done.counts.items() if count)
    by = Words("pengaturan bawaan", "the default settings")
    if done.setting is not None:
        by = Words(f"pengaturan {done.setting}", f"settings {done.setting}")
    speech.say(
        Words(
            f"Pemadanan {done.number}: {done.people} orang, {done.doubtful} menunggu petugas; menurut {by.id}{counted}",
            f"Matching {done.number}: {done.people} people, {done.doubtful} wait for an official; by {by.en}{counted}",
        )
    )
