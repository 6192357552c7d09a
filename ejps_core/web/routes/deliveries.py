"""Deliveries: the villages of a phase, "semua diterima, kecuali …" with the scanned sheet, one family, holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ejps_core.app import decree_desk, decrees_told, delivering_family
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.decreed import HoldReason, Outcome
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes import deliveries as delivery_routes
from ejps_core.web.forms import day_of, file_of, number_of, perhaps_file, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/keputusan/{decree_id}")
SEE, DELIVER = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DELIVER))
Phase = Annotated[int | None, Query(ge=0, le=99)]
Code = Annotated[str, Query(max_length=40)]
MARK = "tidak:"
"""Begins the name of a field that says why a family received nothing."""


@router.get("/penyaluran")
def phase(request: Request, decree_id: Number, tahap: Phase = None, who: Asking = SEE) -> Response:
    """The villages of a phase, and what was recorded in it."""
    today = day_in_gorontalo(who.at)
    shown = or_refused(decrees_told.shown(who.options, decree_id, today))
    number = shown["phases"][0] if tahap is None else tahap
    villages = or_refused(decree_desk.villages(who.options, decree_id, number, today))
    done = or_refused(decrees_told.delivered(who.options, decree_id, number))
    return page(request, who, "deliveries.html", decree=shown, phase=number, villages=villages, done=done)


@router.get("/desa")
def village_form(
    request: Request, decree_id: Number, desa: Code = "", tahap: Phase = None, who: Asking = DELIVER
) -> Response:
    """The families of a village in the order of the sheet; who is not named here has received."""
    today = day_in_gorontalo(who.at)
    shown = or_refused(decrees_told.shown(who.options, decree_id, today))
    number = shown["phases"][0] if tahap is None else tahap
    actor = who.actor(f"menyalurkan, keputusan {decree_id}")
    found = or_refused(decree_desk.receivers(who.options, actor, decree_id, number, desa, today))
    village = next(v for v in or_refused(decree_desk.villages(who.options, decree_id, number, today)) if v.region == desa)
    return page(
        request, who, "village.html", decree=shown, phase=number, receivers=found, village=village, mark=MARK,
        today=today.isoformat(),
    )  # fmt: skip


@router.post("/desa")
async def village(decree_id: Number, form: Posted, who: Asking = DELIVER) -> Response:
    """Records that all received but those named."""
    or_refused(await run_in_threadpool(decrees_told.shown, who.options, decree_id, day_in_gorontalo(who.at)))
    sheet, day = await file_of(form, "sheet"), day_of(form, "day")
    region, number = text_of(form, "region", 20), number_of(form, "phase") or 0
    excepted = _excepted(form)
    done = await run_in_threadpool(
        delivery_routes.village, who, decree_id, number, region, day, text_of(form, "document"), sheet, excepted
    )
    return gone_to(
        f"/keputusan/{decree_id}/penyaluran", tahap=number, tercatat=done.delivery, diterima=done.received,
        gagal=done.failed, lagi=1 if done.again else None, dilewati=sum(done.left_out.values()) or None,
    )  # fmt: skip


@router.get("/penerima")
def family_form(
    request: Request, decree_id: Number, siapa: Code = "", tahap: Phase = None, who: Asking = DELIVER
) -> Response:
    """The forms for one family: what became of its aid, and a hold."""
    today = day_in_gorontalo(who.at)
    shown = or_refused(decrees_told.shown(who.options, decree_id, today))
    number = shown["phases"][0] if tahap is None else tahap
    done = or_refused(decrees_told.delivered(who.options, decree_id, number))
    payments = [(each, paid) for each in done["deliveries"] for paid in each["payments"] if paid["pid"] == siapa]
    return page(
        request, who, "receiver.html", decree=shown, phase=number, whom=siapa, payments=payments,
        outcomes=list(Outcome), reasons=list(HoldReason), today=today.isoformat(),
    )  # fmt: skip


@router.post("/penerima")
async def family(decree_id: Number, form: Posted, who: Asking = DELIVER) -> Response:
    """Records what became of one family's aid, with a picture if there is one."""
    or_refused(await run_in_threadpool(decrees_told.shown, who.options, decree_id, day_in_gorontalo(who.at)))
    outcome, whom, photo = text_of(form, "outcome", 20), text_of(form, "whom", 40), await perhaps_file(form, "photo")
    if outcome not in set(Outcome) or not whom:
        raise refusal("payment-incomplete", Words("Sebutkan keluarga dan hasilnya.", "Name the family and the outcome."))
    number = number_of(form, "phase") or 0
    given = delivery_routes.Received(
        phase=number, family=whom, day=day_of(form, "day"), document=text_of(form, "document"), outcome=Outcome(outcome),
        reason=text_of(form, "reason"), taker=text_of(form, "taker"), cancels=number_of(form, "cancels"),
    )  # fmt: skip
    done = await run_in_threadpool(delivery_routes.family, who, decree_id, given, photo)
    return gone_to(
        f"/keputusan/{decree_id}/penyaluran", tahap=number, tercatat=done.delivery, diterima=done.received,
        gagal=done.failed,
    )  # fmt: skip


@router.post("/alasan")
def reason(decree_id: Number, form: Posted, who: Asking = DELIVER) -> Response:
    """Says why a payment that was warned of is right after all."""
    done = or_refused(decrees_told.delivered(who.options, decree_id))
    payment, why = number_of(form, "payment") or 0, text_of(form, "reason")
    if payment not in {paid["payment"] for each in done["deliveries"] for paid in each["payments"]}:
        raise refusal("payment-unknown", Words("Pembayaran itu tidak ada.", "There is no such payment."))
    or_refused(delivering_family.give_reason(who.options, who.actor(why), payment, why, text_of(form, "document")))
    return gone_to(f"/keputusan/{decree_id}/penyaluran", tahap=number_of(form, "phase"))


@router.post("/tangguhkan")
def hold(decree_id: Number, form: Posted, who: Asking = DELIVER) -> Response:
    """A family's aid waits from a day on, or no longer."""
    or_refused(decrees_told.shown(who.options, decree_id, day_in_gorontalo(who.at)))
    kind, whom = text_of(form, "hold_reason", 20), text_of(form, "whom", 40)
    if kind not in set(HoldReason) or not whom:
        raise refusal("hold-incomplete", Words("Sebutkan keluarga dan alasannya.", "Name the family and the reason."))
    lifted, number = text_of(form, "what", 10) == "cabut", number_of(form, "phase")
    given = delivery_routes.Held(
        family=whom, day=day_of(form, "day"), reason=HoldReason(kind), why=text_of(form, "why"), phase=number,
        document=text_of(form, "document"), lifted=lifted,
    )  # fmt: skip
    delivery_routes.held(who, decree_id, given)
    return gone_to(f"/keputusan/{decree_id}/penyaluran", tahap=number, ditangguhkan=0 if lifted else 1)


def _excepted(form: FormData) -> tuple[tuple[str, str], ...]:
    """Who received nothing, with why: fields of the table, and lines KK = reason."""
    found = {
        name.removeprefix(MARK): value.strip()[:500]
        for name, value in form.multi_items()
        if name.startswith(MARK) and isinstance(value, str) and value.strip()
    }
    for line in text_of(form, "lines", 20_000).splitlines():
        whom, _, why = line.partition("=")
        if whom.strip():
            found[whom.strip()[:40]] = why.strip()[:500]
    return tuple(found.items())
