"""`ejps objection …`: a family's own appeal (keberatan) and its clock. 0: done; 2: refused; 3: late or overdue."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.decree import ACCOUNT
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.calendar import WITA
from ejps_core.model.decreed import ObjectionOutcome
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

DOUBTS = 3
DECREE = Annotated[int | None, typer.Option("--decree", metavar="ID", help="Atas keputusan ini (against this decree).")]
RUN = Annotated[int | None, typer.Option("--run", metavar="RUN", help="Atas putusan run ini (against this run).")]
FAMILY = Annotated[
    str | None, typer.Option("--family", metavar="KK", help="Nomor KK atau NIK; tanpa: tidak ada di daftar (whose).")
]
KNOWN = Annotated[
    str, typer.Option("--known-on", metavar="DATE", help="Sejak kapan keputusannya diketahui (since when it was known).")
]
FILED = Annotated[str, typer.Option("--filed-on", metavar="DATE", help="Hari keberatan diterima (day of filing).")]
GROUNDS = Annotated[str, typer.Option("--grounds", metavar="TEXT", help="Isi keberatannya (grounds).")]
DOCUMENT = Annotated[str, typer.Option("--document", metavar="TEXT", help="Nomor surat atau agenda (paper).")]
LETTER = Annotated[Path | None, typer.Option("--letter", metavar="FILE", help="Suratnya, dipindai; disegel (letter).")]
PHASE = Annotated[int | None, typer.Option("--phase", metavar="N", help="Tahap (phase).")]
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor keberatan, dari ejps objection list (objection).")]
OUTCOME = Annotated[str, typer.Option("--outcome", help="dikabulkan, sebagian, ditolak, tidak-diterima, dicabut (outcome).")]
BECAUSE = Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasan putusannya (why).")]
CONSEQUENCE = Annotated[str, typer.Option("--consequence", metavar="TEXT", help="Apa akibatnya (what follows).")]
AMENDMENT = Annotated[int | None, typer.Option("--amendment", metavar="ID", help="Perubahan keputusan karenanya.")]
DECIDED = Annotated[str, typer.Option("--date", metavar="DATE", help="Hari putusannya (day of the decision).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district, province, head (role).")]
PROGRAM = Annotated[str | None, typer.Option("--program", metavar="ID", help="Hanya program ini (this program only).")]
DISTRICT = Annotated[str | None, typer.Option("--district", metavar="CODE", help="Hanya dari sini (from here only).")]
ON = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Per tanggal ini; bawaan: hari ini (as of).")]
OUTCOMES = {
    "dikabulkan": ObjectionOutcome.GRANTED,
    "sebagian": ObjectionOutcome.PARTLY,
    "ditolak": ObjectionOutcome.REJECTED,
    "tidak-diterima": ObjectionOutcome.INADMISSIBLE,
    "dicabut": ObjectionOutcome.TAKEN_BACK,
} | {each.value: each for each in ObjectionOutcome}

app = typer.Typer(no_args_is_help=True, help="Keberatan (objections).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Keberatan keluarga atas suatu putusan, dengan tenggatnya (objections)."""


