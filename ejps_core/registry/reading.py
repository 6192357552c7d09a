"""Reading a candidate list: opened, matched to the fields, checked, and brought into the order of the families."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ejps_core.model.candidates import Candidates
from ejps_core.model.declared import Reader
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Field
from ejps_core.registry.answers import normal
from ejps_core.registry.assembling import assembled
from ejps_core.registry.district import district_code
from ejps_core.registry.problems import DamagedError, error
from ejps_core.registry.readers import READERS
from ejps_core.registry.rows import Rows, read_rows
from ejps_core.registry.sources import Sources, open_sources

Progress = Callable[[str, float], None]


def read_list(
    path: Path,
    family_fields: tuple[Field, ...],
    member_fields: tuple[Field, ...],
    *,
    members: Path | None = None,
    sheet: str | None = None,
    members_sheet: str | None = None,
    district: str | None = None,
    on: int,
    readers: Sequence[Reader] = READERS,
    progress: Progress | None = None,
) -> tuple[Candidates | None, tuple[Diagnostic, ...]]:
    """The families and members of a list (any file of the readers), with all that is to be said of its rows.

    members: a file of its own for them, in any of the formats; else they are looked for on another sheet. sheet,
    members_sheet: names of sheets. district: where the list comes from (75.01): fills empty regions, sets apart others.
    on: the decision date, days since 1970-01-01; nobody is born after it. readers: of files, the
    core's and plugins'. progress: called with a stage (open, families, members, join) and how much of everything is done,
    0 to 1.

    Returns the candidates and their findings, SET_APART and REMARK; or None and findings with an ERROR: no-such-file,
    not-a-file, unreadable, password, sheet-too-large, no-such-sheet, empty-list, unclosed-quote, header-twice, field-twice,
    key-column-missing, unknown-district. Never raises for what is wrong with a list.
    """
    tell = progress or (lambda stage, done: None)
    origin = None if district is None else district_code(district)
    if isinstance(origin, Diagnostic):
        return None, (origin,)
    key = next(each for each in family_fields if each.key)
    tell("open", 0.0)
    sources = open_sources(path, key, members, sheet, members_sheet, readers)
    if sources.families is None:
        return None, sources.findings
    try:
        return _assembled(sources, family_fields, member_fields, origin, on, tell)
    except DamagedError as damaged:
        return None, (*sources.findings, damaged.finding)


def _assembled(
    sources: Sources,
    family_fields: tuple[Field, ...],
    member_fields: tuple[Field, ...],
    origin: str | None,
    on: int,
    tell: Progress,
) -> tuple[Candidates | None, tuple[Diagnostic, ...]]:
    """What the opened sources hold."""
    assert sources.families is not None
    key = next(each for each in family_fields if each.key)
    tell("families", 0.3)
    families, findings = read_rows(sources.families, family_fields, key, on)
    people: Rows | None = None
    if sources.members is not None:
        tell("members", 0.5)
        people, more = read_rows(sources.members, member_fields, key, on, _names(family_fields))
        findings = [*findings, *more]
    if families is None or (sources.members is not None and people is None):
        return None, (*sources.findings, *findings)
    if not len(families):
        return None, (*sources.findings, _no_rows(families))
    tell("join", 0.8)
    candidates = assembled(families, people, family_fields, member_fields, origin, sources.findings)
    tell("join", 1.0)
    return candidates, candidates.findings


def _names(fields: tuple[Field, ...]) -> frozenset[str]:
    """What columns of these fields may be called, in compared form."""
    return frozenset(normal(text) for f in fields for text in (f.name, f.title.id, f.title.en))


def _no_rows(families: Rows) -> Diagnostic:
    return error(
        "empty-list",
        families.listing.cell(),
        "Daftar ini hanya berisi judul kolom: tidak ada satu keluarga pun.",
        "This list holds headers only: there is not one family.",
        "Periksa apakah berkas dan lembar yang benar yang dipilih.",
        "Check that this is the file and the sheet that was meant.",
    )
