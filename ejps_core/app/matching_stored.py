"""Matches a list on record with a register on record, or with the other lists; the outcomes and doubts go on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.app.match_settings import settings_in_force, told_settings
from ejps_core.app.pseudonyms import FAMILY, MATCHING, PID
from ejps_core.app.stored_facts import Stored, version_of
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store import matches as on_record
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.facts import read_facts
from ejps_core.store.lists import newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.people import Identity, reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import newest_snapshot, read_snapshot
from ejps_core.store.session import Store
from ejps_core.store.tables import ListVersion, ReceivedList, RegisterSnapshot
from ejps_core.store.words import MatchOutcome

if TYPE_CHECKING:
    from ejps_core.registry.matching.duplicates import Group, Listed
    from ejps_core.registry.matching.matches import Match, Matches
    from ejps_core.registry.matching.people import People

NAMES = {
    "MATCHED": MatchOutcome.MATCHED,
    "NAME_DIFFERS": MatchOutcome.NAME_DIFFERS,
    "BIRTH_DIFFERS": MatchOutcome.BIRTH_DATE_DIFFERS,
    "DIED": MatchOutcome.DIED,
    "MOVED": MatchOutcome.MOVED,
    "NOT_FOUND": MatchOutcome.NOT_FOUND,
    "SEVERAL": MatchOutcome.DOUBLE,
    "DOUBTFUL": MatchOutcome.NOT_FOUND,
}
"""Outcomes of matching as they are on record; a doubtful one is not found until a person has answered."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A matching on record: how many people came out how, and how many wait for an official.

    setting: the number of the province's settings by which it was made; None: the defaults.
    """

    number: int
    list_id: int
    register: int | None
    people: int
    counts: Mapping[str, int]
    doubtful: int
    setting: int | None = None


def match_stored(options: StoreOptions, actor: Actor, list_id: int, register: str) -> Matched | Diagnostic:
    """Matches the newest version of a list with the newest snapshot of a register."""

    def made() -> Matched:
        from ejps_core.registry.matching.match import match

        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.MATCHING)
            with store.reading() as session:
                setting, settings = settings_in_force(session)
                stored = _newest(store, session, list_id)
                snapshot = _snapshot(session, register, stored.district)
            assert snapshot.id is not None
            listed = listed_people(store, act, stored)
            found = match(listed, registered(read_snapshot(store, act, snapshot.id), snapshot), settings)
            answers = tuple(map(_answer, (found.match(row) for row in range(len(found)))))
            kept = on_record.Matching(
                stored.version_id, snapshot.id, settings.accept * 10, answers, settings=told_settings(setting, settings)
            )
            with store.writing(act) as work:
                number = on_record.record_matching(work, kept)
            doubtful = sum(each.doubtful for each in answers)
            return Matched(number, list_id, snapshot.id, len(found), _counts(found), doubtful, setting)

    return attempt(made)


def duplicates_stored(options: StoreOptions, actor: Actor, list_id: int) -> Matched | Diagnostic:
    """Who of a list stands twice in it or in the newest versions of the other lists, district by district."""

    def made() -> Matched:
        from ejps_core.registry.matching.duplicates import duplicates

        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.MATCHING)
            with store.reading() as session:
                setting, settings = settings_in_force(session)
                numbers = _all_newest(session, act.district)
                every = [version_of(store, session, each) for each in numbers]
                own = _newest(store, session, list_id)
                matters = {each.list_id: session.get(ReceivedList, each.list_id) for each in every}
            lists = [_origin(store, act, each, matters[each.list_id]) for each in every]
            groups = duplicates(lists, settings)
            pairs = [pair for group in groups for pair in _pairs(group, every, own.version_id)]
            kept = on_record.Matching(
                own.version_id, None, settings.accept * 10, duplicates=pairs, settings=told_settings(setting, settings)
            )
            with store.writing(act) as work:
                number = on_record.record_matching(work, kept)
            counts: dict[str, int] = {}
            for pair in pairs:
                counts[pair.kind] = counts.get(pair.kind, 0) + 1
            people = sum(len(each.people) for each in lists)
            return Matched(number, list_id, None, people, counts, sum(pair.doubtful for pair in pairs), setting)

    return attempt(made)


def _newest(store: Store, session: Session, list_id: int) -> Stored:
    number = newest_version(session, list_id).id
    assert number is not None
    return version_of(store, session, number)


def _all_newest(session: Session, district: str | None) -> list[int]:
    """The newest version of each list; of one's own district only where the act is bound to it."""
    asked = (
        select(func.max(col(ListVersion.id)))
        .join(ReceivedList, col(ReceivedList.id) == col(ListVersion.list_id))
        .group_by(col(ListVersion.list_id))
    )
    if district is not None:
        asked = asked.where(col(ReceivedList.district) == district)
    return sorted(int(each) for each in session.execute(asked).scalars())