@app.command("file")
def file(
    context: typer.Context,
    known_on: KNOWN,
    filed_on: FILED,
    grounds: GROUNDS,
    document: DOCUMENT,
    decree: DECREE = None,
    run: RUN = None,
    family: FAMILY = None,
    phase: PHASE = None,
    letter: LETTER = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "district",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Catat sebuah keberatan (record an objection)."""
    from ejps_core.app import objecting

    speech = speech_of(context, lang, quiet=quiet)
    known, filed = as_date(known_on, "--known-on"), as_date(filed_on, "--filed-on")
    if isinstance(known, Diagnostic) or isinstance(filed, Diagnostic):
        raise refused(speech, known if isinstance(known, Diagnostic) else _wrong(filed))
    asked = objecting.Asked(known, filed, grounds, document, decree, run, family, phase, letter)
    done = objecting.file(options_of(store, keys, files), actor_of(speech, who, role, why, account=account), asked)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    running = done.clock
    speech.say(
        Words(
            f"Keberatan {done.number}: dijawab paling lambat {running.answer_by}.",
            f"Objection {done.number}: to be answered by {running.answer_by}.",
        )
    )
    _tell_holidays(speech, done.holidays)
    if running.late:
        speech.hint(
            Words(
                f"! Diajukan sesudah batas {running.file_by} (21 hari kerja).",
                f"! It was filed after {running.file_by} (21 working days).",
            )
        )
    raise typer.Exit(DOUBTS if running.late else 0)


@app.command("decide")
def decide(
    context: typer.Context,
    number: NUMBER,
    outcome: OUTCOME,
    day: DECIDED,
    why: BECAUSE,
    document: DOCUMENT,
    consequence: CONSEQUENCE = "",
    amendment: AMENDMENT = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "district",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Putusan atas sebuah keberatan (decide an objection)."""
    from ejps_core.aid.deadlines import OUTCOMES as WORDS
    from ejps_core.app import objecting

    speech = speech_of(context, lang, quiet=quiet)
    on, became = as_date(day, "--date"), OUTCOMES.get(outcome)
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    if became is None:
        raise refused(speech, _bad_outcome(outcome))
    ruling = objecting.Ruling(became, on, why, consequence, document, amendment)
    done = objecting.decide(
        options_of(store, keys), actor_of(speech, who, role, why, account=account), number, ruling
    )  # fmt: skip
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    words = WORDS[became]
    speech.say(Words(f"Keberatan {number}: {words.id}, {on}.", f"Objection {number}: {words.en}, {on}."))
    late = done.clock.overdue(on, on)
    if late:
        speech.hint(Words(f"! Dijawab sesudah {done.clock.answer_by}.", f"! It was answered after {done.clock.answer_by}."))
    raise typer.Exit(DOUBTS if late else 0)


@app.command("list")
def listed(
    context: typer.Context,
    program: PROGRAM = None,
    district: DISTRICT = None,
    on: ON = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Keberatan dan tenggatnya (objections and their clocks)."""
    from ejps_core.aid.deadlines import OUTCOMES as WORDS
    from ejps_core.app import objecting

    speech = speech_of(context, lang)
    day = as_date(on, "--on") if on else datetime.now(WITA).date()
    found = (
        day if isinstance(day, Diagnostic) else objecting.listed(options_of(store, keys), day, program, district)
    )  # fmt: skip
    overdue = not isinstance(found, Diagnostic) and any(each["overdue"] and each["outcome"] is None for each in found)
    for each in rows_to_tell(speech, found, form):
        late = Words("LEWAT TENGGAT", "OVERDUE").say(speech.language) if each["overdue"] else ""
        ended = Words("menunggu", "waiting") if each["outcome"] is None else WORDS[ObjectionOutcome(each["outcome"])]
        state = ended.say(speech.language)
        speech.say(
            f"{each['objection']:>4}  {each['program']}  {each['district']}  {each['filed_on']} → {each['answer_by']}  "
            f"{state}  {late}  {each['grounds']}"
        )
    raise typer.Exit(DOUBTS if overdue else 0)


@app.command("holiday")
def holiday(
    context: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help="Hari libur (the day).")],
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Namanya (its name).")],
    document: DOCUMENT,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Bukan hari libur (no holiday after all).")] = False,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    lang: LANG = None,
) -> None:
    """Catat hari libur, supaya hari kerja terhitung benar (record a public holiday)."""
    from ejps_core.app import objecting

    speech = speech_of(context, lang)
    on = as_date(day, "DATE")
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    actor = actor_of(speech, who, role)
    problem = objecting.holiday(options_of(store, keys), actor, on, name, document, withdrawn=withdraw)
    if problem is not None:
        raise refused(speech, problem)
    speech.say(Words(f"{on}: {name}.", f"{on}: {name}."))


def _tell_holidays(speech: Speech, count: int) -> None:
    if count == 0:
        speech.hint(
            Words(
                "Belum ada hari libur tercatat: tenggat dihitung Senin–Jumat (ejps objection holiday).",
                "No public holidays are on record: the clock counts Monday to Friday (ejps objection holiday).",
            )
        )


def _wrong(found: object) -> Diagnostic:
    assert isinstance(found, Diagnostic)
    return found


def _bad_outcome(text: str) -> Diagnostic:
    listed_ = ", ".join(OUTCOMES)
    words = Words(f"“{text}” bukan putusan atas keberatan.", f"“{text}” is no outcome of an objection.")
    return Diagnostic(
        "bad-outcome", Severity.ERROR, None, words, Words(f"Pilihannya: {listed_}.", f"The choices: {listed_}.")
    )
