"""People behind pseudonyms: sealed on the way in, found by number without opening, and read in clear only by `reveal`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.masking import mask
from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.problems import not_allowed, unsound
from ejps_core.store.retention import refuse_destroyed
from ejps_core.store.sealing import Lock, Sealed, UnopenedError, blind
from ejps_core.store.session import Store
from ejps_core.store.tables import DataKey, KeyDestruction, ListVersion, Person, ReceivedList
from ejps_core.store.words import KeyKind, Unit

IDENTIFIERS = ("nik", "kk", "name", "address", "phone")
INDEXED = ("nik", "kk")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, in clear: for memory only, never for a log or a file. Its text is masked."""

    pid: str
    unit: Unit = Unit.FAMILY
    family_pid: str | None = None
    nik: str | None = None
    kk: str | None = None
    name: str | None = None
    address: str | None = None
    phone: str | None = None

    def masked(self) -> Identity:
        """The same with at most the last four digits of its numbers."""
        hidden = {name: mask(value) for name in IDENTIFIERS if (value := getattr(self, name)) is not None}
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        return Identity(**(kept | hidden))

    def __repr__(self) -> str:
        return f"Identity({self.pid})"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a number led to, still sealed."""

    version_id: int
    pid: str
    unit: Unit
    family_pid: str | None


def sealed_people(store: Store, key_id: str, index_key: str, people: Iterable[Identity]) -> list[dict[str, Any]]:
    """People as records of the table, sealed with the key; slow work that needs no transaction."""
    lock, index = store.keys.lock(key_id), store.keys.key(index_key)
    records = []
    for person in people:
        record: dict[str, Any] = {
            "pid": person.pid,
            "key_id": key_id,
            "unit": person.unit.value,
            "family_pid": person.family_pid,
            "index_key": index_key,
        }
        for name in IDENTIFIERS:
            value = getattr(person, name)
            record[name] = None if value is None else lock.seal(_bytes(value), bound(name, person.pid))
        for name in INDEXED:
            value = getattr(person, name)
            record[f"{name}_index"] = None if value is None else blind(index, name, value)
        records.append(record)
    return records


def index_keys(session: Session) -> tuple[str, ...]:
    """The keys of blind indexes that were not destroyed."""
    gone = select(col(KeyDestruction.key_id))
    living = select(col(DataKey.id)).where(col(DataKey.kind) == KeyKind.INDEX.value, col(DataKey.id).not_in(gone))
    return tuple(session.execute(living.order_by(col(DataKey.made_at), col(DataKey.id))).scalars())


def find(store: Store, session: Session, kind: str, values: Sequence[str]) -> dict[str, tuple[Found, ...]]:
    """Whom the numbers belong to, in all lists: value -> people. kind: nik or kk. Opens nothing."""
    if kind not in INDEXED:
        raise ValueError(kind)
    column = col(Person.nik_index) if kind == "nik" else col(Person.kk_index)
    meant = {blind(store.keys.key(key), kind, value): value for key in index_keys(session) for value in values}
    found: dict[str, list[Found]] = {}
    digests = list(meant)
    for start in range(0, len(digests), MOST_ASKED):
        asked = select(column, col(Person.version_id), col(Person.pid), col(Person.unit), col(Person.family_pid)).where(
            column.in_(digests[start : start + MOST_ASKED])
        )
        for digest, version_id, pid, unit, family_pid in session.execute(asked.order_by(col(Person.version_id))):
            found.setdefault(meant[digest], []).append(Found(version_id, pid, Unit(unit), family_pid))
    return {value: tuple(people) for value, people in found.items()}


MOST_ASKED = 10_000


def reveal(store: Store, act: Act, version_id: int, pids: Sequence[str] | None = None) -> Mapping[str, Identity]:
    """The people of a list version in clear, by pseudonym: the only way to clear identifiers.

    pids: only these. The act's role must allow its purpose, it must say why, and its district must be the list's: else
    StoreError. The reading (or its refusal) is in the audit log before anything is opened.
    """
    allow(store, act, version_id, "people.revealed", pids)
    with store.reading() as session:
        return _opened(store, session, version_id, pids)


def masked(store: Store, act: Act, version_id: int, pids: Sequence[str]) -> Mapping[str, Identity]:
    """These people with their numbers masked, for a page; that they were shown is in the audit log first."""
    with store.writing(act) as work:
        for pid in pids:
            work.tell("people.shown-masked", "person", pid, after={"version": version_id})
    with store.reading() as session:
        return {pid: who.masked() for pid, who in _opened(store, session, version_id, pids).items()}


def allow(store: Store, act: Act, version_id: int, action: str, pids: Sequence[str] | None = None) -> None:
    """Puts a reading in clear on record, then raises StoreError if the act may not do it; its refusal is on record too."""
    with store.reading() as session:
        why_not = act.may_see(district_of(session, version_id))
    after = {"version": version_id} | ({} if why_not is None else {"refused": why_not.en})
    told = action if why_not is None else f"{action.partition('.')[0]}.refused"
    with store.writing(act) as work:
        if not pids:
            work.tell(told, "version", version_id, after=after)
        for pid in pids or ():
            work.tell(told, "person", pid, after=after)
    if why_not is not None:
        raise not_allowed(why_not)


def district_of(session: Session, version_id: int) -> str | None:
    """The district whose list a version is of."""
    asked = select(col(ReceivedList.district)).join(ListVersion, col(ListVersion.list_id) == col(ReceivedList.id))
    return session.execute(asked.where(col(ListVersion.id) == version_id)).scalar_one_or_none()


def _opened(store: Store, session: Session, version_id: int, pids: Sequence[str] | None) -> dict[str, Identity]:
    key_id = refuse_destroyed(session, version_id)
    sealed = [col(getattr(Person, name)) for name in IDENTIFIERS]
    asked = select(col(Person.pid), col(Person.unit), col(Person.family_pid), *sealed).where(
        col(Person.version_id) == version_id, col(Person.key_id) == key_id
    )
    wanted = None if pids is None else set(pids)
    if wanted is not None and len(wanted) <= MOST_ASKED:
        asked = asked.where(col(Person.pid).in_(wanted))
    lock, people = store.keys.lock(key_id), {}
    for pid, unit, family_pid, *boxes in session.execute(asked.order_by(col(Person.pid))):
        if wanted is None or pid in wanted:
            clear = [_clear(lock, box, name, pid) for name, box in zip(IDENTIFIERS, boxes, strict=True)]
            people[pid] = Identity(pid, Unit(unit), family_pid, *clear)
    return people


def _clear(lock: Lock, sealed: Sealed | None, name: str, pid: str) -> str | None:
    if sealed is None:
        return None
    try:
        return lock.open(sealed, bound(name, pid)).decode("utf-8", "surrogatepass")
    except UnopenedError as problem:
        raise unsound(
            Words(
                f"Data tersegel {name} milik {pid} diubah dari luar.",
                f"The sealed {name} of {pid} was changed from outside.",
            )
        ) from problem


def _bytes(value: str) -> bytes:
    """The text as it came, damaged characters too."""
    return value.encode("utf-8", "surrogatepass")


def bound(name: str, pid: str) -> str:
    """What a sealed identifier is bound to."""
    return f"{name}:{pid}"
