"""Lists on record: which there are, their rows with what is said of them, mending cells, the workbook given back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import list_view, mending, stored_lists, uploads
from ejps_core.app.access.rights import Right
from ejps_core.app.jobs import board
from ejps_core.app.memory_folder import folder
from ejps_core.model.verdicts import RowVerdict
from ejps_core.model.words import Language, Words
from ejps_core.service.answers import done_once, or_refused, paged, place_of, plain, plain_record
from ejps_core.service.guard import Asking, Needs, Number
from ejps_core.service.short_lived import MEDIA

router = APIRouter(prefix="/lists", tags=["lists"])
SEE, SEND = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.SEND_LISTS))
Limit = Annotated[int, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=100)]
XLSX = MEDIA["xlsx"]


class Confirmed(BaseModel):
    """An upload whose columns a person has confirmed, as the job `list.read` proposed them or changed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"upload": "u0123456789abcde", "mappings": []}})

    upload: str = Field(max_length=16)
    mappings: list[dict[str, Any]] = Field(default_factory=list, max_length=4)


class Cells(BaseModel):
    """New texts of one row by header; null: the row is taken out."""

    model_config = ConfigDict(extra="forbid")

    sheet: str | None = Field(None, max_length=200)
    row: int = Field(ge=1, le=10**9)
    cells: dict[str, str] | None


class Mended(BaseModel):
    """Cells that are mended. version: the one that was looked at."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"version": 1, "changes": [{"sheet": None, "row": 5, "cells": {"NIK": "7503014107859003"}}]}
        },
    )

    version: int = Field(ge=1, le=10**9)
    changes: list[Cells] = Field(min_length=1, max_length=500)


@router.get("")
def get(cursor: Cursor = None, limit: Limit = 50, who: Asking = SEE) -> dict[str, Any]:
    """The lists of one's districts, the newest first."""
    return paged(or_refused(list_view.lists(who.options, place_of(cursor), limit)))


@router.post("", status_code=202)
def post(given: Confirmed, request: Request, who: Asking = SEND) -> JSONResponse:
    """Puts an upload on record, as a job."""

    def do() -> tuple[int, dict[str, Any]]:
        return 202, {"job": record(who, given.upload, given.mappings)}

    return done_once(request, who, given.model_dump(), do)


@router.get("/{list_id}")
def one(list_id: Number, who: Asking = SEE) -> dict[str, Any]:
    """A list with its versions, and how many rows each code is said of."""
    looked = or_refused(list_view.look(who.options, who.actor(), list_id, list_view.Wanted(limit=1)))
    told = {"versions": plain(looked.versions), "codes": dict(looked.codes)}
    return plain_record(looked.list) | told


@router.get("/{list_id}/rows")
def rows(
    list_id: Number,
    verdict: RowVerdict | None = None,
    code: Annotated[str | None, Query(max_length=64)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    who: Asking = SEE,
) -> dict[str, Any]:
    """The rows of the newest version, with what is said of each."""
    wanted = list_view.Wanted(verdict, code, place_of(cursor), limit)
    why = f"memeriksa baris daftar {list_id}"
    return paged(or_refused(list_view.look(who.options, who.actor(why), list_id, wanted)).rows)


@router.post("/{list_id}/cells", status_code=201)
def mend(list_id: Number, given: Mended, request: Request, who: Asking = SEND) -> JSONResponse:
    """Mends cells: the list's next version, everything else as it was."""
    changes = [mending.Change(each.sheet, each.row, each.cells) for each in given.changes]

    def do() -> tuple[int, dict[str, Any]]:
        actor = who.actor(f"memperbaiki daftar {list_id}")
        done = or_refused(mending.mend(who.options, actor, list_id, given.version, changes, who.service.plugins))
        return 201, {"list": done.list_id, "version": done.version, "summary": done.summary.as_record()}

    return done_once(request, who, given.model_dump(), do)


@router.get("/{list_id}/returned")
def returned(list_id: Number, language: Language = Language.ID, who: Asking = Depends(Needs(Right.REVEAL))) -> Response:
    """The workbook for the district: its own rows, with status, reason, and how to mend. On record as handed out."""
    return Response(
        workbook(who, list_id, language), media_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="daftar-{list_id}.xlsx"'},
    )  # fmt: skip


def workbook(who: Asking, list_id: int, language: Language) -> bytes:
    """The list given back; the file is in a folder of our own for as long as it takes to read it."""
    with folder() as place:
        back = place / "kembali.xlsx"
        actor = who.actor(f"mengembalikan daftar {list_id}")
        or_refused(stored_lists.export(who.options, actor, list_id, back, who.service.plugins, language))
        return back.read_bytes()


def record(who: Asking, upload: str, mappings: list[dict[str, Any]]) -> str:
    """Puts up the job that records an upload; its number."""
    kept = uploads.kept(who.service.store, who.scope, upload)
    title = Words(f"Mencatat {kept.name}", f"Recording {kept.name}")
    wanted = board.Wanted("list.record", title, {"upload": kept.id, "mappings": mappings})
    return board.put_up(who.service.store, who.scope, wanted, who.at)
