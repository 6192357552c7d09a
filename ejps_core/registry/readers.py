"""The kinds of files that lists come in: text, workbooks, Parquet. What opens them is loaded when one is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ejps_core.model.declared import Reader

if TYPE_CHECKING:
    from ejps_core.model.listing import Book, Opened

TEXT = ".csv"


def open_text_list(path: Path) -> Opened:
    """A text file: encoding and delimiter are found out."""
    from ejps_core.model.listing import Opened
    from ejps_core.registry.delimited import open_text

    listing, findings = open_text(path)
    return Opened(listing, tuple(findings))


def open_workbook(path: Path, password: str | None = None) -> Opened | Book:
    """A workbook in a child process with limits, unless its parts are too large to try."""
    from ejps_core.model.listing import Opened
    from ejps_core.registry.workbooks import Workbook, too_large

    hostile = too_large(path)
    return Workbook(path, password) if hostile is None else Opened(None, (hostile,))


def open_parquet_list(path: Path) -> Opened:
    """A Parquet file."""
    from ejps_core.model.listing import Listing, Opened
    from ejps_core.registry.parquet import open_parquet

    opened = open_parquet(path)
    return Opened(opened) if isinstance(opened, Listing) else Opened(None, (opened,))


READERS = (
    Reader("text", (TEXT, ".tsv", ".txt"), open_text_list),
    Reader("workbook", (".xlsx", ".xlsm", ".xls", ".ods"), open_workbook, (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")),
    Reader("parquet", (".parquet",), open_parquet_list, (b"PAR1",)),
)
"""The core's own; whatever no reader knows is taken for text."""


def with_password(readers: Sequence[Reader], password: str | None) -> tuple[Reader, ...]:
    """The readers, those of workbooks with the password of the file that is about to be opened."""
    if password is None:
        return tuple(readers)
    opening = partial(open_workbook, password=password)
    return tuple(replace(reader, open=opening) if reader.open is open_workbook else reader for reader in readers)


def reader_for(path: Path, start: bytes, readers: Sequence[Reader]) -> Reader:
    """The reader of a file that begins with `start`: by name and first bytes, by first bytes, by name, else text."""
    suffix = path.suffix.lower()
    named = [reader for reader in readers if suffix in reader.suffixes]
    marked = [reader for reader in readers if start.startswith(reader.starts)]
    both = [reader for reader in named if reader in marked]
    plain = [reader for reader in named if not reader.starts]
    text = [reader for reader in (*readers, *READERS) if TEXT in reader.suffixes]
    return next(iter((*both, *marked, *plain, *text)))
