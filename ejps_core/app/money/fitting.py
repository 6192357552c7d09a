"""Whether an entry fits its book: phase, district, document, amount. What does not is said, never mended."""

from __future__ import annotations

import re

from ejps_core.aid.entries import Cancellation, Entry, Event, Ledger, Reason, Stated, Target
from ejps_core.model.words import Words
from ejps_core.registry.money.cells import MOST
from ejps_core.registry.problems import Problem, apart
from ejps_core.store.tables.money import LONGEST_DOCUMENT

LONGEST_NUMBER = 64
_IDENTITY = re.compile(r"(?<!\d)\d{16}(?!\d)")


def misfit(entry: Entry, ledger: Ledger) -> Problem | None:
    """Why an entry can't stand in the book; None: it can."""
    phase, district = getattr(entry, "phase", None), getattr(entry, "district", None)
    if phase is not None and phase not in ledger.phases:
        listed = ", ".join(map(str, ledger.phases))
        return _wrong("phase-unknown", f"tahap {phase} tidak ada", f"there is no phase {phase}", listed)
    if district is not None and district not in ledger.districts:
        listed = ", ".join(ledger.districts)
        return _wrong("district-unknown", f"daerah {district} tidak ikut", f"{district} takes no part", listed)
    document = getattr(entry, "document", "")
    if len(document) > LONGEST_DOCUMENT or len(entry.number) > LONGEST_NUMBER:
        return _wrong("document-long", "nomor dokumen terlalu panjang", "the number of the document is too long", "")
    if _IDENTITY.search(document) or _IDENTITY.search(entry.number):
        return apart(
            "document-is-identity",
            "Nomor dokumen berisi 16 angka seperti NIK atau nomor KK: tidak dicatat.",
            "The number of the document holds 16 digits like a NIK or family card: it is not kept.",
            "Tulis nomor SP2D, SK atau bukti; nomor orang tidak disimpan di catatan uang.",
            "Write the number of the payment order, decree or receipt; nobody's number is kept in the money's record.",
        )
    return _amount(entry)


def _amount(entry: Entry) -> Problem | None:
    """Whether the amounts are ones that a record can have, and whether there is one at all."""
    amounts: tuple[int, ...] = ()
    match entry:
        case Event(money=money) | Target(price=money):
            amounts = (money.province, money.district)
        case Stated(amount=amount):
            amounts = (amount,)
        case Reason() | Cancellation():
            return None if entry.because.strip() else _wrong("because-missing", "alasan kosong", "there is no reason", "")
        case _:
            pass
    if any(not 0 <= amount <= MOST for amount in amounts):
        return _wrong("amount-bounds", "jumlah di luar batas", "the amount is out of bounds", f"0 … {MOST}")
    return None


def _wrong(code: str, indonesian: str, english: str, there: str) -> Problem:
    mend = Words(f"Yang ada: {there}.", f"There are: {there}.") if there else Words("Perbaiki isinya.", "Mend it.")
    return apart(code, f"Tidak dicatat: {indonesian}.", f"Not kept: {english}.", mend.id, mend.en)
