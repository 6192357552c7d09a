"""Many records at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from ejps_core.store.tables import Record

AT_ONCE = 5_000


def add_all(session: Session, table: type[Record], records: Iterable[dict[str, Any]]) -> int:
    """Adds records given as column -> value, in the order given; how many."""
    count = 0
    for some in _slices(records):
        session.execute(insert(table), some)
        count += len(some)
    return count


def _slices(records: Iterable[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    waiting = iter(records)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
