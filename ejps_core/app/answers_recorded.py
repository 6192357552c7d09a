"""The answers of an online registry as they are kept: a sealed snapshot of the answers, and a matching of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta, timezone
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from ejps_core.app.stored_facts import Stored
from ejps_core.model.asking import Compared, Inquiry
from ejps_core.model.declared import Register
from ejps_core.store.acts import Act
from ejps_core.store.askings import answers_of
from ejps_core.store.matches import Answer, Matching, record_matching
from ejps_core.store.registers import Snapshot, add_snapshot, of_list
from ejps_core.store.session import Store
from ejps_core.store.tables import Asking, MatchRun
from ejps_core.store.words import MatchOutcome

GORONTALO = timezone(timedelta(hours=8), "WITA")
STATUS, BY_NUMBER = "status", "status_menurut_nomor"
SETTLED = (MatchOutcome.MATCHED, MatchOutcome.DIED, MatchOutcome.MOVED)
CODES = {
    MatchOutcome.NOT_FOUND: "NIK_TIDAK_DITEMUKAN",
    MatchOutcome.NAME_DIFFERS: "NAMA_TIDAK_PADAN",
    MatchOutcome.BIRTH_DATE_DIFFERS: "TGL_LAHIR_TIDAK_PADAN",
    MatchOutcome.DIED: "MENINGGAL",
    MatchOutcome.MOVED: "PINDAH_KELUAR",
}
IN_WORDS = {
    MatchOutcome.MATCHED: "padan",
    MatchOutcome.NAME_DIFFERS: "nama beda",
    MatchOutcome.BIRTH_DATE_DIFFERS: "tanggal lahir beda",
    MatchOutcome.DIED: "meninggal",
    MatchOutcome.MOVED: "pindah",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record. snapshot, matching None: nobody has an answer. counts: outcome -> people."""

    snapshot: int | None
    matching: int | None
    answered: int
    counts: Mapping[str, int] = field(default_factory=dict)


def record_answers(
    store: Store, act: Act, stored: Stored, asking: Asking, register: Register, people: Sequence[Inquiry]
) -> Recorded:
    """Makes a snapshot and a matching of all that was answered so far; what is on record already stays as it is.

    A person of whom there is no answer is not in the snapshot, and in the matching without answer: unknown, never no.
    """
    with store.reading() as session:
        found, last = answers_of(store, session, asking)
    answers = {each.ref: found[each.ref] for each in people if each.ref in found}
    if not answers or last is None:
        return Recorded(None, None, 0)
    outcomes = {ref: outcome_of(answer) for ref, answer in answers.items()}
    rows = sorted(ref for ref, answer in answers.items() if answer["found"])
    area = of_list(stored.list_id)
    content = _content(register, asking, people, answers, outcomes, rows, area)
    counts = {
        "rows": len(rows),
        "unusable": 0,
        "list": stored.list_id,
        "asking": asking.id,
        "people": len(people),
        "answered": len(answers),
        "unanswered": len(people) - len(answers),
    }
    day = last.astimezone(GORONTALO).date()
    kept = Snapshot(register.name, asking.source, area, day, counts)
    snapshot, _ = add_snapshot(store, act, kept, content)
    places = {ref: place + 2 for place, ref in enumerate(rows)}
    told = tuple(_match(each.ref, answers.get(each.ref), outcomes.get(each.ref), places.get(each.ref)) for each in people)
    matching = _matching(store, act, stored, snapshot, asking, told)
    return Recorded(snapshot, matching, len(answers), dict(Counter(each.outcome.value for each in told)))


def outcome_of(answer: Mapping[str, Any]) -> MatchOutcome:
    """What an answer says of the person. Of another person's record only that it is another's."""
    from ejps_core.registry.matching.people import Life

    if not answer["found"]:
        return MatchOutcome.NOT_FOUND
    if answer["name"] == Compared.DIFFERS:
        return MatchOutcome.NAME_DIFFERS
    if answer["birth"] == Compared.DIFFERS:
        return MatchOutcome.BIRTH_DATE_DIFFERS
    told = {Life.DIED.value: MatchOutcome.DIED, Life.MOVED.value: MatchOutcome.MOVED}
    return told.get(_life(answer), MatchOutcome.MATCHED)


def _life(answer: Mapping[str, Any]) -> str:
    """The status in our own words; '' if it is none of them: what a registry writes there lies sealed only."""
    from ejps_core.registry.marks import normal
    from ejps_core.registry.matching.listed import STATUSES

    return STATUSES.get(normal(answer["facts"].get(STATUS, "")), "")


def _content(
    register: Register,
    asking: Asking,
    people: Sequence[Inquiry],
    answers: Mapping[str, Mapping[str, Any]],
    outcomes: Mapping[str, MatchOutcome],
    rows: Sequence[str],
    area: str,
) -> bytes:
    """A row a person whose number was found. The facts of another's record settle nothing: they stand aside."""
    from ejps_core.model.listing import listing_of
    from ejps_core.registry.kept_listing import as_parquet

    numbers = {each.ref: each.nik for each in people}
    facts = list(asking.facts)
    cells = []
    for ref in rows:
        own, sure = dict(answers[ref]["facts"]), outcomes[ref] in SETTLED
        if known := _life(answers[ref]):
            own[STATUS] = known
        aside = "" if sure else own.get(STATUS, "")
        told = [own.get(name, "") if sure else "" for name in facts]
        cells.append([numbers[ref], IN_WORDS[outcomes[ref]], *told, aside])
    headers = [register.key.value, "jawaban", *facts, BY_NUMBER]
    listing = listing_of(asking.source, headers, cells, first_row=2)
    return as_parquet(replace(listing, sheet=area))  # answers about two lists are never one content


def _match(ref: str, answer: Mapping[str, Any] | None, outcome: MatchOutcome | None, row: int | None) -> Answer:
    from ejps_core.registry.matching.settings import Points

    if answer is None or outcome is None:
        return Answer(ref, MatchOutcome.NO_ANSWER, 0, details={"outcome": "no_answer", "code": None, "candidates": []})
    sure, points = outcome in SETTLED, Points().same_nik
    status = _life(answer)
    candidates = (
        []
        if row is None
        else [{"row": str(row), "score": 100 if sure else points, "status": status, "parts": [["nik", points]]}]
    )
    details = {
        "outcome": outcome.value,
        "way": "registry",
        "code": CODES.get(outcome),
        "hidden": 0,
        "candidates": candidates,
    }
    doubtful = not sure and outcome is not MatchOutcome.NOT_FOUND
    return Answer(ref, outcome, 1000 if sure else points * 10 * bool(row), doubtful, details)


def _matching(store: Store, act: Act, stored: Stored, snapshot: int, asking: Asking, told: tuple[Answer, ...]) -> int:
    """The matching of the version with the snapshot, recorded once."""
    with store.reading() as session:
        same = select(col(MatchRun.id)).where(
            col(MatchRun.version_id) == stored.version_id, col(MatchRun.snapshot_id) == snapshot
        )
        there: int | None = session.execute(same.order_by(col(MatchRun.id)).limit(1)).scalar_one_or_none()
    if there is not None:
        return there
    settings = {"asking": asking.id, "connector": asking.connector}
    with store.writing(act) as work:
        return record_matching(work, Matching(stored.version_id, snapshot, 1000, told, settings=settings))
