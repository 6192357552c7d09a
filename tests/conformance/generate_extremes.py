"""Random smallest and largest values, money by another stretch of time, and what other programs give."""

from __future__ import annotations

from ejps_core.model.types import Number, Per, Quotient, YesNo
from tests.conformance.generate_draft import Binds, Draft, Kind, Option, Typed, Wish
from tests.conformance.generate_numbers import LARGEST, either_type

MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}
OTHERS = ("kks", "bsps", "prakerja")
UNITS = (("year", "tahun", 10), ("years", "tahun", 3), ("months", "bulan", 18), ("days", "hari", 700))


def least_or_most(draft: Draft, wish: Wish) -> Typed | None:
    """min(a, b), max(a, b, c)."""
    ask = wish.deeper(Kind.NUMBER, per=wish.per, not_negative=wish.not_negative)
    items = [draft.write(ask) for _ in range(draft.rng.choice((2, 2, 3)))]
    kind: Number | None = None
    for item in items:
        assert isinstance(item.type, Number)
        kind = item.type if kind is None else either_type(kind, item.type)
    assert kind is not None
    if max(abs(kind.low), abs(kind.high)) > LARGEST:
        return None
    word = draft.rng.choice(("min", "max"))
    draft.use(word)
    return Typed(f"{word}({', '.join(item.text for item in items)})", Binds.ATOM, kind)


def _word(draft: Draft, per: Per) -> str:
    words = {
        Per.MONTH: ("per_month", "per_bulan"),
        Per.QUARTER: ("per_quarter", "per_triwulan"),
        Per.YEAR: ("per_year", "per_tahun"),
    }
    return draft.say(*words[per])


def larger_stretch(draft: Draft, wish: Wish) -> Typed | None:
    """Money per month as money per quarter or year."""
    if wish.per not in MONTHS:
        return None
    shorter = [per for per in MONTHS if MONTHS[per] <= MONTHS[wish.per]]
    per = draft.rng.choice(shorter)
    item = draft.write(wish.deeper(Kind.NUMBER, per=per, not_negative=wish.not_negative))
    assert isinstance(item.type, Number)
    factor = MONTHS[wish.per] // MONTHS[per]
    kind = Number(item.type.scale, item.type.low * factor, item.type.high * factor, wish.per)
    if max(abs(kind.low), abs(kind.high)) > LARGEST:
        return None
    return Typed(f"{_word(draft, wish.per)}({item.text})", Binds.ATOM, kind)


def smaller_stretch(draft: Draft, wish: Wish) -> Typed | None:
    """Money per year as money per quarter or month: a quotient."""
    longer = [per for per in MONTHS if wish.per in MONTHS and MONTHS[per] > MONTHS[wish.per]]
    if not longer or wish.per is None:
        return None
    per = draft.rng.choice(longer)
    item = draft.write(wish.deeper(Kind.NUMBER, per=per, not_negative=wish.not_negative))
    assert isinstance(item.type, Number)
    by = MONTHS[per] // MONTHS[wish.per]
    top = Number(item.type.scale, item.type.low, item.type.high, wish.per)
    return Typed(f"{_word(draft, wish.per)}({item.text})", Binds.ATOM, Quotient(top, Number(0, by, by), wish.per))


# ---- other programs


def relations(draft: Draft) -> None:
    """Some other programs."""
    draft.others = draft.rng.sample(OTHERS, draft.rng.choice((0, 1, 2)))
    if not draft.others:
        return
    draft.lines.append(draft.say("other programs", "program lain"))
    source = draft.say("source", "sumber")
    for name in draft.others:
        kind = draft.rng.choice(("", "", draft.say(" not together", " tidak boleh bersama")))
        if kind:
            draft.use("not together")
        elif draft.chance(0.3):
            kind = draft.say(" together allowed", " boleh bersama")
        draft.lines.append(f"    {name}{draft.title(name)} {source} siks_ng{kind}")
    draft.period = draft.rng.choice(
        ("", "", draft.say(" this quarter", " triwulan ini"), draft.say(" this year", " tahun ini"))
    )


def receives(draft: Draft, wish: Wish) -> Typed | None:
    """Whether the family receives another program."""
    if not draft.others:
        return None
    text = f"{draft.say('receives', 'menerima')} {draft.rng.choice(draft.others)}{draft.period}"
    return Typed(text, Binds.ATOM, YesNo())


def received(draft: Draft, wish: Wish) -> Typed | None:
    """Whether it ever did, or within so many years."""
    if not draft.others:
        return None
    text = f"{draft.say('received', 'pernah menerima')} {draft.rng.choice(draft.others)}"
    if draft.chance(0.6):
        draft.use("received within")
        english, indonesian, most = draft.rng.choice(UNITS)
        number = 1 if english == "year" else draft.rng.randint(2, most)
        text += f" {draft.say('within', 'dalam')} {number} {draft.say(english, indonesian)}"
    return Typed(text, Binds.ATOM, YesNo())


NUMBERS: dict[str, Option] = {"least or most": least_or_most, "larger stretch": larger_stretch}
QUOTIENTS: dict[str, Option] = {"smaller stretch": smaller_stretch}
CONDITIONS: dict[str, Option] = {"receives": receives, "received": received}
