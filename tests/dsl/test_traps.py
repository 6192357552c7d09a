"""The traps met while the language was designed, each with its way out."""

import pytest

from ejps_core.dsl import compile_text
from ejps_core.model.expr import And, Compare, Literal, Not, OneOf, Or
from ejps_core.model.types import Choice
from tests.dsl.plain import HEAD, accepted, errors, plain, program, rule


def condition(text: str) -> object:
    ruleset, found = rule(text)
    assert ruleset is not None, [finding.words.en for finding in found]
    return ruleset.rules[0].condition


def test_names_that_begin_with_keywords_are_names() -> None:
    ruleset = accepted("hitung jikalau = desil\nhitung umurku = jikalau + 1\nsyarat dan_lain\n    umurku > 3")
    assert [d.name for d in ruleset.definitions] == ["jikalau", "umurku"]


@pytest.mark.parametrize("name", ["tahap", "kunci", "tanggal", "sumber", "pada", "wilayah", "kode", "dari", "maka", "id"])
def test_keywords_are_names_where_they_can_be_no_keywords(name: str) -> None:
    ruleset = accepted(f"hitung {name} = desil\nsyarat aturan\n    {name} > 3 dan {name} + {name} > 5")
    assert ruleset.definitions[0].name == name


@pytest.mark.parametrize("name", ["umur", "tidak", "ya", "bukan", "jika", "total", "terbesar", "anggota", "keluarga"])
def test_the_few_hard_keywords_are_refused_as_names(name: str) -> None:
    _, found = program(f"hitung {name} = desil\nsyarat aturan\n    terdaftar")
    assert errors(found) == ["name-reserved"]


def test_statements_do_not_run_into_each_other() -> None:
    _, found = program("hitung a = desil\nhitung b = a +\nsyarat c\n    b > 1")
    assert errors(found) == ["line-unfinished"]


def test_a_line_that_begins_with_an_operator_continues() -> None:
    one = condition("terdaftar\n    dan desil\n        <= 4\n    dan (tanah = sewa\n atau tanah = milik)")
    assert plain(one) == plain(condition("terdaftar dan desil <= 4 dan (tanah = sewa atau tanah = milik)"))


def test_a_case_may_stand_on_several_lines() -> None:
    one = accepted(
        "hitung a =\n    jika desil = 1 maka 3\n    jika desil = 2\n    maka 2\n    selain itu 1\nsyarat b\n    a > 1"
    )
    two = accepted("hitung a = jika desil = 1 maka 3 jika desil = 2 maka 2 selain itu 1\nsyarat b\n    a > 1")
    assert plain(one.definitions) == plain(two.definitions)


def test_a_label_wins_only_where_a_choice_is_expected() -> None:
    ruleset = accepted(
        "hitung sewa_bulanan = penghasilan\n"
        "hitung jenis : salah satu milik, sewa, warisan = jika desil <= 2 maka sewa selain itu tanah\n"
        "syarat aturan\n    tanah = sewa dan jenis != milik dan sewa_bulanan > Rp1 per bulan"
    )
    both = ruleset.rules[0].condition
    assert isinstance(both, And)
    assert isinstance(both.items[0], OneOf) and both.items[0].labels == ("sewa",)
    assert isinstance(both.items[1], Not)
    _, found = rule("sewa")
    assert errors(found) == ["label-alone"]


def test_a_definition_with_labels_declares_them() -> None:
    _, found = program("hitung jenis = jika desil <= 2 maka rendah selain itu tinggi\nsyarat a\n    jenis = rendah")
    assert errors(found) == ["labels-undeclared"]
    ruleset = accepted(
        "hitung jenis : salah satu rendah, tinggi = jika desil <= 2 maka rendah selain itu tinggi\n"
        "syarat a\n    rendah = jenis"
    )
    kind = ruleset.definitions[0].type
    assert isinstance(kind, Choice) and kind.names == ("rendah", "tinggi")


def test_after_where_comes_one_comparison() -> None:
    both = condition("ada anggota yang pns dan terdaftar")
    assert isinstance(both, And) and len(both.items) == 2
    _, found = rule("ada anggota yang pns dan gaji > Rp0 per bulan")
    assert errors(found) == ["where-parentheses"]
    assert found[0].fix is not None and found[0].fix.text == "(pns dan gaji > Rp0 per bulan)"


def test_and_and_or_are_never_mixed_without_parentheses() -> None:
    for text in ("terdaftar dan desil = 1 atau desil = 2", "terdaftar atau desil = 1 dan desil = 2"):
        assert errors(rule(text)[1]) == ["and-or-mixed"]
    assert isinstance(condition("(terdaftar dan desil = 1) atau desil = 2"), Or)


def test_tidak_is_no_or_not_by_what_follows() -> None:
    no = condition("terdaftar = tidak")
    assert isinstance(no, Compare) and isinstance(no.right, Literal) and no.right.value is False
    assert plain(condition("tidak terdaftar")) == plain(condition("bukan terdaftar"))
    assert plain(condition("tidak ada anggota yang pns")) == plain(condition("bukan ada anggota yang pns"))
    assert plain(condition("tidak (terdaftar = tidak dan desil = 1)")) == plain(
        condition("bukan (terdaftar = tidak dan desil = 1)")
    )


def test_dates_and_region_codes_are_not_read_as_numbers() -> None:
    assert errors(rule("diusulkan > 2020-04-1")[1]) == ["date-writing"]
    assert errors(rule("alamat di wilayah 75.01")[1]) == ["region-quotes"]
    assert errors(rule("alamat di wilayah 75")[1]) == ["region-quotes"]


def test_deep_nesting_is_refused_with_a_message() -> None:
    assert errors(rule("(" * 500 + "terdaftar" + ")" * 500)[1]) == ["nested-too-deep"]
    assert errors(rule("bukan " * 500 + "terdaftar")[1]) == ["nested-too-deep"]
    assert errors(rule("desil" + " + desil" * 500 + " > 3")[1]) == ["nested-too-deep"]
    assert rule("(" * 100 + "terdaftar" + ")" * 100)[0] is not None
    assert rule(" dan ".join(["terdaftar"] * 500))[0] is not None


def test_words_of_the_other_language_are_errors_with_a_fix() -> None:
    _, found = rule("terdaftar and not desil = 1 and ada anggota where pns")
    assert set(errors(found)) == {"other-language"}
    assert [finding.fix.text for finding in found if finding.fix] == ["dan", "bukan", "dan", "yang"]


def test_a_file_in_the_other_language_gets_one_message() -> None:
    _, found = compile_text(HEAD.replace("ejps 1 id", "ejps 1 en"), "contoh.ejps")
    assert errors(found) == ["file-language"]


def test_names_are_never_translated() -> None:
    """English words may be names in an Indonesian file."""
    ruleset = accepted("hitung age = desil\nhitung where = age + 1\nsyarat and\n    where > 3")
    assert [d.name for d in ruleset.definitions] == ["age", "where"]
