"""Random expressions that are numbers, money and quotients, with the bounds that keep them provable."""

from __future__ import annotations

from functools import reduce

from ejps_core.model.types import Date, Number, Per, Quotient
from tests.conformance.generate_draft import Binds, Draft, Kind, Named, Option, Typed, Wish

LARGEST = 10**15
"""Larger numbers are not written: comparing and dividing them would pass what can be proved."""


def fits(wish: Wish, kind: object) -> bool:
    """Whether a number of this type is what was wished for."""
    return (
        isinstance(kind, Number)
        and kind.per == wish.per
        and not (wish.not_negative and kind.low < 0)
        and max(abs(kind.low), abs(kind.high)) <= LARGEST
    )


def named(draft: Draft, wish: Wish) -> Typed | None:
    """A field, parameter or definition."""
    found = draft.pick(lambda n: fits(wish, n.type), wish.member)
    return Typed(found.name, Binds.ATOM, found.type) if found else None


def literal(draft: Draft, wish: Wish) -> Typed:
    """A number or money as it is written."""
    if wish.per is not None:
        minor = draft.rng.choice((0, 1, 100_000, 368_990, 1_000_000, draft.rng.randrange(2_000_000)))
        text = draft.money(minor, wish.per)
        draft.use("literal money")
        return Typed(text, Binds.ATOM, Number(draft.digits, minor, minor, wish.per))
    if draft.chance(0.2):
        return percent(draft)
    scale = draft.rng.choice((0, 0, 0, 1, 2))
    number = draft.rng.choice((0, 1, 2, 3, 5, 10, draft.rng.randrange(100))) * 10**scale
    number += draft.rng.randrange(10**scale)
    if scale:
        draft.use("literal decimal")
    return Typed(draft.decimal(number, scale), Binds.ATOM, Number(scale, number, number))


def percent(draft: Draft) -> Typed:
    """A percentage: 60 % is 0.60."""
    draft.use("percent")
    tenths = draft.chance(0.3)
    number = draft.rng.randrange(1, 1500 if tenths else 150)
    text = draft.decimal(number, 1 if tenths else 0)
    return Typed(f"{text}%", Binds.ATOM, Number(3 if tenths else 2, number, number))


def constant(draft: Draft, wish: Wish) -> Typed:
    """A literal or a parameter."""
    found = draft.pick(lambda n: n.is_parameter and fits(wish, n.type), False)
    if found and draft.chance(0.7):
        return Typed(found.name, Binds.ATOM, found.type)
    return literal(draft, wish)


def _sum_type(left: Number, right: Number, sign: int) -> Number | None:
    scale = max(left.scale, right.scale)
    one, other = 10 ** (scale - left.scale), 10 ** (scale - right.scale)
    ends = sorted((right.low * other * sign, right.high * other * sign))
    low, high = left.low * one + ends[0], left.high * one + ends[1]
    return Number(scale, low, high, left.per) if max(abs(low), abs(high)) <= LARGEST else None


def _two(draft: Draft, wish: Wish) -> tuple[Typed, Typed, Number, Number]:
    ask = wish.deeper(Kind.NUMBER, per=wish.per, not_negative=wish.not_negative)
    left, right = draft.write(ask), draft.write(ask)
    assert isinstance(left.type, Number) and isinstance(right.type, Number)
    return left, right, left.type, right.type


def plus(draft: Draft, wish: Wish) -> Typed | None:
    """left + right."""
    left, right, one, other = _two(draft, wish)
    kind = _sum_type(one, other, 1)
    text = f"{left.within(Binds.SUM)} + {right.within(Binds.PRODUCT)}"
    return Typed(text, Binds.SUM, kind) if kind else None


def minus(draft: Draft, wish: Wish) -> Typed | None:
    """left - right; where it mustn't be negative only if that is provable."""
    left, right, one, other = _two(draft, wish)
    kind = _sum_type(one, other, -1)
    if kind is None or not fits(wish, kind):
        return None
    return Typed(f"{left.within(Binds.SUM)} - {right.within(Binds.PRODUCT)}", Binds.SUM, kind)


