"""Ground checks (uji petik): draw a sample, print its form, enter what was found, see both errors, trace each family."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.app import run_view, sample_view, sampling
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.report_files import Form
from ejps_core.model.words import Words
from ejps_core.reports.ground_check import percent as share_words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, NeedsWhole, Number, Posted
from ejps_core.service.problems import language_of, refusal
from ejps_core.service.routes import samples as sample_routes
from ejps_core.web.forms import day_of, filled, number_of, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/uji-petik")
SEE, HANDLE = Depends(NeedsWhole(Right.SEE_PROVINCE)), Depends(NeedsWhole(Right.SAMPLE))
REVEAL = Depends(NeedsWhole(Right.REVEAL))
LEVELS, ANSWERS = ("district", "subdistrict", "village"), ("ya", "tidak", "belum")
PAGE = 50
Begin = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("")
def listed(request: Request, who: Asking = SEE) -> Response:
    """The samples on record, and a form to draw one."""
    found = tuple(reversed(or_refused(sampling.listed(who.options))))
    runs = or_refused(run_view.runs(who.options, None, 0, 100)).items
    return page(request, who, "samples.html", samples=found, runs=runs, levels=LEVELS)


@router.post("")
def draw(form: Posted, who: Asking = HANDLE) -> Response:
    """Draws one."""
    run, size, seed = number_of(form, "run"), number_of(form, "size"), text_of(form, "seed", 200)
    level, paid = text_of(form, "level", 20), text_of(form, "paid_by", 20)
    if run is None or not size or not seed or level not in LEVELS:
        words = Words("Pilih putusan, ukuran, dan benih undian.", "Choose a run, a size and a seed.")
        raise refusal("sample-incomplete", words)
    least = number_of(form, "least")
    given = filled(
        sample_routes.NewSample, run=run, size=size, seed=seed, least=5 if least is None else least, level=level,
        paid_by=paid if paid in sample_routes.PAID else None,
    )  # fmt: skip
    return gone_to(f"/uji-petik/{sample_routes.drawn(who, given).number}", ditarik=1)


@router.get("/{sample_id}")
def one(request: Request, sample_id: Number, mulai: Begin = 0, who: Asking = SEE) -> Response:
    """A sample: its strata, both errors, its families with what was found."""
    seen = or_refused(sample_view.sample_seen(who.options, sample_id))
    return page(
        request, who, "sample.html", seen=seen, units=seen.units[mulai : mulai + PAGE], begin=mulai, size=PAGE,
        answers=ANSWERS, today=day_in_gorontalo(who.at).isoformat(), share_of=share_words,
    )  # fmt: skip


@router.post("/{sample_id}/hasil")
def results(sample_id: Number, form: Posted, who: Asking = HANDLE) -> Response:
    """Records what was found at the families of a page."""
    or_refused(sample_view.sample_seen(who.options, sample_id))
    day = day_of(form, "on")
    given: list[sample_routes.NewResult] = []
    for name, value in form.multi_items():
        kind, _, position = name.partition(":")
        if kind == "hasil" and value in ANSWERS and position.isdecimal() and len(position) < 7:
            note = text_of(form, f"catatan:{position}")
            said = {"position": int(position), "answer": value, "on": day, "note": note}
            given.append(filled(sample_routes.NewResult, **said))
    if not given:
        raise refusal("nothing-changed", Words("Belum ada hasil yang diisi.", "No result is filled in."))
    new, _ = sample_routes.results(who, sample_id, given)
    return gone_to(f"/uji-petik/{sample_id}", tercatat=new, mulai=number_of(form, "mulai") or None)


@router.get("/{sample_id}/jejak")
def trace(request: Request, sample_id: Number, mulai: Begin = 0, who: Asking = SEE) -> Response:
    """Each family from its row to the verdict, the decree, the payment order and the receipt."""
    found = or_refused(sample_view.followed(who.options, sample_id, who.at))
    return page(
        request, who, "sample_trace.html", found=found, families=found.families[mulai : mulai + PAGE], begin=mulai, size=PAGE
    )


@router.post("/{sample_id}/ulang")
def again(sample_id: Number, form: Posted, who: Asking = HANDLE) -> Response:
    """Draws it again from its seed and compares."""
    return gone_to(f"/uji-petik/{sample_id}", sama=int(sample_routes.drawn_again(who, sample_id)))


@router.post("/{sample_id}/formulir")
def printed(request: Request, sample_id: Number, form: Posted, who: Asking = REVEAL) -> Response:
    """The verification form as a file; what for is on record before it leaves."""
    kind = text_of(form, "form", 10)
    form_of = Form(kind) if kind in (Form.PDF, Form.XLSX) else Form.PDF
    return sample_routes.printed(who, sample_id, sample_routes.FORM, form_of, text_of(form, "why"), language_of(request))


@router.post("/{sample_id}/laporan")
def report(request: Request, sample_id: Number, form: Posted, who: Asking = SEE) -> Response:
    """The results as a report, without names."""
    return sample_routes.printed(who, sample_id, sample_routes.RESULTS, Form.PDF, "hasil uji petik", language_of(request))
