"""Tepat sasaran: whether what was paid reached the right families, as known then and on the latest data.

Each rate names its denominator, for "inclusion error" has two in use (Alatas, Banerjee, Hanna, Olken and Tobias, American
Economic Review 102(4), 2012: 18 percent of the non-poor and 41 percent of the recipients are one and the same list). A
family that can't be judged is counted apart, never as right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ejps_core.aid.entries import NOTHING, Money
from ejps_core.model.ruleset import Verdict
from ejps_core.model.words import Words

Key = tuple[str, int, str]
"""Program, phase, family."""


class Basis(StrEnum):
    """On which data families are judged; every figure is labelled with it."""

    THEN = "then"
    LATEST = "latest"


BASES = {
    Basis.THEN: Words("menurut data yang diketahui saat itu", "on what was known then"),
    Basis.LATEST: Words("menurut data terbaru", "on the latest data"),
}


class Level(StrEnum):
    """What families are counted by."""

    ALL = "all"
    PROGRAM = "program"
    PHASE = "phase"
    DISTRICT = "district"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a family was paid in a phase of a program. region: the dotted code of its village."""

    program: str
    phase: int
    family: str
    region: str
    money: Money


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on a family for a phase; it need not have been paid. region: the dotted code of its village."""

    program: str
    phase: int
    family: str
    region: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a whole, both named; `whole` may be zero, then there is no rate and `nobody` says why."""

    name: Words
    of: Words
    part: int
    whole: int
    nobody: Words

    def rounded(self, decimals: int = 1) -> int | None:
        """In units of 10**-decimals of a percent, halves up; None where the whole is zero."""
        unit = 100 * 10**decimals
        return None if self.whole == 0 else (2 * unit * self.part + self.whole) // (2 * self.whole)


NO_RECIPIENTS = Words("tidak ada penerima", "no recipients")
NO_ENTITLED = Words("tidak ada yang memenuhi syarat", "nobody is entitled")
NO_OTHERS = Words("tidak ada yang tidak memenuhi syarat", "nobody is not entitled")
NOBODY = Words("tidak ada keluarga yang dapat dinilai", "no family can be judged")


@dataclass(frozen=True, slots=True)
class Group:
    """Families of one group. names: what they share, one a level asked for.

    right: entitled and paid (A). wrong: not entitled and paid (B). missed: entitled and not paid (C). rest: not entitled
    and not paid (D). unjudged_paid, unjudged_unpaid: cannot be judged. *_money: what was paid to them.
    """

    names: tuple[str, ...]
    right: int = 0
    wrong: int = 0
    missed: int = 0
    rest: int = 0
    unjudged_paid: int = 0
    unjudged_unpaid: int = 0
    right_money: Money = NOTHING
    wrong_money: Money = NOTHING
    unjudged_money: Money = NOTHING

    @property
    def paid(self) -> int:
        """All who received, judged or not."""
        return self.right + self.wrong + self.unjudged_paid

    @property
    def on_target(self) -> Rate:
        """Tepat sasaran: A/(A+B)."""
        name = Words("tepat sasaran", "on target")
        return Rate(name, JUDGED_RECIPIENTS, self.right, self.right + self.wrong, NO_RECIPIENTS)

    @property
    def leakage(self) -> Rate:
        """B/(A+B): the auditors' figure."""
        name = Words("kesalahan inklusi (dari penerima)", "inclusion error (of recipients)")
        return Rate(name, JUDGED_RECIPIENTS, self.wrong, self.right + self.wrong, NO_RECIPIENTS)

    @property
    def inclusion(self) -> Rate:
        """B/(B+D): of those who are not entitled."""
        name = Words("kesalahan inklusi (dari yang tidak memenuhi syarat)", "inclusion error (of those not entitled)")
        of = Words("keluarga yang tidak memenuhi syarat", "families that are not entitled")
        return Rate(name, of, self.wrong, self.wrong + self.rest, NO_OTHERS)

    @property
    def exclusion(self) -> Rate:
        """C/(A+C): of those who are entitled."""
        of = Words("keluarga yang memenuhi syarat", "families that are entitled")
        return Rate(Words("kesalahan eksklusi", "exclusion error"), of, self.missed, self.right + self.missed, NO_ENTITLED)

    @property
    def total_error(self) -> Rate:
        """(B+C)/(A+B+C+D)."""
        judged = self.right + self.wrong + self.missed + self.rest
        of = Words("keluarga yang dapat dinilai", "families that can be judged")
        return Rate(Words("kesalahan keseluruhan", "total error"), of, self.wrong + self.missed, judged, NOBODY)

    @property
    def off_target_money(self) -> Rate:
        """Rupiah paid to those not entitled, of the rupiah paid to those who could be judged."""
        of = Words("rupiah kepada penerima yang dapat dinilai", "rupiah to recipients who can be judged")
        wrong, judged = self.wrong_money.total, (self.right_money + self.wrong_money).total
        return Rate(Words("nilai tidak tepat sasaran", "off-target amount"), of, wrong, judged, NO_RECIPIENTS)


