"""Jobs: how far each is, as it happens; and the same once more where one failed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from ejps_core.app import made_files
from ejps_core.app.access.rights import Right
from ejps_core.app.jobs import board
from ejps_core.model.words import Language, Words
from ejps_core.service.answers import plain, plain_record
from ejps_core.service.guard import Asking, Needs
from ejps_core.service.problems import language_of
from ejps_core.service.short_lived import Leaving

router = APIRouter(prefix="/jobs", tags=["jobs"])
MINE = Depends(Needs(Right.OWN_ACCOUNT))
LOOKED_EVERY, LONGEST, STILL_THERE = 0.5, 600, 30
"""Seconds between two looks, of the longest stream, and after how many looks without news a sign of life is given."""
RETRY_MILLISECONDS = 2000
STAGES = {
    "": Words("menunggu giliran", "waiting"),
    "read": Words("membaca berkas", "reading the file"),
    "record": Words("mencatat baris", "recording the rows"),
    "decide": Words("menilai keluarga", "deciding the families"),
    "paper": Words("menyusun berkas", "making the file"),
}


@router.get("")
def get(who: Asking = MINE) -> list[Any]:
    """The last jobs: one's own, or everybody's for roles that oversee them."""
    return [plain(each) for each in board.jobs_of(who.service.store, who.scope, everybody=who.may(Right.SEE_ALL_JOBS))]


@router.get("/{job_id}")
def one(job_id: str, who: Asking = MINE) -> dict[str, Any]:
    """A job: its state, how far it is (in thousandths), its result, or what went wrong."""
    return plain_record(board.job_of(who.service.store, who.scope, job_id))


@router.get("/{job_id}/file", response_class=Response)
def file(job_id: str, who: Asking = Depends(Needs(Right.REVEAL))) -> Response:
    """The file that a job of one's own has made, for a day."""
    return fetched(who, job_id)


def fetched(who: Asking, job_id: str) -> Response:
    """The file of a job as an answer; that it leaves is on record."""
    return Leaving(made_files.fetch(who.service.store, who.scope, job_id, who.at)).response()


@router.post("/{job_id}/again", status_code=202)
def again(job_id: str, who: Asking = MINE) -> dict[str, str]:
    """The same job once more, after it failed; its new number."""
    return {"job": board.again(who.service.store, who.scope, job_id, who.at)}


@router.get("/{job_id}/events", response_class=StreamingResponse)
async def events(job_id: str, request: Request, who: Asking = MINE) -> StreamingResponse:
    """The job as server-sent events: `progress` whenever it got further, `ended` at last.

    After a broken line, Last-Event-ID says what was heard: it is not told again, but the end always is.
    """
    job = await run_in_threadpool(board.job_of, who.service.store, who.scope, job_id)
    heard = request.headers.get("last-event-id", "")
    told = _told(who, job, request, (language_of(request), heard))
    return StreamingResponse(told, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _told(who: Asking, job: board.Shown, request: Request, to: tuple[Language, str]) -> AsyncIterator[str]:
    language, said = to
    yield f"retry: {RETRY_MILLISECONDS}\n\n"
    for look in range(int(LONGEST / LOOKED_EVERY)):
        if (mark := mark_of(job)) != said or job.ended:
            said = mark
            yield _event("ended" if job.ended else "progress", job, language)
        elif look % STILL_THERE == 0:
            yield ": masih dikerjakan\n\n"  # so that no proxy takes the line for dead
        if job.ended or who.service.stopping or await request.is_disconnected():
            return
        await asyncio.sleep(LOOKED_EVERY)
        job = await run_in_threadpool(board.job_of, who.service.store, who.scope, job.id)


def mark_of(job: board.Shown) -> str:
    """By which an event is known again: how far the job was."""
    return f"{job.state.value}.{job.attempts}.{job.stage}.{job.done}"


def _event(name: str, job: board.Shown, language: Language) -> str:
    words = STAGES.get(job.stage, STAGES[""]).say(language)
    told = {"state": job.state.value, "stage": job.stage, "stage_words": words, "done": job.done}
    return f"id: {mark_of(job)}\nevent: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
