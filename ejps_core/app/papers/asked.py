"""What a report from the store is asked to be made of, and what comes of it before it is a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ejps_core.aid.targeting import Level
from ejps_core.hooks.manager import Plugins
from ejps_core.model.paper import Document
from ejps_core.model.words import Words
from ejps_core.reports.office import Office
from ejps_core.store.acts import Act
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store, Work

BY = (Level.PHASE, Level.DISTRICT)


@dataclass(frozen=True, slots=True)
class Source:
    """Numbers on record, and what is wanted of them. whom: a pseudonym, family card or NIK. paper: number of a letter.

    full_numbers: NIK and family cards whole. by: what targeting is counted by. allowed: pairs of programs that may go
    together. ledger: the money, for payment orders. status_at: where the holder of a letter's code learns where it stands;
    None: the letter bears no code.
    """

    runs: tuple[int, ...] = ()
    decrees: tuple[int, ...] = ()
    handover: int | None = None
    sample: int | None = None
    phase: int | None = None
    whom: str | None = None
    paper: str = ""
    full_numbers: bool = False
    by: tuple[Level, ...] = BY
    allowed: tuple[tuple[str, str], ...] = ()
    ledger: Path | None = None
    status_at: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where and by whom a report is made."""

    store: Store
    act: Act
    plugins: Plugins
    document: Document
    office: Office


@dataclass(frozen=True, slots=True)
class Data:
    """The data of a report, and what they are of. clear: a number of identity stands whole in them.

    recorded: what goes on record together with the export.
    """

    values: Mapping[str, Any]
    version_id: int | None = None
    run_id: int | None = None
    clear: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)
    recorded: Callable[[Work], None] | None = None


def one_run(source: Source) -> int:
    """The run that was named; StoreError unless it is exactly one."""
    if len(source.runs) == 1:
        return source.runs[0]
    raise need("--run RUN", "satu run", "one run")


def need(option: str, own: str, english: str) -> StoreError:
    """What is said where it is not said what the report is of."""
    return StoreError(
        "report-of-what",
        Words(f"Laporan ini dibuat dari {own}.", f"This report is made from {english}."),
        Words(f"Sebut dengan {option}.", f"Name it with {option}."),
    )
