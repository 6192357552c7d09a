"""Why a family that stands in the list was not decided: its rows, and what was found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from ejps_core.app.evaluate import Request
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import digits_of
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Cell
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.registry.rows import Rows

Place = tuple[str, str | None, int]
"""File, sheet and row."""
MOST = 10


def set_apart(
    ruleset: Ruleset, request: Request, findings: tuple[Diagnostic, ...], identity: str, plugins: Plugins
) -> tuple[Diagnostic, ...]:
    """What is to be said of an identity that is in the list but among the rows set apart; nothing if it isn't there.

    The list is read once more, this time for keys only.
    """
    wanted = digits_of(identity)
    own, people, families = _rows(ruleset, request, wanted, plugins)
    rows = [*own, *people]
    if not rows:
        return ()
    reasons = _reasons(findings, rows) or _reasons(findings, families)
    what = Words("barisnya disisihkan", "that row was set apart")
    if people and not _reasons(findings, rows):
        what = Words("keluarganya disisihkan", "the family was set apart")
    return (_said(identity, own, people, what), *reasons[:MOST])


def _reasons(findings: tuple[Diagnostic, ...], rows: list[Place]) -> list[Diagnostic]:
    """Why these rows were set apart."""
    wanted = set(rows)
    return [
        finding
        for finding in findings
        if finding.severity is Severity.SET_APART
        and isinstance(finding.place, Cell)
        and (finding.place.path, finding.place.sheet, finding.place.row) in wanted
    ]


def _said(identity: str, own: list[Place], people: list[Place], why: Words) -> Diagnostic:
    """That it is there, and where."""
    what = Words("Keluarga", "The family") if own else Words("Anggota", "The member")
    numbers = ", ".join(str(row) for _, _, row in (own or people)[:MOST])
    return Diagnostic(
        "family-set-apart",
        Severity.ERROR,
        None,
        Words(
            f"{what.id} {identity} ada di daftar (baris {numbers}), tetapi {why.id}, jadi tidak dinilai.",
            f"{what.en} {identity} is in the list (row {numbers}), but {why.en}, so it is not decided.",
        ),
        Words(
            "Perbaiki baris itu menurut catatan di bawah ini, lalu ulangi.",
            "Mend that row as the findings below say, and repeat.",
        ),
    )


def _rows(ruleset: Ruleset, request: Request, wanted: str, plugins: Plugins) -> tuple[list[Place], list[Place], list[Place]]:
    """The rows of the family of that key; of the member of that key; and the rows of that member's family."""
    from ejps_core.registry.readers import with_password
    from ejps_core.registry.rows import read_rows
    from ejps_core.registry.sources import open_sources

    key, member_key, on = ruleset.key, ruleset.member_key, request.as_of.on
    readers = with_password([loaded.what for loaded in plugins.readers], request.password)
    sources = open_sources(request.path, key, request.members, request.sheet, request.members_sheet, readers)
    if sources.families is None:
        return [], [], []
    families, _ = read_rows(sources.families, (key,), key, on)
    if families is None:
        return [], [], []
    keys = _named(families, key.name, families.facts[key.name])

    def places(of: frozenset[str]) -> list[Place]:
        return [_place(families.listing.cell(row)) for row, names in enumerate(keys) if names & of]

    own = places(frozenset((wanted,)))
    if sources.members is None or member_key is None or own:
        return own, [], []
    people, _ = read_rows(sources.members, (member_key,), key, on)
    if people is None:
        return own, [], []
    names = _named(people, member_key.name, people.facts[member_key.name])
    rows = [row for row, each in enumerate(names) if wanted in each]
    theirs = _named(people, key.name, people.key)
    return own, [_place(people.listing.cell(row)) for row in rows], places(frozenset().union(*(theirs[row] for row in rows)))


def _named(rows: Rows, name: str, values: pa.Array) -> list[frozenset[str]]:
    """By what each row can be asked for in a column: as it was read, and as it was written."""
    if name not in rows.matched.places:
        return [frozenset() for _ in range(len(rows))]
    column = rows.listing.fetch([rows.matched.places[name]])[0]
    return [frozenset((_plain(value), _plain(column.text(row)))) - {""} for row, value in enumerate(values.to_pylist())]


def _plain(value: object) -> str:
    return "" if value is None else digits_of(str(value))


def _place(cell: Cell) -> Place:
    return cell.path, cell.sheet, cell.row or 0
