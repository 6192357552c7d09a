"""`ejps keys`: which keys there are, until when they are kept, rotation, destruction."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import KEYS, STORE, WHO, WHY, actor_of, init, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

KEY = Annotated[str, typer.Argument(metavar="KEY", help="Id kunci, dari ejps keys list (id of the key).")]
app = typer.Typer(no_args_is_help=True, help="Kunci data pribadi (keys).", rich_markup_mode=None)
app.command("init")(init)


@app.callback()
def start() -> None:
    """Kunci data pribadi (keys of personal data)."""


@app.command("list")
def show(
    context: typer.Context, store: STORE = None, keys: KEYS = None, form: FORMAT = Shape.TEXT, lang: LANG = None
) -> None:
    """Kunci yang ada dan yang dimusnahkan (keys there are, and those destroyed)."""
    from ejps_core.app.keys import listed

    speech = speech_of(context, lang)
    found = listed(options_of(store, keys))
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2, default=str))
        return
    for each in found:
        until = f" s.d. {each.until}" if each.until else ""
        speech.say(f"{each.id}  {each.kind}  {each.made}{until}  {each.about}")
        if each.destroyed is not None:
            speech.say(
                Words(
                    f"    dimusnahkan {each.destroyed} oleh {each.destroyed_by}: {each.why}",
                    f"    destroyed {each.destroyed} by {each.destroyed_by}: {each.why}",
                )
            )
        elif not each.present:
            speech.say(Words("    BERKAS KUNCI TIDAK ADA", "    THE FILE OF THE KEY IS MISSING"))


@app.command("retain")
def retain(
    context: typer.Context,
    key: KEY,
    until: Annotated[str, typer.Argument(metavar="DATE", help="Disimpan s.d. tanggal ini (kept until).")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Dasarnya, mis. JRA (on what ground).")],
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Tetapkan masa simpan suatu kunci (set until when a key is kept)."""
    from ejps_core.app.keys import retain as keep

    speech = speech_of(context, lang)
    day = as_date(until, "DATE")
    if isinstance(day, Diagnostic):
        raise refused(speech, day)
    problem = keep(options_of(store, keys), actor_of(speech, who, "system", why), key, day)
    if problem is not None:
        raise refused(speech, problem)


@app.command("due")
def due(
    context: typer.Context,
    by: Annotated[str, typer.Option("--by", metavar="DATE", help="Per tanggal ini (as of).")],
    store: STORE = None,
    keys: KEYS = None,
    lang: LANG = None,
) -> None:
    """Kunci yang masa simpannya sudah habis (keys whose term is over)."""
    from ejps_core.app.keys import over

    speech = speech_of(context, lang)
    day = as_date(by, "--by")
    found = day if isinstance(day, Diagnostic) else over(options_of(store, keys), day)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    for each in found:
        speech.say(each)


@app.command("rotate")
def rotate(
    context: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="Kunci daftar; tanpa itu kunci induk.")] = None,
    index: Annotated[bool, typer.Option("--index", help="Kunci indeks yang baru (a new index key).")] = False,
    why: WHY = "",
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Ganti kunci induk, kunci suatu daftar, atau kunci indeks (rotate)."""
    from ejps_core.app.keys import rotate as turn

    speech = speech_of(context, lang)
    made = turn(options_of(store, keys), actor_of(speech, who, "system", why), key, index=index)
    if isinstance(made, Diagnostic):
        raise refused(speech, made)
    speech.say(made)


@app.command("destroy")
def destroy(
    context: typer.Context,
    key: KEY,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasan pemusnahan (why).")],
    yes: Annotated[bool, typer.Option("--yes", help="Tanpa bertanya (don't ask).")] = False,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Musnahkan suatu kunci: datanya tidak akan terbaca lagi (destroy a key for ever)."""
    from ejps_core.app.keys import end

    speech = speech_of(context, lang)
    question = Words(
        f"Data di bawah kunci {key} tidak akan pernah terbaca lagi. Lanjutkan?",
        f"Data under the key {key} can never be read again. Go on?",
    )
    if not yes and not typer.confirm(question.say(speech.language)):
        raise typer.Abort
    problem = end(options_of(store, keys), actor_of(speech, who, "system", why), key)
    if problem is not None:
        raise refused(speech, problem)


@app.command("finish")
def finish(context: typer.Context, store: STORE = None, keys: KEYS = None, who: WHO = None, lang: LANG = None) -> None:
    """Selesaikan pemusnahan yang terputus (carry out destructions that were interrupted)."""
    from ejps_core.app.keys import finish as carry_out

    speech = speech_of(context, lang)
    done = carry_out(options_of(store, keys), actor_of(speech, who, "system"))
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    for each in done:
        speech.say(each)
