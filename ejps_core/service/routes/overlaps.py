"""Tumpang tindih: families with aid of two programs in a phase, by pair, with rupiah and the rows behind them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from ejps_core.aid.overlaps import Pair
from ejps_core.app import overlap_view
from ejps_core.app.access.rights import Right
from ejps_core.model.words import Words
from ejps_core.service.answers import or_refused, plain
from ejps_core.service.guard import Asking, NeedsWhole
from ejps_core.service.problems import refusal

router = APIRouter(prefix="/overlaps", tags=["province"])
SEE = Depends(NeedsWhole(Right.SEE_PROVINCE))
Allowed = Annotated[list[str] | None, Query(max_length=20, description="Pairs that may go together, as a+b.")]
Chosen = Annotated[str | None, Query(max_length=200, description="A pair whose families are asked for, as a+b.")]


@router.get("")
def overlaps(allowed: Allowed = None, pair: Chosen = None, who: Asking = SEE) -> dict[str, Any]:
    """The overlaps of all that was received; families by pseudonym, for one pair at a time."""
    found = or_refused(overlap_view.paid_twice(who.options, pairs_of(allowed)))
    told = [
        {
            "pair": each.pair, "allowed": each.allowed, "families": len(each.families),
            "money": [plain(money) for money in each.money],
        }
        for each in found.pairs
    ]  # fmt: skip
    rows = [] if pair is None else [plain(each) for each in found.families_of(pair_of(pair))]
    return {"pairs": told, "receipts": found.receipts, "without_card": found.unknown, "keys": found.keys, "families": rows}


def pairs_of(texts: list[str] | None) -> tuple[Pair, ...]:
    """The pairs that may go together."""
    return tuple(map(pair_of, texts or ()))


def pair_of(text: str) -> Pair:
    """Two programs written a+b, in alphabetical order; refused if they are not two."""
    parts = sorted(part.strip() for part in text.replace(" ", "+").split("+") if part.strip())
    if len(parts) != 2 or parts[0] == parts[1]:
        raise refusal("bad-pair", Words("Tulis dua program: pkh+bpnt.", "Write two programs: pkh+bpnt."))
    return parts[0], parts[1]
