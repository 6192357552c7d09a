"""Delegations (Plt., Plh.): who acts for the holder of an office, from which day to which; and public holidays."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import delegating, objecting
from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import out_of_scope
from ejps_core.model.decreed import Capacity, Power
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.service.answers import done_once, or_refused, plain
from ejps_core.service.guard import Asking, Needs, NeedsWhole, Number
from ejps_core.service.problems import RefusedError
from ejps_core.service.routes.decrees import OFFICE

__all__ = ["OFFICE", "router"]
router = APIRouter(tags=["offices"])
HANDLE, MINE = Depends(Needs(Right.HANDLE_DECREES)), Depends(Needs(Right.OWN_ACCOUNT))
SET = Depends(NeedsWhole(Right.SET_HOLIDAYS))
Name = Annotated[str, Field(min_length=1, max_length=200)]
Why = Annotated[str, Field(min_length=1, max_length=500)]


class NewDelegation(BaseModel):
    """A delegation as its paper says it. district null: an office of the province."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "district": "75.03", "office": "Kepala Dinas Sosial", "capacity": "plt", "deputy": "Usman Katili",
                "powers": ["approve", "sign"], "first": "2020-10-01", "last": "2020-12-31", "document": "SK 821/12/2020",
                "document_date": "2020-09-28", "why": "pejabat definitif pensiun",
            }
        },
    )  # fmt: skip

    district: Annotated[str, Field(max_length=10)] | None
    office: Name
    capacity: Capacity
    deputy: Name
    powers: list[Power] = Field(min_length=1, max_length=2)
    first: date
    last: date
    document: Name
    document_date: date
    why: Annotated[str, Field(max_length=500)] = ""


class Ending(BaseModel):
    """The last day of a delegation that ends earlier, and why; before its first day: it never held."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"last": "2020-11-30", "why": "kembali"}})

    last: date
    why: Why


class Holiday(BaseModel):
    """A day on which offices are closed, by which decision. withdrawn: it is none after all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"day": "2020-12-25", "name": "Natal", "document": "SKB tiga menteri"}},
    )

    day: date
    name: Name
    document: Name
    withdrawn: bool = False


@router.get("/delegations")
def delegations(who: Asking = HANDLE) -> dict[str, Any]:
    """The delegations that count, of one's districts."""
    return {"items": plain(or_refused(delegating.listed(who.options)))}


@router.post("/delegations", status_code=201)
def delegate(given: NewDelegation, request: Request, who: Asking = HANDLE) -> JSONResponse:
    """Records one; nobody records his own."""

    def do() -> tuple[int, Any]:
        return 201, {"delegation": delegated(who, given)}

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.post("/delegations/{delegation_id}/end")
def end(delegation_id: Number, given: Ending, request: Request, who: Asking = HANDLE) -> JSONResponse:
    """Ends one earlier; the record before stays."""

    def do() -> tuple[int, Any]:
        return 200, {"delegation": ended(who, delegation_id, given)}

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.get("/holidays")
def holidays(who: Asking = MINE) -> dict[str, Any]:
    """The public holidays that clocks in working days know of."""
    return {"items": plain(or_refused(objecting.holidays_on_record(who.options)))}


@router.post("/holidays", status_code=201)
def holiday(given: Holiday, request: Request, who: Asking = SET) -> JSONResponse:
    """Records that a day is a public holiday, or that it is none after all."""

    def do() -> tuple[int, Any]:
        day_off(who, given)
        return 201, {"day": given.day.isoformat(), "withdrawn": given.withdrawn}

    return done_once(request, who, given.model_dump(mode="json"), do)


def delegated(who: Asking, given: NewDelegation) -> int:
    """The number of a delegation that is recorded now; a foreign district is not there."""
    if given.district is not None and not who.scope.covers(given.district):
        raise out_of_scope()
    said = delegating.Deputising(
        given.district, given.office, given.capacity, given.deputy, frozenset(given.powers), given.first, given.last,
        given.document, given.document_date,
    )  # fmt: skip
    return or_refused(delegating.add(who.options, who.actor(given.why), said))


def ended(who: Asking, number: int, given: Ending) -> int:
    """The number of the record that ends a delegation."""
    return or_refused(delegating.end(who.options, who.actor(given.why), number, given.last))


def day_off(who: Asking, given: Holiday) -> None:
    """A public holiday that is recorded, or taken back, now."""
    problem = objecting.holiday(
        who.options, who.actor(given.document), given.day, given.name, given.document, withdrawn=given.withdrawn
    )
    if isinstance(problem, Diagnostic):
        raise RefusedError(problem)
