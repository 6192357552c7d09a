"""`ejps decree amend ID`: changes of an issued decree, drafted. 0: drafted; 2: refused; 3: drafted, and odd."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import KEYS, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.wording import money
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.amending import Amended
    from ejps_core.app.changes_asked import Asked

WRONG_USE, DOUBTS = 2, 3
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor keputusan yang diubah (decree to amend).")]
TITLE = Annotated[str, typer.Option("--title", metavar="TEXT", help="Tentang apa perubahannya (what it is about).")]
FILE = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="Berkas perubahan, satu baris satu keluarga (a row each).", readable=False),
]
CHANGE = Annotated[
    str | None, typer.Option("--change", metavar="KIND", help="nama, ganti, keluarkan atau perbaiki (kind of change).")
]
FAMILY = Annotated[
    str | None, typer.Option("--family", metavar="KK", help="Keluarga: nomor KK, NIK atau nama samaran (whose).")
]
BECAUSE = Annotated[
    str | None,
    typer.Option(
        "--because",
        metavar="REASON",
        help="kepala meninggal, meninggal, pindah, mampu, ganda, menolak, keberatan, temuan, nik, keliru (reason).",
    ),
]
SUCCESSOR = Annotated[
    str | None, typer.Option("--successor", metavar="KK", help="Pengganti; bawaan: cadangan berikutnya (successor).")
]
NIK = Annotated[str | None, typer.Option("--recipient-nik", metavar="NIK", help="NIK penerima yang baru (new recipient).")]
NAME = Annotated[str | None, typer.Option("--recipient-name", metavar="NAME", help="Namanya, bila tidak ada di daftar.")]
AMOUNT = Annotated[str | None, typer.Option("--amount", metavar="RP", help="Nilai yang benar (right amount).")]
SHARES = Annotated[
    list[str] | None, typer.Option("--share", metavar="NAME=RP", help="Porsi yang menanggung, mis. provinsi=106890.")
]
DOCUMENT = Annotated[str, typer.Option("--document", metavar="TEXT", help="Dokumennya, mis. akta kematian (document).")]
FROM = Annotated[int | None, typer.Option("--from-phase", metavar="N", help="Berlaku mulai tahap ini (holds from).")]
RUN = Annotated[int | None, typer.Option("--run", metavar="RUN", help="Run yang menjadi dasarnya (run it rests on).")]
ACCOUNT = Annotated[str | None, typer.Option("--account", metavar="NAME", help="Akun (account).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district atau province (role).")]


def command(
    context: typer.Context,
    number: NUMBER,
    title: TITLE,
    file: FILE = None,
    change: CHANGE = None,
    family: FAMILY = None,
    because: BECAUSE = None,
    successor: SUCCESSOR = None,
    recipient_nik: NIK = None,
    recipient_name: NAME = None,
    amount: AMOUNT = None,
    share: SHARES = None,
    document: DOCUMENT = "",
    from_phase: FROM = None,
    run: RUN = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "district",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Susun perubahan keputusan: nama penerima, pengganti, dikeluarkan, perbaikan (amend a decree)."""
    from ejps_core.app.amending import Amending, amend
    from ejps_core.app.changes_asked import read_changes
    from ejps_core.app.library import installed

    speech = speech_of(context, lang, quiet=quiet)
    changes: tuple[Asked, ...]
    if file is not None:
        changes, findings = read_changes(file, installed())
        if any(each.severity is Severity.ERROR for each in findings):
            speech.findings(findings, {})
            raise typer.Exit(WRONG_USE)
    else:
        who_to = (successor, recipient_nik, recipient_name)
        changes = (_asked(speech, (change, family, because), (why, document), who_to, (amount, share)),)
    actor = actor_of(speech, who, role, why, account=account)
    done = amend(options_of(store, keys), actor, Amending(number, title, changes, from_phase, run))
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    raise typer.Exit(_tell(speech, number, done))


def _tell(speech: Speech, number: int, done: Amended) -> int:
    """Says what was drafted, or why nothing was; the exit code."""
    if done.number is None:
        speech.findings(done.findings, {})
        return WRONG_USE
    rupiah = money(done.amount, 0, "IDR")
    speech.say(
        Words(
            f"Konsep perubahan {done.number} atas keputusan {number}, mulai tahap {done.from_phase}: "
            f"{done.recipients} penerima, {rupiah.id} per tahap.",
            f"Draft amendment {done.number} of decree {number}, from phase {done.from_phase}: "
            f"{done.recipients} recipients, {rupiah.en} a phase.",
        )
    )
    for each in done.cautions:
        speech.hint(Words(f"! {each.pid}: {each.words.id}", f"! {each.pid}: {each.words.en}"))
    if done.pending:
        listed = ", ".join(map(str, done.pending))
        speech.hint(Words(f"! Perubahan {listed} belum ditetapkan.", f"! Amendment {listed} is not issued yet."))
    return DOUBTS if done.cautions or done.pending else 0


def _asked(
    speech: Speech,
    what: tuple[str | None, str | None, str | None],
    said: tuple[str, str],
    who: tuple[str | None, str | None, str | None],
    how_much: tuple[str | None, list[str] | None],
) -> Asked:
    """The one change that the options say; ends the command if they don't say all of it."""
    from ejps_core.app.changes_asked import Asked, kind_named, reason_named, rupiah, shares_named

    kind, reason = kind_named(what[0] or ""), reason_named(what[2] or "")
    if kind is None or what[1] is None or reason is None or not said[0]:
        raise refused(speech, _WHAT)
    amount = None if how_much[0] is None else rupiah(how_much[0])
    shares = shares_named(";".join(how_much[1] or ()))
    if (how_much[0] is not None and amount is None) or shares is None:
        raise refused(speech, _RUPIAH)
    return Asked(kind, what[1], reason, said[0], said[1], *who, amount, shares)


_WHAT = Diagnostic(
    "change-incomplete",
    Severity.ERROR,
    None,
    Words("Perubahan apa, untuk keluarga mana, mengapa?", "Which change, for which family, why?"),
    Words(
        "Sebut --file, atau --change, --family, --because dan --why.",
        "Give --file, or --change, --family, --because, --why.",
    ),
)
_RUPIAH = Diagnostic(
    "amount-unreadable",
    Severity.ERROR,
    None,
    Words("Nilai atau porsinya bukan rupiah bulat.", "The amount or a share is no whole rupiah."),
    Words("Misalnya --amount 178.150 --share provinsi=106.890.", "Such as --amount 178.150 --share provinsi=106.890."),
)
