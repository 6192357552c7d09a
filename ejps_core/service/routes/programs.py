"""Programs and rule sets: their whole text, their fields, what their rules mean, how their examples come out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from ejps_core.app.access.rights import Right
from ejps_core.app.program_told import ProgramTold, program_told
from ejps_core.app.program_view import program, programs
from ejps_core.authoring.meanings import told as phrase_told
from ejps_core.model.words import Language
from ejps_core.service.answers import or_refused, plain
from ejps_core.service.guard import Asking, Needs

router = APIRouter(prefix="/programs", tags=["programs"])
SEE = Depends(Needs(Right.SEE_PROGRAMS))


@router.get("")
def get(who: Asking = SEE) -> list[Any]:
    """The installed programs and the rule sets of districts; those that can't be used say why."""
    return [plain(each) for each in programs(who.service.plugins)]


@router.get("/{id}")
def one(id: str, who: Asking = SEE) -> dict[str, Any]:
    """A program as a whole: text, fields, and where each statement stands."""
    shown = or_refused(program(id, who.service.plugins))
    return {
        "id": shown.id, "title": plain(shown.title), "text": shown.text, "fields": plain(shown.fields),
        "legal": list(shown.legal), "record": plain(shown.record),
    }  # fmt: skip


@router.get("/{id}/meaning")
def meaning(id: str, language: Language = Language.ID, who: Asking = SEE) -> dict[str, Any]:
    """What each rule means as sentences, the dated values with their sources, the examples as they come out."""
    return told(or_refused(program_told(id, language, who.service.plugins)))


def told(found: ProgramTold) -> dict[str, Any]:
    """A program told, as JSON has it."""
    return {
        "id": found.ruleset.id, "program": found.ruleset.program, "digest": found.ruleset.digest, "version": found.version,
        "title": plain(found.title), "surface": found.surface.value, "first": found.first, "last": found.last,
        "areas": list(found.ruleset.areas), "legal": list(found.ruleset.legal), "assumed": found.assumed,
        "statements": [
            {
                "first": each.first, "last": each.last, "name": each.name, "title": plain(each.title), "legal": each.legal,
                "message": plain(each.message), "text": "\n".join("".join(p.text for p in row) for row in each.rows),
                "meaning": [{"lead": plain(said.lead), "words": phrase_told(said.phrase)} for said in each.sayings],
            }
            for each in found.statements
        ],
        "parameters": plain(found.parameters), "benefits": plain(found.benefits),
        "examples": [
            {
                "title": each.title, "on": each.on, "verdict": plain(each.outcome.verdict),
                "because": list(each.outcome.because), "needs": list(each.outcome.needs), "amount": each.outcome.amount,
                "as_said": each.outcome.failed is None,
            }
            for each in found.examples
        ],
    }  # fmt: skip
