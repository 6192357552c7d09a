"""Both targeting errors estimated from a ground check, with 95 % intervals. These are estimates: no rupiah is reckoned here.

A stratum: Wilson's score interval (Wilson, JASA 22, 1927). Strata together: the weighted sum of the strata's shares, and
around it the interval of Zou, Huang and Zhang (Computational Statistics & Data Analysis 53, 2009), which recovers the
variances from the strata's Wilson limits l and u ("MOVER"):
    lower = p - sqrt(sum w²(p - l)²),  upper = p + sqrt(sum w²(u - p)²).
An error whose denominator is itself estimated, C/(A + C), has the limits at which that interval of (1 - e)C - eA meets
zero (Donner and Zou, Statistical Methods in Medical Research 21, 2012). No correction for finite strata is made, except
that a stratum of which every family was judged has no uncertainty; so the intervals are rather too wide than too narrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ejps_core.model.words import Words

Z = Decimal("1.959963984540054")
"""The normal quantile of 97.5 %."""
ZERO, ONE = Decimal(0), Decimal(1)
STEPS = 60


@dataclass(frozen=True, slots=True)
class Checked:
    """A stratum after the check. entitled, not_entitled: of the drawn; unjudged: not found, or it stayed open."""

    stratum: str
    paid: bool
    size: int
    entitled: int
    not_entitled: int
    unjudged: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with the limits of its 95 % interval, all within 0..1."""

    share: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """An error with its interval; None where nothing was judged, or the denominator is empty."""

    name: Words
    of: Words
    interval: Interval | None
    judged: int
    unjudged: int


def wilson(hits: int, drawn: int) -> Interval:
    """Wilson's 95 % score interval of `hits` of `drawn`, without continuity correction."""
    n, p, square = Decimal(drawn), Decimal(hits) / drawn, Z * Z
    centre = (p + square / (2 * n)) / (1 + square / n)
    half = Z * (p * (1 - p) / n + square / (4 * n * n)).sqrt() / (1 + square / n)
    low = ZERO if hits == 0 else max(centre - half, ZERO)
    return Interval(p, low, ONE if hits == drawn else min(centre + half, ONE))


def stratum_interval(checked: Checked) -> Interval | None:
    """The share not entitled within a stratum; None where nobody was judged."""
    judged = checked.entitled + checked.not_entitled
    if judged == 0:
        return None
    if judged == checked.size:
        share = Decimal(checked.not_entitled) / judged
        return Interval(share, share, share)
    return wilson(checked.not_entitled, judged)


def leakage(checked: Iterable[Checked]) -> Estimate:
    """B/(A+B): which part of the recipients is not entitled."""
    paid = [each for each in checked if each.paid]
    counts = _total(paid, wanted=False)
    whole = sum(each.size for each in paid)
    interval = None if counts is None or not whole else Interval(*(value / whole for value in _limits(counts)))
    name = Words("kesalahan inklusi (dari penerima)", "inclusion error (of recipients)")
    return _estimate(name, Words("penerima", "recipients"), interval, paid)


def exclusion(checked: Iterable[Checked]) -> Estimate:
    """C/(A+C): which part of the entitled did not receive."""
    every = list(checked)
    missed = _total([each for each in every if not each.paid], wanted=True)
    right = _total([each for each in every if each.paid], wanted=True)
    interval = None if missed is None or right is None else ratio(missed, right)
    of = Words("keluarga yang memenuhi syarat", "families that are entitled")
    return _estimate(Words("kesalahan eksklusi", "exclusion error"), of, interval, every)


def inclusion(checked: Iterable[Checked]) -> Estimate:
    """B/(B+D): which part of those not entitled received."""
    every = list(checked)
    wrong = _total([each for each in every if each.paid], wanted=False)
    rest = _total([each for each in every if not each.paid], wanted=False)
    interval = None if wrong is None or rest is None else ratio(wrong, rest)
    name = Words("kesalahan inklusi (dari yang tidak memenuhi syarat)", "inclusion error (of those not entitled)")
    return _estimate(name, Words("keluarga yang tidak memenuhi syarat", "families that are not entitled"), interval, every)


def _estimate(name: Words, of: Words, interval: Interval | None, checked: list[Checked]) -> Estimate:
    judged = sum(each.entitled + each.not_entitled for each in checked)
    return Estimate(name, of, interval, judged, sum(each.unjudged for each in checked))


def _limits(interval: Interval) -> tuple[Decimal, Decimal, Decimal]:
    return interval.share, interval.low, interval.high


def _total(strata: list[Checked], *, wanted: bool) -> Interval | None:
    """How many families of these strata are entitled (or not), with limits. None: a stratum without any judged."""
    found = [(each, stratum_interval(each)) for each in strata]
    total, below, above = ZERO, ZERO, ZERO
    for each, interval in found:
        if interval is None:
            return None
        one = interval if not wanted else Interval(1 - interval.share, 1 - interval.high, 1 - interval.low)
        total += each.size * one.share
        below += (each.size * (one.share - one.low)) ** 2
        above += (each.size * (one.high - one.share)) ** 2
    return Interval(total, max(total - below.sqrt(), ZERO), total + above.sqrt())


def ratio(part: Interval, other: Interval) -> Interval | None:
    """part/(part + other), two independent estimates of numbers of families; None where both are nothing."""
    if part.share + other.share == 0:
        return None
    share = part.share / (part.share + other.share)
    below = part.share - part.low, other.high - other.share
    above = part.high - part.share, other.share - other.low
    return Interval(share, _meets_zero(part.share, other.share, below, -1), _meets_zero(part.share, other.share, above, 1))


def _meets_zero(part: Decimal, other: Decimal, arms: tuple[Decimal, Decimal], side: int) -> Decimal:
    """Where the lower (side -1) or upper (1) limit of (1 - e) part - e other crosses zero, to 2**-60."""
    low, high = ZERO, ONE
    for _ in range(STEPS):
        e = (low + high) / 2
        reach = (((1 - e) * arms[0]) ** 2 + (e * arms[1]) ** 2).sqrt()
        if (1 - e) * part - e * other + side * reach > 0:
            low = e
        else:
            high = e
    return low if side < 0 else high
