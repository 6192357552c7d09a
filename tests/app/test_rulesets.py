"""Rule sets are found by id, by what they extend, and by where and when they are in force."""

from pathlib import Path

import pytest

from ejps_core.app.applying import Where
from ejps_core.app.builtin import BUILT_IN
from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.programs import Chosen, choose
from ejps_core.hooks import manager
from ejps_core.hooks.manager import Plugins
from ejps_core.model.program import Program
from tests.cli.shell import RULES
from tests.hooks.test_manager import plugin

DAY = 18475  # 2020-08-01
HEAD = 'ejps 1 id\nketentuan {id} "Ketentuan" mengubah {parent}\n    dasar hukum "SK"\n    {lines}\n'


def ruleset(id: str, lines: str, change: str = 'ubah batas = 2 karena "SK"', parent: str = "bantuan") -> str:
    return HEAD.format(id=id, lines=lines, parent=parent) + change + "\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A program, and a folder for rule sets."""
    (tmp_path / "bantuan.ejps").write_text(RULES, encoding="utf-8")
    (tmp_path / "rulesets" / "75.04").mkdir(parents=True)
    return tmp_path


def put(office: Path, name: str, text: str) -> None:
    (office / "rulesets" / "75.04" / f"{name}.ejps").write_text(text, encoding="utf-8")


def plugins(office: Path) -> Plugins:
    programs = [Program(id="bantuan", rules=office / "bantuan.ejps")]
    return manager.load({"bantuan": plugin(programs)}, built_in=BUILT_IN, installed=False)


def chosen(
    office: Path, asked: str = "bantuan", district: str | None = "75.04", *, base: bool = False, on: int = DAY
) -> Chosen:
    return choose(asked, plugins(office), Where(district, on, base), (office / "rulesets",))


def used(result: Chosen) -> list[str]:
    assert result.exit is Exit.CLEAN, [finding.words.en for finding in result.findings]
    return [each.id for each in result.rulesets]


def test_the_one_that_is_in_force_there_is_used(office: Path) -> None:
    put(office, "a", ruleset("pohuwato", 'untuk "75.04"\n    berlaku 2020-08-01 sampai 2020-12-31'))
    put(office, "b", ruleset("boalemo", 'untuk "75.02"'))
    put(office, "c", ruleset("pohuwato_awal", 'untuk "75.04"\n    berlaku 2020-01-01 sampai 2020-07-31'))
    result = chosen(office)
    assert used(result) == ["pohuwato"]
    assert [each.program for each in result.rulesets] == ["bantuan"]
    assert [notice.code for notice in result.notices] == ["ruleset-used"]
    assert used(chosen(office, on=DAY - 1)) == ["pohuwato_awal"]
    assert used(chosen(office, district="75.02")) == ["boalemo"]
    assert used(chosen(office, district="75.03")) == ["bantuan"]
    assert used(chosen(office, district=None)) == ["bantuan"]
    assert used(chosen(office, base=True)) == ["bantuan"]


def test_what_another_extends_gives_way(office: Path) -> None:
    put(office, "a", ruleset("semua", 'untuk "75"'))
    put(office, "b", ruleset("pohuwato", 'untuk "75.04"', 'ubah batas = 3 karena "SK"', "semua"))
    assert used(chosen(office)) == ["pohuwato"]
    assert used(chosen(office, district="75.01")) == ["semua"]


def test_two_in_force_are_an_error(office: Path) -> None:
    put(office, "a", ruleset("satu", 'untuk "75"'))
    put(office, "b", ruleset("dua", 'untuk "75.04"'))
    result = chosen(office)
    (finding,) = result.findings
    assert (result.exit, finding.code) == (Exit.WRONG_USE, "rulesets-overlap")
    assert finding.why is not None and finding.why.words.en == "Both change batas: satu and dua"
    assert used(chosen(office, "dua")) == ["dua"]
    assert used(chosen(office, base=True)) == ["bantuan"]


def test_anothers_mistake_is_no_hindrance(office: Path) -> None:
    put(office, "a", ruleset("boalemo", 'untuk "75.02"', "ubah batas ="))
    put(office, "b", ruleset("pohuwato", 'untuk "75.04"'))
    assert used(chosen(office)) == ["pohuwato"]
    assert chosen(office, district="75.02").exit is Exit.WRONG_RULES


