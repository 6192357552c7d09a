"""The lists on record: which there are, what became of their rows, and the workbook given back to its district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from ejps_core.app.giving_back import Return, give_back
from ejps_core.app.importing import Imported, Incoming, received
from ejps_core.app.received_files import opened_again
from ejps_core.app.recording import told_rows
from ejps_core.app.returned_decisions import decided_rows, version_of_run
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.verdicts import JudgedRow, RowReason, RowVerdict
from ejps_core.model.words import Language, Words
from ejps_core.store.acts import Purpose
from ejps_core.store.exports import HandedOut, record_export
from ejps_core.store.facts import TOLD, content_of, read_file
from ejps_core.store.lists import newest_version, rows_of
from ejps_core.store.opening import open_store
from ejps_core.store.people import district_of
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from ejps_core.store.tables import ListRow, ListVersion, ReceivedList


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A list that was given back: which version, the number of the export, and what is to be said of the file."""

    list_id: int
    version: int
    export: int
    said: tuple[Diagnostic, ...] = ()


def listed(options: StoreOptions, district: str | None = None) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The lists on record, each with its newest version."""

    def found() -> tuple[Mapping[str, Any], ...]:
        asked = select(ReceivedList)
        if district is not None:
            asked = asked.where(col(ReceivedList.district) == district)
        with open_store(place_of(options)) as store, store.reading() as session:
            lists = session.execute(asked.order_by(col(ReceivedList.id))).scalars().all()
            return tuple(list_record(each, newest_version(session, each.id)) for each in lists if each.id is not None)

    return attempt(found)


def shown(options: StoreOptions, list_id: int) -> Mapping[str, Any] | Diagnostic:
    """One list with all its versions and the rows of the newest: verdicts and codes, nobody's identifiers."""

    def found() -> Mapping[str, Any]:
        with open_store(place_of(options)) as store, store.reading() as session:
            newest = newest_version(session, list_id)
            matter = session.get(ReceivedList, list_id)
            assert matter is not None and newest.id is not None
            asked = select(ListVersion).where(col(ListVersion.list_id) == list_id).order_by(col(ListVersion.number))
            versions = [version_record(each) for each in session.execute(asked).scalars()]
            rows = [_row(each) for each in rows_of(session, newest.id)]
            return dict(list_record(matter, newest)) | {"versions": versions, "rows": rows}

    return attempt(found)


def export(
    options: StoreOptions,
    actor: Actor,
    list_id: int,
    back: Path,
    plugins: Plugins,
    language: Language,
    password: str | None = None,
    run_id: int | None = None,
) -> GivenBack | Diagnostic:
    """Gives the newest version back as a workbook with the verdicts on record; logged before the file is at its place.

    run_id: with its decisions too; it is then the version that the run has decided.
    """
    return attempt(lambda: _export(options, actor, list_id, back, plugins, language, password, run_id))


def _export(
    options: StoreOptions,
    actor: Actor,
    list_id: int,
    back: Path,
    plugins: Plugins,
    language: Language,
    password: str | None,
    run_id: int | None,
) -> GivenBack:
    with open_store(place_of(options)) as store:
        with store.reading() as session:
            version = newest_version(session, list_id) if run_id is None else version_of_run(session, run_id, list_id)
            assert version.id is not None
            district = district_of(session, version.id)
            rows = rows_of(session, version.id)
            decided = None if run_id is None else decided_rows(session, run_id, rows, language)
        assert district is not None
        act = act_of(replace(actor, district=actor.district or district), Purpose.RETURN)
        content = read_file(store, act, version.id)
        judged = _judged(store, version.id, rows)
        numbers: list[int] = []

        def leaving(workbook: bytes) -> None:
            with store.writing(act) as work:
                kept = HandedOut("returned", workbook, masked=False, version_id=version.id, run_id=run_id)
                numbers.append(record_export(work, kept))

        with opened_again(version.file_name, content) as paths:
            found = _read_again(version, district, paths, plugins, password)
            if found.read is None:
                raise _as_problem(found.findings[0])
            given = Return(found.read.originals, judged, paths, back, password=password, decided=decided)
            failed, said = give_back(given, language, leaving)
        if failed is not None:
            raise _as_problem(failed)
        return GivenBack(list_id, version.number, numbers[0], said)


def _read_again(
    version: ListVersion, district: str, paths: tuple[Path, ...], plugins: Plugins, password: str | None
) -> Imported:
    """The list as it lay in its file; of its rows only where they stand is used."""
    counts = version.counts
    sheet, members_sheet = counts["sheets"]
    members = paths[1] if len(paths) > 1 else None
    on = date.fromisoformat(counts["on"])
    request = Incoming(paths[0], district, on, counts["programs"], members, sheet, members_sheet, None, password)
    return received(request, plugins)


def _judged(store: Store, version_id: int, rows: tuple[ListRow, ...]) -> tuple[JudgedRow, ...]:
    """The rows with the verdicts and words on record."""
    with store.reading() as session:
        told = tuple(told_rows(content_of(store, session, version_id, TOLD)))
    return tuple(_as_judged(row, reasons) for row, reasons in zip(rows, told, strict=True))


def _as_judged(row: ListRow, reasons: tuple[RowReason, ...]) -> JudgedRow:
    return JudgedRow(
        sheet=row.sheet,
        row=row.row,
        unit=Level(row.unit),
        key=None,
        person=None,
        verdict=RowVerdict(row.verdict),
        reasons=reasons,
        identity=row.digest,
        digest=row.digest,
        nik_to_follow=row.nik_to_follow,
    )


def list_record(matter: ReceivedList, newest: ListVersion) -> Mapping[str, Any]:
    """A list with its newest version, as plain values. The names are a promise."""
    return {
        "list": matter.id,
        "district": matter.district,
        "title": matter.title,
        "program": matter.program,
        "phase": matter.phase,
        "opened_at": matter.opened_at.isoformat(timespec="seconds"),
        "key": matter.key_id,
    } | {f"newest_{name}" if name == "version" else name: value for name, value in version_record(newest).items()}


def version_record(version: ListVersion) -> Mapping[str, Any]:
    """A version of a list, its rows counted by verdict."""
    counts = version.counts
    return {
        "version": version.number,
        "file": version.file_name,
        "received_at": version.received_at.isoformat(timespec="seconds"),
        "received_by": version.received_by,
    } | {name: counts[name] for name in ("rows", "accepted", "with_remark", "set_apart", "unchanged", "nik_to_follow")}


def _row(row: ListRow) -> Mapping[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "unit": row.unit,
        "pid": row.pid,
        "family": row.family_pid,
        "verdict": row.verdict,
        "nik_to_follow": row.nik_to_follow,
        "codes": [each["code"] for each in row.codes],
    }


def _as_problem(finding: Diagnostic) -> StoreError:
    return StoreError(finding.code, Words(finding.words.id, finding.words.en), finding.mend)
