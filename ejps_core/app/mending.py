"""Mends cells of a list on record: what came, but for the changed cells, is its next version; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from ejps_core.app.importing import Imported, Incoming, received
from ejps_core.app.received_files import PAIR, opened_again
from ejps_core.app.recording import Matter, Recorded, digest_of_files, recall, recorded
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Listing
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose
from ejps_core.store.facts import read_file
from ejps_core.store.lists import newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.people import district_of
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from ejps_core.store.tables import ListVersion, ReceivedList

LONGEST_CELL = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a sheet: new texts by header; None: the row is taken out (such as the second of two)."""

    sheet: str | None
    row: int
    cells: Mapping[str, str] | None


def mend(
    options: StoreOptions, actor: Actor, list_id: int, version: int, changes: Sequence[Change], plugins: Plugins
) -> Recorded | Diagnostic:
    """Records the next version of a list with the cells changed. version: the one looked at, which must be the newest."""
    return attempt(lambda: _mended(options, actor, list_id, version, changes, plugins))


def _mended(
    options: StoreOptions, actor: Actor, list_id: int, number: int, changes: Sequence[Change], plugins: Plugins
) -> Recorded:
    with open_store(place_of(options)) as store:
        with store.reading() as session:
            version = newest_version(session, list_id)
            assert version.id is not None
            district = district_of(session, version.id)
        assert district is not None
        if version.number != number:
            raise _changed_since(number, version.number)
        actor = replace(actor, district=actor.district or district)
        content = read_file(store, act_of(actor, Purpose.IMPORT), version.id)
        if content.startswith(PAIR):
            raise _two_files()
        with opened_again(version.file_name, content) as paths:
            before = _read(store, _request(version, district, paths[0]), plugins)
        assert before.read is not None
        workbook = _workbook(before.read.originals, changes)
        with opened_again(f"{Path(version.file_name).stem}.xlsx", workbook) as paths:
            request = _request(version, district, paths[0])
            read_as = digest_of_files(request)
            now = _read(store, request, plugins)
            done = recorded(store, actor, request, now, _same(store, list_id), read_as)
    if isinstance(done, Diagnostic):
        raise StoreError(done.code, done.words, done.mend)
    return done


def cells_of(
    options: StoreOptions, actor: Actor, list_id: int, places: Sequence[tuple[str | None, int]], plugins: Plugins
) -> Mapping[tuple[str | None, int], Mapping[str, str]] | Diagnostic:
    """The cells of some rows as the district wrote them, by header; the reading in clear is in the audit log first."""

    def found() -> Mapping[tuple[str | None, int], Mapping[str, str]]:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                version = newest_version(session, list_id)
                assert version.id is not None
                district = district_of(session, version.id)
            assert district is not None
            act = act_of(replace(actor, district=actor.district or district), Purpose.IMPORT)
            content = read_file(store, act, version.id)
            with opened_again(version.file_name, content) as paths:
                read = _read(store, _request(version, district, paths[0], paths[1:]), plugins).read
            assert read is not None
            wanted = set(places)
            return {place: cells for listing in read.originals for place, cells in _cells(listing, wanted).items()}

    return attempt(found)


def _cells(listing: Listing, wanted: set[tuple[str | None, int]]) -> dict[tuple[str | None, int], dict[str, str]]:
    columns = listing.fetch(range(len(listing.headers)))
    return {
        place: {header: column.text(i) for header, column in zip(listing.headers, columns, strict=True) if header.strip()}
        for i, number in enumerate(listing.rows.tolist())
        if (place := (listing.sheet_name(i), number)) in wanted
    }


def _request(version: ListVersion, district: str, path: Path, members: Sequence[Path] = ()) -> Incoming:
    """The list as it was read when it came."""
    counts = version.counts
    sheet, members_sheet = counts["sheets"]
    on = date.fromisoformat(counts["on"])
    return Incoming(path, district, on, counts["programs"], next(iter(members), None), sheet, members_sheet)


def _read(store: Store, request: Incoming, plugins: Plugins) -> Imported:
    imported = received(request, plugins, partial(recall, store))
    if imported.read is None:
        problem = imported.findings[0]
        raise StoreError(problem.code, problem.words, problem.mend)
    return imported


def _workbook(listings: Sequence[Listing], changes: Sequence[Change]) -> bytes:
    """The list with the changes; StoreError if one is of a row or column that the list has not."""
    from ejps_core.reports.returned import mended_workbook

    places = {
        (listing.sheet_name(i), number): listing for listing in listings for i, number in enumerate(listing.rows.tolist())
    }
    made: dict[tuple[str | None, int], dict[int, str] | None] = {}
    for change in changes:
        listing = places.get((change.sheet, change.row))
        if listing is None or (change.cells and not set(change.cells) <= set(listing.headers)):
            raise StoreError("cell-unknown", Words("Sel itu tidak ada dalam daftar.", "The list has no such cell."))
        cells = None if change.cells is None else {
            listing.headers.index(header): text[:LONGEST_CELL] for header, text in change.cells.items()
        }  # fmt: skip
        made[change.sheet, change.row] = cells
    return mended_workbook(listings, made)


def _same(store: Store, list_id: int) -> Matter:
    """Title, program and phase stay what they are."""
    with store.reading() as session:
        found = session.get(ReceivedList, list_id)
    assert found is not None
    return Matter(found.title, found.program, found.phase, list_id)


def _changed_since(seen: int, newest: int) -> StoreError:
    return StoreError(
        "version-not-newest",
        Words(
            f"Daftar ini sudah berubah: versi {newest}, sedangkan yang Anda lihat versi {seen}.",
            f"This list has changed: it is at version {newest}, and you looked at version {seen}.",
        ),
        Words("Muat ulang halamannya, lalu perbaiki lagi.", "Load the page again and mend it there."),
    )


def _two_files() -> StoreError:
    return StoreError(
        "two-files",
        Words(
            "Daftar ini datang sebagai dua berkas; perbaiki berkasnya, lalu kirim lagi.",
            "This list came as two files; mend them and send them again.",
        ),
    )
