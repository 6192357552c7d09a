"""`ejps user add`, `user reset`, `user list`: accounts of the service, for the first one and for when nobody can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.speech import LANG, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, actor_of, options_of, refused
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.access.managing import Desk
    from ejps_core.app.stores import StoreOptions

NAME = Annotated[str, typer.Argument(metavar="AKUN", help="Nama akun (account).")]
FULL_NAME = Annotated[str, typer.Argument(metavar="NAMA", help="Nama lengkap (full name).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran: system, district, head, province, auditor, …")]
DISTRICT = Annotated[str | None, typer.Option("--district", metavar="CODE", help="Daerah akun (its district).")]
FACTOR = Annotated[bool, typer.Option("--second-factor", help="Cabut juga faktor kedua (take that away too).")]

app = typer.Typer(no_args_is_help=True, help="Akun layanan (accounts of the service).", rich_markup_mode=None)


@app.command("add")
def add(
    context: typer.Context,
    name: NAME,
    full_name: FULL_NAME,
    role: ROLE = "district",
    district: DISTRICT = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Buat akun; kata sandi pertamanya ditampilkan sekali (make an account)."""
    speech = speech_of(context, lang)
    named = actor_of(speech, who, role).role
    desk = _desk(options_of(store, keys, files), who, speech)
    _told(desk.add(name, full_name, named, district), name, speech)


@app.command("reset")
def reset(
    context: typer.Context,
    name: NAME,
    factor: FACTOR = False,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Beri kata sandi baru, akhiri semua sesinya (a new password; its sessions end)."""
    speech = speech_of(context, lang)
    _told(_desk(options_of(store, keys, files), who, speech).reset(name, factor_too=factor), name, speech)


@app.command("list")
def listed(context: typer.Context, store: STORE = None, keys: KEYS = None, files: FILES = None, lang: LANG = None) -> None:
    """Akun yang ada (the accounts there are)."""
    from ejps_core.model.diagnostic import Diagnostic

    speech = speech_of(context, lang)
    found = _desk(options_of(store, keys, files), None, speech).listed()
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    for each in found:
        grant = each.grant
        areas = "-" if grant is None else ",".join(sorted(grant.areas)) if grant.areas is not None else "75"
        role = "-" if grant is None else grant.role.value
        speech.say(f"{each.name:<20} {each.state.value:<7} {role:<11} {areas:<8} {each.full_name}")


def _desk(options: StoreOptions, who: str | None, speech: Speech) -> Desk:
    from ejps_core.app.access.managing import Desk

    return Desk(options, actor_of(speech, who, "system"))


def _told(password: object, name: str, speech: Speech) -> None:
    """The password, shown this once."""
    from ejps_core.model.diagnostic import Diagnostic

    if isinstance(password, Diagnostic):
        raise refused(speech, password)
    speech.say(Words(f"Akun {name}, kata sandi: {password}", f"Account {name}, password: {password}"))
    speech.hint(Words("Harus diganti saat masuk pertama.", "It has to be changed at the first sign-in."))
