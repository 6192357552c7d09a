"""The verbs of the command line. Only the one that was asked for is loaded: the start is what each command costs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer
from typer.core import TyperGroup

from ejps_core.cli.speech import LANG, remember

VERBS = {
    "check": "check.command",
    "evaluate": "evaluate.command",
    "explain": "explain.command",
    "show": "show.command",
    "lint": "lint.command",
    "test": "examples.command",
    "demo": "demo.command",
    "fmt": "fmt.command",
    "sql": "sql.command",
    "serve": "serve.command",
    "subject": "subject.command",
    "determine": "determine.command",
    "register": "registers.app",
    "match": "matching.app",
    "replay": "replay.command",
    "runs": "replay.runs",
    "list": "lists.app",
    "money": "money_files.app",
    "position": "position.app",
    "report": "report.command",
    "decree": "decree.app",
    "delegation": "delegation.app",
    "delivery": "delivery.app",
    "hold": "hold.app",
    "objection": "objection.app",
    "finding": "finding.app",
    "sample": "sample.app",
    "new": "new.app",
    "plugins": "plugins.app",
    "store": "store.app",
    "keys": "keys.app",
    "audit": "audit.app",
    "backup": "backup.app",
    "restore": "restore.app",
    "breach": "breach.app",
    "request": "request.app",
    "processing": "processing.command",
    "user": "users.app",
}
"""What each verb is: a function of a file of this room, or its `app` where the verb has verbs of its own."""
TAKES_A_VALUE = "--lang"


def commands_for(arguments: Sequence[str]) -> TyperGroup:
    """The verb that a command line begins with, ready to run; all of them where it begins with none."""
    verb = _first_word(arguments)
    return _made(verb) if verb in VERBS else _made(*VERBS)


def _first_word(arguments: Sequence[str]) -> str:
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            return argument
        if argument == TAKES_A_VALUE:
            next(rest, None)
    return ""


@cache
def _made(*verbs: str) -> TyperGroup:
    app = typer.Typer(
        name="ejps",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_start)
    for verb in verbs:
        module, name = VERBS[verb].split(".")
        found = getattr(import_module(f"ejps_core.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=verb)
        else:
            app.command(verb)(found)
    return typer.main.get_group(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ejps {version('ejps')}")
        raise typer.Exit


def _start(
    context: typer.Context,
    lang: LANG = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """e-JPS: aturan program bantuan sebagai teks, putusan dengan alasannya.

    Rules of aid programs as text, verdicts with their reasons.
    """
    remember(context, lang)
