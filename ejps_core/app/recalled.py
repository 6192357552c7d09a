"""What is on record of a list before a newer version of it comes: its rows, and who is who under which pseudonym."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.store.lists import newest_version
from ejps_core.store.sealing import INDEX_CHARACTERS
from ejps_core.store.tables import ListRow, ListVersion, Person, ReceivedList
from ejps_core.store.words import Unit

ALIKE = 0.5
"""From this share of the same families and persons on a file is taken for a corrected version."""


@dataclass(frozen=True, slots=True)
class Before:
    """The last version of a list. marks: of its rows, identity and content. pids by blind number.

    families: by family card, else by NIK, with the family's own number first; members: by the family's pseudonym and NIK.
    """

    marks: frozenset[str] = frozenset()
    families: dict[str, str] = field(default_factory=dict)
    members: dict[tuple[str, str], str] = field(default_factory=dict)


def correction_of(
    session: Session, district: str, program: str | None, phase: str | None, names: Sequence[str]
) -> int | None:
    """The list of the district of which these rows are a newer version; None: of none.

    names: digests of the rows' identities. Lists of another program or phase hold the same families and are others.
    """
    newest = select(func.max(col(ListVersion.id))).group_by(col(ListVersion.list_id))
    asked = (
        select(col(ListVersion.list_id), col(ListVersion.id))
        .join(ReceivedList, col(ReceivedList.id) == col(ListVersion.list_id))
        .where(col(ReceivedList.district) == district, col(ListVersion.id).in_(newest))
        .where(col(ReceivedList.program).is_(None) if program is None else col(ReceivedList.program) == program)
        .where(col(ReceivedList.phase).is_(None) if phase is None else col(ReceivedList.phase) == phase)
    )
    wanted, best = set(names), (0.0, 0)
    for list_id, version_id in session.execute(asked.order_by(col(ListVersion.id))):
        digests = session.execute(select(col(ListRow.digest)).where(col(ListRow.version_id) == version_id)).scalars()
        old = {digest[:INDEX_CHARACTERS] for digest in digests}
        share = len(old & wanted) / max(len(old), len(wanted), 1)
        best = max(best, (share, int(list_id)))
    return best[1] if best[0] >= ALIKE else None


def before(session: Session, list_id: int) -> Before:
    """The last version of a list."""
    version = newest_version(session, list_id)
    digests = session.execute(select(col(ListRow.digest)).where(col(ListRow.version_id) == version.id)).scalars()
    families: dict[str, str] = {}
    members: dict[tuple[str, str], str] = {}
    asked = select(
        col(Person.pid), col(Person.unit), col(Person.family_pid), col(Person.kk_index), col(Person.nik_index)
    ).where(col(Person.version_id) == version.id)
    for pid, unit, family, kk, nik in session.execute(asked.order_by(col(Person.pid))):
        if unit == Unit.FAMILY.value:
            if (number := kk or nik) is not None:
                families.setdefault(number, pid)
        elif nik is not None and family is not None:
            members.setdefault((family, nik), pid)
    return Before(frozenset(digests), families, members)
