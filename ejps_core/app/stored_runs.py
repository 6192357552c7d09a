"""Runs on record: which there are, and a run decided again and compared row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.deciding_stored import Asked, Decided, decide_stored
from ejps_core.app.evaluating_stored import hash_of_rules
from ejps_core.app.fields import merged
from ejps_core.app.stored_awards import AwardsSeen
from ejps_core.app.stored_facts import version_of
from ejps_core.app.stored_registers import Beheld
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.dsl import compile_text
from ejps_core.hooks.manager import Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.run import Run
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.match_answers import Rests, rests_of
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import as_records, decisions_of, run_of, snapshots_of
from ejps_core.store.session import Store
from ejps_core.store.tables import Decision, ListVersion
from ejps_core.store.tables import Run as RunRecord

if TYPE_CHECKING:
    from ejps_core.model.trace import Trace
    from ejps_core.reports.explanation import Subject


@dataclass(frozen=True, slots=True)
class Differing:
    """A row that comes out otherwise now: what is another, as (name, then, now). pid: who; position: from 1."""

    position: int
    pid: str
    what: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """A run decided again. rows: how many were compared. same_plan: the rules come to the very same plan as then.

    same_matchings: who was whom is what was recorded.
    """

    run: int
    program: str
    rule_set: str
    as_of: date
    known: date
    basis: str
    rows: int
    differing: tuple[Differing, ...]
    same_input: bool
    same_plan: bool
    same_matchings: bool = True
    findings: tuple[Diagnostic, ...] = field(default=())

    @property
    def equal(self) -> bool:
        """Whether everything came out as it was recorded."""
        return not self.differing and self.same_input and self.same_matchings


def replay(options: StoreOptions, actor: Actor, run_id: int, plugins: Plugins) -> Replayed | Diagnostic:
    """Decides a run again by the rule text, registers, declarations and determinations of then, and compares."""
    return attempt(partial(_replay, options, actor, run_id, plugins))


@dataclass(frozen=True, slots=True)
class Again:
    """A run as it is on record, and decided again. place: of its program among those that were decided together."""

    record: RunRecord
    decided: Decided
    run: Run
    place: int
    rests: tuple[Rests, ...]
    source: str


def decided_again(store: Store, act: Act, run_id: int, plugins: Plugins) -> Again:
    """A run decided again by what it saw then; StoreError if it can't be. Nothing is recorded but the reading."""
    with store.reading() as session:
        record, rests = run_of(session, run_id), rests_of(session, run_id)
        beheld = beheld_then(session, record)
        stored = version_of(store, session, record.version_id)
    decided = decide_stored(store, act, stored, asked_then(record, beheld), plugins)
    if decided.run is None:
        raise StoreError("replay-impossible", decided.findings[0].words, decided.findings[0].mend)
    place = [each.ruleset.program for each in decided.run.programs].index(record.program)
    return Again(record, decided, decided.run, place, rests, stored.source)


def _replay(options: StoreOptions, actor: Actor, run_id: int, plugins: Plugins) -> Replayed:
    with open_store(place_of(options)) as store:
        act = act_of(actor, Purpose.AUDIT)
        again = decided_again(store, act, run_id, plugins)
        run, decided = again.record, again.decided
        with store.reading() as session:
            old = decisions_of(session, run_id)
        new = tuple(as_records(again.run.programs[again.place], decided.pids))
        found = Replayed(
            run=run_id,
            program=run.program,
            rule_set=run.rule_set,
            as_of=run.as_of,
            known=run.known,
            basis=run.basis,
            rows=max(len(old), len(new)),
            differing=_compared(old, new),
            same_input=decided.input_hash == run.input_hash and _awards_hash(decided) == _awards_then(run),
            same_plan=decided.plan_hashes[again.place] == run.plan_hash,
            same_matchings=set(decided.rests) == set(again.rests),
        )
        with store.writing(act) as work:
            told = {"equal": found.equal, "rows": found.rows, "differing": len(found.differing)}
            work.tell("run.replayed", "run", run_id, after=told)
        return found


def _awards_then(run: RunRecord) -> str | None:
    """The hash of the store's own awards that a run counted."""
    found: str | None = (run.options.get("awards") or {}).get("hash")
    return found


def _awards_hash(decided: Decided) -> str | None:
    return None if decided.awards is None else decided.awards.digest


def explained(
    options: StoreOptions, actor: Actor, run_id: int, pid: str, plugins: Plugins
) -> tuple[Trace, Subject] | Diagnostic:
    """Why somebody (by pseudonym) came out as they did in a run: the reasoning over the data of then, nobody's identity."""

    def found() -> tuple[Trace, Subject]:
        from ejps_core.engine import explain
        from ejps_core.reports.explanation import Subject

        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.AUDIT)
            again = decided_again(store, act, run_id, plugins)
            run = again.run
            if pid not in again.decided.pids:
                raise StoreError(
                    "unknown-id",
                    Words(f"{pid} tidak ada di run {run_id}.", f"{pid} is not in run {run_id}."),
                    Words("Nama samaran ada di ejps list show.", "Pseudonyms are in ejps list show."),
                )
            row = again.decided.pids.index(pid)
            with store.writing(act) as work:
                work.tell("run.explained", "person", pid, after={"run": run_id})
        first, last = int(run.candidates.offsets[row]), int(run.candidates.offsets[row + 1])
        nobody: tuple[str | None, ...] = (None,) * (last - first)
        at = int(run.candidates.family_rows[row])
        subject = Subject(pid, nobody, pid, at, again.source, run.as_of.on, run.as_of.known)
        return explain(run.programs[again.place].ruleset, run.as_of, run.candidates, row), subject

    return attempt(found)


