"""Lists of families from plain data (JSON), as the nominal documents take them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, StrictInt, model_validator

from ejps_core.model.masking import DOT, mask
from ejps_core.reports.ledger_data import Amount, Count, Given, TitleData

REGION = r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"


def street(address: str) -> str:
    """The address as written; nothing where a list has the code of the region in its place."""
    return "" if re.fullmatch(REGION, address) else address


class ColumnData(Given):
    """A further column of a list: what a program's `laporan` shows of a family. masked: without what identifies."""

    name: str
    title: TitleData
    number: bool = False
    masked: bool = False


class FamilyData(Given):
    """A family as lists name it. nik may be empty: "NIK menyusul". region: the dotted code of its village."""

    name: str
    nik: str = ""
    kk: str = ""
    sex: str = ""
    birth: date | None = None
    address: str = ""
    rt: str = ""
    rw: str = ""
    region: Annotated[str, Field(pattern=REGION)]
    village: str = ""
    subdistrict: str = ""
    district: str = ""
    work: str = ""
    members: Count | None = None
    dtks: bool | None = None
    dtks_id: str = ""
    other_aid: str = ""
    amount: Amount | None = None
    received: date | None = None
    taker: str = ""
    note: str = ""
    shown: tuple[str | StrictInt | None, ...] = ()
    """The cells of the list's further columns."""

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Code and names of the village, sub-district and district."""
        return (self.region, self.village, self.subdistrict, self.district)

    @property
    def home(self) -> str:
        """Address with RT and RW."""
        blocks = "/".join(f"{name} {value}" for name, value in (("RT", self.rt), ("RW", self.rw)) if value)
        return f"{street(self.address)} {blocks}".strip()


class ListData(Given):
    """A list of families for a phase of a program. decree: number and day of the decree, where there is one.

    full_numbers: NIK and family-card numbers whole, for a paper that never leaves the office; else the last four digits.
    columns: those that BNBA has in place of its own middle ones, as the program's rules say; None: it has its own.
    """

    program: TitleData
    year: StrictInt
    at: AwareDatetime
    phase: StrictInt | None = None
    decree: str = ""
    decree_title: str = ""
    aid: str = ""
    full_numbers: bool = False
    columns: tuple[ColumnData, ...] | None = None
    families: tuple[FamilyData, ...]

    @model_validator(mode="after")
    def _cells_fit(self) -> Self:
        columns = len(self.columns or ())
        if any(len(family.shown) != columns for family in self.families):
            raise ValueError("shown: sebanyak columns (as many as there are columns)")
        return self

    def number(self, value: str) -> str:
        """A number of identity as the document may show it."""
        if not value:
            return "menyusul"
        return value if self.full_numbers else mask(value)

    def short_number(self, value: str) -> str:
        """The last digits only, for narrow columns: …9010."""
        shown = self.number(value)
        return "…" + shown.rsplit(DOT, 1)[-1] if DOT in shown else shown


def read_list(data: object) -> ListData:
    """The list; a ValueError says everything that is wrong."""
    return ListData.model_validate(data)
