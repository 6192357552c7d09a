"""The one layout: what is written where, in both languages."""

import re
from pathlib import Path

import pytest

from ejps_core.authoring.formatting import formatted
from ejps_core.dsl.printing import printed
from ejps_core.model.words import Language
from tests.dsl.plain import HEAD, PAY

ID, EN = Language.ID, Language.EN


def both(id_text: str, en_text: str) -> None:
    """The two texts are formatted, and translations of each other."""
    assert printed(id_text) == id_text
    assert printed(en_text) == en_text
    assert printed(id_text, EN) == en_text
    assert printed(en_text, ID) == id_text


def laid_out(statements: str, language: Language | None = None) -> str:
    """What becomes of statements in a small Indonesian file."""
    return printed("ejps 1 id\n" + statements, language).split("\n", 1)[1]


def test_spaces_and_numbers() -> None:
    written = laid_out(
        "hitung   a=(desil+1)*1640000 - -2\n"
        "syarat b\n  luas>=7,20 dan Rp 178150<=hibah\n  \n"
        "berikan c\n        33,33 %*Rp178.150 untuk 3 bulan\n"
    )
    assert written == (
        "hitung a = (desil + 1) * 1.640.000 - -2\n"
        "\n"
        "syarat b\n    luas >= 7,20 dan Rp178.150 <= hibah\n"
        "\n"
        "berikan c\n    33,33% * Rp178.150 untuk 3 bulan\n"
    )


def test_numbers_in_each_surface() -> None:
    both(
        "ejps 1 id\nhitung a = 1.640.000 + 9.999,50 * (0,5% + EUR 12,50) + Rp178.150\n",
        "ejps 1 en\nlet a = 1_640_000 + 9_999.50 * (0.5% + EUR 12.50) + Rp 178_150\n",
    )


def test_preferred_keywords() -> None:
    assert laid_out("hitung a = usia\nhitung b = tidak terdaftar\n") == "hitung a = umur\nhitung b = bukan terdaftar\n"
    english = "ejps 1 en\npay a\n    {}\n    only if at least {} where not layak\n"
    assert printed(english.format("x for 1 years", "1 members")) == english.format("x for 1 year", "1 member")
    assert printed(english.format("x for 3 month", "2 member")) == english.format("x for 3 months", "2 members")


def test_english_words_agree() -> None:
    both(
        "ejps 1 id\n"
        "keluarga memiliki\n    kk kode\n\n"
        "anggota paling sedikit 0 memiliki\n    nik kode\n\n"
        "laporan\n    rekap menurut kk : keluarga, amount\n\n"
        'contoh "a"\n    keluarga kk = "1"\n    anggota nik = "1"\n    pada 2020-01-01\n'
        "    maka perlu verifikasi memerlukan members dan member.nik\n",
        "ejps 1 en\n"
        "family has\n    kk code\n\n"
        "members at least 0 have\n    nik code\n\n"
        "report\n    totals by kk : families, amount\n\n"
        'example "a"\n    family kk = "1"\n    member nik = "1"\n    on 2020-01-01\n'
        "    then undetermined needs members and member.nik\n",
    )


def test_titles_are_swapped_where_there_are_two() -> None:
    both(
        'ejps 1 id\nprogram a "Bantuan" en "Aid"\n    ulang tahun kabisat 28 februari\n    dasar hukum "Perda 1, dan 2"\n',
        'ejps 1 en\nprogram a "Aid" id "Bantuan"\n    leap day birthday 28 february\n    under "Perda 1, dan 2"\n',
    )
    both('ejps 1 id\nsyarat a "Miskin"\n    b\n', 'ejps 1 en\nrequire a "Miskin"\n    b\n')


def test_blank_rows_between_statements() -> None:
    assert laid_out("hitung a = 1\nhitung b = 2\n\n\n\nhitung c = 3\nsyarat d\n\n    e\nsyarat f\n    g\n\n\n") == (
        "hitung a = 1\nhitung b = 2\n\nhitung c = 3\n\nsyarat d\n    e\n\nsyarat f\n    g\n"
    )


def test_blank_rows_inside_are_not_doubled() -> None:
    assert laid_out("keluarga memiliki\n  kk kode\n\n\n\n  desil 1..10\n") == (
        "keluarga memiliki\n    kk kode\n\n    desil 1..10\n"
    )


def test_cases_stand_on_rows_of_their_own() -> None:
    assert laid_out("hitung a = jika b maka 1 jika c maka 2 selain itu 3\nhitung d = jika b maka 1\n  selain itu 2\n") == (
        "hitung a =\n    jika b maka 1\n    jika c maka 2\n    selain itu 3\nhitung d = jika b maka 1 selain itu 2\n"
    )


