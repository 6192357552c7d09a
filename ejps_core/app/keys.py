"""Keys of the store: which there are, their terms, rotation and destruction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.acts import Purpose
from ejps_core.store.opening import open_store
from ejps_core.store.retention import KeyState, destroy, due, finish_destructions, keep_until, keys_of
from ejps_core.store.rotation import new_index_key, rotate_master, seal_anew


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A key as it is shown: nothing of it is secret."""

    id: str
    kind: str
    about: str
    made: date
    until: date | None
    destroyed: date | None
    destroyed_by: str | None
    why: str | None
    present: bool


def listed(options: StoreOptions) -> tuple[KeyShown, ...] | Diagnostic:
    """All keys on record."""

    def keys() -> tuple[KeyShown, ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(_shown(each) for each in keys_of(store, session))

    return attempt(keys)


def over(options: StoreOptions, day: date) -> tuple[str, ...] | Diagnostic:
    """The keys whose term has ended by the day."""

    def keys() -> tuple[str, ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(key.id for key in due(session, day))

    return attempt(keys)


def retain(options: StoreOptions, actor: Actor, key_id: str, until: date) -> Diagnostic | None:
    """Sets until when a key is kept."""

    def kept() -> None:
        with open_store(place_of(options)) as store, store.writing(act_of(actor, Purpose.RETENTION)) as work:
            keep_until(work, key_id, until, actor.why)

    return attempt(kept)


def end(options: StoreOptions, actor: Actor, key_id: str) -> Diagnostic | None:
    """Destroys a key."""

    def destroyed() -> None:
        with open_store(place_of(options)) as store:
            destroy(store, act_of(actor, Purpose.RETENTION), key_id, actor.why)

    return attempt(destroyed)


def finish(options: StoreOptions, actor: Actor) -> tuple[str, ...] | Diagnostic:
    """Carries out destructions that are on record and were interrupted; the keys."""

    def finished() -> tuple[str, ...]:
        with open_store(place_of(options)) as store:
            return finish_destructions(store, act_of(actor, Purpose.RETENTION))

    return attempt(finished)


def rotate(options: StoreOptions, actor: Actor, key_id: str | None, *, index: bool) -> str | Diagnostic:
    """A new master key; or, for a list's key, a new key that seals the list anew; or a new index key. The new id."""

    def rotated() -> str:
        act = act_of(actor, Purpose.ADMINISTRATION)
        with open_store(place_of(options)) as store:
            if index:
                return new_index_key(store, act)
            return rotate_master(store, act) if key_id is None else seal_anew(store, act, key_id, actor.why)

    return attempt(rotated)


def _shown(state: KeyState) -> KeyShown:
    gone = state.destroyed
    return KeyShown(
        id=state.key.id,
        kind=state.key.kind,
        about=state.key.about,
        made=state.key.made_at.date(),
        until=state.until,
        destroyed=None if gone is None else gone.destroyed_at.date(),
        destroyed_by=None if gone is None else gone.destroyed_by,
        why=None if gone is None else gone.why,
        present=state.present,
    )
