"""The parts of a list joined again, for files in which one reads, filters and sorts: one table with the place in front."""

from __future__ import annotations

from dataclasses import replace

from ejps_core.model.paper import Column, Paper, Show, Table, Value
from ejps_core.model.words import Words

PLACE = (
    Column("region", Words("Kode wilayah", "Region code"), Show.CODE),
    Column("district", Words("Kabupaten/Kota", "District")),
    Column("subdistrict", Words("Kecamatan", "Sub-district")),
    Column("village", Words("Desa/Kelurahan", "Village")),
)


def joined(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """One paper of the parts' rows, if each has the same single table; else the papers as they are.

    Totals and notes of the parts are left out: a filter would make them wrong.
    """
    tables = [paper.tables[0] for paper in papers if len(paper.tables) == 1]
    if len(papers) < 2 or len(tables) < len(papers) or any(table.columns != tables[0].columns for table in tables):
        return papers
    rows = tuple((*_place(paper), *row) for paper, table in zip(papers, tables, strict=True) for row in table.rows)
    whole = Table(tables[0].name, tables[0].title, (*PLACE, *tables[0].columns), rows, unknown=tables[0].unknown)
    return (replace(papers[0], tables=(whole,), notes=(), part=""),)


def _place(paper: Paper) -> tuple[Value, ...]:
    """Code and names of a part's place; the village without the code behind its name."""
    named = dict(paper.facts.get("place", ()))
    village = named.get("Desa/Kelurahan", "").removesuffix(f" ({paper.part})")
    return (paper.part, named.get("Kabupaten/Kota"), named.get("Kecamatan"), village)
