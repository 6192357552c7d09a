"""`ejps money import|reconcile|reconciled`: files of entries, and of the treasury or a bank. 3: some rows are open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.money import PROGRAM, YEAR, app
from ejps_core.cli.money_speech import rupiah
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.steps import Compared, Step
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from datetime import date

    from ejps_core.aid.reconciling import Pair
    from ejps_core.app.money.importing import Imported

PATH = Annotated[
    Path, typer.Argument(metavar="FILE", help="XLSX, CSV atau JSON; kolomnya di docs/money.md.", readable=False)
]
SHARE = Annotated[
    str | None, typer.Option("--share", metavar="province|district", help="Porsi siapa, bila berkas tidak memisahkan.")
]
ON = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Keadaan s.d. tanggal, untuk realisasi (as of).")]
STATION = Annotated[str, typer.Option("--step", help="Yang dibandingkan: transfer atau receipt (what is compared).")]
FLOW = Annotated[
    str | None, typer.Option("--flow", metavar="debit|credit", help="Kolom rekening koran (column of a statement).")
]
FIRST = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Berkas mencakup dari (covers from).")]
LAST = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Berkas mencakup sampai (covers to).")]
NUMBER = Annotated[int | None, typer.Argument(metavar="[ID]", help="Nomor rekonsiliasi; tanpa: daftarnya (its number).")]
__all__ = ["app"]

ANSWERS = {
    Compared.MATCHED: Words("cocok", "matched"),
    Compared.MISSING_HERE: Words("tidak tercatat di sini", "missing here"),
    Compared.MISSING_THERE: Words("tidak ada di berkas", "missing there"),
    Compared.AMOUNT_DIFFERS: Words("jumlah berbeda", "amount differs"),
    Compared.DATE_DIFFERS: Words("tanggal berbeda", "date differs"),
}


@app.command("import")
def keep(
    context: typer.Context,
    program: PROGRAM,
    path: PATH,
    share: SHARE = None,
    on: ON = None,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Catat isi berkas: realisasi per daerah, daftar SP2D, atau satu baris satu catatan (import a file of entries)."""
    from ejps_core.app.library import installed
    from ejps_core.app.money.drafts import Share
    from ejps_core.app.money.importing import File, import_entries

    speech = speech_of(context, lang, quiet=quiet)
    if share is not None and share not in set(Share):
        raise refused(speech, _choice("--share", share, tuple(Share)))
    file = File(path, None if share is None else Share(share), _day(speech, on, "--on"))
    asked = (options_of(store, keys), actor_of(speech, who, role, why))
    done = import_entries(*asked, program, year, file, installed())
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    _tell_imported(speech, done)
    raise typer.Exit(3 if done.partly else 0)


def _tell_imported(speech: Speech, done: Imported) -> None:
    counts = done.counts
    if done.again:
        speech.say(
            Words(
                f"Berkas ini sudah tercatat: berkas {done.number}. Tidak ada yang berubah.",
                f"This file is on record already: file {done.number}. Nothing changed.",
            )
        )
        return
    speech.say(
        Words(
            f"{counts['rows']} baris: {counts['accepted']} diterima, {counts['with_remark']} dengan catatan, "
            f"{counts['set_apart']} disisihkan; {len(done.numbers)} catatan baru (berkas {done.number}).",
            f"{counts['rows']} rows: {counts['accepted']} accepted, {counts['with_remark']} with a remark, "
            f"{counts['set_apart']} set apart; {len(done.numbers)} new entries (file {done.number}).",
        )
    )
    speech.findings(done.findings, {})


