"""Benefits: money in whole minor units, never negative, paid in instalments, shared without a remainder."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.conditions import condition
from ejps_core.dsl.check.extremes import capped
from ejps_core.dsl.check.facts import free
from ejps_core.dsl.check.rules import new_id
from ejps_core.dsl.check.sizes import proved
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At, World
from ejps_core.dsl.syntax import Token
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Level
from ejps_core.model.money import WHOLE
from ejps_core.model.ruleset import Benefit, Share
from ejps_core.model.types import Number, Per, Quotient
from ejps_core.model.wording import PER, value_words
from ejps_core.model.words import Words

UNIT_OF = {Per.MONTH: "MONTH", Per.QUARTER: "QUARTER", Per.YEAR: "YEAR", Per.PHASE: "PHASE"}
NOUNS = {
    "DAY": Words("hari", "days"),
    "MONTH": Words("bulan", "months"),
    "QUARTER": Words("triwulan", "quarters"),
    "YEAR": Words("tahun", "years"),
    "PHASE": Words("tahap", "phases"),
}
MOST_TIMES = 1000


def read_benefits(world: World, nodes: list[syntax.Pay], taken: dict[str, Token]) -> None:
    """All benefits, in their order."""
    total = 0
    for node in nodes:
        fresh = new_id(world, node.name, taken) and free(world, node.name)
        at = At(world, Level.FAMILY)
        amount = at.read(node.amount)
        only_if, shares = _options(world, node)
        amount = _capped(at, node, amount) if amount is not None else None
        kind = _payable(at, node.amount, amount) if amount is not None else None
        times = _instalments(at, node, kind.per or Per.ONCE) if kind is not None else None
        title = world.titled(node.title, node.name.text)
        if not fresh or amount is None or kind is None or times is None:
            world.lost.add(node.name.text)
            continue
        total += times * kind.high
        if not proved(at, node.amount, total * WHOLE):
            world.lost.add(node.name.text)
        else:
            world.benefits[node.name.text] = Benefit(
                id=node.name.text,
                title=title,
                amount=amount,
                instalments=times,
                span=world.span(node.name),
                in_kind=world.text(node.in_kind),
                legal=world.basis(node),
                only_if=only_if,
                shares=shares,
            )


def _payable(at: At, node: syntax.Expr, amount: Expr) -> Number | None:
    """The type of what is paid; None if it can't be paid (that is said)."""
    kind, digits = amount.type, at.world.header.minor_digits
    unit = Words("rupiah penuh", "whole rupiah") if digits == 0 else Words("sen penuh", "whole cents")
    step = "Rp1" if digits == 0 else f"{at.world.header.currency} 0,01"
    mend = Words(
        f"bulatkan, misalnya `bulatkan ke bawah (…) ke {step}`",
        f"round it, for example `round down (…) to {step.replace('Rp1', 'Rp 1').replace(',', '.')}`",
    )
    if kind.per is None if isinstance(kind, Number | Quotient) else True:
        there = type_words(kind)
        at.error(
            "pay-money", node, f"yang diberikan harus uang, bukan {there.id}", f"what is paid must be money, not {there.en}"
        )
        return None
    if isinstance(kind, Quotient) or (isinstance(kind, Number) and kind.scale > digits):
        at.error(
            "pay-unrounded",
            node,
            f"yang dibayarkan harus {unit.id}; ini bisa punya pecahan",
            f"what is paid must be {unit.en}; this may have decimals",
            mend,
        )
        return None
    assert isinstance(kind, Number)
    if kind.low < 0:
        low = value_words(kind.low, kind, at.world.header.currency)
        at.error(
            "pay-negative",
            node,
            f"yang dibayarkan tidak boleh negatif; ini bisa sampai {low.id}",
            f"what is paid can't be negative; this may go down to {low.en}",
            Words(
                "misalnya `jika … > Rp0 maka … selain itu Rp0` dengan batas yang lebih sempit",
                "declare narrower bounds, or choose by a case",
            ),
        )
        return None
    return kind


