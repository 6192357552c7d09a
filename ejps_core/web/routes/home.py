"""The first page: what there is to do, by role."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app import decree_desk, list_view, run_view
from ejps_core.app.access.rights import Right
from ejps_core.app.jobs import board
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs
from ejps_core.web.pages import page

router = APIRouter()
LAST = 5


@router.get("/")
def home(request: Request, who: Asking = Depends(Needs(Right.OWN_ACCOUNT))) -> Response:
    """The last lists, runs and jobs of whoever looks."""
    lists = runs = None
    waiting: tuple[decree_desk.Waiting, ...] = ()
    if who.may(Right.SEE_LISTS):
        lists = or_refused(list_view.lists(who.options, 0, LAST))
        runs = or_refused(run_view.runs(who.options, None, 0, LAST))
    if who.may(Right.HANDLE_DECREES):
        waiting = or_refused(decree_desk.waiting(who.options, who.actor()))
    jobs = board.jobs_of(who.service.store, who.scope, everybody=False, last=LAST)
    return page(request, who, "home.html", lists=lists, runs=runs, jobs=jobs, waiting=waiting)
