"""A list of about 2,000 made-up candidate families of the six districts, with the faults that real lists have.

Deterministic: one seed, one list. Where a rate comes from:
* families per district: population 2020 (BPS, SP2020). Members: 4.15 a family card (P3KE 2022, poor families of Gorontalo).
* PKH: the families of September 2020 per district (prosesnews, habari) of the population / 4 (an assumption).
  BPNT, BST: Kota Gorontalo's figures (habari, gopos) of the same base, taken for all districts; BLT-DD, other food aid,
  being well-off: assumptions. BLT-DD is paid in villages, so hardly in the city.
* no NIK: 17.2 % of persons nationally (KPK, January 2021); taken for Kabupaten Gorontalo, whose list of 2020 the auditors
  found full of them (BPKP), and a quarter of it elsewhere (an assumption). Doubles 1.1 %, dead 0.24 % (KPK), of which the
  share of heads and of people alone is raised, so that a list of this size shows the cases.
* civil servants, soldiers, police: 798 recipients in Kabupaten Gorontalo 2022 (kronologi.id), about 1.2 % of its families.
* empty answers, dates as text, numbers in cells of numbers, scientific notation: kinds seen in lists; rates assumed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ejps_core.app.demo_people import Numbers, Person, born, name_of
from ejps_core.app.regions import SUBDISTRICTS

SEED = 20201016
FAMILIES = 2000

POPULATION = {
    "75.01": 393_107, "75.02": 145_868, "75.03": 162_778, "75.04": 146_432, "75.05": 124_957, "75.71": 198_539,
}  # fmt: skip
PKH = {"75.01": 24_101, "75.02": 9_214, "75.03": 9_236, "75.04": 6_034, "75.05": 6_920, "75.71": 5_586}
CITY = "75.71"
PER_FAMILY = 4
NO_NIK = {district: 0.172 if district == "75.01" else 0.043 for district in POPULATION}
SIZES = ((1, 8), (2, 14), (3, 18), (4, 22), (5, 17), (6, 11), (7, 6), (8, 4))
OLD_SUBDISTRICTS = ("75.01.06", "75.01.07", "75.01.08", "75.01.12", "75.01.15")
ELSEWHERE = ("71.02.03", "71.74.01", "72.01.05", "73.71.02", "91.71.01")


@dataclass(slots=True)
class Household:
    """A made-up family as its village would enter it; `answers`: field name -> yes or no (None: left empty)."""

    card: str
    head: Person
    home: str | None
    people: list[Person]
    answers: dict[str, bool | None] = field(default_factory=dict)
    listed: bool = True
    """Whether its members stand on the list."""

    @property
    def district(self) -> str:
        """Where its card was recorded, and where it lives."""
        return f"{self.card[:2]}.{self.card[2:4]}"


def households(on: date, count: int = FAMILIES, seed: int = SEED) -> list[Household]:
    """The families, before anything is written wrongly."""
    random = Random(seed)
    numbers = Numbers(random)
    districts = random.choices(list(POPULATION), list(POPULATION.values()), k=count)
    return [_household(random, numbers, district, on) for district in sorted(districts)]


def _household(random: Random, numbers: Numbers, district: str, on: date) -> Household:
    code = random.choice(list(SUBDISTRICTS[district]))
    home = f"{district}.{code:02}"
    size = random.choices([n for n, _ in SIZES], [weight for _, weight in SIZES])[0]
    people = _people(random, numbers, home, size, on)
    _part(random, people, on)
    recorded = on - timedelta(days=random.randint(200, 6000))
    return Household(
        card=numbers.card(home, recorded),
        head=people[0],
        home=home if random.random() > 0.006 else None,
        people=people,
        answers=_answers(random, district),
        listed=random.random() > 0.015,
    )


def _people(random: Random, numbers: Numbers, home: str, size: int, on: date) -> list[Person]:
    """Head, spouse, children; some an old parent."""
    family = name_of(random, woman=False).split()[-1]
    ages = [(22, 72), (20, 66), *[(0, 24)] * 6]
    if size > 3 and random.random() < 0.15:
        ages[size - 1] = (66, 92)
    people = []
    for place in range(size):
        woman = random.random() < (0.13, 0.95, *[0.5] * 6)[place]
        birth = born(random, on, *ages[place])
        missing = random.random() < NO_NIK[home[:5]]
        nik = None if missing else numbers.nik(_origin(random, home), birth, woman=woman)
        people.append(Person(name_of(random, woman=woman, family=family), woman, birth, nik))
    if random.random() < 0.012:
        random.choice(people[:2]).official = True
    return people


def _origin(random: Random, home: str) -> str:
    """Where a NIK was first registered: mostly here, some elsewhere, some in sub-districts that are no more."""
    draw = random.random()
    if home.startswith("75.05") and draw < 0.5:
        return random.choice(OLD_SUBDISTRICTS)
    return random.choice(ELSEWHERE) if draw > 0.95 else home


def _part(random: Random, people: list[Person], on: date) -> None:
    """Some have died, some have moved out of the province."""
    chance = 0.02 if len(people) == 1 else 0.006
    for place, person in enumerate(people):
        if random.random() < (chance if place == 0 else 0.0024):
            person.status = "meninggal"
            person.died = on - timedelta(days=random.randint(5, 400)) if random.random() < 0.7 else None
        elif random.random() < 0.006:
            person.status = "pindah"
    if random.random() < 0.005:
        for person in people:
            person.status, person.died = "pindah", None


def _answers(random: Random, district: str) -> dict[str, bool | None]:
    """What the village says of the family; a few answers are left empty."""
    pkh = PKH[district] * PER_FAMILY / POPULATION[district]
    has_pkh = random.random() < pkh
    listed = has_pkh or random.random() < 0.62
    answers: dict[str, bool | None] = {
        "terdaftar_dtks": listed,
        "pekerjaan_terdampak": random.random() < (0.25 if listed else 0.8),
        "menerima_pkh": has_pkh,
        "menerima_bpnt": random.random() < (0.75 if has_pkh else 0.1),
        "menerima_bst": not has_pkh and random.random() < 0.08,
        "menerima_blt_dd": not has_pkh and random.random() < (0.002 if district == CITY else 0.07),
        "bantuan_pangan_lain": random.random() < 0.01,
        "keluarga_mampu": random.random() < 0.025,
    }
    for name in answers:
        if random.random() < 0.012:
            answers[name] = None
    return answers
