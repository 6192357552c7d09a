"""Moments as officials write them: 2026-03-02 10:00, in Gorontalo's time unless a zone is given."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from ejps_core.cli.speech import Speech
from ejps_core.model.calendar import WITA
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

WRONG_USE = 2


def as_moment(text: str, option: str) -> datetime | Diagnostic:
    """A moment with its zone, or what is wrong with it. A day without an hour is none: the clock runs by the hour.

    >>> as_moment("2026-03-02 10:00", "--at")
    datetime.datetime(2026, 3, 2, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=28800)))
    """
    try:
        found = datetime.fromisoformat(text)
        if ":" not in text:
            raise ValueError
    except ValueError:
        return Diagnostic(
            "bad-moment",
            Severity.ERROR,
            None,
            Words(f"{option} {text} bukan waktu.", f"{option} {text} is no moment."),
            Words(
                'Tulis tanggal dan jam WITA, misalnya "2026-03-02 10:00".',
                'Write the day and the hour in WITA, for example "2026-03-02 10:00".',
            ),
        )
    return found if found.tzinfo is not None else found.replace(tzinfo=WITA)


def moment_or_end(speech: Speech, text: str, option: str) -> datetime:
    """The moment; ends the command if it is none."""
    found = as_moment(text, option)
    if isinstance(found, Diagnostic):
        speech.findings([found], {})
        raise typer.Exit(WRONG_USE)
    return found


def moment_or_now(speech: Speech, text: str | None, option: str) -> datetime:
    """The moment, or this one where none is given."""
    return datetime.now(UTC) if text is None else moment_or_end(speech, text, option)


def shown(moment: datetime) -> str:
    """A moment in Gorontalo's time."""
    return f"{moment.astimezone(WITA):%Y-%m-%d %H:%M} WITA"
