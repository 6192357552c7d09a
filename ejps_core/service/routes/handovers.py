"""Minutes of handover (BAST) under a decree: recorded, compared with the decree, and printed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import decrees_told, handing_over
from ejps_core.app.access.rights import Right
from ejps_core.app.papers.asked import Source
from ejps_core.app.report_files import Form
from ejps_core.model.words import Language, Words
from ejps_core.reports.handover import HandoverData
from ejps_core.service.answers import done_once, or_refused, plain
from ejps_core.service.guard import Asking, Needs, Number
from ejps_core.service.problems import refusal
from ejps_core.service.routes.decrees import Sent, sent_file
from ejps_core.service.short_lived import handed, perhaps_handed, report_of

router = APIRouter(prefix="/decrees/{decree_id}/handovers", tags=["handovers"])
SEE, DELIVER = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DELIVER))


class NewHandover(BaseModel):
    """Minutes of a village. values: what the paper says. reason: why they differ from the decree, where they do."""

    model_config = ConfigDict(extra="forbid")

    region: Annotated[str, Field(min_length=1, max_length=20)]
    values: HandoverData
    reason: Annotated[str, Field(max_length=500)] = ""
    scan: Sent | None = None


class Purposed(BaseModel):
    """As what minutes are printed, and what for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"form": "pdf", "why": "ditandatangani"}})

    form: Form = Form.PDF
    why: Annotated[str, Field(max_length=500)]


@router.get("")
def get(decree_id: Number, who: Asking = SEE) -> dict[str, Any]:
    """The minutes under a decree, without numbers and addresses of the parties."""
    return {"items": plain(on_record(who, decree_id))}


@router.post("", status_code=201)
def post(decree_id: Number, given: NewHandover, request: Request, who: Asking = DELIVER) -> JSONResponse:
    """Records minutes; what doesn't agree with the decree is said and asks for a reason."""

    def do() -> tuple[int, Any]:
        return 201, plain(recorded(who, decree_id, given, sent_file(given.scan)))

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.post("/{handover_id}/paper", response_class=Response)
def paper(
    decree_id: Number, handover_id: Number, given: Purposed, lang: Annotated[Language, Query()] = Language.ID,
    who: Asking = Depends(Needs(Right.REVEAL)),
) -> Response:  # fmt: skip
    """The minutes as a paper to be signed; who reads them what for is on record."""
    return printed(who, decree_id, handover_id, given, lang)


def on_record(who: Asking, decree_id: int) -> list[Any]:
    """The minutes under a decree of the scope."""
    return list(or_refused(decrees_told.delivered(who.options, decree_id))["handovers"])


def recorded(who: Asking, decree_id: int, given: NewHandover, scan: tuple[str, bytes] | None) -> handing_over.Recorded:
    """Minutes that are recorded now."""
    on_record(who, decree_id)
    if not all(text.strip() for text in (given.values.number, given.values.place, given.values.basis)):
        words = Words("Isi nomor, tempat dan dasar BAST.", "Fill in number, place and basis of the minutes.")
        raise refusal("handover-incomplete", words)
    values = given.values.model_dump_json().encode("utf-8")
    with handed("bast.json", values) as data, perhaps_handed(scan) as path:
        asked = handing_over.Asked(decree_id, given.region, data, path, given.reason)
        return or_refused(handing_over.record(who.options, who.actor(f"BAST {given.values.number}"), asked))


def printed(who: Asking, decree_id: int, number: int, given: Purposed, language: Language) -> Response:
    """The minutes as a file; those of another decree are not there."""
    if number not in {each["handover"] for each in on_record(who, decree_id)}:
        raise refusal("handover-unknown", Words(f"Tidak ada BAST {number}.", f"There is no handover {number}."))
    return report_of(who, "bast", Source(handover=number), given.form, given.why, language).response()
