"""Types of the rule language. Every number is a whole number in units of 10**-scale: there is no float anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ejps_core.model.words import Words


class Per(StrEnum):
    """What a sum of money is counted by; sums counted by different things are different types."""

    ONCE = "once"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    PHASE = "phase"


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number `value * 10**-scale` with low <= value <= high (both inclusive, in units of 10**-scale).

    With `per` it is money in the rule set's currency (IDR has scale 0, EUR and USD scale 2).
    Bounds given by an author are a sanity check on data; they prove sizes, but an upper bound never decides anything.
    """

    scale: int
    low: int
    high: int
    per: Per | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A day, as days since 1970-01-01, low <= day <= high. `birth` marks a date of birth, of which ages are counted."""

    low: int
    high: int
    birth: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One answer of a choice."""

    name: str
    title: Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed list of answers."""

    labels: tuple[Label, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the answers in the order of their declaration."""
        return tuple(label.name for label in self.labels)


@dataclass(frozen=True, slots=True)
class Region:
    """A Kemendagri region code with dots: province 75, district 75.01, sub-district 75.01.02, village 75.01.02.2003."""


@dataclass(frozen=True, slots=True)
class Code:
    """A text that identifies (NIK, family card number, a name): it may be a key or be reported, and nothing else."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """An exact fraction numerator / denominator; the denominator's type can't be negative.

    It may be compared, ranked, multiplied and rounded; it must be rounded before it is added.
    """

    numerator: Number
    denominator: Number
    per: Per | None = None


Type = YesNo | Number | Date | Choice | Region | Code | Quotient

MOST_MEMBERS = 1000
"""More members than this on one family card are a mistake of the list; sums are proved for no more."""

MOST = 2**63 - 1
"""Every number on the way to a verdict is proved to stay within -MOST..MOST."""
