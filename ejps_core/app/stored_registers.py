"""The registers on record for a district: the newest snapshots that may be known, where they are declared complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow as pa
from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.registers import Gathered
from ejps_core.app.stored_awards import ON_RECORD, AwardsSeen, Knowing, StoreAwards, awards_on_record
from ejps_core.app.stored_facts import Stored
from ejps_core.app.stored_matchings import Used, outdated, used_matching
from ejps_core.hooks.manager import Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number, day_of
from ejps_core.model.declared import Identity, Register
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.registers import AWARDS, Declaration
from ejps_core.model.ruleset import Field
from ejps_core.model.words import Words
from ejps_core.registry.award_rows import with_more
from ejps_core.store.acts import Act
from ejps_core.store.registers import newest_snapshot, of_list, read_snapshot, snapshot_of
from ejps_core.store.sealing import blind
from ejps_core.store.session import Store
from ejps_core.store.tables import CompletenessDeclaration, RegisterSnapshot
from ejps_core.store.words import Declared

if TYPE_CHECKING:
    from ejps_core.registry.feeding import Feed


@dataclass(frozen=True, slots=True)
class Beheld:
    """What a run may see of the registers. snapshots: exactly these, None: the newest. known: as recorded by this moment.

    matchings: exactly these, each with exactly these answers; None: the newest. awards: what counted of the store's own
    decrees and payments; None: all that is known.
    """

    snapshots: tuple[int, ...] | None = None
    known: datetime | None = None
    matchings: Mapping[int, tuple[int, ...]] | None = None
    awards: AwardsSeen | None = None


@dataclass(slots=True)
class Seen:
    """All that the registers say, the snapshots that were read, and the matchings that tell who is who in them.

    awards: those of the store's own decrees and payments; None: there are none, or nobody asked.
    """

    gathered: Gathered = field(default_factory=Gathered)
    snapshots: list[int] = field(default_factory=list)
    matchings: dict[str, Used] = field(default_factory=dict)
    awards: StoreAwards | None = None


def gathered(
    store: Store,
    act: Act,
    stored: Stored,
    fields: Sequence[Field],
    plugins: Plugins,
    as_of: AsOf,
    beheld: Beheld,
    awards: str | None,
) -> Seen:
    """All that the registers say to these rules, by blind numbers and by matching. awards: the program that asks them."""
    from ejps_core.registry.feeding import feeds

    seen = Seen()
    for register in (loaded.what for loaded in plugins.registers):
        own, said = feeds(register, fields, heads=True) if register.name != AWARDS else ((), ())
        if not own and not (register.name == AWARDS and awards is not None):
            continue
        with store.reading() as session:
            chosen = _chosen(session, register.name, stored, as_of, beheld)
            declared = () if chosen is None else _declarations(session, register.name, chosen, beheld.known)
            if chosen is not None and register.name != AWARDS:
                _match(seen, session, stored, chosen, beheld)
        if chosen is None or chosen.id is None or stored.index is None:
            continue
        seen.gathered.findings += said
        seen.gathered.declarations += tuple(declared)
        seen.snapshots.append(chosen.id)
        _read(seen.gathered, register, chosen, read_snapshot(store, act, chosen.id), stored.index, own, as_of)
    asked = next((each.what for each in plugins.registers if each.what.name == AWARDS), None)
    if awards is not None and asked is not None:
        knowing = Knowing(awards, day_of(as_of.known), beheld.known, beheld.awards)
        with store.reading() as session:
            seen.awards = awards_on_record(session, stored, knowing)
        if seen.awards is not None:
            _take(seen.gathered, asked, seen.awards)
    return seen


def _take(found: Gathered, register: Register, own: StoreAwards) -> None:
    """The store's own awards beside those of the register. Where some can't be compared, nobody is a no any more."""
    found.awards = with_more(found.awards, register, own.awards, ON_RECORD, own.digest)
    count = len(own.awards.programs)
    words = Words(
        f"{count} penetapan menurut keputusan dan pembayaran yang tercatat di sini juga dihitung.",
        f"{count} awards by decrees and payments on record here count too.",
    )
    found.findings.append(Diagnostic("awards-on-record", Severity.REMARK, None, words))
    if own.unmatched:
        found.declarations = tuple(each for each in found.declarations if each.register != AWARDS)
        words = Words(
            f"{own.unmatched} penetapan dari daftar dengan kunci indeks lain tidak dapat dibandingkan: siapa yang tidak "
            "ditemukan tetap belum diketahui.",
            f"{own.unmatched} awards of lists under another index key can't be compared: who is not found stays unknown.",
        )
        mend = Words("Terima lagi daftar yang lebih lama.", "Receive the older list again.")
        found.findings.append(Diagnostic("awards-not-comparable", Severity.REMARK, None, words, mend))


def _match(seen: Seen, session: Session, stored: Stored, chosen: RegisterSnapshot, beheld: Beheld) -> None:
    """Who the list's people are in this snapshot, as far as matching and officials have found it."""
    used = used_matching(session, stored, chosen, beheld.known, beheld.matchings)
    if used is not None:
        seen.matchings[chosen.kind] = used
    elif beheld.matchings is None and (said := outdated(session, stored, chosen, beheld.known)) is not None:
        seen.gathered.findings.append(said)


