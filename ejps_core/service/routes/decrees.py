"""Decrees: drafted from a run, checked, approved by another person, issued; amended; annexes and lists as files."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from ejps_core.app import changes_asked, decree_desk, decrees_told
from ejps_core.app.access.rights import Right
from ejps_core.app.amending import Amended, Amending, amend
from ejps_core.app.approving import Acted, Signature, act_on, sign
from ejps_core.app.drafting import Drafting, draft_decree
from ejps_core.app.jobs import board
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.report_files import Form
from ejps_core.model.decreed import ChangeKind, ChangeReason, DecreeAct
from ejps_core.model.words import Language, Words
from ejps_core.service.answers import done_once, or_refused, paged, place_of, plain, plain_record
from ejps_core.service.guard import LARGEST, Asking, Needs, Number
from ejps_core.service.problems import RefusedError, refusal
from ejps_core.service.routes.lists import Cursor, Limit
from ejps_core.service.short_lived import perhaps_handed, said_what_for

router = APIRouter(prefix="/decrees", tags=["decrees"])
SEE, DRAFT, HANDLE = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.DECREE)), Depends(Needs(Right.HANDLE_DECREES))
Text = Annotated[str, Field(max_length=500)]
Phase = Annotated[int, Field(ge=0, le=99)]
OFFICE = "Kepala Dinas Sosial"
REPORTS = ("lampiran-sk", "bnba", "tanda-terima", "pengumuman")
"""Lists of a decree's recipients that may be handed out."""
STRICT = ConfigDict(extra="forbid")


class Sent(BaseModel):
    """A file in a request: its name, and its content in base64."""

    model_config = STRICT

    name: Annotated[str, Field(max_length=200)]
    content: Annotated[str, Field(max_length=100_000_000)]


class NewDecree(BaseModel):
    """What a decree is drafted from. phases empty: those that the run decided. provisional: seats not yet firm too."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"run": 1, "title": "penerima bantuan pangan", "phases": [3]}}
    )

    run: Annotated[int, Field(ge=0, le=LARGEST)]
    title: Annotated[str, Field(min_length=1, max_length=500)]
    phases: list[Phase] = Field(default_factory=list, max_length=20)
    provisional: bool = False


class Saying(BaseModel):
    """What is said with an act: a reason, and the office that approves."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"reason": "", "office": OFFICE}})

    reason: Text = ""
    office: Text = ""


class Signing(BaseModel):
    """How a decree was signed. scan: the signed paper."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"number": "188.4/12/2020", "day": "2020-07-20", "signatory": "Hamim Contoh", "office": "Bupati"}
        },
    )

    number: Annotated[str, Field(min_length=1, max_length=200)]
    day: date
    signatory: Annotated[str, Field(min_length=1, max_length=200)]
    office: Annotated[str, Field(min_length=1, max_length=200)]
    scan: Sent | None = None


class Changed(BaseModel):
    """A change for one family. family, successor: pseudonym, family card or NIK; successor null: the next of the reserve."""

    model_config = STRICT

    kind: ChangeKind
    family: Annotated[str, Field(min_length=1, max_length=40)]
    reason: ChangeReason
    why: Text
    document: Text = ""
    successor: Annotated[str, Field(max_length=40)] | None = None
    recipient_nik: Annotated[str, Field(max_length=40)] | None = None
    recipient_name: Annotated[str, Field(max_length=200)] | None = None
    amount: Annotated[int, Field(ge=0, le=10**15)] | None = None
    shares: dict[str, Annotated[int, Field(ge=0, le=10**15)]] = Field(default_factory=dict, max_length=10)


class Amendment(BaseModel):
    """Changes of an issued decree from a phase on. run: what they rest on; null: the decree's."""

    model_config = STRICT

    title: Annotated[str, Field(min_length=1, max_length=500)]
    changes: list[Changed] = Field(min_length=1, max_length=500)
    from_phase: Phase | None = None
    run: Annotated[int, Field(ge=0, le=LARGEST)] | None = None


class Paper(BaseModel):
    """A list that is to be handed out, and what for. full_numbers: NIK and family cards whole."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"report": "bnba", "form": "xlsx", "phase": 3, "why": "penyaluran tahap III"}},
    )

    report: Annotated[str, Field(max_length=64)] = "lampiran-sk"
    form: Form = Form.PDF
    phase: Phase | None = None
    why: Text
    full_numbers: bool = False


@router.get("")
def get(cursor: Cursor = None, limit: Limit = 50, who: Asking = SEE) -> dict[str, Any]:
    """The decrees and amendments of one's districts, the newest first."""
    return paged(or_refused(decree_desk.decrees(who.options, place_of(cursor), limit)))


@router.get("/waiting")
def waiting(who: Asking = SEE) -> dict[str, Any]:
    """What waits for whoever asks: acts that role and four eyes allow, payments that still ask for a reason."""
    return {"items": plain(or_refused(decree_desk.waiting(who.options, who.actor())))}


@router.post("", status_code=201)
def post(given: NewDecree, request: Request, who: Asking = DRAFT) -> JSONResponse:
    """Drafts a decree from a run: the eligible with a seat, the reserve in its order."""

    def do() -> tuple[int, Any]:
        asked = Drafting(given.run, given.title, None, tuple(given.phases), given.provisional)
        return 201, plain(or_refused(draft_decree(who.options, who.actor(), asked)))

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.get("/{decree_id}")
def one(decree_id: Number, on: date | None = None, who: Asking = SEE) -> dict[str, Any]:
    """A decree: its steps, what each phase holds as of a day, its amendments, what is newer than its run."""
    day = on or day_in_gorontalo(who.at)
    return plain_record(or_refused(decrees_told.shown(who.options, decree_id, day)))


