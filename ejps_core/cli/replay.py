"""`ejps replay RUN` decides a run again and compares row by row; `ejps runs` lists them. 0: equal; 1: different."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.stored_runs import Replayed
    from ejps_core.app.stores import Actor, StoreOptions

DIFFERENT = 1
MOST_SHOWN = 20
RUN = Annotated[int, typer.Argument(metavar="RUN", help="Nomor run, dari ejps runs (number of the run).")]
EXPLAIN = Annotated[
    str | None,
    typer.Option("--explain", metavar="PSEUDONYM", help="Jelaskan putusan keluarga ini di run itu (explain this family)."),
]
LISTED = Annotated[int | None, typer.Option("--list", metavar="ID", help="Hanya run daftar ini (of this list only).")]


def command(
    context: typer.Context,
    run: RUN,
    explain: EXPLAIN = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "auditor",
    why: WHY = "",
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Putuskan lagi sebuah run dan bandingkan baris demi baris (decide a run again and compare)."""
    from ejps_core.app.library import installed
    from ejps_core.app.stored_runs import replay

    speech = speech_of(context, lang, quiet=quiet)
    if explain is not None:
        _explain(speech, options_of(store, keys, files), actor_of(speech, who, role, why), run, explain, form)
    found = replay(options_of(store, keys, files), actor_of(speech, who, role, why), run, installed())
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(asdict(found) | {"equal": found.equal}, ensure_ascii=False, indent=2, default=str))
    else:
        speech.say(_words(found))
        for each in found.differing[:MOST_SHOWN]:
            what = "; ".join(f"{name}: {then} → {now}" for name, then, now in each.what)
            speech.say(f"  {each.position:>7}  {each.pid}  {what}")
        if len(found.differing) > MOST_SHOWN:
            speech.say(Words("  … semuanya dengan --format json", "  … all of them with --format json"))
    raise typer.Exit(0 if found.equal else DIFFERENT)


def _explain(speech: Speech, options: StoreOptions, actor: Actor, run: int, pid: str, form: Shape) -> NoReturn:
    """Says why somebody came out so in a run, as `ejps explain` does; ends the command."""
    from ejps_core.app.library import installed
    from ejps_core.app.stored_runs import explained
    from ejps_core.reports.explanation import as_text
    from ejps_core.reports.explanation_data import as_record

    found = explained(options, actor, run, pid, installed())
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(as_record(*found, speech.language), ensure_ascii=False, indent=2))
    else:
        speech.say(as_text(*found, speech.language))
    raise typer.Exit(0)


def _words(found: Replayed) -> Words:
    known = Words("data terbaru", "the latest data") if found.basis == "latest" else None
    until = known or Words(f"data yang diketahui per {found.known}", f"data known on {found.known}")
    ended = Words("sama", "equal") if found.equal else Words("BERBEDA", "DIFFERENT")
    rows = Words(
        f"{found.rows} baris dibandingkan, {len(found.differing)} berbeda: {ended.id}",
        f"{found.rows} rows compared, {len(found.differing)} different: {ended.en}",
    )
    more_id = "" if found.same_input else "\n  masukan bukan yang tercatat"
    more_en = "" if found.same_input else "\n  the input is not what was recorded"
    if not found.same_matchings:
        more_id += "\n  pemadanan atau jawabannya bukan yang tercatat"
        more_en += "\n  matchings or their answers are not what was recorded"
    if not found.same_plan:
        more_id += "\n  rencana hitung lain dari waktu itu (versi e-JPS lain)"
        more_en += "\n  the plan is another than then (another version of e-JPS)"
    head = f"Run {found.run}, {found.rule_set}, {found.as_of}"
    return Words(f"{head}, {until.id}\n{rows.id}{more_id}", f"{head}, {until.en}\n{rows.en}{more_en}")


def runs(
    context: typer.Context,
    listed: LISTED = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Run yang tercatat (runs on record)."""
    from ejps_core.app import stored_runs

    speech = speech_of(context, lang)
    for each in rows_to_tell(speech, stored_runs.runs(options_of(store, keys), listed), form):
        counted = f"{each['eligible']}/{each['ineligible']}/{each['undetermined']}"
        speech.say(
            f"{each['run']:>5}  {each['rule_set']}  {each['list']}.{each['version']}  {each['as_of']}  "
            f"{each['basis']}  {counted}  {each['amount']}  {each['decided_by']}"
        )