def times(draft: Draft, wish: Wish) -> Typed | None:
    """left * right; one of them may be money."""
    left = draft.write(wish.deeper(Kind.NUMBER, per=wish.per, not_negative=wish.not_negative))
    right = draft.write(wish.deeper(Kind.NUMBER, not_negative=wish.not_negative))
    assert isinstance(left.type, Number) and isinstance(right.type, Number)
    one, other = left.type, right.type
    ends = [x * y for x in (one.low, one.high) for y in (other.low, other.high)]
    kind = Number(one.scale + other.scale, min(ends), max(ends), wish.per)
    if kind.scale > 4 or not fits(wish, kind):
        return None
    if draft.chance(0.3):
        left, right = right, left
    return Typed(f"{left.within(Binds.PRODUCT)} * {right.within(Binds.FACTOR)}", Binds.PRODUCT, kind)


def rounded(draft: Draft, wish: Wish) -> Typed | None:
    """A number, money or quotient brought to a step."""
    quotient = draft.chance(0.5)
    kind = Kind.QUOTIENT if quotient else Kind.NUMBER
    item = draft.write(wish.deeper(kind, per=wish.per, not_negative=wish.not_negative))
    ways = {
        "round half up": "bulatkan setengah ke atas",
        "round half even": "bulatkan setengah ke genap",
        "round up": "bulatkan ke atas",
        "round down": "bulatkan ke bawah",
    }
    way = draft.rng.choice(list(ways))
    bounds = _rounded_bounds(item)
    if wish.not_negative and bounds.low < 0:
        return None
    draft.use(way)
    if quotient:
        draft.use("round a quotient")
    step = draft.rng.choice((1, 1, 10, 1000))
    if wish.per is not None:
        scale, to = draft.digits, draft.money(step * 10**draft.digits)
    else:
        scale = draft.rng.choice((0, 0, 1))
        to = draft.decimal(step, scale)
    reach = max(abs(bounds.low), abs(bounds.high)) // 10**bounds.scale * 10**scale + 1000 * 10**scale
    if reach > LARGEST:
        return None
    low = 0 if bounds.low >= 0 else -reach
    result = Number(scale, low, reach, wish.per)
    return Typed(f"{draft.say(way, ways[way])} ({item.text}) {draft.say('to', 'ke')} {to}", Binds.ATOM, result)


def _rounded_bounds(item: Typed) -> Number:
    if isinstance(item.type, Quotient):
        top, bottom = item.type.numerator, item.type.denominator
        return Number(top.scale, top.low * 10**bottom.scale, top.high * 10**bottom.scale)
    assert isinstance(item.type, Number)
    return item.type


def case(draft: Draft, wish: Wish) -> Typed | None:
    """The first of some values whose guard is yes."""
    ask = wish.deeper(wish.kind, per=wish.per, not_negative=wish.not_negative)
    branches = draft.rng.choice((1, 1, 2, 3))
    values = [draft.write(ask) for _ in range(branches + 1)]
    guards = [draft.write(wish.deeper(Kind.YES_NO)) for _ in range(branches)]
    kinds = [value.type for value in values]
    numbers = [kind for kind in kinds if isinstance(kind, Number)]
    if len(numbers) != len(kinds):
        return None
    draft.use("case of several branches" if branches > 1 else "case of one branch")
    return Typed(branches_text(draft, guards, values), Binds.EXPRESSION, reduce(either_type, numbers))


def branches_text(draft: Draft, guards: list[Typed], values: list[Typed]) -> str:
    """if … then … otherwise …"""
    parts = [
        f"{draft.say('if', 'jika')} {guard.text if guard.binds < Binds.EXPRESSION else f'({guard.text})'}"
        f" {draft.say('then', 'maka')} {value.as_value()}"
        for guard, value in zip(guards, values, strict=False)
    ]
    return " ".join([*parts, f"{draft.say('otherwise', 'selain itu')} {values[-1].as_value()}"])


def if_unknown(draft: Draft, wish: Wish) -> Typed | None:
    """A value, or what is assumed where it is unknown."""
    item = draft.write(wish.deeper(Kind.NUMBER, per=wish.per, not_negative=wish.not_negative))
    default = constant(draft, wish)
    assert isinstance(item.type, Number) and isinstance(default.type, Number)
    kind = either_type(item.type, default.type)
    draft.use("if unknown a literal" if default.text[-1].isdigit() or " " in default.text else "if unknown a parameter")
    text = f"{item.within(Binds.ATOM)} {draft.say('if unknown', 'bila belum diketahui')} {default.text}"
    return Typed(text, Binds.FACTOR, kind)


def either_type(one: Number, other: Number) -> Number:
    """The type of a number that is one or the other."""
    scale = max(one.scale, other.scale)
    low = min(one.low * 10 ** (scale - one.scale), other.low * 10 ** (scale - other.scale))
    high = max(one.high * 10 ** (scale - one.scale), other.high * 10 ** (scale - other.scale))
    return Number(scale, low, high, one.per)


