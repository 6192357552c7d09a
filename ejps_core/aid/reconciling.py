"""The payments of a treasury's or a bank's file beside those on record: which are in both, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ejps_core.aid.entries import Event
from ejps_core.model.steps import Compared


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment of the file. document: its number, '' if none is told; told: what else stands there; row: in the file."""

    document: str
    on: date
    amount: int
    row: int
    told: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One document as one side has it: payments or entries under one number, added up."""

    document: str
    amount: int
    days: tuple[date, ...]
    numbers: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer: what is on record, what the file says; None: it is not there."""

    answer: Compared
    here: Side | None
    there: Side | None


def plain(document: str) -> str:
    """A number of a document as it is compared: letters and digits alone, in lower case."""
    return "".join(sign for sign in document.casefold() if sign.isalnum())


def reconcile(events: Sequence[Event], payments: Sequence[Payment], days: tuple[date, date]) -> tuple[Pair, ...]:
    """Every document of either side once: those of the file in its order, then those on record that it lacks.

    Payments are told apart by the number of their document; several under one number are added up, for an order may be
    entered by phase and district. One without a number is matched with the only entry of that amount on that day.
    days: what the file covers; an entry of another day that the file doesn't name is not missed.
    """
    known = _on_record(events)
    named = [_named(payment, known) for payment in payments]
    there = _in_file(named)
    pairs = [_answer(known.get(name), side) for name, side in there.items()]
    loose = [payment for name, payment in named if not name]
    left = [side for name, side in known.items() if name not in there]
    for payment in loose:
        same = [side for side in left if side.amount == payment.amount and payment.on in side.days]
        match = same[0] if len(same) == 1 else None
        if match is not None:
            left.remove(match)
        pairs.append(_answer(match, Side("", payment.amount, (payment.on,), rows=(payment.row,))))
    missed = [side for side in left if any(days[0] <= day <= days[1] for day in side.days)]
    return (*pairs, *(Pair(Compared.MISSING_THERE, side, None) for side in missed))


def _on_record(events: Sequence[Event]) -> dict[str, Side]:
    found: dict[str, Side] = {}
    for event in events:
        name = plain(event.document) or f"#{event.number}"
        before = found.get(name, Side(event.document, 0, ()))
        days = tuple(dict.fromkeys((*before.days, event.on)))
        found[name] = Side(before.document, before.amount + event.money.total, days, (*before.numbers, event.number))
    return found


def _named(payment: Payment, known: dict[str, Side]) -> tuple[str, Payment]:
    """The number a payment is known by: its own, else the only number on record that its words hold."""
    if payment.document:
        return plain(payment.document), payment
    words = plain(payment.told)
    held = [name for name in known if not name.startswith("#") and len(name) >= _LONG_ENOUGH and name in words]
    return (held[0] if len(held) == 1 else ""), payment


_LONG_ENOUGH = 5
"""Shorter numbers stand in descriptions by chance."""


def _in_file(named: Sequence[tuple[str, Payment]]) -> dict[str, Side]:
    found: dict[str, Side] = {}
    for name, payment in named:
        if name:
            before = found.get(name, Side(payment.document or name, 0, ()))
            days = tuple(dict.fromkeys((*before.days, payment.on)))
            found[name] = Side(before.document, before.amount + payment.amount, days, rows=(*before.rows, payment.row))
    return found


def _answer(here: Side | None, there: Side) -> Pair:
    if here is None:
        return Pair(Compared.MISSING_HERE, None, there)
    if here.amount != there.amount:
        return Pair(Compared.AMOUNT_DIFFERS, here, there)
    return Pair(Compared.MATCHED if set(here.days) == set(there.days) else Compared.DATE_DIFFERS, here, there)


def counted(pairs: Sequence[Pair]) -> Iterator[tuple[Compared, int, int]]:
    """Each answer with how many there are, and their rupiah: as the file says, or as is recorded where it says nothing."""
    for answer in Compared:
        own = [pair for pair in pairs if pair.answer is answer]
        sides = [pair.there or pair.here for pair in own]
        yield answer, len(own), sum(side.amount for side in sides if side is not None)
