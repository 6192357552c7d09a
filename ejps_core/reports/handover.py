"""BAST: the minutes of handing over goods, with the amount in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, StrictInt

from ejps_core.model.paper import Column, Paper, Show, Table
from ejps_core.model.wording import money, number
from ejps_core.model.words import Words
from ejps_core.reports.ledger_data import Amount, Count, Given, TitleData
from ejps_core.reports.realization import phase_words
from ejps_core.reports.terbilang import day_words, rupiah_words, terbilang


class PartyData(Given):
    """Who hands over, or receives. id_kind: what `id` is."""

    name: str
    id: str
    id_kind: Literal["NIP", "NIK", "NPWP"] = "NIP"
    office: str
    address: str


class WitnessData(Given):
    """A witness: the sub-district's social worker, Bhabinkamtibmas, Babinsa, the village council."""

    name: str
    office: str


class ItemData(Given):
    """A kind of goods. price: of one unit."""

    name: str
    volume: Count
    unit: str
    price: Amount
    state: str = "baik"


class HandoverData(Given):
    """A handover. missing: what was short or damaged, in words; empty: nothing."""

    number: str
    at: AwareDatetime
    place: str
    program: TitleData
    phase: StrictInt
    basis: str
    first: PartyData
    second: PartyData
    items: Annotated[tuple[ItemData, ...], Field(min_length=1)]
    families: Count
    missing: str = ""
    witnesses: tuple[WitnessData, ...] = ()
    annex: str = "daftar penerima (BNBA) dan foto penyerahan"
    copies: Count = 3


COLUMNS = (
    Column("no", Words("No.", "No."), Show.NUMBER, 1.0),
    Column("item", Words("Jenis barang", "Item")),
    Column("volume", Words("Volume", "Volume"), Show.NUMBER, 1.9),
    Column("unit", Words("Satuan", "Unit"), width=1.9),
    Column("price", Words("Harga satuan (Rp)", "Unit price (Rp)"), Show.MONEY, 2.6),
    Column("value", Words("Nilai (Rp)", "Value (Rp)"), Show.MONEY, 3.0),
    Column("state", Words("Keadaan", "Condition"), width=2.0),
)


def handover(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The minutes from plain data."""
    found = HandoverData.model_validate(data)
    rows = tuple(
        (no, item.name, item.volume, item.unit, item.price, item.volume * item.price, item.state)
        for no, item in enumerate(found.items, start=1)
    )
    total = sum(item.volume * item.price for item in found.items)
    last = (None, None, None, None, None, total, None)
    goods = Table("barang", Words("Barang yang diserahkan", "Goods handed over"), COLUMNS, rows, last)
    title = Words("Berita Acara Serah Terima", "Minutes of handover")
    lines = (Words(f"Nomor: {found.number}", f"No.: {found.number}"),)
    facts = _facts(found, total)
    return (Paper("bast", title, lines, (goods,), (), facts, template="bast.typ", stamp=found.at),)


def _facts(found: HandoverData, total: int) -> dict[str, Any]:
    day = found.at.date()
    none = "Tidak terdapat kekurangan maupun kerusakan barang."
    return {
        "day_words": day_words(day),
        "day_figures": f"{day:%d-%m-%Y}",
        "place": found.place,
        "first": {**found.first.model_dump(), "called": "PIHAK PERTAMA"},
        "second": {**found.second.model_dump(), "called": "PIHAK KEDUA"},
        "basis": found.basis,
        "program": found.program.id,
        "phase": phase_words(found.phase).id,
        "families": number(found.families, 0).id,
        "families_words": terbilang(found.families),
        "amount": money(total, 0, "IDR").id,
        "amount_words": rupiah_words(total),
        "shortage": f"Kekurangan/kerusakan: {found.missing}" if found.missing else none,
        "annex": found.annex,
        "copies": f"{found.copies} ({terbilang(found.copies)})",
        "witnesses": [each.model_dump() for each in found.witnesses],
        "footer": f"BAST Nomor {found.number}",
    }
