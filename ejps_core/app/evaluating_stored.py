"""A list on record evaluated by programs: one scan where they can be decided together, a run on record for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from importlib.metadata import version as version_of_package
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.deciding_stored import Asked, Decided, decide_stored
from ejps_core.app.evaluate import Request, Rules, rules_of
from ejps_core.app.exits import Exit
from ejps_core.app.filling import one_per_together
from ejps_core.app.holds import on_hold
from ejps_core.app.library import declared
from ejps_core.app.recording import other_district
from ejps_core.app.stored_facts import Stored, version_of
from ejps_core.app.stored_output import NO_FILES, Outputs, allowed, unwritable_outputs, write_outputs
from ejps_core.app.stored_registers import Beheld
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.app.summary import summarize
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.run import Run
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.lists import newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import Evaluation, as_records, record_run
from ejps_core.store.session import Store
from ejps_core.store.tables import ListVersion
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
    outputs: Outputs = NO_FILES


@dataclass(frozen=True, slots=True)
class Recorded:
    """Programs that were decided together, and the number of each one's run; `run` None: they can't be, findings say why.

    notes: where the remarks on rows are, None: nowhere, or in the result itself. failed: why a file was not written; the
    runs are on record all the same.
    """

    programs: tuple[str, ...]
    numbers: tuple[int, ...]
    run: Run | None
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    exit: Exit
    broken: tuple[BrokenPlugin, ...] = ()
    notes: Path | None = None
    failed: Diagnostic | None = None


def evaluate_stored(
    options: StoreOptions, actor: Actor, wanted: Wanted, plugins: Plugins
) -> tuple[Recorded, ...] | Diagnostic:
    """The list decided and the runs recorded. Programs that can't be decided together are decided one by one."""
    wrong = unwritable_outputs(wanted.outputs, plugins)
    if wrong is not None:
        return wrong

    def made() -> tuple[Recorded, ...]:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.DECISION)
            with store.reading() as session:
                stored = version_of(store, session, _version(session, wanted))
            if act.district not in (None, stored.district):
                raise other_district(act.district, stored.district)
            allowed(store, act, stored, wanted.outputs)
            names = [each.strip() for each in wanted.programs.split(",") if each.strip()]
            whole = _rules(stored, wanted, ",".join(names), plugins)
            if len(names) < 2 or _together(whole) or wanted.outputs.any:
                return (_recorded(store, act, stored, wanted, names, whole, plugins),)
            return tuple(
                _recorded(store, act, stored, wanted, [name], _rules(stored, wanted, name, plugins), plugins)
                for name in names
            )

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


def _rules(stored: Stored, wanted: Wanted, programs: str, plugins: Plugins) -> Rules:
    request = Request(
        programs, Path(stored.source), wanted.on, known=wanted.known, district=stored.district,
        rulesets=wanted.rulesets, base=wanted.base,
    )  # fmt: skip
    return rules_of(request, plugins)


def _together(rules: Rules) -> bool:
    """Whether one scan can decide them: their facts agree, and at most one gives a single award per number."""
    return rules.exit is Exit.CLEAN and sum(bool(each.one_per) for each in rules.chosen.rulesets) < 2


