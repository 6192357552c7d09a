"""What designers write out of habit: one message each, and the right line where there is one."""

from pathlib import Path

import pytest

from ejps_core.dsl import compile_text, quotes
from ejps_core.model.rendering import with_fix
from tests.dsl.plain import HEAD, PAY, errors, program, rule

BAD = Path(__file__).parents[1] / "bad"
RULE = "\nsyarat aturan\n    desil <= 4\n"
EXAMPLE = 'contoh "satu"\n    keluarga desil = 1\n    pada 2020-02-02\n'


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("alamat = 75.01", 'alamat di wilayah "75.01"'),
        ('alamat != "75.01"', 'bukan alamat di wilayah "75.01"'),
        ("alamat = 75", 'alamat di wilayah "75"'),
        ("anggota >= 2", "jumlah anggota >= 2"),
        ("terdaftar = kosong", "terdaftar belum diketahui"),
        ("terdaftar != kosong", "bukan terdaftar belum diketahui"),
        ("(jumlah gaji dari anggota) < Rp5 per bulan", "(total gaji dari anggota) < Rp5 per bulan"),
        ("1 <= desil <= 4", "desil termasuk 1..4"),
        ("0 < desil <= 4", "0 < desil dan desil <= 4"),
        ("ada anggota yang umur dalam 0..4", "ada anggota yang umur termasuk 0..4"),
        ("ada anggota yang pns dan umur > 15", "ada anggota yang (pns dan umur > 15)"),
        ("semua anggota memenuhi pns atau umur > 15", "semua anggota memenuhi (pns atau umur > 15)"),
        ("diusulkan >= 1 Januari 2020", "diusulkan >= 2020-01-01"),
        ("diusulkan >= March 1, 2020", "diusulkan >= 2020-03-01"),
        ("diusulkan >= 1/3/2020", "diusulkan >= 2020-03-01"),
        ("hibah <= Rp750.000,-", "hibah <= Rp750.000"),
    ],
)
def test_the_mended_condition(wrong: str, right: str) -> None:
    text = HEAD + PAY + "\nsyarat aturan\n    " + wrong + "\n"
    _, found = compile_text(text, "contoh.ejps")
    told = [finding for finding in found if finding.severity == "error"]
    assert len(told) == 1 and told[0].fix is not None, errors(found)
    assert with_fix(text, told[0].fix) == text.replace(wrong, right)
    assert errors(rule(right)[1]) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("ditanggung provinsi 70%; kabupaten 30%", "ditanggung provinsi 70%, kabupaten 30%"),
        ("syarat b:", "syarat b"),
        ("maka tidak memenuhi syarat karena aturan, b", "maka tidak memenuhi syarat karena aturan dan b"),
        ("memerlukan desil, member.pns", "memerlukan desil dan member.pns"),
        ("maka tidak layak", "maka tidak memenuhi syarat"),
        ("maka layak", "maka memenuhi syarat"),
        ("kuota 20", "paling banyak 20"),
        ("desil menurun", "desil terbesar dahulu"),
        ("desil ascending", "desil terkecil dahulu"),
    ],
)
def test_the_mended_line(wrong: str, right: str) -> None:
    """Nothing follows from the slip: not from the name, the quota, the reason or the verdict."""
    text = HEAD + PAY + "    ditanggung provinsi 70%, kabupaten 30%\n" + RULE + "syarat b\n    terdaftar\n"
    text += "pilih\n    urutkan menurut desil terbesar dahulu, kk terkecil dahulu\n    paling banyak 20\n    cadangan 5\n"
    text += EXAMPLE + "    maka tidak memenuhi syarat karena aturan dan b\n"
    text += EXAMPLE.replace("satu", "dua") + "    maka tidak memenuhi syarat\n"
    text += EXAMPLE.replace("satu", "tiga") + "    maka memenuhi syarat\n"
    text += EXAMPLE.replace("satu", "empat") + "    maka perlu verifikasi memerlukan desil dan member.pns\n"
    text = text.replace("desil terbesar dahulu", "desil terkecil dahulu") if wrong == "desil ascending" else text
    last = right + "\n" if right.startswith("maka") or right == "syarat b" else right
    assert errors(compile_text(text, "x.ejps")[1]) == []
    spoilt = text.replace(last, last.replace(right, wrong), 1)
    _, found = compile_text(spoilt, "x.ejps")
    told = [finding for finding in found if finding.severity == "error"]
    assert len(told) == 1 and told[0].fix is not None, errors(found)
    assert with_fix(spoilt, told[0].fix) == text


