"""`ejps breach`: the register of breaches with its clock of 3 × 24 hours (UU 27/2022, Art. 46). list: 3 when one is late."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ejps_core.cli.moments import moment_or_end, moment_or_now
from ejps_core.cli.moments import shown as shown_moment
from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import KEYS, STORE, WHO, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.duties import RECIPIENTS, Recipient
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.cli.speech import Speech

LATE = 3
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor pelanggaran, dari ejps breach list (number).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran; bawaan: protection (role).")]
AT = Annotated[
    str | None, typer.Option("--at", metavar="MOMENT", help='Kapan, WITA, mis. "2026-03-02 10:00"; bawaan: sekarang.')
]
DOCUMENT = Annotated[str | None, typer.Option("--document", metavar="TEXT", help="Nomor dokumen (number of a document).")]
PEOPLE = Annotated[
    int | None, typer.Option("--people", metavar="N", min=0, help="Jumlah orang; tanpa itu: belum diketahui.")
]
app = typer.Typer(no_args_is_help=True, help="Pelanggaran data pribadi (breaches).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Register kegagalan pelindungan data pribadi, jam 3 × 24 (register of breaches)."""


@app.command("open")
def open_one(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="Apa yang terjadi, tanpa data orang (what happened).")],
    known: Annotated[
        str, typer.Option("--known", metavar="MOMENT", help="Sejak kapan diketahui, WITA: jam mulai berjalan.")
    ],
    data: Annotated[str, typer.Option("--data", metavar="TEXT", help="Jenis data yang terungkap (kinds of data).")],
    how: Annotated[str, typer.Option("--how", metavar="TEXT", help="Bagaimana terungkap (how).")],
    happened: Annotated[
        str | None, typer.Option("--happened", metavar="MOMENT", help="Kapan terjadi, bila diketahui.")
    ] = None,
    people: PEOPLE = None,
    area: Annotated[str | None, typer.Option("--area", metavar="CODE", help="Wilayah, mis. 75.03 (area).")] = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "protection",
    lang: LANG = None,
) -> None:
    """Catat pelanggaran; jam 3 × 24 berjalan sejak diketahui (record a breach)."""
    from ejps_core.app.breaches import Opening, opened

    speech = speech_of(context, lang)
    since = moment_or_end(speech, known, "--known")
    before = None if happened is None else moment_or_end(speech, happened, "--happened")
    opening = Opening(what, how, data, since, before, people, area)
    number = opened(options_of(store, keys), actor_of(speech, who, role, what), opening)
    if isinstance(number, Diagnostic):
        raise refused(speech, number)
    from ejps_core.model.duties import TERM

    due = shown_moment(since + TERM)
    speech.say(
        Words(
            f"Pelanggaran {number}. Subjek data dan lembaga harus diberi tahu tertulis paling lambat {due}.",
            f"Breach {number}. The data subjects and the authority must be told in writing by {due}.",
        )
    )


@app.command("add")
def add(
    context: typer.Context,
    number: NUMBER,
    words: Annotated[
        str, typer.Argument(metavar="TEXT", help="Apa yang diketahui atau dikerjakan (what was found or done).")
    ],
    effort: Annotated[
        bool, typer.Option("--effort", help="Upaya penanganan, masuk surat (an effort, for the letter).")
    ] = False,
    at: AT = None,
    people: PEOPLE = None,
    document: DOCUMENT = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "protection",
    lang: LANG = None,
) -> None:
    """Tambahkan temuan atau upaya pada suatu pelanggaran (add what was found or done)."""
    from ejps_core.app.breaches import added

    speech = speech_of(context, lang)
    when = None if at is None else moment_or_end(speech, at, "--at")
    actor = actor_of(speech, who, role, words)
    _end(
        speech,
        added(options_of(store, keys), actor, number, words, effort=effort, at=when, people=people, document=document),
        Words("Tercatat.", "Recorded."),
    )


