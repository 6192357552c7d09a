"""Houses by condition: how badly damaged they are by district, and which defects they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ejps_core import Column, Document, Paper, Show, Table, Words

DAMAGE = {
    "ringan": Words("Ringan", "Light"),
    "sedang": Words("Sedang", "Medium"),
    "berat": Words("Berat", "Heavy"),
}
DEFECTS = {
    "dinding_atap_berbahaya": Words("Dinding atau atap membahayakan", "Wall or roof dangerous"),
    "dinding_atap_lapuk": Words("Dinding atau atap mudah lapuk", "Wall or roof perishable"),
    "lantai_buruk": Words("Lantai buruk", "Bad floor"),
    "tanpa_mck": Words("Tanpa MCK", "No latrine"),
    "sempit": Words("Luas lantai per orang di bawah minimum", "Too little floor area a person"),
}
UNKNOWN = Words("Belum diketahui", "Unknown")
HOUSE, DAMAGED = "rumah_utama", "kerusakan"
TITLE = Words("Rekapitulasi rumah menurut kondisi", "Houses by condition")
Family = Mapping[str, Any]


def by_condition(data: Mapping[str, Any]) -> list[Paper]:
    """A house counts once: the family cards that don't stand for one are left out, and the note says how many."""
    families: list[Family] = data["families"]
    if any("facts" not in family for family in families):
        raise ValueError("families.facts")
    houses = [family for family in families if family["facts"].get(HOUSE) is not False]
    others = len(families) - len(houses)
    notes = [Words(f"{len(houses)} rumah.", f"Houses: {len(houses)}.")]
    if others:
        notes.append(
            Words(
                f"{others} KK lain di rumah yang sama tidak dihitung.",
                f"Further family cards in the same houses, not counted: {others}.",
            )
        )
    place = {code: names[2] or code for code, names in data.get("places", {}).items()}
    lines = (
        Words(data["program"]["id"], data["program"]["en"]),
        Words(f"Tahun Anggaran {data['year']}", f"Budget year {data['year']}"),
    )
    tables = (_by_district(houses, place), _defects(houses))
    return [Paper("rumah", TITLE, lines, tables, tuple(notes), {"signed": True})]


def _by_district(houses: Iterable[Family], place: Mapping[str, str]) -> Table:
    """A row a district: houses by damage, and how many of them are to be repaired."""
    counted: dict[str, Counter[str]] = {}
    named = {}
    for house in houses:
        district = house["region"][:5]
        named[district] = place.get(house["region"], district)
        tally = counted.setdefault(district, Counter())
        tally[house["facts"].get(DAMAGED) or ""] += 1
        tally["selected"] += bool(house["selected"])
    columns = (
        Column("region", Words("Kode", "Code"), Show.CODE, 1.6),
        Column("district", Words("Kabupaten/Kota", "District")),
        *(Column(name, title, Show.NUMBER, 1.9) for name, title in DAMAGE.items()),
        Column("unknown", UNKNOWN, Show.NUMBER, 2.1),
        Column("houses", Words("Rumah", "Houses"), Show.NUMBER, 1.9),
        Column("selected", Words("Diperbaiki", "To be repaired"), Show.NUMBER, 2.2),
    )
    rows = tuple((district, named[district], *_numbers(counted[district])) for district in sorted(counted))
    sums = [sum(column) for column in zip(*(_numbers(each) for each in counted.values()), strict=True)]
    return Table("kerusakan", Words("Tingkat kerusakan", "Damage"), columns, rows, (None, None, *sums) if rows else None)


def _numbers(tally: Counter[str]) -> tuple[int, ...]:
    damaged = [tally[name] for name in (*DAMAGE, "")]
    return (*damaged, sum(damaged), tally["selected"])


def _defects(houses: list[Family]) -> Table:
    """A row a defect: how many houses have it, have it not, and of how many nobody knows."""
    columns = (
        Column("defect", Words("Kekurangan", "Defect")),
        Column("yes", Words("Ada", "Yes"), Show.NUMBER, 2.2),
        Column("no", Words("Tidak", "No"), Show.NUMBER, 2.2),
        Column("unknown", UNKNOWN, Show.NUMBER, 2.6),
    )
    rows = []
    for name, title in DEFECTS.items():
        said = [house["facts"].get(name) for house in houses]
        rows.append((title.id, said.count(True), said.count(False), said.count(None)))
    return Table("kekurangan", Words("Kekurangan rumah", "Defects"), columns, tuple(rows))


REPORT = Document(
    "rumah-kondisi",
    Words("rumah menurut kondisi", "houses by condition"),
    by_condition,
    facts=(HOUSE, DAMAGED, *DEFECTS),
)
