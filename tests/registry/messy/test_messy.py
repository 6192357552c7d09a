"""Each messy list gets the verdicts that were written down for it, as a workbook and as text."""

from pathlib import Path

import pytest

from ejps_core.registry.readers import READERS
from ejps_core.registry.reading import ReadList, received_list
from ejps_core.registry.sources import open_sources
from ejps_core.registry.verdicts import judged_rows
from tests.registry.lists import MEMBERS, ON
from tests.registry.messy.cases import CASES
from tests.registry.messy.making import HEADS, Case, made

FILES = [
    pytest.param(case, form, id=f"{case.name}.{form}", marks=[pytest.mark.slow] if form == "xlsx" else [])
    for case in CASES
    for form in case.forms
]


def received(path: Path, district: str | None) -> ReadList:
    """The list, as it is received on 16 October 2020."""
    sources = open_sources(path, HEADS[0], None, None, None, READERS, (*HEADS, *MEMBERS))
    return received_list(sources, HEADS, MEMBERS, district, ON)


@pytest.mark.parametrize(("case", "form"), FILES)
def test_each_row_gets_its_verdict(case: Case, form: str, tmp_path: Path) -> None:
    found = received(made(case, form, tmp_path), case.district)
    assert found.candidates is not None, found.findings
    rows = judged_rows(found, HEADS[0], MEMBERS)
    got = [(row.verdict.value, ",".join(dict.fromkeys(reason.finding for reason in row.reasons))) for row in rows]
    assert got == list(case.expected(form))
    codes = {finding.code for finding in found.findings}
    assert codes >= set(case.said) - ({"serial-date"} if form == "csv" and not case.csv else set())
    for name, values in case.facts.items():
        assert found.candidates.families.column(name).to_pylist() == list(values)


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)
    assert {form for case in CASES for form in case.forms} == {"xlsx", "csv"}
