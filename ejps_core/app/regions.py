"""Names of the province's regions by Kemendagri code, for reports and for the demonstration's list."""

from __future__ import annotations

from ejps_core.registry.gazetteer import tables
from ejps_core.registry.regions import DISTRICTS

SUBDISTRICTS = {
    district: {int(code[-2:]): name for code, name in tables().names.items() if code.startswith(district)}
    for district in DISTRICTS
}
"""The sub-districts of each district by their number."""


def region_names() -> dict[str, str]:
    """The province, its six districts and 77 sub-districts by dotted code."""
    names = {"75": "Provinsi Gorontalo", **DISTRICTS}
    for district, parts in SUBDISTRICTS.items():
        names |= {f"{district}.{number:02}": f"Kecamatan {name}" for number, name in parts.items()}
    return names


def place_names(code: str) -> tuple[str, str, str]:
    """The names of the village, sub-district and district of a dotted code; empty where the code doesn't go so far."""
    known = tables()
    return (known.titles.get(code, ""), known.names.get(code[:8], ""), DISTRICTS.get(code[:5], ""))
