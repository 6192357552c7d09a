"""A list that was read, row by row: the verdict, its reasons, and by what the row is known again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Column, Listing, Texts
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell
from ejps_core.model.verdicts import JudgedRow, RowReason, RowVerdict
from ejps_core.registry.headers import is_running
from ejps_core.registry.problems import Problem, apart
from ejps_core.registry.reading import ReadList
from ejps_core.registry.rows import Rows

OFFICIAL = {
    "nik-format": "NIK_FORMAT",
    "nik-digits-lost": "NIK_FORMAT",
    "nik-missing": "NIK_KOSONG",
    "nik-is-family-card": "NIK_FORMAT",
    "nik-in-two-families": "NIK_GANDA",
    "member-twice": "NIK_GANDA",
    "person-suspected-twice": "NIK_GANDA",
    "family-twice": "KK_GANDA",
    "nik-birth-date": "TGL_LAHIR_TIDAK_PADAN",
    "nik-birth-date-swapped": "TGL_LAHIR_TIDAK_PADAN",
    "blank-key": "DATA_KURANG",
    "family-card-missing": "DATA_KURANG",
}
"""The officials' reason codes of findings that have one."""

_FAMILY_APART = apart(
    "family-set-apart",
    "Keluarga orang ini disisihkan, jadi orang ini ikut disisihkan.",
    "This person's family is set apart, and so is this person.",
    "Perbaiki baris keluarganya.",
    "Mend the row of the family.",
)
_REPEATED = "row-repeated"
Place = tuple[str | None, int]
"""Sheet and row."""


def official(code: str) -> str:
    """The officials' reason code of a finding, or its own."""
    return OFFICIAL.get(code, code)


def judged_rows(found: ReadList, key: Field, members: Sequence[Field]) -> tuple[JudgedRow, ...]:
    """Every row of the lists, in their order: rows of families, then of persons. A list of persons has each row once."""
    if found.families is None:
        return ()
    to_follow = _to_follow(found, key)
    about = [each for each in (found.families, found.people) if each is not None]
    said = _reasons([finding for rows in about for row, finding in rows.notes if row >= 0])
    own_key = next((field for field in members if field.key), None)
    judged: list[JudgedRow] = []
    if not found.persons:
        keys = _texts(found.families, None)
        judged += _judged(found.families, Level.FAMILY, keys, [None] * len(keys), said, to_follow)
    if found.people is not None:
        keys, own = _texts(found.people, None), _texts(found.people, own_key)
        people = _judged(found.people, Level.MEMBER, keys, own, said, to_follow)
        judged += _with_their_families(people, found, said)
    return _told_apart(judged)


def _reasons(findings: Sequence[Diagnostic]) -> dict[tuple[str, Place], list[tuple[Severity, RowReason]]]:
    """What is said of each row of each file."""
    said: dict[tuple[str, Place], list[tuple[Severity, RowReason]]] = defaultdict(list)
    for finding in findings:
        place = finding.place
        if isinstance(place, Cell) and place.row is not None:
            reason = RowReason(official(finding.code), finding.code, place.column, place.value, finding.words, finding.mend)
            said[place.path, (place.sheet, place.row)].append((finding.severity, reason))
    return said


def _judged(
    rows: Rows,
    unit: Level,
    keys: Sequence[str | None],
    own: Sequence[str | None],
    said: dict[tuple[str, Place], list[tuple[Severity, RowReason]]],
    to_follow: frozenset[str],
) -> list[JudgedRow]:
    listing, numbers = rows.listing, rows.listing.rows.tolist()
    found = []
    for i, (key, person, digest) in enumerate(zip(keys, own, _digests(listing), strict=True)):
        place = (listing.sheet_name(i), numbers[i])
        about = said.get((listing.path, place), ())
        verdict = _verdict([severity for severity, _ in about])
        identity = "|".join((key or "", person or "")) if (person if unit is Level.MEMBER else key) else f"?{key}|{digest}"
        reasons = tuple(reason for _, reason in about)
        follows = key is not None and key in to_follow
        found.append(JudgedRow(*place, unit, key, person, verdict, reasons, identity, digest, follows))
    return found


def _verdict(severities: Sequence[Severity]) -> RowVerdict:
    if Severity.SET_APART in severities:
        return RowVerdict.SET_APART
    return RowVerdict.WITH_REMARK if severities else RowVerdict.ACCEPTED


def _texts(rows: Rows, field: Field | None) -> list[str | None]:
    """A key column as text; `field` None: the family's key."""
    if field is None:
        values = rows.key
    elif field.name in rows.facts:
        values = rows.facts[field.name]
    else:
        return [None] * len(rows)
    return [None if value is None else str(value) for value in values.to_pylist()]


def _digests(listing: Listing) -> Iterator[str]:
    """A digest of the cells of each row; the running number doesn't count."""
    places = [place for place, header in enumerate(listing.headers) if not is_running(header)]
    cells = [_column_texts(column) for column in listing.fetch(places)] or [[""] * len(listing)]
    for row in zip(*cells, strict=True):
        yield hashlib.sha256("\x1f".join(row).encode()).hexdigest()


def _column_texts(column: Column) -> list[str]:
    if isinstance(column, Texts):
        texts = np.array([text.strip() for text in column.texts.to_pylist()], object)
        return list(texts[column.codes])
    return ["" if value is None else str(value) for value in column.values.to_pylist()]


def _to_follow(found: ReadList, key: Field) -> frozenset[str]:
    """The keys of the families of which nobody's NIK is known, in a list that has NIKs at all."""
    candidates = found.candidates
    if candidates is None or candidates.nik_to_follow is None or found.families is None:
        return frozenset()
    column = candidates.families.column(key.name).to_pylist()
    return frozenset(str(key) for key, follows in zip(column, candidates.nik_to_follow.tolist(), strict=True) if follows)


def _with_their_families(
    people: list[JudgedRow], found: ReadList, said: dict[tuple[str, Place], list[tuple[Severity, RowReason]]]
) -> list[JudgedRow]:
    """The persons; those of a family that is set apart are set apart with it."""
    assert found.families is not None
    listing = found.families.listing
    apart_keys = set()
    for i, key in enumerate(_texts(found.families, None)):
        about = said.get((listing.path, (listing.sheet_name(i), int(listing.rows[i]))), ())
        if key is not None and any(severity is Severity.SET_APART for severity, _ in about):
            apart_keys.add(key)
    reason = _as_reason(_FAMILY_APART)
    return [
        replace(row, verdict=RowVerdict.SET_APART, reasons=(*row.reasons, reason))
        if row.key in apart_keys and row.verdict is not RowVerdict.SET_APART
        else row
        for row in people
    ]


def _as_reason(problem: Problem) -> RowReason:
    return RowReason(official(problem.code), problem.code, None, None, problem.words, problem.mend)


def _told_apart(rows: Sequence[JudgedRow]) -> tuple[JudgedRow, ...]:
    """The rows with identities that are each once: a second row of the same identity is its second."""
    seen: dict[str, int] = defaultdict(int)
    found = []
    for row in rows:
        name = f"{row.unit.value}:{row.identity}"
        seen[name] += 1
        found.append(replace(row, identity=name if seen[name] == 1 else f"{name}#{seen[name]}"))
    return tuple(found)
