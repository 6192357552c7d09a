"""Delegations (Plt., Plh.): put on record by another person than the deputy, and ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ejps_core.aid.signing import Signer, one_person
from ejps_core.app.drafting import act_in
from ejps_core.app.stores import Actor, StoreOptions, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.registry.regions import DISTRICTS, PROVINCE
from ejps_core.store.acts import OFFICERS, Act, Purpose
from ejps_core.store.delegations import Deputising, delegate, delegation_of, delegations, end_delegation
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.programs import ensure_district


def add(options: StoreOptions, actor: Actor, said: Deputising) -> int | Diagnostic:
    """Records a delegation; its number."""

    def made() -> int:
        with open_store(place_of(options)) as store:
            act = act_in(actor, Purpose.ADMINISTRATION, said.district or PROVINCE)
            act.refuse_unless(OFFICERS, said.district or PROVINCE)
            _refuse_oneself(act, said.deputy)
            if said.last < said.first:
                raise StoreError(
                    "dates-swapped",
                    Words("Tanggal akhirnya sebelum tanggal mulai.", "The last day is before the first."),
                )
            if said.district is not None and said.district not in DISTRICTS:
                raise _no_district(said.district)
            with store.writing(act) as work:
                if said.district is not None:
                    ensure_district(work, said.district, DISTRICTS[said.district])
                return delegate(work, said)

    return attempt(made)


def end(options: StoreOptions, actor: Actor, number: int, last: date) -> int | Diagnostic:
    """Records that a delegation ends earlier; the number of the new record."""

    def ended() -> int:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                found = delegation_of(session, number)
            act = act_in(actor, Purpose.ADMINISTRATION, found.district or PROVINCE)
            act.refuse_unless(OFFICERS, found.district or PROVINCE)
            if last >= found.last:
                raise StoreError(
                    "delegation-not-shorter",
                    Words(f"Penunjukan ini berakhir {found.last}.", f"This delegation ends on {found.last}."),
                    Words("Untuk memperpanjang, catat penunjukan baru.", "To prolong it, record a new one."),
                )
            with store.writing(act) as work:
                work.alone("delegations")
                return end_delegation(work, number, last)

    return attempt(ended)


def listed(options: StoreOptions) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The delegations that count."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(
                {
                    "delegation": each.id,
                    "district": each.district,
                    "office": each.office,
                    "capacity": each.capacity,
                    "deputy": each.deputy,
                    "powers": each.powers,
                    "first": each.first.isoformat(),
                    "last": each.last.isoformat(),
                    "document": each.document,
                    "document_date": each.document_date.isoformat(),
                    "recorded_by": each.recorded_by,
                }
                for each in delegations(session)
            )

    return attempt(found)


def _no_district(code: str) -> StoreError:
    listed = ", ".join(f"{each} {name}" for each, name in DISTRICTS.items())
    return StoreError(
        "unknown-district",
        Words(f"“{code}” bukan kabupaten/kota di Gorontalo.", f"“{code}” is no district of Gorontalo."),
        Words(f"Pilihannya: {listed}.", f"The districts: {listed}."),
    )


def _refuse_oneself(act: Act, deputy: str) -> None:
    if one_person(Signer(act.who, act.account), Signer(deputy)):
        raise StoreError(
            "delegation-to-oneself",
            Words("Penunjukan diri sendiri dicatat oleh orang lain.", "A delegation is recorded by somebody else."),
        )


__all__ = ["Deputising", "add", "end", "listed"]
