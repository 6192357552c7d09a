"""Lists on record as they are looked at: all of a scope, one with its versions, its rows by verdict and reason."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.app.pages import Page, limit_of, page_of
from ejps_core.app.recording import told_rows
from ejps_core.app.stored_lists import list_record, version_record
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.masking import mask_numbers, visible
from ejps_core.model.verdicts import RowReason, RowVerdict
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.facts import TOLD, content_of
from ejps_core.store.lists import newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.people import allow, district_of
from ejps_core.store.session import Store
from ejps_core.store.tables import ListRow, ListVersion, ReceivedList

KEPT = 200
_LOCK = threading.Lock()
_COUNTED: OrderedDict[tuple[str, int], tuple[tuple[str, int], ...]] = OrderedDict()
"""How many rows each code is said of, by store and version; codes and numbers only."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What is said of a row. words None: the role may not read them, for they can quote a cell; the code tells the kind."""

    code: str
    column: str | None
    words: Words | None
    mend: Words | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is looked at; nobody's identifier is in it."""

    position: int
    sheet: str | None
    row: int
    unit: str
    pid: str | None
    verdict: RowVerdict
    nik_to_follow: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A list with the page of its rows. codes: how many rows each code is said of. in_words: reasons are told in words."""

    list: Mapping[str, Any]
    versions: tuple[Mapping[str, Any], ...]
    rows: Page[Row]
    codes: tuple[tuple[str, int], ...]
    in_words: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a verdict, with a code, after a position."""

    verdict: RowVerdict | None = None
    code: str | None = None
    after: int = 0
    limit: int = 50


def lists(options: StoreOptions, after: int = 0, limit: int = 50) -> Page[Mapping[str, Any]] | Diagnostic:
    """The lists of the scope, the newest first. after: the number of the last list of the page before; 0: from the start."""

    def found() -> Page[Mapping[str, Any]]:
        with open_store(place_of(options)) as store, store.reading() as session:
            asked = select(ReceivedList).order_by(col(ReceivedList.id).desc()).limit(limit_of(limit) + 1)
            if after:
                asked = asked.where(col(ReceivedList.id) < after)
            total = session.execute(select(func.count(col(ReceivedList.id)))).scalar_one()
            newest = session.execute(asked).scalars().all()
            return page_of(newest, limit_of(limit), lambda each: each.id or 0, lambda each: _listed(session, each), total)

    return attempt(found)


def look(options: StoreOptions, actor: Actor, list_id: int, wanted: Wanted) -> Looked | Diagnostic:
    """A list and the rows that are wanted. Whose role may read cells gets the reasons in words, which is logged."""

    def found() -> Looked:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                version = newest_version(session, list_id)
                matter = session.get(ReceivedList, list_id)
                assert matter is not None and version.id is not None
                told = dict(_listed(session, matter)) | {"shape": version.shape}
                every = select(ListVersion).where(col(ListVersion.list_id) == list_id)
                versions = session.execute(every.order_by(col(ListVersion.number).desc())).scalars().all()
                rows, total = _rows(session, version.id, wanted)
                codes = _codes(session, (store.identity, version.id))
            act = act_of(replace(actor, district=actor.district or matter.district), Purpose.IMPORT)
            words = _words(store, act, version.id)
            shown = page_of(rows, limit_of(wanted.limit), lambda r: r.position, lambda r: _row(r, words), total)
            return Looked(told, tuple(map(version_record, versions)), shown, codes, words is not None)

    return attempt(found)


def _rows(session: Session, version_id: int, wanted: Wanted) -> tuple[Sequence[ListRow], int]:
    asked = select(ListRow).where(col(ListRow.version_id) == version_id)
    if wanted.verdict is not None:
        asked = asked.where(col(ListRow.verdict) == wanted.verdict.value)
    if wanted.code is None:
        total = session.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
        asked = asked.where(col(ListRow.position) > wanted.after).order_by(col(ListRow.position))
        return session.execute(asked.limit(limit_of(wanted.limit) + 1)).scalars().all(), int(total)
    every = session.execute(asked.order_by(col(ListRow.position))).scalars()
    having = [row for row in every if any(each["code"] == wanted.code for each in row.codes)]
    return [row for row in having if row.position > wanted.after][: limit_of(wanted.limit) + 1], len(having)


def _codes(session: Session, version: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    """How many rows each code is said of; of a version it never changes, so it is counted once."""
    with _LOCK:
        found = _COUNTED.get(version)
    if found is None:
        found = _counted(session, version[1])
        with _LOCK:
            _COUNTED[version] = found
            while len(_COUNTED) > KEPT:
                _COUNTED.popitem(last=False)
    return found


def _counted(session: Session, version_id: int) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    asked = select(col(ListRow.codes)).where(col(ListRow.version_id) == version_id)
    for codes in session.execute(asked).scalars():
        for code in {each["code"] for each in codes}:
            counts[code] = counts.get(code, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _words(store: Store, act: Act, version_id: int) -> list[tuple[RowReason, ...]] | None:
    """The reasons of all rows in words; None: the role may not read them."""
    with store.reading() as session:
        if act.may_see(district_of(session, version_id)) is not None:
            return None
    allow(store, act, version_id, "rows.read")
    with store.reading() as session:
        return list(told_rows(content_of(store, session, version_id, TOLD)))


def _row(row: ListRow, words: list[tuple[RowReason, ...]] | None) -> Row:
    if words is None:
        reasons = tuple(Reason(each["code"], each["column"], None, None) for each in row.codes)
    else:
        reasons = tuple(_reason(each) for each in words[row.position - 1])
    return Row(
        position=row.position, sheet=row.sheet, row=row.row, unit=row.unit, pid=row.pid, verdict=RowVerdict(row.verdict),
        nik_to_follow=row.nik_to_follow, reasons=reasons,
    )  # fmt: skip


def _reason(reason: RowReason) -> Reason:
    return Reason(reason.code, reason.column, _masked(reason.words), None if reason.mend is None else _masked(reason.mend))


def _masked(words: Words) -> Words:
    return Words(mask_numbers(visible(words.id)), mask_numbers(visible(words.en)))


def _listed(session: Session, matter: ReceivedList) -> Mapping[str, Any]:
    assert matter.id is not None
    return list_record(matter, newest_version(session, matter.id))


def exists(options: StoreOptions, list_id: int) -> str | Diagnostic:
    """The district of a list; a Diagnostic if the scope has no such list."""

    def found() -> str:
        with open_store(place_of(options)) as store, store.reading() as session:
            newest_version(session, list_id)
            matter = session.get(ReceivedList, list_id)
            assert matter is not None
            return matter.district

    return attempt(found)