def test_ids_of_rule_sets(office: Path) -> None:
    put(office, "a", ruleset("pohuwato", 'untuk "75.04"'))
    assert used(chosen(office, "pohuwato", None)) == ["pohuwato"]
    (finding,) = chosen(office, "pohuwatoo").findings
    assert finding.code == "unknown-program"
    assert finding.mend is not None and "pohuwato?" in finding.mend.en
    put(office, "b", ruleset("pohuwato", 'untuk "75.04"'))
    assert [each.code for each in chosen(office, "pohuwato").findings] == ["ruleset-claimed-twice"]


def test_a_file_finds_what_it_extends_beside_it(office: Path) -> None:
    path = office / "kota.ejps"
    path.write_text(ruleset("kota", 'untuk "75.71"'), encoding="utf-8")
    library = Library(manager.load({}, built_in=BUILT_IN, installed=False), ())
    assert library.parent("bantuan", path) == (RULES, str(office / "bantuan.ejps"))
    assert used(chosen(office, str(path), "75.71")) == ["kota"]


def test_titles_do_not_confuse(office: Path) -> None:
    text = ruleset("kota", 'untuk "75.71"').replace('"Ketentuan"', '"Yang mengubah harga # naik"')
    put(office, "a", text)
    library = Library(plugins(office), (office / "rulesets",))
    assert [(entry.id, entry.parent) for entry in library.entries] == [("kota", "bantuan")]


def codes(result: Chosen) -> list[str]:
    return [finding.code for finding in result.findings]


def test_that_none_holds_is_said_and_which_nearly_does(office: Path) -> None:
    put(office, "a", ruleset("nanti", 'untuk "75.04"\n    berlaku 2020-11-01 sampai 2020-12-31'))
    put(office, "b", ruleset("sebagian", 'untuk "75.04.01"'))
    result = chosen(office)
    assert used(result) == ["bantuan"]
    (notice,) = result.notices
    assert notice.code == "ruleset-none"
    assert str(office / "rulesets") in notice.words.en
    assert notice.mend is not None and "nanti (75.04), sebagian (75.04.01)" in notice.mend.en
    assert codes(chosen(office, base=True)) == []


def test_without_a_district_it_is_said_that_rule_sets_are_there(office: Path) -> None:
    put(office, "a", ruleset("pohuwato", 'untuk "75.04"'))
    assert codes(chosen(office, district=None)) == ["rulesets-there"]
    assert codes(chosen(office, "pohuwato", district=None)) == []


def test_a_path_is_taken_as_it_is_and_that_is_said(office: Path) -> None:
    put(office, "a", ruleset("pohuwato", 'untuk "75.04"'))
    result = chosen(office, str(office / "bantuan.ejps"))
    assert (used(result), codes(result)) == (["bantuan"], ["rulesets-there"])


def test_a_misspelt_parent_is_said(office: Path) -> None:
    put(office, "a", ruleset("pohuwato", 'untuk "75.04"', parent="bantuann"))
    (stray,) = [finding for finding in chosen(office).findings if finding.code == "ruleset-without-parent"]
    assert stray.mend is not None and "bantuan?" in stray.mend.en


def test_a_folder_that_is_not_there_is_an_error(office: Path) -> None:
    result = choose("bantuan", plugins(office), Where("75.04", DAY), (office / "tidak_ada",))
    assert (result.exit, codes(result)[-1]) == (Exit.WRONG_USE, "rulesets-folder")


def test_an_old_copy_beside_a_rule_set_never_wins(office: Path) -> None:
    put(office, "a", ruleset("pohuwato", 'untuk "75.04"'))
    put(office, "salinan", RULES.replace("sejak 2020-01-01 3", "sejak 2020-01-01 9") + "\n")
    result = chosen(office)
    assert (result.exit, codes(result)) == (Exit.WRONG_RULES, ["parent-declared-twice"])
    put(office, "salinan", RULES)
    assert used(chosen(office)) == ["pohuwato"], "the same text is no other program"
