"""The door of the command line: finds the verb, keeps promises about exit codes, shows no traceback."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated, TextIO

import typer

from ejps_core.app.unwritable import NO_ROOM, why_unwritable
from ejps_core.cli import (
    audit,
    backup,
    breach,
    check,
    decree,
    delegation,
    delivery,
    demo,
    determine,
    evaluate,
    examples,
    explain,
    finding,
    fmt,
    hold,
    keys,
    lint,
    lists,
    matching,
    money_files,
    new,
    objection,
    plugins,
    position,
    processing,
    registers,
    replay,
    report,
    request,
    restore,
    sample,
    serve,
    show,
    sql,
    store,
    subject,
    users,
)
from ejps_core.cli.speech import LANG, OutputLostError, ReaderGone, Speech, language_of, remember
from ejps_core.cli.usage import usage_words
from ejps_core.model.words import Words

WRONG_USE = 2
DEFECT = 70
INTERRUPTED = 130
READER_GONE = 141

app = typer.Typer(
    name="ejps",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.command)
app.command("evaluate")(evaluate.command)
app.command("explain")(explain.command)
app.command("show")(show.command)
app.command("lint")(lint.command)
app.command("test")(examples.command)
app.command("demo")(demo.command)
app.command("fmt")(fmt.command)
app.command("sql")(sql.command)
app.command("serve")(serve.command)
app.command("subject")(subject.command)
app.command("determine")(determine.command)
app.add_typer(registers.app, name="register")
app.add_typer(matching.app, name="match")
app.command("replay")(replay.command)
app.command("runs")(replay.runs)
app.add_typer(lists.app, name="list")
app.add_typer(money_files.app, name="money")
app.add_typer(position.app, name="position")
app.command("report")(report.command)
app.add_typer(decree.app, name="decree")
app.add_typer(delegation.app, name="delegation")
app.add_typer(delivery.app, name="delivery")
app.add_typer(hold.app, name="hold")
app.add_typer(objection.app, name="objection")
app.add_typer(finding.app, name="finding")
app.add_typer(sample.app, name="sample")
app.add_typer(new.app, name="new")
app.add_typer(plugins.app, name="plugins")
app.add_typer(store.app, name="store")
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.add_typer(backup.app, name="backup")
app.add_typer(restore.app, name="restore")
app.add_typer(breach.app, name="breach")
app.add_typer(request.app, name="request")
app.command("processing")(processing.command)
app.add_typer(users.app, name="user")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"ejps {version('ejps')}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    lang: LANG = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """e-JPS: aturan program bantuan sebagai teks, putusan dengan alasannya.

    Rules of aid programs as text, verdicts with their reasons.
    """
    remember(context, lang)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and returns its exit code; never raises, never shows a traceback unless EJPS_DEBUG=1."""
    given = sys.argv[1:] if arguments is None else arguments
    speech = Speech(language_of(given))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(given, speech)
    except ReaderGone:
        _drop(sys.stdout)
        _drop(sys.stderr)
        return READER_GONE


def _run(given: list[str], speech: Speech) -> int:
    try:
        code = app(args=given, prog_name="ejps", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except (BrokenPipeError, SystemExit) as problem:
        # The library of the command line leaves this way, and only this way, when its reader has gone.
        raise ReaderGone from problem
    except ReaderGone:
        raise
    except OutputLostError as problem:
        return _lost(problem.__cause__, speech)
    except (KeyboardInterrupt, typer.Abort):
        speech.error(Words("Dihentikan.", "Stopped."))
        return INTERRUPTED
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno in NO_ROOM:
            return _lost(problem, speech)
        words = usage_words(problem)
        if words is not None:
            speech.error(words)
            return int(getattr(problem, "exit_code", 2))
        return _defect(problem, speech)


def _drop(stream: TextIO | None) -> None:
    """What is still buffered has nowhere to go."""
    with suppress(OSError, ValueError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _lost(problem: BaseException | None, speech: Speech) -> int:
    """Says why standard output could not be written."""
    _drop(sys.stdout)
    why = why_unwritable(problem) if isinstance(problem, OSError) else Words("keluaran ditutup", "the output is closed")
    speech.error(
        Words(f"Keluaran tidak dapat ditulis: {why.id}.", f"The output can't be written: {why.en}."),
    )
    return WRONG_USE


def _defect(problem: Exception, speech: Speech) -> int:
    """Says that this is our mistake and how to report it."""
    if os.environ.get("EJPS_DEBUG") == "1":
        raise problem
    kind = type(problem).__name__
    speech.error(
        Words(
            f"Ada kesalahan di dalam e-JPS sendiri ({kind}); bukan pada aturan atau daftar Anda.\n"
            "Ulangi dengan EJPS_DEBUG=1, lalu laporkan perintah dan keluarannya (tanpa data warga).",
            f"There is a defect in e-JPS itself ({kind}); not in your rules or your list.\n"
            "Repeat with EJPS_DEBUG=1 and report the command with its output (without people's data).",
        )
    )
    return DEFECT
