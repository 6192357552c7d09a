"""Decrees: what waits for whom, a draft from a run, its way to the signature, and its lists to be handed out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from ejps_core.app import decree_desk, decrees_told, run_view
from ejps_core.app.access.rights import Right
from ejps_core.app.approving import act_on
from ejps_core.app.drafting import Drafting, draft_decree
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.report_files import Form
from ejps_core.model.decreed import DecreeAct
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused, place_of
from ejps_core.service.guard import LARGEST, Asking, Needs, Number, Posted
from ejps_core.service.problems import language_of, refusal
from ejps_core.service.routes import decrees as decree_routes
from ejps_core.web.forms import day_of, number_of, perhaps_file, text_of
from ejps_core.web.pages import gone_to, page
from ejps_core.web.words import district_names

router = APIRouter(prefix="/keputusan")
SEE, DRAFT, HANDLE = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DECREE)), Depends(Needs(Right.HANDLE_DECREES))
PAGE = 25
STEPS = {"periksa": DecreeAct.CHECK, "kembalikan": DecreeAct.RETURN, "batalkan": DecreeAct.WITHDRAW}


@router.get("")
def listed(request: Request, cursor: Annotated[str | None, Query(max_length=100)] = None, who: Asking = SEE) -> Response:
    """What waits for whoever looks, and the decrees of one's districts."""
    waits = or_refused(decree_desk.waiting(who.options, who.actor())) if who.may(Right.HANDLE_DECREES) else ()
    found = or_refused(decree_desk.decrees(who.options, place_of(cursor), PAGE))
    return page(request, who, "decrees.html", decrees=found, waiting=waits)


@router.get("/baru")
def draft_form(request: Request, run: Annotated[int, Query(ge=0, le=LARGEST)] = 0, who: Asking = DRAFT) -> Response:
    """What a decree is to be drafted from."""
    looked = or_refused(run_view.look(who.options, run, run_view.Wanted(limit=1)))
    return page(request, who, "decree_draft.html", looked=looked)


@router.post("/baru")
def draft(form: Posted, who: Asking = DRAFT) -> Response:
    """Drafts it."""
    title = text_of(form, "title")
    if not title:
        raise refusal("title-missing", Words("Judulnya belum diisi.", "The title is not filled in."))
    asked = Drafting(number_of(form, "run") or 0, title, None, _phases(text_of(form, "phases", 60)),
                     bool(text_of(form, "provisional", 5)))  # fmt: skip
    done = or_refused(draft_decree(who.options, who.actor(), asked))
    left = ",".join(f"{why}:{count}" for why, count in done.left_out.items()) or None
    return gone_to(f"/keputusan/{done.number}", disusun=1, ditinggalkan=left)


@router.get("/{decree_id}")
def one(request: Request, decree_id: Number, who: Asking = SEE) -> Response:
    """A decree: where it stands, what may be done with it now, its phases, its amendments."""
    shown = or_refused(decrees_told.shown(who.options, decree_id, day_in_gorontalo(who.at)))
    may_do = or_refused(decree_desk.acts_open(who.options, who.actor(), decree_id))
    return page(
        request, who, "decree.html", decree=shown, acts={each.value for each in may_do}, office=decree_routes.OFFICE,
        left=_left(request.query_params.get("ditinggalkan", "")), today=day_in_gorontalo(who.at).isoformat(),
        place=district_names().get(shown["district"], ""), reports=decree_routes.REPORTS,
    )  # fmt: skip


@router.post("/{decree_id}/langkah")
def step(decree_id: Number, form: Posted, who: Asking = HANDLE) -> Response:
    """Checked and sent for approval, returned, or withdrawn."""
    act = STEPS.get(text_of(form, "act", 20))
    or_refused(decree_desk.acts_open(who.options, who.actor(), decree_id))
    if act is None:
        raise refusal("act-unknown", Words("Langkah ini tidak dikenal.", "This step is not known."))
    reason = text_of(form, "reason")
    or_refused(act_on(who.options, who.actor(reason), decree_id, act, reason))
    return gone_to(f"/keputusan/{decree_id}", selesai=act.value)


@router.post("/{decree_id}/setujui")
def approve(decree_id: Number, form: Posted, who: Asking = Depends(Needs(Right.APPROVE))) -> Response:
    """Another person answers for it, in an office."""
    done = act_on(who.options, who.actor(), decree_id, DecreeAct.APPROVE, "", text_of(form, "office", 200))
    or_refused(done)
    return gone_to(f"/keputusan/{decree_id}", selesai=DecreeAct.APPROVE.value)


@router.post("/{decree_id}/tetapkan")
async def issue(decree_id: Number, form: Posted, who: Asking = HANDLE) -> Response:
    """It was signed on paper: number, day, signatory, the scan."""
    scan = await perhaps_file(form, "scan")
    number, signatory, office = text_of(form, "number", 200), text_of(form, "signatory", 200), text_of(form, "office", 200)
    day = day_of(form, "day")
    if not (number and signatory and office):
        words = Words("Isi nomor, penanda tangan dan jabatannya.", "Fill in the number, the signatory and the office.")
        raise refusal("signature-incomplete", words)
    given = decree_routes.Signing(number=number, day=day, signatory=signatory, office=office)
    await run_in_threadpool(decree_routes.issued, who, decree_id, given, scan)
    return gone_to(f"/keputusan/{decree_id}", selesai=DecreeAct.ISSUE.value)


@router.post("/{decree_id}/unduh")
def download(request: Request, decree_id: Number, form: Posted, who: Asking = Depends(Needs(Right.REVEAL))) -> Response:
    """Begins to make a list as a file; what for is on record before it leaves."""
    kind = text_of(form, "form", 10)
    given = decree_routes.Paper(
        report=text_of(form, "report", 64), form=Form(kind) if kind in set(Form) else Form.PDF,
        phase=number_of(form, "phase"), why=text_of(form, "why"), full_numbers=bool(text_of(form, "full", 5)),
    )  # fmt: skip
    return gone_to(f"/pekerjaan/{decree_routes.begun(who, decree_id, given, language_of(request))}")


def _phases(text: str) -> tuple[int, ...]:
    """Phases written 2, 3; none: those of the run."""
    parts = [part for part in text.replace(",", " ").split() if part]
    if not all(part.isdecimal() and len(part) < 3 for part in parts):
        raise refusal("bad-phase", Words("Tulis tahap dengan angka: 2, 3.", "Write phases as numbers: 2, 3."))
    return tuple(map(int, parts))


def _left(text: str) -> list[tuple[str, int]]:
    """Who was left out of a draft, by why, as its page was told."""
    pairs = [part.partition(":") for part in text[:200].split(",") if part]
    return [(why, int(count)) for why, _, count in pairs if count.isdecimal()]
