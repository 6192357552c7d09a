"""One family: why it was decided so, by which words of the rules, on which data, and what happened before."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app.access.rights import Right
from ejps_core.app.access.scopes import Purpose
from ejps_core.app.family_view import FamilySeen, family
from ejps_core.model.words import Words
from ejps_core.reports.explanation import benefits_told, rules_told
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import language_of, refusal
from ejps_core.web.forms import text_of
from ejps_core.web.pages import page

router = APIRouter(prefix="/putusan/{run_id}/keluarga/{pid}")
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


def _shown(request: Request, who: Asking, seen: FamilySeen) -> Response:
    language = language_of(request)
    purposes = [(each.value, words) for each, words in PURPOSES.items() if each in who.scope.purposes]
    return page(
        request, who, "family.html", seen=seen, rules=rules_told(seen.trace, seen.subject, language),
        benefits=benefits_told(seen.trace, seen.subject, language), purposes=purposes,
        parameters=seen.trace.parameters, needs=seen.trace.needs,
    )  # fmt: skip
