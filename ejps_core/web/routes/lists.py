"""Lists: which there are, their rows with what is said of them, cells mended in place, the way to a decision."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from ejps_core.app import list_view, mending, run_view
from ejps_core.app.access.rights import Right
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.app.program_view import programs
from ejps_core.model.verdicts import RowVerdict
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused, place_of
from ejps_core.service.guard import Asking, Needs, Number, Posted
from ejps_core.service.problems import language_of, refusal
from ejps_core.service.routes import lists as list_routes
from ejps_core.service.routes import runs as run_routes
from ejps_core.web.forms import date_of, text_of, texts_of
from ejps_core.web.pages import gone_to, page

router = APIRouter(prefix="/daftar")
SEE, SEND, DECIDE = Depends(Needs(Right.SEE_LISTS)), Depends(Needs(Right.SEND_LISTS)), Depends(Needs(Right.DECIDE))
MOST_MENDED = 100
FOLLOWING = frozenset({"family-set-apart", "member-without-family"})
"""Reasons of rows of members that are well again once the row of their family is."""
Cursor = Annotated[str | None, Query(max_length=100)]
Code = Annotated[str | None, Query(max_length=64)]
MARK = "\x1f"


@router.get("")
def lists(request: Request, cursor: Cursor = None, who: Asking = SEE) -> Response:
    """The lists of one's districts."""
    found = or_refused(list_view.lists(who.options, place_of(cursor), 25))
    return page(request, who, "lists.html", lists=found)


@router.get("/{list_id}")
def one(
    request: Request, list_id: Number, baris: str = "", kode: Code = None, cursor: Cursor = None, who: Asking = SEE
) -> Response:
    """A list: its rows by verdict and reason, and its versions."""
    verdict = RowVerdict(baris) if baris in set(RowVerdict) else None
    wanted = list_view.Wanted(verdict, kode or None, place_of(cursor), 30)
    looked = or_refused(list_view.look(who.options, who.actor(f"memeriksa baris daftar {list_id}"), list_id, wanted))
    runs = or_refused(run_view.runs(who.options, list_id, 0, 10))
    return page(request, who, "list.html", looked=looked, runs=runs, verdict=verdict, code=kode)


@router.get("/{list_id}/perbaiki")
def mend_form(
    request: Request, list_id: Number, baris: Annotated[int | None, Query(ge=1)] = None, who: Asking = SEND
) -> Response:
    """The rows that need mending, each with the cells that are meant; or one row with all its cells."""
    actor = who.actor(f"memperbaiki daftar {list_id}")
    wanted = list_view.Wanted(None if baris else RowVerdict.SET_APART, None, (baris or 1) - 1 if baris else 0,
                              1 if baris else MOST_MENDED)  # fmt: skip
    looked = or_refused(list_view.look(who.options, actor, list_id, wanted))
    rows = looked.rows.items
    if not rows:
        return gone_to(f"/daftar/{list_id}")
    places = [(row.sheet, row.row) for row in rows]
    cells = or_refused(mending.cells_of(who.options, actor, list_id, places, who.service.plugins))
    own = [row for row in rows if baris or not row.reasons or {each.code for each in row.reasons} - FOLLOWING]
    following = [row for row in rows if row not in own] if own else []
    return page(
        request, who, "mend.html", looked=looked, rows=own or rows, following=following, cells=cells, whole=bool(baris),
        mark=MARK,
    )  # fmt: skip


@router.post("/{list_id}/perbaiki")
def mend(list_id: Number, form: Posted, who: Asking = SEND) -> Response:
    """Records the list's next version with the cells as they are now."""
    changes = _changes(form)
    if not changes:
        raise refusal("nothing-changed", Words("Tidak ada sel yang diubah.", "No cell was changed."))
    version = text_of(form, "version", 10)
    actor = who.actor(f"memperbaiki daftar {list_id}")
    done = or_refused(
        mending.mend(who.options, actor, list_id, int(version) if version.isdecimal() else 0, changes, who.service.plugins)
    )
    return gone_to(f"/daftar/{list_id}", diperbaiki=len(changes), versi=done.version)


@router.get("/{list_id}/kembali")
def returned(request: Request, list_id: Number, who: Asking = Depends(Needs(Right.REVEAL))) -> Response:
    """The workbook for the district, with what is to be mended beside each row."""
    return Response(
        list_routes.workbook(who, list_id, language_of(request)), media_type=list_routes.XLSX,
        headers={"Content-Disposition": f'attachment; filename="daftar-{list_id}.xlsx"'},
    )  # fmt: skip


@router.get("/{list_id}/nilai")
def decide_form(request: Request, list_id: Number, who: Asking = DECIDE) -> Response:
    """Which program decides the list, as of which day."""
    looked = or_refused(list_view.look(who.options, who.actor("menilai daftar"), list_id, list_view.Wanted(limit=1)))
    installed = [each for each in programs(who.service.plugins) if each.parent is None and each.broken is None]
    today = day_in_gorontalo(who.at).isoformat()
    return page(request, who, "decide.html", looked=looked, programs=installed, today=today)


@router.post("/{list_id}/nilai")
def decide(list_id: Number, form: Posted, who: Asking = DECIDE) -> Response:
    """Begins to decide the list."""
    chosen, on = texts_of(form, "program", 10), date_of(form, "on")
    if not chosen or on is None:
        raise refusal("run-incomplete", Words("Pilih program dan tanggalnya.", "Choose a program and its date."))
    given = run_routes.NewRun(
        programs=list(chosen), on=on, known=date_of(form, "known"), no_awards=bool(text_of(form, "no_awards", 5))
    )
    return gone_to(f"/pekerjaan/{run_routes.begin(who, list_id, given)}")


def _changes(form: FormData) -> list[mending.Change]:
    """The cells that are other than they were, by row; a row that is to be taken out is so whatever its cells."""
    changed: dict[tuple[str | None, int], dict[str, str] | None] = {}
    for name, value in form.multi_items():
        if not name.startswith("new" + MARK) or not isinstance(value, str):
            continue
        _, sheet, row, header = name.split(MARK, 3)
        if value != form.get(MARK.join(("old", sheet, row, header))) and row.isdecimal():
            cells = changed.setdefault((sheet or None, int(row)), {})
            assert cells is not None
            cells[header] = value
    for value in texts_of(form, "out", 500):
        sheet, _, row = value.partition(MARK)
        if row.isdecimal():
            changed[sheet or None, int(row)] = None
    return [mending.Change(sheet, row, cells) for (sheet, row), cells in changed.items()]
