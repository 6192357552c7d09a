"""Rule sets that extend others: what holds in the end, where it stands, and what it rests on."""

from ejps_core.dsl import compile_text
from ejps_core.model.changes import ChangeKind
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Span
from ejps_core.model.words import Words
from tests.dsl.plain import errors, plain

PROGRAM = """ejps 1 id
program contoh "Contoh" en "Sample"
    menetapkan keluarga
    berlaku 2020-01-01 sampai 2020-12-31
    mata uang IDR
    untuk "75"
keluarga memiliki
    kk kode kunci
    desil 1..10
    terdaftar ya/tidak
parameter batas : 1..10 sumber "SK 1"
    sejak 2020-01-01 4
    sejak 2020-06-01 3
syarat miskin
    desil <= batas
syarat daftar
    terdaftar
berikan bantuan
    Rp600.000
keadaan umum
    keluarga desil = 2, terdaftar = ya
contoh "induk"
    pada 2020-07-01
    maka memenuhi syarat
"""
DISTRICT = """ejps 1 en
ruleset kabupaten "District" id "Kabupaten" extends contoh
    in force 2020-03-01 until 2020-11-30
    for "75.01"
    under "Perbup 1"
set batas = 5 because "Perbup 1 pasal 2"
require kelima
    desil <= 5
"""
SUBDISTRICT = """ejps 1 id
ketentuan kecamatan mengubah kabupaten
    untuk "75.01.02"
ganti gugur bila miskin "Tidak miskin" karena "Perdes pasal 1"
    desil > batas
cabut syarat daftar karena "Perdes pasal 2"
contoh "tidak terdaftar"
    keluarga terdaftar = tidak
    pada 2020-03-01
    maka memenuhi syarat
"""
FILES = {"contoh": (PROGRAM, "contoh.ejps"), "kabupaten": (DISTRICT, "kabupaten.ejps")}


def extended(text: str = SUBDISTRICT, files: dict[str, tuple[str, str]] = FILES) -> Ruleset:
    ruleset, found = compile_text(text, "kecamatan.ejps", files.get)
    assert ruleset is not None, [finding.words.en for finding in found]
    return ruleset


def test_a_chain_in_two_languages() -> None:
    ruleset = extended()
    assert (ruleset.program, ruleset.ruleset, ruleset.id) == ("contoh", "kecamatan", "kecamatan")
    assert ruleset.title == Words("Kabupaten", "District")
    assert ruleset.areas == ("75.01.02",)
    assert (ruleset.first, ruleset.last) == (18322, 18596)
    assert ruleset.legal == ("Perbup 1",)
    assert [rule.id for rule in ruleset.rules] == ["miskin", "kelima"]
    assert [(row.value, row.source, row.since) for row in ruleset.parameters[0].rows] == [(5, "Perbup 1 pasal 2", 18322)]


def test_places_stay_in_their_own_files() -> None:
    ruleset = extended()
    assert [rule.span.path for rule in ruleset.rules] == ["kecamatan.ejps", "kabupaten.ejps"]
    assert {ruleset.benefits[0].span.path, ruleset.benefits[0].amount.span.path} == {"contoh.ejps"}
    assert ruleset.text_of("kabupaten.ejps") == DISTRICT
    assert ruleset.text_of("kecamatan.ejps") == ruleset.text == SUBDISTRICT


def test_every_change_has_its_reason() -> None:
    assert [(c.kind, c.name, c.because, c.span.path, c.span.line) for c in extended().reasons] == [
        (ChangeKind.SET, "batas", "Perbup 1 pasal 2", "kabupaten.ejps", 6),
        (ChangeKind.REPLACE, "miskin", "Perdes pasal 1", "kecamatan.ejps", 4),
        (ChangeKind.REMOVE, "daftar", "Perdes pasal 2", "kecamatan.ejps", 6),
    ]


