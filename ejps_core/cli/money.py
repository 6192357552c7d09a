"""`ejps money`: the money of a program by phase and district, on record. 0: done; 3: something still needs a reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.aid.entries import Entry
    from ejps_core.app.money.showing import Shown
    from ejps_core.app.stores import Actor, StoreOptions

PROGRAM = Annotated[str, typer.Argument(metavar="PROGRAM", help="Program, mis. jps_food_aid (the program).")]
STEP = Annotated[
    str,
    typer.Argument(metavar="STEP", help="pagu, permintaan, talangan, salur, paket, pajak, distribusi, diterima, …"),
]
YEAR = Annotated[int | None, typer.Option("--year", help="Tahun anggaran; bawaan: satu-satunya (budget year).")]
NEW_YEAR = Annotated[int, typer.Option("--year", help="Tahun anggaran (budget year).")]
PHASES = Annotated[str, typer.Option("--phases", metavar="1,2,3", help="Tahapnya (its phases).")]
TITLE = Annotated[str | None, typer.Option("--title", help="Judul laporan; bawaan: judul program (title of reports).")]
TITLE_EN = Annotated[str | None, typer.Option("--title-en", help="Judul dalam bahasa Inggris (title in English).")]
NOTE = Annotated[list[str] | None, typer.Option("--note", help="Catatan di setiap laporan (note of each report).")]
DISTRICTS = Annotated[
    str | None, typer.Option("--districts", metavar="CODES", help="Kabupaten/kota yang ikut; bawaan: semua (which).")
]
PHASE = Annotated[str | None, typer.Option("--phase", help="Tahap: 3 atau III (phase).")]
DISTRICT = Annotated[str | None, typer.Option("--district", metavar="CODE", help="Kabupaten/kota (district).")]
ON = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Tanggal kejadian atau surat (day).")]
PROVINCE = Annotated[str | None, typer.Option("--province", metavar="RUPIAH", help="Porsi provinsi (province's share).")]
SHARE = Annotated[
    str | None, typer.Option("--district-share", metavar="RUPIAH", help="Porsi kabupaten/kota (district's share).")
]
FAMILIES = Annotated[str | None, typer.Option("--families", metavar="N", help="Jumlah KPM (families).")]
DOCUMENT = Annotated[str, typer.Option("--document", metavar="TEXT", help="Nomor SP2D, SK, kontrak, bukti (document).")]
NUMBER = Annotated[str, typer.Option("--number", metavar="TEXT", help="Nomor catatan; bawaan: nomor urut (its number).")]
ASSUMED = Annotated[bool, typer.Option("--assumed", help="Asumsi, ditandai di setiap laporan (an assumption).")]
OBSTACLE = Annotated[str, typer.Option("--obstacle", metavar="TEXT", help="Kendala (obstacle).")]
FOLLOW_UP = Annotated[str, typer.Option("--follow-up", metavar="TEXT", help="Tindak lanjut (follow-up).")]
ANSWERABLE = Annotated[str, typer.Option("--answerable", metavar="TEXT", help="Penanggung jawab (who answers).")]
DEADLINE = Annotated[str | None, typer.Option("--deadline", metavar="DATE", help="Tenggat (deadline).")]
ENTERED = Annotated[
    str | None,
    typer.Option("--entered", metavar="MOMENT", help="Sudah dicatat sejak, bila catatannya dipindahkan (kept since)."),
]
BY = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Oleh siapa dicatat waktu itu (by whom then).")]
AMOUNT = Annotated[str, typer.Option("--amount", metavar="RUPIAH", help="Jumlah menurut dokumen (total as stated).")]
UNIT = Annotated[str | None, typer.Option("--rounded-to", metavar="RUPIAH", help="Dibulatkan ke satuan ini (unit).")]
CODE = Annotated[str, typer.Argument(metavar="CODE", help="Kode peringatan, dari ejps money check (code of a caution).")]
ENTRY = Annotated[str, typer.Argument(metavar="NUMBER", help="Nomor catatan, dari ejps money show (its number).")]
AT = Annotated[
    str | None, typer.Option("--at", metavar="MOMENT", help="Keadaan pada waktu ini, WITA; bawaan: sekarang (as of).")
]
BECAUSE = Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasannya (why).")]

app = typer.Typer(no_args_is_help=True, help="Uang per tahap dan daerah (money).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Uang per tahap dan kabupaten/kota (money by phase and district)."""


