"""A sample on record as reports take it: its verification form with who is to be visited, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ejps_core.app.papers.asked import Data, Desk, Source, need
from ejps_core.app.regions import place_names
from ejps_core.app.stored_runs import ruleset_of
from ejps_core.model.calendar import WITA
from ejps_core.reports.list_data import street
from ejps_core.reports.subject_aid import VISITED
from ejps_core.store.people import Identity, reveal
from ejps_core.store.runs import run_of
from ejps_core.store.samples import results_of, sample_of, units_of
from ejps_core.store.tables import Run, Sample, SampleResult, SampleUnit
from ejps_core.store.words import Finding


def drawn_sample(desk: Desk, source: Source) -> Data:
    """The drawn families with name and address; theirs alone are opened."""
    with desk.store.reading() as session:
        sample, run, units = sample_on_record(session, source)
    pids = sorted({each.pid for each in units})
    people = reveal(desk.store, desk.act, run.version_id, pids) if pids else {}
    values = _head(sample, run) | {
        "size": sample.wanted,
        "least": sample.least,
        "seed": sample.seed,
        "names": _names(sample.strata),
        "drawn": [_stratum(each, units, people) for each in sample.strata],
    }
    return Data(values, run.version_id, run.id, details={"sample": sample.id})


def checked(desk: Desk, source: Source) -> Data:
    """Counts by stratum of what was found; a family without a record could not be judged."""
    with desk.store.reading() as session:
        sample, run, units = sample_on_record(session, source)
        found = results_of(session, sample.id or 0)
    return Data(checked_values(sample, run, units, found), run.version_id, run.id, details={"sample": sample.id})


def checked_values(sample: Sample, run: Run, units: Sequence[SampleUnit], found: Mapping[int, Any]) -> dict[str, Any]:
    """The same as plain data."""
    strata = []
    for each in sample.strata:
        own = [unit for unit in units if (unit.stratum, unit.paid) == (each["stratum"], each["paid"])]
        findings = [found[unit.position].finding if unit.position in found else Finding.UNJUDGED.value for unit in own]
        strata.append(
            {"stratum": each["stratum"], "paid": each["paid"], "size": each["size"]}
            | {kind.value: findings.count(kind.value) for kind in Finding}
        )
    return _head(sample, run) | {"names": _names(sample.strata), "strata": strata}


def sample_on_record(session: Session, source: Source) -> tuple[Sample, Run, tuple[SampleUnit, ...]]:
    """The sample that was named, its run, its families."""
    if source.sample is None:
        raise need("--sample ID", "satu sampel yang tercatat", "one sample on record")
    sample = sample_of(session, source.sample)
    return sample, run_of(session, sample.run_id), units_of(session, source.sample)


def _head(sample: Sample, run: Run) -> dict[str, Any]:
    title = ruleset_of(run, run.program).title
    moment = sample.drawn_at.astimezone(WITA)
    return {
        "program": {"id": title.id, "en": title.en},
        "year": run.as_of.year,
        "at": moment.isoformat(timespec="seconds"),
    } | ({"phase": sample.phase} if sample.phase else {})


def _names(strata: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the strata's regions are called, the smallest name first."""
    named = {}
    for each in strata:
        parts = [part for part in place_names(each["stratum"]) if part]
        named[each["stratum"]] = ", ".join(parts[:2]) or each["stratum"]
    return named


def _stratum(stratum: Mapping[str, Any], units: Sequence[SampleUnit], people: Mapping[str, Identity]) -> dict[str, Any]:
    own = [unit for unit in units if (unit.stratum, unit.paid) == (stratum["stratum"], stratum["paid"])]
    return {
        "stratum": stratum["stratum"],
        "paid": stratum["paid"],
        "size": stratum["size"],
        "families": [_visit(unit, people.get(unit.pid)) for unit in own],
    }


def _visit(unit: SampleUnit, who: Identity | None) -> dict[str, Any]:
    named = who or Identity(unit.pid)
    village, subdistrict, _ = place_names(unit.region)
    where = ", ".join(part for part in (street(named.address or ""), village, subdistrict) if part) or unit.region
    return {"no": unit.position, "family": named.kk or "", "name": named.name or "", "where": where}


def found_words(result: SampleResult | None) -> str:
    """What was found on the spot; nothing where nobody has said."""
    return "" if result is None else VISITED[result.finding].id
