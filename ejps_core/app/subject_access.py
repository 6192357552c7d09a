"""Subject access: all that is held on one person, in lists and registers, why it was so decided, and who looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from ejps_core.app.audit import told
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.app.subject_aid import aid_told, plain
from ejps_core.dsl import compile_text
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Language, Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.exports import HandedOut, record_export
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import read_snapshot
from ejps_core.store.session import Store
from ejps_core.store.subject import Held, held_on
from ejps_core.store.tables import RegisterSnapshot, Run


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be written: where to, and from which office."""

    path: Path
    office: Path | None = None


def subject(
    options: StoreOptions,
    actor: Actor,
    nik: str,
    language: Language = Language.ID,
    letter: Letter | None = None,
) -> Mapping[str, Any] | Diagnostic:
    """All that is held on the person with this NIK, in clear, and who looked; with a letter, that is written too.

    Every register on record is opened, in memory; each opening is in the audit log first.
    """

    def found() -> Mapping[str, Any]:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.SUBJECT_ACCESS)
            held = held_on(store, act, nik)
            cards = {who.kk for _, who in held.identities if who.kk}
            registers, lost = _in_registers(store, act, nik, cards)
            record = _record(held, registers, (*held.destroyed, *lost), language)
            if letter is not None:
                _write(store, act, held, record, letter)
            return record

    return attempt(found)


def _record(held: Held, registers: list[dict[str, Any]], destroyed: Iterable[str], language: Language) -> dict[str, Any]:
    return {
        "lists": [plain(each) for each in held.lists],
        "identities": [{"version_id": version, **asdict(who)} for version, who in held.identities],
        "rows": [plain(each) for each in held.rows],
        "facts": [{"version_id": version, **plain(facts)} for version, facts in held.facts],
        "registers": registers,
        "matches": [plain(each) for each in held.matches],
        "duplicates": [plain(each) for each in held.duplicates],
        "askings": [plain(each) for each in held.askings],
        "reviews": [plain(each) for each in held.reviews],
        "determinations": [plain(each) for each in held.determinations],
        "decisions": [_decision(each, held.runs[each["run_id"]], language) for each in held.decisions],
        **aid_told(held),
        "exports": [plain(each) for each in held.exports],
        "destroyed": list(destroyed),
        "looked": [told(each) for each in held.looked],
    }


def _in_registers(store: Store, act: Act, nik: str, cards: set[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """What each register holds; and which can't be read any more."""
    from ejps_core.registry.found_rows import rows_about
    from ejps_core.registry.kept_listing import from_parquet

    with store.reading() as session:
        snapshots = session.execute(select(RegisterSnapshot).order_by(col(RegisterSnapshot.id))).scalars().all()
    found: list[dict[str, Any]] = []
    lost: list[str] = []
    for each in snapshots:
        assert each.id is not None
        try:
            listing = from_parquet(read_snapshot(store, act, each.id), each.source)
        except StoreError as problem:
            lost.append(f"register {each.id} ({each.kind}, {each.as_of.isoformat()}): {problem.finding.words.en}")
            continue
        about = {
            "register": each.id,
            "name": each.kind,
            "source": each.source,
            "area": each.area,
            "as_of": each.as_of.isoformat(),
            "received_at": each.received_at.isoformat(timespec="seconds"),
            "received_by": each.received_by,
        }
        found += [about | asdict(row) for row in rows_about(listing, nik, cards)]
    return found, lost


def _decision(decision: Mapping[str, Any], run: Run, language: Language) -> dict[str, Any]:
    """A decision with its program, its day and its reasons in the words of its own rules."""
    ruleset = _rules(run)
    titles = {} if ruleset is None else {rule.id: (rule.message or rule.title).say(language) for rule in ruleset.rules}
    legal = {} if ruleset is None else {rule.id: rule.legal for rule in ruleset.rules}
    reasons = [
        {"rule": each, "words": titles.get(each, each), "legal": legal.get(each)}
        for each in (*decision["failed"], *decision["unknown"])
    ]
    about = {
        "program": run.program,
        "rule_set": run.rule_set,
        "as_of": run.as_of.isoformat(),
        "basis": run.basis,
        "decided_at": run.decided_at.isoformat(timespec="seconds"),
        "decided_by": run.decided_by,
    }
    return plain(decision) | about | {"reasons": reasons}


def _rules(run: Run) -> Ruleset | None:
    """The rules of a run, from the text that it has kept."""
    texts: dict[str, str] = run.rules
    return compile_text(texts[run.rule_set], run.rule_set, lambda name: (texts[name], name) if name in texts else None)[0]


def _write(store: Store, act: Act, held: Held, record: Mapping[str, Any], letter: Letter) -> None:
    """Writes the letter, for its owner's eyes only; it is on record before it is at its place."""
    from ejps_core.app.write import written
    from ejps_core.reports.office import PROVINCE, read_office
    from ejps_core.reports.subject_letter import subject_letter

    try:
        office = PROVINCE if letter.office is None else read_office(letter.office)
    except (OSError, ValueError) as problem:
        words = Words(f"Berkas kantor tidak dapat dipakai: {problem}", f"The office's file can't be used: {problem}")
        raise StoreError("bad-office", words) from problem
    text = subject_letter(record, office, act.at).encode()

    def fill(fresh: Path) -> None:
        fresh.touch(mode=0o600)
        fresh.write_bytes(text)
        with store.writing(act) as work:
            record_export(work, HandedOut("subject-letter", text, masked=False))
            for pid in dict.fromkeys(who.pid for _, who in held.identities):
                work.tell("subject.letter", "person", pid)

    failed = written(letter.path, Plugins(), [(letter.path, fill)])
    if failed is not None:
        raise StoreError(failed.code, failed.words, failed.mend)
