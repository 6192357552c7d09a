"""`ejps report`: a report by name, from a file of data or from the store.

0: written; 2: unknown report, unusable data, unwritable file, a reading that isn't allowed; 3: a plugin was left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.aid.targeting import Level
    from ejps_core.app.report_files import Form, Reported
    from ejps_core.app.stores import StoreOptions
    from ejps_core.model.paper import Paper

_TWO_SOURCES = Diagnostic(
    "two-sources",
    Severity.ERROR,
    None,
    Words(
        "--data FILE dan --position ID menyebut dua sumber untuk satu laporan.",
        "--data FILE and --position ID name two sources for one report.",
    ),
    Words("Pilih salah satu.", "Choose one of them."),
)

WRONG_USE, PARTLY = 2, 3

NAME = Annotated[
    str | None, typer.Argument(metavar="NAME", help="Nama laporan; tanpa nama: daftarnya (name of the report).")
]
DATA = Annotated[
    Path | None, typer.Option("--data", metavar="FILE", help="Data laporan, JSON (data of the report).", readable=False)
]
POSITION = Annotated[
    int | None, typer.Option("--position", metavar="ID", help="Posisi yang dibekukan, untuk realisasi (frozen position).")
]
FORM = Annotated[
    str | None, typer.Option("--format", help="pdf, xlsx, csv, json atau html; bawaan: menurut --out, lalu pdf.")
]
RUN = Annotated[list[int] | None, typer.Option("--run", metavar="ID", help="Run yang tercatat (run on record).")]
DECREE = Annotated[list[int] | None, typer.Option("--decree", metavar="ID", help="Keputusan (decree on record).")]
HANDOVER = Annotated[int | None, typer.Option("--handover", metavar="ID", help="BAST yang tercatat (minutes on record).")]
SAMPLE = Annotated[int | None, typer.Option("--sample", metavar="ID", help="Sampel yang tercatat (sample on record).")]
PHASE = Annotated[int | None, typer.Option("--phase", metavar="N", help="Tahap (phase).")]
WHOM = Annotated[str | None, typer.Option("--whom", metavar="KK|NIK", help="Keluarga yang disurati (family of a letter).")]
NUMBER = Annotated[str, typer.Option("--number", metavar="TEXT", help="Nomor surat (number of the letter).")]
FULL = Annotated[bool, typer.Option("--full-numbers", help="NIK dan KK utuh, untuk dokumen internal (numbers whole).")]
BY = Annotated[
    str | None, typer.Option("--by", metavar="LEVEL,…", help="Sasaran menurut program, phase, district, village (by).")
]
ALLOW = Annotated[
    list[str] | None, typer.Option("--allow", metavar="A+B", help="Dua program yang boleh bersama (allowed pair).")
]
LEDGER = Annotated[
    Path | None, typer.Option("--ledger", metavar="FILE", help="Data keuangan, untuk SP2D (money).", readable=False)
]
OUT = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Berkas keluaran; bawaan: NAME.pdf (output file).")]
OFFICE = Annotated[
    Path | None, typer.Option("--office", metavar="FILE", help="Kop dan penanda tangan, TOML (letterhead and signatory).")
]


def command(
    context: typer.Context,
    name: NAME = None,
    data: DATA = None,
    position: POSITION = None,
    form: FORM = None,
    out: OUT = None,
    office: OFFICE = None,
    run: RUN = None,
    decree: DECREE = None,
    handover: HANDOVER = None,
    sample: SAMPLE = None,
    phase: PHASE = None,
    whom: WHOM = None,
    number: NUMBER = "",
    full_numbers: FULL = False,
    by: BY = None,
    allow: ALLOW = None,
    ledger: LEDGER = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Susun laporan: realisasi, sasaran, BNBA, tanda terima, BAST, surat, … (make a report)."""
    from ejps_core.app.library import installed
    from ejps_core.app.report import Asked, report  # what opens the store takes longer, and is loaded where it is needed

    speech = speech_of(context, lang, quiet=quiet)
    plugins = installed()
    speech.broken((broken.name, broken.why) for broken in plugins.broken)
    if name is None:
        for each in plugins.reports:
            whose = "" if each.built_in else f" ({each.plugin})"
            speech.say(f"{each.what.name:<16} {each.what.title.say(speech.language)}{whose}")
        raise typer.Exit(PARTLY if plugins.broken else 0)
    form_, path = form_of(speech, name, form, out)
    source: Path | tuple[Paper, ...] | None = data
    if position is not None:
        if data is not None:
            raise refused(speech, _TWO_SOURCES)
        source = _of_position(speech, name, options_of(store, keys, files), position)
    asked = Asked(name, source, form_, path, office, speech.language)
    if source is None and (run or decree or handover is not None or sample is not None):
        from ejps_core.app.papers.asked import Source
        from ejps_core.app.papers.stored_report import report_stored

        records = Source(
            tuple(run or ()), tuple(decree or ()), handover, sample, phase, whom, number, full_numbers,
            _levels(speech, by), _pairs(speech, allow or []), ledger,
        )  # fmt: skip
        actor = actor_of(speech, who, role, why)
        done = report_stored(options_of(store, keys, files), actor, records, asked, plugins)
    else:
        done = report(asked, plugins)
    tell(speech, done, bool(plugins.broken))


