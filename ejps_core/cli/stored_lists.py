"""`ejps list list`, `list show ID`, `list export ID --return FILE.xlsx`, `list order ID`: the lists on record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.options import FORMAT, PASSWORD, Shape
from ejps_core.cli.speech import LANG, QUIET, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor daftar, dari ejps list list (number of the list).")]
BACK = Annotated[Path, typer.Option("--return", metavar="FILE.xlsx|csv", help="Berkas yang dikembalikan (given back).")]
RUN = Annotated[
    int | None, typer.Option("--run", metavar="RUN", help="Dengan putusan run ini juga (with its decisions too).")
]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district atau province.")]
DISTRICT = Annotated[str | None, typer.Option("--district", metavar="CODE", help="Hanya dari sini (from here only).")]


def listed(
    context: typer.Context,
    district: DISTRICT = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Daftar yang tercatat (lists on record)."""
    from ejps_core.app import stored_lists

    speech = speech_of(context, lang)
    for each in rows_to_tell(speech, stored_lists.listed(options_of(store, keys), district), form):
        counted = f"{each['rows']} = {each['accepted']} + {each['with_remark']} + {each['set_apart']}"
        speech.say(
            f"{each['list']:>5}  {each['district']}  v{each['newest_version']}  {each['title']}  {counted}  "
            f"{each['received_at']}  {each['received_by']}"
        )


def show(
    context: typer.Context,
    number: NUMBER,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Versi dan baris sebuah daftar, tanpa identitas (versions and rows, without identifiers)."""
    from ejps_core.app import stored_lists

    speech = speech_of(context, lang)
    found = stored_lists.shown(options_of(store, keys), number)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(found, ensure_ascii=False, indent=2))
        return
    speech.say(f"{found['list']}  {found['district']}  {found['title']}")
    for each in found["versions"]:
        speech.say(
            Words(
                f"  versi {each['version']}: {each['file']}, {each['rows']} baris, {each['unchanged']} tidak berubah",
                f"  version {each['version']}: {each['file']}, {each['rows']} rows, {each['unchanged']} unchanged",
            )
        )
    for row in found["rows"]:
        sheet = f"{row['sheet']}:" if row["sheet"] else ""
        speech.say(f"  {sheet}{row['row']:<7} {row['verdict']:<12} {row['pid'] or '-':<17} {' '.join(row['codes'])}")


def export(
    context: typer.Context,
    number: NUMBER,
    back: BACK,
    run: RUN = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    password: PASSWORD = None,
    who: WHO = None,
    role: ROLE = "district",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Kembalikan daftar ke daerahnya dengan STATUS, ALASAN, SARAN PERBAIKAN (give the list back)."""
    from ejps_core.app import stored_lists
    from ejps_core.app.library import installed

    speech = speech_of(context, lang, quiet=quiet)
    actor = actor_of(speech, who, role, why or f"mengembalikan daftar {number}")
    done = stored_lists.export(
        options_of(store, keys, files), actor, number, back, installed(), speech.language, password, run
    )
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    speech.hint(
        Words(
            f"Daftar {done.list_id} versi {done.version} dikembalikan: {back} (ekspor {done.export}).",
            f"List {done.list_id}, version {done.version}, given back: {back} (export {done.export}).",
        )
    )
    speech.findings(done.said, {})


def order(
    context: typer.Context,
    number: NUMBER,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Catat urutan nomor sebuah daftar lama, untuk pemeringkatan (keep the order of the numbers of an older list)."""
    from ejps_core.app.ordering_keys import order_keys

    speech = speech_of(context, lang, quiet=quiet)
    done = order_keys(options_of(store, keys), actor_of(speech, who, role, why), number)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    now, before = (", ".join(map(str, versions)) or "–" for versions in (done.now, done.before))
    speech.say(
        Words(
            f"Daftar {done.list_id}: urutan nomor dicatat untuk versi {now}; sudah ada untuk versi {before}.",
            f"List {done.list_id}: the order of its numbers is now on record for version {now}; it was for {before}.",
        )
    )
