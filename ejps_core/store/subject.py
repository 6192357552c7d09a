"""Subject access (UU 27/2022, Art. 32): all that is held on one person, and who looked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.store.acts import Act, Purpose
from ejps_core.store.aid_of_person import aid_of
from ejps_core.store.audit.reading import entries
from ejps_core.store.decrees import decree_of, issue_of
from ejps_core.store.facts import FAMILIES, MEMBERS, as_table, content_of
from ejps_core.store.people import Found, Identity, find, reveal
from ejps_core.store.problems import StoreError, not_allowed
from ejps_core.store.requests import RequestState, requests
from ejps_core.store.session import Store
from ejps_core.store.tables import (
    Asking,
    AuditEntry,
    Decision,
    Decree,
    DecreeIssue,
    DuplicateFinding,
    Export,
    ListRow,
    ListVersion,
    MatchResult,
    MatchRun,
    OfficialDetermination,
    ReceivedList,
    Record,
    RegisterSnapshot,
    ReviewDecision,
    Run,
    RunRegister,
)


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held on one person, but for what registers hold.

    identities: as each list gave them. facts: by version, as each list gave them. askings: of online registries about the
    lists that hold the person. runs: those of the decisions, by number. aid: what became of the decisions, by table.
    decrees: those that it rests on, with the issue of the signed ones. requests: of UU 27/2022. exports: files handed out
    that held the person.
    """

    identities: tuple[tuple[int, Identity], ...]
    lists: tuple[Mapping[str, Any], ...]
    rows: tuple[Mapping[str, Any], ...]
    facts: tuple[tuple[int, Mapping[str, Any]], ...]
    matches: tuple[Mapping[str, Any], ...]
    duplicates: tuple[Mapping[str, Any], ...]
    askings: tuple[Mapping[str, Any], ...]
    reviews: tuple[Mapping[str, Any], ...]
    determinations: tuple[Mapping[str, Any], ...]
    decisions: tuple[Mapping[str, Any], ...]
    runs: Mapping[int, Run]
    aid: Mapping[str, tuple[Mapping[str, Any], ...]]
    decrees: Mapping[int, tuple[Decree, DecreeIssue | None]]
    requests: tuple[RequestState, ...]
    exports: tuple[Mapping[str, Any], ...]
    destroyed: tuple[str, ...]
    looked: tuple[AuditEntry, ...]


def held_on(store: Store, act: Act, nik: str) -> Held:
    """All that is held on the person with this NIK, as family head or member; that this was asked is on record first.

    Whatever purpose the act has, this is subject access: its role must allow that.
    """
    act = replace(act, purpose=Purpose.SUBJECT_ACCESS)
    with store.reading() as session:
        found = find(store, session, "nik", [nik]).get(nik, ())
    why_not = act.may_see(act.district)
    with store.writing(act) as work:
        action = "subject.access" if why_not is None else "subject.refused"
        for pid in dict.fromkeys(each.pid for each in found):
            work.tell(action, "person", pid)
        if not found:
            work.tell(action, "person", "")
    if why_not is not None:
        raise not_allowed(why_not)
    versions = tuple(dict.fromkeys(each.version_id for each in found))
    pids = tuple(dict.fromkeys(each.pid for each in found))
    families = tuple(dict.fromkeys(each.family_pid or each.pid for each in found))
    identities, gone = _identities(store, act, found)
    with store.reading() as session:
        facts = tuple(fact for version in versions for fact in _facts(store, session, version, pids, families))
        matches = _with_runs(session, _of(session, MatchResult, "pid", pids))
        pairs = (*_of(session, DuplicateFinding, "pid", pids), *_of(session, DuplicateFinding, "other_pid", pids))
        decisions = _of(session, Decision, "pid", (*pids, *families))
        runs = {each["run_id"] for each in decisions}
        aid = aid_of(session, (*pids, *families))
        decrees = {each["decree_id"] for rows in aid.values() for each in rows if each.get("decree_id") is not None}
        asked = tuple(each for each in requests(session, act.at) if set(each.request.pids) & set(pids))
        return Held(
            identities=identities,
            lists=_lists(session, versions),
            rows=tuple(row for row in _of(session, ListRow, "pid", pids) if row["version_id"] in versions),
            facts=facts,
            matches=matches,
            duplicates=tuple({each["id"]: each for each in pairs}.values()),
            askings=_of(session, Asking, "version_id", versions),
            reviews=(
                *_of(session, ReviewDecision, "match_id", [each["id"] for each in matches]),
                *_of(session, ReviewDecision, "duplicate_id", [each["id"] for each in pairs]),
            ),
            determinations=_of(session, OfficialDetermination, "pid", (*pids, *families)),
            decisions=decisions,
            runs={number: run for number in sorted(runs) if (run := session.get(Run, number)) is not None},
            aid=aid,
            decrees={number: (decree_of(session, number), issue_of(session, number)) for number in sorted(decrees)},
            requests=asked,
            exports=_exports(session, versions),
            destroyed=gone,
            looked=_looked(session, versions, (*pids, *families), _things(aid, decrees, asked)),
        )


