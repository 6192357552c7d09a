"""What is refused in headers, facts, parameters, benefits, selections and examples (tests/bad/ has the common mistakes)."""

import pytest

from ejps_core.dsl import compile_text
from tests.dsl.plain import HEAD, PAY, errors

RULE = "\nsyarat aturan\n    terdaftar\n"


def found(old: str, new: str, more: str = "") -> list[str]:
    text = HEAD + PAY + RULE + more + "\n"
    assert old in text
    return errors(compile_text(text.replace(old, new, 1), "x.ejps")[1])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('program contoh "Contoh"', 'program contoh "Contoh" id "Sample"', "title-language"),
        ("    mata uang IDR", "    mata uang IDR\n    mata uang IDR", "header-twice"),
        ("    mata uang IDR", "    mata uang XYZ", "currency-unknown"),
        ("28 februari", "30 februari", "leap-rule-unknown"),
        ("anggota memiliki", "anggota paling sedikit 2 memiliki", "least-members"),
        ("1..10", "10..1", "bounds-turned"),
        ("1..10", "1..10,5", "bounds-decimal"),
        ("1..10", "1..10 kosong berarti tidak", "blank-means-no"),
        ("1..10", "1..10 kunci", "key-twice"),
        ("kk kode kunci", "kk kode\n    kk2 ya/tidak kunci", "key-type"),
        ("1..10", "1..10 pribadi pribadi", "option-twice"),
        ("milik, sewa", "milik, milik", "label-twice"),
        ("terdaftar ya/tidak", "terdaftar", "line-unfinished"),
        (PAY, "", "statement-missing"),
        (RULE, "", "statement-missing"),
        ("    Rp600.000", "    600.000", "pay-money"),
        ("    Rp600.000", "    Rp600.000 untuk 3 bulan", "pay-times"),
        ("    Rp600.000", "    Rp600.000 per bulan untuk 3 tahun", "pay-times"),
        ("    Rp600.000", "    Rp600.000 per bulan untuk 0 bulan", "count-impossible"),
        ("    Rp600.000", "    Rp600.000\n    ditanggung a 33,3333%, b 66,6667%", "share-decimals"),
        ("    Rp600.000", "    Rp600.000\n    ditanggung a 50%, a 50%", "name-twice"),
        ("    Rp600.000", "    Rp600.000\n    hanya jika desil", "type-condition"),
        ("    terdaftar\n", "    terdaftar >= ya\n", "yes-no-order"),
        ("    terdaftar\n", "    tanah = tanah\n", "choice-with-label"),
        ("    terdaftar\n", "    desil termasuk 4..1\n", "bounds-turned"),
        ("    terdaftar\n", "    desil termasuk 1..suhu\n", "constant-expected"),
        ("    terdaftar\n", "    diusulkan + 3 tahap > 2020-01-01\n", "duration-unit"),
        ("    terdaftar\n", "    awal tahap ini > 2020-01-01\n", "phases-missing"),
    ],
)
def test_refused(old: str, new: str, code: str) -> None:
    assert found(old, new) == [code]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('parameter p : wilayah sumber "x"\n    sejak 2020-01-01 "75"', "parameter-type"),
        ('parameter p : 0..9 sumber "x"\n    sejak 2020-01-01 ya', "value-type"),
        ('parameter p : uang sumber "x"\n    sejak 2020-01-01 Rp5 per bulan', "value-type"),
        ('parameter p : desimal 0,0..9,9 sumber "x"\n    sejak 2020-01-01 1,25', "value-decimals"),
        ('parameter p : 0..9 sumber "x"\n    sejak 2020-01-01 3\n    sejak 2020-01-01 4', "rows-order"),
        ("hitung a : 0..9 = desil", "definition-type"),
        ("pilih per desil\n    urutkan menurut kk terkecil dahulu", "choose-area"),
        ("pilih\n    urutkan menurut kk terkecil dahulu\n    cadangan 3", "reserve-alone"),
        ("pilih\n    urutkan menurut kk terkecil dahulu\n    paling banyak Rp3", "quota-type"),
        ("pilih\n    urutkan menurut tanah terkecil dahulu, kk terkecil dahulu", "choose-direction"),
        (
            "pilih\n    urutkan menurut penghasilan / (total gaji dari anggota) terkecil dahulu, kk terkecil dahulu",
            "choose-quotient",
        ),
        ('contoh "a"\n    maka memenuhi syarat', "example-undated"),
        ('contoh "a"\n    keluarga desil = 1, desil = 2\n    pada 2020-02-02\n    maka memenuhi syarat', "fact-twice"),
        (
            'contoh "a"\n    anggota pns = ya\n    tanpa anggota\n    pada 2020-02-02\n    maka memenuhi syarat',
            "members-and-none",
        ),
        ('contoh "a"\n    pada 2020-02-02\n    maka memenuhi syarat karena aturan', "because-eligible"),
        ('contoh "a"\n    keluarga desil = 11\n    pada 2020-02-02\n    maka memenuhi syarat', "value-bounds"),
        ('contoh "a"\n    pada 2020-02-02\n    maka perlu verifikasi memerlukan lahir', "example-name"),
        ("laporan\n    kk\nlaporan\n    kk", "statement-twice"),
        ("laporan\n    gaji", "report-name"),
        ("laporan\n    kk\n    rekap menurut desil : keluarga", "report-name"),
    ],
)
def test_refused_statement(more: str, code: str) -> None:
    assert found(RULE, RULE, more) == [code]


