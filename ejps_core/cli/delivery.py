"""`ejps delivery …`: what families received. 0: recorded; 2: refused; 3: recorded, and a reason is still asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ejps_core.cli import handover
from ejps_core.cli.decree import ACCOUNT
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.decreed import Outcome
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.wording import money
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.phase_ledger import Recorded

DOUBTS = 3
DECREE = Annotated[int, typer.Argument(metavar="DECREE", help="Nomor keputusan, dari ejps decree list (decree).")]
PHASE = Annotated[int, typer.Option("--phase", metavar="N", help="Tahap; 0 bila program tanpa tahap (phase).")]
DAY = Annotated[str, typer.Option("--date", metavar="DATE", help="Hari penyaluran (day of delivery).")]
DOCUMENT = Annotated[str, typer.Option("--document", metavar="TEXT", help="Nomor tanda terima atau berita acara (paper).")]
VILLAGE = Annotated[str, typer.Option("--village", metavar="CODE", help="Kode desa, mis. 75.03.01.2001 (village).")]
SHEET = Annotated[Path, typer.Option("--sheet", metavar="FILE", help="Daftar bertanda tangan, dipindai (signed sheet).")]
EXCEPT = Annotated[
    list[str] | None,
    typer.Option("--except", metavar="KK=REASON", help="Kecuali keluarga ini, dengan alasan; boleh diulang."),
]
EXCEPTIONS = Annotated[
    Path | None, typer.Option("--exceptions", metavar="FILE", help="Berkas pengecualian: keluarga, alasan.", readable=False)
]
FAMILY = Annotated[str, typer.Option("--family", metavar="KK", help="Nomor KK, NIK atau nama samaran (whose).")]
OUTCOME = Annotated[
    str, typer.Option("--outcome", help="diterima, gagal, dikembalikan atau keliru (received, failed, returned, cancelled).")
]
REASON = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Alasannya (the reason).")]
AMOUNT = Annotated[str | None, typer.Option("--amount", metavar="RP", help="Nilai, bila bukan menurut keputusan (amount).")]
SHARES = Annotated[
    list[str] | None, typer.Option("--share", metavar="NAME=RP", help="Porsi, mis. provinsi=106890 (shares).")
]
TAKER = Annotated[str, typer.Option("--taker", metavar="TEXT", help="Yang mengambil, menurut hubungannya (taken by).")]
PHOTO = Annotated[Path | None, typer.Option("--photo", metavar="FILE", help="Foto penyerahan, disegel (photo).")]
CANCELS = Annotated[int | None, typer.Option("--cancels", metavar="ID", help="Pembayaran yang keliru dicatat (mistaken).")]
PAYMENT = Annotated[int, typer.Argument(metavar="PAYMENT", help="Nomor pembayaran, dari ejps delivery show (payment).")]
MAYBE_PHASE = Annotated[int | None, typer.Option("--phase", metavar="N", help="Tahap (phase).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district, province, head (role).")]
OUTCOME_WORDS: Mapping[str, Outcome] = {
    "diterima": Outcome.RECEIVED,
    "gagal": Outcome.FAILED,
    "dikembalikan": Outcome.RETURNED,
    "keliru": Outcome.CANCELLED,
} | {each.value: each for each in Outcome}

app = typer.Typer(no_args_is_help=True, help="Penyaluran (deliveries).", rich_markup_mode=None)
app.add_typer(handover.app, name="bast")


@app.callback()
def start() -> None:
    """Penyaluran per desa dan per keluarga, dengan dokumennya (deliveries)."""


@app.command("village")
def village(
    context: typer.Context,
    decree: DECREE,
    phase: PHASE,
    code: VILLAGE,
    day: DAY,
    document: DOCUMENT,
    sheet: SHEET,
    excepted: EXCEPT = None,
    exceptions: EXCEPTIONS = None,
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
    """Semua yang terdaftar di desa itu menerima, kecuali … (all enrolled received, except …)."""
    from ejps_core.app.delivering_village import Sheet
    from ejps_core.app.delivering_village import village as record

    speech = speech_of(context, lang, quiet=quiet)
    on = as_date(day, "--date")
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    apart = _excepted(speech, excepted or [], exceptions)
    actor = actor_of(speech, who, role, why, account=account)
    done = record(options_of(store, keys, files), actor, Sheet(decree, phase, code, on, document, sheet, apart))
    raise typer.Exit(_tell(speech, done))


@app.command("family")
def family(
    context: typer.Context,
    decree: DECREE,
    phase: PHASE,
    whom: FAMILY,
    day: DAY,
    document: DOCUMENT,
    outcome: OUTCOME = "diterima",
    reason: REASON = "",
    amount: AMOUNT = None,
    share: SHARES = None,
    taker: TAKER = "",
    photo: PHOTO = None,
    cancels: CANCELS = None,
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
    """Satu keluarga: diterima, gagal, dikembalikan, atau dicatat keliru (one family)."""
    from ejps_core.app.changes_asked import rupiah, shares_named
    from ejps_core.app.delivering_family import Single
    from ejps_core.app.delivering_family import family as record

    speech = speech_of(context, lang, quiet=quiet)
    on = as_date(day, "--date")
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    became = OUTCOME_WORDS.get(outcome)
    value = None if amount is None else rupiah(amount)
    shares = shares_named(";".join(share or ()))
    if became is None or (amount is not None and value is None) or shares is None:
        raise refused(speech, _unusable(became is None))
    single = Single(
        decree, phase, whom, on, document, became, reason, value, shares, taker, photo, cancels
    )  # fmt: skip
    actor = actor_of(speech, who, role, why, account=account)
    raise typer.Exit(_tell(speech, record(options_of(store, keys, files), actor, single)))


@app.command("reason")
def give_reason(
    context: typer.Context,
    payment: PAYMENT,
    reason: REASON,
    document: DOCUMENT = "",
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "district",
    lang: LANG = None,
) -> None:
    """Alasan bagi pembayaran yang diperingatkan (why a payment that was warned of is right)."""
    from ejps_core.app.delivering_family import give_reason as explain

    speech = speech_of(context, lang)
    actor = actor_of(speech, who, role, reason, account=account)
    problem = explain(options_of(store, keys), actor, payment, reason, document)
    if problem is not None:
        raise refused(speech, problem)
    speech.say(Words(f"Alasan pembayaran {payment} tercatat.", f"The reason of payment {payment} is on record."))


@app.command("show")
def show(
    context: typer.Context,
    decree: DECREE,
    phase: MAYBE_PHASE = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Penyaluran, pembayaran dan BAST sebuah keputusan (deliveries, payments, minutes)."""
    from ejps_core.app.decrees_told import delivered

    speech = speech_of(context, lang)
    found = delivered(options_of(store, keys), decree, phase)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for each in found["deliveries"]:
            _tell_delivery(speech, each)
        for each in found["handovers"]:
            amount = money(each["amount"], 0, "IDR")
            short = each["missing"] or "-"
            speech.say(
                Words(
                    f"BAST {each['number']}  {each['region']}  {each['families']} KPM  {amount.id}  kekurangan: {short}",
                    f"BAST {each['number']}  {each['region']}  {each['families']} families  {amount.en}  short: {short}",
                )
            )
    raise typer.Exit(DOUBTS if found["open"] else 0)


