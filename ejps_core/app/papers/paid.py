"""What was actually paid, against verdicts as known then and on the latest data; overlaps; progress; handovers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.overlaps import overlaps
from ejps_core.aid.targeting import Receipt
from ejps_core.app.decrees_on_record import OnRecord, list_at, on_record, receipts_of
from ejps_core.app.handing_over import handover_data
from ejps_core.app.papers.asked import Data, Desk, Source, need
from ejps_core.app.papers.opened_run import OpenedRun, open_run
from ejps_core.app.regions import place_names
from ejps_core.app.stored_runs import ruleset_of
from ejps_core.app.whom import versions_of_run
from ejps_core.model.calendar import WITA
from ejps_core.model.ruleset import Verdict
from ejps_core.model.words import Words
from ejps_core.store.deliveries import deliveries
from ejps_core.store.handovers import handover_of
from ejps_core.store.people import Identity, reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import run_of
from ejps_core.store.tables import Person
from ejps_core.store.words import Basis, Unit

FEW = 1_000
"""As many people are named in the audit log one by one; of more the log says that the whole list was read."""
Place = tuple[str, int, str]
"""Program, phase, family."""


def targeting(desk: Desk, source: Source) -> Data:
    """Receipts on record, and the verdicts of the runs: those of then, and of the latest data if there are some."""
    runs = [open_run(desk.store, desk.act, number, desk.plugins) for number in source.runs]
    then = _verdicts((run for run in runs if run.record.basis == Basis.KNOWN_THEN.value), source)
    latest = _verdicts((run for run in runs if run.record.basis == Basis.LATEST.value), source)
    if not then:
        raise need("--run RUN", "run menurut data saat itu (dan run data terbaru)", "a run on what was known then")
    with desk.store.reading() as session:
        receipts = _receipts(session, runs, source)
    judgements = [
        {"program": program, "phase": phase, "family": pid, "region": region, "then": verdict}
        | ({"latest": latest.get((program, phase, pid), ("", Verdict.UNDETERMINED.value))[1]} if latest else {})
        for (program, phase, pid), (region, verdict) in then.items()
    ]
    regions = {region for region, _ in then.values()} | {each.region for each in receipts}
    values = runs[0].head(source.phase) | {
        "by": [level.value for level in source.by],
        "bases": ["then", "latest"] if latest else ["then"],
        "names": _names(runs, regions),
        "receipts": [_receipt(each) for each in receipts],
        "judgements": judgements,
    }
    values["at"] = max(run.at for run in runs).isoformat(timespec="seconds")
    return Data(values, runs[0].stored.version_id, runs[0].number, details={"runs": list(source.runs)})


def _verdicts(runs: Iterable[OpenedRun], source: Source) -> dict[Place, tuple[str, str]]:
    """The region and verdict of each family in each phase; of two runs on the same, the later one."""
    found: dict[Place, tuple[str, str]] = {}
    for run in sorted(runs, key=lambda each: each.number):
        for each in run.decisions:
            phase = each.phase or run.phase or 0
            if source.phase in (None, phase):
                region = run.where.get(each.pid, run.stored.district)
                found[run.record.program, phase, each.pid] = (region, each.verdict)
    return found


def _receipts(session: Session, runs: list[OpenedRun], source: Source) -> list[Receipt]:
    """What was received, by the programs and in the districts of the runs."""
    asked = sorted({(run.record.program, run.stored.district) for run in runs})
    return [
        receipt
        for program, district in asked
        for receipt in receipts_of(session, program, phase=source.phase, district=district)
    ]


def _receipt(receipt: Receipt) -> dict[str, Any]:
    money = {"province": receipt.money.province, "district": receipt.money.district}
    return {
        "program": receipt.program, "phase": receipt.phase, "family": receipt.family,
        "region": receipt.region, "money": money,
    }  # fmt: skip


def _names(runs: Iterable[OpenedRun], regions: Iterable[str]) -> dict[str, str]:
    """What programs, phases and regions are called."""
    named = {run.record.program: run.title.id for run in runs} | {"0": "tanpa tahap"}
    for region in sorted(regions):
        village, subdistrict, district = place_names(region)
        named[region] = ", ".join(part for part in (village, subdistrict) if part) or district or region
        named[region[:5]] = district or region[:5]
    return named


def unreached(desk: Desk, source: Source) -> Data:
    """The same with the names of those who are entitled and were not paid; only theirs are opened."""
    data = targeting(desk, source)
    values = dict(data.values)
    paid = {(each["program"], each["phase"], each["family"]) for each in values["receipts"]}
    missed = {
        each["family"]
        for each in values["judgements"]
        if each.get("latest", each["then"]) == Verdict.ELIGIBLE.value
        and (each["program"], each["phase"], each["family"]) not in paid
    }
    people: dict[str, Identity] = {}
    for number in source.runs:
        with desk.store.reading() as session:
            version = run_of(session, number).version_id
        people |= _people(desk, version, missed - set(people))
    for each in values["judgements"]:
        who = people.get(each["family"])
        if who is not None:
            each |= {"name": who.name or "", "kk": who.kk or ""}
    return Data(values, data.version_id, data.run_id, details=data.details)


def _people(desk: Desk, version: int, wanted: set[str]) -> dict[str, Identity]:
    if not wanted:
        return {}
    asked = sorted(wanted) if len(wanted) <= FEW else None
    return {pid: who for pid, who in reveal(desk.store, desk.act, version, asked).items() if pid in wanted}


@dataclass(frozen=True, slots=True)
class _Paid:
    """What a program paid under decrees. by: pseudonym -> its family card as a blind number, and the key of that."""

    program: str
    title: str
    version_id: int
    receipts: tuple[Receipt, ...]
    by: Mapping[str, tuple[str, str]]


def overlapping(desk: Desk, source: Source) -> Data:
    """What several decrees paid, families known by their blind family card: the lists are never put together in clear."""
    if len(set(source.decrees)) < 2:
        raise need("--decree A --decree B", "dua keputusan atau lebih", "two decrees or more")
    with desk.store.reading() as session:
        paid = [_paid_under(session, on_record(session, number), source) for number in dict.fromkeys(source.decrees)]
    keys = {key for each in paid for _, key in each.by.values()}
    if len(keys) > 1:
        raise StoreError(
            "index-keys-differ",
            Words(
                "Daftar-daftar ini berindeks kunci yang berbeda, sehingga KK-nya tidak dapat dibandingkan.",
                "These lists are indexed by different keys: their family cards can't be compared.",
            ),
            Words("Terima lagi daftar yang lebih lama.", "Receive the older list again."),
        )
    receipts = [
        Receipt(each.program, each.phase, own.by[each.family][0], each.region, each.money)
        for own in paid
        for each in own.receipts
        if each.family in own.by
    ]
    wrong = {family for each in overlaps(receipts, source.allowed) if not each.allowed for family in each.families}
    values = {
        "program": {"id": "semua program yang disebut", "en": "all programs named"},
        "year": desk.act.at.astimezone(WITA).year,
        "at": desk.act.at.astimezone(WITA).isoformat(timespec="seconds"),
        "programs": {each.program: each.title for each in paid},
        "allowed": [list(pair) for pair in source.allowed],
        "receipts": [_receipt(each) for each in receipts],
        "families": _shown(desk, paid, wrong),
    } | ({} if source.phase is None else {"phase": source.phase})
    unknown = sum(1 for own in paid for each in own.receipts if each.family not in own.by)
    return Data(values, details={"decrees": list(source.decrees), "without_card": unknown})


def _paid_under(session: Session, found: OnRecord, source: Source) -> _Paid:
    root = found.root_number
    receipts = receipts_of(session, found.decree.program, phase=source.phase, decree_id=root)
    run = run_of(session, found.root.run_id)
    versions = versions_of_run(session, found.root.run_id)
    asked = select(col(Person.pid), col(Person.kk_index), col(Person.index_key)).where(
        col(Person.version_id).in_(versions), col(Person.kk_index).is_not(None), col(Person.unit) == Unit.FAMILY.value
    )
    wanted = {each.family for each in receipts}
    by = {pid: (kk, key) for pid, kk, key in session.execute(asked) if pid in wanted}
    return _Paid(run.program, ruleset_of(run, run.program).title.id, run.version_id, receipts, by)


def _shown(desk: Desk, paid: Iterable[_Paid], wrong: set[str]) -> dict[str, str]:
    """How the families that are to be examined are shown: name and family card, its digits masked by the report."""
    shown: dict[str, str] = {}
    for own in paid:
        pids = {pid: kk for pid, (kk, _) in own.by.items() if kk in wrong and kk not in shown}
        for pid, who in _people(desk, own.version_id, set(pids)).items():
            shown[pids[pid]] = who.kk or ""
    return shown


def progress(desk: Desk, source: Source) -> Data:
    """How many had received by each day of delivery, of all who are on the decree."""
    if len(source.decrees) != 1:
        raise need("--decree ID", "satu keputusan", "one decree")
    with desk.store.reading() as session:
        found = on_record(session, source.decrees[0])
        phase = found.decree.from_phase if source.phase is None else source.phase
        target = len(list_at(session, found.root_number, phase).recipients)
        run = run_of(session, found.root.run_id)
        handed = deliveries(session, found.root_number, phase)
    by_day: dict[str, int] = {}
    for each in handed:
        day = each.day.isoformat()
        by_day[day] = by_day.get(day, 0) + int(each.counts.get("received", 0))
    if not by_day:
        raise StoreError(
            "nothing-delivered",
            Words("Belum ada penyaluran yang tercatat.", "No delivery is on record."),
            Words("Catat dahulu penyalurannya: ejps deliver.", "Record deliveries first: ejps deliver."),
        )
    points, reached = [], 0
    for day in sorted(by_day):
        reached += by_day[day]
        points.append({"on": day, "reached": reached})
    title = ruleset_of(run, run.program).title
    moment = desk.act.at.astimezone(WITA)
    values = {
        "program": {"id": title.id, "en": title.en}, "year": handed[0].day.year,
        "at": moment.isoformat(timespec="seconds"), "target": target, "points": points,
    } | ({"phase": phase} if phase else {})  # fmt: skip
    return Data(values, run.version_id, run.id, details={"decree": source.decrees[0], "phase": phase})


def handover(desk: Desk, source: Source) -> Data:
    """Minutes of handover as they were put on record."""
    if source.handover is None:
        raise need("--handover ID", "satu berita acara yang tercatat", "minutes on record")
    with desk.store.reading() as session:
        run = run_of(session, on_record(session, handover_of(session, source.handover).decree_id).root.run_id)
    values = handover_data(desk.store, desk.act, source.handover)
    return Data(values, run.version_id, run.id, clear=True, details={"handover": source.handover})