def _snapshot(session: Session, register: str, district: str) -> RegisterSnapshot:
    areas = (district, district.split(".", maxsplit=1)[0])
    found = [each for area in areas if (each := newest_snapshot(session, register, area)) is not None]
    if not found:
        raise StoreError(
            "register-unknown",
            Words(
                f"Register {register} belum tercatat untuk {district}.", f"No register {register} on record for {district}."
            ),
            Words("Catat dengan: ejps register import", "Put it on record with: ejps register import"),
        )
    return max(found, key=lambda each: (each.as_of, each.id or 0))


def listed_people(store: Store, act: Act, stored: Stored) -> People:
    """The people of a version as they are matched: who they are in clear, in memory only; the reading is logged."""
    from ejps_core.registry.matching.people import people

    rows = records_of(store, act, stored.version_id)
    listed = {each["family"] for each in rows}
    kept = [each for each in rows if each["ref"] not in listed]  # of families whose persons are listed, these persons
    names = ("ref", "nik", "name", "birth", "region", "village", "kk", "sex", "mother")
    return people(pa.table({name: pa.array([each[name] for each in kept], _type(name)) for name in names}))


def records_of(store: Store, act: Act, version_id: int, pids: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Who the people of a version are, in clear and in its order; pids: only these. The reading is logged."""
    clear = reveal(store, act, version_id, pids)
    families, members, _ = read_facts(store, act, version_id)
    homes = _homes(families)
    return [_record(clear[pid], facts, homes) for pid, facts in _by_pid(families, members) if pid in clear]


def _type(name: str) -> pa.DataType:
    return pa.date32() if name == "birth" else pa.string()


def _by_pid(families: pa.Table, members: pa.Table) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for table in (families, members):
        wanted = [name for name in table.column_names if name in (PID, FAMILY) or name.startswith(MATCHING)]
        found += [(str(row[PID]), row) for row in table.select(wanted).to_pylist()]
    return found


def _homes(families: pa.Table) -> dict[str, str | None]:
    """The region of each family, by pseudonym."""
    name = next((each.name for each in families.schema if (each.metadata or {}).get(b"is") == b"Region"), None)
    if name is None:
        return {}
    return dict(zip(families.column(PID).to_pylist(), families.column(name).to_pylist(), strict=True))


def _record(who: Identity, facts: Mapping[str, Any], homes: Mapping[str, str | None]) -> dict[str, Any]:
    family = facts.get(FAMILY)
    own = {name.removeprefix(MATCHING): value for name, value in facts.items() if name.startswith(MATCHING)}
    return {
        "ref": who.pid, "nik": who.nik, "kk": who.kk, "name": who.name, "address": who.address, "family": family,
        "region": homes.get(family or who.pid), **{name: own.get(name) for name in ("birth", "village", "sex", "mother")},
    }  # fmt: skip


def registered(content: bytes, snapshot: RegisterSnapshot) -> People:
    """The people of a register as they are matched, in memory only."""
    from ejps_core.registry.identified import person_columns
    from ejps_core.registry.kept_listing import from_parquet
    from ejps_core.registry.matching.listed import people_in

    listing = from_parquet(content, snapshot.source)
    found, _ = people_in(listing, person_columns(listing), day_number(snapshot.as_of))
    return found


def _answer(found: Match) -> on_record.Answer:
    from ejps_core.registry.matching.outcomes import OPEN

    candidates = [
        {
            "row": each.ref,
            "score": each.score,
            "status": each.status,
            "parts": [[part.fact, part.points] for part in each.parts],
        }
        for each in found.candidates
    ]
    details = {"outcome": found.outcome.name.lower(), "way": found.way.name.lower(), "code": found.code,
               "hidden": found.hidden, "candidates": candidates}  # fmt: skip
    return on_record.Answer(found.ref, NAMES[found.outcome.name], found.score * 10, found.outcome in OPEN, details)


def _counts(found: Matches) -> dict[str, int]:
    return {outcome.name.lower(): count for outcome, count in found.counts().items()}


def _origin(store: Store, act: Act, stored: Stored, matter: ReceivedList | None) -> Listed:
    from ejps_core.registry.matching.duplicates import Listed, Origin

    program, phase = ("", "") if matter is None else (matter.program or "", matter.phase or "")
    origin = Origin(str(stored.list_id), stored.district, program, phase)
    return Listed(origin, listed_people(store, act, stored), recipients=False)


def _pairs(group: Group, every: Sequence[Stored], own: int) -> list[on_record.Suspected]:
    """Each record of the list with each other record of the group, once."""
    mine = [each for each in group.records if every[each.source].version_id == own]
    pairs = []
    for place, record in enumerate(mine):
        for other in (*(each for each in group.records if each not in mine), *mine[place + 1 :]):
            version = every[other.source].version_id
            across = {"across": [each.value for each in group.across]}
            pairs.append(
                on_record.Suspected(record.ref, version, other.ref, group.code, doubtful=not group.certain, details=across)
            )
    return pairs
