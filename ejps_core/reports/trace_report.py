"""Uji petik of an inspector: each person of a sample from the list to verdict, decree, payment order and receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ejps_core.model.masking import mask
from ejps_core.model.paper import Column, Paper, Show, Table
from ejps_core.model.ruleset import Verdict
from ejps_core.model.words import Words
from ejps_core.reports.ledger_data import Amount, Count, Given
from ejps_core.reports.recaps import Headed
from ejps_core.reports.words import VERDICT

NOT_THERE = Words("tidak ada", "none")


class TracedData(Given):
    """A person of the sample. listed: file and row; decree: number, day and standing; orders: SP2D; received: day, paper.

    Empty: there is no such thing on record.
    """

    no: Count
    name: str = ""
    family: str = ""
    listed: str = ""
    verdict: Verdict
    run: str
    reasons: tuple[str, ...] = ()
    decree: str = ""
    orders: str = ""
    received: str = ""
    amount: Amount | None = None
    found: str = ""


class TraceData(Headed):
    """The people of a sample. seed: that it was drawn by. orders_from: where payment orders were looked up; '': nowhere."""

    seed: str
    orders_from: str = ""
    people: tuple[TracedData, ...]


def trace(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """A row a person: where it stands, what was decided and why, under which decree, what was paid and received."""
    found = TraceData.model_validate(data)
    columns = (
        Column("no", Words("No.", "No."), Show.NUMBER, 0.9),
        Column("name", Words("Nama", "Name"), width=3.0),
        Column("family", Words("No. KK", "Family card"), Show.CODE, 2.7),
        Column("listed", Words("Daftar dan baris", "List and row"), width=3.2),
        Column("verdict", Words("Putusan dan alasan", "Verdict and reasons")),
        Column("decree", Words("Keputusan", "Decree"), width=3.3),
        Column("orders", Words("SP2D", "Payment order"), width=2.6),
        Column("received", Words("Diterima", "Received"), width=3.0),
        Column("amount", Words("Nilai (Rp)", "Amount (Rp)"), Show.MONEY, 1.9),
        Column("found", Words("Hasil kunjungan", "Found on the spot"), width=2.2),
    )
    rows = tuple(
        (
            each.no,
            each.name or None,
            mask(each.family),
            each.listed or None,
            f"{VERDICT[each.verdict].id} ({each.run})" + (f": {'; '.join(each.reasons)}" if each.reasons else ""),
            each.decree or None,
            each.orders or None,
            each.received or None,
            each.amount,
            each.found or None,
        )
        for each in found.people
    )
    table = Table("jejak", Words("Penelusuran", "Trace"), columns, rows, unknown=NOT_THERE)
    gaps = sum(1 for each in found.people if each.amount and not each.decree)
    notes = [Words(f"Benih pengacakan: {found.seed}.", f"Seed: {found.seed}.")]
    if gaps:
        notes.append(Words(f"{gaps} menerima tanpa keputusan.", f"Received without a decree: {gaps}."))
    if found.orders_from:
        notes.append(Words(f"SP2D menurut {found.orders_from}.", f"Payment orders as of {found.orders_from}."))
    else:
        notes.append(Words("SP2D tidak ditelusuri: sumbernya tidak ada.", "Payment orders were not looked up: no source."))
    title = Words("Penelusuran uji petik", "Inspector's sample, traced")
    return (found.paper("jejak-uji-petik", title, (table,), tuple(notes), landscape=True, size=7.5),)
