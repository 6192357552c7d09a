"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

WITA = timezone(timedelta(hours=8))
"""The time of the province: which day today is."""


class Shape(StrEnum):
    """The shape of what a command prints."""

    TEXT = "text"
    JSON = "json"


FORMAT = Annotated[Shape, typer.Option("--format", help="text atau json.")]
LIST = Annotated[
    Path, typer.Argument(metavar="LIST", help="Daftar calon: CSV, XLSX atau Parquet (list of candidates).", readable=False)
]
MAYBE_LIST = Annotated[
    Path | None,
    typer.Argument(metavar="LIST", help="Daftar calon: CSV, XLSX atau Parquet (list of candidates).", readable=False),
]
MEMBERS = Annotated[
    Path | None,
    typer.Option("--members", help="Berkas anggota keluarga, bila terpisah (file of the members).", readable=False),
]
SHEET = Annotated[str | None, typer.Option("--sheet", help="Lembar keluarga (sheet of the families).")]
MEMBERS_SHEET = Annotated[str | None, typer.Option("--members-sheet", help="Lembar anggota (sheet of the members).")]
AS_OF = Annotated[str, typer.Option("--as-of", metavar="DATE", help="Tanggal penetapan, YYYY-MM-DD (decision date).")]
KNOWN = Annotated[
    str | None,
    typer.Option(
        "--known",
        metavar="DATE|latest",
        help="Data yang diumumkan s.d. tanggal ini; bawaan: tanggal penetapan (published by).",
    ),
]
DISTRICT = Annotated[
    str | None,
    typer.Option("--district", metavar="CODE", help="Asal daftar, mis. 75.04: mengisi yang kosong (origin of the list)."),
]
RULESETS = Annotated[
    list[Path] | None,
    typer.Option("--rulesets", metavar="DIR", help="Folder ketentuan; bawaan: rulesets (folders of rule sets)."),
]
BASE = Annotated[
    bool, typer.Option("--base", help="Program itu sendiri, tanpa ketentuan kabupaten/kota (the program itself).")
]
REGISTERS = Annotated[
    list[str] | None,
    typer.Option(
        "--register", metavar="NAME=FILE[@DATE]", help="Register pendamping daftar, dengan tanggal datanya (register)."
    ),
]
COMPLETE = Annotated[
    list[Path] | None,
    typer.Option("--complete", metavar="FILE", help="Pernyataan register lengkap (completeness declarations)."),
]
DETERMINATIONS = Annotated[
    Path | None,
    typer.Option("--determinations", metavar="FILE", help="Ketetapan petugas, SPTJM (official determinations)."),
]
NO_AWARDS = Annotated[
    bool, typer.Option("--no-awards-yet", help="Belum pernah ada penetapan program ini (no awards so far).")
]
PASSWORD = Annotated[
    str | None,
    typer.Option(
        "--password",
        envvar="EJPS_LIST_PASSWORD",
        show_envvar=False,
        help="Kata sandi buku kerja; lebih aman lewat EJPS_LIST_PASSWORD (of a protected workbook).",
    ),
]
LATEST = "latest"


def as_date(text: str, option: str) -> date | Diagnostic:
    """A date written YYYY-MM-DD, or what is wrong with it."""
    try:
        if len(text) != len("2020-10-16"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        return Diagnostic(
            "bad-date",
            Severity.ERROR,
            None,
            Words(f"{option} {text} bukan tanggal.", f"{option} {text} is no date."),
            Words("Tulis tahun-bulan-hari, misalnya 2020-10-16.", "Write year-month-day, for example 2020-10-16."),
        )


def known_date(text: str | None) -> date | Diagnostic | None:
    """The known date; `latest` is the last day there is."""
    if text is None:
        return None
    return date.max if text == LATEST else as_date(text, "--known")