@pytest.mark.parametrize(
    ("phases", "code"),
    [
        ("        2 mulai 2020-01-01 sampai 2020-12-31", "phase-number"),
        ("        1 mulai 2020-12-31 sampai 2020-01-01", "dates-turned"),
        ("        1 mulai 2020-02-01 sampai 2020-12-31", "phases-cover"),
    ],
)
def test_refused_phases(phases: str, code: str) -> None:
    head = f'    ditetapkan tiap tahap\n    jadwal tahap sumber "x"\n{phases}\n    mata uang IDR'
    assert found("    mata uang IDR", head) == [code]


def test_two_calendars_of_one_area() -> None:
    plan = '    jadwal tahap di wilayah "75.01" sumber "x"\n        1 mulai 2020-01-01 sampai 2020-12-31\n'
    assert found("    mata uang IDR", plan + plan + "    mata uang IDR") == ["phases-twice"]


def test_examples_are_filled_in() -> None:
    """From the usual case, from its first member, and with no where a blank means no."""
    text = (HEAD + PAY + RULE).replace("    pns ya/tidak", "    pns ya/tidak kosong berarti tidak")
    text += (
        "keadaan umum\n    keluarga desil = 2, terdaftar = ya\n    anggota lahir = 1950-03-01, kelas = sd\n"
        'contoh "satu"\n    keluarga terdaftar = tidak\n    anggota kelas = smp\n    anggota pns = ya\n'
        "    pada 2020-02-02\n    maka tidak memenuhi syarat karena aturan\n"
        'contoh "dua"\n    tanpa anggota\n    pada 2020-02-02 diketahui 2020-03-01\n'
        "    maka memenuhi syarat, bantuan = Rp600.000\n"
    )
    ruleset, findings = compile_text(text, "x.ejps")
    assert ruleset is not None, findings
    one, two = ruleset.examples
    assert one.family == (("desil", 2), ("terdaftar", False))
    lahir = -7246
    assert one.members == (
        (("lahir", lahir), ("pns", False), ("kelas", "smp")),
        (("lahir", lahir), ("pns", True), ("kelas", "sd")),
    )
    assert one.expected.because == ("aturan",) and one.expected.needs is None
    assert two.members == () and two.known == two.on + 28
    assert two.expected.values == (("bantuan", 600_000),)
