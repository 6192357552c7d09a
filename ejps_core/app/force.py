"""Whether rule sets can be used on a date and in an area, and what is to be said of what was known."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from ejps_core.model.asof import AsOf, row_at, unpublished_newer
from ejps_core.model.candidates import Candidates
from ejps_core.model.diagnostic import Diagnostic, Severity, Why
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Parameter, Ruleset
from ejps_core.model.types import Region
from ejps_core.model.words import Language, Words
from ejps_core.reports.figures import day

SHOWN_ROWS = 5


def _both(number: int) -> Words:
    return Words(day(number, Language.ID), day(number, Language.EN))


def out_of_force(ruleset: Ruleset, as_of: AsOf) -> Iterator[Diagnostic]:
    """What makes the rule set unusable on that date: it is not in force, or a parameter has no value yet."""
    if not ruleset.first <= as_of.on <= ruleset.last:
        first, last, on = _both(ruleset.first), _both(ruleset.last), _both(as_of.on)
        yield Diagnostic(
            "date-out-of-force",
            Severity.ERROR,
            None,
            Words(
                f"Program {ruleset.program} tidak berlaku pada {on.id}: berlaku {first.id} sampai {last.id}.",
                f"{ruleset.program} is not in force on {on.en}: it is from {first.en} to {last.en}.",
            ),
            Words(
                "Pilih tanggal penetapan (--as-of) dalam masa berlaku, atau berkas aturan untuk tanggal itu.",
                "Choose a decision date (--as-of) within that period, or the rule file for that date.",
            ),
        )
        return
    for parameter in ruleset.parameters:
        if row_at(parameter, as_of) is None:
            yield _no_value(ruleset, parameter, as_of)


def _no_value(ruleset: Ruleset, parameter: Parameter, as_of: AsOf) -> Diagnostic:
    on, known = _both(as_of.on), _both(as_of.known)
    return Diagnostic(
        "parameter-without-value",
        Severity.ERROR,
        parameter.span,
        Words(
            f"Parameter {parameter.name} belum bernilai pada {on.id} (yang diumumkan s.d. {known.id}).",
            f"The parameter {parameter.name} has no value on {on.en} (published by {known.en}).",
        ),
        Words(
            "Tambahkan nilai yang berlaku pada tanggal itu, atau pilih tanggal lain (--as-of, --known).",
            "Add the value in force on that date, or choose another date (--as-of, --known).",
        ),
    )


def newer_values(ruleset: Ruleset, as_of: AsOf) -> Iterator[Diagnostic]:
    """A remark for each parameter whose newer value was in force but not yet published."""
    for parameter in ruleset.parameters:
        newer = unpublished_newer(parameter, as_of)
        if newer is None:
            continue
        since, published, known = _both(newer.since), _both(newer.published), _both(as_of.known)
        name = parameter.name
        yield Diagnostic(
            "newer-value-unpublished",
            Severity.REMARK,
            newer.span,
            Words(
                f"Parameter {name}: nilai sejak {since.id} diumumkan {published.id}, belum dipakai.",
                f"Parameter {name}: the value since {since.en}, published {published.en}, is not used.",
            ),
            Words(
                "Jalankan dengan --known latest untuk melihat hasil menurut data terbaru.",
                "Run with --known latest to see the result on the latest data.",
            ),
            Why(None, Words(f"Yang dipakai: diumumkan s.d. {known.id}.", f"Used: published by {known.en}.")),
        )


def within(code: str, areas: tuple[str, ...]) -> bool:
    """Whether a region code is, or lies below, one of the areas; no areas: everywhere."""
    return not areas or any(code == area or code.startswith(area + ".") for area in areas)


def outside_areas(ruleset: Ruleset, candidates: Candidates) -> Iterator[Diagnostic]:
    """A remark if families live outside the areas that the rule set is for."""
    home = next((f for f in ruleset.family_fields if isinstance(f.type, Region) and f.level is Level.FAMILY), None)
    if home is None or not ruleset.areas or home.name not in candidates.families.column_names:
        return
    column = candidates.families.column(home.name).combine_chunks()
    column = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    entries = column.dictionary.to_pylist()
    stray = {index for index, code in enumerate(entries) if code and not _may_be_within(code, ruleset.areas)}
    if not stray:
        return
    rows = [int(candidates.family_rows[place]) for place, code in enumerate(column.indices.to_pylist()) if code in stray]
    if not rows:
        return
    first = ", ".join(map(str, rows[:SHOWN_ROWS])) + (", …" if len(rows) > SHOWN_ROWS else "")
    areas = ", ".join(ruleset.areas)
    yield Diagnostic(
        "outside-areas",
        Severity.REMARK,
        None,
        Words(
            f"{len(rows)} keluarga di luar wilayah program {ruleset.program} ({areas}): baris {first}.",
            f"{len(rows)} families live outside the areas of {ruleset.program} ({areas}): rows {first}.",
        ),
        Words("Periksa alamatnya atau programnya.", "Check their address, or the program."),
    )


def _may_be_within(code: str, areas: tuple[str, ...]) -> bool:
    return within(code, areas) or any(area.startswith(code + ".") for area in areas)
