"""Runs on record: a list in the store decided by programs, and a run decided again and compared row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from importlib.metadata import version as version_of_package
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.deciding_stored import Asked, Decided, decide_stored
from ejps_core.app.evaluate import Request, Rules, rules_of
from ejps_core.app.exits import Exit
from ejps_core.app.fields import merged
from ejps_core.app.library import declared
from ejps_core.app.recording import other_district
from ejps_core.app.stored_facts import Stored, version_of
from ejps_core.app.stored_registers import Beheld
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.app.summary import summarize
from ejps_core.dsl import compile_text
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.run import Run
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.lists import newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreProblem
from ejps_core.store.runs import Evaluation, as_records, decisions_of, record_run, run_of, snapshots_of
from ejps_core.store.session import Store
from ejps_core.store.tables import Decision, ListVersion
from ejps_core.store.tables import Run as RunRecord
from ejps_core.store.words import Basis


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which programs are to decide which list, as of when. version: of the list, None: its newest."""

    programs: str
    list_id: int
    on: date
    known: date | None = None
    version: int | None = None
    rulesets: tuple[Path, ...] | None = None
    base: bool = False
    no_awards: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """One program's run; `run` None: it can't be decided, the findings say why."""

    program: str
    number: int | None
    run: Run | None
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    exit: Exit
    broken: tuple[BrokenPlugin, ...] = ()


def evaluate_stored(
    options: StoreOptions, actor: Actor, wanted: Wanted, plugins: Plugins
) -> tuple[Recorded, ...] | Diagnostic:
    """Each program decides the list and its run is recorded; one that can't be decided leaves the others be."""

    def made() -> tuple[Recorded, ...]:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.DECISION)
            with store.reading() as session:
                stored = version_of(store, session, _version(session, wanted))
            if act.district not in (None, stored.district):
                raise other_district(act.district, stored.district)
            names = [each.strip() for each in wanted.programs.split(",") if each.strip()]
            return tuple(_recorded(store, act, stored, wanted, name, plugins) for name in names)

    return attempt(made)


def _version(session: Session, wanted: Wanted) -> int:
    """The version that is asked for, by the number of its record."""
    found: int | None = newest_version(session, wanted.list_id).id
    if wanted.version is not None:
        asked = select(col(ListVersion.id)).where(
            col(ListVersion.list_id) == wanted.list_id, col(ListVersion.number) == wanted.version
        )
        found = session.execute(asked).scalar_one_or_none()
    if found is None:
        raise _no_version(wanted.list_id, wanted.version)
    return found


def _recorded(store: Store, act: Act, stored: Stored, wanted: Wanted, program: str, plugins: Plugins) -> Recorded:
    request = Request(
        program, Path(stored.source), wanted.on, known=wanted.known, district=stored.district,
        rulesets=wanted.rulesets, base=wanted.base,
    )  # fmt: skip
    rules = rules_of(request, plugins)
    chosen = rules.chosen
    if rules.exit or rules.fields is None:
        return Recorded(program, None, None, rules.findings, chosen.texts, rules.exit, chosen.broken)
    asked = Asked(chosen.rulesets, rules.fields, request.as_of, Beheld(known=act.at), wanted.no_awards)
    decided = decide_stored(store, act, stored, asked, plugins)
    if decided.run is None:
        return Recorded(program, None, None, decided.findings, chosen.texts, Exit.WRONG_USE, chosen.broken)
    evaluation = _evaluation(decided, decided.run, rules, stored, wanted)
    with store.writing(act) as work:
        number = record_run(work, evaluation, as_records(decided.run.programs[0], decided.pids))
    findings = (*chosen.notices, *decided.findings)
    apart = any(finding.severity is Severity.SET_APART for finding in findings)
    partly = apart or decided.run.candidates.set_apart > 0 or bool(chosen.broken)
    ended = Exit.PARTLY if partly else Exit.CLEAN
    return Recorded(program, number, decided.run, findings, chosen.texts, ended, chosen.broken)


