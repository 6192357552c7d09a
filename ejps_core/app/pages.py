"""A page of a long listing: so many from a place on, and the place of the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")
MOST = 500


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What is on the page; next: after which the next one begins, None: this is the last. total: how many there are."""

    items: tuple[T, ...]
    next: int | None
    total: int | None = None


def page_of(found: Sequence[U], limit: int, place: Callable[[U], int], show: Callable[[U], T], total: int | None) -> Page[T]:
    """The page of what was found, of which one more than the limit was asked for."""
    more = len(found) > limit
    shown = found[:limit]
    return Page(tuple(map(show, shown)), place(shown[-1]) if more else None, total)


def limit_of(asked: int) -> int:
    """How many to show at most."""
    return max(1, min(asked, MOST))
