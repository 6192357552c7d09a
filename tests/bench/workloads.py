"""The workloads: three programs, and the same made harder. Each as rule files for us and as SQL written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

HERE = Path(__file__).parent
ON = date(2020, 10, 16)
VERDICTS = ("ineligible", "undetermined", "eligible")
FOOD, TOPUP, HOUSE = "bench_food", "bench_topup", "bench_house"


class Kind(StrEnum):
    """What is decided."""

    PLAIN = "plain"
    """Three programs."""
    NULLS = "nulls"
    """The same, facts unknown in every column but the keys."""
    RULES = "100 rules"
    """One program of a hundred rules."""
    PROGRAMS = "20 programs"
    """Twenty programs: the three with other thresholds."""


@dataclass(frozen=True, slots=True)
class Query:
    """A program in SQL: its rules over the prepared columns, its amount; ranked: whether seats are given."""

    name: str
    rules: tuple[str, ...]
    amount: str
    ranked: bool = False


def _food(name: str = FOOD, decile: int = 4, income: int = 400_000) -> Query:
    rules = ("in_dtks", f"decile <= {decile}", "not receives_pkh and not receives_bpnt", "civil_status = 'active'")
    return Query(name, (*rules, f"monthly_income <= {income} * size"), "600000")


def _topup(name: str = TOPUP, decile: int = 4, component: str = "components > 0", amount: str = "components") -> Query:
    return Query(name, ("receives_pkh", "civil_status = 'active'", f"decile <= {decile}", component), amount)


def _house(name: str = HOUSE, decile: int = 4) -> Query:
    rules = (f"decile <= {decile}", "ownership = 'own'", "not received_rtlh", "civil_status = 'active'", "bad_parts")
    return Query(name, rules, "20000000", ranked=True)


def _hundred() -> tuple[tuple[str, str], ...]:
    """A hundred different conditions, each as (rule text, SQL)."""
    found: list[tuple[str, str]] = []
    for i in range(25):
        rupiah, square = 400_000 + 25_000 * i, 20 - i * 8
        grouped = f"{rupiah:_}"
        found += [
            (f"monthly_income <= Rp {grouped} per month * count members", f"monthly_income <= {rupiah} * size"),
            (f"floor_area < {100 + i} or decile <= {1 + i % 9}", f"floor_area < {100 + i} or decile <= {1 + i % 9}"),
            (
                f"not receives_pkh or monthly_income <= Rp {5 * rupiah:_} per month",
                f"not receives_pkh or monthly_income <= {5 * rupiah}",
            ),
            (
                f"in_dtks or floor_area * 10 > {square} * count members",
                f"in_dtks or floor_area * 10 > {square} * size",
            ),
        ]
    return tuple(found)


HUNDRED = """ejps 1 en
program bench_hundred "Benchmark: a hundred rules"
    decides family
    in force 2020-01-01 until 2020-12-31
    under "assumption: benchmark workload"
    currency IDR

family has
    household_id 1..1_000_000_000 key
    decile 1..10
    in_dtks yes/no
    monthly_income money per month up to Rp 100_000_000_000
    receives_pkh yes/no
    floor_area 0..10_000

{rules}

pay package "Package"
    Rp 600_000
"""


def _varied(number: int) -> tuple[str, str, Query]:
    """(name, rule text, SQL) of one of the twenty programs."""
    base = (FOOD, TOPUP, HOUSE)[number % 3]
    name, decile = f"{base}_{number}", 1 + number % 9
    text = (HERE / f"{base}.ejps").read_text(encoding="utf-8").replace(f"program {base}", f"program {name}")
    text = text.replace("decile <= 4", f"decile <= {decile}")
    if base == FOOD:
        return (
            name,
            text.replace("Rp 400_000", f"Rp {400_000 + 10_000 * number}"),
            _food(name, decile, 400_000 + 10_000 * number),
        )
    if base == TOPUP:
        least = 25_000 * number
        return name, text.replace("component > Rp 0", f"component > Rp {least}"), _topup(name, decile, f"most > {least}")
    return name, text, _house(name, decile)


def queries(kind: Kind) -> tuple[Query, ...]:
    """The programs of a workload in SQL."""
    match kind:
        case Kind.PLAIN:
            return _food(), _topup(), _house()
        case Kind.NULLS:
            known = "case when components > 0 then true when components_up_to = 0 then false end"
            return (
                _food(),
                _topup(component=known, amount="case when components = components_up_to then components end"),
                _house(),
            )
        case Kind.RULES:
            return (Query("bench_hundred", tuple(sql for _, sql in _hundred()), "600000"),)
        case Kind.PROGRAMS:
            return tuple(_varied(number)[2] for number in range(20))


def rule_texts(kind: Kind) -> Mapping[str, str]:
    """The programs of a workload as texts of rule files, by name."""
    match kind:
        case Kind.PLAIN | Kind.NULLS:
            return {name: (HERE / f"{name}.ejps").read_text(encoding="utf-8") for name in (FOOD, TOPUP, HOUSE)}
        case Kind.RULES:
            rules = (f'require r{i} "Rule {i}"\n    {text}' for i, (text, _) in enumerate(_hundred()))
            return {"bench_hundred": HUNDRED.format(rules="\n\n".join(rules))}
        case Kind.PROGRAMS:
            return {name: text for name, text, _ in map(_varied, range(20))}


def rule_files(kind: Kind, folder: Path) -> str:
    """Writes the rule files of a workload; gives their paths as `ejps evaluate` takes them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in rule_texts(kind).items():
        paths.append(folder / f"{name}.ejps")
        paths[-1].write_text(text, encoding="utf-8")
    return ",".join(map(str, paths))
