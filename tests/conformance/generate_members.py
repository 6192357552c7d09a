"""Random aggregates over the members of a family."""

from __future__ import annotations

from ejps_core.model.kinds import Level
from ejps_core.model.types import MOST_MEMBERS, Choice, Date, Number, YesNo
from tests.conformance.generate_conditions import DATE, YES_NO
from tests.conformance.generate_dates import date_literal
from tests.conformance.generate_draft import Binds, Draft, Kind, Named, Option, Typed, Wish
from tests.conformance.generate_numbers import LARGEST, constant, either_type, fits

COUNT = Number(0, 0, MOST_MEMBERS)


def _filter(draft: Draft, wish: Wish) -> str:
    """What stands after *where*: one test, or more in parentheses."""
    test = draft.write(wish.deeper(Kind.YES_NO, member=True))
    if draft.chance(0.1) and test.binds <= Binds.COMPARISON:
        return f"{draft.say('not', 'bukan')} {test.text}"
    return test.within(Binds.COMPARISON)


def _where(draft: Draft, wish: Wish, share: float = 0.6) -> str:
    """A filter with its keyword and a space in front, or nothing."""
    return f" {draft.say('where', 'yang')} {_filter(draft, wish)}" if draft.chance(share) else ""


def any_member(draft: Draft, wish: Wish) -> Typed | None:
    """Some member satisfies the filter."""
    if wish.member:
        return None
    words = draft.say("any member where", "ada anggota yang")
    return Typed(f"{words} {_filter(draft, wish)}", Binds.FILTERED, YES_NO)


def every_member(draft: Draft, wish: Wish) -> Typed | None:
    """Every member (of those that satisfy a filter) satisfies a condition."""
    if wish.member:
        return None
    words, satisfies = draft.say("every member", "semua anggota"), draft.say("satisfies", "memenuhi")
    where = _where(draft, wish, 0.5)
    draft.use("every member where" if where else "every member")
    return Typed(f"{words}{where} {satisfies} {_filter(draft, wish)}", Binds.FILTERED, YES_NO)


def at_least_members(draft: Draft, wish: Wish) -> Typed | None:
    """So many members satisfy the filter."""
    if wish.member:
        return None
    words = draft.say("at least {} members where", "paling sedikit {} anggota yang")
    text = f"{words.format(draft.rng.randint(1, 3))} {_filter(draft, wish)}"
    return Typed(text, Binds.FILTERED, YES_NO)


def count_all(draft: Draft, wish: Wish) -> Typed | None:
    """How many members there are."""
    if wish.member or wish.per is not None:
        return None
    return Typed(draft.say("count members", "jumlah anggota"), Binds.ATOM, COUNT)


def count_where(draft: Draft, wish: Wish) -> Typed | None:
    """How many members satisfy the filter."""
    if wish.member or wish.per is not None:
        return None
    words = draft.say("count members where", "jumlah anggota yang")
    return Typed(f"{words} {_filter(draft, wish)}", Binds.FILTERED, COUNT)


def _of_members(draft: Draft) -> str:
    return draft.say("of members", "dari anggota")


def sum_members(draft: Draft, wish: Wish) -> Typed | None:
    """The sum of a value over the members."""
    if wish.member:
        return None
    value = draft.write(wish.deeper(Kind.NUMBER, member=True, per=wish.per, not_negative=wish.not_negative))
    assert isinstance(value.type, Number)
    low, high = min(0, value.type.low * MOST_MEMBERS), max(0, value.type.high * MOST_MEMBERS)
    if max(abs(low), high) > LARGEST:
        return None
    where = _where(draft, wish, 0.5)
    text = f"{draft.say('sum', 'total')} {value.within(Binds.ATOM)} {_of_members(draft)}{where}"
    draft.use("sum where" if where else "sum")
    binds = Binds.FILTERED if where else Binds.ATOM
    return Typed(text, binds, Number(value.type.scale, low, high, wish.per))


def sum_largest(draft: Draft, wish: Wish) -> Typed | None:
    """The sum of the largest values."""
    if wish.member:
        return None
    value = draft.write(wish.deeper(Kind.NUMBER, member=True, per=wish.per, not_negative=True))
    assert isinstance(value.type, Number)
    count = draft.rng.randint(1, 4)
    where = _where(draft, wish, 0.5)
    words = draft.say("sum {} largest", "total {} terbesar").format(count)
    draft.use("sum of the largest where" if where else "sum of the largest")
    if value.type.high * count > LARGEST:
        return None
    kind = Number(value.type.scale, 0, value.type.high * count, wish.per)
    text = f"{words} {value.within(Binds.ATOM)} {_of_members(draft)}{where}{_caps(draft)}"
    return Typed(text, Binds.FILTERED, kind)


def _caps(draft: Draft) -> str:
    """At most so many of each kind, by a number, a fact or a parameter."""
    kind = draft.pick(lambda n: isinstance(n.type, Choice), True)
    if kind is None or draft.chance(0.3):
        return ""
    whole = draft.pick(lambda n: isinstance(n.type, Number) and n.type.scale == 0 and _countable(n.type), True)
    cap = whole.name if whole and draft.chance(0.5) else str(draft.rng.randint(0, 3))
    draft.use("caps for each kind")
    return f" {draft.say('with at most', 'dengan paling banyak')} {cap} per {kind.name}"


