"""The record of processing: no table is left out, every program is in it, and the page is what the command prints."""

from __future__ import annotations

import json
import os
from collections import Counter

import pytest

from ejps_core.app.library import installed
from ejps_core.app.processing import as_markdown, as_records, programs_in_use
from ejps_core.cli import main
from ejps_core.model.processing import PROCESSING
from ejps_core.model.words import Language
from ejps_core.store.acts import Purpose
from ejps_core.store.tables import Record
from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "privacy" / "processing.md"
HEAD = """# Record of processing

What `ejps processing` prints (UU 27/2022, Art. 31): declared once in `ejps_core/model/processing.py`, and for each program
by its own rule file. `--lang en` and `--format json` give the same otherwise. `make accept` renews this page; a table of the
store that stands in no activity fails a test.

"""


def test_every_table_stands_in_one_activity() -> None:
    named = Counter(table for each in PROCESSING for table in each.tables)
    assert sorted(set(Record.metadata.tables) - set(named)) == []
    assert sorted(set(named) - set(Record.metadata.tables)) == []
    assert [table for table, count in named.items() if count > 1] == []
    assert len({each.name for each in PROCESSING}) == len(PROCESSING)
    assert len(Purpose) <= len(PROCESSING)


@pytest.mark.expected
def test_the_page_is_what_the_command_prints() -> None:
    text = HEAD + as_markdown(installed(), Language.ID)
    if os.environ.get("EJPS_ACCEPT"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


def test_each_program_says_what_for_and_whence() -> None:
    uses = {use.program: use for use in programs_in_use(installed())}
    assert {"jps_food_aid", "pkh_topup", "rtlh_housing"} <= set(uses)
    specific = {(name, each.name) for name, use in uses.items() for each in use.fields if each.privacy == "specific"}
    assert ("pkh_topup", "disabilitas_berat") in specific
    assert [each for use in uses.values() for each in use.fields if each.privacy == "specific" and not each.purpose] == []
    assert all(use.grounds for use in uses.values())


def test_the_impact_assessment_knows_every_field_that_is_not_general() -> None:
    page = (ROOT / "docs" / "privacy" / "impact-assessment.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0].strip("` ").split("`")[0]: part for part in page.split("\n## `")[1:]}
    missing = [
        f"{use.program}: {each.name}"
        for use in programs_in_use(installed())
        for each in use.fields
        if each.privacy != "general" and f"`{each.name}`" not in sections.get(use.program, "")
    ]
    assert missing == []


@pytest.mark.slow
def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["processing", "--lang", "en", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == as_records(installed(), Language.EN)
    assert told["processing"][0]["title"] == "Receiving lists"
    assert main(["processing"]) == 0
    assert capsys.readouterr().out.startswith("UU 27/2022 Pasal 20")
