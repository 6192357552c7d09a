"""The regions of Gorontalo by name: a village only inside its sub-district, with the spellings that lists really have.

Names and codes stand in regions.json, which says where they come from.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ejps_core.registry.marks import normal, visible

_ROMAN = {"satu": "i", "dua": "ii", "tiga": "iii", "empat": "iv", "1": "i", "2": "ii", "3": "iii"}
_VILLAGE = ("desa", "ds", "kelurahan", "kel", "desakelurahan", "desakel")
_SUBDISTRICT = ("kecamatan", "kec", "kecamatandistrik")
_DISTRICT = ("kabupaten", "kab", "kota", "kabupatenkota", "kabkota")
_PREFIXED = re.compile(
    r"(?P<level>desa/kelurahan|desa/kel|desa|ds|kelurahan|kel|kecamatan|kec|kabupaten/kota|kabupaten|kab/kota|kab|kota)"
    r"(?:\.\s*|\s*:\s*|\s+)(?P<name>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Tables:
    """names: code -> name of each sub-district; villages: code of a sub-district -> compared name -> code.

    elsewhere: the sub-districts of the other provinces; spellings: other spellings in compared form -> the usual one.
    """

    names: dict[str, str]
    villages: dict[str, dict[str, str]]
    titles: dict[str, str]
    elsewhere: frozenset[str]
    spellings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A place as a list names it, from the village up; None: not named."""

    village: str | None = None
    subdistrict: str | None = None
    district: str | None = None


@cache
def tables() -> Tables:
    """The regions, read once."""
    data = json.loads(Path(__file__).with_name("regions.json").read_text(encoding="utf-8"))
    spellings: dict[str, str] = data["spellings"]
    villages = {
        code: {_usual(name, spellings): f"{code}.{number}" for number, name in those.items()}
        for code, those in data["villages"].items()
    }
    titles = {f"{code}.{number}": name for code, those in data["villages"].items() for number, name in those.items()}
    elsewhere = frozenset(f"{code}.{number}" for code, spans in data["elsewhere"].items() for number in _numbers(spans))
    return Tables(data["subdistricts"], villages, titles, elsewhere, spellings)


def _numbers(spans: str) -> list[str]:
    found = []
    for span in spans.split():
        low, _, high = span.partition("-")
        found += [f"{number:02}" for number in range(int(low), int(high or low) + 1)]
    return found


def _usual(name: str, spellings: dict[str, str]) -> str:
    words = [_ROMAN.get(word.casefold(), word) for word in visible(name).split()]
    letters = normal("".join(words))
    for other, usual in spellings.items():
        letters = letters.replace(other, usual)
    return letters


def compared(name: str) -> str:
    """A name as names of regions are compared: the usual spelling, without marks; numbers as Roman ones."""
    return _usual(name, tables().spellings)


def subdistricts_called(name: str, district: str | None = None) -> tuple[str, ...]:
    """The codes of the sub-districts of that name, within a district if one is given."""
    wanted = compared(name)
    found = (code for code, each in tables().names.items() if compared(each) == wanted)
    return tuple(code for code in found if district is None or code.startswith(district + "."))


def village_called(name: str, subdistrict: str) -> str | None:
    """The code of the village of that name in a sub-district."""
    return tables().villages[subdistrict].get(compared(name))


def subdistricts_with(village: str, within: str | None = None) -> tuple[str, ...]:
    """The codes of the sub-districts that have a village of that name."""
    wanted = compared(village)
    return tuple(
        code
        for code, those in tables().villages.items()
        if wanted in those and (within is None or code.startswith(within + "."))
    )


def village_names(subdistrict: str) -> tuple[str, ...]:
    """The names of a sub-district's villages."""
    return tuple(tables().titles[code] for code in tables().villages[subdistrict].values())


def named(text: str) -> Named:
    """The parts of a place that a text names: “Desa Teratai, Kec. Marisa”, or the same without words before the names.

    Without such words two names are a village and its sub-district, three also the district; one alone says nothing here.
    """
    parts = [part.strip() for part in re.split(r"[,;]|\s[-\u2013]\s", text) if part.strip()]
    found: dict[str, str] = {}
    bare = []
    for part in parts:
        match = _PREFIXED.fullmatch(part)
        level = None if match is None else _level(normal(match["level"]), match["name"])
        if match is None or level is None:
            bare.append(part)
        elif level in found:
            return Named()
        else:
            found[level] = part if level == "district" else match["name"]
    free = [level for level in ("village", "subdistrict", "district") if level not in found]
    if bare and (len(parts) == 1 or len(bare) > len(free)):
        return Named()
    found |= dict(zip(free, bare, strict=False))
    return Named(**found)


def _level(word: str, name: str) -> str | None:
    if word in _VILLAGE:
        return "village"
    if word in _SUBDISTRICT:
        return "subdistrict"
    if word == "kota" and subdistricts_called(f"kota {name}"):
        return None  # Kota Utara and the like are sub-districts of their own
    return "district" if word in _DISTRICT else None
