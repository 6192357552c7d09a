"""What is counted and added up."""

from __future__ import annotations

import numpy as np

from ejps_core.model.ruleset import ReportTotal
from ejps_core.model.words import Language
from ejps_core.reports import figures
from ejps_core.reports.counts import by_need, by_reason, count, exact_sum
from ejps_core.reports.totals import groups
from tests.reports.sample import AMOUNT, ON, run


def test_counts_of_a_program() -> None:
    counts = count(run().programs[0])
    assert (counts.eligible, counts.ineligible, counts.undetermined, counts.families) == (3, 1, 1, 5)
    assert (counts.amount, counts.amount_open) == (2 * AMOUNT, 1)
    assert (counts.selected, counts.provisional, counts.waiting) == (2, 1, 1)
    assert (counts.amount_selected, counts.open_selected) == (AMOUNT, 1)
    assert counts.shares == (
        ("paket", "provinsi", 213_780, 106_890),
        ("paket", "kabupaten", 142_520, 71_260),
    )


def test_every_rule_is_named_and_needs_come_most_wanted_first() -> None:
    assert by_reason(run().programs[0]) == {"penerima_pkh": 1, "mampu": 1}
    assert by_need(run().programs[0]) == {"pkh": 1, "members": 1}


def test_groups_of_a_recap() -> None:
    made = run()
    found = groups(made, made.programs[0], ReportTotal(("kabupaten",), ("families", "desil")), Language.ID)
    assert [(g.names, g.counts.families, g.counts.amount, g.sums) for g in found] == [
        (("75.01 Kabupaten Gorontalo",), 2, 2 * AMOUNT, (("desil", 2),)),
        (("75.04",), 1, 0, (("desil", 0),)),
        (("75.71",), 1, 0, (("desil", 0),)),
        (("(belum diketahui)",), 1, 0, (("desil", 1),)),
    ]


def test_sums_do_not_overflow() -> None:
    assert exact_sum(np.full(1000, 2**62, np.int64)) == 1000 * 2**62
    assert exact_sum(np.array([-1, -(2**40)], np.int64)) == -1 - 2**40


def test_figures_as_officials_write_them() -> None:
    assert figures.money(1_643_968_200, Language.ID) == "Rp1.643.968.200"
    assert figures.money(178_150, Language.EN) == "Rp178,150"
    assert figures.money(-1050, Language.ID, "EUR", 2) == "-€10,50"
    assert figures.day(ON, Language.ID) == "16 Oktober 2020"
    assert figures.day(ON, Language.EN) == "16 October 2020"
    assert figures.percent(15_472_327_500, 17_116_295_700, Language.ID) == "90,40"
    assert figures.percent(24_618, 90_000, Language.ID) == "27,35"
    assert figures.percent(35_128, 90_000, Language.ID) == "39,03"
    assert figures.percent(1, 0, Language.ID) == "–"
    assert figures.part(6_000, Language.ID) == "60%"
    assert figures.part(1_250, Language.ID) == "12,5%"