def _recorded(
    store: Store, act: Act, stored: Stored, wanted: Wanted, names: list[str], rules: Rules, plugins: Plugins
) -> Recorded:
    chosen, asked_for = rules.chosen, tuple(names)
    if rules.exit or rules.fields is None:
        return Recorded(asked_for, (), None, rules.findings, chosen.texts, rules.exit, chosen.broken)
    if not _together(rules):
        wrong = one_per_together([each for each in chosen.rulesets if each.one_per])
        return Recorded(asked_for, (), None, (wrong,), chosen.texts, Exit.WRONG_USE, chosen.broken)
    known = wanted.known or wanted.on
    as_of = Request("", Path(), wanted.on, known=known).as_of
    asked = Asked(chosen.rulesets, rules.fields, as_of, Beheld(known=act.at), wanted.no_awards)
    decided = decide_stored(store, act, stored, asked, plugins)
    if decided.run is None:
        return Recorded(asked_for, (), None, decided.findings, chosen.texts, Exit.WRONG_USE, chosen.broken)
    missing = tuple((broken.name, broken.why) for broken in chosen.broken)
    run = replace(decided.run, notices=(*chosen.notices, *decided.run.notices), missing=missing)
    evaluations = [_evaluation(decided, run, place, chosen.texts, stored, wanted) for place in range(len(run.programs))]
    with store.writing(act) as work:
        numbers = tuple(
            record_run(work, evaluation, as_records(decisions, decided.pids))
            for evaluation, decisions in zip(evaluations, run.programs, strict=True)
        )
    notes, failed = write_outputs(store, act, stored, run, decided.pids, numbers, wanted.outputs, plugins)
    findings = (*chosen.notices, *decided.findings, *on_hold(store, decided.pids, act.at))
    apart = any(finding.severity is Severity.SET_APART for finding in findings)
    partly = apart or run.candidates.set_apart > 0 or bool(chosen.broken)
    ended = Exit.WRONG_USE if failed else Exit.PARTLY if partly else Exit.CLEAN
    return Recorded(asked_for, numbers, run, findings, chosen.texts, ended, chosen.broken, notes, failed)


def _evaluation(
    decided: Decided, run: Run, place: int, texts: Mapping[str, str], stored: Stored, wanted: Wanted
) -> Evaluation:
    """The record of one program's run. The texts are kept by the ids that they declare, so that they find each other again.

    Programs that were decided together are kept too: a fact that they share is read the same way when it is decided again.
    """
    rulesets = [each.ruleset for each in run.programs]
    ruleset = rulesets[place]
    by_id = {found[0]: text for text in texts.values() if (found := declared(text)) is not None}
    own = _own_texts(ruleset.id, by_id)
    told = summarize(run).programs[ruleset.program]
    options: dict[str, Any] = {"no_awards": wanted.no_awards, "base": wanted.base}
    if len(rulesets) > 1:
        options["together"] = {"rule_sets": [each.id for each in rulesets], "rules": by_id, "hash": hash_of_rules(by_id)}
    if decided.awards is not None:
        seen = decided.awards.seen
        options["awards"] = {
            "decrees": list(seen.decrees), "payments": list(seen.payments), "hash": decided.awards.digest
        }  # fmt: skip
    return Evaluation(
        version_id=stored.version_id,
        program=ruleset.program,
        rule_set=ruleset.id,
        rules=own,
        ruleset_hash=hash_of_rules(own),
        plan_hash=decided.plan_hashes[place],
        input_hash=decided.input_hash,
        as_of=wanted.on,
        known=wanted.known or wanted.on,
        basis=Basis.LATEST if wanted.known == date.max else Basis.KNOWN_THEN,
        software=f"ejps {version_of_package('ejps')}",
        counts=told.model_dump(),
        amount=told.amount,
        snapshots=decided.snapshots,
        determinations=decided.determinations,
        rests=decided.rests,
        options=options,
    )


def _own_texts(rule_set: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The text of a rule set and of all that it extends."""
    found: dict[str, str] = {}
    wanted: str | None = rule_set
    while wanted is not None and wanted in texts and wanted not in found:
        found[wanted] = texts[wanted]
        told = declared(texts[wanted])
        wanted = None if told is None else told[1]
    return found


def hash_of_rules(texts: Mapping[str, str]) -> str:
    """One hash of the rule texts by their ids."""
    whole = "\n".join(f"{name} {sha256(text.encode()).hexdigest()}" for name, text in sorted(texts.items()))
    return sha256(whole.encode()).hexdigest()


def version_of_rules(ruleset: Ruleset) -> str:
    """The same of a compiled rule set: by it a run says which version has decided."""
    return hash_of_rules({ruleset.id: ruleset.text, **{origin.name: origin.text for origin in ruleset.parents}})


def _no_version(list_id: int, version: int | None) -> StoreError:
    return StoreError(
        "version-unknown",
        Words(f"Daftar {list_id} tidak punya versi {version}.", f"List {list_id} has no version {version}."),
    )
