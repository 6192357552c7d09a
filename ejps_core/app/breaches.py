"""The register of breaches at the desk: opened, added to, told to whom it concerns, closed, listed by its clock."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ejps_core.app.report_files import Form
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.app.unwritable import why_unwritable
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.duties import Recipient
from ejps_core.model.words import Words
from ejps_core.reports.office import PROVINCE, Office, read_office
from ejps_core.store.acts import Purpose
from ejps_core.store.breaches import BreachFound, BreachState, Step, add_step, breach_state, breaches, open_breach
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.words import BreachStep


@dataclass(frozen=True, slots=True)
class Opening:
    """A breach as the command line gives it."""

    what: str
    how: str
    data: str
    known_at: datetime
    happened_at: datetime | None
    people: int | None
    area: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice. letter: where the letter is written; sent_at: when it was sent, which is put on record."""

    recipient: Recipient
    letter: Path | None = None
    office: Path | None = None
    number: str = ""
    addressed: str = ""
    contact: str = ""
    sent_at: datetime | None = None


def opened(options: StoreOptions, actor: Actor, opening: Opening) -> int | Diagnostic:
    """Records a breach; its number."""
    if opening.area is not None and _region(opening.area) is None:
        words = Words(f"Tidak ada wilayah “{opening.area}”.", f"There is no region “{opening.area}”.")
        return _wrong(
            "unknown-region", words, Words("Tulis kode Kemendagri, misalnya 75.03.", "Write its code, such as 75.03.")
        )

    def made() -> int:
        act = act_of(actor, Purpose.ADMINISTRATION)
        found = BreachFound(
            opening.what,
            opening.how,
            opening.data,
            opening.known_at,
            opening.happened_at,
            opening.people,
            opening.area,
        )
        with open_store(place_of(options)) as store, store.writing(act) as work:
            return open_breach(work, found)

    return attempt(made)


def added(
    options: StoreOptions,
    actor: Actor,
    number: int,
    words: str,
    *,
    effort: bool,
    at: datetime | None,
    people: int | None,
    document: str | None,
) -> Diagnostic | None:
    """Records what was found out, or an effort to handle it."""
    kind = BreachStep.EFFORT if effort else BreachStep.FOUND
    return _step(options, actor, number, Step(kind, words, at or _now(actor), None, document, people))


def closed(options: StoreOptions, actor: Actor, number: int, words: str, without_notice: str | None) -> Diagnostic | None:
    """Closes a breach."""
    return _step(options, actor, number, Step(BreachStep.CLOSED, words, _now(actor)), without_notice)


def notified(options: StoreOptions, actor: Actor, number: int, notice: Notice) -> Path | Diagnostic | None:
    """Writes the letter, records that it was sent, or both; where the letter is."""
    if notice.letter is None and notice.sent_at is None:
        return _wrong(
            "notice-unsaid",
            Words("Tidak disebut apa yang dilakukan.", "It is not said what to do."),
            Words(
                "--out FILE menulis suratnya; --sent WAKTU mencatat bahwa surat sudah dikirim.",
                "--out FILE writes the letter; --sent MOMENT records that it was sent.",
            ),
        )
    written: Path | None = None
    if notice.letter is not None:
        done = _letter(options, actor, number, notice, notice.letter)
        if isinstance(done, Diagnostic):
            return done
        written = done
    if notice.sent_at is not None:
        words = f"pemberitahuan tertulis kepada {notice.recipient}"
        step = Step(BreachStep.NOTICE, words, notice.sent_at, notice.recipient, notice.number or None)
        problem = _step(options, actor, number, step)
        if problem is not None:
            return problem
    return written


