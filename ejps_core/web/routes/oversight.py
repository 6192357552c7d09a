"""For IT and auditors: registers with their age, the audit log, where programs decide, and a run decided again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.app import audit, program_states
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.recording_registers import registers_on_record
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, NeedsWhole, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes import runs as run_routes
from ejps_core.web.forms import date_of, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter()
REGISTERS, AUDIT = Depends(Needs(Right.SEE_REGISTERS)), Depends(NeedsWhole(Right.SEE_AUDIT))
PROGRAMS, REPLAY = Depends(NeedsWhole(Right.MANAGE_PROGRAMS)), Depends(Needs(Right.REPLAY))
STATES_SEEN = Depends(NeedsWhole(Right.SEE_PROGRAMS))
Text = Annotated[str | None, Query(max_length=100)]
OLD = 90
"""A register whose data are older than so many days is marked as old: an assumption, to be confirmed."""
PAGE = 40
ABOUT = ("list", "version", "run", "person", "register", "decree", "position", "account", "program")


@router.get("/register")
def registers(request: Request, who: Asking = REGISTERS) -> Response:
    """The registers on record: how old they are, and for which areas somebody answers for their being complete."""
    found = or_refused(registers_on_record(who.options))
    seen = [each for each in reversed(found) if who.scope.areas is None or not each["area"].startswith("list:")]
    today = day_in_gorontalo(who.at)
    aged = [(each, (today - date.fromisoformat(each["as_of"])).days) for each in seen]
    return page(request, who, "registers.html", registers=aged, old=OLD)


@router.get("/audit")
def log(
    request: Request, oleh: Text = None, sejak: date | None = None, jenis: Text = None, nomor: Text = None,
    periksa: bool = False, mulai: Annotated[int, Query(ge=0, le=100_000_000)] = 0, who: Asking = AUDIT,
) -> Response:  # fmt: skip
    """What the audit log says; `periksa`: and whether it is whole."""
    since = None if sejak is None else datetime.combine(sejak, time(), UTC)
    about = [(jenis, nomor)] if jenis and nomor else []
    asked = audit.shown(who.options, about=about, who=oleh or None, since=since, last=PAGE + 1, skip=mulai)
    entries = tuple(reversed(or_refused(asked)))
    checked = or_refused(audit.checked(who.options)) if periksa else None
    return page(
        request, who, "audit.html", entries=entries[:PAGE], checked=checked, kinds=ABOUT, begin=mulai,
        after=mulai + PAGE if len(entries) > PAGE else None, before=None if mulai == 0 else max(0, mulai - PAGE),
        asked={"oleh": oleh or "", "sejak": sejak, "jenis": jenis or "", "nomor": nomor or ""},
    )  # fmt: skip


@router.get("/penerapan")
def states(request: Request, hari: date | None = None, who: Asking = STATES_SEEN) -> Response:
    """Where programs decide on a day."""
    day = hari or day_in_gorontalo(who.at)
    found = or_refused(program_states.states(who.options, day, who.service.plugins))
    return page(request, who, "program_states.html", found=found, districts=program_states.DISTRICTS)


@router.post("/penerapan")
def change(form: Posted, who: Asking = PROGRAMS) -> Response:
    """A program is active, or laid aside for a time, in a district from a day on."""
    state, begins, why = text_of(form, "state", 20), date_of(form, "from"), text_of(form, "why", 500)
    if state not in set(program_states.ProgramState) or begins is None:
        raise refusal("state-incomplete", Words("Sebutkan keadaan dan awalnya.", "Say the state and its beginning."))
    wanted = program_states.Enabling(
        text_of(form, "program", 100), text_of(form, "district", 10), begins, program_states.ProgramState(state), why,
        date_of(form, "to"), document=text_of(form, "document", 200) or None,
    )  # fmt: skip
    or_refused(program_states.change_state(who.options, who.actor(why), wanted, who.service.plugins))
    return gone_to("/penerapan")


@router.post("/putusan/{run_id}/ulang")
def replayed(run_id: Number, form: Posted, who: Asking = REPLAY) -> Response:
    """Begins to decide a run again by the rules and data of then; its job tells whether everything comes out the same."""
    return gone_to(f"/pekerjaan/{run_routes.replay_begun(who, run_id, text_of(form, 'why', 300))}")
