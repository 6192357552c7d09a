"""Who is measured: a file each in this folder. A new contender is one more file with a `CONTENDER`.

A contender's module is only imported in the process that measures it, so that nobody carries another's libraries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from tests.bench.workloads import Kind


@dataclass(frozen=True, slots=True)
class Data:
    """What is decided: two Parquet files, by which rules, on how many cores."""

    households: Path
    members: Path
    kind: Kind = Kind.PLAIN
    cores: int = 1


Call = Callable[[], object]
"""Decides everything once."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to decide the workload.

    whole: makes ready a call that reads the Parquet files and writes a Parquet file of decisions. alone: loads the data and
    makes ready a call that only decides, the answers left in memory. at_most: the most families it is asked to decide (slow
    ones decide fewer). kinds: the workloads it knows. sorted_only: whether it needs the members in the families' order.
    """

    title: str
    whole: Callable[[Data, Path], Call]
    alone: Callable[[Data], Call]
    at_most: int = 1_000_000
    kinds: frozenset[Kind] = field(default=frozenset((Kind.PLAIN,)))
    sorted_only: bool = False


def names() -> tuple[str, ...]:
    """The contenders' names: those of the files in this folder."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__"))


def load(name: str) -> Contender:
    """One contender; its libraries are imported now."""
    found = import_module(f"{__name__}.{name}").CONTENDER
    assert isinstance(found, Contender)
    return found
