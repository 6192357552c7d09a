"""What plugins declare besides programs: readers, report writers, lints, registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ejps_core.model.words import Language, Words

if TYPE_CHECKING:  # what these name is loaded by whoever opens, writes or checks
    from ejps_core.model.asof import AsOf
    from ejps_core.model.diagnostic import Diagnostic
    from ejps_core.model.listing import Book, Opened
    from ejps_core.model.ruleset import Ruleset
    from ejps_core.model.run import Run


@dataclass(frozen=True, slots=True)
class Reader:
    """Opens a kind of file as lists.

    suffixes: how such files end ('.csv', small letters). starts: the bytes they begin with, if they do; a file that
    begins so is opened by this reader whatever its name. open: never raises for what is wrong with a file.
    """

    name: str
    suffixes: tuple[str, ...]
    open: Callable[[Path], Opened | Book]
    starts: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a report writer is given.

    records: one column a name, one cell a family, in words of the language; the names of the columns are as promised
    for CSV.
    """

    run: Run
    language: Language
    records: Callable[[], Mapping[str, Sequence[str | int | None]]]


@dataclass(frozen=True, slots=True)
class ReportWriter:
    """Writes a run to a file that ends with `suffix` ('.csv'). It may raise OSError; the file is then not kept."""

    suffix: str
    title: Words
    write: Callable[[Report, Path], None]


@dataclass(frozen=True, slots=True)
class Lint:
    """Looks for one kind of weak spot in a rule set that is right.

    name: also the code of its findings (kebab-case). page: Markdown that says what is found, why, how to mend it. check:
    the date may be None; a lint that needs one then finds nothing.
    """

    name: str
    page: Path
    check: Callable[[Ruleset, AsOf | None], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Register:
    """A register that can be looked up, once it is there as a file: its name, and how the file is opened."""

    name: str
    title: Words
    open: Callable[[Path], Opened]