@router.post("/{decree_id}/check")
def check(decree_id: Number, given: Saying, request: Request, who: Asking = HANDLE) -> JSONResponse:
    """The district has looked through it: it goes to whoever approves."""
    return _done(request, who, decree_id, DecreeAct.CHECK, given)


@router.post("/{decree_id}/approve")
def approve(decree_id: Number, given: Saying, request: Request, who: Asking = Depends(Needs(Right.APPROVE))) -> JSONResponse:
    """Another person than those who drafted and checked it answers for it."""
    return _done(request, who, decree_id, DecreeAct.APPROVE, given)


@router.post("/{decree_id}/return")
def give_back(decree_id: Number, given: Saying, request: Request, who: Asking = HANDLE) -> JSONResponse:
    """Back for repair, with the reason."""
    return _done(request, who, decree_id, DecreeAct.RETURN, given)


@router.post("/{decree_id}/withdraw")
def withdraw(decree_id: Number, given: Saying, request: Request, who: Asking = HANDLE) -> JSONResponse:
    """Given up before it is issued, with the reason."""
    return _done(request, who, decree_id, DecreeAct.WITHDRAW, given)


@router.post("/{decree_id}/issue")
def issue(decree_id: Number, given: Signing, request: Request, who: Asking = HANDLE) -> JSONResponse:
    """It was signed: number, day and signatory; the hash of the annex is fixed."""

    def do() -> tuple[int, Any]:
        return 200, told(issued(who, decree_id, given, sent_file(given.scan)))

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.post("/{decree_id}/amendments", status_code=201)
def amendment(decree_id: Number, given: Amendment, request: Request, who: Asking = DRAFT) -> JSONResponse:
    """Drafts an amendment; it is checked, approved and issued as a decree is."""
    changes = tuple(
        changes_asked.Asked(
            each.kind, each.family, each.reason, each.why, each.document, each.successor, each.recipient_nik,
            each.recipient_name, each.amount, tuple(each.shares.items()),
        )
        for each in given.changes
    )  # fmt: skip

    def do() -> tuple[int, Any]:
        return 201, plain(amended(who, Amending(decree_id, given.title, changes, given.from_phase, given.run)))

    return done_once(request, who, given.model_dump(mode="json"), do)


@router.post("/{decree_id}/papers", status_code=202)
def paper(
    decree_id: Number,
    given: Paper,
    request: Request,
    lang: Annotated[Language, Query()] = Language.ID,
    who: Asking = Depends(Needs(Right.REVEAL)),
) -> JSONResponse:
    """The annex, the BNBA, receipts or the notice of a phase as PDF or XLSX; who reads it what for is on record.

    Answers with a job; its file is at `/jobs/ID/file` for a day, for whoever asked.
    """

    def do() -> tuple[int, dict[str, Any]]:
        return 202, {"job": begun(who, decree_id, given, lang)}

    return done_once(request, who, given.model_dump(mode="json") | {"lang": lang.value}, do)


def begun(who: Asking, decree_id: int, given: Paper, language: Language) -> str:
    """Puts up the job that makes the list. A decree that is not in the scope is not there, whatever is asked of it."""
    or_refused(decrees_told.shown(who.options, decree_id, day_in_gorontalo(who.at)))
    if given.report not in REPORTS or given.form not in (Form.PDF, Form.XLSX):
        listed = ", ".join(REPORTS)
        raise refusal("unknown-report", Words(f"Yang ada: {listed}; pdf, xlsx.", f"There are: {listed}; pdf, xlsx."))
    title = Words(f"Berkas {given.report}, keputusan {decree_id}", f"File {given.report}, decree {decree_id}")
    asked = given.model_dump(mode="json") | {
        "why": said_what_for(given.why),
        "decree": decree_id,
        "language": language.value,
    }
    return board.put_up(who.service.store, who.scope, board.Wanted("paper.make", title, asked), who.at)


def issued(who: Asking, decree_id: int, given: Signing, scan: tuple[str, bytes] | None) -> Acted:
    """A decree that is signed now."""
    with perhaps_handed(scan) as path:
        signature = Signature(given.number, given.day, given.signatory, given.office, path)
        return or_refused(sign(who.options, who.actor(), decree_id, signature))


def amended(who: Asking, asked: Amending) -> Amended:
    """An amendment that is drafted now; refused with what can't be done of it."""
    done = or_refused(amend(who.options, who.actor(), asked))
    if done.number is None:
        raise RefusedError(done.findings[0])
    return done


def told(done: Acted) -> dict[str, Any]:
    """What a decree is after an act."""
    return {
        "decree": done.found.number, "state": done.found.state.value, "capacity": done.capacity.value,
        "overtaken": plain([each.words for each in done.overtaken]),
        "cautions": plain([{"pid": each.pid, "words": each.words} for each in done.cautions]),
    }  # fmt: skip


def sent_file(sent: Sent | None) -> tuple[str, bytes] | None:
    """A file of a request; refused if it is no base64."""
    if sent is None:
        return None
    try:
        return sent.name, base64.b64decode(sent.content, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise refusal("not-base64", Words("Isi berkas bukan base64.", "The file's content is no base64.")) from problem


def _done(request: Request, who: Asking, decree_id: int, act: DecreeAct, given: Saying) -> JSONResponse:
    def do() -> tuple[int, Any]:
        done = act_on(who.options, who.actor(given.reason), decree_id, act, given.reason, given.office)
        return 200, told(or_refused(done))

    return done_once(request, who, given.model_dump(), do)