def test_in_english_too() -> None:
    text = (
        "ejps 1 en\nprogram contoh\n    decides family\n    in force 2020-01-01 until 2020-12-31\n    currency IDR\n"
        "family has\n    kk code key\nmembers have\n    nik code key\n"
        "pay aid\n    Rp 1\nrequire some\n    count member > 1\n"
    )
    _, found = compile_text(text, "x.ejps")
    assert errors(found) == ["unexpected"]
    assert found[0].fix is not None and "count members > 1" in with_fix(text, found[0].fix)


@pytest.mark.parametrize(
    ("row", "at", "opens"),
    [
        ('syarat a "Judul"', None, False),
        ('syarat a "Judul # b"  # "catatan', None, False),
        ('syarat a "Judul', 9, True),
        ('kk "Nomor kode kunci', 3, True),
        ('syarat a Judul"', 14, False),
        ('syarat a "Judul" dasar hukum "Perbup en "X"', 29, True),
        ("# “kutip”", None, False),
    ],
)
def test_the_quote_without_a_partner(row: str, at: int | None, opens: bool) -> None:
    assert quotes.alone(row) == (at, opens)


def test_a_missing_quote_is_one_message() -> None:
    for line in ('syarat b "Judul Besar\n', 'syarat b Judul Besar"\n', 'syarat b "Judul" dasar hukum "Pasal 4 en "X Y"\n'):
        assert errors(program(line + "    desil > 1\n" + RULE)[1]) == ["quote-open"]


def test_a_tab_is_told_once() -> None:
    for body in ('\tdesil > 1\n    pesan "a"\n', '    desil > 1\n\tpesan "a"\n'):
        assert errors(program("syarat b\n" + body + RULE)[1]) == ["tab"]


def test_names_of_wrong_statements_stay_known() -> None:
    text = (
        HEAD + "\nberikan besar\n    desil * hibah * 4.000.000 * 4.000.000\nberikan kecil\n    desil\n"
        "berikan salah\n    Rp1 x 2\n"
    )
    text += "syarat aturan\n    desil <= 4\nsyarat aturan\n    desil > tanah\nhitung h = tanah + 1\n" + EXAMPLE
    text += "    maka memenuhi syarat, besar = Rp1, kecil = Rp1, salah = Rp1, h = 3\n"
    text += EXAMPLE.replace("satu", "dua") + "    maka tidak memenuhi syarat karena aturan\n"
    assert errors(compile_text(text, "x.ejps")[1]) == [
        "number-too-large",
        "pay-money",
        "unexpected",
        "name-twice",
        "choice-with-label",
        "type-number",
    ]


def test_the_money_without_a_bound_is_named() -> None:
    head = HEAD.replace("    suhu -5..5", "    modal uang\n    suhu -5..5")
    _, found = compile_text(head + PAY + "\nhitung m = modal * 4.000\nsyarat a\n    m * 4.000 > Rp1\n", "x.ejps")
    assert errors(found) == ["number-too-large"]
    assert found[0].why is not None and "`modal`" in found[0].why.words.id
    assert found[0].mend is not None and "`modal … uang hingga Rp100.000.000`" in found[0].mend.id


def test_both_sides_of_a_comparison_are_told() -> None:
    assert errors(rule("desill <= batass")[1]) == ["name-unknown", "name-unknown"]
    assert errors(rule("tanahh = sewaa")[1]) == ["name-unknown"]


def test_a_quota_that_cannot_be_read_is_no_missing_quota() -> None:
    _, found = program(RULE + "pilih\n    urutkan menurut kk terkecil dahulu\n    cadangan 3\n    jatah 20\n")
    assert errors(found) == ["unexpected"]


def test_definitions_may_stand_on_one_another_a_hundred_times() -> None:
    def chain(most: int, step: str) -> str:
        return "hitung h0 = desil\n" + "".join(f"hitung h{n} = h{n - 1}{step}\n" for n in range(1, most + 1))

    assert errors(program(chain(99, "") + "syarat a\n    h99 > 1\n")[1]) == []
    assert errors(program(chain(120, "") + "syarat a\n    h120 > 1\n")[1]) == ["definitions-deep"]
    assert errors(program(chain(90, " + 1 + 1") + "syarat a\n    h90 > 1\n")[1]) == ["definitions-deep"]


