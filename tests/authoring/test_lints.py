"""Every lint finds what it is for, leaves its look-alike alone, and has its page in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ejps_core.app.library import installed
from ejps_core.app.lint import lint
from ejps_core.authoring.examples import failures
from ejps_core.authoring.lints import found_lints
from ejps_core.dsl import compile_text
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.declared import Lint
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Span

ROOT = Path(__file__).parents[2]
ON = day_number(date(2021, 12, 1))
LINTS = {lint.name: lint for lint in found_lints()}


def accepted(path: Path) -> Ruleset:
    """The rule set of a file without errors, whose examples come out; it may change the file `parent.ejps`."""
    parent = path.with_name("parent.ejps")

    def parents(name: str) -> tuple[str, str] | None:
        return (parent.read_text(encoding="utf-8"), str(parent)) if parent.is_file() else None

    ruleset, found = compile_text(path.read_text(encoding="utf-8"), str(path), parents)
    assert ruleset is not None, [each.words.en for each in found]
    assert [each.words.en for each in failures(ruleset)] == []
    return ruleset


def findings(lint: Lint, name: str) -> list[Diagnostic]:
    """What a lint says of one of the files beside it."""
    return list(lint.check(accepted(lint.page.with_name(name)), AsOf(ON, ON)))


def test_there_are_lints() -> None:
    assert len(LINTS) >= 8


@pytest.mark.parametrize("name", LINTS)
def test_it_finds_what_it_is_for(name: str) -> None:
    found = findings(LINTS[name], "true.ejps")
    assert found
    for each in found:
        assert (each.code, each.severity) == (name, Severity.REMARK)
        assert isinstance(each.place, Span)
        assert each.mend is not None
        assert each.words.id != each.words.en


@pytest.mark.parametrize("name", LINTS)
def test_it_leaves_the_look_alike_alone(name: str) -> None:
    assert [each.words.en for each in findings(LINTS[name], "alike.ejps")] == []


@pytest.mark.parametrize("name", LINTS)
def test_its_page_is_in_both_languages(name: str) -> None:
    page = LINTS[name].page.read_text(encoding="utf-8")
    assert page.startswith(f"# {name}\n")
    assert "**Bahasa Indonesia.**" in page
    assert "**English.**" in page


def test_without_a_date_nothing_is_stale() -> None:
    lint = LINTS["stale-parameter"]
    assert list(lint.check(accepted(lint.page.with_name("true.ejps")), None)) == []


OURS = sorted([*(ROOT / "plugins").glob("*/ejps_*/program.ejps"), *(ROOT / "rulesets").rglob("*.ejps")])


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_our_own_rule_files_have_no_weak_spot(path: Path) -> None:
    (file,) = lint([path], installed(), None).files
    assert [(finding.code, finding.words.en) for finding in file.findings] == []
