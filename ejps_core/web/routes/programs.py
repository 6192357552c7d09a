"""Programs and rule sets: what there is and where it decides; one with its rules beside what they mean."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app import program_states, programs_seen
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.program_told import facts_needed, program_told
from ejps_core.app.program_view import fields_shown
from ejps_core.model.words import Language
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs
from ejps_core.service.problems import language_of
from ejps_core.web.pages import page

router = APIRouter(prefix="/program")
SEE = Depends(Needs(Right.SEE_PROGRAMS))


@router.get("")
def listed(request: Request, who: Asking = SEE) -> Response:
    """The installed programs and the rule sets of districts: in force when and where, and where they decide today."""
    today = day_in_gorontalo(who.at)
    found = or_refused(programs_seen.programs_seen(who.options, today, who.service.plugins))
    return page(request, who, "programs.html", programs=found, today=today, districts=program_states.DISTRICTS)


@router.get("/{id}")
def one(request: Request, id: str, teks: Language | None = None, who: Asking = SEE) -> Response:
    """One as a whole, its text in the language of the page or in the other one."""
    surface = teks or language_of(request)
    told = or_refused(program_told(id, surface, who.service.plugins))
    versions = or_refused(programs_seen.versions_used(who.options, told.ruleset))
    return page(
        request, who, "program.html", told=told, fields=fields_shown(told.ruleset), versions=versions, id=id,
        surface=surface.value, needs_of=facts_needed,
    )  # fmt: skip
