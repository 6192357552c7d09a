"""Asks an online registry about the people of a list on record; what it answers goes on record, and no copy of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ejps_core.app.answers_recorded import Recorded, record_answers
from ejps_core.app.matching_stored import listed_people
from ejps_core.app.stored_facts import Stored, version_of
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.limits import FaultyPluginError
from ejps_core.hooks.manager import Plugins
from ejps_core.model.asking import Inquiry, Line
from ejps_core.model.declared import Identity, Register
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.askings import Question, add_answers, answers_of, begin, open_asking
from ejps_core.store.lists import newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.session import Store
from ejps_core.store.tables import Asking

if TYPE_CHECKING:
    from ejps_core.registry.online.patience import Clock

_NIK = re.compile("[0-9]{16}")


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: a register about the people of a list. again: from the beginning, whatever was answered before."""

    register: str
    list_id: int
    connector: str
    settings: Path
    again: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. register: the snapshot's number, None: nobody has an answer.

    people: of the list; not_askable: without a NIK of sixteen digits or a name to compare; before: answered earlier, in an
    asking that is continued; asked: now; unanswered: still, for these reasons; counts: outcome of the match -> people.
    """

    asking: int
    register: int | None
    matching: int | None
    people: int
    not_askable: int
    before: int
    asked: int
    answered: int
    unanswered: int
    reasons: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


def ask_registry(
    options: StoreOptions, actor: Actor, asked: Ask, plugins: Plugins, clock: Clock | None = None
) -> Outcome | Diagnostic:
    """Asks about everybody of the newest version who has no answer yet, and records what is answered, batch by batch.

    Who gets no answer stays unknown. Broken off anywhere, it is continued by asking again.
    """
    register = _register(asked.register, plugins)
    if isinstance(register, Diagnostic):
        return register
    line = _line(asked, plugins)
    if isinstance(line, Diagnostic):
        return line
    if strange := [name for name in line.facts if name not in {each.name for each in register.columns}]:
        return _no_such_facts(register, strange)
    try:
        return attempt(lambda: _asked(options, actor, asked, register, line, clock))
    finally:
        line.close()


def _asked(options: StoreOptions, actor: Actor, asked: Ask, register: Register, line: Line, clock: Clock | None) -> Outcome:
    from ejps_core.registry.online.patience import Clock
    from ejps_core.registry.online.patience import asked as patiently

    with open_store(place_of(options)) as store:
        act = act_of(actor, Purpose.MATCHING)
        with store.reading() as session:
            number = newest_version(session, asked.list_id).id
            assert number is not None
            stored = version_of(store, session, number)
        people, count = _inquiries(store, act, stored)
        facts = tuple(line.facts)
        question = Question(number, register.name, asked.connector, line.source, facts, len(people))
        asking = _asking(store, act, question, None if asked.again else line.pace.valid_days)
        with store.reading() as session:
            known, _ = answers_of(store, session, asking)
        rest = [each for each in people if each.ref not in known]
        reasons: Counter[str] = Counter()
        for batch in patiently(line, rest, facts, f"{store.identity}:{asking.id}", clock or Clock()):
            reasons += batch.without
            if batch.answers:
                told = {
                    ref: {"found": each.found, "name": each.name, "birth": each.birth, "facts": dict(each.facts)}
                    for ref, each in batch.answers.items()
                }
                add_answers(store, act_of(actor, Purpose.MATCHING), asking, told)
        done = record_answers(store, act_of(actor, Purpose.MATCHING), stored, asking, register, people)
        return _outcome(asking, done, count, len(people), len(rest), reasons)


def _outcome(asking: Asking, done: Recorded, count: int, askable: int, rest: int, reasons: Counter[str]) -> Outcome:
    assert asking.id is not None
    return Outcome(
        asking=asking.id,
        register=done.snapshot,
        matching=done.matching,
        people=count,
        not_askable=count - askable,
        before=askable - rest,
        asked=rest,
        answered=done.answered,
        unanswered=askable - done.answered,
        reasons=dict(sorted(reasons.items())),
        counts=done.counts,
    )


def _inquiries(store: Store, act: Act, stored: Stored) -> tuple[list[Inquiry], int]:
    """Whom the registry can be asked about, and how many people the list has. The reading is in the audit log first."""
    table = listed_people(store, act, stored).table.select(["ref", "nik", "name", "birth"])
    rows = table.to_pylist()
    askable = [each for each in rows if each["name"] and each["nik"] and _NIK.fullmatch(each["nik"])]
    return [Inquiry(each["ref"], each["nik"], each["name"], each["birth"]) for each in askable], len(rows)


def _asking(store: Store, act: Act, question: Question, valid_days: int | None) -> Asking:
    """The asking that is continued, or a new one on record."""
    if valid_days is not None:
        with store.reading() as session:
            found = open_asking(session, question, datetime.now(UTC) - timedelta(days=valid_days))
        if found is not None:
            return found
    number = begin(store, act, question)
    with store.reading() as session:
        made = session.get(Asking, number)
    assert made is not None
    return made


def _register(name: str, plugins: Plugins) -> Register | Diagnostic:
    """The register, if answers about single persons can be a part of it."""
    found = next((each.what for each in plugins.registers if each.what.name == name), None)
    asked = [each.what.name for each in plugins.registers if _by_person(each.what)]
    if found is not None and _by_person(found):
        return found
    return Diagnostic(
        "register-not-asked",
        Severity.ERROR,
        None,
        Words(f"Register {name} tidak ditanyakan per orang.", f"The register {name} isn't asked person by person."),
        Words(
            f"Yang dapat ditanyakan: {', '.join(asked)}. Register lain dicatat sebagai berkas: ejps register import.",
            f"These can be asked: {', '.join(asked)}. Others are recorded as files: ejps register import.",
        ),
    )


def _no_such_facts(register: Register, strange: list[str]) -> Diagnostic:
    """What is said of facts that the register doesn't settle: nothing is asked that no rule may read."""
    there, named = ", ".join(each.name for each in register.columns), ", ".join(strange)
    return Diagnostic(
        "facts-not-asked",
        Severity.ERROR,
        None,
        Words(f"Register {register.name} tidak menjawab {named}.", f"The register {register.name} settles no {named}."),
        Words(f"Yang dapat ditanyakan: {there}.", f"These can be asked: {there}."),
    )


def _by_person(register: Register) -> bool:
    """Whether being in it says nothing by itself: else whoever was not asked about would look like absent."""
    return register.key is Identity.NIK and not register.membership


def _line(asked: Ask, plugins: Plugins) -> Line | Diagnostic:
    loaded = next((each for each in plugins.connectors if each.what.name == asked.connector), None)
    if loaded is None:
        there = ", ".join(each.what.name for each in plugins.connectors)
        return Diagnostic(
            "unknown-connector",
            Severity.ERROR,
            None,
            Words(f"Konektor {asked.connector} tidak dikenal.", f"Unknown connector {asked.connector}."),
            Words(f"Yang ada: {there}.", f"There are: {there}."),
        )
    try:
        return loaded.what.open(asked.settings)
    except FaultyPluginError as problem:
        return Diagnostic(
            "connector-failed",
            Severity.ERROR,
            None,
            Words(
                f"Konektor dari plugin {loaded.plugin} gagal: {problem.words.id}",
                f"The connector of the plugin {loaded.plugin} failed: {problem.words.en}",
            ),
        )
