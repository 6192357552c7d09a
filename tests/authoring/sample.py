"""A checked rule set made by hand, with definitions of every kind and examples."""

from __future__ import annotations

from dataclasses import replace

from ejps_core.model.expr import Add, Case, Compare, CountMembers, DecisionDate, Divide, Expr, FieldRef, Literal, Shift
from ejps_core.model.kinds import Comparison, Level, Unit
from ejps_core.model.ruleset import Benefit, Definition, Example, Expected, Rule, RuleKind, Ruleset, Share, Verdict
from ejps_core.model.types import Choice, Code, Date, Label, Number, Per, Quotient, Type, YesNo
from ejps_core.model.words import same
from tests.reports.sample import HERE, ON, field, ruleset

RUPIAH = Number(0, 0, 10**9, Per.PHASE)
COUNT = Number(0, 0, 1000)
CLASS = Choice((Label("miskin", same("Miskin")), Label("lain", same("Lainnya"))))


YES_OR_NO = YesNo()


def fact(name: str, kind: Type = YES_OR_NO) -> FieldRef:
    return FieldRef(type=kind, span=HERE, name=name, level=Level.FAMILY)


def literal(value: bool | int | str, kind: Type) -> Literal:
    return Literal(type=kind, span=HERE, value=value)


def defined(name: str, kind: Type, value: Expr) -> Definition:
    return Definition(name, same(name), Level.FAMILY, kind, value, HERE)


def example(title: str, line: int, expected: Expected, **facts: bool | int | str | None) -> Example:
    return Example(title, tuple(facts.items()), ((("nik", "1"),),), ON, None, expected, replace(HERE, line=line))


def expects(
    verdict: Verdict,
    because: tuple[str, ...] | None = None,
    needs: tuple[str, ...] | None = None,
    **values: bool | int | str | None,
) -> Expected:
    return Expected(verdict, because, needs, tuple(values.items()))


def rules(*examples: Example) -> Ruleset:
    income = fact("uang", RUPIAH)
    poor = Compare(type=YesNo(), span=HERE, how=Comparison.BELOW, left=income, right=literal(500_000, RUPIAH))
    count = CountMembers(type=COUNT, span=HERE, where=None)
    per_head = Divide(type=Quotient(RUPIAH, COUNT, Per.PHASE), span=HERE, left=income, right=count)
    level = Case(type=CLASS, span=HERE, branches=((poor, literal("miskin", CLASS)),), otherwise=literal("lain", CLASS))
    later = Shift(
        type=Date(0, 40_000), span=HERE, date=DecisionDate(type=Date(0, 40_000), span=HERE), amount=1, unit=Unit.MONTH
    )
    return replace(
        ruleset(),
        family_fields=(
            field("kk", "Nomor KK", Code(), key=True),
            field("pkh", "Menerima PKH", YesNo()),
            replace(field("mampu", "Mampu", YesNo()), blank_is_no=True),
            field("uang", "Penghasilan", RUPIAH),
        ),
        definitions=(
            defined("miskin", YesNo(), poor),
            defined("tambah", RUPIAH, Add(type=RUPIAH, span=HERE, left=income, right=literal(1, RUPIAH))),
            defined("per_kepala", Quotient(RUPIAH, COUNT, Per.PHASE), per_head),
            defined("golongan", CLASS, level),
            defined("sebulan_lagi", Date(0, 40_000), later),
        ),
        rules=(
            Rule("penerima_pkh", RuleKind.REFUSE, same("PKH"), fact("pkh"), HERE),
            Rule("mampu", RuleKind.REFUSE, same("Mampu"), fact("mampu"), HERE),
        ),
        benefits=(
            Benefit("paket", same("Paket"), income, 1, HERE, shares=(Share("provinsi", 6000), Share("kabupaten", 4000))),
        ),
        calendars=(),
        decided_each_phase=False,
        choose=None,
        columns=(),
        totals=(),
        examples=examples,
    )
