"""Selection: ranking keys, quota, budget, reserve."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check import limiting
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At, World
from ejps_core.model.expr import Expr, FieldRef
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Choose, Direction, OrderKey
from ejps_core.model.types import Choice, Code, Date, Number, Quotient, Region, YesNo
from ejps_core.model.words import Words

DIRECTIONS = {"LOWEST_FIRST": Direction.LOWEST, "HIGHEST_FIRST": Direction.HIGHEST, "YES_FIRST": Direction.YES}
MOST_DENOMINATOR = 2**20
"""A quotient is ranked by multiplying crosswise; divisors stay below this."""


def read_choose(world: World, node: syntax.Choose) -> Choose | None:
    """The selection; None if something is wrong with it."""
    at = At(world, Level.FAMILY)
    before = len(world.findings.items)
    area = at.read(node.area) if node.area is not None else None
    if area is not None and node.area is not None and not isinstance(area.type, Region | Choice):
        there = type_words(area.type)
        at.error(
            "choose-area",
            node.area,
            f"dipilih per wilayah atau pilihan, bukan per {there.id}",
            f"chosen per region or choice, not per {there.en}",
        )
    keys = [_key(at, rank, last=rank is node.order[-1]) for rank in node.order]
    quota, budget, reserve = _limits(at, node, area)
    good = tuple(key for key in keys if key is not None)
    if len(good) < len(keys) or len(world.findings.items) > before or (node.area is not None and area is None):
        return None
    return Choose(area, good, quota, reserve, node.span, budget, at.world.basis(node))


def _key(at: At, rank: syntax.Rank, *, last: bool) -> OrderKey | None:
    value = at.read(rank.value)
    if value is None:
        return None
    direction = DIRECTIONS[rank.direction.type]
    keys = [f.name for f in at.world.fields[Level.FAMILY].values() if f.key]
    is_key = isinstance(value, FieldRef) and value.name in keys
    if last and not is_key:
        name = keys[0] if keys else "kk"
        at.error(
            "choose-last-key",
            rank,
            "urutan terakhir harus kunci keluarga, supaya tidak ada yang seri",
            "the last key must be the family's key, so that there are no ties",
            Words(f"tambahkan `, {name} terkecil dahulu`", f"add `, {name} lowest first`"),
        )
        return None
    if not _fits(at, rank, value, direction, is_key):
        return None
    return OrderKey(value, direction, rank.unknown_last is not None, rank.span)


def _fits(at: At, rank: syntax.Rank, value: Expr, direction: Direction, is_key: bool) -> bool:
    kind = value.type
    if isinstance(kind, YesNo) != (direction is Direction.YES):
        there = type_words(kind)
        at.error(
            "choose-direction",
            rank,
            f"urutan seperti ini bukan untuk {there.id}",
            f"this order is not for {there.en}",
            Words(
                "ya/tidak: `ya dahulu`; angka, uang, tanggal: `terkecil dahulu` atau `terbesar dahulu`",
                "yes/no: `yes first`; numbers, money, dates: `lowest first` or `highest first`",
            ),
        )
        return False
    if isinstance(kind, Quotient) and kind.denominator.high > MOST_DENOMINATOR:
        at.error(
            "choose-quotient",
            rank.value,
            f"pembagi untuk urutan paling besar {MOST_DENOMINATOR}",
            f"for ranking a divisor is at most {MOST_DENOMINATOR}",
            Words("bulatkan hasil baginya", "round the quotient"),
        )
        return False
    if isinstance(kind, YesNo | Number | Quotient | Date) or (is_key and isinstance(kind, Code)):
        return True
    there = type_words(kind)
    at.error("choose-direction", rank.value, f"{there.id} tidak dapat diurutkan", f"{there.en} can't be ordered")
    return False


def _limits(at: At, node: syntax.Choose, area: Expr | None) -> tuple[Expr | None, Expr | None, int]:
    """Quota, budget and reserve."""
    quota: Expr | None = None
    budget: Expr | None = None
    reserve = 0
    seen: set[type] = set()
    for limit in node.limits:
        if type(limit) in seen:
            at.error("option-twice", limit, "ini sudah dikatakan", "this has been said already")
        seen.add(type(limit))
        match limit:
            case syntax.Reserve(number=number):
                reserve = -1 if number.type == "REST" else number.value[0]
            case syntax.Quota(number=seats):
                quota = limiting.quota(at, seats, area)
            case syntax.Budget(money=money):
                budget = limiting.budget(at, money, area)
    if reserve and not seen & {syntax.Quota, syntax.Budget} and node.span.line not in at.world.partial:
        words = Words("cadangan tanpa kuota: semua mendapat tempat", "a reserve without a quota: all have a seat")
        at.world.findings.error(
            "reserve-alone", node.span, words, mend=Words("tambahkan `paling banyak …`", "add `at most …`")
        )
    return quota, budget, reserve