def _instalments(at: At, node: syntax.Pay, per: Per) -> int | None:
    """How many times the amount is paid."""
    times, words = node.times, PER[per]
    if per is Per.ONCE:
        if times is None:
            return 1
        at.error(
            "pay-times",
            times,
            "uang yang diberikan sekali tidak punya `untuk …`",
            "money that is paid once takes no `for …`",
            Words(
                "tulis uangnya `per bulan`, `per tahap`, …, atau hapus `untuk …`",
                "write the money `per month`, `per phase`, …, or take out `for …`",
            ),
        )
        return None
    if per is Per.PHASE and at.world.header.each_phase:
        if times is None:
            return 1
        at.error(
            "pay-times",
            times,
            "program ini `ditetapkan tiap tahap`: setiap kali dibayar satu tahap",
            "this program is `decided each phase`: one phase is paid each time",
            Words("hapus `untuk …`", "take out `for …`"),
        )
        return None
    noun = NOUNS[UNIT_OF[per]]
    if times is None:
        at.error(
            "pay-times",
            node.amount,
            f"uang{words.id}: belum dikatakan untuk berapa {noun.id}",
            f"money{words.en}: for how many {noun.en} is not said",
            Words(f"tambahkan `untuk 3 {noun.id}`", f"add `for 3 {noun.en}`"),
        )
        return None
    if times.unit.type != UNIT_OF[per]:
        at.error(
            "pay-times",
            times,
            f"uang{words.id} diberikan untuk sekian {noun.id}, bukan {NOUNS[times.unit.type].id}",
            f"money{words.en} is paid for so many {noun.en}, not {NOUNS[times.unit.type].en}",
        )
        return None
    if not 1 <= times.number.value[0] <= MOST_TIMES:
        at.error(
            "count-impossible", times, f"jumlah ini harus 1 sampai {MOST_TIMES}", f"this number must be 1 to {MOST_TIMES}"
        )
        return None
    return times.number.value[0]


def _capped(at: At, node: syntax.Pay, amount: Expr) -> Expr | None:
    """The amount, at most what each cap says."""
    scopes: set[str] = set()
    for option in node.options:
        if not isinstance(option, syntax.Cap):
            continue
        if option.scope.type in scopes:
            at.error("option-twice", option, "ini sudah dikatakan", "this has been said already")
        scopes.add(option.scope.type)
        if _payable(at, node.amount, amount) is None:
            return None
        cap = capped(at, option, amount, node.amount)
        if cap is None:
            return None
        amount = cap
    return amount


def _options(world: World, node: syntax.Pay) -> tuple[Expr | None, tuple[Share, ...]]:
    only_if: Expr | None = None
    shares: tuple[Share, ...] = ()
    seen: set[type] = set()
    for option in node.options:
        if isinstance(option, syntax.Cap):
            continue
        if type(option) in seen:
            world.findings.error("option-twice", option.span, Words("ini sudah dikatakan", "this has been said already"))
        seen.add(type(option))
        if isinstance(option, syntax.OnlyIf):
            only_if = condition(At(world, Level.FAMILY), option.condition)
        else:
            shares = _shares(world, option)
    return only_if, shares


def _shares(world: World, node: syntax.Shared) -> tuple[Share, ...]:
    found: dict[str, Share] = {}
    for share in node.shares:
        value, digits, _ = share.part.value
        name = share.name.text
        if digits > 2:
            world.findings.error(
                "share-decimals",
                world.span(share.part),
                Words("paling banyak dua angka di belakang koma", "two decimals at most"),
            )
            return ()
        if name in found:
            world.findings.error(
                "name-twice",
                world.span(share.name),
                Words(f"`{name}` sudah menanggung bagian", f"`{name}` bears a share already"),
            )
            return ()
        found[name] = Share(name, value * int(10 ** (2 - digits)))
    total = sum(share.part for share in found.values())
    if total != WHOLE:
        percent = f"{total / 100:g}"
        words = Words(
            f"bagian-bagian ini berjumlah {percent.replace('.', ',')}%, bukan 100%",
            f"these shares add up to {percent}%, not 100%",
        )
        world.findings.error("shares-total", node.span, words)
    return tuple(found.values())
