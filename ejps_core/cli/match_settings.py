"""`ejps match settings show`, `match settings set --set NAME=VALUE`: the thresholds of matching. 0: done; 2: refused."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, Speech, speech_of
from ejps_core.cli.store import KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.calendar import WITA
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.match_settings import InForce

SET = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Yang diubah, boleh beberapa kali, mis. accept=90 (what is changed)."),
]
ON = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="Tanggal ketetapannya; bawaan: hari ini (day of the decision).")
]
DOCUMENT = Annotated[str | None, typer.Option("--document", metavar="TEXT", help="Dokumennya (document).")]
app = typer.Typer(no_args_is_help=True, help="Ambang pemadanan (thresholds of matching).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Ambang pemadanan yang ditetapkan provinsi (thresholds that the province sets)."""


@app.command("show")
def show(
    context: typer.Context, store: STORE = None, keys: KEYS = None, form: FORMAT = Shape.TEXT, lang: LANG = None
) -> None:
    """Pengaturan yang berlaku sekarang (the settings that hold now)."""
    from ejps_core.app.match_settings import shown

    speech = speech_of(context, lang)
    _tell(shown(options_of(store, keys)), form, speech)


@app.command("set")
def change(
    context: typer.Context,
    given: SET = None,
    on: ON = None,
    document: DOCUMENT = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Ubah pengaturan, tercatat (change settings, on record)."""
    from ejps_core.app.match_settings import NO_SETTING, Changes, changed

    speech = speech_of(context, lang)
    day = as_date(on, "--on") if on else datetime.now(WITA).date()
    if isinstance(day, Diagnostic):
        raise refused(speech, day)
    if not given or not who or not why:
        raise refused(speech, NO_SETTING)
    actor = actor_of(speech, who, role, why)
    _tell(changed(options_of(store, keys), actor, Changes(tuple(given), day, document)), form, speech)


def _tell(found: InForce | Diagnostic, form: Shape, speech: Speech) -> None:
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
        return
    by = Words("Pengaturan bawaan: provinsi belum menetapkan.", "The default settings: the province has set none.")
    if found.number is not None:
        paper = f", {found.document}" if found.document else ""
        by = Words(
            f"Pengaturan {found.number}, {found.on}{paper}, oleh {found.by}: {found.why}",
            f"Settings {found.number}, {found.on}{paper}, by {found.by}: {found.why}",
        )
    speech.say(by)
    for name, value in found.values.items():
        speech.say(f"  {name} = {_text(value)}" if not isinstance(value, dict) else _points(name, value))


def _points(name: str, values: dict[str, Any]) -> str:
    return "\n".join(f"  {name}.{own} = {_text(value)}" for own, value in values.items())


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
