"""Programs and rule sets: their whole text, their fields."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from ejps_core.app.access.rights import Right
from ejps_core.app.program_view import program, programs
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
