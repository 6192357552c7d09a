"""Families that another decree names too, and families whose processing is paused: what a decree or payment is warned of.

They are found by the blind number of their family card: lists of two districts are never put together in clear.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.payments import received
from ejps_core.app.decrees_on_record import OnRecord, by_person, list_at
from ejps_core.app.whom import versions_of_run
from ejps_core.model.decreed import DecreeAct
from ejps_core.store.deliveries import payments
from ejps_core.store.requests import held
from ejps_core.store.tables import Decree, DecreeMember, DecreeStep, Person
from ejps_core.store.words import Unit

FEW = 500
"""As many family cards are asked for by their number; of more, all of the other decree are read."""
Families = Mapping[str, str]
"""Pseudonym of who is decided -> that of the family."""


def paused(session: Session, families: Families, now: datetime) -> frozenset[str]:
    """Who of them asked for a pause of the processing and was granted it (UU 27/2022, Art. 41), the family or the person."""
    on_hold = held(session, now)
    return frozenset(pid for pid, family in families.items() if pid in on_hold or family in on_hold)


def elsewhere(
    session: Session, program: str, phases: Collection[int], versions: Collection[int], families: Families, own: int = 0
) -> dict[str, tuple[tuple[int, str], ...]]:
    """Who of them is a recipient of another decree of the program in one of the phases: which, and under which pseudonym.

    own: the decree that they stand on themselves; 0: none yet. Decrees count from their draft on, after amendments.
    """
    cards = _cards(session, versions, families)
    wanted: dict[str, list[str]] = {}
    for pid, card in cards.items():
        wanted.setdefault(card, []).append(pid)
    found: dict[str, list[tuple[int, str]]] = {}
    for number, theirs in _others(session, program, own):
        common = set(theirs) & set(phases)
        twins = _twins(session, number, wanted) if common else []
        there = {member.pid for phase in common for member in list_at(session, number, phase).recipients} if twins else ()
        for card, other in twins:
            for pid in wanted[card] if other in there else ():
                found.setdefault(pid, []).append((number, other))
    return {pid: tuple(dict.fromkeys(those)) for pid, those in found.items()}


def cautions_beside(
    session: Session, found: OnRecord, phase: int, families: Families, now: datetime
) -> dict[str, list[str]]:
    """What payments are warned of beside their own decree: another one names or paid the family, or it is paused."""
    versions = versions_of_run(session, found.root.run_id)
    others = elsewhere(session, found.decree.program, (phase,), versions, families, found.root_number)
    twins = [other for those in others.values() for _, other in those]
    records = payments(session, found.decree.program, phase=phase, pids=twins) if twins else ()
    paid = {pid for (_, pid), events in by_person(records).items() if received(events).total > 0}
    warned: dict[str, list[str]] = {}
    for pid, those in others.items():
        got = any(other in paid for _, other in those)
        warned.setdefault(pid, []).append("paid-elsewhere" if got else "on-another-decree")
    for pid in paused(session, families, now):
        warned.setdefault(pid, []).append("processing-paused")
    return warned


def _cards(session: Session, versions: Collection[int], families: Families) -> dict[str, str]:
    """The blind family card of each, as the list has it."""
    asked = select(col(Person.pid), col(Person.kk_index)).where(
        col(Person.version_id).in_(versions), col(Person.unit) == Unit.FAMILY.value, col(Person.kk_index).is_not(None)
    )
    if len(families) <= FEW:
        asked = asked.where(col(Person.pid).in_(list(families.values())))
    known = dict(session.execute(asked).all())
    return {pid: card for pid, family in families.items() if (card := known.get(family)) is not None}


def _others(session: Session, program: str, own: int) -> Iterable[tuple[int, list[int]]]:
    """The other decrees of a program that were not withdrawn, with their phases."""
    dead = select(col(DecreeStep.decree_id)).where(col(DecreeStep.act) == DecreeAct.WITHDRAW.value)
    asked = select(col(Decree.id), col(Decree.phases)).where(
        col(Decree.program) == program, col(Decree.amends).is_(None), col(Decree.id).not_in(dead), col(Decree.id) != own
    )
    return [(number, phases) for number, phases in session.execute(asked.order_by(col(Decree.id))) if number is not None]


def _twins(session: Session, number: int, cards: Collection[str]) -> list[tuple[str, str]]:
    """The members of a decree whose family card is one of these, with the card."""
    asked = (
        select(col(Person.kk_index), col(DecreeMember.pid))
        .join(DecreeMember, col(DecreeMember.family_pid) == col(Person.pid))
        .where(col(DecreeMember.decree_id) == number, col(Person.unit) == Unit.FAMILY.value)
        .distinct()
    )
    if len(cards) <= FEW:
        asked = asked.where(col(Person.kk_index).in_(cards))
    return [(card, pid) for card, pid in session.execute(asked) if card in cards]
