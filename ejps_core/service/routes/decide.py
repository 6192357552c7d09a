"""One family decided from its facts, with the whole reasoning; nothing is recorded."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json

from ejps_core.app.access.rights import Right
from ejps_core.app.single import PreparedProgram
from ejps_core.app.single_served import Key
from ejps_core.model.calendar import day_number
from ejps_core.model.words import Language
from ejps_core.reports.explanation import Subject
from ejps_core.reports.explanation_data import as_record
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs

router = APIRouter(tags=["decide"])
Cell = str | bool | int | None
EXAMPLE: dict[str, Any] = {
    "program": "jps_food_aid",
    "on": "2020-10-16",
    "family": {"kk": "7501010101209001", "alamat": "75.01.01", "terdaftar_dtks": "ya", "menerima_pkh": "tidak"},
    "members": [{"nik": "7501014107859001", "status_dukcapil": "aktif", "pegawai_negara": "tidak"}],
}


class Asked(BaseModel):
    """A family: its facts by name, as they are typed; null: the cell is empty; a fact that is left out is unknown.

    on: the decision date; known: only what was published by then counts. district: its rule set is used.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": EXAMPLE})

    program: str = Field(max_length=100)
    on: date
    known: date | None = None
    district: str | None = Field(None, max_length=20)
    family: dict[Annotated[str, Field(max_length=100)], Annotated[Cell, Field(union_mode="left_to_right")]] = Field(
        max_length=200
    )
    members: list[dict[str, Cell]] = Field(default_factory=list, max_length=50)
    trace: bool = True
    language: Language = Language.ID


@router.post("/decide", response_model=dict[str, Any])
def decide(asked: Asked, who: Asking = Depends(Needs(Right.TRY_FAMILY))) -> Response:
    """Verdict, reasons, facts still needed, amounts in minor units, and each rule's steps with the values they saw."""
    key = Key(asked.program, asked.on, asked.known, asked.district)
    ready = or_refused(who.service.ready.get(key))
    assert isinstance(ready, PreparedProgram)
    one = ready.decide_one(asked.family, asked.members)
    told: dict[str, Any] = {
        "program": ready.ruleset.program,
        "ruleset": ready.ruleset.id,
        "verdict": one.verdict.value,
        "reasons": list(one.reasons),
        "needs": list(one.needs),
        "amounts": dict(one.amounts),
        "findings": [{"code": each.code, "words": {"id": each.words.id, "en": each.words.en}} for each in one.findings],
    }
    if asked.trace:
        on = day_number(asked.on)
        subject = Subject("", (None,) * len(asked.members), "", 0, "", on, day_number(asked.known or asked.on))
        told["trace"] = as_record(one.trace, subject, asked.language)
    return Response(to_json(told), media_type="application/json")  # plain values already: nothing has to be checked again
