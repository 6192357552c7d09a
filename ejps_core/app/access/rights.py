"""What each role may do. A door names the right that a page or a route needs; the scope of the request must hold it."""

from __future__ import annotations

from enum import StrEnum

from ejps_core.model.words import Words
from ejps_core.store.acts import OF_ONE_DISTRICT, Role


class Right(StrEnum):
    """Something that may be done."""

    SEE_LISTS = "lists.see"
    SEND_LISTS = "lists.send"
    """Upload a list, confirm its columns, mend its rows."""
    DECIDE = "runs.make"
    SEE_FAMILIES = "families.see"
    """Decisions and reasons of one family, identifiers masked."""
    REVEAL = "families.reveal"
    """Identifiers in clear, for a stated purpose."""
    DETERMINE = "determinations.make"
    APPROVE = "runs.approve"
    DECREE = "decrees.make"
    """Draft a decree or an amendment."""
    HANDLE_DECREES = "decrees.handle"
    """Check, return, issue or withdraw one; which of these, the role says."""
    DELIVER = "aid.deliver"
    """Record deliveries, holds, and objections with their answers."""
    INSPECT = "findings.handle"
    """Record inspectors' findings and what is done about them."""
    SEE_FIGURES = "figures.see"
    SEE_PROVINCE = "province.see"
    """Money, positions, targeting and quality of all districts beside each other."""
    FREEZE = "positions.freeze"
    ENTER_MONEY = "money.enter"
    """Put money, a district's report or a reason on record; a district's officer for his own district."""
    SAMPLE = "samples.handle"
    """Draw a sample for a ground check and record what was found."""
    SET_HOLIDAYS = "holidays.set"
    SEE_PROGRAMS = "programs.see"
    TRY_FAMILY = "programs.try"
    MANAGE_PROGRAMS = "programs.manage"
    SEE_REGISTERS = "registers.see"
    SEND_REGISTERS = "registers.send"
    SEE_AUDIT = "audit.see"
    REPLAY = "runs.replay"
    MANAGE_ACCOUNTS = "accounts.manage"
    SEE_ALL_JOBS = "jobs.see_all"
    ANSWER_COMPLAINTS = "complaints.answer"
    OWN_ACCOUNT = "account.own"
    """One's own password, sessions, tokens and jobs: everybody's."""


_EVERYBODY = frozenset({Right.OWN_ACCOUNT, Right.SEE_PROGRAMS, Right.TRY_FAMILY})
_LOOKING = frozenset({Right.SEE_LISTS, Right.SEE_FAMILIES, Right.SEE_FIGURES})
_WORKING = _LOOKING | {Right.SEND_LISTS, Right.DECIDE, Right.DETERMINE, Right.REVEAL, Right.SEE_REGISTERS}
_AIDING = frozenset({Right.HANDLE_DECREES, Right.DELIVER, Right.INSPECT})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.DISTRICT: _EVERYBODY | _WORKING | _AIDING | {Right.DECREE, Right.ENTER_MONEY},
    Role.HEAD: _EVERYBODY | _LOOKING | _AIDING | {Right.APPROVE, Right.REVEAL},
    Role.VERIFIER: _EVERYBODY | _LOOKING | {Right.DETERMINE, Right.REVEAL, Right.SEE_REGISTERS, Right.HANDLE_DECREES},
    Role.PROVINCE: _EVERYBODY
    | _WORKING
    | _AIDING
    | {Right.DECREE, Right.SEND_REGISTERS, Right.MANAGE_PROGRAMS, Right.SEE_PROVINCE, Right.FREEZE}
    | {Right.ENTER_MONEY, Right.SAMPLE, Right.SET_HOLIDAYS},
    Role.LEADER: _EVERYBODY | _LOOKING | {Right.SEE_PROVINCE},
    Role.DESIGNER: _EVERYBODY,
    Role.SYSTEM: _EVERYBODY
    | {Right.MANAGE_ACCOUNTS, Right.SEE_ALL_JOBS, Right.SEE_AUDIT, Right.SEE_REGISTERS, Right.MANAGE_PROGRAMS}
    | {Right.SET_HOLIDAYS},
    Role.AUDITOR: _EVERYBODY
    | _LOOKING
    | {Right.SEE_PROVINCE, Right.SEE_AUDIT, Right.REPLAY, Right.SEE_REGISTERS, Right.SEE_ALL_JOBS, Right.INSPECT}
    | {Right.SAMPLE},
    Role.PROTECTION: _EVERYBODY | {Right.SEE_AUDIT, Right.REVEAL},
    Role.COMPLAINTS: _EVERYBODY | {Right.SEE_FAMILIES, Right.SEE_LISTS, Right.REVEAL, Right.ANSWER_COMPLAINTS},
}

TITLES: dict[Role, Words] = {
    Role.DISTRICT: Words("Operator kabupaten/kota", "District operator"),
    Role.HEAD: Words("Kepala dinas kabupaten/kota", "Head of the district's office"),
    Role.VERIFIER: Words("Petugas verifikasi", "Verification officer"),
    Role.PROVINCE: Words("Pengelola provinsi", "Provincial manager"),
    Role.LEADER: Words("Pimpinan provinsi", "Provincial leader"),
    Role.DESIGNER: Words("Perancang aturan", "Rule designer"),
    Role.SYSTEM: Words("TI provinsi", "Provincial IT"),
    Role.AUDITOR: Words("Pemeriksa", "Auditor"),
    Role.PROTECTION: Words("Pejabat pelindungan data pribadi", "Data protection officer"),
    Role.COMPLAINTS: Words("Petugas pengaduan", "Complaints officer"),
}


def needs_one_district(role: Role) -> bool:
    """Whether the role is of one district only."""
    return role in OF_ONE_DISTRICT