def _of_position(speech: Speech, name: str, options: StoreOptions, position: int) -> tuple[Paper, ...]:
    """The report of a frozen position; ends the command if there is none, or the report is another."""
    from ejps_core.app.money.reporting import papers_of_position

    found = papers_of_position(options, name, position)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    return found


def _levels(speech: Speech, by: str | None) -> tuple[Level, ...]:
    """What targeting is counted by; ends the command if a level is none."""
    from ejps_core.aid.targeting import Level
    from ejps_core.app.papers.asked import BY as USUAL

    if by is None:
        return USUAL
    names = [each.strip() for each in by.split(",") if each.strip()]
    wrong = [each for each in names if each not in tuple(Level)]
    if wrong or not names:
        levels = ", ".join(Level)
        speech.error(Words(f"--by {by}: yang ada {levels}.", f"--by {by}: there are {levels}."))
        raise typer.Exit(WRONG_USE)
    return tuple(Level(each) for each in names)


def _pairs(speech: Speech, allow: list[str]) -> tuple[tuple[str, str], ...]:
    """The pairs of programs that may go together; ends the command if one is no pair."""
    pairs = [tuple(part.strip() for part in each.split("+")) for each in allow]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        speech.error(Words("Tulis dua program: --allow pkh+bpnt.", "Write two programs: --allow pkh+bpnt."))
        raise typer.Exit(WRONG_USE)
    return tuple((pair[0], pair[1]) for pair in pairs)


def form_of(speech: Speech, name: str, form: str | None, out: Path | None) -> tuple[Form, Path]:
    """The form that was asked for, by name or by the end of the file, and the file; ends the command if there is none."""
    from ejps_core.app.report_files import Form

    wanted = (form or (out.suffix.removeprefix(".") if out else "") or "pdf").lower()
    if wanted not in tuple(Form):
        kinds = ", ".join(Form)
        speech.error(
            Words(f"Bentuk “{wanted}” tidak ada; yang ada: {kinds}.", f"There is no “{wanted}”; there are: {kinds}.")
        )
        raise typer.Exit(WRONG_USE)
    return Form(wanted), out or Path(f"{name}.{wanted}")


def tell(speech: Speech, done: Reported, partly: bool) -> NoReturn:
    """Says what was written, and ends the command; partly: a plugin was left out."""
    speech.findings(done.findings, {})
    for file in done.files[:1]:
        more = len(done.files) - 1
        rest = Words(f" dan {more} berkas di sampingnya", f" and {more} files beside it") if more else Words("", "")
        speech.hint(Words(f"Hasil: {file}{rest.id}", f"Result: {file}{rest.en}"))
    raise typer.Exit(int(done.exit) or (PARTLY if partly else 0))
