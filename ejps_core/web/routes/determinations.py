"""Official determinations of a list: what is unknown is settled by a document, on record."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.app import list_view, run_view
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.program_view import programs
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes import determinations as determination_routes
from ejps_core.web.forms import day_of, filled, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/daftar/{list_id}/ketetapan")
DETERMINE = Depends(Needs(Right.DETERMINE))
NEEDED = ("kk", "fact", "value", "determined_by", "why", "document")


@router.get("")
def form(
    request: Request, list_id: Number, program: Annotated[str | None, Query(max_length=100)] = None,
    data: Annotated[str, Query(max_length=200)] = "", who: Asking = DETERMINE,
) -> Response:  # fmt: skip
    """What was determined for a list, and a form for one more."""
    or_refused(list_view.exists(who.options, list_id))
    installed = [each for each in programs(who.service.plugins) if each.parent is None and each.broken is None]
    chosen = program if program in {each.id for each in installed} else installed[0].id
    known = determination_routes.known(who, list_id, chosen)
    today = day_in_gorontalo(who.at).isoformat()
    runs = or_refused(run_view.runs(who.options, list_id, 0, 1)).items
    return page(
        request, who, "determinations.html", list_id=list_id, known=known, programs=installed, fact=data, today=today,
        decided=str(runs[0]["as_of"]) if runs else today,
        titles={name: title for name, title, _ in known.facts},
    )  # fmt: skip


@router.post("")
def post(list_id: Number, form: Posted, who: Asking = DETERMINE) -> Response:
    """Records one."""
    or_refused(list_view.exists(who.options, list_id))
    said = {name: text_of(form, name, 30 if name == "kk" else 200) for name in NEEDED}
    if not all(said.values()):
        words = Words(
            "Isi keluarga, data, nilai, pejabat, alasan dan dokumennya.", "Fill in whom, what, who, why and by what."
        )
        raise refusal("determination-incomplete", words)
    given = filled(
        determination_routes.NewDetermination,
        program=text_of(form, "program", 100), as_of=day_of(form, "as_of"), nik=text_of(form, "nik", 30) or None,
        on=day_of(form, "on"), withdrawn=bool(text_of(form, "withdrawn", 5)), **said,
    )  # fmt: skip
    numbers = determination_routes.determined(who, list_id, given)
    return gone_to(f"/daftar/{list_id}/ketetapan", program=given.program, dicatat=numbers[0] if numbers else None)