def test_the_reason_of_a_replacement_is_its_legal_basis() -> None:
    own = (
        SUBDISTRICT
        + """ganti berikan bantuan dasar hukum "SK 9" karena "Perdes pasal 3"
    Rp500.000
"""
    )
    ruleset = extended(own)
    assert [rule.legal for rule in ruleset.rules] == ["Perdes pasal 1", None], "a rule that was added has no such reason"
    assert ruleset.benefits[0].legal == "SK 9; Perdes pasal 3"
    chosen = """ganti pilih karena "Perdes pasal 4"
    urutkan menurut terdaftar ya dahulu, kk terkecil dahulu
    paling banyak 10
"""
    files = {**FILES, "contoh": (PROGRAM + chosen.replace('ganti pilih karena "Perdes pasal 4"', "pilih"), "contoh.ejps")}
    assert (choose := extended(SUBDISTRICT + chosen, files).choose) is not None and choose.legal == "Perdes pasal 4"


def test_examples_are_its_own_and_the_usual_case_comes_along() -> None:
    (example,) = extended().examples
    assert example.title == "tidak terdaftar"
    assert dict(example.family) == {"desil": 2, "terdaftar": False}
    own = SUBDISTRICT + "keadaan umum\n    keluarga desil = 3\n"
    assert dict(extended(own).examples[0].family) == {"desil": 3, "terdaftar": False}


def test_the_digest_is_of_all_texts() -> None:
    changed = {**FILES, "contoh": (PROGRAM + "# \n", "contoh.ejps")}
    one, two = extended(), extended(files=changed)
    assert one.digest != two.digest
    assert plain(one) == plain(two)
    assert [origin.name for origin in one.parents] == ["kabupaten", "contoh"]


def test_a_program_stands_on_itself() -> None:
    ruleset, _ = compile_text(PROGRAM, "contoh.ejps")
    assert ruleset is not None
    assert (ruleset.id, ruleset.ruleset, ruleset.parents, ruleset.reasons) == ("contoh", None, (), ())


def test_mistakes_of_the_parent_are_told_at_their_place() -> None:
    files = {**FILES, "contoh": (PROGRAM.replace("desil <= batas", "desil <= batass"), "contoh.ejps")}
    ruleset, found = compile_text(DISTRICT, "kabupaten.ejps", files.get)
    assert ruleset is None
    assert [finding.place.path for finding in found if isinstance(finding.place, Span)] == ["contoh.ejps"]


def test_a_parent_that_cannot_be_read() -> None:
    files = {**FILES, "contoh": ("tidak ada apa-apa", "contoh.ejps")}
    assert errors(compile_text(DISTRICT, "kabupaten.ejps", files.get)[1]) == ["parent-wrong", "first-line"]
    assert errors(compile_text(DISTRICT, "kabupaten.ejps")[1]) == ["parent-unknown"]


def test_what_nothing_reads_any_more_may_go() -> None:
    more = """
tabel harga : uang menurut desil sumber "SK 1"
    | 1..10 | Rp5 |
tarif pungutan : uang per golongan dari uang
    sejak 2020-01-01 sumber "SK 1"
        | mulai Rp0 | Rp5 |
"""
    text = """ejps 1 id
ketentuan darurat mengubah contoh
    dasar hukum "SK 2"
cabut syarat miskin karena "SK 2"
cabut parameter batas karena "SK 2"
cabut tabel harga karena "SK 2"
cabut tarif pungutan karena "SK 2"
"""
    program = PROGRAM.replace("parameter batas", more.lstrip() + "parameter batas")
    ruleset = extended(text, {"contoh": (program, "contoh.ejps")})
    assert [rule.id for rule in ruleset.rules] == ["daftar"]
    assert ruleset.parameters == ()
    assert [change.name for change in ruleset.reasons] == ["miskin", "batas", "harga", "pungutan"]


def test_what_is_still_read_may_not_go() -> None:
    text = 'ejps 1 id\nketentuan darurat mengubah contoh\n    dasar hukum "SK 2"\ncabut parameter batas karena "SK 2"\n'
    ruleset, found = compile_text(text, "darurat.ejps", FILES.get)
    assert ruleset is None and errors(found)
