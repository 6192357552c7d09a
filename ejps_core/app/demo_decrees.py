"""The demonstration's decrees and deliveries: drafted, checked, approved by another person, issued; then village by village.

Who is a recipient, and what was received, is read from the store. Who did not receive is made up, the same each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from ejps_core.aid.membership import Member
from ejps_core.app.approving import Signature, act_on, sign
from ejps_core.app.decrees_on_record import list_at, receipts_of
from ejps_core.app.delivering_family import Single, family
from ejps_core.app.delivering_village import Sheet, village_of
from ejps_core.app.demo_data import SEED
from ejps_core.app.drafting import Drafting, draft_decree
from ejps_core.app.stores import Actor, StoreOptions, attempt, place_of
from ejps_core.model.decreed import DecreeAct, Outcome
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.registry.regions import DISTRICTS
from ejps_core.store.acts import Role
from ejps_core.store.opening import open_store

ABSENT = 0.06
"""Assumption: the part of recipients who were not there when the village handed out."""
WHY = "tidak di tempat (buatan)"
OFFICE = "Kepala Dinas Sosial"


@dataclass(frozen=True, slots=True)
class Decreed:
    """A decree of a district. day: on which it was signed."""

    district: str
    number: int
    day: date


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of the deliveries: how many there were, families that received and those that did not."""

    deliveries: int = 0
    received: int = 0
    failed: int = 0

    def __add__(self, other: Handed) -> Handed:
        return Handed(
            self.deliveries + other.deliveries, self.received + other.received, self.failed + other.failed
        )  # fmt: skip


def decree(options: StoreOptions, district: str, run: int, phases: Sequence[int], day: date) -> Decreed | Diagnostic:
    """A district's run becomes a decree: two clerks of its own, a head, a signatory; each by the usual way."""
    name = DISTRICTS[district]
    clerk = Actor(f"Petugas {name} (peragaan)", Role.DISTRICT, "peragaan", district, f"petugas-{district}")
    checker = Actor(f"Verifikator {name} (peragaan)", Role.VERIFIER, "peragaan", None, f"verifikator-{district}")
    head = Actor(f"Kepala Dinas {name} (peragaan)", Role.HEAD, "peragaan", None, f"kepala-{district}")
    drafted = draft_decree(options, clerk, Drafting(run, "penerima bantuan pangan (buatan)", phases=tuple(phases)))
    if isinstance(drafted, Diagnostic):
        return drafted
    for actor, act, office in ((checker, DecreeAct.CHECK, ""), (head, DecreeAct.APPROVE, OFFICE)):
        acted = act_on(options, actor, drafted.number, act, office=office)
        if isinstance(acted, Diagnostic):
            return acted
    signature = Signature(f"{drafted.number}/SK/2020 (buatan)", day, f"Kepala Daerah {name} (peragaan)", "Kepala Daerah")
    issued = sign(options, clerk, drafted.number, signature)
    return issued if isinstance(issued, Diagnostic) else Decreed(district, drafted.number, day)


def hand_out(options: StoreOptions, decreed: Decreed, phase: int, day: date, folder: Path) -> Handed | Diagnostic:
    """Each village's sheet, "semua diterima, kecuali …"; a family whose village is not known is recorded by itself."""
    actor = Actor(f"Dinas Sosial {DISTRICTS[decreed.district]} (peragaan)", Role.DISTRICT, "peragaan", decreed.district)

    def recorded() -> tuple[Handed, list[Member], set[str]]:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                members = [each for each in list_at(session, decreed.number, phase).recipients if each.payable]
            random = Random(SEED + 10 * int(decreed.district[-2:]) + phase)
            absent = {each.pid for each in members if random.random() < ABSENT}
            places, done = _by_region(members), Handed()
            alone = places.pop(decreed.district, [])
            for place, own in sorted(places.items()):
                sheet = folder / f"lembar-{place}-{phase}.txt"
                sheet.write_text(f"Tanda terima {place}, tahap {phase}: BUATAN\n", encoding="utf-8")
                excepted = tuple((each.pid, WHY) for each in own if each.pid in absent)
                document = f"BA {decreed.number}/{phase}/{place} (buatan)"
                told = village_of(store, actor, Sheet(decreed.number, phase, place, day, document, sheet, excepted))
                done += Handed(1, told.received, told.failed)
        return done, alone, absent

    found = attempt(recorded)
    if isinstance(found, Diagnostic):
        return found
    done, alone, absent = found
    more = _one_by_one(options, actor, decreed, phase, day, [(each.pid, each.pid in absent) for each in alone])
    return more if isinstance(more, Diagnostic) else done + more


def _by_region(members: Sequence[Member]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for each in members:
        found.setdefault(each.region, []).append(each)
    return found


def _one_by_one(
    options: StoreOptions, actor: Actor, decreed: Decreed, phase: int, day: date, who: list[tuple[str, bool]]
) -> Handed | Diagnostic:
    done, document = Handed(), f"TT {decreed.number}/{phase} (buatan)"
    for pid, absent in who:
        outcome, reason = (Outcome.FAILED, WHY) if absent else (Outcome.RECEIVED, "")
        noted = family(options, actor, Single(decreed.number, phase, pid, day, document, outcome, reason))
        if isinstance(noted, Diagnostic):
            return noted
        done += Handed(1, noted.received, noted.failed)
    return done


def receipts(options: StoreOptions, program: str) -> Iterator[dict[str, Any]]:
    """What families received, as the reports take it: from the payments on record."""
    with open_store(place_of(options)) as store, store.reading() as session:
        found = receipts_of(session, program)
    for each in found:
        where = {"program": each.program, "phase": each.phase, "family": each.family, "region": each.region}
        yield where | {"money": {"province": each.money.province, "district": each.money.district}}
