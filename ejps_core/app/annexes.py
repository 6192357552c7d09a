"""The annex of a decree: the list of a phase under pseudonyms with its hash, or in clear as the data of the reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ejps_core.aid.membership import KINDS, REASONS, Member, Resulting, annex_hash, total_of
from ejps_core.app.decrees_on_record import OnRecord, as_change, list_at, on_record
from ejps_core.app.drafting import act_in
from ejps_core.app.stored_runs import ruleset_of
from ejps_core.app.stores import Actor, StoreOptions, attempt, place_of
from ejps_core.app.unwritable import why_unwritable
from ejps_core.app.whom import versions_of_run
from ejps_core.model.decreed import Standing
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.decrees import amendments_of, changes_of, issue_of
from ejps_core.store.exports import HandedOut, record_export
from ejps_core.store.opening import open_store
from ejps_core.store.people import Identity, reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import run_of
from ejps_core.store.session import Store

FEW, VILLAGE = 1_000, 4
"""As many people are named in the audit log one by one; of more the log says that the whole list was read. A village's
code has four parts."""


@dataclass(frozen=True, slots=True)
class Annex:
    """The list of a phase. digest: of its canonical form; signed: the hash that was signed, where this list was."""

    found: OnRecord
    phase: int
    members: tuple[Member, ...]
    amount: int
    digest: str
    signed: str | None


def annex(options: StoreOptions, number: int, phase: int | None = None) -> Annex | Diagnostic:
    """The list that results from a decree and its amendments in a phase; nobody's identifiers are opened."""

    def made() -> Annex:
        with open_store(place_of(options)) as store, store.reading() as session:
            return annex_of(session, number, phase)

    return attempt(made)


def annex_of(session: Session, number: int, phase: int | None = None) -> Annex:
    """The same within a session. number: of a decree (then with all that was signed) or an amendment (then with its own
    changes, signed or not). phase None: the first it holds for."""
    found = on_record(session, number)
    asked = found.decree.from_phase if phase is None else phase
    if asked not in found.phases:
        listed = ", ".join(map(str, found.phases))
        raise StoreError(
            "phase-not-in-decree",
            Words(f"Keputusan ini untuk tahap {listed}.", f"This decree holds for phase {listed}."),
        )
    after = _list(session, found, asked)
    digest = annex_hash(f"decree {found.root_number}", asked, after.members)
    signed = _signed(session, found, asked)
    return Annex(found, asked, after.members, total_of(after.recipients), digest, signed)


def _list(session: Session, found: OnRecord, phase: int) -> Resulting:
    if found.decree.amends is None or found.issue is not None:
        return list_at(session, found.root_number, phase)
    own = tuple(map(as_change, changes_of(session, found.number)))
    return list_at(session, found.root_number, phase, own)


def _signed(session: Session, found: OnRecord, phase: int) -> str | None:
    """The hash signed last, if it was signed for this very phase."""
    signed = [each for each in amendments_of(session, found.root_number) if each.from_phase <= phase]
    last = signed[-1] if signed else found.root
    if last.from_phase != phase or last.id is None:
        return None
    issued = issue_of(session, last.id)
    return None if issued is None else issued.annex_hash


def annex_data(
    store: Store, act: Act, number: int, phase: int | None = None, *, changes_only: bool = False
) -> dict[str, Any]:
    """The list in clear, as `ejps report lampiran-sk` and its like take it. Role, purpose and reason as for `reveal`.

    changes_only: of an amendment, whom it changes: who leaves, who comes, each with what and why.
    """
    with store.reading() as session:
        found = annex_of(session, number, phase)
        run = run_of(session, found.found.decree.run_id)
        versions = versions_of_run(session, found.found.decree.run_id)
        own = run_of(session, found.found.root.run_id).version_id
        notes = _notes(session, found)
        recipients = tuple(each for each in found.members if each.standing is Standing.RECIPIENT)
        if changes_only:
            recipients, notes = _changed(session, found)
    wanted = {pid for each in recipients for pid in (each.family, each.pid, each.recipient)}
    people = _people(store, act, (own, *reversed(versions)), wanted)
    issue, root = found.found.issue, found.found.root
    title = ruleset_of(run, run.program).title
    return {
        "program": {"id": title.id, "en": title.en},
        "year": (issue.day if issue is not None else run.as_of).year,
        "at": act.at.isoformat(),
        "phase": found.phase or None,
        "decree": "" if issue is None else issue.number,
        "decree_title": found.found.decree.title or root.title,
        "full_numbers": False,
        "families": [_family(each, people, notes.get(each.pid, "")) for each in recipients],
    }


