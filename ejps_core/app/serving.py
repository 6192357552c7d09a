"""A register's file as an online registry on this machine, to try an asking with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path

from ejps_core.app.registers import open_register
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Served:
    """A server that does not serve yet, and the path at which it is asked."""

    server: ThreadingHTTPServer
    path: str


def reference_server(name: str, path: Path, port: int, token_env: str | None, plugins: Plugins) -> Served | Diagnostic:
    """A server of the register's file on 127.0.0.1, or why there can't be one. token_env: the variable of its credential."""
    from ejps_core.registry.online.reference import PATH, Registry, server

    opened = open_register(name, path, plugins)
    if opened.listing is None:
        return next(each for each in opened.findings if each.severity is Severity.ERROR)
    token = None if token_env is None else os.environ.get(token_env, "")
    if token == "":
        words = Words(f"Variabel {token_env} kosong.", f"The variable {token_env} is empty.")
        return Diagnostic("token-missing", Severity.ERROR, None, words)
    try:
        made = server(Registry(opened.listing, day_number(datetime.now(UTC).date())), port, token)
    except OSError as problem:
        words = Words(f"Porta {port} tidak dapat dipakai: {problem}.", f"The port {port} can't be used: {problem}.")
        return Diagnostic("port-used", Severity.ERROR, Cell(str(path)), words)
    return Served(made, PATH)
