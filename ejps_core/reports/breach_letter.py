"""The written notice of a breach (UU 27/2022, Art. 46): what was revealed, when and how, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, NonNegativeInt

from ejps_core.model.calendar import WITA
from ejps_core.model.duties import Recipient
from ejps_core.model.paper import Column, Paper, Table
from ejps_core.model.words import Words
from ejps_core.reports.ledger_data import Given
from ejps_core.reports.terbilang import plain_day

OPEN = "……………………………"
"""To be filled in by hand."""
ADDRESSED = {
    Recipient.SUBJECTS: "Bapak/Ibu yang datanya tersangkut",
    Recipient.AUTHORITY: "Lembaga Pelindungan Data Pribadi",
    Recipient.PUBLIC: "Masyarakat Provinsi Gorontalo",
}


class BreachLetterData(Given):
    """A notice. at: the moment it is written. happened_at, people: None, as long as nobody knows. efforts: what was done."""

    recipient: Recipient
    number: str = ""
    at: AwareDatetime
    addressed: str = ""
    controller: str
    what: str
    how: str
    data: str
    known_at: AwareDatetime
    happened_at: AwareDatetime | None = None
    people: NonNegativeInt | None = None
    area: str = ""
    efforts: tuple[str, ...] = ()
    contact: str


def letter(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The notice from plain data."""
    found = BreachLetterData.model_validate(data)
    title = Words("Pemberitahuan kegagalan pelindungan data pribadi", "Notice of a personal-data breach")
    columns = (
        Column("hal", Words("Hal", "Matter"), width=5.2),
        Column("keterangan", Words("Keterangan", "Told")),
    )
    table = Table("kejadian", Words("Kejadian", "What happened"), columns, matters(found))
    return (Paper("pemberitahuan", title, (), (table,), (), _facts(found), template="pemberitahuan.typ", stamp=found.at),)


def matters(found: BreachLetterData) -> tuple[tuple[str, str], ...]:
    """What the law asks to be told, matter by matter; what nobody knows yet is said to be unknown."""
    happened = "belum diketahui" if found.happened_at is None else moment(found.happened_at)
    people = "belum diketahui" if found.people is None else f"{found.people:,}".replace(",", ".") + " orang"
    efforts = "; ".join(found.efforts) or "sedang disusun; akan disampaikan menyusul"
    rows = [
        ("Yang terjadi", found.what),
        ("Data pribadi yang terungkap", found.data),
        ("Waktu kejadian", happened),
        ("Waktu diketahui", moment(found.known_at)),
        ("Bagaimana terungkap", found.how),
        ("Jumlah orang", people),
    ]
    if found.area:
        rows.append(("Wilayah", found.area))
    return (*rows, ("Upaya penanganan dan pemulihan", efforts))


def as_letter_text(paper: Paper) -> str:
    """The notice as plain text, for e-mail and short messages."""
    facts = paper.facts
    (table,) = paper.tables
    lines = [
        f"Nomor : {facts['number']}",
        f"Hal   : {paper.title.id}",
        "",
        f"Yth. {facts['addressed']}",
        "",
        *facts["opening"],
        "",
        *(f"- {matter}: {told}" for matter, told in table.rows),
        "",
        *facts["closing"],
        "",
        f"{facts['day']}",
        f"{facts['controller']}",
    ]
    return "\n".join(lines) + "\n"


def moment(at: datetime) -> str:
    """A moment as a letter says it.

    >>> moment(datetime(2026, 3, 2, 12, tzinfo=WITA))
    '2 Maret 2026 pukul 12.00 WITA'
    """
    here = at.astimezone(WITA)
    return f"{plain_day(here.date())} pukul {here:%H.%M} WITA"


def _facts(found: BreachLetterData) -> dict[str, Any]:
    return {
        "number": found.number or OPEN,
        "day": plain_day(found.at.astimezone(WITA).date()),
        "addressed": found.addressed or ADDRESSED[found.recipient],
        "controller": found.controller,
        "opening": [
            "Dengan hormat,",
            f"Berdasarkan UU 27/2022 tentang Pelindungan Data Pribadi, Pasal 46, {found.controller} memberitahukan secara "
            "tertulis kegagalan pelindungan data pribadi berikut.",
        ],
        "closing": [_next(found), f"Keterangan lebih lanjut dapat diminta tanpa biaya pada {found.contact}."],
        "footer": "Pemberitahuan UU 27/2022 Pasal 46",
    }


def _next(found: BreachLetterData) -> str:
    if found.recipient is Recipient.AUTHORITY:
        return "Perkembangan penanganannya akan kami sampaikan. Pemberitahuan kepada subjek data dilakukan terpisah."
    return (
        "Waspadai orang yang menghubungi Bapak/Ibu dengan menyebut data tersebut. Jangan memberikan PIN, kata sandi, atau "
        "kode apa pun."
    )
