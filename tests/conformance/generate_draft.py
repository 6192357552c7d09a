"""A rule text in the making: its surface, its names, its constructs, and how expressions are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from random import Random

from ejps_core.model.calendar import day_of
from ejps_core.model.kinds import Level
from ejps_core.model.types import Per, Type
from ejps_core.model.words import Language


class Binds(IntEnum):
    """How tightly a piece of text holds together; looser ones need parentheses where they would come apart."""

    ATOM = 0
    FACTOR = 1
    PRODUCT = 2
    SUM = 3
    COMPARISON = 4
    FILTERED = 5
    CONDITION = 6
    EXPRESSION = 7


@dataclass(frozen=True, slots=True)
class Typed:
    """A piece of rule text and the type that it has."""

    text: str
    binds: Binds
    type: Type

    def within(self, place: Binds) -> str:
        """The text where at most `place` may stand."""
        return self.text if self.binds <= place else f"({self.text})"

    def as_value(self) -> str:
        """The text as a value of a case: a sum or an aggregate."""
        return self.text if self.binds == Binds.FILTERED else self.within(Binds.SUM)


class Kind(IntEnum):
    """What an expression is wished to be."""

    YES_NO = 0
    NUMBER = 1
    QUOTIENT = 2
    DATE = 3
    CHOICE = 4
    REGION = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """An expression to be written. `depth`: of nesting left; `member`: read for each; `per`: money by this."""

    kind: Kind
    depth: int
    member: bool = False
    per: Per | None = None
    not_negative: bool = False

    def deeper(self, kind: Kind, **changes: object) -> Wish:
        """A wish for an operand; what isn't said is as usual, but the level stays."""
        per = changes.get("per")
        return Wish(
            kind,
            max(0, self.depth - 1),
            bool(changes.get("member", self.member)),
            per if isinstance(per, Per) else None,
            bool(changes.get("not_negative", False)),
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A field, parameter or definition that expressions may name. Parameters may stand where literals may."""

    name: str
    type: Type
    level: Level
    is_parameter: bool = False
    is_field: bool = False


USUALLY = {
    "age threshold": 3,
    "age": 4,
    "compare dates": 3,
    "date literal": 1,
    "shifted date": 6,
    "phase edge": 8,
    "number of the oldest or youngest": 6,
    "largest or smallest date": 2,
    "area of": 4,
    "in area": 2,
    "count where": 2,
    "compare quotients": 2,
    "compare numbers": 2,
    "quotient by name": 6,
    "date of the oldest or youngest": 3,
    "case of dates": 2,
    "largest or smallest number": 2,
    "date if unknown": 2,
    "number if unknown": 2,
    "number looked up": 9,
    "answer looked up": 5,
    "scale by slices": 7,
    "least or most": 2,
    "larger stretch": 3,
    "smaller stretch": 3,
    "receives": 2,
    "received": 2,
}
"""How often a construct is written, where not once (twice for plain ones)."""

Option = Callable[["Draft", Wish], "Typed | None"]


@dataclass(slots=True)
class Draft:
    """The state of writing. `focus` makes some constructs frequent and others rare in one text (swarm testing)."""

    rng: Random
    language: Language
    options: dict[Kind, dict[str, Option]]
    currency: str = "IDR"
    digits: int = 0
    has_phases: bool = False
    each_phase: bool = False
    may_be_empty: bool = False
    first: int = 0
    last: int = 0
    names: list[Named] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    focus: dict[str, float] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    tables: list[object] = field(default_factory=list)
    """Tables and scales to look up in; see generate_tables."""
    others: list[str] = field(default_factory=list)
    """Other programs, and for which stretch of time they are asked."""
    period: str = ""
    later: list[str] = field(default_factory=list)
    """Statements that follow the one being written."""

    def say(self, english: str, indonesian: str) -> str:
        """A keyword in the surface of this text."""
        return english if self.language is Language.EN else indonesian

    def use(self, construct: str) -> None:
        """Notes that the text has this construct."""
        self.used.add(construct)

    def chance(self, share: float) -> bool:
        """Yes in this share of cases."""
        return self.rng.random() < share

    def write(self, wish: Wish) -> Typed:
        """Some expression as wished; a construct that can't be had here gives way to another."""
        options = self.options[wish.kind]
        names = [name for name in options if wish.depth > 0 or name.startswith("plain ")]
        while names:
            weights = [self._weight(name) for name in names]
            name = self.rng.choices(names, weights)[0]
            before = set(self.used)
            written = options[name](self, wish)
            if written is not None:
                self.use(name.removeprefix("plain "))
                return written
            self.used = before
            names.remove(name)
        raise AssertionError(f"nothing can be written for {wish}")

    def _weight(self, name: str) -> float:
        if name not in self.focus:
            usual = USUALLY.get(name.removeprefix("plain "), 2 if name.startswith("plain ") else 1)
            self.focus[name] = usual * self.rng.choice((0.1, 1, 1, 1, 5))
        return self.focus[name]

    def pick(self, fits: Callable[[Named], bool], member: bool) -> Named | None:
        """A name that can be read here."""
        readable = [n for n in self.names if (member or n.level is Level.FAMILY) and fits(n)]
        own = [n for n in readable if n.level is Level.MEMBER]
        if own and self.chance(0.7):
            return self.rng.choice(own)
        return self.rng.choice(readable) if readable else None

    # ---- literals

    def whole(self, number: int) -> str:
        """A whole number, its thousands grouped or not."""
        grouped = f"{abs(number):,}".replace(",", "_" if self.language is Language.EN else ".")
        text = grouped if self.chance(0.7) else str(abs(number))
        return ("-" if number < 0 else "") + text

    def decimal(self, number: int, scale: int) -> str:
        """A number in units of 10**-scale."""
        if scale == 0:
            return self.whole(number)
        if scale == 3:  # could be read as thousands
            number, scale = number * 10, 4
        whole, rest = divmod(abs(number), 10**scale)
        point = "." if self.language is Language.EN else ","
        return ("-" if number < 0 else "") + f"{self.whole(whole)}{point}{rest:0{scale}d}"

    def money(self, minor: int, per: Per | None = None) -> str:
        """A sum of money in minor units."""
        whole, rest = divmod(minor, 10**self.digits)
        symbol = {"IDR": "Rp"}.get(self.currency, self.currency)
        space = " " if self.language is Language.EN or symbol != "Rp" or self.chance(0.3) else ""
        groups = f"{whole:,}".replace(",", "_" if self.language is Language.EN else ".")
        point = "." if self.language is Language.EN else ","
        cents = f"{point}{rest:0{self.digits}d}" if self.digits and (rest or self.chance(0.5)) else ""
        return f"{symbol}{space}{groups}{cents}{self.by(per)}"

    def by(self, per: Per | None) -> str:
        """By what money is counted, with a space in front."""
        words = {
            Per.MONTH: ("per month", "per bulan"),
            Per.QUARTER: ("per quarter", "per triwulan"),
            Per.YEAR: ("per year", "per tahun"),
            Per.PHASE: ("per phase", "per tahap"),
        }
        return f" {self.say(*words[per])}" if per in words else ""

    def date(self, day: int) -> str:
        """A date."""
        return day_of(day).isoformat()

    def title(self, text: str) -> str:
        """A title in one language or in both, or none, with a space in front."""
        if self.chance(0.3):
            return ""
        other = self.say("id", "en")
        if self.chance(0.3):
            self.use("title in both languages")
            return f' "{text}" {other} "{text} ({other})"'
        self.use("title")
        return f' "{text}"'