def test_examples_are_told_apart_and_their_people_born() -> None:
    text = RULE + EXAMPLE + "    maka memenuhi syarat\n"
    _, found = program(text + EXAMPLE + "    maka memenuhi syarat\n")
    assert "example-title-twice" in [finding.code for finding in found] and errors(found) == []
    usual = "keadaan umum\n    anggota lahir = 2020-06-01\n"
    assert errors(program(usual + text)[1]) == ["example-unborn"]
    assert errors(program(text.replace("    pada", "    anggota lahir = 2020-02-03\n    pada"))[1]) == ["example-unborn"]
    assert errors(program(text.replace("    pada", "    anggota lahir = 2020-02-02\n    pada"))[1]) == []


def test_what_identifies_people_need_not_be_used() -> None:
    _, found = program(RULE)
    unused = {finding.words.en.split("`")[1] for finding in found if finding.code == "unused"}
    assert {"tanah", "gaji"} <= unused and not {"kk", "nik", "lahir"} & unused


@pytest.mark.parametrize(
    ("language", "written", "mended"),
    [
        ("id", "Rp1,5 juta", "Rp1.500.000"),
        ("id", "Rp 1,5 jt", "Rp 1.500.000"),
        ("id", "Rp1.5 juta", "Rp1.500.000"),
        ("id", "Rp1,25 miliar", "Rp1.250.000.000"),
        ("id", "Rp500 ribu", "Rp500.000"),
        ("id", "Rp500rb", "Rp500.000"),
        ("id", "Rp2 Juta", "Rp2.000.000"),
        ("id", "Rp1.250 juta", "Rp1.250.000.000"),
        ("en", "Rp 1.5 million", "Rp 1_500_000"),
        ("en", "Rp 2 thousand", "Rp 2_000"),
    ],
)
def test_zeros_in_words_are_written_out(language: str, written: str, mended: str) -> None:
    """The proposal is the sum that was meant, and with it the file is right."""
    text = (BAD / ("number-in-words.ejps" if language == "id" else "number-in-words-english.ejps")).read_text("utf-8")
    text = text.replace("Rp1,5 juta", written).replace("Rp 1.5 million", written)
    assert written in text
    _, (found,) = compile_text(text, "x.ejps")
    assert found.code == "number-in-words"
    assert found.mend is not None and mended.removeprefix("Rp").strip() in found.mend.id
    assert found.fix is not None
    after = with_fix(text, found.fix)
    assert mended in after
    ruleset, left = compile_text(after, "x.ejps")
    assert ruleset is not None and errors(left) == []


@pytest.mark.parametrize("written", ["Rp1,500 juta", "Rp1,2345678 juta", "Rp1.2.3 juta", "Rp9.999.999.999 miliar"])
def test_nothing_is_proposed_for_zeros_in_words_that_could_mean_two_sums(written: str) -> None:
    text = (BAD / "number-in-words.ejps").read_text("utf-8").replace("Rp1,5 juta", written)
    codes = [(each.code, each.fix) for each in compile_text(text, "x.ejps")[1]]
    assert ("number-in-words", None) in codes
    assert all(fix is None for _, fix in codes)


def test_a_bare_number_with_zeros_in_words() -> None:
    text = HEAD.replace("desil 1..10", "desil 1..2 ribu") + PAY
    assert "ribu" in text
    fixes = {each.code: each.fix for each in compile_text(text, "x.ejps")[1]}
    fix = fixes["number-in-words"]
    assert fix is not None and fix.text == "2.000"


ROUNDING = "bulatkan ke bawah potongan(desil) ke Rp1.000"


@pytest.mark.parametrize(
    ("line", "proposed"),
    [
        (ROUNDING, "bulatkan ke bawah (potongan(desil)) ke Rp1.000"),
        ("bulatkan ke bawah potongan(desil)  *  2 ke Rp1.000", "bulatkan ke bawah (potongan(desil)  *  2) ke Rp1.000"),
        ("bulatkan ke bawah potongan(desil)", None),
        ("bulatkan ke bawah (potongan(desil) ke Rp1.000", None),
        ("bulatkan ke bawah potongan(desil ke Rp1.000", None),
    ],
)
def test_no_line_is_proposed_that_is_wrong_again(line: str, proposed: str | None) -> None:
    text = (BAD / "round-without-parentheses.ejps").read_text("utf-8").replace(ROUNDING, line)
    (found,) = compile_text(text, "x.ejps")[1]
    assert (None if found.fix is None else with_fix(text, found.fix)) == (proposed and text.replace(line, proposed))
    if proposed:
        assert compile_text(text.replace(line, proposed), "x.ejps")[0] is not None
