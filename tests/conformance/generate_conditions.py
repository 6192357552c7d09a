"""Random expressions that are yes or no, dates, choices and regions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ejps_core.model.kinds import Level
from ejps_core.model.types import Choice, Date, Number, Per, Quotient, Region, YesNo
from tests.conformance.generate_draft import Binds, Draft, Kind, Option, Typed, Wish
from tests.conformance.generate_numbers import age, branches_text, constant

YES_NO = YesNo()
MOST = 2**63 - 1
DATE = Date(-25567, 84005)
ORDERS = ("<", "<=", ">", ">=", "=", "!=")
CODES = ("75", "75.01", "75.01.02", "75.01.02.2003", "75.04", "75.04.01", "75.71", "71")


def _answer(text: str, binds: Binds) -> Typed:
    return Typed(text, binds, YES_NO)


def _some_per(draft: Draft) -> Per | None:
    """A kind of money that a fact has, or none: plain numbers."""
    facts = [n.type.per for n in draft.names if isinstance(n.type, Number)]
    return draft.rng.choice([*facts, None, None])


def yes_no_name(draft: Draft, wish: Wish) -> Typed | None:
    """A yes/no fact or definition."""
    found = draft.pick(lambda n: isinstance(n.type, YesNo), wish.member)
    return _answer(found.name, Binds.ATOM) if found else None


def threshold(draft: Draft, wish: Wish) -> Typed | None:
    """A number or date by its name, compared with a constant."""
    found = draft.pick(lambda n: isinstance(n.type, Number) and n.is_field, wish.member)
    if found is None or not isinstance(found.type, Number):
        return None
    limit = near(draft, found.type)
    return _compared(draft, found.name, limit)


def near(draft: Draft, kind: Number) -> str:
    """A constant that the numbers of a type may lie around, often one that stands elsewhere too."""
    parameter = draft.pick(lambda n: n.is_parameter and isinstance(n.type, Number) and n.type.per == kind.per, False)
    if parameter and draft.chance(0.3):
        return parameter.name
    top = min(kind.high, 40 * 10**kind.scale if kind.per is None else 10**6 * 10**kind.scale)
    number = draft.rng.choice((kind.low, top, (kind.low + top) // 2, draft.rng.randint(kind.low, max(kind.low, top))))
    if kind.per is not None:
        return draft.money(max(0, number), kind.per)
    return draft.decimal(number, kind.scale)


def age_threshold(draft: Draft, wish: Wish) -> Typed | None:
    """An age compared with a number of years."""
    written = age(draft, Wish(Kind.NUMBER, 1, wish.member))
    if written is None:
        return None
    return _compared(draft, written.text, str(draft.rng.choice((0, 1, 5, 16, 17, 18, 20, 59, 60))))


def _compared(draft: Draft, left: str, right: str) -> Typed:
    how = draft.rng.choice(ORDERS)
    draft.use(f"compare {how}")
    if draft.chance(0.15) and not right.startswith("-"):
        left, right = right, left
    return _answer(f"{left} {how} {right}", Binds.COMPARISON)


def compare_numbers(draft: Draft, wish: Wish) -> Typed:
    """Two numbers."""
    ask = wish.deeper(Kind.NUMBER, per=_some_per(draft))
    left, right = draft.write(ask), draft.write(ask)
    return _compared(draft, left.within(Binds.SUM), right.within(Binds.SUM))


def _reach(first: Typed, second: Typed) -> int:
    """How large the first's numerator times the second's denominator may become, scales aligned."""
    top = first.type.numerator if isinstance(first.type, Quotient) else first.type
    bottom = second.type.denominator if isinstance(second.type, Quotient) else Number(0, 1, 1)
    assert isinstance(top, Number)
    return max(abs(top.low), abs(top.high)) * bottom.high * 10**4


def compare_quotients(draft: Draft, wish: Wish) -> Typed | None:
    """A quotient and a number, or two quotients."""
    named = draft.pick(lambda n: isinstance(n.type, Quotient), wish.member)
    per = named.type.per if named and isinstance(named.type, Quotient) else _some_per(draft)
    if named and draft.chance(0.6):
        draft.use("quotient by name")
        left = Typed(named.name, Binds.ATOM, named.type)
    else:
        left = draft.write(wish.deeper(Kind.QUOTIENT, per=per))
    right = draft.write(wish.deeper(draft.rng.choice((Kind.QUOTIENT, Kind.NUMBER, Kind.NUMBER)), per=per))
    if _reach(left, right) > MOST or _reach(right, left) > MOST:
        return None
    return _compared(draft, left.within(Binds.SUM), right.within(Binds.SUM))


def compare_dates(draft: Draft, wish: Wish) -> Typed:
    """Two dates."""
    left, right = draft.write(wish.deeper(Kind.DATE)), draft.write(wish.deeper(Kind.DATE))
    return _compared(draft, left.within(Binds.SUM), right.within(Binds.SUM))


def compare_answers(draft: Draft, wish: Wish) -> Typed:
    """A yes/no fact that is yes, is no, or is the same as another."""
    left = draft.write(Wish(Kind.YES_NO, 0, wish.member))
    answer = draft.say(*draft.rng.choice((("yes", "ya"), ("no", "tidak"))))
    if draft.chance(0.4):
        answer = draft.write(Wish(Kind.YES_NO, 0, wish.member)).within(Binds.SUM)
    return _answer(f"{left.within(Binds.SUM)} {draft.rng.choice(('=', '!='))} {answer}", Binds.COMPARISON)


def in_bounds(draft: Draft, wish: Wish) -> Typed:
    """low <= number or date <= high."""
    word = draft.say("in", "termasuk")
    if draft.chance(0.3):
        item = draft.write(wish.deeper(Kind.DATE))
        days = sorted(draft.rng.sample(range(draft.first - 9000, draft.last + 400), 2))
        low, high = draft.date(days[0]), draft.date(days[1])
        draft.use("in bounds of dates")
        return _answer(f"{item.within(Binds.SUM)} {word} {low}..{high}", Binds.COMPARISON)
    per = _some_per(draft)
    item = draft.write(wish.deeper(Kind.NUMBER, per=per))
    ends = [constant(draft, Wish(Kind.NUMBER, 0, wish.member, per)) for _ in range(2)]
    low_end, high_end = sorted(ends, key=_size)
    return _answer(f"{item.within(Binds.SUM)} {word} {low_end.text}..{high_end.text}", Binds.COMPARISON)


def _size(end: Typed) -> Fraction:
    assert isinstance(end.type, Number)
    return Fraction(end.type.high, 10**end.type.scale)


def number_in_list(draft: Draft, wish: Wish) -> Typed | None:
    """A number that is one of some."""
    found = draft.pick(lambda n: isinstance(n.type, Number) and n.type.per is None, wish.member)
    if found is None or not isinstance(found.type, Number):
        return None
    kind = found.type
    numbers = {near(draft, Number(kind.scale, kind.low, kind.high)) for _ in range(3)}
    literals = sorted(number for number in numbers if not number[0].isalpha())
    if not literals:
        return None
    return _answer(f"{found.name} {draft.say('in', 'termasuk')} ({', '.join(literals)})", Binds.COMPARISON)


def choice_test(draft: Draft, wish: Wish) -> Typed | None:
    """A choice that is, isn't, or is among some labels."""
    item = draft.pick(lambda n: isinstance(n.type, Choice), wish.member)
    if item is None or not isinstance(item.type, Choice):
        return None
    labels = draft.rng.sample(item.type.names, draft.rng.randint(1, len(item.type.names)))
    if len(labels) == 1 or draft.chance(0.4):
        how = draft.rng.choice(("=", "!="))
        draft.use(f"label {how}")
        return _answer(f"{item.name} {how} {labels[0]}", Binds.COMPARISON)
    draft.use("among labels")
    return _answer(f"{item.name} {draft.say('in', 'termasuk')} ({', '.join(labels)})", Binds.COMPARISON)


