"""`ejps serve`: the service and its pages on this machine; `--demo` with a filled province and an account for each role."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ejps_core.cli.progress import progress
from ejps_core.cli.speech import LANG, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WRONG_USE, refused
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ejps_core.app.stores import StoreOptions
    from ejps_core.service.settings import Settings
    from ejps_core.service.together import Together

FOLDER = Path("build") / "province"
BACKLOG = 2048
"""So many callers may wait while the service starts or is busy."""
HOST = Annotated[str | None, typer.Option("--host", help="Alamat tempat mendengar (address).", show_default="127.0.0.1")]
PORT = Annotated[int | None, typer.Option("--port", help="Port.", show_default="8750")]
DEMO = Annotated[bool, typer.Option("--demo", help="Provinsi buatan, satu akun tiap peran (a made-up province).")]
OUT = Annotated[Path, typer.Option("--out", help="Folder peragaan (folder of the demonstration).")]
PROCESSES = Annotated[int | None, typer.Option("--processes", help="Proses halaman (for requests).", show_default="1")]
WORKERS = Annotated[int | None, typer.Option("--workers", help="Proses pekerja (processes for jobs).", show_default="1")]


def command(
    context: typer.Context,
    host: HOST = None,
    port: PORT = None,
    demo: DEMO = False,
    out: OUT = FOLDER,
    processes: PROCESSES = None,
    workers: WORKERS = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    lang: LANG = None,
) -> None:
    """Jalankan layanan dan halamannya (run the service and its pages)."""
    speech = speech_of(context, lang)
    said: dict[str, Any] = {"host": host, "port": port, "processes": processes, "workers": workers}
    if demo:
        options = _province(out, store, speech)
        said |= {"store": options.store, "keys": options.keys, "files": options.files, "plain_http": True, "public": True}
    else:
        said |= {"store": store, "keys": keys, "files": files}
    settings = _settings(said, speech)
    _run(settings, speech, demo=demo)


def _province(folder: Path, store: str | None, speech: Speech) -> StoreOptions:
    """The demonstration's store and its accounts, told with their passwords."""
    from ejps_core.app.access.rights import TITLES
    from ejps_core.app.access.scopes import StoreError
    from ejps_core.app.demo_province import accounts_for_all, filled_province

    try:
        with progress(speech) as tell:
            options = filled_province(folder.resolve(), tell, store)
        accounts = accounts_for_all(options)
    except StoreError as problem:
        raise refused(speech, problem.finding) from problem
    except OSError as problem:
        speech.error(Words(f"Folder {folder} tidak dapat ditulis.", f"The folder {folder} can't be written."))
        raise typer.Exit(WRONG_USE) from problem
    speech.say(
        Words(
            "Provinsi buatan (bukan data warga). Akun dan kata sandi kali ini:",
            "A made-up province (nobody's data). The accounts and their passwords of this start:",
        )
    )
    for each in accounts:
        title = TITLES[each.role].say(speech.language)
        speech.say(f"  {each.name:<13} {each.password}   {title}{f' ({each.district})' if each.district else ''}")
    return options


def _settings(said: dict[str, Any], speech: Speech) -> Settings:
    """The settings; ends the command with what is wrong of them."""
    from pydantic import ValidationError

    from ejps_core.service.settings import settings_from

    try:
        return settings_from(**said)
    except ValidationError as problem:
        for each in problem.errors():
            name = ".".join(str(part) for part in each["loc"]) or "settings"
            speech.error(Words(f"Pengaturan {name}: {each['msg']}", f"Setting {name}: {each['msg']}"))
        raise typer.Exit(WRONG_USE) from problem
    except (OSError, ValueError) as problem:
        speech.error(Words(f"Berkas pengaturan tidak terbaca: {problem}", f"The file of settings can't be read: {problem}"))
        raise typer.Exit(WRONG_USE) from problem


def _run(settings: Settings, speech: Speech, *, demo: bool) -> None:
    """Serves until it is told to stop."""
    from ejps_core.app.access.scopes import StoreError

    try:
        if settings.processes > 1:
            _by_several(settings, speech, demo=demo)
            return
        from ejps_core.service.listening import serve_here
        from ejps_core.web.site import create_site

        app = create_site(settings)
    except StoreError as problem:
        raise refused(speech, problem.finding) from problem
    listening = _listening(settings, speech)
    _told(settings, speech, listening, demo=demo)
    serve_here(app, settings, listening)


def _by_several(settings: Settings, speech: Speech, *, demo: bool) -> None:
    """The same by several processes. What makes the pages is imported there: their figures are counted together."""
    from ejps_core.service.listening import Several

    several = Several(settings)
    try:
        listening = _listening(settings, speech)
        _told(settings, speech, listening, demo=demo)
        several.serve(create_one, listening)
    finally:
        several.close()


def create_one(settings: Settings, together: Together) -> FastAPI:
    """The pages as one of several processes serves them."""
    from ejps_core.web.site import create_site

    return create_site(settings, together)


def _told(settings: Settings, speech: Speech, listening: socket.socket, *, demo: bool) -> None:
    """Says where the service is, and what it lacks."""
    from ejps_core.web.built import built_script

    address = f"http://{settings.host}:{listening.getsockname()[1]}"
    speech.say(Words(f"Buka {address} (Ctrl+C untuk berhenti)", f"Open {address} (Ctrl+C to stop)"))
    if built_script() is None:
        speech.hint(
            Words(
                "Skrip halaman belum dibuat (make web): halaman tetap berjalan, tanpa kemajuan langsung.",
                "The script of the pages was not built (make web): they work without it, only without live progress.",
            )
        )
    if demo and not settings.loopback:
        speech.hint(Words("Terbuka bagi jaringan, tanpa TLS.", "It is open to the network, without TLS."))


def _listening(settings: Settings, speech: Speech) -> socket.socket:
    """The socket, open before anything is started, so that a port in use is told at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((settings.host, settings.port))
        made.listen(BACKLOG)
    except OSError as problem:
        made.close()
        where, why = f"{settings.host}:{settings.port}", problem.strerror
        speech.error(Words(f"Tidak dapat mendengar di {where}: {why}.", f"Can't listen on {where}: {why}."))
        raise typer.Exit(WRONG_USE) from problem
    return made
