"""The ground check on record: a sample drawn from a run by its seed, what was found, and both errors with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from ejps_core.aid.estimates import Checked, Estimate, exclusion, inclusion, leakage
from ejps_core.aid.sample import Sample, Unit, draw
from ejps_core.app.decrees_on_record import receipts_of
from ejps_core.app.papers.opened_run import OpenedRun, open_run
from ejps_core.app.papers.samples import checked_values
from ejps_core.app.registers import papers, readers
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number, day_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.registry.ground.results import ANSWERS, GroundResult, read_results
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import run_of
from ejps_core.store.samples import Drawing, Found, record_results, record_sample, results_of, sample_of, samples, units_of
from ejps_core.store.session import Store
from ejps_core.store.words import Finding, PaidBy

LEVELS = {"district": 5, "subdistrict": 8, "village": 13}
"""What strata are made by: how much of a region's code."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample asked for. paid_by None: receipts on record where there are any, else the decisions."""

    run: int
    size: int
    seed: str
    least: int = 5
    level: str = "district"
    phase: int | None = None
    paid_by: str | None = None


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A sample on record. strata: name, paid, size, drawn."""

    number: int
    paid_by: PaidBy
    frame_hash: str
    strata: Sequence[Mapping[str, Any]]

    @property
    def size(self) -> int:
        """How many families were drawn."""
        return sum(each["drawn"] for each in self.strata)


def draw_sample(options: StoreOptions, actor: Actor, wanted: Drawn, plugins: Plugins) -> OnRecord | Diagnostic:
    """Draws a sample from all families of a run and records it. Nobody's identity is opened."""

    def made() -> OnRecord:
        with open_store(place_of(options)) as store:
            return _drawn(store, act_of(actor, Purpose.AUDIT), wanted, plugins)

    return attempt(made)


def _drawn(store: Store, act: Act, wanted: Drawn, plugins: Plugins) -> OnRecord:
    known = wanted.paid_by is None or wanted.paid_by in tuple(PaidBy)
    if not wanted.seed.strip() or wanted.level not in LEVELS or wanted.size < 1 or wanted.least < 0 or not known:
        raise _bad_drawing()
    run = open_run(store, act, wanted.run, plugins)
    phase = (run.phase or 0) if wanted.phase is None else wanted.phase
    paid_by, paid = _paid(store, run, phase, None if wanted.paid_by is None else PaidBy(wanted.paid_by))
    depth = LEVELS[wanted.level]
    frame = [Unit(each.pid, run.where[each.pid][:depth], each.pid in paid) for each in run.decisions]
    sample = draw(frame, wanted.size, wanted.least, wanted.seed)
    strata = [{"stratum": s.name, "paid": s.paid, "size": s.size, "drawn": len(s.drawn)} for s in sample.strata]
    units = [
        {"pid": pid, "region": run.where[pid], "stratum": stratum.name, "paid": stratum.paid}
        for stratum in sample.strata
        for pid in stratum.drawn
    ]
    digest = frame_hash(frame)
    drawing = Drawing(wanted.run, phase, wanted.level, paid_by, wanted.seed, wanted.size, wanted.least, digest, strata)
    with store.writing(act) as work:
        number = record_sample(work, drawing, units)
    return OnRecord(number, paid_by, digest, strata)


def _paid(store: Store, run: OpenedRun, phase: int, paid_by: PaidBy | None) -> tuple[PaidBy, frozenset[str]]:
    """Who was paid, and what tells it."""
    with store.reading() as session:
        receipts = receipts_of(session, run.record.program, phase=phase, district=run.stored.district)
    if paid_by is PaidBy.RECEIVED or (paid_by is None and receipts):
        return PaidBy.RECEIVED, frozenset(each.family for each in receipts)
    return PaidBy.DECIDED, frozenset(each.pid for each in run.recipients)


def frame_hash(frame: Sequence[Unit]) -> str:
    """SHA-256 over the frame in the order of its families: who draws again sees whether it is from the same."""
    lines = sorted(f"{each.family} {each.stratum} {each.paid:d}\n" for each in frame)
    return sha256("".join(lines).encode()).hexdigest()