JUDGED_RECIPIENTS = Words("penerima yang dapat dinilai", "recipients who can be judged")


def targeting(
    receipts: Iterable[Receipt], judgements: Iterable[Judgement], by: tuple[Level, ...] = (Level.ALL,)
) -> tuple[Group, ...]:
    """The families by group, in the groups' order: all who were paid, and all who were judged.

    A family paid twice in a phase is one family, with both sums. One that was paid and not judged can't be judged.
    """
    paid: dict[Key, tuple[Receipt, Money]] = {}
    for receipt in receipts:
        key = (receipt.program, receipt.phase, receipt.family)
        paid[key] = (receipt, paid[key][1] + receipt.money if key in paid else receipt.money)
    found: dict[tuple[str, ...], _Counter] = {}
    seen = set()
    for judgement in judgements:
        key = (judgement.program, judgement.phase, judgement.family)
        if key in seen:
            continue
        seen.add(key)
        money = paid[key][1] if key in paid else None
        place = paid[key][0] if key in paid else judgement
        found.setdefault(_names(place, by), _Counter()).add(judgement.verdict, money)
    for key, (receipt, money) in paid.items():
        if key not in seen:
            found.setdefault(_names(receipt, by), _Counter()).add(Verdict.UNDETERMINED, money)
    if by == (Level.ALL,) and not found:
        return (Group(("",)),)
    return tuple(found[names].group(names) for names in sorted(found))


def together(groups: Iterable[Group]) -> Group:
    """All families of groups that have none in common."""
    sums = Group(("",))
    for group in groups:
        sums = Group(
            ("",),
            sums.right + group.right,
            sums.wrong + group.wrong,
            sums.missed + group.missed,
            sums.rest + group.rest,
            sums.unjudged_paid + group.unjudged_paid,
            sums.unjudged_unpaid + group.unjudged_unpaid,
            sums.right_money + group.right_money,
            sums.wrong_money + group.wrong_money,
            sums.unjudged_money + group.unjudged_money,
        )
    return sums


def on_both(
    receipts: tuple[Receipt, ...],
    judgements: Mapping[Basis, tuple[Judgement, ...]],
    by: tuple[Level, ...] = (Level.ALL,),
) -> dict[Basis, tuple[Group, ...]]:
    """The same on each basis, to be shown side by side with its label."""
    return {basis: targeting(receipts, judgements[basis], by) for basis in Basis if basis in judgements}


_NAME: dict[Level, Callable[[Receipt | Judgement], str]] = {
    Level.ALL: lambda each: "",
    Level.PROGRAM: lambda each: each.program,
    Level.PHASE: lambda each: str(each.phase),
    Level.DISTRICT: lambda each: each.region[:5],
    Level.VILLAGE: lambda each: each.region,
}


def _names(each: Receipt | Judgement, by: tuple[Level, ...]) -> tuple[str, ...]:
    return tuple([_NAME[level](each) for level in by])


class _Counter:
    """Counts one group; money is added up as two whole numbers a class."""

    def __init__(self) -> None:
        self.families: dict[tuple[Verdict, bool], int] = {}
        self.money: dict[Verdict, Money] = {}

    def add(self, verdict: Verdict, money: Money | None) -> None:
        """One family; money None: it was not paid."""
        place = (verdict, money is not None)
        self.families[place] = self.families.get(place, 0) + 1
        if money is not None:
            before = self.money.get(verdict)
            self.money[verdict] = money if before is None else before + money

    def group(self, names: tuple[str, ...]) -> Group:
        """What was counted."""
        return Group(
            names,
            right=self.families.get((Verdict.ELIGIBLE, True), 0),
            wrong=self.families.get((Verdict.INELIGIBLE, True), 0),
            missed=self.families.get((Verdict.ELIGIBLE, False), 0),
            rest=self.families.get((Verdict.INELIGIBLE, False), 0),
            unjudged_paid=self.families.get((Verdict.UNDETERMINED, True), 0),
            unjudged_unpaid=self.families.get((Verdict.UNDETERMINED, False), 0),
            right_money=self.money.get(Verdict.ELIGIBLE, NOTHING),
            wrong_money=self.money.get(Verdict.INELIGIBLE, NOTHING),
            unjudged_money=self.money.get(Verdict.UNDETERMINED, NOTHING),
        )
