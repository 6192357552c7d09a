"""The door of the command line: finds the verb, keeps promises about exit codes, shows no traceback."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

import typer

from ejps_core.app.unwritable import NO_ROOM, why_unwritable
from ejps_core.cli.speech import OutputLostError, ReaderGone, Speech, language_of
from ejps_core.cli.usage import usage_words
from ejps_core.cli.verbs import commands_for
from ejps_core.model.words import Words

WRONG_USE = 2
DEFECT = 70
INTERRUPTED = 130
READER_GONE = 141


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
        code = commands_for(given).main(args=given, prog_name="ejps", standalone_mode=False)
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
