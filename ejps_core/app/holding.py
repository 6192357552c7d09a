"""Holds (ditangguhkan): a family's aid waits from a day, with who and why, until it is lifted on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ejps_core.app.decrees_on_record import held_on, on_record
from ejps_core.app.drafting import act_in
from ejps_core.app.stores import Actor, StoreOptions, attempt, place_of
from ejps_core.app.whom import nobody, one_of, people_meant, versions_of_run
from ejps_core.model.decreed import HoldReason
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import OFFICERS, Purpose
from ejps_core.store.decrees import members_of
from ejps_core.store.deliveries import Holding, hold, holds
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.words import Declared


@dataclass(frozen=True, slots=True)
class Asked:
    """A hold to be set or lifted for somebody of a decree. phase None: in every phase."""

    decree: int
    whom: str
    day: date
    reason: HoldReason
    why: str
    phase: int | None = None
    document: str = ""
    lifted: bool = False


def set_hold(options: StoreOptions, actor: Actor, asked: Asked) -> int | Diagnostic:
    """Records a hold, or that it is lifted; the number of the record."""

    def made() -> int:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                found = on_record(session, asked.decree)
                people = people_meant(store, session, versions_of_run(session, found.decree.run_id), [asked.whom])[
                    asked.whom
                ]
                pids = {each.pid for each in members_of(session, found.root_number)}
            pid = one_of(people, pids)
            if pid is None:
                raise nobody(asked.whom)
            if not asked.why.strip():
                raise StoreError("reason-missing", Words("Alasannya belum disebut.", "The reason is not given."))
            act = act_in(actor, Purpose.DELIVERY, found.decree.district)
            act.refuse_unless(OFFICERS, found.decree.district)
            holding = Holding(
                program=found.decree.program,
                district=found.decree.district,
                pid=pid,
                phase=asked.phase,
                state=Declared.WITHDRAWN if asked.lifted else Declared.MADE,
                day=asked.day,
                reason=asked.reason,
                why=asked.why,
                document=asked.document,
            )
            with store.writing(act) as work:
                work.alone(f"decree:{found.root_number}")
                if asked.lifted:
                    _refuse_not_held(tuple(holds(work.session, found.decree.program, [pid])), asked.phase)
                return hold(work, holding)

    return attempt(made)


def _refuse_not_held(records: tuple[Any, ...], phase: int | None) -> None:
    own = [each for each in records if each.phase == phase]
    if not own or own[-1].state != Declared.MADE.value:
        raise StoreError(
            "not-on-hold",
            Words("Keluarga ini tidak sedang ditangguhkan dalam lingkup itu.", "This family is not on hold in that scope."),
        )


def listed(options: StoreOptions, program: str, phase: int, day: date) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """Who is on hold in a phase on a day, with the reason on record."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            waiting = held_on(session, program, phase, day)
            newest = {}
            for each in holds(session, program, sorted(waiting)):
                if each.state == Declared.MADE.value and each.phase in (None, phase) and each.day <= day:
                    newest[each.pid] = each
            return tuple(
                {
                    "pid": each.pid,
                    "phase": each.phase,
                    "from": each.day.isoformat(),
                    "reason": each.reason,
                    "why": each.why,
                    "document": each.document,
                    "recorded_by": each.recorded_by,
                }
                for each in newest.values()
            )

    return attempt(found)