def listed(options: StoreOptions, at: datetime) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """All breaches as they stood at a moment, the open ones whose term is over first."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            states = sorted(breaches(session, at), key=lambda each: (not _late(each), each.closed, each.breach.known_at))
            return tuple(map(_told, states))

    return attempt(found)


def _step(
    options: StoreOptions, actor: Actor, number: int, step: Step, without_notice: str | None = None
) -> Diagnostic | None:
    def made() -> None:
        act = act_of(actor, Purpose.ADMINISTRATION)
        with open_store(place_of(options)) as store, store.writing(act) as work:
            add_step(work, number, step, without_notice=without_notice)

    return attempt(made)


def _late(state: BreachState) -> bool:
    return not state.closed and state.clock.overdue and bool(state.untold)


def _told(state: BreachState) -> Mapping[str, Any]:
    breach = state.breach
    return {
        "breach": breach.id,
        "what": breach.what,
        "how": breach.how,
        "data": breach.data,
        "area": breach.area,
        "people": state.people,
        "happened_at": None if breach.happened_at is None else breach.happened_at.isoformat(),
        "known_at": breach.known_at.isoformat(),
        "due_at": state.clock.due.isoformat(),
        "overdue": _late(state),
        "hours": state.clock.hours,
        "told": {recipient.value: at.isoformat() for recipient, at in state.told.items()},
        "untold": [each.value for each in state.untold],
        "late": [each.value for each in state.late],
        "closed": state.closed,
        "events": [
            {
                "step": each.step,
                "at": each.at.isoformat(),
                "words": each.words,
                "recipient": each.recipient,
                "document": each.document,
                "by": each.recorded_by,
            }
            for each in state.events
        ],
    }


def _letter(options: StoreOptions, actor: Actor, number: int, notice: Notice, out: Path) -> Path | Diagnostic:
    form = out.suffix.removeprefix(".").lower()
    if form not in (Form.PDF.value, "txt"):
        words = Words(
            f"Surat ditulis sebagai .pdf atau .txt, bukan {out.name}.", f"A letter is .pdf or .txt, not {out.name}."
        )
        return _wrong("letter-form", words, Words("--out surat.pdf", "--out letter.pdf"))
    try:
        office = PROVINCE if notice.office is None else read_office(notice.office)
    except (OSError, ValueError) as problem:
        return _wrong("bad-office", Words(f"Kop tidak dapat dipakai: {problem}", f"The letterhead can't be used: {problem}"))
    contact = notice.contact or office.contact
    if not contact:
        return _wrong(
            "contact-missing",
            Words("Kontak untuk bertanya belum disebut.", "It is not said whom to ask."),
            Words("--contact TEKS, atau contact di berkas kop.", "--contact TEXT, or contact in the letterhead's file."),
        )

    def written() -> Path:
        now = _now(actor)
        with open_store(place_of(options)) as store, store.reading() as session:
            state = breach_state(session, number, now)
        data = _letter_data(state, notice, office, contact, now)
        _put(out, _content(data, office, form))
        return out

    return attempt(written)


def _letter_data(state: BreachState, notice: Notice, office: Office, contact: str, now: datetime) -> dict[str, Any]:
    breach = state.breach
    return {
        "recipient": notice.recipient.value,
        "number": notice.number,
        "at": now,
        "addressed": notice.addressed,
        "controller": office.government,
        "what": breach.what,
        "how": breach.how,
        "data": breach.data,
        "known_at": breach.known_at,
        "happened_at": breach.happened_at,
        "people": state.people,
        "area": "" if breach.area is None else f"{_region(breach.area) or ''} ({breach.area})".strip(),
        "efforts": tuple(each.words for each in state.events if each.step == BreachStep.EFFORT.value),
        "contact": contact,
    }


def _region(code: str) -> str | None:
    """The name of a region, down to its villages; None: there is none of that code."""
    from ejps_core.app.regions import region_names
    from ejps_core.registry.gazetteer import tables

    names, subdistrict = region_names(), code.rpartition(".")[0]
    if code in tables().villages.get(subdistrict, {}).values():
        return f"satu desa/kelurahan di {names[subdistrict]}"
    return names.get(code)


def _content(data: Mapping[str, Any], office: Office, form: str) -> bytes:
    from ejps_core.reports.breach_letter import as_letter_text, letter
    from ejps_core.reports.typesetting import TypesettingError, pdf

    (paper,) = letter(data)
    if form == "txt":
        return as_letter_text(paper).encode("utf-8")
    try:
        return pdf(paper, office).data
    except TypesettingError as problem:
        raise StoreError(
            "not-set",
            Words(f"Surat tidak dapat disusun: {problem}.", f"The letter could not be set: {problem}."),
            Words("Pilih --out surat.txt.", "Choose --out letter.txt."),
        ) from problem


def _put(out: Path, content: bytes) -> None:
    """The letter at its place, whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        why = why_unwritable(problem)
        raise StoreError(
            "letter-unwritable",
            Words(f"{out.name} tidak dapat ditulis: {why.id}.", f"{out.name} can't be written: {why.en}."),
        ) from problem


def _now(actor: Actor) -> datetime:
    return act_of(actor, Purpose.ADMINISTRATION).at


def _wrong(code: str, words: Words, mend: Words | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, None, words, mend)
