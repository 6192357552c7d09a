"""`ejps sample draw|list|form|record|estimate|trace|again`: the ground check on record.

0: done; 2: wrong use, a reading that isn't allowed; 3: rows set apart, or a sample that comes out otherwise.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.report import FORM, LEDGER, OFFICE, OUT, form_of, tell
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.aid.estimates import Estimate
    from ejps_core.app.stores import Actor, StoreOptions

WRONG_USE, PARTLY = 2, 3
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor sampel (number of the sample).")]
RUN = Annotated[int, typer.Option("--run", metavar="ID", help="Run yang diuji (run that is checked).")]
SIZE = Annotated[int, typer.Option("--size", metavar="N", help="Banyaknya keluarga (families).")]
SEED = Annotated[str, typer.Option("--seed", metavar="TEXT", help="Benih pengacakan, diumumkan (seed, made public).")]
LEAST = Annotated[int, typer.Option("--least", metavar="N", help="Paling sedikit per strata (least of a stratum).")]
BY = Annotated[str, typer.Option("--by", help="Strata menurut district, subdistrict atau village (strata by).")]
PAID = Annotated[
    str | None,
    typer.Option(
        "--paid", help="Menerima menurut received (penyaluran) atau decided (putusan); bawaan: penyaluran bila ada (paid)."
    ),
]
PHASE = Annotated[int | None, typer.Option("--phase", metavar="N", help="Tahap (phase).")]
FILE = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="Hasil: no, hasil, tanggal, catatan (results).", readable=False)
]
NO = Annotated[int | None, typer.Option("--no", metavar="N", help="Nomor di formulir (number on the form).")]
RESULT = Annotated[str | None, typer.Option("--result", help="ya, tidak atau belum (yes, no, unjudged).")]
ON = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Hari kunjungan; bawaan: hari ini (day).")]
NOTE = Annotated[str, typer.Option("--note", metavar="TEXT", help="Catatan (note).")]
app = typer.Typer(no_args_is_help=True, help="Uji petik (ground check).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Uji petik: sampel acak berstrata, hasil, dan perkiraan kesalahan (ground check)."""


