"""Tumpang tindih: pairs of programs that the same families received, with rupiah, down to the families' rows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from ejps_core.app import overlap_view
from ejps_core.app.access.rights import Right
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, NeedsWhole
from ejps_core.service.routes.overlaps import pair_of, pairs_of
from ejps_core.web.pages import page

router = APIRouter(prefix="/provinsi/tumpang-tindih")
SEE = Depends(NeedsWhole(Right.SEE_PROVINCE))
PAGE = 50
Pairs = Annotated[list[str] | None, Query(max_length=20)]


@router.get("")
def overlaps(
    request: Request, boleh: Pairs = None, pasangan: Annotated[str, Query(max_length=200)] = "",
    mulai: Annotated[int, Query(ge=0, le=1_000_000)] = 0, who: Asking = SEE,
) -> Response:  # fmt: skip
    """The pairs; of one of them the families. `boleh`: pairs that may go together, by whoever looks."""
    found = or_refused(overlap_view.paid_twice(who.options, pairs_of(boleh)))
    chosen = pair_of(pasangan) if pasangan else None
    families = () if chosen is None else found.families_of(chosen)
    return page(
        request, who, "overlaps.html", found=found, chosen=chosen, families=families[mulai : mulai + PAGE],
        count=len(families), begin=mulai, size=PAGE, allowed=set(boleh or ()),
    )  # fmt: skip
