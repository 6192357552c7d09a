"""Jobs: how far each is, as it happens; and the same once more where one failed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from ejps_core.app.access.rights import Right
from ejps_core.app.jobs import board
from ejps_core.model.words import Language, Words
from ejps_core.service.answers import plain, plain_record
from ejps_core.service.guard import Asking, Needs
from ejps_core.service.problems import language_of

router = APIRouter(prefix="/jobs", tags=["jobs"])
MINE = Depends(Needs(Right.OWN_ACCOUNT))
LOOKED_EVERY, LONGEST = 0.5, 600
STAGES = {
    "": Words("menunggu giliran", "waiting"),
    "read": Words("membaca berkas", "reading the file"),
    "record": Words("mencatat baris", "recording the rows"),
    "decide": Words("menilai keluarga", "deciding the families"),
}


@router.get("")
def get(who: Asking = MINE) -> list[Any]:
    """The last jobs: one's own, or everybody's for roles that oversee them."""
    return [plain(each) for each in board.jobs_of(who.service.store, who.scope, everybody=who.may(Right.SEE_ALL_JOBS))]


@router.get("/{job_id}")
def one(job_id: str, who: Asking = MINE) -> dict[str, Any]:
    """A job: its state, how far it is (in thousandths), its result, or what went wrong."""
    return plain_record(board.job_of(who.service.store, who.scope, job_id))


@router.post("/{job_id}/again", status_code=202)
def again(job_id: str, who: Asking = MINE) -> dict[str, str]:
    """The same job once more, after it failed; its new number."""
    return {"job": board.again(who.service.store, who.scope, job_id, who.at)}


@router.get("/{job_id}/events", response_class=StreamingResponse)
async def events(job_id: str, request: Request, who: Asking = MINE) -> StreamingResponse:
    """The job as server-sent events: `progress` whenever it got further, `ended` at last."""
    job = await run_in_threadpool(board.job_of, who.service.store, who.scope, job_id)
    language = language_of(request)
    return StreamingResponse(_told(who, job, request, language), media_type="text/event-stream")


async def _told(who: Asking, job: board.Shown, request: Request, language: Language) -> AsyncIterator[str]:
    said = None
    for _ in range(int(LONGEST / LOOKED_EVERY)):
        now = (job.state, job.stage, job.done)
        if now != said:
            said = now
            yield _event("ended" if job.ended else "progress", job, language)
        if job.ended or who.service.stopping or await request.is_disconnected():
            return
        await asyncio.sleep(LOOKED_EVERY)
        job = await run_in_threadpool(board.job_of, who.service.store, who.scope, job.id)


def _event(name: str, job: board.Shown, language: Language) -> str:
    words = STAGES.get(job.stage, STAGES[""]).say(language)
    told = {"state": job.state.value, "stage": job.stage, "stage_words": words, "done": job.done}
    return f"event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