def age(draft: Draft, wish: Wish) -> Typed | None:
    """Whole years, at the decision date or on a day."""
    level = "member" if wish.member else "family"
    births = [n for n in draft.names if _is_birth(n) and n.level.value == level and n.is_field]
    if wish.per is not None or wish.not_negative or len(births) != 1:
        return None
    word = draft.say("age", draft.rng.choice(("umur", "usia")))
    kind = Number(0, -300, 300)
    if draft.chance(0.6):
        return Typed(word, Binds.ATOM, kind)
    draft.use("age on a day")
    day = draft.write(wish.deeper(Kind.DATE))
    return Typed(f"{word} {draft.say('on', 'pada')} {_point(draft, day)}", Binds.ATOM, kind)


def _is_birth(name: Named) -> bool:
    return isinstance(name.type, Date) and name.type.birth


def _point(draft: Draft, day: Typed) -> str:
    return day.within(Binds.ATOM) if "(" not in day.text else f"({day.text})"


# ---- quotients


def named_quotient(draft: Draft, wish: Wish) -> Typed | None:
    """A definition that is a quotient."""
    found = draft.pick(lambda n: isinstance(n.type, Quotient) and n.type.per == wish.per, wish.member)
    if found is None or wish.not_negative:
        return None
    return Typed(found.name, Binds.ATOM, found.type)


def over(draft: Draft, wish: Wish) -> Typed:
    """left / right."""
    for _ in range(3):
        top = draft.write(wish.deeper(Kind.NUMBER, per=wish.per, not_negative=wish.not_negative))
        bottom = draft.write(wish.deeper(Kind.NUMBER, not_negative=True))
        quotient = _quotient(top, bottom, wish.per)
        if quotient:
            return quotient
    text = f"{draft.money(1, wish.per) if wish.per else '1'} / 3"
    return Typed(text, Binds.PRODUCT, Quotient(Number(0, 1, 1, wish.per), Number(0, 3, 3), wish.per))


def _quotient(top: Typed, bottom: Typed, per: Per | None) -> Typed | None:
    assert isinstance(top.type, Number) and isinstance(bottom.type, Number)
    if max(abs(top.type.low), abs(top.type.high)) * 10**bottom.type.scale > LARGEST or bottom.type.high == 0:
        return None
    text = f"{top.within(Binds.PRODUCT)} / {bottom.within(Binds.FACTOR)}"
    return Typed(text, Binds.PRODUCT, Quotient(top.type, bottom.type, per))


def money_over_money(draft: Draft, wish: Wish) -> Typed | None:
    """Money by money of the same kind: a plain quotient."""
    if wish.per is not None:
        return None
    per = draft.rng.choice(list(Per))
    top = draft.write(wish.deeper(Kind.NUMBER, per=per, not_negative=wish.not_negative))
    return _quotient(top, draft.write(wish.deeper(Kind.NUMBER, per=per, not_negative=True)), None)


def scaled_quotient(draft: Draft, wish: Wish) -> Typed | None:
    """A quotient times a number."""
    ask = wish.deeper(Kind.QUOTIENT, per=wish.per, not_negative=wish.not_negative)
    left, right = draft.write(ask), draft.write(wish.deeper(Kind.NUMBER, not_negative=wish.not_negative))
    assert isinstance(left.type, Quotient) and isinstance(right.type, Number)
    top = left.type.numerator
    ends = [x * y for x in (top.low, top.high) for y in (right.type.low, right.type.high)]
    kind = Number(top.scale + right.type.scale, min(ends), max(ends), wish.per)
    if max(abs(kind.low), abs(kind.high)) > LARGEST or kind.scale > 4:
        return None
    text = f"{left.within(Binds.PRODUCT)} * {right.within(Binds.FACTOR)}"
    return Typed(text, Binds.PRODUCT, Quotient(kind, left.type.denominator, wish.per))


NUMBERS: dict[str, Option] = {
    "plain number by name": named,
    "plain number literal": literal,
    "plus": plus,
    "minus": minus,
    "times": times,
    "rounding": rounded,
    "case of numbers": case,
    "number if unknown": if_unknown,
    "age": age,
}

QUOTIENTS: dict[str, Option] = {
    "plain quotient by name": named_quotient,
    "plain over": over,
    "money over money": money_over_money,
    "quotient times number": scaled_quotient,
}
