"""For whom a store is read and changed: who, in which role, in which districts. Without a scope everything is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ejps_core.model.words import Words
from ejps_core.store.acts import MAY_SEE, Act, Purpose, Role
from ejps_core.store.problems import StoreError

ALL = "*"
"""Every district, as PostgreSQL is told."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, and how far he sees. areas: the codes of districts; None: the whole province.

    account: the number of the account; None: the command line. rights: what the account may do, as the doors ask for it.
    acting: the account is of a deputy (Plt., Plh.), who signs by a delegation on record only.
    """

    who: str
    role: Role
    areas: frozenset[str] | None
    account: int | None = None
    rights: frozenset[str] = frozenset()
    acting: bool = False

    def covers(self, district: str | None) -> bool:
        """Whether the district is within the scope; what is of no district is so for the whole province only."""
        return self.areas is None or district in self.areas

    @property
    def purposes(self) -> frozenset[Purpose]:
        """For which purposes identifiers may be read in clear."""
        return MAY_SEE[self.role]

    @property
    def only_area(self) -> str | None:
        """The district, where there is just one."""
        return next(iter(self.areas)) if self.areas is not None and len(self.areas) == 1 else None

    def act(self, purpose: Purpose, at: datetime, why: str = "", district: str | None = None) -> Act:
        """An act of this scope; district: the one it is about. StoreError if that is a foreign one."""
        if district is not None and not self.covers(district):
            raise out_of_scope()
        return Act(self.who, self.role, purpose, at, why, None if self.areas is None else district or self.only_area)

    def as_setting(self) -> str:
        """The areas as PostgreSQL's policies read them."""
        return ALL if self.areas is None else ",".join(sorted(self.areas))


EVERYWHERE = Scope("system", Role.SYSTEM, None)
"""The scope of the command line: whoever can read the keys sees the whole store anyway."""


def no_scope() -> StoreError:
    return StoreError(
        "scope-missing",
        Words("Tidak disebut untuk siapa data ini dibaca.", "It is not said for whom this data is read."),
        Words("Masuk dahulu.", "Sign in first."),
    )


def out_of_scope() -> StoreError:
    return StoreError(
        "not-found",
        Words("Tidak ada, atau bukan dari wilayah Anda.", "There is no such thing, or it is not of your area."),
    )
