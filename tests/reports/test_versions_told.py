"""What an explanation says of tables and scales with versions: since when the one in use holds, and where it is from."""

from __future__ import annotations

from datetime import date

import pytest

from ejps_core.dsl import compile_text
from ejps_core.engine import explain
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import Family, from_families
from ejps_core.model.words import Words

RULES = """ejps 1 en
program versions "Versions"
    decides family
    in force 2020-01-01 until 2021-12-31
    currency IDR

family has
    kk 1..1_000 key
    income money per year up to Rp 1_000_000_000

parameter limit : money per year up to Rp 1_000_000_000 source "Act 1"
    since 2020-01-01 Rp 900_000_000 per year

table sum_paid : money per year up to Rp 1_000_000 by score, date source "Act 2"
    | score | 2020-01-01 | 2021-01-01 |
    | - | Rp 100_000 | Rp 200_000 |

table share : 0..9 by score source "Act 5"
    | 1 | 1 |

scale tax : decimal 0.00..1.00 by slices of money per year
    since 2020-01-01 source "Act 3"
        | from Rp 0 | 10% |
    since 2021-01-01 published 2021-03-01 source "Act 4"
        | from Rp 0 | 20% |

require small
    tax(income) <= sum_paid(1) * share(1) and income <= limit

pay aid
    Rp 1_000
"""
FIRST, SECOND = "2020-01-01", "2021-01-01"


@pytest.mark.parametrize(
    ("on", "known", "table", "scale", "source"),
    [
        ("2020-12-31", "2020-12-31", FIRST, FIRST, "Act 3"),
        ("2021-01-01", "2021-02-28", SECOND, FIRST, "Act 3"),
        ("2021-01-01", "2021-03-01", SECOND, SECOND, "Act 4"),
    ],
)
def test_the_version_in_use_is_told_by_its_date(on: str, known: str, table: str, scale: str, source: str) -> None:
    ruleset, findings = compile_text(RULES, "versions.ejps")
    assert ruleset is not None, findings
    as_of = AsOf(day_number(date.fromisoformat(on)), day_number(date.fromisoformat(known)))
    families = from_families((Family({"kk": 1, "income": 500_000}, ({},)),), ruleset.family_fields, ruleset.member_fields)
    told = {name: (value, said) for name, value, said in explain(ruleset, as_of, families, 0).parameters}
    assert told == {
        "limit": (Words("Rp900.000.000 per tahun", "Rp900,000,000 per year"), "Act 1"),
        "sum_paid": (Words(f"versi sejak {table}", f"the version since {table}"), "Act 2"),
        "share": (Words("tanpa tanggal", "without dates"), "Act 5"),
        "tax": (Words(f"versi sejak {scale}", f"the version since {scale}"), source),
    }
