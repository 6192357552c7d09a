"""Made-up people of Gorontalo for the demonstration: names as they are heard there, numbers that are nobody's.

A made-up NIK or family card number has a real region and date and a serial of 9000 or more; real serials are small.
Family names and their spellings are common ones of the province (general knowledge).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

FIRST_SERIAL, LAST_SERIAL = 9000, 9999
DAY_OF_WOMEN = 40

FAMILY_NAMES = (
    "Mohamad", "Abdul", "Yusuf", "Hasan", "Ibrahim", "Husain", "Daud", "Usman", "Pakaya", "Lihawa", "Dunggio",
    "Katili", "Monoarfa", "Gobel", "Tahir", "Datau", "Ismail", "Rahim", "Polontalo", "Botutihe", "Paneo",
    "Podungge", "Laiya", "Olii", "Otoluwa", "Djafar", "Akuba", "Panigoro", "Harun", "Suleman", "Thalib", "Biya",
    "Tuna",
)  # fmt: skip
MEN = (
    "Moh. Rizal", "Abd. Wahab", "Ramdan", "Iswan", "Fahri", "Rusdin", "Hamzah", "Irfan", "Yasin", "Ridwan",
    "Muh. Arif", "Sofyan", "Karim", "Anton", "Zulkifli", "Taufik", "Burhan", "Jufri", "Kadir", "Amir",
)  # fmt: skip
WOMEN = (
    "Siti Hadijah", "St. Maryam", "Sitti Aminah", "Yulin", "Fatma", "Rahmatia", "Nurhayati", "Salma", "Hartati",
    "Sri Wahyuni", "Misna", "Zenab", "Rosmin", "Lian", "Asna", "Hasna", "Meis", "Ulfa", "Nova", "Indri",
)  # fmt: skip


@dataclass(slots=True)
class Numbers:
    """Hands out numbers, each once."""

    random: Random
    taken: set[str] = field(default_factory=set)

    def card(self, subdistrict: str, recorded: date) -> str:
        """A family card number: region, date of recording, serial."""
        return self._fresh(subdistrict.replace(".", "") + recorded.strftime("%d%m%y"))

    def nik(self, subdistrict: str, birth: date, *, woman: bool) -> str:
        """A NIK: region of first registration, birth date (a woman's day plus 40), serial."""
        day = birth.day + (DAY_OF_WOMEN if woman else 0)
        return self._fresh(f"{subdistrict.replace('.', '')}{day:02}{birth.strftime('%m%y')}")

    def _fresh(self, start: str) -> str:
        while True:
            number = f"{start}{self.random.randint(FIRST_SERIAL, LAST_SERIAL)}"
            if number not in self.taken:
                self.taken.add(number)
                return number


@dataclass(slots=True)
class Person:
    """Somebody made up. `nik` None: not recorded yet."""

    name: str
    woman: bool
    birth: date
    nik: str | None
    status: str = "aktif"
    died: date | None = None
    official: bool = False


def name_of(random: Random, *, woman: bool, family: str | None = None) -> str:
    """A name; single-word names are normal."""
    first = random.choice(WOMEN if woman else MEN)
    return first if random.random() < 0.06 else f"{first} {family or random.choice(FAMILY_NAMES)}"


def born(random: Random, on: date, youngest: int, oldest: int) -> date:
    """A birth date of somebody who is between `youngest` and `oldest` years old on the day."""
    days = random.randint(youngest * 366, oldest * 365)
    return on - timedelta(days=max(days, 1))
