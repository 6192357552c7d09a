"""Minutes of handover (BAST) under a decree: a form that begins with what is known, and the paper to be signed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ejps_core.app import decree_desk, decrees_told
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.report_files import Form
from ejps_core.model.calendar import WITA
from ejps_core.model.words import Words
from ejps_core.reports.handover import HandoverData
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import language_of, refusal
from ejps_core.service.routes import handovers as handover_routes
from ejps_core.web.forms import day_of, filled, number_of, perhaps_file, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/keputusan/{decree_id}/bast")
SEE, DELIVER = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DELIVER))
GOODS, WITNESSES = 3, 3
"""Rows of the form; more kinds of goods come by the API or the command line."""
PARTY = ("name", "id", "office", "address")


@router.get("")
def form(
    request: Request, decree_id: Number, tahap: Annotated[int | None, Query(ge=0, le=99)] = None,
    desa: Annotated[str, Query(max_length=20)] = "", who: Asking = SEE,
) -> Response:  # fmt: skip
    """The minutes on record, and a form that knows the village's families and their value."""
    today = day_in_gorontalo(who.at)
    shown = or_refused(decrees_told.shown(who.options, decree_id, today))
    phase = shown["phases"][0] if tahap is None else tahap
    villages = or_refused(decree_desk.villages(who.options, decree_id, phase, today))
    village = next((each for each in villages if each.region == desa), None)
    on_record = handover_routes.on_record(who, decree_id)
    return page(
        request, who, "handovers.html", decree=shown, phase=phase, villages=villages, village=village,
        handovers=on_record, now=who.at.astimezone(WITA).strftime("%Y-%m-%dT%H:%M"), goods=GOODS, witnesses=WITNESSES,
        names={each.region: each.name for each in villages},
    )  # fmt: skip


@router.post("")
async def post(decree_id: Number, form: Posted, who: Asking = DELIVER) -> Response:
    """Records minutes."""
    or_refused(await run_in_threadpool(decrees_told.shown, who.options, decree_id, day_in_gorontalo(who.at)))
    scan = await perhaps_file(form, "scan")
    given = filled(
        handover_routes.NewHandover,
        region=text_of(form, "region", 20),
        values=_values(form, decree_id),
        reason=text_of(form, "reason"),
    )
    done = await run_in_threadpool(handover_routes.recorded, who, decree_id, given, scan)
    open_ = len(done.cautions) if done.cautions and not done.explained else None
    return gone_to(f"/keputusan/{decree_id}/bast", tahap=given.values.phase, dicatat=done.number, beda=open_)


@router.post("/{handover_id}/unduh")
def download(
    request: Request, decree_id: Number, handover_id: Number, form: Posted, who: Asking = Depends(Needs(Right.REVEAL))
) -> Response:
    """The minutes as a paper; what for is on record before it leaves."""
    given = handover_routes.Purposed(form=Form.PDF, why=text_of(form, "why"))
    return handover_routes.printed(who, decree_id, handover_id, given, language_of(request))


def _values(form: FormData, decree_id: int) -> HandoverData:
    """What the paper says, from the fields of the form; refused with the first that can't be."""
    said = text_of(form, "at", 20)
    try:
        at = datetime.fromisoformat(said).replace(tzinfo=WITA)
    except ValueError:
        day = day_of(form, "at")
        at = datetime(day.year, day.month, day.day, 8, tzinfo=WITA)
    values = {
        "number": text_of(form, "number", 200), "at": at, "place": text_of(form, "place", 200),
        "program": {"id": text_of(form, "program", 200), "en": text_of(form, "program", 200)},
        "phase": number_of(form, "phase") or 0, "basis": text_of(form, "basis"),
        "first": _party(form, "first"), "second": _party(form, "second"),
        "items": tuple(item for row in range(GOODS) if (item := _goods(form, row))),
        "families": number_of(form, "families") or 0, "missing": text_of(form, "missing"),
        "witnesses": tuple(each for row in range(WITNESSES) if (each := _witness(form, row))),
    }  # fmt: skip
    return filled(HandoverData, **values)


def _party(form: FormData, which: str) -> dict[str, str]:
    said = {name: text_of(form, f"{which}:{name}", 200) for name in PARTY}
    if not all(said.values()):
        words = Words("Isi nama, NIP, jabatan dan alamat kedua pihak.", "Fill in who both parties are.")
        raise refusal("party-incomplete", words)
    return said | {"id_kind": "NIP" if which == "first" else text_of(form, f"{which}:id_kind", 10) or "NIP"}


def _goods(form: FormData, row: int) -> dict[str, object] | None:
    name = text_of(form, f"item:{row}", 200)
    if not name:
        return None
    volume, price = number_of(form, f"volume:{row}"), number_of(form, f"price:{row}")
    return {
        "name": name, "unit": text_of(form, f"unit:{row}", 50) or "paket", "volume": volume or 0, "price": price or 0,
        "state": text_of(form, f"state:{row}", 50) or "baik",
    }  # fmt: skip


def _witness(form: FormData, row: int) -> dict[str, str] | None:
    name = text_of(form, f"witness:{row}", 200)
    return {"name": name, "office": text_of(form, f"witness_office:{row}", 200)} if name else None
