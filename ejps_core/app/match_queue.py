"""The queue of matching: what officials are asked, with pseudonyms or (said why) with names, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from ejps_core.app.matching_stored import records_of, registered
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.masking import mask
from ejps_core.model.words import Words
from ejps_core.store import matches as on_record
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.match_queue import Pair, Question, Waiting, queue
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import read_snapshot, snapshot_of
from ejps_core.store.session import Store
from ejps_core.store.tables import MatchResult
from ejps_core.store.words import MatchOutcome

SHOWN = ("nik", "name", "birth", "region", "village", "address", "mother")
"""What an official sees of a person, as far as it is known; the NIK with its last four digits only."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which part of the queue: of one list, of one district; open: with names, for whoever may see them and says why."""

    list_id: int | None = None
    district: str | None = None
    open: bool = False


def queue_stored(options: StoreOptions, shown: Shown, actor: Actor) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """All that waits for an official: pseudonyms, rows of the register, points; names only where they are asked for."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                waiting = queue(session, list_id=shown.list_id, district=shown.district)
            if not shown.open:
                return (*map(_asked, waiting.questions), *map(_paired, waiting.pairs))
            act = act_of(replace(actor, district=actor.district or shown.district), Purpose.VERIFICATION)
            return _opened(store, act, waiting)

    return attempt(found)


def _asked(each: Question) -> dict[str, Any]:
    details = each.result.details
    return {
        "match": each.result.id, "list": each.list_id, "district": each.district, "pid": each.result.pid,
        "outcome": details["outcome"], "code": details["code"], "candidates": details["candidates"],
    }  # fmt: skip


def _paired(each: Pair) -> dict[str, Any]:
    found = each.finding
    return {
        "duplicate": found.id, "list": each.list_id, "district": each.district, "pid": found.pid,
        "other": found.other_pid, "kind": found.kind,
    }  # fmt: skip


def _opened(store: Store, act: Act, waiting: Waiting) -> tuple[Mapping[str, Any], ...]:
    """The same with who is meant on both sides. What is read, of whom and why, is in the audit log first."""
    wanted: dict[int, set[str]] = {}
    for question in waiting.questions:
        wanted.setdefault(question.run.version_id, set()).add(question.result.pid)
    for pair in waiting.pairs:
        wanted.setdefault(pair.run.version_id, set()).add(pair.finding.pid)
        wanted.setdefault(pair.finding.other_version_id, set()).add(pair.finding.other_pid)
    people = {version: _people(store, act, version, sorted(pids)) for version, pids in sorted(wanted.items())}
    there = _rows(store, act, waiting.questions)
    told: list[Mapping[str, Any]] = []
    for question in waiting.questions:
        record = _asked(question)
        own = there[question.run.snapshot_id or 0]
        record["candidates"] = [each | {"who": own.get(each["row"], {})} for each in record["candidates"]]
        told.append(record | {"who": people[question.run.version_id].get(question.result.pid, {})})
    for pair in waiting.pairs:
        one = people[pair.run.version_id].get(pair.finding.pid, {})
        other = people[pair.finding.other_version_id].get(pair.finding.other_pid, {})
        told.append(_paired(pair) | {"who": one, "other_who": other})
    return tuple(told)


def _people(store: Store, act: Act, version_id: int, pids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Who these people of a list are; their NIK masked."""
    return {str(each["ref"]): _seen(each) for each in records_of(store, act, version_id, pids)}


def _seen(known: Mapping[str, Any]) -> dict[str, str]:
    """What may be shown, in one order."""
    told = {name: str(known[name]) for name in SHOWN if known.get(name) is not None}
    return told | ({"nik": mask(told["nik"])} if "nik" in told else {})


def _rows(store: Store, act: Act, questions: Iterable[Question]) -> dict[int, dict[str, dict[str, str]]]:
    """Who stands in the candidates' rows of each register. Districts were checked when the list's people were opened."""
    wanted: dict[int, set[str]] = {}
    for each in questions:
        rows = {str(one["row"]) for one in each.result.details["candidates"]}
        wanted.setdefault(each.run.snapshot_id or 0, set()).update(rows)
    found: dict[int, dict[str, dict[str, str]]] = {}
    for number, rows in sorted(wanted.items()):
        with store.reading() as session:
            snapshot = snapshot_of(session, number)
        with store.writing(act) as work:
            work.tell("register.revealed", "register", number, after={"rows": sorted(rows, key=int)})
        people = registered(read_snapshot(store, act, number), snapshot)
        table = people.table.to_pylist()
        found[number] = {str(row["ref"]): _seen(row) for row in table if row["ref"] in rows}
    return found


@dataclass(frozen=True, slots=True)
class Reply:
    """An official's answer. which: the row of the register that is this person, None: nobody there. same: of a duplicate."""

    why: str
    match_id: int | None = None
    duplicate_id: int | None = None
    which: str | None = None
    same: bool = False
    document: str | None = None


def answer_stored(options: StoreOptions, actor: Actor, reply: Reply) -> str | Diagnostic:
    """Puts an answer on record; the outcome it gives."""

    def made() -> str:
        with open_store(place_of(options)) as store, store.writing(act_of(actor, Purpose.VERIFICATION)) as work:
            outcome = "same_person" if reply.same else "other_person"
            if reply.match_id is not None:
                outcome = _chosen(work.session, reply.match_id, reply.which)
            review = on_record.Review(outcome, reply.why, reply.match_id, reply.duplicate_id, reply.document, reply.which)
            on_record.decide(work, review)
            return outcome

    return attempt(made)


def _chosen(session: Session, match_id: int, which: str | None) -> str:
    """The outcome of choosing a candidate: what the register says of it."""
    found = session.get(MatchResult, match_id)
    if found is None or which is None:
        return MatchOutcome.NOT_FOUND.value  # an unknown one is refused when it is recorded
    status = next((each["status"] for each in found.details["candidates"] if each["row"] == which), None)
    if status is None:
        raise StoreError(
            "answer-no-candidate",
            Words(f"Baris {which} bukan calon untuk hasil ini.", f"Row {which} is no candidate for this one."),
            Words("Pilih salah satu calon di ejps match queue.", "Choose one of the candidates of ejps match queue."),
        )
    told = {"meninggal": MatchOutcome.DIED, "pindah": MatchOutcome.MOVED}
    return told.get(status, MatchOutcome.MATCHED).value