def drawn_again(options: StoreOptions, actor: Actor, number: int, plugins: Plugins) -> bool | Diagnostic:
    """Whether the same families come out when a sample is drawn again from its run, seed and sizes."""

    def made() -> bool:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                kept, units = sample_of(session, number), units_of(session, number)
            run = open_run(store, act_of(actor, Purpose.AUDIT), kept.run_id, plugins)
            paid = _paid(store, run, kept.phase, PaidBy(kept.paid_by))[1]
            depth = LEVELS[kept.level]
            frame = [Unit(each.pid, run.where[each.pid][:depth], each.pid in paid) for each in run.decisions]
            again: Sample = draw(frame, kept.wanted, kept.least, kept.seed)
            same = [(s.name, s.paid, pid) for s in again.strata for pid in s.drawn]
            return frame_hash(frame) == kept.frame_hash and same == [(u.stratum, u.paid, u.pid) for u in units]

    return attempt(made)


@dataclass(frozen=True, slots=True)
class Results:
    """What was recorded of a check. findings: rows that were set apart."""

    recorded: int
    unchanged: int
    findings: tuple[Diagnostic, ...] = ()


def record_file(
    options: StoreOptions, actor: Actor, number: int, path: Path, on: date, plugins: Plugins
) -> Results | Diagnostic:
    """Records the results of a file: a row a family, by its number on the form. The same file twice changes nothing."""

    def made() -> Results:
        nothing: tuple[GroundResult, ...] = ()
        rows, findings = papers(lambda: read_results(path, readers(plugins), day_number(on)), nothing, path, plugins)
        found = [Found(each.position, Finding(each.finding), day_of(each.on), each.note) for each in rows]
        return _recorded(options, actor, number, found, findings)

    return attempt(made)


def record_one(
    options: StoreOptions, actor: Actor, number: int, position: int, answer: str, on: date, note: str = ""
) -> Results | Diagnostic:
    """Records what was found at one family, by its number on the form. answer: ya, tidak, belum."""

    def made() -> Results:
        finding = ANSWERS.get(answer.strip().casefold())
        if finding is None:
            raise StoreError(
                "result-unreadable",
                Words(f"“{answer}” bukan hasil.", f"“{answer}” is no result."),
                Words("Tulis ya, tidak, atau belum.", "Write yes, no or unjudged."),
            )
        return _recorded(options, actor, number, [Found(position, Finding(finding), on, note)], ())

    return attempt(made)


def _recorded(
    options: StoreOptions, actor: Actor, number: int, found: Sequence[Found], findings: tuple[Diagnostic, ...]
) -> Results:
    if not found:
        return Results(0, 0, findings)
    with open_store(place_of(options)) as store:
        act = act_of(actor, Purpose.VERIFICATION)
        with store.reading() as session:
            sample_of(session, number)
        with store.writing(act) as work:
            return Results(*record_results(work, number, found), findings)


def estimated(options: StoreOptions, number: int) -> tuple[tuple[Estimate, ...], tuple[Checked, ...]] | Diagnostic:
    """Both errors estimated from what was recorded so far, with 95 % intervals; and the counts by stratum."""

    def made() -> tuple[tuple[Estimate, ...], tuple[Checked, ...]]:
        with open_store(place_of(options)) as store, store.reading() as session:
            sample = sample_of(session, number)
            run, units = run_of(session, sample.run_id), units_of(session, number)
            values = checked_values(sample, run, units, results_of(session, number))
        strata = tuple(Checked(**each) for each in values["strata"])
        return (leakage(strata), inclusion(strata), exclusion(strata)), strata

    return attempt(made)


def listed(options: StoreOptions) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The samples on record, each with how many families were checked."""

    def made() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(
                {
                    "sample": each.id,
                    "run": each.run_id,
                    "phase": each.phase,
                    "seed": each.seed,
                    "paid_by": each.paid_by,
                    "families": sum(stratum["drawn"] for stratum in each.strata),
                    "checked": len(results_of(session, each.id or 0)),
                    "frame_hash": each.frame_hash,
                    "drawn_at": each.drawn_at.isoformat(timespec="seconds"),
                    "drawn_by": each.drawn_by,
                }
                for each in samples(session)
            )

    return attempt(made)


def _bad_drawing() -> StoreError:
    levels = ", ".join(LEVELS)
    return StoreError(
        "sample-bad",
        Words("Sampel memerlukan benih, ukuran, dan tingkat wilayah.", "A sample needs a seed, a size and a level."),
        Words(
            f"--seed TEKS yang diumumkan, --size sedikitnya 1, --by {levels}; --paid received atau decided.",
            f"--seed TEXT that is made public, --size at least 1, --by {levels}; --paid received or decided.",
        ),
    )
