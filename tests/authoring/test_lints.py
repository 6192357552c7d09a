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


def test_the_reason_of_a_replacement_is_a_source() -> None:
    """A figure in a rule, definition, benefit or selection that a rule set replaced rests on the change's decree."""
    parts = (
        ("syarat miskin", "\n    desil <= 4\n"),
        ("hitung sisa", " = batas + Rp5.000\n"),
        ("berikan bantuan", "\n    Rp600.000\n"),
        ("pilih", "\n    urutkan menurut kk terkecil dahulu\n    paling banyak 10\n"),
    )
    program = (
        'ejps 1 id\nprogram contoh "Contoh"\n    menetapkan keluarga\n    berlaku 2020-01-01 sampai 2020-12-31\n'
        "    mata uang IDR\nkeluarga memiliki\n    kk kode kunci\n    desil 1..10\n"
        'parameter batas : uang sumber "SK"\n    sejak 2020-01-01 Rp1.000\n' + "".join(head + rest for head, rest in parts)
    )
    head = 'ejps 1 id\nketentuan kabupaten "Kabupaten" mengubah contoh\n    dasar hukum "Perbup 1"\n'
    reason = ' karena "Perbup 1 pasal 2"'
    replaced = [
        f"ganti {first}{rest.rstrip()}{reason}\n" if first.startswith("hitung") else f"ganti {first}{reason}{rest}"
        for first, rest in parts
    ]
    texts = {"contoh": (program, "contoh.ejps")}
    for text, figures in ((head, 4), (head + "".join(replaced), 0)):
        ruleset, found = compile_text(text, "kabupaten.ejps", texts.get)
        assert ruleset is not None, [each.words.en for each in found]
        assert len(list(LINTS["amount-without-source"].check(ruleset, None))) == figures


OURS = sorted([*(ROOT / "plugins").glob("*/ejps_*/program.ejps"), *(ROOT / "rulesets").rglob("*.ejps")])


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_our_own_rule_files_have_no_weak_spot(path: Path) -> None:
    (file,) = lint([path], installed(), None).files
    assert [(finding.code, finding.words.en) for finding in file.findings] == []
