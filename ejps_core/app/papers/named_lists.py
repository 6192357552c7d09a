"""Lists of recipients by name from a run or a decree: identities are opened, the reading and its reason are on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ejps_core.app.annexes import annex_data
from ejps_core.app.decrees_on_record import on_record
from ejps_core.app.papers.asked import Data, Desk, Source, need, one_run
from ejps_core.app.papers.opened_run import OpenedRun, open_run
from ejps_core.app.regions import place_names
from ejps_core.app.stored_runs import ruleset_of
from ejps_core.model.calendar import WITA
from ejps_core.model.ruleset import OUTPUT_NAMES, ReportColumn, Ruleset
from ejps_core.model.types import Code, Number, Region
from ejps_core.reports.columns import declared
from ejps_core.reports.terbilang import plain_day
from ejps_core.reports.words import OUTPUTS
from ejps_core.store.people import Identity, reveal
from ejps_core.store.runs import run_of
from ejps_core.store.tables import Decision

FOLLOWS = "NIK menyusul, belum dapat dibayar"
OPEN = "nilai belum pasti"
OF_EACH = ("rank", "phase")
"""Outputs that differ among recipients; the others say the same of each, or stand in columns of their own."""


def named_list(desk: Desk, source: Source) -> Data:
    """The recipients of a decree in a phase, or of a run."""
    if source.decrees:
        return _of_decree(desk, source)
    if not source.runs:
        raise need("--decree ID, --run RUN", "keputusan atau run", "a decree or a run")
    return _of_run(desk, source)


def _of_decree(desk: Desk, source: Source) -> Data:
    if len(source.decrees) != 1:
        raise need("--decree ID", "satu keputusan", "one decree")
    values = annex_data(desk.store, desk.act, source.decrees[0], source.phase)
    with desk.store.reading() as session:
        found = on_record(session, source.decrees[0])
        issue, run = found.issue, run_of(session, found.root.run_id)
    values |= {"full_numbers": source.full_numbers, "at": desk.act.at.astimezone(WITA).isoformat(timespec="seconds")}
    if issue is not None:
        values["decree"] = f"{issue.number} tanggal {plain_day(issue.day)}"
    details = {"decree": source.decrees[0], "phase": values["phase"]}
    return Data(values, run.version_id, run.id, source.full_numbers, details)


def _of_run(desk: Desk, source: Source) -> Data:
    number = one_run(source)
    with desk.store.reading() as session:
        ruleset = ruleset_of(run_of(session, number))
    shown = list_columns(ruleset) if desk.document.name == "bnba" else ()
    facts = tuple(each.name for each in shown if each.name not in OUTPUT_NAMES)
    run = open_run(desk.store, desk.act, number, desk.plugins, facts)
    people = reveal(desk.store, desk.act, run.stored.version_id)
    families = [_family(run, each, people.get(each.pid), shown) for each in run.recipients]
    values = run.head(source.phase) | {"full_numbers": source.full_numbers, "families": families}
    if shown:
        values["columns"] = [_column(ruleset, each) for each in shown]
    return Data(values, run.stored.version_id, number, source.full_numbers)


def list_columns(ruleset: Ruleset) -> tuple[ReportColumn, ...]:
    """The columns of the program's `laporan` that a list of recipients shows beside who they are and what they get."""
    found = []
    for column in ruleset.columns:
        item = declared(ruleset, column.name)
        if column.name in OF_EACH or (item is not None and not isinstance(item.type, Code | Region)):
            found.append(column)
    return tuple(found)


def _column(ruleset: Ruleset, column: ReportColumn) -> dict[str, Any]:
    item = declared(ruleset, column.name)
    title = OUTPUTS[column.name] if item is None else item.title
    number = item is None or (isinstance(item.type, Number) and item.type.per is None and item.type.scale == 0)
    words = {"id": title.id or column.name, "en": title.en or column.name}
    return {"name": column.name, "title": words, "number": number and not column.masked, "masked": column.masked}


def _family(run: OpenedRun, decision: Decision, who: Identity | None, shown: tuple[ReportColumn, ...]) -> dict[str, Any]:
    """A family as lists have it. What is open or not yet payable has no amount, and the note says why."""
    region = run.where.get(decision.pid, run.stored.district)
    follows = decision.pid in run.unpayable
    note = FOLLOWS if follows else OPEN if decision.open else ""
    village, subdistrict, district = place_names(region)
    named = who or Identity(decision.pid)
    return {
        "name": named.name or "",
        "nik": named.nik or "",
        "kk": named.kk or "",
        "address": named.address or "",
        "region": region,
        "village": village,
        "subdistrict": subdistrict,
        "district": district,
        "members": run.members.get(decision.pid),
        "amount": None if follows or decision.open else decision.amount,
        "note": note,
        "shown": [_cell(run, decision, each) for each in shown],
    }


def _cell(run: OpenedRun, decision: Decision, column: ReportColumn) -> str | int | None:
    outputs: Mapping[str, int] = {"rank": decision.rank, "phase": decision.phase}
    if column.name in outputs:
        return outputs[column.name] or None
    return run.shown[column.name].get(decision.pid)