@app.command("notify")
def notify(
    context: typer.Context,
    number: NUMBER,
    to: Annotated[Recipient, typer.Option("--to", help="subjects, authority atau public (who is told).")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Tulis suratnya: .pdf atau .txt (write the letter).")
    ] = None,
    sent: Annotated[
        str | None, typer.Option("--sent", metavar="MOMENT", help="Surat sudah dikirim, WITA: dicatat (it was sent).")
    ] = None,
    letter: Annotated[str, typer.Option("--number", metavar="TEXT", help="Nomor surat (number of the letter).")] = "",
    addressed: Annotated[str, typer.Option("--addressed", metavar="TEXT", help="Kepada siapa; bawaan menurut --to.")] = "",
    contact: Annotated[str, typer.Option("--contact", metavar="TEXT", help="Kontak untuk bertanya (whom to ask).")] = "",
    office: Annotated[Path | None, typer.Option("--office", metavar="FILE", help="Kop surat, TOML (letterhead).")] = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "protection",
    lang: LANG = None,
) -> None:
    """Susun surat pemberitahuan, atau catat bahwa sudah dikirim (write the notice; record that it was sent)."""
    from ejps_core.app.breaches import Notice, notified

    speech = speech_of(context, lang)
    when = None if sent is None else moment_or_end(speech, sent, "--sent")
    notice = Notice(to, out, office, letter, addressed, contact, when)
    why = f"pemberitahuan pelanggaran {number} kepada {to}"
    done = notified(options_of(store, keys), actor_of(speech, who, role, why), number, notice)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    if done is not None:
        speech.say(Words(f"Surat: {done}", f"Letter: {done}"))
    if when is not None:
        speech.say(Words(f"Tercatat: dikirim {shown_moment(when)}.", f"Recorded: sent {shown_moment(when)}."))


@app.command("close")
def close(
    context: typer.Context,
    number: NUMBER,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Kesimpulan (conclusion).")],
    without_notice: Annotated[
        str | None, typer.Option("--without-notice", metavar="TEXT", help="Alasan tidak memberi tahu (why nobody was told).")
    ] = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "protection",
    lang: LANG = None,
) -> None:
    """Tutup suatu pelanggaran (close a breach)."""
    from ejps_core.app.breaches import closed

    speech = speech_of(context, lang)
    actor = actor_of(speech, who, role, why)
    _end(speech, closed(options_of(store, keys), actor, number, why, without_notice), Words("Ditutup.", "Closed."))


@app.command("list")
def show(
    context: typer.Context,
    at: AT = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Semua pelanggaran dengan jamnya; berakhir 3 bila ada yang terlambat (exit 3 when one is late)."""
    from ejps_core.app.breaches import listed

    speech = speech_of(context, lang)
    found = listed(options_of(store, keys), moment_or_now(speech, at, "--at"))
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for each in found:
            _line(speech, each)
    raise typer.Exit(LATE if any(each["overdue"] for each in found) else 0)


def _line(speech: Speech, each: Mapping[str, Any]) -> None:
    people = Words("jumlah orang belum diketahui", "people not known yet")
    if each["people"] is not None:
        people = Words(f"{each['people']} orang", f"{each['people']} people")
    speech.say(Words(f"{each['breach']}  {each['what']}  ({people.id})", f"{each['breach']}  {each['what']}  ({people.en})"))
    speech.say("    " + state_words(each).say(speech.language))
    for recipient, moment in each["told"].items():
        whom, when = RECIPIENTS[Recipient(recipient)], shown_moment(datetime.fromisoformat(moment))
        late = recipient in each["late"]
        speech.say(
            Words(
                f"    {whom.id} diberi tahu {when}{' – TERLAMBAT' if late else ''}",
                f"    {whom.en} told {when}{' – LATE' if late else ''}",
            )
        )


def state_words(each: Mapping[str, Any]) -> Words:
    """How the clock of a breach stands, loud when it is over."""
    due = shown_moment(datetime.fromisoformat(each["due_at"]))
    if each["closed"]:
        return Words("ditutup", "closed")
    if not each["untold"]:
        return Words("semua yang wajib sudah diberi tahu; belum ditutup", "all who must be were told; not closed yet")
    whom = [RECIPIENTS[Recipient(recipient)] for recipient in each["untold"]]
    untold = Words(", ".join(words.id for words in whom), ", ".join(words.en for words in whom))
    if each["overdue"]:
        return Words(
            f"!!! TERLAMBAT {each['hours']} jam (batas {due}): belum diberi tahu: {untold.id}",
            f"!!! LATE by {each['hours']} hours (due {due}): not told: {untold.en}",
        )
    return Words(
        f"tinggal {each['hours']} jam (batas {due}): belum diberi tahu: {untold.id}",
        f"{each['hours']} hours left (due {due}): not told: {untold.en}",
    )


def _end(speech: Speech, problem: Diagnostic | None, words: Words) -> None:
    if problem is not None:
        raise refused(speech, problem)
    speech.say(words)
