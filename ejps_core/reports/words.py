"""The words of reports in both languages: verdicts, seats, reasons, facts still needed.

Terms as officials use them.
"""

from __future__ import annotations

import re

from ejps_core.model.decisions import NO_SEAT, PROVISIONAL, SEAT, WAITS
from ejps_core.model.diagnostic import Severity
from ejps_core.model.ruleset import Field, Ruleset, Verdict
from ejps_core.model.words import Language, Words

VERDICT = {
    Verdict.ELIGIBLE: Words("memenuhi syarat", "eligible"),
    Verdict.INELIGIBLE: Words("tidak memenuhi syarat", "ineligible"),
    Verdict.UNDETERMINED: Words("perlu verifikasi", "undetermined"),
}
YES = Words("ya", "yes")
NO = Words("tidak", "no")
SEATS = {
    NO_SEAT: NO,
    SEAT: YES,
    PROVISIONAL: Words("sementara", "provisional"),
    WAITS: Words("menunggu data", "waits for data"),
}
SEVERITY = {
    Severity.ERROR: Words("kesalahan", "error"),
    Severity.SET_APART: Words("disisihkan", "set apart"),
    Severity.REMARK: Words("catatan", "remark"),
}
ONE_OF = Words("salah satu dari: ", "one of: ")
AT_MOST = Words("paling banyak: ", "at most: ")
MEMBERS = Words("daftar anggota keluarga", "the list of members")
LATEST = Words("data terbaru", "latest data")
OUTPUTS = {
    "status": Words("Status", "Status"),
    "reasons": Words("Alasan", "Reasons"),
    "needs": Words("Data yang masih diperlukan", "Facts still needed"),
    "amount": Words("Jumlah bantuan", "Amount"),
    "rank": Words("Peringkat", "Rank"),
    "selected": Words("Terpilih", "Selected"),
    "reserve": Words("Cadangan", "Reserve"),
    "phase": Words("Tahap", "Phase"),
}

DOT = "•"
SHOWN = 4
LONG_NUMBER = re.compile(r"(?<![0-9])([0-9]{12})([0-9]{4})(?![0-9])")


def fact_title(ruleset: Ruleset, fact: str, language: Language) -> str:
    """A fact's title for a reader: 'Menerima PKH', 'anggota: Tanggal lahir'."""
    if fact == "members":
        return MEMBERS.say(language)
    if fact.startswith("member."):
        field = _field(ruleset.member_fields, fact.removeprefix("member."))
        return Words("anggota: ", "member: ").say(language) + _title(field, fact, language)
    return _title(_field(ruleset.family_fields, fact), fact, language)


def _field(fields: tuple[Field, ...], name: str) -> Field | None:
    return next((field for field in fields if field.name == name), None)


def _title(field: Field | None, name: str, language: Language) -> str:
    return (field.title.say(language) or name) if field else name


def mask(value: str) -> str:
    """An identifier without what identifies: a long number keeps its last four digits, anything else nothing.

    The first six digits of a NIK give the sub-district and the next six the birth date, which neighbours
    know.

    >>> mask("7504044107859010")
    '••••••••••••9010'
    """
    if value.isdecimal() and len(value) >= 3 * SHOWN:
        return DOT * (len(value) - SHOWN) + value[-SHOWN:]
    return DOT * 6 if value else value


def mask_numbers(text: str, shown: str | None = None) -> str:
    """The text with every sixteen-digit number masked, except `shown`; its length stays."""
    return LONG_NUMBER.sub(lambda found: found[0] if found[0] == shown else DOT * len(found[1]) + found[2], text)
