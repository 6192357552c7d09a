"""Money at the desk: what is on record of one's districts, what asks for a reason, and a form for each kind of entry."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.aid.entries import TITLES
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.money.books import books_on_record
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, Needs, Posted
from ejps_core.service.problems import refusal
from ejps_core.service.routes import money as money_routes
from ejps_core.web.forms import filled, number_of, text_of
from ejps_core.web.pages import gone_to, page
from ejps_core.web.words import districts_of

router = APIRouter(prefix="/keuangan")
ENTER = Depends(Needs(Right.ENTER_MONEY))
PAGE = 25
Text = Annotated[str | None, Query(max_length=100)]
Year = Annotated[int | None, Query(ge=1900, le=9999)]


@router.get("")
def desk(request: Request, program: Text = None, tahun: Year = None, mulai: Annotated[int, Query(ge=0)] = 0,
         who: Asking = ENTER) -> Response:  # fmt: skip
    """The entries of one's districts, the newest first; what asks for a reason; a form for one more."""
    books = or_refused(books_on_record(who.options))
    own = [each for each in books if program in (None, "", each["program"]) and tahun in (None, each["year"])]
    if not own:
        return page(request, who, "money.html", books=books, found=None)
    book = own[-1] if program else own[0]
    found = money_routes.seen(who, book["program"], book["year"])
    newest = tuple(reversed(found.entries))
    cells = [each for each in found.position.cells if who.scope.covers(each.district)]
    return page(
        request, who, "money.html", books=books, book=book, found=found, entries=newest[mulai : mulai + PAGE], begin=mulai,
        size=PAGE, titles=TITLES, districts=districts_of(who.scope), today=day_in_gorontalo(who.at).isoformat(), cells=cells,
        warned=[each for each in found.open if who.scope.areas is None or each.district in who.scope.areas],
    )  # fmt: skip


@router.post("")
def enter(form: Posted, who: Asking = ENTER) -> Response:
    """Puts an entry on record; what looks wrong asks for a reason on the next page."""
    program, year = text_of(form, "program", 100), number_of(form, "year")
    names = ("step", "phase", "district", "on", "province", "district_share", "families", "document", "obstacle")
    said = {name: text_of(form, name, 500) or None for name in (*names, "follow_up", "answerable", "deadline")}
    if not said["step"]:
        raise refusal("entry-incomplete", Words("Pilih apa yang dicatat.", "Choose what is entered."))
    given = filled(
        money_routes.NewEntry,
        **{name: value for name, value in said.items() if value is not None}
        | {"assumed": bool(text_of(form, "assumed", 5))},
    )
    number = money_routes.entered(who, program, year, given)
    return gone_to("/keuangan", program=program, tahun=year, dicatat=number)


@router.post("/alasan")
def reason(form: Posted, who: Asking = ENTER) -> Response:
    """Says why something that is warned of is right after all."""
    program, year, why = text_of(form, "program", 100), number_of(form, "year"), text_of(form, "why")
    if not why:
        raise refusal("reason-missing", Words("Sebutkan alasannya.", "Say why."))
    given = filled(
        money_routes.NewReason,
        code=text_of(form, "code", 64) or "-", phase=text_of(form, "phase", 10) or None,
        district=text_of(form, "district", 10) or None, why=why,
    )  # fmt: skip
    money_routes.explained(who, program, year, given)
    return gone_to("/keuangan", program=program, tahun=year, dijelaskan=1)


@router.post("/batalkan")
def cancel(form: Posted, who: Asking = ENTER) -> Response:
    """Takes an entry out from now on; it stays on record."""
    program, year, why = text_of(form, "program", 100), number_of(form, "year"), text_of(form, "why")
    number = text_of(form, "number", 64)
    if not why or not number:
        raise refusal("reason-missing", Words("Sebutkan alasannya.", "Say why."))
    money_routes.taken_out(who, program, year, filled(money_routes.Cancelled, number=number, why=why))
    return gone_to("/keuangan", program=program, tahun=year, dibatalkan=number)
