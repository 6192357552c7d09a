"""Who acts, in which role, what for and when: every change and every reading of personal data has an Act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ejps_core.model.decreed import DecreeAct
from ejps_core.model.words import Words
from ejps_core.store.column_types import LONGEST_NAME, discreet_text
from ejps_core.store.problems import StoreError, not_allowed


class Role(StrEnum):
    """In which role somebody acts."""

    DISTRICT = "district"
    """petugas kabupaten/kota: own district only"""
    VERIFIER = "verifier"
    """petugas verifikasi: decides doubtful matches"""
    HEAD = "head"
    """kepala daerah atau perangkat daerah, atau Plt./Plh.: approves and signs decrees of its district"""
    PROVINCE = "province"
    """pengelola provinsi"""
    PROTECTION = "protection"
    """pejabat pelindungan data pribadi (UU 27/2022, Art. 53)"""
    AUDITOR = "auditor"
    """pemeriksa: sees everything but identifiers in clear"""
    SYSTEM = "system"
    """pengelola sistem (TI provinsi): accounts, keys and upgrades, never identifiers in clear"""
    DESIGNER = "designer"
    """perancang aturan: rules, never families"""
    LEADER = "leader"
    """pimpinan provinsi: sees figures and the rows behind them, never identifiers in clear"""
    COMPLAINTS = "complaints"
    """petugas pengaduan: answers families"""


class Purpose(StrEnum):
    """What something is done for (UU 27/2022, Art. 16 and 27: limited to its purpose)."""

    IMPORT = "import"
    MATCHING = "matching"
    VERIFICATION = "verification"
    DECISION = "decision"
    DELIVERY = "delivery"
    RETURN = "return"
    """the list goes back to its district"""
    SUBJECT_ACCESS = "subject_access"
    RETENTION = "retention"
    AUDIT = "audit"
    ADMINISTRATION = "administration"


OF_ONE_DISTRICT = frozenset({Role.DISTRICT, Role.HEAD})
"""Roles that act for one district, and say which."""

MAY_SEE: dict[Role, frozenset[Purpose]] = {
    Role.DISTRICT: frozenset({Purpose.IMPORT, Purpose.MATCHING, Purpose.VERIFICATION, Purpose.RETURN, Purpose.DELIVERY}),
    Role.VERIFIER: frozenset({Purpose.MATCHING, Purpose.VERIFICATION}),
    Role.PROVINCE: frozenset({Purpose.IMPORT, Purpose.MATCHING, Purpose.VERIFICATION, Purpose.RETURN, Purpose.DELIVERY}),
    Role.HEAD: frozenset({Purpose.VERIFICATION, Purpose.DELIVERY}),
    Role.PROTECTION: frozenset({Purpose.SUBJECT_ACCESS}),
    Role.COMPLAINTS: frozenset({Purpose.VERIFICATION}),
    Role.AUDITOR: frozenset(),
    Role.SYSTEM: frozenset(),
    Role.DESIGNER: frozenset(),
    Role.LEADER: frozenset(),
}
"""For which purposes each role may read identifiers in clear."""


MAY_DO: dict[DecreeAct, frozenset[Role]] = {
    DecreeAct.DRAFT: frozenset({Role.DISTRICT, Role.PROVINCE}),
    DecreeAct.CHECK: frozenset({Role.DISTRICT, Role.VERIFIER}),
    DecreeAct.APPROVE: frozenset({Role.HEAD}),
    DecreeAct.RETURN: frozenset({Role.DISTRICT, Role.VERIFIER, Role.PROVINCE, Role.HEAD}),
    DecreeAct.ISSUE: frozenset({Role.DISTRICT, Role.PROVINCE, Role.HEAD}),
    DecreeAct.WITHDRAW: frozenset({Role.DISTRICT, Role.PROVINCE, Role.HEAD}),
}
"""Which roles may do what with a decree; what was done before (four eyes) is looked at besides."""
MAY_CLOSE = frozenset({Role.AUDITOR, Role.HEAD, Role.PROVINCE})
"""Which roles may close an inspector's finding."""
OFFICERS = frozenset({Role.DISTRICT, Role.PROVINCE, Role.HEAD})
"""Who records deliveries, holds, objections and what was done about findings."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. at: the moment, with its zone, given by the caller. why: in words. district: the only one it may touch.

    account: under which the machine knows who acts; two names under one account count as one person.
    """

    who: str
    role: Role
    purpose: Purpose
    at: datetime
    why: str = ""
    district: str | None = None
    account: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment without a time zone")
        who = discreet_text(self.who).strip()
        object.__setattr__(self, "who", who)
        object.__setattr__(self, "account", discreet_text(self.account).strip()[:LONGEST_NAME])
        if not 0 < len(who) <= LONGEST_NAME:
            raise StoreError(
                "who-missing",
                Words("Tidak disebut siapa yang bertindak.", "It is not said who acts."),
                Words(
                    f"Sebutkan namanya, paling panjang {LONGEST_NAME} huruf.",
                    f"Name them, in {LONGEST_NAME} letters at most.",
                ),
            )

    def may_see(self, district: str | None) -> Words | None:
        """None if this act may read identifiers of the district in clear, else why not."""
        if self.purpose not in MAY_SEE[self.role]:
            return Words(
                f"Peran {self.role} tidak boleh membaca data pribadi untuk tujuan {self.purpose}.",
                f"The role {self.role} may not read personal data for the purpose {self.purpose}.",
            )
        if not self.why.strip():
            return Words("Alasan membaca data pribadi belum disebut.", "It is not said why personal data is read.")
        if self.role in OF_ONE_DISTRICT and self.district is None:
            return Words("Petugas kabupaten/kota tanpa daerah.", "A district's officer without a district.")
        if self.district is not None and self.district != district:
            return Words(
                f"Petugas {self.district} tidak boleh membaca data {district or 'daerah lain'}.",
                f"An officer of {self.district} may not read data of {district or 'other districts'}.",
            )
        return None

    def refuse_unless(self, roles: frozenset[Role], district: str) -> None:
        """Raises StoreError if this act's role is none of these, or its district is another one."""
        if self.role not in roles:
            listed = ", ".join(sorted(roles))
            raise StoreError(
                "role-not-allowed",
                Words(f"Peran {self.role} tidak boleh melakukan ini.", f"The role {self.role} may not do this."),
                Words(f"Peran yang boleh: {listed}.", f"The roles that may: {listed}."),
            )
        if self.district not in (None, district):
            raise StoreError(
                "other-district",
                Words(
                    f"Petugas {self.district} tidak dapat menangani {district}.",
                    f"An officer of {self.district} can't handle {district}.",
                ),
            )

    def refuse_unless_may_see(self, district: str | None) -> None:
        """Raises StoreError if identifiers of the district may not be read by this act."""
        if (why := self.may_see(district)) is not None:
            raise not_allowed(why)
