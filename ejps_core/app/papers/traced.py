"""Each person of a sample traced through the store: list row, verdict, decree, payment order, receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.payments import received
from ejps_core.aid.position import position
from ejps_core.app.decrees_on_record import by_person, list_at
from ejps_core.app.money.books import book_of
from ejps_core.app.papers.asked import Data, Desk, Source
from ejps_core.app.papers.samples import found_words, sample_on_record
from ejps_core.app.report import WRONG_DATA, unusable
from ejps_core.app.stored_runs import ruleset_of
from ejps_core.model.calendar import WITA
from ejps_core.model.decreed import Standing
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.registry.regions import PROVINCE
from ejps_core.reports.ledger_data import payment_orders, read_transfers
from ejps_core.reports.terbilang import plain_day
from ejps_core.store.decrees import decrees, issue_of
from ejps_core.store.deliveries import deliveries, payments
from ejps_core.store.money import find_year
from ejps_core.store.people import Identity, reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import run_of
from ejps_core.store.samples import results_of
from ejps_core.store.tables import Decision, ListRow, ListVersion, ReceivedList, Run, Sample, SampleUnit

STANDING = {Standing.RECIPIENT: "penerima", Standing.RESERVE: "cadangan"}
Cells = dict[str, Any]


def traced(desk: Desk, source: Source) -> Data:
    """The people of a sample with all that is on record of them; theirs alone are opened."""
    with desk.store.reading() as session:
        sample, run, units = sample_on_record(session, source)
        followed, orders_from = traces(session, sample, units, source.ledger, desk.act.at)
    pids = sorted({each.pid for each in units})
    people = reveal(desk.store, desk.act, run.version_id, pids) if pids else {}
    told = []
    for unit, each in zip(units, followed, strict=True):
        who = people.get(unit.pid, Identity(unit.pid))
        told.append({"name": who.name or "", "family": who.kk or ""} | each)
    title = ruleset_of(run, run.program).title
    values = {
        "program": {"id": title.id, "en": title.en},
        "year": run.as_of.year,
        "at": desk.act.at.astimezone(WITA).isoformat(timespec="seconds"),
        "seed": sample.seed,
        "orders_from": orders_from,
        "people": told,
    } | ({"phase": sample.phase} if sample.phase else {})
    return Data(values, run.version_id, run.id, details={"sample": sample.id})


def traces(
    session: Session, sample: Sample, units: Sequence[SampleUnit], ledger: Path | None, at: datetime
) -> tuple[list[Cells], str]:
    """What is on record of each family of a sample, in the order of its form, without names; and where the orders stand."""
    run, pids = run_of(session, sample.run_id), [each.pid for each in units]
    version = session.get(ListVersion, run.version_id)
    matter = None if version is None else session.get(ReceivedList, version.list_id)
    assert version is not None and matter is not None
    rows = _rows(session, version, pids)
    verdicts = _verdicts(session, run, ruleset_of(run), pids)
    decreed, numbers = _decreed(session, run.program, matter.district, sample.phase, pids)
    receipts = _received(session, run.program, sample.phase, pids, numbers)
    found = results_of(session, sample.id or 0)
    orders, orders_from = _orders(session, run, ledger, at)
    told = [
        {
            "no": unit.position,
            "listed": rows.get(unit.pid, ""),
            "decree": decreed.get(unit.pid, ""),
            "orders": orders.get((sample.phase, matter.district), ""),
            "found": found_words(found.get(unit.position)),
        }
        | verdicts[unit.pid]
        | receipts.get(unit.pid, {})
        for unit in units
    ]
    return told, orders_from


def _orders(session: Session, run: Run, ledger: Path | None, at: datetime) -> tuple[dict[tuple[int, str], str], str]:
    """The payment orders by phase and district, and where they stand: in the file that is named, else in the store's books.

    Of a program whose budget year was never opened there are none, and it is not said where.
    """
    if ledger is None:
        if find_year(session, run.program, PROVINCE, run.as_of.year) is None:
            return {}, ""
        book = book_of(session, run.program, run.as_of.year)
        return payment_orders(position(book.ledger, at)), f"buku tahun anggaran {run.as_of.year}"
    try:
        return read_transfers(ledger), ledger.name
    except WRONG_DATA as problem:
        finding = unusable("bad-report-data", ledger, problem)
        raise StoreError(finding.code, finding.words, finding.mend) from problem


def _rows(session: Session, version: ListVersion, pids: Sequence[str]) -> dict[str, str]:
    """Where each stands in its list: of a family with many rows, the first."""
    asked = select(ListRow).where(col(ListRow.version_id) == version.id).order_by(col(ListRow.position))
    wanted, found = set(pids), dict[str, str]()
    for row in session.execute(asked).scalars():
        for pid in (row.pid, row.family_pid):
            if pid in wanted and pid is not None:
                sheet = f"{row.sheet}, " if row.sheet else ""
                place = f"daftar {version.list_id} versi {version.number}: {version.file_name}, {sheet}baris {row.row}"
                found.setdefault(pid, place)
    return found


def _verdicts(session: Session, run: Run, ruleset: Ruleset, pids: Sequence[str]) -> dict[str, Cells]:
    """What the run decided of each, and by which rules."""
    titles = {rule.id: rule.title.id or rule.id for rule in ruleset.rules}
    asked = select(Decision).where(col(Decision.run_id) == run.id, col(Decision.pid).in_(pids))
    found: dict[str, Cells] = {}
    for each in session.execute(asked).scalars():
        ids = each.failed if each.verdict == Verdict.INELIGIBLE.value else each.unknown
        reasons = [] if each.verdict == Verdict.ELIGIBLE.value else [titles.get(rule, rule) for rule in ids]
        found[each.pid] = {"verdict": each.verdict, "run": f"run {run.id}", "reasons": reasons}
    return found


def _decreed(
    session: Session, program: str, district: str, phase: int, pids: Sequence[str]
) -> tuple[dict[str, str], tuple[int, ...]]:
    """On which decrees each stands in the phase and as what; and the decrees of the program in the district."""
    wanted, found, numbers = set(pids), dict[str, list[str]](), []
    for decree in decrees(session, district, program):
        if decree.amends is not None or decree.id is None or phase not in decree.phases:
            continue
        numbers.append(decree.id)
        issue = issue_of(session, decree.id)
        named = f"konsep {decree.id}" if issue is None else f"{issue.number}, {plain_day(issue.day)}"
        for member in list_at(session, decree.id, phase).members:
            if member.pid in wanted:
                found.setdefault(member.pid, []).append(f"{named} ({STANDING[member.standing]})")
    return {pid: "; ".join(said) for pid, said in found.items()}, tuple(numbers)


def _received(session: Session, program: str, phase: int, pids: Sequence[str], numbers: Sequence[int]) -> dict[str, Cells]:
    """What each received: day and paper of every payment that counts, and the rupiah in all."""
    records = payments(session, program, phase=phase, pids=list(pids))
    papers = {each.id: each.document for number in numbers for each in deliveries(session, number, phase)}
    gone = {each.cancels for each in records}
    said: dict[str, list[str]] = {}
    for each in records:
        if each.outcome == "received" and each.id not in gone:
            paper = papers.get(each.delivery_id, "")
            said.setdefault(each.pid, []).append(", ".join(part for part in (plain_day(each.day), paper) if part))
    sums = {pid: received(events).total for (_, pid), events in by_person(records).items()}
    return {pid: {"received": "; ".join(said.get(pid, [])), "amount": total} for pid, total in sums.items() if total}
