"""A sample as it is looked at: its strata, what was found at each family, both errors, and each family traced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ejps_core.aid.estimates import Checked, Estimate, exclusion, inclusion, leakage
from ejps_core.app.papers.samples import checked_values
from ejps_core.app.papers.traced import traces
from ejps_core.app.regions import place_names
from ejps_core.app.stored_runs import ruleset_of
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.opening import open_store
from ejps_core.store.runs import run_of
from ejps_core.store.samples import results_of, sample_of, units_of


@dataclass(frozen=True, slots=True)
class SampleSeen:
    """A sample without anybody's name. units: a family each, by its number on the form, with what was found."""

    number: int
    run: int
    title: Words
    phase: int
    level: str
    paid_by: str
    seed: str
    frame_hash: str
    drawn_at: datetime
    drawn_by: str
    strata: tuple[Checked, ...]
    names: Mapping[str, str]
    estimates: tuple[Estimate, ...]
    units: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """The families of a sample from the list to the receipt. orders_from: where the payment orders stand."""

    sample: int
    run: int
    orders_from: str
    families: tuple[Mapping[str, Any], ...]


def sample_seen(options: StoreOptions, number: int) -> SampleSeen | Diagnostic:
    """A sample on record; nobody's identity is opened."""

    def found() -> SampleSeen:
        with open_store(place_of(options)) as store, store.reading() as session:
            sample, results = sample_of(session, number), results_of(session, number)
            run, units = run_of(session, sample.run_id), units_of(session, number)
            values = checked_values(sample, run, units, results)
            strata = tuple(Checked(**each) for each in values["strata"])
            told = []
            for unit in units:
                village, subdistrict, _ = place_names(unit.region)
                result = results.get(unit.position)
                told.append(
                    {
                        "position": unit.position,
                        "pid": unit.pid,
                        "where": ", ".join(part for part in (village, subdistrict) if part) or unit.region,
                        "stratum": unit.stratum,
                        "paid": unit.paid,
                        "finding": None if result is None else result.finding,
                        "note": "" if result is None else result.note,
                        "visited_on": None if result is None else result.visited_on.isoformat(),
                    }
                )
            return SampleSeen(
                number, sample.run_id, ruleset_of(run, run.program).title, sample.phase, sample.level, sample.paid_by,
                sample.seed, sample.frame_hash, sample.drawn_at, sample.drawn_by, strata, values["names"],
                (leakage(strata), inclusion(strata), exclusion(strata)), tuple(told),
            )  # fmt: skip

    return attempt(found)


def followed(options: StoreOptions, number: int, at: datetime) -> Followed | Diagnostic:
    """Each family of a sample traced through the store under its pseudonym: row, verdict, decree, order, receipt."""

    def found() -> Followed:
        with open_store(place_of(options)) as store, store.reading() as session:
            sample, units = sample_of(session, number), units_of(session, number)
            run = run_of(session, sample.run_id)
            told, orders_from = traces(session, sample, units, None, at)
            families = tuple({"pid": unit.pid} | each for unit, each in zip(units, told, strict=True))
            return Followed(number, run.id or 0, orders_from, families)

    return attempt(found)
