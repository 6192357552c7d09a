"""Sizes of numbers: every one on the way to a verdict is proved to fit in 64 bits from the declared bounds."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.definitions import names_in
from ejps_core.dsl.check.types import MOST_MONEY
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At, World
from ejps_core.dsl.numbers import written
from ejps_core.dsl.words import spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.span import Span
from ejps_core.model.types import MOST, Number, Per, Quotient
from ejps_core.model.wording import PER
from ejps_core.model.words import Language, Words

MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}


def proved(at: At, node: syntax.Syntax | Span, *sizes: int) -> bool:
    """Whether all these numbers stay within bounds; else says how large they may become."""
    most = max(abs(size) for size in sizes)
    if most <= MOST:
        return True
    power = len(str(most)) - 1
    words = Words(
        f"hasil ini bisa mencapai sekitar 10 pangkat {power}; yang paling besar sekitar 9,2 × 10 pangkat 18",
        f"this may reach about 10 to the power of {power}; the largest number is about 9.2 × 10 to the power of 18",
    )
    mend = Words(
        "beri batas yang lebih sempit pada datanya (`hingga …`, `0..…`), atau bulatkan di tengah jalan",
        "declare narrower bounds for the facts (`up to …`, `0..…`), or round on the way",
    )
    span = node if isinstance(node, Span) else node.span
    wide = None if isinstance(node, Span) else unbounded(at.world, node)
    why = None
    if wide is not None:
        name, kind, place = wide
        why = (place, Words(f"`{name}` uang tanpa batas atas", f"`{name}` is money without an upper bound"))
        per = PER[kind.per or Per.ONCE]
        mend = Words(
            f"beri batas atas sesudah jenisnya: `{name} … uang{per.id} hingga Rp100.000.000`",
            f"give it an upper bound after its type: `{name} … money{per.en} up to Rp 100_000_000`",
        )
    at.world.findings.error("number-too-large", span, words, mend=mend, why=why)
    return False


def unbounded(world: World, node: syntax.Syntax) -> tuple[str, Number, Span] | None:
    """The first money without a bound of its own that an expression reads, itself or through definitions."""
    waiting, seen = list(names_in(node)), set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        declared = [fields[name].type for fields in world.fields.values() if name in fields]
        declared += [world.parameters[name].type] if name in world.parameters else []
        for kind in declared:
            if isinstance(kind, Number) and kind.per is not None and kind.high == MOST_MONEY:
                return name, kind, world.places[name]
        if name in world.written:
            waiting.extend(names_in(world.written[name].value))
    return None


def aligned(kind: Number, scale: int) -> tuple[int, int]:
    """The bounds of a number in a larger scale."""
    factor = 10 ** (scale - kind.scale)
    return kind.low * factor, kind.high * factor


def joined(at: At, node: syntax.Syntax | Span, kinds: list[Number]) -> Number | None:
    """The number that may be each of these; None if it is too large. Money of one kind only is the caller's care."""
    scale = max(kind.scale for kind in kinds)
    ends = [end for kind in kinds for end in aligned(kind, scale)]
    if not proved(at, node, *ends):
        return None
    return Number(scale, min(ends), max(ends), kinds[0].per)


def fraction(kind: Number | Quotient) -> tuple[int, int, int, int]:
    """The largest numerator (as a size), its scale, the largest denominator and its scale."""
    if isinstance(kind, Quotient):
        top, bottom = kind.numerator, kind.denominator
        return max(abs(top.low), abs(top.high)), top.scale, max(bottom.high, 1), bottom.scale
    return max(abs(kind.low), abs(kind.high)), kind.scale, 1, 0


def comparable(at: At, node: syntax.Syntax, left: Number | Quotient, right: Number | Quotient) -> bool:
    """Whether both sides can be brought to one scale, or multiplied crosswise, within bounds."""
    a, a_scale, b, b_scale = fraction(left)
    c, c_scale, d, d_scale = fraction(right)
    one, two = a * d, c * b
    shift = (a_scale + d_scale) - (c_scale + b_scale)
    one, two = (one, two * 10**shift) if shift >= 0 else (one * 10**-shift, two)
    return proved(at, node, one, two)


def same_money(
    at: At,
    node: syntax.Syntax,
    left: Number | Quotient,
    right: Number | Quotient,
    sides: tuple[syntax.Expr, syntax.Expr] | None = None,
) -> bool:
    """Whether both are plain numbers, or money counted by the same; else says so. A constant side is mended."""
    if left.per is right.per:
        return True
    one, two = type_words(left), type_words(right)
    if left.per is None or right.per is None:
        mend = Words(
            "tulis uang sebagai uang (`Rp…`), atau hapus satuannya di sisi lain",
            "write money as money (`Rp …`), or make both plain",
        )
    else:
        mend = Words(
            "samakan hitungannya di kedua sisi (per bulan, triwulan, tahun, tahap), kalikan bila perlu",
            "bring both sides to one count (per month, quarter, year, phase), multiply where needed",
        )
    words = Words(f"di sini {one.id} bertemu {two.id}", f"here {one.en} meets {two.en}")
    fix = None
    if sides is not None:
        fix = _in_count(at, sides[1], right, left.per) or _in_count(at, sides[0], left, right.per)
    at.world.findings.error("money-differs", node.span, words, mend=mend, fix=fix)
    return False


def _in_count(at: At, node: syntax.Expr, kind: Number | Quotient, per: Per | None) -> Fix | None:
    """A constant amount in another count, where that comes out whole: Rp 12_000_000 per year is Rp 1_000_000 per month."""
    if not isinstance(node, syntax.Constant) or not isinstance(kind, Number) or per is None:
        return None
    value = kind.high
    if kind.per in MONTHS and per in MONTHS:
        value, rest = divmod(value * MONTHS[per], MONTHS[kind.per])
        if rest:
            return None
    elif kind.per not in (None, Per.ONCE) or (kind.per is None and kind.scale):
        return None
    world, language = at.world, at.world.language_at(node.span)
    sign = world.header.currency + " " if world.header.currency != "IDR" else "Rp" if language is Language.ID else "Rp "
    counted = "" if per is Per.ONCE else " " + spellings(f"PER_{per.name}", language)[0]
    return Fix(node.span, sign + written(value, kind.scale, language) + counted)
