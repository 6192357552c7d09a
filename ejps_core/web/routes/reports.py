"""Reports: which there are, and one made of what is on record, as a file; what for is asked where names are read."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from ejps_core.app import decree_desk, run_view, sampling
from ejps_core.app.access.rights import Right
from ejps_core.app.money.freezing import frozen_positions
from ejps_core.app.papers.shelf import OnShelf
from ejps_core.app.report_files import Form
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Posted
from ejps_core.service.problems import language_of
from ejps_core.service.routes import reports as report_routes
from ejps_core.service.routes.overlaps import pairs_of
from ejps_core.web.forms import filled, number_of, text_of, texts_of
from ejps_core.web.pages import page

router = APIRouter(prefix="/laporan")
SEE = Depends(Needs(Right.SEE_LISTS))
MOST = 100
Text = Annotated[str, Query(max_length=100)]


@router.get("")
def shelf(request: Request, who: Asking = SEE) -> Response:
    """The reports that whoever looks may take."""
    return page(request, who, "reports.html", reports=report_routes.taken_by(who))


@router.get("/{report}")
def form(request: Request, report: str, putusan: int = 0, keputusan: int = 0, sampel: int = 0, posisi: int = 0,
         bast: int = 0, who: Asking = SEE) -> Response:  # fmt: skip
    """What a report is to be made of."""
    found = report_routes.one_taken(who, report)
    chosen = {"run": putusan, "decree": keputusan, "sample": sampel, "position": posisi, "handover": bast}
    return page(request, who, "report.html", report=found, chosen=chosen, forms=list(Form), **_choices(who, found))


@router.post("/{report}")
def made(request: Request, report: str, form: Posted, who: Asking = SEE) -> Response:
    """The report as a file."""
    report_routes.one_taken(who, report)
    return report_routes.made(who, report, _wanted(form), language_of(request)).response()


def _choices(who: Asking, report: OnShelf) -> dict[str, Any]:
    """What can be chosen for the fields that a report asks for."""
    asks, nothing = set(report.asks), ()
    runs = or_refused(run_view.runs(who.options, None, 0, MOST)).items if asks & {"run", "runs"} else nothing
    decrees = or_refused(decree_desk.decrees(who.options, 0, MOST)).items if asks & {"decree", "decrees"} else nothing
    return {
        "runs": runs,
        "decrees": [each for each in decrees if not each["amends"]],
        "samples": or_refused(sampling.listed(who.options)) if "sample" in asks else nothing,
        "positions": or_refused(frozen_positions(who.options, None)) if "position" in asks else nothing,
    }


def _wanted(form: FormData) -> report_routes.Wanted:
    """What the form says that the report is made of."""
    kind = text_of(form, "form", 10)

    def numbers(name: str) -> list[int]:
        return [int(each) for each in texts_of(form, name, 50) if each.isdecimal() and len(each) < 16]

    return filled(
        report_routes.Wanted,
        runs=numbers("run"), decrees=numbers("decree"), position=number_of(form, "position"),
        handover=number_of(form, "handover"), sample=number_of(form, "sample"), phase=_phase(form),
        whom=text_of(form, "whom", 40) or None, paper=text_of(form, "paper", 200),
        full_numbers=bool(text_of(form, "full", 5)), allowed=list(pairs_of(text_of(form, "allowed").split())),
        form=Form(kind) if kind in set(Form) else Form.PDF, why=text_of(form, "why"),
    )  # fmt: skip


def _phase(form: FormData) -> int | None:
    phase = number_of(form, "phase")
    return None if phase is None else min(phase, 99)
