"""`ejps decree annex ID`: the list of a phase with its hash, or in clear; `compare`: beside a newer run (3: differs)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, QUIET, speech_of
from ejps_core.cli.store import KEYS, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.decreed import Standing
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.wording import money
from ejps_core.model.words import Words

DOUBTS = 3
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor keputusan atau perubahan (decree or amendment).")]
PHASE = Annotated[int | None, typer.Option("--phase", metavar="N", help="Tahap; bawaan: yang pertama (phase).")]
OUT = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE.json", help="Dengan nama dan NIK, untuk ejps report lampiran-sk (in clear)."),
]
CHANGES = Annotated[
    bool, typer.Option("--changes", help="Dengan --out: hanya yang diubah oleh perubahan ini (changes only).")
]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district, province, head (role).")]


def command(
    context: typer.Context,
    number: NUMBER,
    phase: PHASE = None,
    out: OUT = None,
    changes: CHANGES = False,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "district",
    why: WHY = "",
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Lampiran: daftar penerima satu tahap dan sidiknya (annex: the list of a phase and its hash)."""
    from ejps_core.aid.membership import STANDINGS
    from ejps_core.app.annexes import annex, members_told, write_annex

    speech = speech_of(context, lang, quiet=quiet)
    if out is not None:
        done = write_annex(
            options_of(store, keys), actor_of(speech, who, role, why), number, phase, out, changes_only=changes
        )
        if isinstance(done, Diagnostic):
            raise refused(speech, done)
        speech.hint(
            Words(
                f"Lampiran {number}: {done.families} penerima, {out} (ekspor {done.export}).",
                f"Annex {number}: {done.families} recipients, {out} (export {done.export}).",
            )
        )
        return
    found = annex(options_of(store, keys), number, phase)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    members = members_told(found)
    if form is Shape.JSON:
        told = {"decree": number, "phase": found.phase, "amount": found.amount, "hash": found.digest, "signed": found.signed}
        speech.say(json.dumps(told | {"members": members}, ensure_ascii=False, indent=2))
        return
    amount = money(found.amount, 0, "IDR")
    recipients = sum(each["standing"] == "recipient" for each in members)
    speech.say(
        Words(
            f"Tahap {found.phase}: {recipients} penerima, {amount.id}; sidik {found.digest}",
            f"Phase {found.phase}: {recipients} recipients, {amount.en}; hash {found.digest}",
        )
    )
    for each in members:
        standing = STANDINGS[Standing(each["standing"])].say(speech.language)
        payable = "" if each["payable"] else "  NIK menyusul"
        speech.say(f"  {each['pid']}  {standing:<9} {each['rank']:>4}  {each['region']:<13} {each['amount']:>12}{payable}")


def compare(
    context: typer.Context,
    number: NUMBER,
    run: Annotated[int, typer.Option("--run", metavar="RUN", help="Run yang lebih baru (a newer run).")],
    phase: Annotated[int, typer.Option("--phase", metavar="N", help="Tahap (phase).")],
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Bandingkan daftar keputusan dengan run yang lebih baru (who no longer qualifies by a newer run)."""
    from ejps_core.aid.membership import STANDINGS
    from ejps_core.app.comparing import DIFFERING, compared

    speech = speech_of(context, lang)
    found = compared(options_of(store, keys), number, run, phase)
    for each in rows_to_tell(speech, found, form):
        because = ", ".join(each["because"] or each["needs"])
        standing = STANDINGS[Standing(each["standing"])].say(speech.language)
        what = ", ".join(DIFFERING[each_what].say(speech.language) for each_what in each["what"])
        speech.say(f"{each['pid']}  {standing:<9}  {what}  {because}")
    raise typer.Exit(DOUBTS if found else 0)
