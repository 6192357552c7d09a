"""What plugins declare besides programs: readers, report writers, lints, registers, connectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ejps_core.model.words import Language, Words

if TYPE_CHECKING:  # what these name is loaded by whoever opens, writes or checks
    from ejps_core.model.asking import Line
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


class Identity(StrEnum):
    """By which number a register knows whom it is about: the family card's, or the person's."""

    KK = "kk"
    NIK = "nik"


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of a register whose values settle facts: those called `name`, or one of `facts`, by name or title.

    heads: facts of a family that say this of its head; they are settled where it is known who the head is.
    """

    name: str
    facts: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """A register that can be looked up once it is there as a file. It settles the facts whose source is its name.

    open: how its file is opened; None: by the readers, as lists are. key: the column by which families (or persons) are
    found in it. columns: those whose values settle facts. membership: any other yes/no fact is yes for whoever is in it,
    and no for whoever is not where it is declared complete. needed: columns without which the file is of no use.
    """

    name: str
    title: Words
    open: Callable[[Path], Opened] | None = None
    key: Identity = Identity.KK
    membership: bool = True
    columns: tuple[RegisterColumn, ...] = ()
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Connector:
    """Asks an online registry about the people of a list.

    name: kebab-case. open: takes the settings file and gives a Line, or says what is wrong with the file. It makes no
    request.
    """

    name: str
    title: Words
    open: Callable[[Path], Line | Diagnostic]