def _tell_delivery(speech: Speech, each: Mapping[str, Any]) -> None:
    from ejps_core.aid.payments import OUTCOMES

    speech.say(
        Words(
            f"Penyaluran {each['delivery']}: tahap {each['phase']}, {each['region']}, {each['day']}, {each['document']}",
            f"Delivery {each['delivery']}: phase {each['phase']}, {each['region']}, {each['day']}, {each['document']}",
        )
    )
    for one in each["payments"]:
        outcome = OUTCOMES[Outcome(one["outcome"])].say(speech.language)
        asks = "  ?" if one["open"] else ""
        marks = f"  [{', '.join(one['cautions'])}]{asks}" if one["cautions"] else ""
        why = f"  {one['reason']}" if one["reason"] else ""
        amount = money(one["amount"], 0, "IDR").say(speech.language)
        speech.say(f"  {one['payment']:>6}  {one['pid']}  {outcome}  {amount}{why}{marks}")


def _tell(speech: Speech, done: Recorded | Diagnostic) -> int:
    """Says what was recorded; the exit code."""
    from ejps_core.aid.payments import CAUTIONS, PLACES, Place

    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    if done.again:
        speech.say(
            Words(
                f"Lembar ini sudah tercatat: penyaluran {done.delivery}. Tidak ada yang berubah.",
                f"This sheet is on record as delivery {done.delivery}. Nothing has changed.",
            )
        )
        return 0
    amount = money(done.amount, 0, "IDR")
    speech.say(
        Words(
            f"Penyaluran {done.delivery}: diterima {done.received} keluarga, {amount.id}; gagal {done.failed}.",
            f"Delivery {done.delivery}: received by {done.received} families, {amount.en}; failed {done.failed}.",
        )
    )
    for why, count in done.left_out.items():
        words = CAUTIONS[why] if why in CAUTIONS else PLACES[Place(why)]
        speech.hint(Words(f"! {count} tidak dicatat: {words.id}", f"! {count} not recorded: {words.en}"))
    for pid, code in done.cautions:
        speech.hint(Words(f"! {pid}: {CAUTIONS[code].id}", f"! {pid}: {CAUTIONS[code].en}"))
    if done.open:
        speech.hint(
            Words(
                f"{done.open} pembayaran memerlukan alasan: ejps delivery reason.",
                f"{done.open} payments ask for a reason: ejps delivery reason.",
            )
        )
    return DOUBTS if done.open or done.left_out else 0


def _excepted(speech: Speech, said: list[str], path: Path | None) -> tuple[tuple[str, str], ...]:
    """Whom the options and the file except; ends the command if one has no reason."""
    found = []
    for each in said:
        whom, mark, why = each.partition("=")
        if not mark or not why.strip():
            raise refused(speech, _NO_REASON)
        found.append((whom.strip(), why.strip()))
    if path is None:
        return tuple(found)
    from ejps_core.app.changes_asked import read_exceptions
    from ejps_core.app.library import installed

    more, findings = read_exceptions(path, installed())
    if any(each.severity is Severity.ERROR for each in findings):
        speech.findings(findings, {})
        raise typer.Exit(2)
    return (*found, *more)


def _unusable(outcome: bool) -> Diagnostic:
    if outcome:
        words = Words("Tidak dikenal apa yang terjadi.", "It is not known what happened.")
        mend = Words(
            "Pilihannya: diterima, gagal, dikembalikan, keliru.", "The choices: received, failed, returned, cancelled."
        )
        return Diagnostic("bad-outcome", Severity.ERROR, None, words, mend)
    words = Words("Nilai atau porsinya bukan rupiah bulat.", "The amount or a share is no whole rupiah.")
    return Diagnostic("amount-unreadable", Severity.ERROR, None, words)


_NO_REASON = Diagnostic(
    "reason-missing",
    Severity.ERROR,
    None,
    Words("Setiap pengecualian memerlukan alasan.", "Every exception needs a reason."),
    Words('Tulis --except "KK=alasan".', 'Write --except "KK=reason".'),
)
