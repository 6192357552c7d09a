"""Reports from what is on record, by name: as PDF, workbook, CSV, JSON or HTML; who takes one what for is on record."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import decrees_told, run_view
from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import out_of_scope
from ejps_core.app.made_files import Made
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.money.reporting import position_report
from ejps_core.app.papers.asked import Source
from ejps_core.app.papers.shelf import OnShelf, shelf
from ejps_core.app.report_files import Form
from ejps_core.model.words import Language, Words
from ejps_core.service.answers import or_refused, plain
from ejps_core.service.guard import LARGEST, Asking, Needs, right_missing
from ejps_core.service.problems import refusal
from ejps_core.service.short_lived import Leaving, report_of

router = APIRouter(prefix="/reports", tags=["reports"])
SEE = Depends(Needs(Right.SEE_LISTS))
Id = Annotated[int, Field(ge=0, le=LARGEST)]


class Wanted(BaseModel):
    """What a report is made of, as far as it asks for it, and what for. allowed: pairs of programs that may go together."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"runs": [1], "form": "pdf", "why": "rapat evaluasi"}},
    )

    runs: list[Id] = Field(default_factory=list, max_length=50)
    decrees: list[Id] = Field(default_factory=list, max_length=50)
    position: Id | None = None
    handover: Id | None = None
    sample: Id | None = None
    phase: Annotated[int, Field(ge=0, le=99)] | None = None
    whom: Annotated[str, Field(max_length=40)] | None = None
    paper: Annotated[str, Field(max_length=200)] = ""
    full_numbers: bool = False
    allowed: list[tuple[str, str]] = Field(default_factory=list, max_length=50)
    form: Form = Form.PDF
    why: Annotated[str, Field(max_length=500)]


@router.get("")
def reports(who: Asking = SEE) -> dict[str, Any]:
    """The reports that whoever asks may take, and what each is made of."""
    return {"items": plain(taken_by(who))}


@router.post("/{report}", response_class=Response)
def report(report: str, given: Wanted, lang: Annotated[Language, Query()] = Language.ID, who: Asking = SEE) -> Response:
    """A report as a file."""
    return made(who, report, given, lang).response()


def taken_by(who: Asking) -> tuple[OnShelf, ...]:
    """The reports that somebody may take: those with names only with the right to read them."""
    every = shelf(who.service.plugins)
    return tuple(
        each
        for each in every
        if (who.may(Right.REVEAL) or not each.named)
        and (not each.whole or (who.scope.areas is None and who.may(Right.SEE_PROVINCE)))
    )


def one_taken(who: Asking, name: str) -> OnShelf:
    """A report that somebody may take; refused if it is none, or not for him."""
    found = next((each for each in shelf(who.service.plugins) if each.name == name), None)
    if found is None:
        raise refusal("unknown-report", Words("Laporan itu tidak ada.", "There is no such report."))
    if found not in taken_by(who):
        raise right_missing() if found.named and not who.may(Right.REVEAL) else out_of_scope()
    return found


def made(who: Asking, name: str, given: Wanted, language: Language) -> Leaving:
    """A report that is made now. What is named and not in the scope is not there."""
    found = one_taken(who, name)
    if "position" in found.asks:
        if given.position is None:
            raise refusal("report-of-what", Words("Pilih posisinya.", "Choose the position."))
        path, content = or_refused(position_report(who.options, given.position, given.form, language, who.service.plugins))
        return Leaving(Made(path, content))
    for run in given.runs:
        or_refused(run_view.look(who.options, run, run_view.Wanted(limit=1)))
    for decree in given.decrees:
        or_refused(decrees_told.shown(who.options, decree, day_in_gorontalo(who.at)))
    source = Source(
        tuple(given.runs), tuple(given.decrees), given.handover, given.sample, given.phase, given.whom or None, given.paper,
        given.full_numbers, allowed=tuple(given.allowed),
    )  # fmt: skip
    return report_of(who, name, source, given.form, given.why, language)
