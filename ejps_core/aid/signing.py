"""Who signs: two persons where two must see it, and who acts for the holder of an office (Plt., Plh.) by a dated paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ejps_core.model.decreed import Capacity, Power
from ejps_core.model.words import Words

TITLES = frozenset({"h", "hj", "dr", "drs", "dra", "ir", "prof", "kh"})
DEGREES = re.compile(r"\b(?:[sma]\.?\s?)(?:pd|e|h|sos|ip|stp|t|kom|ag|km|ap|si|m|kes|md)\b\.?\s*$")
CAPACITIES = {
    Capacity.DEFINITIVE: Words("", ""),
    Capacity.PLT: Words("Plt.", "Acting (Plt.)"),
    Capacity.PLH: Words("Plh.", "Deputising (Plh.)"),
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody by name, and the account under which the machine knows them; no account: nobody logged in."""

    name: str
    account: str = ""


def plain_name(name: str) -> str:
    """A name as it is compared: small letters, without titles before it and degrees behind it.

    >>> plain_name("Drs. H. Yusuf  LIHAWA, M.Si")
    'yusuf lihawa'
    """
    text = DEGREES.sub("", name.casefold().split(",", maxsplit=1)[0].strip())
    words = [word for word in re.split(r"[^\w'’]+", text) if word]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)


def one_person(one: Signer, other: Signer) -> bool:
    """Whether these may be one and the same: the same name, or the same account."""
    same_name = plain_name(one.name) == plain_name(other.name)
    return same_name or (bool(one.account) and one.account == other.account)


@dataclass(frozen=True, slots=True)
class Deputy:
    """A delegation on record: who acts for the holder of which office, what they may do, from which day to which."""

    number: int
    district: str | None
    office: str
    capacity: Capacity
    deputy: str
    powers: frozenset[Power]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Acting:
    """In which capacity somebody signs, by which delegation; `number` None: as the holder of the office."""

    capacity: Capacity = Capacity.DEFINITIVE
    number: int | None = None


def acting(
    signer: Signer, office: str, district: str, power: Power, day: date, deputies: Iterable[Deputy]
) -> Acting | Words:
    """The capacity in which somebody signs for an office on a day; words: why they may not.

    Who was made deputy for the office signs as deputy, within the dates and powers of the paper only.
    """
    own = [each for each in deputies if _about(each, signer, office, district)]
    if not own:
        return Acting()
    valid = [each for each in own if each.first <= day <= each.last and power in each.powers]
    if valid:
        newest = max(valid, key=lambda each: each.number)
        return Acting(newest.capacity, newest.number)
    last = max(own, key=lambda each: each.number)
    what = CAPACITIES[last.capacity]
    dates = f"{last.first.isoformat()} – {last.last.isoformat()}"
    if not last.first <= day <= last.last:
        return Words(
            f"Penunjukan {signer.name} sebagai {what.id} {office} hanya berlaku {dates}.",
            f"The delegation of {signer.name} as {what.en} {office} holds {dates} only.",
        )
    return Words(
        f"Penunjukan {signer.name} sebagai {what.id} {office} tidak mencakup kewenangan ini.",
        f"The delegation of {signer.name} as {what.en} {office} does not give this power.",
    )


def _about(deputy: Deputy, signer: Signer, office: str, district: str) -> bool:
    """Whether a delegation is of this person for this office."""
    place = deputy.district is None or deputy.district == district
    same_office = " ".join(deputy.office.casefold().split()) == " ".join(office.casefold().split())
    return place and same_office and plain_name(deputy.deputy) == plain_name(signer.name)
