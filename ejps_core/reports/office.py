"""The office that issues a document: its letterhead (kop naskah dinas) and who signs. Read from a TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


class Signatory(BaseModel):
    """Who signs. acting: 'Plt.' or 'Plh.', for whom stands in; empty for the holder of the office."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    office: str
    acting: str = ""
    name: str = ""
    rank: str = ""
    nip: str = ""


class Office(BaseModel):
    """An office. government and name are the large lines of the letterhead; emblem: SVG text."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    government: str
    name: str
    unit: str = ""
    address: str = ""
    contact: str = ""
    place: str
    emblem: str = ""
    signatory: Signatory
    knowing: Signatory | None = None

    def as_record(self) -> dict[str, Any]:
        """What templates print."""
        return self.model_dump(exclude={"emblem"})


PROVINCE = Office(
    government="Pemerintah Provinsi Gorontalo",
    name="Sekretariat Daerah",
    unit="Biro Pengendalian Pembangunan dan Ekonomi",
    place="Gorontalo",
    signatory=Signatory(office="Kepala Biro Pengendalian Pembangunan dan Ekonomi"),
)
"""Without a settings file: names of signatories stay open, to be filled in by hand."""


def read_office(path: Path) -> Office:
    """The office of a TOML file; `emblem` names an SVG file beside it. A ValueError says what is wrong with it."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        if emblem := found.get("emblem"):
            found["emblem"] = (path.parent / str(emblem)).read_text(encoding="utf-8")
        return Office.model_validate(found)
    except ValidationError as problem:
        raise ValueError("; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in problem.errors())) from problem
    except UnicodeDecodeError as problem:
        raise ValueError("UTF-8") from problem
