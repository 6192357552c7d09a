"""The table of regions is a maintained package's: a new version of it shows here first (`make accept` takes it over)."""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from importlib import resources
from itertools import groupby
from pathlib import Path

import pytest

from ejps_core.registry import gazetteer
from ejps_core.registry.regions import DISTRICTS, PROVINCE

TABLE = Path(gazetteer.__file__).with_name("regions.json")


def _packed(name: str) -> dict[str, str]:
    raw = resources.files("lokal").joinpath("data", f"{name}.json.gz").read_bytes()
    found: dict[str, str] = json.loads(gzip.decompress(raw))
    return found


def _spans(numbers: list[int]) -> str:
    """1, 2, 3, 5 as "01-03 05"."""
    found = []
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        several = [number for _, number in run]
        found.append(f"{several[0]:02}" if len(several) == 1 else f"{several[0]:02}-{several[-1]:02}")
    return " ".join(found)


def _from_package() -> dict[str, object]:
    """What regions.json takes from the package: our sub-districts and villages, and which sub-districts others have."""
    regions, villages = _packed("wilayah"), _packed("desa")
    own = {code: name for code, name in regions.items() if code.startswith(f"{PROVINCE}.") and len(code) == 8}
    within: dict[str, dict[str, str]] = {code: {} for code in own}
    for code, name in villages.items():
        if code.startswith(f"{PROVINCE}."):
            within[code[:8]][code[9:]] = name
    elsewhere = defaultdict(list)
    for code in regions:
        if len(code) == 8 and not code.startswith(f"{PROVINCE}."):
            elsewhere[code[:5]].append(int(code[6:]))
    return {
        "subdistricts": own,
        "villages": within,
        "elsewhere": {district: _spans(numbers) for district, numbers in elsewhere.items()},
    }


@pytest.mark.expected
def test_the_table_is_the_packages() -> None:
    kept, found = json.loads(TABLE.read_text(encoding="utf-8")), _from_package()
    if os.environ.get("EJPS_ACCEPT"):
        TABLE.write_text(json.dumps(kept | found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    for part, expected in found.items():
        assert kept[part] == expected, part


def test_the_numbers_are_the_ministrys() -> None:
    """77 sub-districts, 657 desa and 72 kelurahan (Kepmendagri 050-145/2022)."""
    codes = [code for those in gazetteer.tables().villages.values() for code in those.values()]
    assert len(gazetteer.tables().names) == 77
    assert {kind: sum(code[9] == kind for code in codes) for kind in "12"} == {"1": 72, "2": 657}
    assert {code[:5] for code in codes} == set(DISTRICTS)