def _chosen(session: Session, kind: str, stored: Stored, as_of: AsOf, beheld: Beheld) -> RegisterSnapshot | None:
    """The newest snapshot for the list itself, its district or the whole province whose data may be known."""
    if beheld.snapshots is not None:
        given = (snapshot_of(session, each) for each in beheld.snapshots)
        return next((each for each in given if each.kind == kind), None)
    by = day_of(as_of.known)
    areas = {of_list(stored.list_id), stored.district, stored.district.split(".", maxsplit=1)[0]}
    found = [newest_snapshot(session, kind, area, by=by, known=beheld.known) for area in sorted(areas)]
    return max((each for each in found if each is not None), key=lambda each: (each.as_of, each.id or 0), default=None)


def _declarations(
    session: Session, name: str, snapshot: RegisterSnapshot, known: datetime | None
) -> tuple[Declaration, ...]:
    """Those that stand. One that was taken back for a part of its area is not used at all: who is absent stays unknown."""
    asked = select(CompletenessDeclaration).where(col(CompletenessDeclaration.snapshot_id) == snapshot.id)
    if known is not None:
        asked = asked.where(col(CompletenessDeclaration.recorded_at) <= known)
    newest = {each.area: each for each in session.execute(asked.order_by(col(CompletenessDeclaration.id))).scalars()}
    gone = [area for area, each in newest.items() if each.state == Declared.WITHDRAWN.value]
    return tuple(
        Declaration(name, area, day_number(each.as_of), each.declared_by)
        for area, each in sorted(newest.items())
        if each.state == Declared.MADE.value and not any(other.startswith(f"{area}.") for other in gone)
    )


def _read(
    found: Gathered,
    register: Register,
    chosen: RegisterSnapshot,
    content: bytes,
    index: bytes,
    own: tuple[Feed, ...],
    as_of: AsOf,
) -> None:
    from ejps_core.registry.award_files import read_awards
    from ejps_core.registry.kept_listing import from_parquet
    from ejps_core.registry.snapshots import File, snapshot

    listing = from_parquet(content, chosen.source)
    file = File(chosen.source, chosen.content_hash, day_number(chosen.as_of))
    if register.name == AWARDS:
        record, said = read_awards(register, listing, file, as_of.on)
        awards = replace(
            record.awards,
            families=_blind(record.awards.families, "kk", index),
            persons=_blind(record.awards.persons, "nik", index),
        )
        found.awards = replace(record, register=replace(record.register, keys=awards.families), awards=awards)
        found.findings += said
        return
    read, said = snapshot(register, listing, own, file, as_of.on)
    found.findings += said
    if read is not None:
        kind = "kk" if register.key is Identity.KK else "nik"
        found.snapshots.append((replace(read, keys=_blind(read.keys, kind, index)), own))


def _blind(numbers: pa.Array, kind: str, index: bytes) -> pa.Array:
    """Numbers as the list's people are known by: nobody's number is compared in clear."""
    return pa.array([None if each is None else blind(index, kind, each) for each in numbers.to_pylist()], pa.string())
