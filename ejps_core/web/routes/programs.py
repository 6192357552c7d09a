"""Programs and rule sets: what there is, and the whole text of one."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app.access.rights import Right
from ejps_core.app.program_view import program, programs
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs
from ejps_core.web.pages import page

router = APIRouter(prefix="/program")
SEE = Depends(Needs(Right.SEE_PROGRAMS))


@router.get("")
def listed(request: Request, who: Asking = SEE) -> Response:
    """The installed programs and the rule sets of districts."""
    return page(request, who, "programs.html", programs=programs(who.service.plugins))


@router.get("/{id}")
def one(request: Request, id: str, who: Asking = SEE) -> Response:
    """One as a whole."""
    return page(request, who, "program.html", shown=or_refused(program(id, who.service.plugins)))