def _evaluation(decided: Decided, run: Run, rules: Rules, stored: Stored, wanted: Wanted) -> Evaluation:
    """The record of a run. The texts are kept by the ids that they declare, so that they find each other again."""
    ruleset = rules.chosen.rulesets[0]
    texts = {found[0]: text for text in rules.chosen.texts.values() if (found := declared(text)) is not None}
    told = summarize(run).programs[run.programs[0].ruleset.program]
    return Evaluation(
        version_id=stored.version_id,
        program=ruleset.program,
        rule_set=ruleset.id,
        rules=texts,
        ruleset_hash=hash_of_rules(texts),
        plan_hash=decided.plan_hash,
        input_hash=decided.input_hash,
        as_of=wanted.on,
        known=wanted.known or wanted.on,
        basis=Basis.LATEST if wanted.known == date.max else Basis.KNOWN_THEN,
        software=f"ejps {version_of_package('ejps')}",
        counts=told.model_dump(),
        amount=told.amount,
        snapshots=decided.snapshots,
        determinations=decided.determinations,
        options={"no_awards": wanted.no_awards, "base": wanted.base},
    )


def hash_of_rules(texts: Mapping[str, str]) -> str:
    """One hash of the rule texts by their ids."""
    whole = "\n".join(f"{name} {sha256(text.encode()).hexdigest()}" for name, text in sorted(texts.items()))
    return sha256(whole.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Differing:
    """A row that comes out otherwise now: what is another, as (name, then, now). pid: who; position: from 1."""

    position: int
    pid: str
    what: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """A run decided again. rows: how many were compared. same_plan: the rules come to the very same plan as then."""

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
    findings: tuple[Diagnostic, ...] = field(default=())

    @property
    def equal(self) -> bool:
        """Whether everything came out as it was recorded."""
        return not self.differing and self.same_input


def replay(options: StoreOptions, actor: Actor, run_id: int, plugins: Plugins) -> Replayed | Diagnostic:
    """Decides a run again by the rule text, registers, declarations and determinations of then, and compares."""
    return attempt(partial(_replay, options, actor, run_id, plugins))


def _replay(options: StoreOptions, actor: Actor, run_id: int, plugins: Plugins) -> Replayed:
    with open_store(place_of(options)) as store:
        act = act_of(actor, Purpose.AUDIT)
        with store.reading() as session:
            run, old = run_of(session, run_id), decisions_of(session, run_id)
            beheld = Beheld(snapshots_of(session, run_id), run.decided_at)
            stored = version_of(store, session, run.version_id)
        decided = decide_stored(store, act, stored, asked_then(run, beheld), plugins)
        if decided.run is None:
            raise StoreProblem("replay-impossible", decided.findings[0].words, decided.findings[0].mend)
        new = tuple(as_records(decided.run.programs[0], decided.pids))
        found = Replayed(
            run=run_id,
            program=run.program,
            rule_set=run.rule_set,
            as_of=run.as_of,
            known=run.known,
            basis=run.basis,
            rows=max(len(old), len(new)),
            differing=_compared(old, new),
            same_input=decided.input_hash == run.input_hash,
            same_plan=decided.plan_hash == run.plan_hash,
        )
        with store.writing(act) as work:
            told = {"equal": found.equal, "rows": found.rows, "differing": len(found.differing)}
            work.tell("run.replayed", "run", run_id, after=told)
        return found


def asked_then(run: RunRecord, beheld: Beheld) -> Asked:
    """The rules of a run, compiled from the texts that it has kept."""
    texts: dict[str, str] = run.rules
    if hash_of_rules(texts) != run.ruleset_hash:
        raise StoreProblem(
            "store-unsound",
            Words("Teks aturan run ini bukan yang tercatat.", "The rule text of this run is not what was recorded."),
        )
    ruleset, findings = compile_text(
        texts[run.rule_set], run.rule_set, lambda name: (texts[name], name) if name in texts else None
    )
    if ruleset is None:
        raise StoreProblem("replay-impossible", findings[0].words, findings[0].mend)
    as_of = AsOf(day_number(run.as_of), day_number(run.known))
    return Asked((ruleset,), merged((ruleset,)), as_of, beheld, bool(run.options.get("no_awards")))


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


def _no_version(list_id: int, version: int | None) -> StoreProblem:
    return StoreProblem(
        "version-unknown",
        Words(f"Daftar {list_id} tidak punya versi {version}.", f"List {list_id} has no version {version}."),
    )
