"""Which programs decide in which districts, now and in former periods; and changing it, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.registry.regions import DISTRICTS
from ejps_core.store.acts import Purpose
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.programs import Enabling, ensure_district, set_state, state_on
from ejps_core.store.tables import ProgramEnabled
from ejps_core.store.words import ProgramState

MISSING = "missing"
"""On record, but no longer installed."""


@dataclass(frozen=True, slots=True)
class States:
    """now: by program, the state in each district (None: never enabled). history: every record, the newest first."""

    day: date
    now: tuple[tuple[str, bool, tuple[tuple[str, str | None], ...]], ...]
    history: tuple[Mapping[str, Any], ...]


def states(options: StoreOptions, day: date, plugins: Plugins) -> States | Diagnostic:
    """The state of every program, installed or on record, in every district on a day."""

    def found() -> States:
        with open_store(place_of(options)) as store, store.reading() as session:
            records = session.execute(select(ProgramEnabled).order_by(col(ProgramEnabled.id).desc())).scalars().all()
            installed = {each.what.id for each in plugins.programs}
            rows = []
            for program in sorted(installed | {each.program for each in records}):
                own = ((code, state_on(session, program, code, day)) for code in DISTRICTS)
                said = tuple((code, None if each is None else each.state) for code, each in own)
                rows.append((program, program in installed, said))
            return States(day, tuple(rows), tuple(map(_told, records)))

    return attempt(found)


def change_state(options: StoreOptions, actor: Actor, wanted: Enabling, plugins: Plugins) -> int | Diagnostic:
    """Records that a program is active, or laid aside for a time, in a district from a day on; the old record stays."""

    def made() -> int:
        if plugins.named(wanted.program) is None:
            raise StoreError(
                "unknown-program",
                Words(f"Program {wanted.program} tidak terpasang.", f"The program {wanted.program} is not installed."),
            )
        if wanted.district not in DISTRICTS or not wanted.why.strip():
            raise StoreError("state-incomplete", Words("Sebutkan daerah dan alasannya.", "Say the district and the reason."))
        if wanted.period_to is not None and wanted.period_to < wanted.period_from:
            raise StoreError("bad-period", Words("Akhir masa mendahului awalnya.", "The period ends before it begins."))
        with open_store(place_of(options)) as store, store.writing(act_of(actor, Purpose.ADMINISTRATION)) as work:
            ensure_district(work, wanted.district, DISTRICTS[wanted.district])
            return set_state(work, wanted)

    return attempt(made)


def _told(record: ProgramEnabled) -> Mapping[str, Any]:
    return {
        "program": record.program,
        "district": record.district,
        "from": record.period_from.isoformat(),
        "to": None if record.period_to is None else record.period_to.isoformat(),
        "state": record.state,
        "why": record.why,
        "document": record.document,
        "at": record.recorded_at.isoformat(timespec="seconds"),
        "by": record.recorded_by,
    }


__all__ = ["DISTRICTS", "MISSING", "Enabling", "ProgramState", "States", "change_state", "states"]
