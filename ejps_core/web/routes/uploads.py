"""A list on its way in: chosen, read, its columns confirmed by a person, recorded."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ejps_core.app import uploads
from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import JobState, StoreError
from ejps_core.app.field_choices import field_choices, mapping_as_chosen
from ejps_core.app.jobs import board
from ejps_core.model.words import Words
from ejps_core.service.guard import Asking, Needs, Posted, refuse_haste
from ejps_core.service.problems import refusal
from ejps_core.service.routes import lists as list_routes
from ejps_core.service.routes import uploads as upload_routes
from ejps_core.web.forms import file_of, text_of, texts_of
from ejps_core.web.pages import gone_to, page
from ejps_core.web.words import districts_of

router = APIRouter(prefix="/unggahan")
SEND = Depends(Needs(Right.SEND_LISTS))


@router.get("/baru")
def form(request: Request, koreksi: int | None = None, who: Asking = SEND) -> Response:
    """The form to choose a list."""
    return page(request, who, "upload.html", districts=districts_of(who.scope), corrects=koreksi)


@router.post("/baru")
async def post(request: Request, form: Posted, who: Asking = SEND) -> Response:
    """Keeps the file and begins to read it."""
    refuse_haste(request, "upload", str(who.scope.account), who.service.settings.uploads_a_minute)
    name, content = await file_of(form, "file")
    said = {
        "title": text_of(form, "title", 200) or None,
        "program": text_of(form, "program", 100) or None,
        "phase": text_of(form, "phase", 20) or None,
        "corrects": int(text) if (text := text_of(form, "corrects", 12)).isdecimal() else None,
    }
    upload, job = await run_in_threadpool(
        upload_routes.begin, who, name, content, text_of(form, "district", 20) or None, said
    )
    return gone_to(f"/unggahan/{upload}", job=job)


@router.get("/{upload_id}")
def look(request: Request, upload_id: str, job: str, who: Asking = SEND) -> Response:
    """How far reading is; then what the columns mean, to be confirmed or changed."""
    upload = uploads.kept(who.service.store, who.scope, upload_id)
    shown = board.job_of(who.service.store, who.scope, job)
    if shown.state is not JobState.DONE or shown.result is None:
        return page(request, who, "upload_read.html", upload=upload, job=shown, wrong=None)
    result = shown.result
    fields = field_choices(who.service.plugins)
    return page(request, who, "mapping.html", upload=upload, job=shown, result=result, fields=fields)


@router.post("/{upload_id}")
def confirm(upload_id: str, form: Posted, who: Asking = SEND) -> Response:
    """Records the list by the columns as the person left them."""
    shown = board.job_of(who.service.store, who.scope, text_of(form, "job", 16))
    proposed: list[dict[str, Any]] = list((shown.result or {}).get("proposed", []))
    mappings = [mapping_as_chosen(each, _chosen(form, place)) for place, each in enumerate(proposed)]
    job = list_routes.record(who, upload_id, mappings)
    return gone_to(f"/pekerjaan/{job}")


@router.post("/{upload_id}/sandi")
def password(request: Request, upload_id: str, form: Posted, who: Asking = SEND) -> Response:
    """Opens a protected workbook with its password and reads it again; the password is kept nowhere."""
    upload = uploads.kept(who.service.store, who.scope, upload_id)
    given, job = str(form.get("password", ""))[:255], text_of(form, "job", 16)
    if not given:
        raise refusal("password-missing", Words("Isi kata sandinya.", "Fill in the password."))
    try:
        return gone_to(f"/unggahan/{upload_id}", job=upload_routes.unlocked(who, upload_id, given))
    except StoreError as problem:
        if problem.finding.code != "password-wrong":
            raise
        shown = board.job_of(who.service.store, who.scope, job)
        return page(request, who, "upload_read.html", 422, upload=upload, job=shown, wrong=problem.finding)


@router.post("/{upload_id}/buang")
def discard(upload_id: str, form: Posted, who: Asking = SEND) -> Response:
    """Throws the file away."""
    uploads.discard(who.service.store, uploads.kept(who.service.store, who.scope, upload_id).id)
    return gone_to("/daftar")


def _chosen(form: FormData, place: int) -> dict[str, str]:
    """Header -> the field that the person chose for it; '' for none."""
    headers = texts_of(form, f"header:{place}", 500)
    return dict(zip(headers, texts_of(form, f"field:{place}", 500), strict=False))