def _countable(kind: Number) -> bool:
    return kind.per is None and kind.low >= 0


def _or_if_none(draft: Draft, default: Typed) -> str:
    draft.use("or if none")
    return f" {draft.say('or if none', 'atau bila kosong')} {default.text}"


def _extreme(draft: Draft, wish: Wish, value: Typed, default: Typed) -> tuple[str, Binds]:
    where = _where(draft, wish)
    none = _or_if_none(draft, default) if where or draft.may_be_empty or draft.chance(0.3) else ""
    words = draft.rng.choice((("largest", "terbesar"), ("smallest", "terkecil")))
    draft.use(f"{words[0]}{' where' if where else ''}")
    text = f"{draft.say(*words)} {value.within(Binds.ATOM)} {_of_members(draft)}{where}{none}"
    return text, Binds.FILTERED if where or none else Binds.ATOM


def extreme_number(draft: Draft, wish: Wish) -> Typed | None:
    """The largest or smallest number."""
    if wish.member:
        return None
    value = draft.write(wish.deeper(Kind.NUMBER, member=True, per=wish.per, not_negative=wish.not_negative))
    default = constant(draft, wish)
    text, binds = _extreme(draft, wish, value, default)
    return Typed(text, binds, _either(value, default))


def _either(value: Typed, default: Typed) -> Number:
    assert isinstance(value.type, Number) and isinstance(default.type, Number)
    return either_type(value.type, default.type)


def extreme_date(draft: Draft, wish: Wish) -> Typed | None:
    """The largest or smallest date."""
    if wish.member:
        return None
    value = draft.write(wish.deeper(Kind.DATE, member=True))
    text, binds = _extreme(draft, wish, value, date_literal(draft, wish))
    return Typed(text, binds, DATE)


def _is_birth(name: Named) -> bool:
    return isinstance(name.type, Date) and name.type.birth and name.level is Level.MEMBER and name.is_field


def _oldest(draft: Draft, wish: Wish, value: str, default: str) -> tuple[str, Binds] | None:
    if sum(map(_is_birth, draft.names)) != 1 or wish.member:
        return None
    who = draft.rng.choice((("oldest member", "anggota tertua"), ("youngest member", "anggota termuda")))
    where = _where(draft, wish, 0.5)
    needed = where or draft.may_be_empty or draft.chance(0.3)
    none = f" {draft.say('or if none', 'atau bila kosong')} {default}" if needed else ""
    draft.use(f"of the {who[0]}{' where' if where else ''}")
    if none:
        draft.use("or if none")
    text = f"{value} {draft.say('of', 'dari')} {draft.say(*who)}{where}{none}"
    return text, Binds.FILTERED if where or none else Binds.ATOM


def oldest_number(draft: Draft, wish: Wish) -> Typed | None:
    """A number of the oldest or youngest member, often the age."""
    if wish.per is None and not wish.not_negative and draft.chance(0.6):
        word = draft.say("age", "umur")
        written = _oldest(draft, wish, word, draft.whole(draft.rng.choice((0, 17, 60))))
        draft.use("age of the oldest or youngest")
        return Typed(*written, Number(0, -300, 300)) if written else None
    value = draft.pick(lambda n: n.level is Level.MEMBER and fits(wish, n.type), True)
    if value is None:
        return None
    default = constant(draft, wish)
    written = _oldest(draft, wish, value.name, default.text)
    return Typed(*written, _either(Typed("", Binds.ATOM, value.type), default)) if written else None


def oldest_answer(draft: Draft, wish: Wish) -> Typed | None:
    """A yes/no fact of the oldest or youngest member."""
    value = draft.pick(lambda n: n.level is Level.MEMBER and isinstance(n.type, YesNo), True)
    if value is None:
        return None
    default = draft.say(*draft.rng.choice((("yes", "ya"), ("no", "tidak"))))
    written = _oldest(draft, wish, value.name, default)
    return Typed(*written, YES_NO) if written else None


def oldest_date(draft: Draft, wish: Wish) -> Typed | None:
    """A date of the oldest or youngest member."""
    value = draft.pick(lambda n: n.level is Level.MEMBER and isinstance(n.type, Date), True)
    if value is None:
        return None
    written = _oldest(draft, wish, value.name, date_literal(draft, wish).text)
    return Typed(*written, DATE) if written else None


def oldest_choice(draft: Draft, wish: Wish, kind: Choice) -> Typed | None:
    """A choice of the oldest or youngest member, as a definition of that choice."""
    value = draft.pick(lambda n: n.level is Level.MEMBER and n.type == kind, True)
    written = _oldest(draft, wish, value.name, draft.rng.choice(kind.names)) if value else None
    return Typed(*written, kind) if written else None


CONDITIONS: dict[str, Option] = {
    "any member": any_member,
    "every": every_member,
    "at least n members": at_least_members,
    "yes/no of the oldest or youngest": oldest_answer,
}
NUMBERS: dict[str, Option] = {
    "plain count members": count_all,
    "count where": count_where,
    "sum of members": sum_members,
    "sum of the n largest": sum_largest,
    "largest or smallest number": extreme_number,
    "number of the oldest or youngest": oldest_number,
}
DATES: dict[str, Option] = {
    "largest or smallest date": extreme_date,
    "date of the oldest or youngest": oldest_date,
}