def in_area(draft: Draft, wish: Wish) -> Typed | None:
    """A region in an area, or in one of some."""
    region = draft.write(wish.deeper(Kind.REGION)) if _has_region(draft) else None
    if region is None:
        return None
    areas = [f'"{code}"' for code in draft.rng.sample(CODES, draft.rng.choice((1, 1, 2, 3)))]
    text = areas[0] if len(areas) == 1 else f"({', '.join(areas)})"
    draft.use("in one area" if len(areas) == 1 else "in one of some areas")
    return _answer(f"{region.within(Binds.SUM)} {draft.say('in area', 'di wilayah')} {text}", Binds.COMPARISON)


def _has_region(draft: Draft) -> bool:
    return any(isinstance(n.type, Region) for n in draft.names)


def is_unknown(draft: Draft, wish: Wish) -> Typed:
    """Whether a value is unknown."""
    kinds = [Kind.NUMBER, Kind.YES_NO, Kind.DATE, Kind.QUOTIENT]
    for each, kind in ((Region, Kind.REGION), (Choice, Kind.CHOICE)):
        if any(isinstance(n.type, each) and n.level is Level.FAMILY for n in draft.names):
            kinds.append(kind)
    item = draft.write(wish.deeper(draft.rng.choice(kinds)))
    words = draft.say("is unknown", "belum diketahui")
    return _answer(f"{item.within(Binds.SUM)} {words}", Binds.COMPARISON)


