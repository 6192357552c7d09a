"""Random expressions that are dates, choices and regions."""

from __future__ import annotations

from datetime import date

from ejps_core.model.calendar import day_number
from ejps_core.model.types import Choice, Date, Region
from tests.conformance.generate_conditions import DATE
from tests.conformance.generate_draft import Binds, Draft, Kind, Option, Typed, Wish
from tests.conformance.generate_numbers import branches_text

LEAP_DAYS = (date(2020, 2, 29), date(2021, 2, 28), date(2020, 3, 1))
UNITS = {"days": "hari", "months": "bulan", "quarters": "triwulan", "years": "tahun"}


def date_name(draft: Draft, wish: Wish) -> Typed | None:
    """A date by its name."""
    found = draft.pick(lambda n: isinstance(n.type, Date), wish.member)
    return Typed(found.name, Binds.ATOM, DATE) if found else None


def date_literal(draft: Draft, wish: Wish) -> Typed:
    """A date as it is written."""
    leap = [day_number(each) for each in LEAP_DAYS]
    day = draft.rng.choice((draft.first, draft.last, draft.rng.randint(draft.first - 9000, draft.last), *leap))
    return Typed(draft.date(day), Binds.ATOM, DATE)


def decision_date(draft: Draft, wish: Wish) -> Typed:
    """The decision date."""
    return Typed(draft.say("decision date", "tanggal penetapan"), Binds.ATOM, DATE)


def phase_edge(draft: Draft, wish: Wish) -> Typed | None:
    """The start or end of this phase."""
    if not draft.has_phases:
        return None
    words = draft.rng.choice((("start of this phase", "awal tahap ini"), ("end of this phase", "akhir tahap ini")))
    draft.use(words[0])
    return Typed(draft.say(*words), Binds.ATOM, DATE)


def shifted_date(draft: Draft, wish: Wish) -> Typed:
    """A date plus or minus some units."""
    item = draft.write(wish.deeper(Kind.DATE))
    unit = draft.rng.choice(list(UNITS))
    number, sign = draft.rng.randint(0, 40), draft.rng.choice("+-")
    word = unit.removesuffix("s") if number == 1 else unit
    draft.use("date plus" if sign == "+" else "date minus")
    draft.use(f"so many {unit}")
    return Typed(f"{item.within(Binds.SUM)} {sign} {number} {draft.say(word, UNITS[unit])}", Binds.SUM, DATE)


def date_case(draft: Draft, wish: Wish) -> Typed:
    """The first of some dates whose guard is yes."""
    values = [draft.write(wish.deeper(Kind.DATE)) for _ in range(2)]
    return Typed(branches_text(draft, [draft.write(wish.deeper(Kind.YES_NO))], values), Binds.EXPRESSION, DATE)


def date_if_unknown(draft: Draft, wish: Wish) -> Typed | None:
    """A date, or what is assumed where it is unknown."""
    item = date_name(draft, wish)
    if item is None:
        return None
    words = draft.say("if unknown", "bila belum diketahui")
    return Typed(f"{item.text} {words} {date_literal(draft, wish).text}", Binds.FACTOR, DATE)


def region_name(draft: Draft, wish: Wish) -> Typed | None:
    """A region by its name."""
    found = draft.pick(lambda n: isinstance(n.type, Region), wish.member)
    return Typed(found.name, Binds.ATOM, Region()) if found else None


def area_of(draft: Draft, wish: Wish) -> Typed | None:
    """The province, district or sub-district of a region."""
    found = draft.pick(lambda n: isinstance(n.type, Region) and not n.is_parameter, wish.member)
    if found is None:
        return None
    words = draft.rng.choice(
        (
            ("province of", "provinsi dari"),
            ("district of", "kabupaten dari"),
            ("district of", "kabupaten dari"),
            ("subdistrict of", "kecamatan dari"),
        )
    )
    draft.use(words[0])
    return Typed(f"{draft.say(*words)} {found.name}", Binds.ATOM, Region())


def choice_name(draft: Draft, wish: Wish) -> Typed | None:
    """A choice by its name."""
    found = draft.pick(lambda n: isinstance(n.type, Choice), wish.member)
    return Typed(found.name, Binds.ATOM, found.type) if found else None


def _choice_value(draft: Draft, wish: Wish, kind: Choice) -> Typed:
    found = draft.pick(lambda n: n.type == kind, wish.member)
    if found and draft.chance(0.4):
        draft.use("choice by name")
        return Typed(found.name, Binds.ATOM, kind)
    return Typed(draft.rng.choice(kind.names), Binds.ATOM, kind)


def choice_case(draft: Draft, wish: Wish, kind: Choice) -> Typed:
    """The first of some labels whose guard is yes, as the definition of a choice needs it."""
    count = draft.rng.choice((1, 1, 2, 3))
    labels = [_choice_value(draft, wish, kind) for _ in range(count + 1)]
    guards = [draft.write(wish.deeper(Kind.YES_NO)) for _ in range(count)]
    draft.use("case of labels")
    return Typed(branches_text(draft, guards, labels), Binds.EXPRESSION, kind)


DATES: dict[str, Option] = {
    "plain date by name": date_name,
    "plain date literal": date_literal,
    "plain decision date": decision_date,
    "phase edge": phase_edge,
    "shifted date": shifted_date,
    "case of dates": date_case,
    "date if unknown": date_if_unknown,
}
REGIONS: dict[str, Option] = {"plain region by name": region_name, "plain area of": area_of}
CHOICES: dict[str, Option] = {"plain choice by name": choice_name}