@app.command("draw")
def draw(
    context: typer.Context,
    run: RUN,
    size: SIZE,
    seed: SEED,
    least: LEAST = 5,
    by: BY = "district",
    paid: PAID = None,
    phase: PHASE = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "province",
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Tarik sampel acak berstrata dari sebuah run (draw a stratified random sample)."""
    from ejps_core.app.library import installed
    from ejps_core.app.sampling import Drawn, draw_sample

    speech = speech_of(context, lang)
    wanted = Drawn(run, size, seed, least, by, phase, paid)
    done = draw_sample(options_of(store, keys, files), actor_of(speech, who, role), wanted, installed())
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    if form is Shape.JSON:
        told = {"sample": done.number, "paid_by": done.paid_by, "frame_hash": done.frame_hash, "strata": list(done.strata)}
        speech.say(json.dumps(told, ensure_ascii=False, indent=2))
        return
    basis = Words("menurut penyaluran", "by deliveries") if done.paid_by == "received" else _DECIDED
    speech.say(
        Words(
            f"Sampel {done.number}: {done.size} keluarga, {len(done.strata)} strata; menerima {basis.id}.",
            f"Sample {done.number}: {done.size} families, {len(done.strata)} strata; paid {basis.en}.",
        )
    )
    for each in done.strata:
        group = Words("menerima", "paid") if each["paid"] else Words("tidak menerima", "not paid")
        speech.say(f"  {each['stratum']:<13} {group.say(speech.language):<15} {each['drawn']:>5} / {each['size']}")
    speech.hint(f"SHA-256 {done.frame_hash}")


_DECIDED = Words("menurut putusan (belum ada penyaluran tercatat, atau diminta begitu)", "by the decisions")


@app.command("list")
def listed(
    context: typer.Context, store: STORE = None, keys: KEYS = None, form: FORMAT = Shape.TEXT, lang: LANG = None
) -> None:
    """Sampel yang tercatat (samples on record)."""
    from ejps_core.app.sampling import listed as found

    speech = speech_of(context, lang)
    for each in rows_to_tell(speech, found(options_of(store, keys)), form):
        speech.say(
            f"{each['sample']:>5}  run {each['run']}  {each['checked']}/{each['families']}  “{each['seed']}”  "
            f"{each['drawn_at']}  {each['drawn_by']}"
        )


@app.command("form")
def form_command(
    context: typer.Context,
    number: NUMBER,
    form: FORM = None,
    out: OUT = None,
    office: OFFICE = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Formulir verifikasi sampel, PDF atau XLSX (verification form)."""
    speech = speech_of(context, lang, quiet=quiet)
    by = options_of(store, keys, files), actor_of(speech, who, role, why)
    _report(speech, "uji-petik", Wanted(number, form, out, office), by)


@app.command("trace")
def trace(
    context: typer.Context,
    number: NUMBER,
    ledger: LEDGER = None,
    form: FORM = None,
    out: OUT = None,
    office: OFFICE = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Telusuri tiap orang: daftar, putusan, keputusan, SP2D, tanda terima (trace each person)."""
    speech = speech_of(context, lang, quiet=quiet)
    by = options_of(store, keys, files), actor_of(speech, who, role, why)
    _report(speech, "jejak-uji-petik", Wanted(number, form, out, office, ledger), by)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of a sample as the command line says."""

    number: int
    form: str | None
    out: Path | None
    office: Path | None
    ledger: Path | None = None


def _report(speech: Speech, name: str, wanted: Wanted, by: tuple[StoreOptions, Actor]) -> NoReturn:
    """Writes a report of a sample and ends the command."""
    from ejps_core.app.library import installed
    from ejps_core.app.papers.asked import Source
    from ejps_core.app.papers.stored_report import report_stored
    from ejps_core.app.report import Asked

    plugins = installed()
    form, path = form_of(speech, name, wanted.form, wanted.out)
    asked = Asked(name, None, form, path, wanted.office, speech.language)
    done = report_stored(*by, Source(sample=wanted.number, ledger=wanted.ledger), asked, plugins)
    tell(speech, done, bool(plugins.broken))


@app.command("record")
def record(
    context: typer.Context,
    number: NUMBER,
    file: FILE = None,
    no: NO = None,
    result: RESULT = None,
    on: ON = None,
    note: NOTE = "",
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    lang: LANG = None,
) -> None:
    """Catat hasil kunjungan, dari berkas atau satu per satu (record what was found)."""
    from ejps_core.app.library import installed
    from ejps_core.app.sampling import record_file, record_one
    from ejps_core.model.calendar import WITA

    speech = speech_of(context, lang)
    day = datetime.now(WITA).date() if on is None else as_date(on, "--on")
    if isinstance(day, Diagnostic):
        raise refused(speech, day)
    options, actor = options_of(store, keys), actor_of(speech, who, role)
    if file is not None and no is None and result is None:
        done = record_file(options, actor, number, file, day, installed())
    elif file is None and no is not None and result is not None:
        done = record_one(options, actor, number, no, result, day, note)
    else:
        speech.error(Words("Sebut --file, atau --no dengan --result.", "Give --file, or --no with --result."))
        raise typer.Exit(WRONG_USE)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    speech.findings(done.findings, {})
    speech.say(
        Words(
            f"Sampel {number}: {done.recorded} hasil tercatat, {done.unchanged} sudah tercatat.",
            f"Sample {number}: {done.recorded} results on record, {done.unchanged} were on record.",
        )
    )
    raise typer.Exit(PARTLY if done.findings else 0)


@app.command("estimate")
def estimate(
    context: typer.Context,
    number: NUMBER,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Perkiraan kesalahan inklusi dan eksklusi, selang 95 % (both errors with intervals)."""
    from ejps_core.app.sampling import estimated
    from ejps_core.reports.ground_check import percent

    speech = speech_of(context, lang)
    found = estimated(options_of(store, keys), number)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps([_record(each) for each in found[0]], ensure_ascii=False, indent=2))
        return
    for each in found[0]:
        words = Words("belum dapat dihitung", "can't be reckoned yet").say(speech.language)
        if each.interval is not None:
            words = f"{percent(each.interval.share)} ({percent(each.interval.low)} – {percent(each.interval.high)})"
        counted = Words(f"{each.judged} dinilai, {each.unjudged} belum", f"judged {each.judged}, not {each.unjudged}")
        speech.say(f"{each.name.say(speech.language)}: {words}; {counted.say(speech.language)}")


def _record(each: Estimate) -> dict[str, object]:
    """An estimate for machines: shares as decimal texts, for no number of ours is a float."""
    limits = None
    if each.interval is not None:
        limits = {name: f"{getattr(each.interval, name):.6f}" for name in ("share", "low", "high")}
    return {"name": each.name.id, "of": each.of.id, "interval": limits, "judged": each.judged, "unjudged": each.unjudged}


@app.command("again")
def again(
    context: typer.Context,
    number: NUMBER,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "auditor",
    lang: LANG = None,
) -> None:
    """Tarik lagi sampel dari benihnya dan bandingkan (draw again from the seed and compare)."""
    from ejps_core.app.library import installed
    from ejps_core.app.sampling import drawn_again

    speech = speech_of(context, lang)
    same = drawn_again(options_of(store, keys, files), actor_of(speech, who, role), number, installed())
    if isinstance(same, Diagnostic):
        raise refused(speech, same)
    if same:
        speech.say(Words("Keluarga yang sama keluar lagi.", "The same families come out again."))
        return
    speech.say(
        Words(
            "Kerangkanya sudah berubah, atau sampelnya bukan hasil pengacakan ini.",
            "The frame has changed, or the sample is not what this seed gives.",
        )
    )
    raise typer.Exit(PARTLY)
