"""Amendments of an issued decree: changes a row each, then the same way to the signature."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from ejps_core.app import decrees_told
from ejps_core.app.access.rights import Right
from ejps_core.app.amending import Amending
from ejps_core.app.changes_asked import Asked
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.decreed import ChangeKind, ChangeReason
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes.decrees import amended
from ejps_core.web.forms import number_of, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/keputusan/{decree_id}/perubahan")
DRAFT = Depends(Needs(Right.DECREE))
ROWS = 5
"""Changes of one form; more come by another amendment, or by the command line from a file."""


@router.get("")
def form(request: Request, decree_id: Number, siapa: str = "", who: Asking = DRAFT) -> Response:
    """The form of an amendment."""
    shown = or_refused(decrees_told.shown(who.options, decree_id, day_in_gorontalo(who.at)))
    return page(
        request, who, "amendment.html", decree=shown, rows=ROWS, whom=siapa[:40], kinds=list(ChangeKind),
        reasons=list(ChangeReason),
    )  # fmt: skip


@router.post("")
def post(decree_id: Number, form: Posted, who: Asking = DRAFT) -> Response:
    """Drafts it."""
    or_refused(decrees_told.shown(who.options, decree_id, day_in_gorontalo(who.at)))
    changes = tuple(each for row in range(ROWS) if (each := _change(form, row)) is not None)
    title = text_of(form, "title")
    if not changes or not title:
        words = Words("Isi judul dan sedikitnya satu perubahan.", "Fill in a title and one change at least.")
        raise refusal("amendment-incomplete", words)
    done = amended(who, Amending(decree_id, title, changes, number_of(form, "from_phase"), number_of(form, "run")))
    return gone_to(f"/keputusan/{done.number}", disusun=1)


def _change(form: FormData, row: int) -> Asked | None:
    """A row of the form; None: it was left blank. Refused if its kind or reason is none."""

    def said(name: str, most: int = 500) -> str:
        return text_of(form, f"{name}:{row}", most)

    whom, kind, reason = said("whom", 40), said("kind", 20), said("reason", 20)
    if not whom:
        return None
    if kind not in set(ChangeKind) or reason not in set(ChangeReason):
        raise refusal("change-incomplete", Words("Pilih perubahan dan alasannya.", "Choose the change and its reason."))
    return Asked(
        ChangeKind(kind), whom, ChangeReason(reason), said("why"), said("document"), said("successor", 40) or None,
        said("nik", 40) or None, said("name", 200) or None,
    )  # fmt: skip
