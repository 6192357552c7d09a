"""One family: why it was decided so, by which words of the rules, on which data, and what happened before."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from ejps_core.app import objecting
from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import Purpose
from ejps_core.app.family_aid import happenings
from ejps_core.app.family_view import FamilySeen, family
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.papers.asked import Source
from ejps_core.app.report_files import Form
from ejps_core.model.words import Words
from ejps_core.reports.explanation import benefits_told, rules_told
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import language_of, refusal
from ejps_core.service.short_lived import perhaps_handed, report_of, status_address
from ejps_core.web.forms import day_of, perhaps_file, text_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/putusan/{run_id}/keluarga/{pid}")
LETTER = Depends(Needs(Right.REVEAL))
PURPOSES = {
    Purpose.VERIFICATION: Words("verifikasi keluarga", "verifying the family"),
    Purpose.DELIVERY: Words("penyaluran bantuan", "delivering the aid"),
    Purpose.MATCHING: Words("pemadanan data", "matching of data"),
}


@router.get("")
def one(request: Request, run_id: Number, pid: str, who: Asking = Depends(Needs(Right.SEE_FAMILIES))) -> Response:
    """The family with numbers masked."""
    actor = who.actor(f"melihat putusan, run {run_id}")
    return _shown(request, who, or_refused(family(who.options, actor, run_id, pid, who.service.plugins)))


@router.post("/buka")
def reveal(request: Request, run_id: Number, pid: str, form: Posted, who: Asking = Depends(Needs(Right.REVEAL))) -> Response:
    """The family in clear, on this page only; what for and why is in the audit log."""
    said, why = text_of(form, "purpose", 30), text_of(form, "why", 500)
    if said not in set(Purpose) or len(why) < 3:
        raise refusal("purpose-missing", Words("Sebutkan tujuan dan alasannya.", "Say what for, and why."))
    found = family(who.options, who.actor(why), run_id, pid, who.service.plugins, Purpose(said))
    return _shown(request, who, or_refused(found))


@router.post("/surat")
def letter(request: Request, run_id: Number, pid: str, form: Posted, who: Asking = LETTER) -> Response:
    """The letter to the family; where there are public pages, with a code by which it learns where it stands."""
    source = Source(runs=(run_id,), whom=pid, paper=text_of(form, "paper", 100), status_at=status_address(request))
    return report_of(who, "surat", source, Form.PDF, text_of(form, "why", 300), language_of(request)).response()


@router.post("/keberatan")
async def object_to(run_id: Number, pid: str, form: Posted, who: Asking = Depends(Needs(Right.DELIVER))) -> Response:
    """Records the family's objection against the decision."""
    grounds, scan = text_of(form, "grounds", 2000), await perhaps_file(form, "letter")
    if not grounds:
        raise refusal("grounds-missing", Words("Isi apa keberatannya.", "Say what the objection is."))
    given = objecting.Asked(
        day_of(form, "known_on"), day_of(form, "filed_on"), grounds, text_of(form, "document"), None, run_id, pid
    )

    def do() -> objecting.OnFile:
        with perhaps_handed(scan) as path:
            return or_refused(objecting.file(who.options, who.actor(), replace(given, letter=path)))

    return gone_to(f"/putusan/{run_id}/keluarga/{pid}", keberatan=(await run_in_threadpool(do)).number)


def _shown(request: Request, who: Asking, seen: FamilySeen) -> Response:
    language = language_of(request)
    purposes = [(each.value, words) for each, words in PURPOSES.items() if each in who.scope.purposes]
    return page(
        request, who, "family.html", seen=seen, rules=rules_told(seen.trace, seen.subject, language),
        benefits=benefits_told(seen.trace, seen.subject, language), purposes=purposes,
        parameters=seen.trace.parameters, needs=seen.trace.needs, happened=or_refused(happenings(who.options, seen.pid)),
        may_write=who.may(Right.REVEAL) and Purpose.DELIVERY in who.scope.purposes, public=who.service.settings.public,
        today=day_in_gorontalo(who.at).isoformat(),
    )  # fmt: skip