def _identities(store: Store, act: Act, found: Iterable[Found]) -> tuple[tuple[tuple[int, Identity], ...], tuple[str, ...]]:
    """Each identity in clear with its version; what can't be read any more is said instead."""
    identities, gone = [], []
    for each in found:
        try:
            identities += [(each.version_id, who) for who in reveal(store, act, each.version_id, [each.pid]).values()]
        except StoreError as problem:
            if problem.finding.code != "input-destroyed":
                raise
            gone.append(problem.finding.words.en)
    return tuple(identities), tuple(gone)


def _lists(session: Session, versions: Sequence[int]) -> tuple[Mapping[str, Any], ...]:
    asked = (
        select(ListVersion, ReceivedList)
        .join(ReceivedList, col(ReceivedList.id) == col(ListVersion.list_id))
        .where(col(ListVersion.id).in_(versions))
        .order_by(col(ListVersion.id))
    )
    return tuple(
        {
            "list": opened.id,
            "version": version.number,
            "version_id": version.id,
            "district": opened.district,
            "program": opened.program,
            "title": opened.title,
            "received_at": version.received_at,
            "received_by": version.received_by,
        }
        for version, opened in session.execute(asked)
    )


def _facts(
    store: Store, session: Session, version: int, pids: Sequence[str], families: Sequence[str]
) -> Iterable[tuple[int, Mapping[str, Any]]]:
    try:
        for kind, wanted in ((FAMILIES, families), (MEMBERS, pids)):
            table = as_table(content_of(store, session, version, kind))
            if "pid" in table.column_names:
                own = table.filter(pc.is_in(table.column("pid"), value_set=pa.array(wanted, pa.string())))
                yield from ((version, facts) for facts in own.to_pylist())
    except StoreError as problem:
        if problem.finding.code != "input-destroyed":
            raise


def _of(session: Session, table: type[Record], column: str, values: Sequence[Any]) -> tuple[Mapping[str, Any], ...]:
    """The records of a table that hold one of the values."""
    if not values:
        return ()
    asked = select(table).where(getattr(table, column).in_(list(dict.fromkeys(values))))
    return tuple(record.model_dump() for record in session.execute(asked).scalars())


def _with_runs(session: Session, matches: tuple[Mapping[str, Any], ...]) -> tuple[Mapping[str, Any], ...]:
    """The answers with the register that was matched, its day, and when and by whom."""
    told = []
    for each in matches:
        run = session.get(MatchRun, each["match_run_id"])
        assert run is not None
        register = None if run.snapshot_id is None else session.get(RegisterSnapshot, run.snapshot_id)
        about = {"matched_at": run.matched_at, "matched_by": run.matched_by, "register": None, "source": None, "as_of": None}
        if register is not None:
            about |= {"register": register.kind, "source": register.source, "as_of": register.as_of}
        told.append({**each, **about})
    return tuple(told)


def _exports(session: Session, versions: Sequence[int]) -> tuple[Mapping[str, Any], ...]:
    """The files that were handed out of these versions, or of the runs that decided them."""
    runs = session.execute(select(col(Run.id)).where(col(Run.version_id).in_(versions))).scalars().all()
    found = (*_of(session, Export, "version_id", versions), *_of(session, Export, "run_id", runs))
    return tuple({each["id"]: each for each in found}.values())


def _things(
    aid: Mapping[str, tuple[Mapping[str, Any], ...]], decrees: Collection[int], asked: Iterable[RequestState]
) -> Mapping[str, Sequence[Any]]:
    """What else of the audit log is about the person: decrees, deliveries, objections, findings, samples, requests."""
    return {
        "decree": sorted(decrees),
        "delivery": [each["delivery_id"] for each in aid.get("payments", ())],
        "objection": [each["id"] for each in aid.get("objections", ())],
        "finding": [each["id"] for each in aid.get("findings", ())],
        "sample": [each["sample_id"] for each in aid.get("sample_units", ())],
        "request": [each.request.id for each in asked],
    }


def _looked(
    session: Session, versions: Sequence[int], pids: Sequence[str], more: Mapping[str, Sequence[Any]]
) -> tuple[AuditEntry, ...]:
    """Who had to do with the person, or with a list, run, register, export or anything more that holds the person."""
    runs = session.execute(select(col(Run.id)).where(col(Run.version_id).in_(versions))).scalars().all()
    exports = select(col(Export.id)).where(col(Export.version_id).in_(versions) | col(Export.run_id).in_(runs))
    registers = select(col(RunRegister.snapshot_id)).where(col(RunRegister.run_id).in_(runs)).distinct()
    about = {
        "person": pids,
        "version": versions,
        "run": runs,
        "export": session.execute(exports).scalars().all(),
        "register": session.execute(registers).scalars().all(),
    } | dict(more)
    things = [(kind, str(each)) for kind, ids in about.items() for each in dict.fromkeys(ids)]
    return tuple(entries(session, about=things)) if things else ()
