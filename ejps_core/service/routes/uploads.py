"""Files on their way in: kept sealed, read as a job; put on record only when a person has confirmed the columns."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import uploads
from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import out_of_scope
from ejps_core.app.jobs import board
from ejps_core.app.moments import now
from ejps_core.model.words import Words
from ejps_core.service.answers import done_once, plain_record
from ejps_core.service.guard import LARGEST, Asking, Needs, refuse_haste
from ejps_core.service.problems import RefusedError, too_large

router = APIRouter(prefix="/uploads", tags=["uploads"])
SEND = Depends(Needs(Right.SEND_LISTS))


async def body_of(request: Request, who: Asking = SEND) -> bytes:
    """The file, no longer than may be; it stays in memory until it is sealed."""
    refuse_haste(request, "upload", str(who.scope.account), who.service.settings.uploads_a_minute)
    most, found = who.service.settings.upload_megabytes << 20, bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > most:
            raise RefusedError(too_large())
    return bytes(found)


@router.post("", status_code=202, openapi_extra={"requestBody": {"content": {"application/octet-stream": {}}}})
def post(
    request: Request,
    name: Annotated[str, Query(max_length=200, description="The file's name, such as daftar.xlsx.")],
    district: Annotated[str | None, Query(max_length=20, description="Whose list it is; yours where you have one.")] = None,
    title: Annotated[str | None, Query(max_length=200)] = None,
    program: Annotated[str | None, Query(max_length=100)] = None,
    phase: Annotated[str | None, Query(max_length=20)] = None,
    corrects: Annotated[int | None, Query(ge=0, le=LARGEST, description="The list that it corrects.")] = None,
    content: bytes = Depends(body_of),
    who: Asking = SEND,
) -> JSONResponse:
    """A list as it is (XLSX, CSV, ODS, Parquet …), as the body. Answers with the upload and the job that reads it."""
    said = {"title": title, "program": program, "phase": phase, "corrects": corrects}

    def do() -> tuple[int, dict[str, Any]]:
        upload, job = begin(who, name, content, district, said)
        return 202, {"upload": upload, "job": job}

    return done_once(request, who, [name, district, said, sha256(content).hexdigest()], do)


@router.get("/{upload_id}")
def get(upload_id: str, who: Asking = SEND) -> dict[str, Any]:
    """A file of one's own that is not on record yet."""
    return plain_record(uploads.kept(who.service.store, who.scope, upload_id))


class Opening(BaseModel):
    """The password of a protected workbook: used once, kept nowhere, in no log."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"password": "…"}})

    password: Annotated[str, Field(min_length=1, max_length=255, repr=False)]


@router.post("/{upload_id}/password", status_code=202)
def password(upload_id: str, given: Opening, who: Asking = SEND) -> dict[str, str]:
    """Takes the protection off a workbook that waits for its password, and reads it again; the job's number."""
    return {"upload": upload_id, "job": unlocked(who, upload_id, given.password)}


@router.delete("/{upload_id}", status_code=204)
def delete(upload_id: str, who: Asking = SEND) -> None:
    """Throws a file away."""
    uploads.discard(who.service.store, uploads.kept(who.service.store, who.scope, upload_id).id)


def begin(who: Asking, name: str, content: bytes, district: str | None, said: dict[str, Any]) -> tuple[str, str]:
    """Keeps a file and puts up the job that reads it: their numbers."""
    own = district or who.scope.only_area
    if own is None:
        raise out_of_scope()
    store = who.service.store
    arrived = uploads.Arrived(name, content, own, {key: value for key, value in said.items() if value is not None})
    upload = uploads.keep(store, who.scope, arrived, who.at)
    return upload, _read(who, upload, name)


def unlocked(who: Asking, upload: str, password: str) -> str:
    """The job that reads a workbook again, its protection taken off; refused if the password is another one."""
    kept = uploads.kept(who.service.store, who.scope, upload)
    uploads.unlock(who.service.store, who.scope, kept.id, password)
    return _read(who, kept.id, kept.name)


def _read(who: Asking, upload: str, name: str) -> str:
    title = Words(f"Membaca {name}", f"Reading {name}")
    return board.put_up(who.service.store, who.scope, board.Wanted("list.read", title, {"upload": upload}), now())
