"""Delegations (Plt., Plh.) and public holidays: recorded, seen, ended or taken back."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app import delegating, objecting
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.decreed import Capacity, Power
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, NeedsWhole, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes import delegations as delegation_routes
from ejps_core.web.forms import day_of, filled, text_of, texts_of
from ejps_core.web.pages import gone_to, page
from ejps_core.web.words import districts_of

router = APIRouter()
HANDLE, MINE = Depends(Needs(Right.HANDLE_DECREES)), Depends(Needs(Right.OWN_ACCOUNT))
SET = Depends(NeedsWhole(Right.SET_HOLIDAYS))


@router.get("/penunjukan")
def delegations(request: Request, who: Asking = HANDLE) -> Response:
    """The delegations that count, and a form for a new one."""
    found = tuple(reversed(or_refused(delegating.listed(who.options))))
    return page(
        request, who, "delegations.html", delegations=found, districts=districts_of(who.scope), capacities=list(Capacity),
        powers=list(Power), whole=who.scope.areas is None, today=day_in_gorontalo(who.at).isoformat(),
        office=delegation_routes.OFFICE,
    )  # fmt: skip


@router.post("/penunjukan")
def delegate(form: Posted, who: Asking = HANDLE) -> Response:
    """Records one."""
    capacity, powers = text_of(form, "capacity", 20), texts_of(form, "power", 5)
    office, deputy, document = text_of(form, "office", 200), text_of(form, "deputy", 200), text_of(form, "document", 200)
    if capacity not in set(Capacity) or not powers or not set(powers) <= set(Power) or not (office and deputy and document):
        words = Words(
            "Isi jabatan, siapa, kapasitas, kewenangan dan suratnya.",
            "Fill in the office, who, the capacity, the powers and the paper.",
        )
        raise refusal("delegation-incomplete", words)
    given = filled(
        delegation_routes.NewDelegation,
        district=text_of(form, "district", 10) or None, office=office, capacity=Capacity(capacity), deputy=deputy,
        powers=[Power(each) for each in dict.fromkeys(powers)], first=day_of(form, "first"), last=day_of(form, "last"),
        document=document, document_date=day_of(form, "document_date"), why=text_of(form, "why"),
    )  # fmt: skip
    return gone_to("/penunjukan", dicatat=delegation_routes.delegated(who, given))


@router.post("/penunjukan/{delegation_id}/akhiri")
def end(delegation_id: Number, form: Posted, who: Asking = HANDLE) -> Response:
    """Ends one earlier."""
    why, last = text_of(form, "why"), day_of(form, "last")
    if not why:
        raise refusal("reason-missing", Words("Sebutkan alasannya.", "Say why."))
    delegation_routes.ended(who, delegation_id, filled(delegation_routes.Ending, last=last, why=why))
    return gone_to("/penunjukan", diakhiri=delegation_id)


@router.get("/libur")
def holidays(request: Request, who: Asking = MINE) -> Response:
    """The public holidays that clocks in working days know of."""
    found = tuple(reversed(or_refused(objecting.holidays_on_record(who.options))))
    years = sorted({each["day"][:4] for each in found})
    return page(request, who, "holidays.html", holidays=found, years=years, this_year=str(day_in_gorontalo(who.at).year))


@router.post("/libur")
def holiday(form: Posted, who: Asking = SET) -> Response:
    """Records one, or takes it back."""
    name, document, day = text_of(form, "name", 200), text_of(form, "document", 200), day_of(form, "day")
    if not name or not document:
        raise refusal("holiday-incomplete", Words("Isi nama dan dasarnya.", "Fill in its name and its ground."))
    withdrawn = bool(text_of(form, "withdrawn", 5))
    given = filled(delegation_routes.Holiday, day=day, name=name, document=document, withdrawn=withdrawn)
    delegation_routes.day_off(who, given)
    return gone_to("/libur", dicabut=1) if withdrawn else gone_to("/libur", dicatat=1)
