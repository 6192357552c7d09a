"""Samples on record: drawn once with their families, and what was found at each, a record more for every correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.bulk import add_all
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import Sample, SampleResult, SampleUnit
from ejps_core.store.words import Finding, PaidBy


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a sample was drawn. strata: name, paid, size, drawn of each."""

    run_id: int
    phase: int
    level: str
    paid_by: PaidBy
    seed: str
    wanted: int
    least: int
    frame_hash: str
    strata: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at the family with this number on the form."""

    position: int
    finding: Finding
    on: date
    note: str = ""


def record_sample(work: Work, drawing: Drawing, units: Iterable[Mapping[str, Any]]) -> int:
    """Records a sample with its families, all or none; its number. units: pid, region, stratum, paid, in their order."""
    act = work.act
    made = Sample(
        run_id=drawing.run_id,
        phase=drawing.phase,
        level=drawing.level,
        paid_by=drawing.paid_by.value,
        seed=drawing.seed,
        wanted=drawing.wanted,
        least=drawing.least,
        frame_hash=drawing.frame_hash,
        strata=[dict(each) for each in drawing.strata],
        drawn_at=act.at,
        drawn_by=act.who,
    )
    work.session.add(made)
    work.session.flush()
    number = made.id
    assert number is not None
    work.point("sample-written")
    records = ({**unit, "sample_id": number, "position": position} for position, unit in enumerate(units, 1))
    count = add_all(work.session, SampleUnit, records)
    work.point("units-written")
    told = {"run": made.run_id, "phase": made.phase, "seed": made.seed, "frame": made.frame_hash, "families": count}
    work.tell("sample.drawn", "sample", number, after=told)
    return number


def sample_of(session: Session, number: int) -> Sample:
    """The record of a sample; StoreError if there is none."""
    found = session.get(Sample, number)
    if found is None:
        raise StoreError(
            "sample-unknown",
            Words(f"Tidak ada sampel nomor {number}.", f"There is no sample number {number}."),
            Words("Lihat yang ada: ejps sample list", "See which there are: ejps sample list"),
        )
    return found


def samples(session: Session, run_id: int | None = None) -> tuple[Sample, ...]:
    """The samples on record, oldest first."""
    asked = select(Sample)
    if run_id is not None:
        asked = asked.where(col(Sample.run_id) == run_id)
    return tuple(session.execute(asked.order_by(col(Sample.id))).scalars())


def units_of(session: Session, number: int) -> tuple[SampleUnit, ...]:
    """The families of a sample in the order of its form."""
    asked = select(SampleUnit).where(col(SampleUnit.sample_id) == number)
    return tuple(session.execute(asked.order_by(col(SampleUnit.position))).scalars())


def results_of(session: Session, number: int) -> dict[int, SampleResult]:
    """What was found at each family by its number on the form: the newest record."""
    asked = select(SampleResult).where(col(SampleResult.sample_id) == number).order_by(col(SampleResult.id))
    return {each.position: each for each in session.execute(asked).scalars()}


def record_results(work: Work, number: int, found: Sequence[Found]) -> tuple[int, int]:
    """Records what was found: how many are new or another than before, and how many were on record just so."""
    work.alone(f"sample:{number}")
    before = results_of(work.session, number)
    unknown = sorted({each.position for each in found} - {unit.position for unit in units_of(work.session, number)})
    if unknown:
        listed = ", ".join(map(str, unknown[:10]))
        raise StoreError(
            "sample-number-unknown",
            Words(f"Nomor {listed} tidak ada di formulir sampel {number}.", f"Sample {number} has no number {listed}."),
        )
    changed, same = 0, 0
    for each in found:
        old = before.get(each.position)
        if old is not None and (old.finding, old.visited_on, old.note) == (each.finding.value, each.on, each.note):
            same += 1
            continue
        made = SampleResult(
            sample_id=number,
            position=each.position,
            finding=each.finding.value,
            note=each.note,
            visited_on=each.on,
            supersedes=None if old is None else old.id,
            recorded_at=work.act.at,
            recorded_by=work.act.who,
        )
        work.session.add(made)
        work.session.flush()
        before[each.position] = made
        changed += 1
    work.point("results-written")
    work.tell("sample.checked", "sample", number, after={"recorded": changed, "unchanged": same})
    return changed, same
