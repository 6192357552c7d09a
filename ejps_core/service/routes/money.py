"""Money put on record: requests, transfers (SP2D), spending, receipts, districts' reports; reasons and cancellations."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import out_of_scope
from ejps_core.app.money.desk import Said, cancellation_of, entry_of, reason_of
from ejps_core.app.money.entering import enter
from ejps_core.app.money.showing import Shown, as_data, shown
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.service.answers import done_once, or_refused, plain
from ejps_core.service.guard import Asking, Needs
from ejps_core.service.problems import RefusedError

router = APIRouter(prefix="/money/{id}", tags=["money"])
ENTER = Depends(Needs(Right.ENTER_MONEY))
Year = Annotated[int | None, Query(ge=1900, le=9999)]
Text = Annotated[str, Field(max_length=500)]
Rupiah = Annotated[str, Field(max_length=30)]


class NewEntry(BaseModel):
    """An entry as it is said at the desk. step: a station of the money, or target, or report; amounts in whole rupiah."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "step": "transfer", "phase": "3", "district": "75.03", "on": "2020-10-20", "province": "429697800",
                "document": "SP2D 0777/BUD/2020",
            }
        },
    )  # fmt: skip

    step: Annotated[str, Field(min_length=1, max_length=40)]
    phase: Annotated[str, Field(max_length=10)] | None = None
    district: Annotated[str, Field(max_length=10)] | None = None
    on: Annotated[str, Field(max_length=20)] | None = None
    province: Rupiah | None = None
    district_share: Rupiah | None = None
    families: Annotated[str, Field(max_length=12)] | None = None
    document: Annotated[str, Field(max_length=200)] = ""
    assumed: bool = False
    obstacle: Text = ""
    follow_up: Text = ""
    answerable: Text = ""
    deadline: Annotated[str, Field(max_length=20)] | None = None


class NewReason(BaseModel):
    """Why something that is warned of is right after all. code: of the caution."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"code": "no-report-before", "phase": "3", "district": "75.03", "why": "darurat"}},
    )

    code: Annotated[str, Field(min_length=1, max_length=64)]
    phase: Annotated[str, Field(max_length=10)] | None = None
    district: Annotated[str, Field(max_length=10)] | None = None
    why: Annotated[str, Field(min_length=1, max_length=500)]


class Cancelled(BaseModel):
    """Which entry is taken out from now on, and why; it stays on record."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"number": "12", "why": "salah ketik"}})

    number: Annotated[str, Field(min_length=1, max_length=64)]
    why: Annotated[str, Field(min_length=1, max_length=500)]


@router.get("/entries")
def entries(id: str, year: Year = None, who: Asking = ENTER) -> dict[str, Any]:
    """The entries of one's districts as of now, and what asks for a reason."""
    found = seen(who, id, year)
    listed = [as_data(each, found.cancelled) for each in found.entries]
    return {"program": id, "year": found.position.year, "items": plain(listed), "cautions": plain(found.cautions)}


@router.post("/entries", status_code=201)
def post(id: str, given: NewEntry, request: Request, year: Year = None, who: Asking = ENTER) -> JSONResponse:
    """Puts an entry on record. What looks wrong is said and asks for a reason; nothing that happened is refused."""

    def do() -> tuple[int, Any]:
        number = entered(who, id, year, given)
        return 201, {"entry": number, "open": plain(seen(who, id, year).open)}

    return done_once(request, who, given.model_dump() | {"year": year}, do)


@router.post("/reasons", status_code=201)
def reason(id: str, given: NewReason, request: Request, year: Year = None, who: Asking = ENTER) -> JSONResponse:
    """Says why something that is warned of is right."""

    def do() -> tuple[int, Any]:
        return 201, {"entry": explained(who, id, year, given)}

    return done_once(request, who, given.model_dump() | {"year": year}, do)


@router.post("/cancellations", status_code=201)
def cancel(id: str, given: Cancelled, request: Request, year: Year = None, who: Asking = ENTER) -> JSONResponse:
    """Takes an entry out from now on."""

    def do() -> tuple[int, Any]:
        return 201, {"entry": taken_out(who, id, year, given)}

    return done_once(request, who, given.model_dump() | {"year": year}, do)


def seen(who: Asking, program: str, year: int | None) -> Shown:
    """The money of one's districts as of now."""
    return or_refused(shown(who.options, program, year, who.at))


def entered(who: Asking, program: str, year: int | None, given: NewEntry) -> str:
    """The number of an entry that is put on record now."""
    _refuse_foreign(who, given.district)
    entry = entry_of(Said(**given.model_dump()))
    if isinstance(entry, Diagnostic):
        raise RefusedError(entry)
    return or_refused(enter(who.options, who.actor(f"mencatat {given.step}"), program, year, entry))


def explained(who: Asking, program: str, year: int | None, given: NewReason) -> str:
    """The number of a reason that is put on record now."""
    _refuse_foreign(who, given.district)
    found = or_refused(reason_of(given.code, given.phase, given.district, given.why))
    return or_refused(enter(who.options, who.actor(given.why), program, year, found))


def taken_out(who: Asking, program: str, year: int | None, given: Cancelled) -> str:
    """The number of a cancellation that is put on record now."""
    entry = cancellation_of(given.number, given.why)
    return or_refused(enter(who.options, who.actor(given.why), program, year, entry))


def _refuse_foreign(who: Asking, district: str | None) -> None:
    if who.scope.areas is not None and (district is None or not who.scope.covers(district)):
        raise out_of_scope()
