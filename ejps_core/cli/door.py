"""The door of the command line: finds the verb, keeps promises about exit codes, shows no traceback."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ejps_core.cli import check, demo, evaluate, examples, explain, plugins
from ejps_core.cli.speech import LANG, ReaderGone, Speech, language_of, remember
from ejps_core.cli.usage import usage_words
from ejps_core.model.words import Words

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
app.command("test")(examples.command)
app.command("demo")(demo.command)
app.add_typer(plugins.app, name="plugins")


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
        code = app(args=given, prog_name="ejps", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except (ReaderGone, BrokenPipeError):
        # What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except (KeyboardInterrupt, typer.Abort):
        speech.error(Words("Dihentikan.", "Stopped."))
        return INTERRUPTED
    except Exception as problem:
        words = usage_words(problem)
        if words is not None:
            speech.error(words)
            return int(getattr(problem, "exit_code", 2))
        return _defect(problem, speech)


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
