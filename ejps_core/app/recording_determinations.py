"""Official determinations (SPTJM) on record: from a file or one at the desk, found by number without opening anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ejps_core.app.applying import Where
from ejps_core.app.evaluate import Request, rules_of
from ejps_core.app.fields import merged
from ejps_core.app.programs import choose
from ejps_core.app.registers import papers, readers
from ejps_core.app.stored_facts import Stored, version_of
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number, day_of
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.registers import Determination
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose
from ejps_core.store.determinations import Determination as Record
from ejps_core.store.determinations import determine, determined
from ejps_core.store.lists import newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.people import find
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from ejps_core.store.tables import OfficialDetermination
from ejps_core.store.words import Declared, Unit


@dataclass(frozen=True, slots=True)
class Statement:
    """One determination as somebody says it at the desk. kk, nik: whom it is about; nik for facts of members."""

    kk: str
    nik: str | None
    fact: str
    value: str
    determined_by: str
    why: str
    document: str
    on: date


@dataclass(frozen=True, slots=True)
class Determining:
    """What is determined of whom. program: whose facts and rules are meant. withdrawn: it is taken back."""

    list_id: int
    program: str
    on: date
    said: Path | Statement
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Determined:
    """The numbers of the records, and what is to be said of rows that could not be used."""

    numbers: tuple[int, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def partly(self) -> bool:
        """Whether something was set apart."""
        return any(each.severity is Severity.SET_APART for each in self.findings)


def determine_on_record(
    options: StoreOptions, actor: Actor, asked: Determining, plugins: Plugins
) -> Determined | Diagnostic:
    """Records determinations for a list, all or none; rows that can't be used are set apart and said."""

    def made() -> Determined:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.VERIFICATION)
            with store.reading() as session:
                version = newest_version(session, asked.list_id)
                assert version.id is not None
                stored = version_of(store, session, version.id)
            given, findings = _read(asked, stored, plugins)
            with store.reading() as session:
                records, lost = _records(store, session, stored, given, asked.withdrawn)
            numbers: list[int] = []
            if records:
                with store.writing(act) as work:
                    numbers = [determine(work, each) for each in records]
            return Determined(tuple(numbers), (*findings, *lost))

    return attempt(made)


def _read(asked: Determining, stored: Stored, plugins: Plugins) -> tuple[tuple[Determination, ...], tuple[Diagnostic, ...]]:
    """The determinations in the words of the program's rules."""
    from ejps_core.registry.determinations import Determinations, facts_of, read_determinations, stated

    request = Request(asked.program, Path(stored.source), asked.on, district=stored.district)
    rules = rules_of(request, plugins)
    if rules.exit or rules.fields is None:
        problem = rules.findings[0]
        raise StoreError(problem.code, problem.words, problem.mend)
    facts = facts_of(rules.chosen.rulesets, rules.fields.family, rules.fields.members)
    key = next(each for each in rules.fields.family if each.key)
    on, said = day_number(asked.on), asked.said
    if isinstance(said, Statement):
        cells = (
            said.kk, said.nik or "", said.fact, said.value, said.determined_by, said.why, said.document,
            said.on.isoformat(),
        )  # fmt: skip
        found, findings = stated(cells, facts, key, on)
    else:
        read, findings = papers(
            lambda: read_determinations(said, facts, key, readers(plugins), on), Determinations(), said, plugins
        )
        found = read.found
    wrong = next((each for each in findings if each.severity is Severity.ERROR), None)
    if wrong is not None:
        raise StoreError(wrong.code, wrong.words, wrong.mend)
    return found, findings


def _records(
    store: Store, session: Session, stored: Stored, given: tuple[Determination, ...], withdrawn: bool
) -> tuple[list[Record], list[Diagnostic]]:
    """Whom the numbers are of in this version of the list; who isn't in it is set apart."""
    families = _pids(store, session, stored, "kk", [each.family for each in given])
    families = _pids(store, session, stored, "nik", [each.family for each in given]) | families
    niks = [each.person for each in given if each.person is not None]
    people = find(store, session, "nik", sorted(set(niks)))
    records: list[Record] = []
    lost: list[Diagnostic] = []
    for each in given:
        family = families.get(each.family)
        pid, unit = family, Unit.FAMILY
        if each.person is not None:
            here = (stored.version_id, family)
            own = [one.pid for one in people.get(each.person, ()) if (one.version_id, one.family_pid) == here]
            pid, unit = (own[0] if len(own) == 1 and family else None), Unit.MEMBER
        if pid is None:
            lost.append(_nobody(each))
            continue
        state = Declared.WITHDRAWN if withdrawn else Declared.MADE
        day = day_of(each.on)
        records.append(
            Record(pid, unit, stored.list_id, each.fact, each.value, each.who, each.why, each.document, day, state)
        )
    return records, lost


def _pids(store: Store, session: Session, stored: Stored, kind: str, numbers: list[str]) -> dict[str, str]:
    """The family of the list with each number; a number of two families is nobody's."""
    found = find(store, session, kind, sorted(set(numbers)))
    own = {
        number: {each.pid for each in people if each.version_id == stored.version_id and each.unit is Unit.FAMILY}
        for number, people in found.items()
    }
    return {number: next(iter(pids)) for number, pids in own.items() if len(pids) == 1}


def _nobody(each: Determination) -> Diagnostic:
    return Diagnostic(
        "determination-nobody",
        Severity.SET_APART,
        each.place,
        Words(
            f"Ketetapan tentang {each.fact} tidak dicatat: keluarga (atau anggota) itu tidak ada di daftar.",
            f"The determination of {each.fact} is not recorded: that family (or member) is not in the list.",
        ),
        Words("Cocokkan nomor KK dan NIK dengan daftar.", "Compare the numbers with the list."),
    )


@dataclass(frozen=True, slots=True)
class Determinable:
    """What officials may determine for a program: name, title; member: it is of a person. standing: what is on record."""

    program: str
    facts: tuple[tuple[str, Words, bool], ...]
    standing: tuple[Mapping[str, Any], ...]


def determinable(options: StoreOptions, list_id: int, program: str, plugins: Plugins) -> Determinable | Diagnostic:
    """The facts and rules of a program, and what was determined for a list so far, under pseudonyms."""

    def found() -> Determinable:
        from ejps_core.registry.determinations import facts_of

        with open_store(place_of(options)) as store, store.reading() as session:
            newest_version(session, list_id)
            records = tuple(determined(session, list_id).values())
        chosen = choose(program, plugins, Where(None, 0, True))
        if chosen.exit:
            raise StoreError.of(chosen.findings[0])
        fields = merged(chosen.rulesets)
        facts = facts_of(chosen.rulesets, fields.family, fields.members)
        titled = tuple((name, field.title, field.level is Level.MEMBER) for name, field in facts.items())
        return Determinable(program, titled, tuple(map(_on_record, records)))

    return attempt(found)


def _on_record(each: OfficialDetermination) -> Mapping[str, Any]:
    return {
        "determination": each.id,
        "pid": each.pid,
        "fact": each.fact,
        "value": each.value["value"],
        "why": each.why,
        "document": each.document,
        "document_date": each.document_date.isoformat(),
        "determined_by": each.determined_by,
        "recorded_by": each.recorded_by,
        "recorded_at": each.recorded_at.isoformat(timespec="seconds"),
    }
