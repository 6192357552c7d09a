"""The words of reports in both languages: verdicts, seats, reasons, facts still needed.

Terms as officials use them.
"""

from __future__ import annotations

from enum import StrEnum

from ejps_core.model.decisions import NO_SEAT, PROVISIONAL, SEAT, WAITS
from ejps_core.model.diagnostic import Severity
from ejps_core.model.ruleset import Field, Rule, RuleKind, Ruleset, Verdict
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
AMOUNT_OPEN = Words("Belum pasti", "Amount open")
"""The heading over how many of the eligible have an amount that is not known yet."""
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


class Told(StrEnum):
    """How sure it is that a rule decided against a family."""

    FAILED = "failed"
    PERHAPS = "perhaps"
    """One of several rules is false, whatever an unknown fact turns out to be; of this one it is not known."""
    UNKNOWN = "unknown"


NOT_MET = Words("tidak terpenuhi: ", "not met: ")
APPLIES = Words("gugur: ", "refused: ")
NOT_KNOWN = Words("belum diketahui: ", "unknown: ")


def reason_words(rule: Rule, told: Told, language: Language) -> str:
    """A rule as a reason, without its id: the author's message only where the rule is known to be false."""
    if told is Told.FAILED and rule.message and (said := rule.message.say(language)):
        return said
    if told is not Told.UNKNOWN:
        return without_message(rule, language)
    return NOT_KNOWN.say(language) + (rule.title.say(language) or rule.id)


def without_message(rule: Rule, language: Language) -> str:
    """A rule that refuses, by its title: what is not met, or why a family is refused."""
    start = NOT_MET if rule.kind is RuleKind.REQUIRE else APPLIES
    return start.say(language) + (rule.title.say(language) or rule.id)


NIK_TO_FOLLOW = Words("nik_menyusul", "nik_to_follow")
"""The column that marks families of which nobody's NIK is known."""
