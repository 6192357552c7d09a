"""The province: its money on one page, what stands behind each figure, and positions that do not move."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.aid.entries import TITLES
from ejps_core.aid.targeting import BASES
from ejps_core.app import list_view, province_view, run_view, targeting_view
from ejps_core.app.access.rights import Right
from ejps_core.app.made_files import Made
from ejps_core.app.money.desk import moment_of
from ejps_core.app.money.freezing import freeze_position, verify_positions
from ejps_core.app.money.reporting import position_report
from ejps_core.app.report_files import Form
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused, place_of
from ejps_core.service.guard import LARGEST, Asking, NeedsWhole, Number, Posted
from ejps_core.service.problems import language_of, refusal
from ejps_core.service.short_lived import Leaving
from ejps_core.web.forms import text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/provinsi")
SEE, FREEZE = Depends(NeedsWhole(Right.SEE_PROVINCE)), Depends(NeedsWhole(Right.FREEZE))
PAGE = 50
Text = Annotated[str | None, Query(max_length=100)]
Year = Annotated[int | None, Query(ge=1900, le=9999)]


@router.get("")
def dashboard(
    request: Request, program: Text = None, tahun: Year = None, posisi: Text = None, who: Asking = SEE
) -> Response:
    """The money of a program by district, as it was frozen or as of now."""
    asked = province_view.Asked(program, tahun, posisi)
    found = or_refused(province_view.dashboard(who.options, asked, who.at))
    return page(request, who, "province.html", board=found, figures=province_view.FIGURES)


@router.get("/rincian")
def behind(
    request: Request, program: Text = None, tahun: Year = None, posisi: Text = None, daerah: Text = None,
    tahap: Annotated[int | None, Query(ge=0, le=99)] = None, angka: Text = None, who: Asking = SEE,
) -> Response:  # fmt: skip
    """The entries that a figure is the sum of."""
    asked = province_view.Asked(program, tahun, posisi)
    found = or_refused(province_view.behind(who.options, asked, daerah or None, tahap, angka or None, who.at))
    if found is None:
        raise nothing_yet()
    return page(request, who, "province_entries.html", found=found, area=daerah, phase=tahap, figure=angka, titles=TITLES)


@router.get("/posisi")
def positions(request: Request, program: Text = None, who: Asking = SEE) -> Response:
    """The frozen positions, and a form to freeze one."""
    board = or_refused(province_view.dashboard(who.options, province_view.Asked(program), who.at))
    if board is None:
        raise nothing_yet()
    return page(request, who, "positions.html", board=board, program=board.position.program)


@router.post("/posisi")
def freeze(form: Posted, who: Asking = FREEZE) -> Response:
    """Freezes the position of a moment."""
    why, said = text_of(form, "why", 300), text_of(form, "at", 40).replace("T", " ")
    if not why or not said:
        raise refusal("freeze-incomplete", Words("Sebutkan waktunya dan untuk apa.", "Say of which moment, and what for."))
    program, year = text_of(form, "program", 100), text_of(form, "year", 4)
    at = or_refused(moment_of(said, "waktu"))
    chosen = int(year) if year.isascii() and year.isdecimal() else None
    frozen, _ = or_refused(freeze_position(who.options, who.actor(why), program, chosen, at))
    return gone_to(f"/provinsi/posisi/{frozen.number}", sudah=1 if frozen.again else None)


@router.get("/posisi/{number}")
def position(
    request: Request, number: Number, dengan: Annotated[int | None, Query(ge=0, le=LARGEST)] = None, who: Asking = SEE
) -> Response:
    """A frozen position: whole or not, and what changed since, up to another one or to now."""
    (checked,) = or_refused(verify_positions(who.options, number))
    found = or_refused(province_view.differing(who.options, number, dengan, who.at))
    asked = province_view.Asked(found.before.program, found.before.year, str(number))
    board = or_refused(province_view.dashboard(who.options, asked, who.at))
    return page(
        request, who, "position.html", board=board, checked=checked, found=found, other=dengan,
        what=province_view.change_words, total=province_view.figures_of(found.before),
    )  # fmt: skip


@router.get("/posisi/{number}/laporan.pdf")
def report(request: Request, number: Number, who: Asking = SEE) -> Response:
    """The realisation report of a frozen position."""
    made = position_report(who.options, number, Form.PDF, language_of(request), who.service.plugins)
    return Leaving(Made(*or_refused(made))).response()


@router.get("/sasaran")
def targeting(request: Request, program: Text = None, who: Asking = SEE) -> Response:
    """Whether aid reached the right families; each rate with what it is of."""
    found = or_refused(targeting_view.reached(who.options, program or None))
    return page(request, who, "targeting.html", found=found, bases=BASES, rates_of=targeting_view.rates_of)


@router.get("/mutu")
def quality(request: Request, cursor: Annotated[str | None, Query(max_length=100)] = None, who: Asking = SEE) -> Response:
    """How good the lists of the districts are: rows set apart, decisions that lack a fact."""
    lists = or_refused(list_view.lists(who.options, place_of(cursor), PAGE))
    newest = (or_refused(run_view.runs(who.options, each["list"], 0, 1)).items for each in lists.items)
    runs = {found[0]["list"]: found[0] for found in newest if found}
    return page(request, who, "quality.html", lists=lists, runs=runs)


def nothing_yet() -> Exception:
    """No budget year is on record."""
    return refusal(
        "budget-year-unknown",
        Words("Belum ada tahun anggaran yang tercatat.", "No budget year is on record yet."),
        Words("Buka dengan: ejps money open PROGRAM", "Open one with: ejps money open PROGRAM"),
    )