def test_long_lines_are_broken_where_they_are_loosest() -> None:
    long = "nama_yang_panjang_sekali_dan_jelas"
    assert laid_out(f"syarat a\n    {long} <= 10 dan {long} >= 3 dan ({long} = 4 atau {long} = 5)\n") == (
        f"syarat a\n    {long} <= 10\n        dan {long} >= 3\n        dan ({long} = 4 atau {long} = 5)\n"
    )
    assert laid_out(f"hitung a = {long} + {long} + {long}\n") == (f"hitung a =\n    {long} + {long}\n    + {long}\n")
    assert laid_out(f"laporan\n    {long}, {long}, {long}\n") == (f"laporan\n    {long}, {long},\n        {long}\n")
    assert laid_out(f"hitung a = paling sedikit 2 dari ({long}, {long}, {long})\n") == (
        f"hitung a =\n    paling sedikit 2 dari ({long}, {long},\n        {long})\n"
    )
    assert laid_out("syarat a\n    b dan\n    c\n") == "syarat a\n    b dan c\n"


COMMENTED = """# di atas

ejps 1 id  # kepala
# tentang program
program a "A # bukan komentar"  # judul
    menetapkan keluarga
    # sebelum berlaku

    berlaku 2020-01-01 sampai 2020-12-31
    # akhir kepala

# tentang b
hitung b =
    jika c maka 1  # satu
    # lalu
    jika d maka 2
    selain itu 0  # nol

syarat e
    c
        # di tengah
        dan d  # akhir

    # sesudah syarat

# penutup
"""


def test_comments_stay_where_they_stood() -> None:
    assert printed(COMMENTED) == COMMENTED.replace("# di atas\n\n", "# di atas\n")
    english = printed(COMMENTED, EN)
    assert [row.split("#")[-1] for row in english.split("\n") if "#" in row] == [
        row.split("#")[-1] for row in COMMENTED.split("\n") if "#" in row
    ]
    assert printed(english, ID) == printed(COMMENTED)


def test_comments_are_indented_like_their_block() -> None:
    ragged = "syarat a\n  b\n  # di dalam\n # di luar\nsyarat c\n# isi\n  d#rapat\n"
    assert laid_out(ragged) == "syarat a\n    b\n    # di dalam\n\n# di luar\nsyarat c\n    # isi\n    d  #rapat\n"


def test_tables_are_aligned() -> None:
    table = "tabel t : 0..9 menurut a\n  |a, b|1|\n  # lain\n  |-|1000|# x\n"
    assert laid_out(table) == "tabel t : 0..9 menurut a\n    | a, b | 1     |\n    # lain\n    | -    | 1.000 |  # x\n"


def test_windows_files_become_plain_ones() -> None:
    text = HEAD + PAY
    assert printed("\ufeff" + text.replace("\n", "\r\n")) == printed(text)


def test_a_file_with_errors_is_refused() -> None:
    result = formatted(HEAD + PAY + "syarat a\n    desill <= 4\n", "x.ejps")
    assert result.text is None
    assert [finding.code for finding in result.findings] == ["name-unknown"]


def test_a_name_that_is_a_keyword_elsewhere_is_named() -> None:
    text = HEAD.replace("desil 1..10", "age 1..10") + PAY + "syarat a\n    age <= 4\n"
    assert formatted(text, "x.ejps").text is not None
    result = formatted(text, "x.ejps", EN)
    assert result.text is None
    (finding,) = result.findings
    assert finding.code == "translation-name"
    assert "`age`" in finding.words.en


@pytest.mark.parametrize("code", ["errors", "meaning"])
def test_what_would_change_the_meaning_is_not_written(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the printer were wrong, the file would stay as it is."""
    wrong = {"errors": "hibah + desil > 0", "meaning": "desil <= 5"}[code]

    def misprinted(text: str, _: Language | None) -> str:
        return text.replace("desil <= 4", wrong)

    monkeypatch.setattr("ejps_core.authoring.formatting.printed", misprinted)
    result = formatted(HEAD + PAY + "syarat a\n    desil <= 4\n", "x.ejps")
    assert result.text is None
    assert [finding.code for finding in result.findings] == ["format-meaning"]


def test_tables_are_aligned_in_the_other_language_too() -> None:
    head = '"T" : uang per tahun menurut a, tanggal sumber "SK"'
    text = f"tabel t {head}\n  |a|2019-01-01|2020-01-01 diumumkan 2020-02-01|\n  |b|Rp1000|Rp2|\n"
    assert laid_out(text, EN) == (
        'table t "T" : money per year by a, date source "SK"\n'
        "    | a | 2019-01-01 | 2020-01-01 published 2020-02-01 |\n"
        "    | b | Rp 1_000   | Rp 2                            |\n"
    )


def test_the_page_shows_formatted_text() -> None:
    """The two texts on docs/language/formatting.md are what the formatter writes."""
    page = (Path(__file__).parents[2] / "docs" / "language" / "formatting.md").read_text(encoding="utf-8")
    indonesian, english = re.findall(r"^```ejps (?:id|en) part\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    both("ejps 1 id\n" + indonesian, "ejps 1 en\n" + english)
