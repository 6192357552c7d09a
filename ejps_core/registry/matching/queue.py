"""The queue of the doubtful: what a human is asked, what the human answers, and the answers applied, on record."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.registry.matching.matches import Candidate, Match, Matches
from ejps_core.registry.matching.outcomes import OPEN, Outcome
from ejps_core.registry.matching.people import Life


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question for a human: which of the candidates is this person, if any?

    ref: the person, as the caller calls the row. shown: a mark of all that is asked; it changes when the candidates or
    their scores do, so that an old answer is not taken for one to a new question. It holds nothing personal.
    """

    ref: str
    outcome: Outcome
    code: str | None
    candidates: tuple[Candidate, ...]
    hidden: int
    remarks: tuple[Words, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A human's decision on a doubt. which: the ref of the candidate, None: none of them. when: with its time zone."""

    ref: str
    shown: str
    which: str | None
    who: str
    when: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Unapplied:
    """An answer that decides nothing, and why; it stays on record all the same."""

    answer: Answer
    finding: Diagnostic


@dataclass(frozen=True, slots=True)
class Answered:
    """The matches with the answers in force. in_force: the answer that decides for each person."""

    matches: Matches
    in_force: tuple[Answer, ...]
    unapplied: tuple[Unapplied, ...]


def doubts(matches: Matches) -> tuple[Doubt, ...]:
    """All that waits for a human, in the order of the list; answered ones are not asked again."""
    return tuple(_asked(matches.match(row)) for row, outcome in enumerate(matches.outcomes.tolist()) if outcome in OPEN)


def answered(matches: Matches, answers: Sequence[Answer]) -> Answered:
    """The matches with the answers applied. Of several to one doubt the latest is in force."""
    rows = {ref: row for row, ref in enumerate(matches.refs.to_pylist())}
    unapplied: list[Unapplied] = []
    latest: dict[int, Answer] = {}
    refused: set[int] = set()
    for answer in sorted(answers, key=_order):
        row = rows.get(answer.ref)
        problem = _problem(matches, row, answer)
        if problem is not None or row is None:
            unapplied += [Unapplied(answer, problem)] if problem else []
            continue
        before = latest.get(row)
        if before is not None and before.when == answer.when and before.which != answer.which:
            unapplied += [Unapplied(each, _TWO_AT_ONCE) for each in (before, answer)]
            refused.add(row)
        elif before is None or before.when != answer.when:
            refused.discard(row)
        latest[row] = answer
    in_force = {row: answer for row, answer in latest.items() if row not in refused}
    settled = {row: _decided(matches, row, answer) for row, answer in in_force.items()}
    return Answered(matches.settled(settled), tuple(in_force[row] for row in sorted(in_force)), tuple(unapplied))


def _order(answer: Answer) -> tuple[bool, float, str, str, str]:
    known = answer.when.tzinfo is not None
    return known, answer.when.timestamp() if known else 0, answer.ref, answer.which or "", answer.who


def _decided(matches: Matches, row: int, answer: Answer) -> tuple[Outcome, int | None]:
    """The outcome that an answer gives: what the register says of the chosen one."""
    if answer.which is None:
        return Outcome.NOT_FOUND, None
    first, last = int(matches.offsets[row]), int(matches.offsets[row + 1])
    pair = next(pair for pair in range(first, last) if matches.register_refs[pair].as_py() == answer.which)
    match matches.statuses[pair].as_py():
        case Life.DIED:
            return Outcome.DIED, pair
        case Life.MOVED:
            return Outcome.MOVED, pair
    return Outcome.MATCHED, pair


def _asked(match: Match) -> Doubt:
    content = [str(int(match.outcome)), str(match.hidden)]
    for one in match.candidates:
        parts = (f"{part.fact}={part.words.en}:{part.points}" for part in one.parts)
        content.append("|".join((one.ref, str(one.score), one.status, *parts)))
    shown = hashlib.sha256("\n".join(content).encode()).hexdigest()[:32]
    return Doubt(match.ref, match.outcome, match.code, match.candidates, match.hidden, match.remarks, shown)


def _problem(matches: Matches, row: int | None, answer: Answer) -> Diagnostic | None:
    """Why an answer can't be applied."""
    if not answer.who.strip() or not answer.why.strip() or answer.when.tzinfo is None:
        return _INCOMPLETE
    if row is None or int(matches.outcomes[row]) not in OPEN:
        return _NO_DOUBT
    asked = _asked(matches.match(row))
    if answer.shown != asked.shown:
        return _STALE
    if answer.which is not None and answer.which not in {one.ref for one in asked.candidates}:
        return _NO_CANDIDATE
    return None


def _unapplied(code: str, id_: str, en: str, mend_id: str, mend_en: str) -> Diagnostic:
    return Diagnostic(code, Severity.REMARK, None, Words(id_, en), Words(mend_id, mend_en))


_INCOMPLETE = _unapplied(
    "answer-incomplete",
    "Jawaban pemadanan tanpa nama petugas, alasan, atau waktu dengan zonanya; tidak diterapkan.",
    "An answer without who, why, or when with its time zone; it is not applied.",
    "Catat ulang jawabannya dengan lengkap.",
    "Record the answer again, whole.",
)
_NO_DOUBT = _unapplied(
    "answer-without-doubt",
    "Jawaban pemadanan untuk orang yang tidak sedang ditanyakan; tidak diterapkan.",
    "An answer on somebody of whom nothing is asked; it is not applied.",
    "Periksa daftar yang dijawab.",
    "Check which list the answer belongs to.",
)
_STALE = _unapplied(
    "answer-outdated",
    "Jawaban pemadanan untuk pertanyaan lama: calon atau skornya sudah berubah; tidak diterapkan.",
    "An answer to an old question: the candidates or their scores have changed since; it is not applied.",
    "Jawab kembali dengan calon yang sekarang.",
    "Answer again, seeing the candidates of today.",
)
_NO_CANDIDATE = _unapplied(
    "answer-no-candidate",
    "Jawaban pemadanan memilih baris yang bukan calon; tidak diterapkan.",
    "An answer that chooses a row that is no candidate; it is not applied.",
    "Pilih salah satu calon yang ditunjukkan, atau tidak seorang pun.",
    "Choose one of the candidates shown, or none.",
)
_TWO_AT_ONCE = _unapplied(
    "answers-at-odds",
    "Dua jawaban yang berbeda pada saat yang sama untuk satu orang; keduanya tidak diterapkan.",
    "Two different answers on one person at the same moment; neither is applied.",
    "Jawab sekali lagi.",
    "Answer once more.",
)
