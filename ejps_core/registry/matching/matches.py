"""The answer of a match: one outcome a person, with the candidates and why each of them is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.words import Words
from ejps_core.registry.matching.evidence import Evidence
from ejps_core.registry.matching.names import Bools, Longs
from ejps_core.registry.matching.outcomes import SETTLED, TITLES, WAYS, Outcome, Way, code_of
from ejps_core.registry.matching.reasons import Part, Remark, parts_of
from ejps_core.registry.matching.settings import Settings

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the register that may be the person. status: what the register says of it ('' if nothing)."""

    ref: str
    score: int
    status: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome for one person. hidden: how many further candidates there are. The best candidate comes first."""

    ref: str
    outcome: Outcome
    way: Way
    code: str | None
    score: int
    candidates: tuple[Candidate, ...]
    hidden: int
    remarks: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The outcomes for a whole list; `match` gives one of them in words.

    outcomes, ways, remarks, hidden, with_nik: an entry a person, in the list's order. Rows offsets[i] up to (without)
    offsets[i + 1] of `evidence` are the candidates of person i. refs: of the list; register_refs, statuses: an entry a
    candidate. remarks: sums of Remark.
    """

    refs: pa.Array
    outcomes: Bytes
    ways: Bytes
    remarks: Bytes
    with_nik: Bools
    hidden: Longs
    offsets: Longs
    evidence: Evidence
    register_refs: pa.Array
    statuses: pa.Array
    settings: Settings

    def __len__(self) -> int:
        return len(self.outcomes)

    def match(self, row: int) -> Match:
        """The outcome for one person of the list."""
        outcome, way = Outcome(int(self.outcomes[row])), Way(int(self.ways[row]))
        candidates = tuple(
            Candidate(
                self.register_refs[pair].as_py(),
                int(self.evidence.score[pair]),
                self.statuses[pair].as_py() or "",
                parts_of(self.evidence, pair, self.settings.points),
            )
            for pair in range(int(self.offsets[row]), int(self.offsets[row + 1]))
        )
        remarks = tuple(remark.words for remark in Remark if int(self.remarks[row]) & remark)
        return Match(
            self.refs[row].as_py(), outcome, way, code_of(outcome, way, nik=bool(self.with_nik[row])),
            candidates[0].score if candidates else 0, candidates, int(self.hidden[row]), remarks,
        )  # fmt: skip

    def persons(self) -> tuple[str | None, ...]:
        """Whom of the register each person of the list is, as far as it is settled: the register's ref, or None."""
        refs = self.register_refs.to_pylist()
        settled = np.isin(self.outcomes, SETTLED)
        first = self.offsets[:-1].tolist()
        return tuple(refs[pair] if sure else None for pair, sure in zip(first, settled.tolist(), strict=True))

    def counts(self) -> dict[Outcome, int]:
        """How many people came out how; every outcome is named."""
        tally = np.bincount(self.outcomes, minlength=len(Outcome))
        return {outcome: int(tally[outcome]) for outcome in Outcome}

    def settled(self, outcomes: Mapping[int, tuple[Outcome, int | None]]) -> Matches:
        """The same with what humans have decided: row -> outcome, and the pair of the chosen candidate (None: nobody)."""
        changed, ways = self.outcomes.copy(), self.ways.copy()
        order = np.arange(len(self.evidence), dtype=np.int64)
        for row, (outcome, pair) in outcomes.items():
            changed[row], ways[row] = outcome, Way.ANSWER
            if pair is not None:
                first, last = int(self.offsets[row]), int(self.offsets[row + 1])
                order[first:last] = [pair, *(each for each in range(first, last) if each != pair)]
        taken = pa.array(order)
        return replace(
            self,
            outcomes=changed,
            ways=ways,
            evidence=self.evidence.take(order),
            register_refs=self.register_refs.take(taken),
            statuses=self.statuses.take(taken),
        )

    def table(self) -> pa.Table:
        """The outcomes as columns to be recorded: one row a person, the best candidate with its score and why, in words.

        No identity number, name or date stands in it.
        """
        found = [self.match(row) for row in range(len(self))]
        best = [each.candidates[0] if each.candidates else None for each in found]

        def why(english: bool) -> list[str]:
            said = [
                (*(part.words for part in one.parts), *each.remarks) if one else each.remarks
                for each, one in zip(found, best, strict=True)
            ]
            return ["; ".join(words.en if english else words.id for words in each) for each in said]

        return pa.table(
            {
                "ref": self.refs,
                "outcome": pa.array([TITLES[each.outcome].id for each in found], pa.string()),
                "outcome_en": pa.array([TITLES[each.outcome].en for each in found], pa.string()),
                "code": pa.array([each.code for each in found], pa.string()),
                "way": pa.array([WAYS[each.way].id for each in found], pa.string()),
                "candidate": pa.array([one.ref if one else None for one in best], pa.string()),
                "status": pa.array([one.status if one else None for one in best], pa.string()),
                "score": pa.array([one.score if one else None for one in best], pa.int16()),
                "candidates": pa.array([len(each.candidates) + each.hidden for each in found], pa.int32()),
                "why_id": pa.array(why(False), pa.string()),
                "why_en": pa.array(why(True), pa.string()),
            }
        )