def answer_if_unknown(draft: Draft, wish: Wish) -> Typed | None:
    """A yes/no fact, or what is assumed where it is unknown."""
    item = yes_no_name(draft, wish)
    if item is None:
        return None
    answer = draft.say(*draft.rng.choice((("yes", "ya"), ("no", "tidak"))))
    return _answer(f"{item.text} {draft.say('if unknown', 'bila belum diketahui')} {answer}", Binds.FACTOR)


def negation(draft: Draft, wish: Wish) -> Typed:
    """Not."""
    item = draft.write(wish.deeper(Kind.YES_NO))
    word = draft.say("not", draft.rng.choice(("bukan", "tidak")))
    return _answer(f"{word} {item.within(Binds.CONDITION)}", Binds.CONDITION)


def _items(draft: Draft, wish: Wish, most: int = 4) -> list[Typed]:
    return [draft.write(wish.deeper(Kind.YES_NO)) for _ in range(draft.rng.randint(2, most))]


def joined(english: str, indonesian: str) -> Option:
    """And, or."""

    def option(draft: Draft, wish: Wish) -> Typed:
        word = f" {draft.say(english, indonesian)} "
        return _answer(word.join(i.within(Binds.CONDITION) for i in _items(draft, wish)), Binds.EXPRESSION)

    return option


def listed(words: Callable[[Draft, int], str]) -> Option:
    """All of, any of, at least n of."""

    def option(draft: Draft, wish: Wish) -> Typed:
        items = _items(draft, wish, 5)
        return _answer(f"{words(draft, len(items))} ({', '.join(i.text for i in items)})", Binds.FILTERED)

    return option


def _at_least_words(draft: Draft, items: int) -> str:
    return draft.say("at least {} of", "paling sedikit {} dari").format(draft.rng.randint(1, items))


def both_sides(draft: Draft, wish: Wish) -> Typed | None:
    """A fact tested twice on purpose: below one limit, or above another; whichever it is may not matter."""
    found = draft.pick(lambda n: isinstance(n.type, Number) and n.is_field, False)
    if found is None or not isinstance(found.type, Number):
        return None
    first, second = near(draft, found.type), near(draft, found.type)
    word = draft.say(*draft.rng.choice((("or", "atau"), ("and", "dan"))))
    low, high = draft.rng.choice((("<", ">="), ("<=", ">"), (">", "<"), ("=", "!=")))
    return _answer(f"{found.name} {low} {first} {word} {found.name} {high} {second}", Binds.EXPRESSION)


def answer_case(draft: Draft, wish: Wish) -> Typed:
    """The first of some answers whose guard is yes."""
    values = [draft.write(wish.deeper(Kind.YES_NO)) for _ in range(2)]
    guard = draft.write(wish.deeper(Kind.YES_NO))
    return _answer(branches_text(draft, [guard], values), Binds.EXPRESSION)


CONDITIONS: dict[str, Option] = {
    "plain yes/no by name": yes_no_name,
    "plain threshold": threshold,
    "plain choice test": choice_test,
    "plain age threshold": age_threshold,
    "compare numbers": compare_numbers,
    "compare quotients": compare_quotients,
    "compare dates": compare_dates,
    "compare answers": compare_answers,
    "in bounds": in_bounds,
    "number in list": number_in_list,
    "in area": in_area,
    "is unknown": is_unknown,
    "answer if unknown": answer_if_unknown,
    "not": negation,
    "and": joined("and", "dan"),
    "or": joined("or", "atau"),
    "all of": listed(lambda draft, items: draft.say("all of", "semua dari")),
    "any of": listed(lambda draft, items: draft.say("any of", "salah satu dari")),
    "at least n of": listed(_at_least_words),
    "tested twice on purpose": both_sides,
    "case of answers": answer_case,
}
