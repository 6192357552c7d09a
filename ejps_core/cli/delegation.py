"""`ejps delegation …`: who acts for the holder of an office (Plt., Plh.), by dated paper. 0: recorded; 2: refused."""

from __future__ import annotations

from typing import Annotated

import typer

from ejps_core.cli.decree import ACCOUNT
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import KEYS, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.decreed import Capacity, Power
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

OFFICE = Annotated[str, typer.Option("--office", metavar="TEXT", help="Jabatan yang diwakili (office).")]
CAPACITY = Annotated[
    str, typer.Option("--capacity", help="plt, plh, atau definitive bila kemudian diangkat (in which capacity).")
]
DEPUTY = Annotated[str, typer.Option("--deputy", metavar="NAME", help="Siapa yang ditunjuk (who is delegated).")]
FIRST = Annotated[str, typer.Option("--from", metavar="DATE", help="Hari pertama (first day).")]
LAST = Annotated[str, typer.Option("--to", metavar="DATE", help="Hari terakhir (last day).")]
DOCUMENT = Annotated[str, typer.Option("--document", metavar="TEXT", help="Surat penunjukannya (the paper).")]
DATED = Annotated[str, typer.Option("--date", metavar="DATE", help="Tanggal suratnya (its day).")]
DISTRICT = Annotated[str | None, typer.Option("--district", metavar="CODE", help="Daerah jabatannya; bawaan: provinsi.")]
POWERS = Annotated[
    list[str] | None, typer.Option("--power", help="approve, sign; boleh diulang; bawaan: keduanya (powers).")
]
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor penunjukan (number of the delegation).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district, province, head (role).")]

app = typer.Typer(no_args_is_help=True, help="Pelaksana tugas dan pelaksana harian (delegations).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Pelaksana tugas dan pelaksana harian (delegations)."""


@app.command("add")
def add(
    context: typer.Context,
    office: OFFICE,
    capacity: CAPACITY,
    deputy: DEPUTY,
    first: FIRST,
    last: LAST,
    document: DOCUMENT,
    dated: DATED,
    district: DISTRICT = None,
    power: POWERS = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Catat penunjukan Plt. atau Plh. (record a delegation)."""
    from ejps_core.app import delegating

    speech = speech_of(context, lang)
    days = [as_date(text, option) for text, option in ((first, "--from"), (last, "--to"), (dated, "--date"))]
    wrong = next((each for each in days if isinstance(each, Diagnostic)), None)
    powers = power or list(Power)
    if capacity not in set(Capacity) or not set(powers) <= set(Power):
        wrong = _UNKNOWN
    if wrong is not None:
        raise refused(speech, wrong)
    good = [each for each in days if not isinstance(each, Diagnostic)]
    kinds = frozenset(map(Power, powers))
    said = delegating.Deputising(district, office, Capacity(capacity), deputy, kinds, good[0], good[1], document, good[2])
    actor = actor_of(speech, who, role, why, account=account)
    done = delegating.add(options_of(store, keys), actor, said)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    speech.say(Words(f"Penunjukan {done} tercatat.", f"Delegation {done} is on record."))


@app.command("end")
def end(
    context: typer.Context,
    number: NUMBER,
    last: LAST,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasannya (why).")],
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "province",
    lang: LANG = None,
) -> None:
    """Akhiri lebih awal; sebelum hari pertama: dibatalkan (end earlier, or call off)."""
    from ejps_core.app import delegating

    speech = speech_of(context, lang)
    day = as_date(last, "--to")
    if isinstance(day, Diagnostic):
        raise refused(speech, day)
    done = delegating.end(options_of(store, keys), actor_of(speech, who, role, why, account=account), number, day)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    speech.say(Words(f"Penunjukan {number} berakhir {day} ({done}).", f"Delegation {number} ends on {day} ({done})."))


@app.command("list")
def listed(
    context: typer.Context, store: STORE = None, keys: KEYS = None, form: FORMAT = Shape.TEXT, lang: LANG = None
) -> None:
    """Penunjukan yang tercatat (delegations on record)."""
    from ejps_core.app import delegating

    speech = speech_of(context, lang)
    for each in rows_to_tell(speech, delegating.listed(options_of(store, keys)), form):
        where = each["district"] or "75"
        speech.say(
            f"{each['delegation']:>4}  {where}  {each['capacity']}  {each['office']}  {each['deputy']}  "
            f"{each['first']} – {each['last']}  {','.join(each['powers'])}  {each['document']}"
        )


_UNKNOWN = Diagnostic(
    "bad-delegation",
    Severity.ERROR,
    None,
    Words(
        "Kapasitasnya plt, plh atau definitive; kewenangannya approve, sign.",
        "The capacity is plt, plh or definitive; a power is approve or sign.",
    ),
)