def _people(store: Store, act: Act, versions: Sequence[int], wanted: set[str]) -> dict[str, Identity]:
    """Those who are wanted, in clear: from the decree's own version of the list, then from any other that holds them."""
    found: dict[str, Identity] = {}
    for version in dict.fromkeys(versions):
        missing = sorted(wanted - set(found))
        if not missing:
            break
        # One entry in the log for a whole list, one a person for a few of it.
        asked = missing if len(missing) <= FEW else None
        for pid, who in reveal(store, act, version, asked).items():
            if pid in wanted:
                found.setdefault(pid, who)
    return found


def _notes(session: Session, found: Annex) -> dict[str, str]:
    """What is to be said of somebody in the annex, in the language of the paper: what an amendment did."""
    notes = {each.pid: "NIK menyusul" for each in found.members if not each.payable}
    for amendment in amendments_of(session, found.found.root_number):
        if amendment.from_phase > found.phase or amendment.id is None:
            continue
        for change in map(as_change, changes_of(session, amendment.id)):
            said = f"{KINDS[change.kind].id}: {REASONS[change.reason].id}"
            notes[change.new_pid or change.pid] = said
    return notes


def _changed(session: Session, found: Annex) -> tuple[tuple[Member, ...], dict[str, str]]:
    """Whom an amendment changes: each as after it, or as before where it leaves, with what and why."""
    number, root = found.found.number, found.found.root_number
    changes = tuple(map(as_change, changes_of(session, number)))
    if not changes:
        raise StoreError("no-changes", Words(f"Keputusan {number} bukan perubahan.", f"Decree {number} is no amendment."))
    after = {each.pid: each for each in found.members}
    before = {each.pid: each for each in list_at(session, root, found.phase, without=number).members}
    members, notes = [], {}
    for change in changes:
        said = f"{KINDS[change.kind].id}: {REASONS[change.reason].id}"
        for pid, note in ((change.pid, said), (change.new_pid, "pengganti")):
            if pid is not None:
                members.append(after.get(pid) or before[pid])
                notes[pid] = note
    return tuple(members), notes


def _family(member: Member, people: Mapping[str, Identity], note: str) -> dict[str, Any]:
    named = people.get(member.recipient) or people.get(member.family)
    family = people.get(member.family)
    parts = member.region.split(".")
    address = (family.address if family is not None else None) or ""
    return {
        "name": (named.name if named is not None else None) or "",
        "nik": (named.nik if named is not None else None) or "",
        "kk": (family.kk if family is not None else None) or "",
        "address": "" if address == member.region else address,
        "region": member.region,
        "village": _region_name(member.region) if len(parts) == VILLAGE else "",
        "subdistrict": _region_name(".".join(parts[: VILLAGE - 1])) if len(parts) >= VILLAGE - 1 else "",
        "district": _region_name(".".join(parts[: VILLAGE - 2])),
        "amount": member.amount,
        "note": note,
    }


@cache
def _region_name(code: str) -> str:
    from ejps_core.registry.gazetteer import tables
    from ejps_core.registry.regions import DISTRICTS

    return DISTRICTS.get(code) or tables().names.get(code) or tables().titles.get(code) or code


@dataclass(frozen=True, slots=True)
class HandedOver:
    """An annex in clear, written to a file; the number of the export."""

    export: int
    families: int


def write_annex(
    options: StoreOptions, actor: Actor, number: int, phase: int | None, out: Path, *, changes_only: bool = False
) -> HandedOver | Diagnostic:
    """Writes the annex in clear as JSON for the reports; the export is on record before the file is at its place."""

    def made() -> HandedOver:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                found = on_record(session, number)
                version = run_of(session, found.root.run_id).version_id
            act = act_in(actor, Purpose.DELIVERY, found.decree.district)
            data = annex_data(store, act, number, phase, changes_only=changes_only)
            content = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")
            with store.writing(act) as work:
                details = {"decree": number, "phase": data["phase"], "sha256": hashlib.sha256(content).hexdigest()}
                export = record_export(work, HandedOut("annex", content, False, version, details=details))
            _write(out, content)
            return HandedOver(export, len(data["families"]))

    return attempt(made)


def _write(out: Path, content: bytes) -> None:
    from ejps_core.app.workplace import on_disk, workplace

    try:
        with workplace(out) as folder:
            fresh = folder / out.name
            fresh.touch(mode=0o600)
            fresh.write_bytes(content)
            on_disk(fresh)
            fresh.replace(out)
    except OSError as problem:
        why = why_unwritable(problem)
        raise StoreError(
            "unwritable", Words(f"{out} tidak dapat ditulis: {why.id}.", f"{out} can't be written: {why.en}.")
        ) from problem


def members_told(found: Annex) -> tuple[Mapping[str, Any], ...]:
    """The list under pseudonyms, as JSON has it."""
    return tuple(
        {
            "pid": each.pid,
            "recipient": each.recipient,
            "standing": each.standing.value,
            "rank": each.rank,
            "region": each.region,
            "amount": each.amount,
            "shares": dict(each.shares),
            "payable": each.payable,
        }
        for each in found.members
    )
