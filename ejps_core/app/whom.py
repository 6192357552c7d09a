"""Who is meant by a number: the family or person of a list, found by pseudonym, family card or NIK, opening nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.masking import digits_of, mask
from ejps_core.model.words import Words
from ejps_core.store.people import find
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from ejps_core.store.tables import ListVersion, Person, Run


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of a list: the pseudonym, and the family's."""

    pid: str
    family: str


def versions_of_run(session: Session, run_id: int) -> tuple[int, ...]:
    """All versions of the list that a run has read: pseudonyms are the same in each of them."""
    own = select(col(ListVersion.list_id)).join(Run, col(Run.version_id) == col(ListVersion.id)).where(col(Run.id) == run_id)
    asked = select(col(ListVersion.id)).where(col(ListVersion.list_id) == own.scalar_subquery())
    return tuple(session.execute(asked.order_by(col(ListVersion.id))).scalars())


def people_meant(
    store: Store, session: Session, versions: Collection[int], texts: Iterable[str]
) -> dict[str, tuple[Known, ...]]:
    """Whom each text may mean: a pseudonym, a family-card number, a NIK; nobody: an empty tuple."""
    wanted = list(dict.fromkeys(texts))
    numbers = {text: digits_of(text) for text in wanted}
    found: dict[str, dict[str, Known]] = {text: {} for text in wanted}
    asked = select(col(Person.pid), col(Person.family_pid)).where(
        col(Person.version_id).in_(versions), col(Person.pid).in_(wanted)
    )
    for pid, family in session.execute(asked):
        found[pid][pid] = Known(pid, family or pid)
    for kind in ("kk", "nik"):
        people = find(store, session, kind, sorted({number for number in numbers.values() if number.isdecimal()}))
        for text, number in numbers.items():
            for each in people.get(number, ()):
                if each.version_id in versions:
                    found[text][each.pid] = Known(each.pid, each.family_pid or each.pid)
    return {text: tuple(people.values()) for text, people in found.items()}


def one_of(people: Iterable[Known], pids: Collection[str]) -> str | None:
    """The one of these pseudonyms that is meant, by its own or its family's; None: nobody, or more than one."""
    hits = {each.pid for each in people if each.pid in pids} or {each.family for each in people if each.family in pids}
    return next(iter(hits)) if len(hits) == 1 else None


def nobody(text: str) -> StoreError:
    """What is said where a text means nobody, or more than one."""
    shown = mask(text) if digits_of(text).isdecimal() else text
    return StoreError(
        "nobody-meant",
        Words(
            f"{shown} bukan satu keluarga (atau orang) dari daftar keputusan ini.",
            f"{shown} is not one family (or person) of the list of this decree.",
        ),
        Words(
            "Tulis nama samaran, nomor KK atau NIK seperti di daftarnya.",
            "Write the pseudonym, family card or NIK as in the list.",
        ),
    )