@app.command("reconcile")
def compare(
    context: typer.Context,
    program: PROGRAM,
    path: PATH,
    step: STATION = "transfer",
    flow: FLOW = None,
    first: FIRST = None,
    last: LAST = None,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Bandingkan daftar SP2D atau rekening koran dengan catatan (reconcile). 0: semua cocok; 3: ada yang berbeda."""
    from ejps_core.app.library import installed
    from ejps_core.app.money.reconciling import Comparing, Flow, reconcile_file

    speech = speech_of(context, lang, quiet=quiet)
    if step not in (Step.TRANSFER, Step.RECEIPT):
        raise refused(speech, _choice("--step", step, ("transfer", "receipt")))
    if flow is not None and flow not in set(Flow):
        raise refused(speech, _choice("--flow", flow, tuple(Flow)))
    days = (_day(speech, first, "--from"), _day(speech, last, "--to"))
    asked = Comparing(path, Step(step), None if flow is None else Flow(flow), *days)
    by = (options_of(store, keys), actor_of(speech, who, role, why))
    done = reconcile_file(*by, program, year, asked, installed())
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    for answer, count, amount in done.sums:
        words, said = ANSWERS[answer], rupiah(amount)
        speech.say(Words(f"{count:>6}  {words.id:<24} {said.id}", f"{count:>6}  {words.en:<24} {said.en}"))
    for pair in done.pairs:
        if pair.answer is not Compared.MATCHED:
            _tell_pair(speech, pair)
    speech.findings(done.findings, {})
    start, end = done.days
    speech.hint(
        Words(
            f"Rekonsiliasi {done.number} tercatat; berkas mencakup {start} s.d. {end}.",
            f"Reconciliation {done.number} on record; the file covers {start} to {end}.",
        )
    )
    raise typer.Exit(0 if done.whole else 3)


def _tell_pair(speech: Speech, pair: Pair) -> None:
    def side(name: Words, each: object) -> str:
        from ejps_core.aid.reconciling import Side

        if not isinstance(each, Side):
            return f"{name.say(speech.language)} –"
        days = ", ".join(day.isoformat() for day in each.days)
        return f"{name.say(speech.language)} {rupiah(each.amount).say(speech.language)} {days}"

    known = pair.here or pair.there
    document = known.document if known else ""
    here, there = side(Words("tercatat", "on record"), pair.here), side(Words("berkas", "file"), pair.there)
    speech.say(f"! {ANSWERS[pair.answer].say(speech.language)}: {document or '–'}  {here}; {there}")


@app.command("reconciled")
def reconciled(
    context: typer.Context,
    number: NUMBER = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Rekonsiliasi yang tercatat, atau jawaban salah satunya (reconciliations on record)."""
    from ejps_core.app.money.reconciling import answers_on_record, reconciliations_on_record

    speech = speech_of(context, lang)
    options = options_of(store, keys)
    if number is None:
        for each in rows_to_tell(speech, reconciliations_on_record(options), form):
            counts = "  ".join(f"{ANSWERS[Compared(name)].say(speech.language)} {n}" for name, n in each["counts"].items())
            speech.say(f"{each['reconciliation']:>5}  {each['file']}  {each['compared_by']}  {counts}")
        return
    for each in rows_to_tell(speech, answers_on_record(options, number), form):
        amounts = (rupiah(a).say(speech.language) if (a := each[name]) is not None else "–" for name in _AMOUNTS)
        days = " / ".join(each[name] or "–" for name in ("day_here", "day_there"))
        answer = ANSWERS[Compared(each["outcome"])].say(speech.language)
        speech.say(f"{answer:<24} {each['document'] or '–'}  {' / '.join(amounts)}  {days}")


_AMOUNTS = ("amount_here", "amount_there")


def _day(speech: Speech, text: str | None, option: str) -> date | None:
    day = None if text is None else as_date(text, option)
    if isinstance(day, Diagnostic):
        raise refused(speech, day)
    return day


def _choice(option: str, value: str, choices: tuple[str, ...]) -> Diagnostic:
    from ejps_core.model.diagnostic import Severity

    listed = ", ".join(choices)
    return Diagnostic(
        "bad-choice",
        Severity.ERROR,
        None,
        Words(f"{option} {value} tidak ada.", f"There is no {option} {value}."),
        Words(f"Pilihannya: {listed}.", f"The choices: {listed}."),
    )
