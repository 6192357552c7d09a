"""Jobs: how far each is; where it leads when it is done."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import JobState
from ejps_core.app.jobs import board
from ejps_core.app.jobs.board import Shown
from ejps_core.service.guard import Asking, Needs, Posted
from ejps_core.service.routes import jobs as job_routes
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/pekerjaan")
MINE = Depends(Needs(Right.OWN_ACCOUNT))


@router.get("")
def jobs(request: Request, who: Asking = MINE) -> Response:
    """The last jobs."""
    found = board.jobs_of(who.service.store, who.scope, everybody=who.may(Right.SEE_ALL_JOBS))
    return page(request, who, "jobs.html", jobs=found)


@router.get("/{job_id}")
def one(request: Request, job_id: str, who: Asking = MINE) -> Response:
    """A job under way; one that is done leads to what came of it."""
    job = board.job_of(who.service.store, who.scope, job_id)
    if job.state is JobState.DONE and (to := _leads_to(job)) is not None:
        return to
    if job.kind == "run.replay" and job.state is JobState.DONE:
        return page(request, who, "replayed.html", found=job.result)
    return page(request, who, "job.html", job=job)


@router.get("/{job_id}/berkas")
def made(job_id: str, who: Asking = Depends(Needs(Right.REVEAL))) -> Response:
    """The file that a job of one's own has made."""
    return job_routes.fetched(who, job_id)


@router.post("/{job_id}/ulang")
def again(job_id: str, form: Posted, who: Asking = MINE) -> Response:
    """The same once more."""
    return gone_to(f"/pekerjaan/{board.again(who.service.store, who.scope, job_id, who.at)}")


def _leads_to(job: Shown) -> Response | None:
    """The page on which a job's result is looked at."""
    result = job.result or {}
    match job.kind:
        case "list.read":
            return gone_to(f"/unggahan/{result['upload']}", job=job.id)
        case "list.record":
            return gone_to(f"/daftar/{result['list']}", dicatat=result["version"], sama=int(result["again"]))
        case "run.make":
            made = [each["run"] for each in result["runs"] if each["run"] is not None]
            return gone_to(f"/putusan/{made[0]}") if len(made) == 1 and len(result["runs"]) == 1 else None
    return None