@app.command("open")
def opened(
    context: typer.Context,
    program: PROGRAM,
    year: NEW_YEAR,
    phases: PHASES,
    title: TITLE = None,
    title_en: TITLE_EN = None,
    note: NOTE = None,
    districts: DISTRICTS = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Buka tahun anggaran program, atau ubah tahap dan daerahnya (open a budget year)."""
    from ejps_core.app.library import installed
    from ejps_core.app.money.books import Opening, open_book
    from ejps_core.app.money.desk import phases_of
    from ejps_core.model.words import same

    speech = speech_of(context, lang)
    named = None if title is None else Words(title, title_en or title)
    codes = tuple(code.strip() for code in (districts or "").split(",") if code.strip())
    opening = Opening(program, year, phases_of(phases), named, codes, tuple(map(same, note or ())))
    plugins = installed()
    done = open_book(options_of(store, keys), actor_of(speech, who, role, why), opening, plugins)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    if program not in {loaded.what.id for loaded in plugins.programs}:
        speech.hint(
            Words(
                f"Program {program} tidak terpasang; periksa namanya.", f"No program {program} is installed; check its name."
            )
        )
    speech.say(Words(f"Tahun anggaran {year} {program} tercatat.", f"Budget year {year} of {program} on record."))


@app.command("record")
def record(
    context: typer.Context,
    program: PROGRAM,
    step: STEP,
    phase: PHASE = None,
    district: DISTRICT = None,
    on: ON = None,
    province: PROVINCE = None,
    district_share: SHARE = None,
    families: FAMILIES = None,
    document: DOCUMENT = "",
    obstacle: OBSTACLE = "",
    follow_up: FOLLOW_UP = "",
    answerable: ANSWERABLE = "",
    deadline: DEADLINE = None,
    number: NUMBER = "",
    assumed: ASSUMED = False,
    entered: ENTERED = None,
    by: BY = None,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Catat satu kejadian uang, sasaran SK (sasaran), atau laporan daerah (laporan) (record one entry)."""
    from ejps_core.app.money.desk import Said, entry_of

    speech = speech_of(context, lang)
    said = Said(
        step=step, phase=phase, district=district, on=on, province=province, district_share=district_share,
        families=families, document=document, number=number, assumed=assumed, obstacle=obstacle, follow_up=follow_up,
        answerable=answerable, deadline=deadline,
    )  # fmt: skip
    asked = (options_of(store, keys), actor_of(speech, who, role, why))
    _enter(speech, asked, program, year, entry_of(said), (entered, by))


@app.command("stated")
def stated(
    context: typer.Context,
    program: PROGRAM,
    step: STEP,
    amount: AMOUNT,
    document: DOCUMENT,
    rounded_to: UNIT = None,
    phase: PHASE = None,
    district: DISTRICT = None,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    lang: LANG = None,
) -> None:
    """Catat jumlah menurut sebuah dokumen, untuk dibandingkan (record a total as stated elsewhere)."""
    from ejps_core.app.money.desk import Said, stated_of

    speech = speech_of(context, lang)
    said = Said(step=step, phase=phase, district=district, amount=amount, rounded_to=rounded_to, document=document)
    _enter(speech, (options_of(store, keys), actor_of(speech, who, role)), program, year, stated_of(said))


@app.command("reason")
def reason(
    context: typer.Context,
    program: PROGRAM,
    code: CODE,
    why: BECAUSE,
    phase: PHASE = None,
    district: DISTRICT = None,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    lang: LANG = None,
) -> None:
    """Jawab peringatan dengan alasannya (answer a caution with its reason)."""
    from ejps_core.app.money.desk import reason_of

    speech = speech_of(context, lang)
    asked = (options_of(store, keys), actor_of(speech, who, role, why))
    _enter(speech, asked, program, year, reason_of(code, phase, district, why))


@app.command("cancel")
def cancel(
    context: typer.Context,
    program: PROGRAM,
    number: ENTRY,
    why: BECAUSE,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    lang: LANG = None,
) -> None:
    """Batalkan sebuah catatan mulai sekarang; catatannya tetap ada (cancel an entry from now on)."""
    from ejps_core.app.money.desk import cancellation_of

    speech = speech_of(context, lang)
    asked = (options_of(store, keys), actor_of(speech, who, role, why))
    _enter(speech, asked, program, year, cancellation_of(number, why))


def _enter(
    speech: Speech,
    asked: tuple[StoreOptions, Actor],
    program: str,
    year: int | None,
    entry: Entry | Diagnostic,
    since: tuple[str | None, str | None] = (None, None),
) -> None:
    """Puts the entry on record and says its number."""
    from ejps_core.app.money.desk import since_of
    from ejps_core.app.money.entering import enter

    counted = since_of(*since)
    for each in (entry, counted):
        if isinstance(each, Diagnostic):
            raise refused(speech, each)
    assert not isinstance(entry, Diagnostic) and not isinstance(counted, Diagnostic)
    done = enter(*asked, program, year, entry, counted)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    speech.say(Words(f"Catatan {done}.", f"Entry {done}."))


@app.command("show")
def show(
    context: typer.Context,
    program: PROGRAM,
    at: AT = None,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Catatan dan angka per tahap dan daerah pada suatu waktu (entries and figures as of a moment)."""
    from ejps_core.app.money.showing import as_data, cells_as_data
    from ejps_core.cli.money_speech import tell_cells, tell_entries, tell_lapses

    speech = speech_of(context, lang)
    found = _shown(speech, options_of(store, keys), program, year, at)
    if form is Shape.JSON:
        cells, entries = cells_as_data(found.position), [as_data(each, found.cancelled) for each in found.entries]
        speech.say(json.dumps({"cells": cells, "entries": entries}, ensure_ascii=False, indent=2))
        return
    tell_entries(speech, found)
    tell_cells(speech, found.position)
    tell_lapses(speech, found.position)


@app.command("check")
def check(
    context: typer.Context,
    program: PROGRAM,
    at: AT = None,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Apa yang perlu diberi alasan (what asks for a reason). 0: tidak ada; 3: ada, dan tidak ada yang dihalangi."""
    from ejps_core.aid.checks import open_words

    speech = speech_of(context, lang, quiet=quiet)
    found = _shown(speech, options_of(store, keys), program, year, at)
    for each in found.cautions:
        speech.say(f"{each.code:<22} {open_words(each, found.position, speech.language)}")
    count, waiting = len(found.cautions), len(found.open)
    speech.hint(Words(f"{count} peringatan, {waiting} menunggu alasan.", f"{count} cautions, {waiting} without a reason."))
    raise typer.Exit(3 if waiting else 0)


def _shown(speech: Speech, options: StoreOptions, program: str, year: int | None, at: str | None) -> Shown:
    from ejps_core.app.money.desk import moment_of
    from ejps_core.app.money.showing import shown

    moment = datetime.now(UTC) if at is None else moment_of(at, "--at")
    if isinstance(moment, Diagnostic):
        raise refused(speech, moment)
    found = shown(options, program, year, moment)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    return found


@app.command("years")
def years(
    context: typer.Context, store: STORE = None, keys: KEYS = None, form: FORMAT = Shape.TEXT, lang: LANG = None
) -> None:
    """Tahun anggaran yang tercatat (budget years on record)."""
    from ejps_core.app.money.books import books_on_record

    speech = speech_of(context, lang)
    for each in rows_to_tell(speech, books_on_record(options_of(store, keys)), form):
        phases = ", ".join(map(str, each["phases"]))
        speech.say(
            Words(
                f"{each['program']}  {each['year']}  tahap {phases}  {each['entries']} catatan",
                f"{each['program']}  {each['year']}  phases {phases}  {each['entries']} entries",
            )
        )
