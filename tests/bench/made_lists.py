"""A list copied from a made-up registry, with errors at known rates, and what matching ought to say of each row.

Where a rate comes from: no NIK 17.2 %, dead 0.24 % raised to the registry's (KPK on the national list, January 2021);
6.39 % live elsewhere than their family card says (census 2020); 22.6 % of a district's list did not match at all
(Bojonegoro), of which the missing NIK are most. Spellings, slips, swapped dates and wrong digits: assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

import pyarrow as pa

from ejps_core.registry.matching.outcomes import Outcome
from tests.bench.made_people import SEED, Registry

NO_NIK, WRONG_DIGIT, OTHERS_NIK, STRANGER = 0.172, 0.015, 0.003, 0.03
OTHER_SPELLING, SLIP, TITLED, SHORTENED, TURNED = 0.25, 0.04, 0.06, 0.03, 0.03
SWAPPED, STAND_IN, WRONG_BIRTH = 0.015, 0.02, 0.01
ELSEWHERE, NO_VILLAGE = 0.0639, 0.15

VARIANTS = (
    ("Moh. ", ("Muh. ", "Mohamad ", "Muhammad ", "MOH ", "Moch. ")),
    ("Abd. ", ("Abdul ", "ABD.", "Abd ")),
    ("Siti ", ("St. ", "Sitti ")),
    ("Djafar", ("Jafar",)), ("Yusuf", ("Jusuf", "Yusup")), ("Hasan", ("Hassan",)), ("Suleman", ("Soeleman", "Sulaeman")),
    ("Usman", ("Oesman",)), ("Umar", ("Oemar",)), ("Ridwan", ("Ridoean", "Ridwaan")), ("Maryam", ("Mariam",)),
    ("Jufri", ("Djufri",)), ("Syahrul", ("Sjahrul",)), ("Olii", ("Oli",)), ("Thalib", ("Talib",)), ("Taufik", ("Taufiq",)),
)  # fmt: skip
BEFORE, BEHIND = ("H. ", "Hj. ", "Hi. ", "Alm. ", "Drs. "), (", S.Pd", " S.Pd.I", ", SE", " (Alm)", ", S.Sos., M.Si")


@dataclass(frozen=True, slots=True)
class Made:
    """The list; per row the register's row it is (-1: nobody's), the outcome expected, and whether a NIK leads to it."""

    table: pa.Table
    truth: list[int]
    expected: list[Outcome]
    by_nik: list[bool]


def listed(registry: Registry, count: int) -> Made:
    """`count` people, none twice, and a few who are in no register."""
    random = Random(SEED)
    chosen = random.sample(range(registry.table.num_rows), count)
    records = registry.table.take(pa.array(chosen)).to_pylist()
    rows, truth, expected, by_nik = [], [], [], []
    for place, (row, record) in enumerate(zip(chosen, records, strict=True)):
        stranger = random.random() < STRANGER
        made, outcome, led = _row(random, record, records[place - 1]["nik"])
        if stranger:
            made, outcome, led = _stranger(random, made), Outcome.NOT_FOUND, False
        made["ref"] = f"d{place}"
        rows.append(made)
        truth.append(-1 if stranger else row)
        expected.append(outcome)
        by_nik.append(led)
    table = pa.Table.from_pylist(rows, pa.schema([(name, registry.table.schema.field(name).type) for name in rows[0]]))
    return Made(table, truth, expected, by_nik)


def _row(random: Random, record: dict[str, object], others: str) -> tuple[dict[str, object], Outcome, bool]:
    """A person as the village writes it, the outcome expected, and whether the person's own NIK is given."""
    made: dict[str, object] = {name: record[name] for name in ("ref", "nik", "name", "birth", "region", "kk", "sex")}
    made["name"] = _written(random, str(record["name"]))
    birth_wrong = _misdated(random, made)
    if random.random() < ELSEWHERE:
        made["region"] = None if random.random() < 0.5 else f"{str(made['region'])[:8]}.{2001 + random.randrange(9)}"
    elif random.random() < NO_VILLAGE:
        made["region"] = str(made["region"])[:8]
    alive = record["status"] == "aktif"
    life = {"aktif": Outcome.MATCHED, "meninggal": Outcome.DIED, "pindah": Outcome.MOVED}[str(record["status"])]
    chance = random.random()
    if chance < NO_NIK:
        made["nik"] = None
        if random.random() < 0.3:
            made["kk"] = None
        return made, Outcome.MATCHED if alive and not birth_wrong else Outcome.DOUBTFUL, False
    if chance < NO_NIK + WRONG_DIGIT:
        made["nik"] = _slipped(random, str(record["nik"]))
        return made, Outcome.DOUBTFUL, False
    if chance < NO_NIK + WRONG_DIGIT + OTHERS_NIK:
        made["nik"] = others
        return made, Outcome.NAME_DIFFERS, False
    return made, Outcome.BIRTH_DIFFERS if birth_wrong else life, True


def _stranger(random: Random, made: dict[str, object]) -> dict[str, object]:
    """Somebody in no register: a name of the place, another birth date, no number that is known."""
    first, *rest = str(made["name"]).split()
    made["name"] = " ".join([first, random.choice(("Wonopati", "Tilome", "Bilondatu", "Huntoyungo")), *rest[2:]])
    made["birth"] = date(random.randint(1940, 2015), random.randint(1, 12), random.randint(1, 28))
    made["nik"] = made["kk"] = None
    return made


def _misdated(random: Random, made: dict[str, object]) -> bool:
    """Writes the birth date wrongly now and then; whether it is wrong beyond what passes as the same."""
    birth, chance = made["birth"], random.random()
    assert isinstance(birth, date)
    if chance < SWAPPED and birth.day <= 12:
        made["birth"] = date(birth.year, birth.day, birth.month)
    elif SWAPPED <= chance < SWAPPED + STAND_IN:
        made["birth"] = date(birth.year, 7, 1)
    elif SWAPPED + STAND_IN <= chance < SWAPPED + STAND_IN + WRONG_BIRTH:
        made["birth"] = date(birth.year + random.choice((-10, -1, 1, 2)), birth.month, min(birth.day, 28))
        return True
    return False


def _written(random: Random, name: str) -> str:
    if random.random() < OTHER_SPELLING:
        for word, others in VARIANTS:
            if word in name:
                name = name.replace(word, random.choice(others))
    words = name.split()
    if random.random() < SHORTENED and len(words) > 2:
        words = words[:-1]
    if random.random() < TURNED:
        words = [*words[1:], words[0]]
    if random.random() < SLIP:
        place = max(range(len(words)), key=lambda i: len(words[i]))
        words[place] = _misspelt(random, words[place])
    name = " ".join(words)
    if random.random() < TITLED:
        name = random.choice(BEFORE) + name if random.random() < 0.5 else name + random.choice(BEHIND)
    return name.upper() if random.random() < 0.5 else name


def _misspelt(random: Random, word: str) -> str:
    place = random.randrange(1, max(len(word) - 1, 2))
    match random.randrange(3):
        case 0:
            return word[:place] + word[place + 1 :]
        case 1:
            return word[: place - 1] + word[place : place + 1] + word[place - 1] + word[place + 1 :]
    return word[:place] + random.choice("aeinrst") + word[place + 1 :]


def _slipped(random: Random, nik: str) -> str:
    """Another digit among the last three, so that the serial stays nobody's."""
    place = random.randrange(13, 16)
    other = random.choice([digit for digit in "0123456789" if digit != nik[place]])
    return nik[:place] + other + nik[place + 1 :]