def beheld_then(session: Session, record: RunRecord) -> Beheld:
    """What a run saw of the registers: its snapshots, the matchings and answers that counted, as recorded by then."""
    assert record.id is not None
    matchings = {each.match_run_id: each.answers for each in rests_of(session, record.id)}
    awards: dict[str, Any] = record.options.get("awards") or {}
    own = AwardsSeen(tuple(awards.get("decrees", ())), tuple(awards.get("payments", ())))
    return Beheld(snapshots_of(session, record.id), record.decided_at, matchings, own)


def asked_then(run: RunRecord, beheld: Beheld) -> Asked:
    """What a run asked: its rules, those of the programs that were decided with it, and the dates of then."""
    together: dict[str, Any] = run.options.get("together") or {"rule_sets": [run.rule_set], "rules": run.rules}
    texts: dict[str, str] = together["rules"]
    if hash_of_rules(run.rules) != run.ruleset_hash or hash_of_rules(texts) != together.get("hash", run.ruleset_hash):
        raise _unsound()
    rulesets = tuple(compiled_again(texts, name) for name in together["rule_sets"])
    as_of = AsOf(day_number(run.as_of), day_number(run.known))
    return Asked(rulesets, merged(rulesets), as_of, beheld, bool(run.options.get("no_awards")))


def ruleset_of(run: RunRecord, name: str | None = None) -> Ruleset:
    """The rules of a run, compiled from the texts that it has kept; StoreError if they are not what was recorded.

    name: of another of these texts, such as the program that the rule set changes.
    """
    if hash_of_rules(run.rules) != run.ruleset_hash:
        raise _unsound()
    return compiled_again(run.rules, run.rule_set if name is None else name)


def _unsound() -> StoreError:
    return StoreError(
        "store-unsound",
        Words("Teks aturan run ini bukan yang tercatat.", "The rule text of this run is not what was recorded."),
    )


def compiled_again(texts: Mapping[str, str], rule_set: str) -> Ruleset:
    """A rule set of a run, from the texts that were kept by their ids."""
    ruleset, findings = compile_text(texts[rule_set], rule_set, lambda name: (texts[name], name) if name in texts else None)
    if ruleset is None:
        raise StoreError("replay-impossible", findings[0].words, findings[0].mend)
    return ruleset


def _compared(old: tuple[Decision, ...], new: tuple[Mapping[str, Any], ...]) -> tuple[Differing, ...]:
    """The rows that come out otherwise; a row that is there on one side only is one of them."""
    found = []
    for place in range(max(len(old), len(new))):
        now = new[place] if place < len(new) else None
        then = None if place >= len(old) or now is None else {name: getattr(old[place], name) for name in now}
        if then is None or now is None:
            pid = str(now["pid"]) if now is not None else old[place].pid
            found.append(Differing(place + 1, pid, (("row", now is None, now is not None),)))
            continue
        what = tuple((name, then[name], now[name]) for name in now if then[name] != now[name])
        if what:
            found.append(Differing(place + 1, str(now["pid"]), what))
    return tuple(found)


def runs(options: StoreOptions, list_id: int | None = None) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The runs on record, of one list or of all."""

    def found() -> tuple[Mapping[str, Any], ...]:
        asked = select(RunRecord, col(ListVersion.list_id), col(ListVersion.number)).join(
            ListVersion, col(ListVersion.id) == col(RunRecord.version_id)
        )
        if list_id is not None:
            asked = asked.where(col(ListVersion.list_id) == list_id)
        with open_store(place_of(options)) as store, store.reading() as session:
            rows = session.execute(asked.order_by(col(RunRecord.id))).all()
            return tuple(run_record(run, number, version) for run, number, version in rows)

    return attempt(found)


def run_record(run: RunRecord, list_id: int, version: int) -> Mapping[str, Any]:
    """A run as plain values. The names are a promise."""
    return {
        "run": run.id,
        "list": list_id,
        "version": version,
        "program": run.program,
        "rule_set": run.rule_set,
        "as_of": run.as_of.isoformat(),
        "known": "latest" if run.known == date.max else run.known.isoformat(),
        "basis": run.basis,
        "eligible": run.counts["eligible"],
        "ineligible": run.counts["ineligible"],
        "undetermined": run.counts["undetermined"],
        "amount": run.amount,
        "decided_at": run.decided_at.isoformat(timespec="seconds"),
        "decided_by": run.decided_by,
        "ruleset_hash": run.ruleset_hash,
        "plan_hash": run.plan_hash,
        "input_hash": run.input_hash,
        "registers_hash": run.registers_hash,
        "determinations_hash": run.determinations_hash,
    }
