"""Tumpang tindih as the province looks at it: families with two aids in a phase, by pair of programs, down to the rows.

Families are known by their blind family card; nobody's number or name is opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.entries import NOTHING, Money
from ejps_core.aid.overlaps import Overlap, Pair, overlaps
from ejps_core.aid.targeting import Receipt
from ejps_core.app.decrees_on_record import on_record, receipts_of
from ejps_core.app.stored_runs import ruleset_of
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.app.whom import versions_of_run
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.opening import open_store
from ejps_core.store.runs import run_of
from ejps_core.store.tables import Decree, Person
from ejps_core.store.words import Unit

Card = tuple[str, str]
"""A family card as a blind number, and the key that blinded it."""


@dataclass(frozen=True, slots=True)
class Aid:
    """What a family got: from which program in which phase, under which decree, by which run."""

    program: str
    phase: int
    pid: str
    decree: int
    run: int
    region: str
    money: Money


@dataclass(frozen=True, slots=True)
class PaidTwice:
    """The overlaps by pair. titles: of the programs. receipts: how many were compared; unknown: those without a card.

    keys: by how many keys the lists are indexed; with more than one, families of different keys can't be compared.
    """

    titles: Mapping[str, Words]
    pairs: tuple[Overlap, ...]
    receipts: int
    unknown: int
    keys: int
    aids: Mapping[str, tuple[Aid, ...]]

    def families_of(self, pair: Pair) -> tuple[tuple[Aid, ...], ...]:
        """The families of a pair, each with what it got from these two programs in the phases of both."""
        found = next((each for each in self.pairs if each.pair == pair), None)
        return () if found is None else tuple(_of_both(self.aids[family], pair) for family in found.families)


def _of_both(aids: Iterable[Aid], pair: Pair) -> tuple[Aid, ...]:
    own = [each for each in aids if each.program in pair]
    first, second = ({each.phase for each in own if each.program == program} for program in pair)
    return tuple(each for each in own if each.phase in first & second)


def paid_twice(options: StoreOptions, allowed: Iterable[Pair] = ()) -> PaidTwice | Diagnostic:
    """What was received under all decrees of the scope, compared by family card."""

    def found() -> PaidTwice:
        with open_store(place_of(options)) as store, store.reading() as session:
            titles: dict[str, Words] = {}
            held: defaultdict[Card, list[Aid]] = defaultdict(list)
            count = unknown = 0
            for number in session.execute(select(col(Decree.id)).where(col(Decree.amends).is_(None))).scalars():
                cards, aids = _under(session, number or 0, titles)
                count += len(aids)
                unknown += sum(each.pid not in cards for each in aids)
                for each in aids:
                    if each.pid in cards:
                        held[cards[each.pid]].append(each)
            keys = {key for _, key in held}
            aids_of = {f"{key}:{card}": tuple(each) for (card, key), each in held.items()}
            receipts = [
                Receipt(each.program, each.phase, family, each.region, each.money)
                for family, own in aids_of.items()
                for each in own
            ]
            return PaidTwice(titles, overlaps(receipts, allowed), count, unknown, len(keys), aids_of)

    return attempt(found)


def _under(session: Session, number: int, titles: dict[str, Words]) -> tuple[dict[str, Card], list[Aid]]:
    """The cards of the families of a decree, and what they received under it."""
    one = on_record(session, number)
    run = run_of(session, one.root.run_id)
    receipts = receipts_of(session, one.decree.program, decree_id=number)
    if not receipts:
        return {}, []
    titles.setdefault(run.program, ruleset_of(run, run.program).title)
    asked = select(col(Person.pid), col(Person.kk_index), col(Person.index_key)).where(
        col(Person.version_id).in_(versions_of_run(session, one.root.run_id)),
        col(Person.kk_index).is_not(None),
        col(Person.unit) == Unit.FAMILY.value,
    )
    wanted = {each.family for each in receipts}
    cards = {pid: (card, key) for pid, card, key in session.execute(asked) if pid in wanted}
    aids = [
        Aid(each.program, each.phase, each.family, number, run.id or 0, each.region, each.money)
        for each in receipts
        if each.money != NOTHING
    ]
    return cards, aids
