"""Evaluates a Parquet list that is in order into a Parquet file, piece by piece: as little memory for ten million families
as for one. Reading, deciding and encoding of different pieces overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from ejps_core.app.ahead import Ahead
from ejps_core.app.collecting import without_collecting
from ejps_core.app.evaluate import Progress, Request, Rules, cores, rules_of
from ejps_core.app.exits import Exit
from ejps_core.app.filling import NOTHING
from ejps_core.app.force import newer_values, outside_areas
from ejps_core.app.regions import region_names
from ejps_core.app.summary import Summary, added, summarize, with_seats
from ejps_core.app.write import write_told
from ejps_core.engine.allocation import Contest, light, merged, placed, selected
from ejps_core.engine.decide import Decider, Part
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import Selection
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Engine
from ejps_core.model.ruleset import DecisionUnit
from ejps_core.model.run import Run
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words
from ejps_core.registry.district import district_code
from ejps_core.registry.pieces import SIZE, Piece, Pieces, in_pieces
from ejps_core.reports.parquet_file import Written, as_table, decision_columns, seat_columns, without_seats
from ejps_core.reports.parquet_parts import Encoded, Parts, encoded


@dataclass(frozen=True, slots=True)
class Streamed:
    """What came of it. told: the run without programs, families and members: findings on the list, how many rows were read
    and set apart. notes: where the remarks on rows are. failed: why the file was not written."""

    summary: Summary
    told: Run
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]
    exit: Exit
    notes: Path | None
    failed: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A piece decided: its row group without what waits for the ranking, and what is kept of it."""

    data: Callable[[], Encoded]
    schema: pa.Schema
    columns: tuple[Written, ...]
    """The columns of the whole file, as this piece has them; the first piece's say how all are written."""
    summary: Summary
    findings: tuple[Diagnostic, ...]
    contests: tuple[Contest | None, ...]
    families: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows of a list as Candidates counts them."""

    read: int = 0
    set_apart: int = 0
    members_read: int = 0
    families_set_apart: int = 0
    members_set_apart: int = 0
    repeated: int = 0

    def plus(self, other: Figures) -> Figures:
        """Those of two parts."""
        return Figures(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def figures_of(candidates: Candidates) -> Figures:
    """The figures of a list."""
    return Figures(**{field.name: getattr(candidates, field.name) for field in fields(Figures)})


def evaluate_file(
    request: Request, plugins: Plugins, out: Path, language: Language = Language.ID, progress: Progress | None = None
) -> Streamed | Rules:
    """The decisions of a list in `out`; the compiled rules, if it can't be done piece by piece: nothing has been written.

    Then evaluate() and write() do it, by these rules. They give the same values in every column.
    """
    with without_collecting():
        rules = rules_of(request, plugins)
        return _by_pieces(request, plugins, rules, out, language, progress or (lambda stage, done: None)) or rules


def _by_pieces(
    request: Request, plugins: Plugins, rules: Rules, out: Path, language: Language, tell: Progress
) -> Streamed | None:
    if (
        out.suffix.lower() != ".parquet"
        or request.sheet
        or request.members_sheet
        or request.beside != NOTHING
        or request.engine is not Engine.COLUMNS
    ):
        return None
    origin = None if request.district is None else district_code(request.district)
    chosen, columns = rules.chosen, rules.fields
    if rules.exit or columns is None or isinstance(origin, Diagnostic) or chosen.rulesets[0].unit is not DecisionUnit.FAMILY:
        return None
    if any(ruleset.one_per for ruleset in chosen.rulesets):  # who is on another card can stand in another piece
        return None
    pieces = in_pieces(request.path, request.members, columns.family, columns.members, origin, request.as_of.on)
    if pieces is None:
        return None
    decider = Decider(chosen.rulesets, request.as_of, cores() if pieces.whole else 1)
    if decider.ranks_by_code() and not pieces.whole:
        return None
    missing = tuple((broken.name, broken.why) for broken in chosen.broken)
    stream = _Stream(request, pieces, decider, missing, tell)
    notes, failed = write_told(out, stream.write, language)
    if stream.summary is None:
        return None
    notices = (*chosen.notices, *(found for ruleset in chosen.rulesets for found in newer_values(ruleset, request.as_of)))
    apart = any(finding.severity is Severity.SET_APART for finding in stream.findings)
    ended = Exit.PARTLY if apart or stream.summary.rows.set_apart or chosen.broken else Exit.CLEAN
    findings = (*notices, *stream.findings)
    return Streamed(stream.summary, stream.told(), findings, chosen.texts, chosen.broken, ended, notes, failed)


Selected = tuple[str, Contest, Selection]
"""A program, those who may be ranked, and what they got."""
Pending = tuple[Parts, list[tuple[Contest | None, ...]], list[int], Summary, list[tuple[int, Callable[[], Encoded]]]]
"""A file without its last pieces and the places; what is ranked, the families of each piece, the pieces not written yet."""


class _Stream:
    """One list on its way. `summary` None: it can't be done piece by piece after all."""

    def __init__(
        self, request: Request, pieces: Pieces, decider: Decider, missing: tuple[tuple[str, Words], ...], tell: Progress
    ) -> None:
        self.request, self.pieces, self.decider, self.missing, self.tell = request, pieces, decider, missing, tell
        self.summary: Summary | None = None
        self.findings: list[Diagnostic] = []
        self.regions = region_names()
        self.figures, self.families = Figures(), 0

    def told(self) -> Run:
        """What is to be said of the list when it is through."""
        rows = pa.table({"row": pa.nulls(self.families)})
        nobody = np.zeros(0, np.int64)
        candidates = Candidates(
            families=rows,
            members=rows.slice(0, 0),
            offsets=nobody,
            family_rows=nobody,
            findings=tuple(self.findings),
            **asdict(self.figures),
        )
        return Run(
            programs=(),
            candidates=candidates,
            as_of=self.request.as_of,
            source=self.request.path.name,
            findings=candidates.findings,
        )

    def write(self, path: Path) -> Run | None:
        """Writes the file and tells of the list; None: it must not be kept."""
        with path.open("wb") as file:
            return self.told() if self._write(file) else None

    def _write(self, file: BinaryIO) -> bool:
        with Ahead(1 if self.pieces.whole else cores()) as ahead:
            pieces = self.pieces.read(SIZE, threads=cores() > 1)
            written = self._all_pieces(file, ahead, ahead.results(partial(self._decide, ahead, piece) for piece in pieces))
            if written is None:
                return False
            parts, contests, families, summary, data = written
            selections, self.summary = self._ranked(contests, summary)  # meanwhile the last pieces are encoded
            for number, encoding in data:
                parts.add(number, encoding())
            self._seat(parts, selections, families, ahead)
            parts.close()
        return True

    def _all_pieces(self, file: BinaryIO, ahead: Ahead, pieces: Iterator[Done | None]) -> Pending | None:
        """Writes the pieces as they come, but for the last ones."""
        parts: Parts | None = None
        contests: list[tuple[Contest | None, ...]] = []
        families: list[int] = []
        data: list[tuple[int, Callable[[], Encoded]]] = []
        summary, own = None, str(self.request.path)
        for number, done in enumerate(pieces):
            if done is None or not self._said(number, done.findings):
                return None
            parts = parts or Parts(file, done.schema, done.columns)
            data.append((number, done.data))
            if len(data) > ahead.threads:
                first, encoding = data.pop(0)
                parts.add(first, encoding())
            contests.append(done.contests)
            families.append(done.families)
            self.figures, self.families = self.figures.plus(done.figures), self.families + done.families
            summary = done.summary if summary is None else added(summary, done.summary)
        if parts is None or summary is None:
            return None
        if not self.pieces.whole:
            self.findings.sort(key=lambda finding: not isinstance(finding.place, Cell) or finding.place.path != own)
        remarks = sum(finding.severity is Severity.REMARK for finding in self.findings)
        summary = summary.model_copy(update={"rows": summary.rows.model_copy(update={"remarks": remarks})})
        return parts, contests, families, summary, data

    def _said(self, number: int, findings: tuple[Diagnostic, ...]) -> bool:
        """Keeps the findings on rows, and those of the first piece on the list; no, if another piece has others of these."""
        general = [finding for finding in findings if not isinstance(finding.place, Cell) or finding.place.row is None]
        if number == 0:
            self.findings += findings
            return True
        known = [f for f in self.findings if not isinstance(f.place, Cell) or f.place.row is None]
        self.findings += [finding for finding in findings if finding not in general]
        return general == known

    def _decide(self, ahead: Ahead, piece: Piece | None) -> Done | None:
        candidates = None if piece is None else self.pieces.candidates(piece)
        if candidates is None or any(any(outside_areas(ruleset, candidates)) for ruleset in self.decider.rulesets):
            return None
        parts = self.decider.part(candidates)
        run = self._run(parts, candidates)
        columns = decision_columns(run)
        schema = as_table(run, columns).schema
        early = without_seats(run, columns)
        return Done(
            data=ahead.later(partial(encoded, schema, early)),
            schema=schema,
            columns=tuple(columns),
            summary=summarize(run),
            findings=candidates.findings,
            contests=tuple(None if part.contest is None else light(part.contest) for part in parts),
            families=len(candidates),
            figures=figures_of(candidates),
        )

    def _run(self, parts: tuple[Part, ...], candidates: Candidates) -> Run:
        return Run(
            programs=tuple(part.decisions for part in parts),
            candidates=candidates,
            as_of=self.request.as_of,
            source=self.request.path.name,
            findings=candidates.findings,
            missing=self.missing,
            regions=self.regions,
        )

    def _ranked(self, contests: list[tuple[Contest | None, ...]], summary: Summary) -> tuple[list[Selected], Summary]:
        """Ranks the families of all pieces, a program after the other."""
        selections: list[Selected] = []
        programs = list(zip(*contests, strict=True))
        contests.clear()  # once merged, the parts are not kept
        if not self.pieces.whole:
            pa.default_memory_pool().release_unused()  # what the pieces held is the ranking's now
        for ruleset in self.decider.rulesets:
            own = [contest for contest in programs.pop(0) if contest is not None]
            if own:
                contest = merged(own)
                own.clear()
                found = selected(contest)
                selections.append((ruleset.program, contest, found))
                summary = with_seats(summary, ruleset.program, contest, found)
        return selections, summary

    def _seat(self, parts: Parts, selections: list[Selected], families: list[int], ahead: Ahead) -> None:
        """Adds the columns of the places to each piece."""
        if not selections:
            return
        ends = list(accumulate(families))
        spans = zip([0, *ends], ends, strict=False)
        works = (partial(_late, parts.schema, selections, low, high) for low, high in spans)
        for number, data in enumerate(ahead.results(works)):
            parts.add(number, data)


def _late(schema: pa.Schema, selections: list[Selected], low: int, high: int) -> Encoded:
    """The places of the families low..high (exclusive), encoded."""
    own = ((name, placed(contest, found, low, high)) for name, contest, found in selections)
    return encoded(schema, [column for name, selection in own for column in seat_columns(name, selection)])
