"""Signatures below a list of persons are no members; a row that may be anybody leaves its family undecided."""

from pathlib import Path

import pytest

from tests.registry.lists import Outcome, kk, nik, read, text_list, workbook

HEADS = "No;No. KK;NIK;Nama;SHDK;Jenis kelamin;Ket. DTKS"
FAMILY = [
    f"1;{kk(1)};{nik(1)};Ani;Kepala Keluarga;P;DTKS",
    f";;{nik(2)};Budi;Suami;L;",
    f"2;{kk(2)};{nik(3)};Cici;Kepala Keluarga;P;DTKS",
    f";;{nik(4)};Dedi;Anak;L;",
]


def persons(folder: Path, *rows: str) -> Outcome:
    """The list of persons with these rows below it."""
    return read(text_list(folder, "\n".join([HEADS, *FAMILY, *rows]) + "\n"))


@pytest.mark.parametrize(
    "block",
    [
        [";;;;Marisa, 1 Juni 2026", ";;;;Kepala Dinas Sosial", ";;;;H. Fulan, M.Si", ";;;;NIP. 196501011990031001"],
        [";;;Mengetahui,", ";;;Kepala Desa", ";;;H. Fulan"],
        [";;;Mengetahui,;Marisa,       2026", ";;;Camat Marisa;Kepala Desa", ";;;H. Fulan;Fulani, S.Pd", ";;;;Pembina"],
        [";Mengetahui,", ";Lurah", ";H. Fulan"],
        ["Plt. Kepala Dinas", "Fulan", ";;196501011990031001"],
        [";;Marisa, ......... 2026;;a.n. Bupati", ";;;;Sekretaris Daerah", ";;;Fulani"],
        [";;;;;Dibuat oleh:;", ";;;;;Fulani;"],
        [";;;Catatan: data sementara"],
    ],
)
def test_signatures_are_no_members(tmp_path: Path, block: list[str]) -> None:
    outcome = persons(tmp_path, *block)
    assert outcome.column("kk") == [kk(1), kk(2)] and outcome.sizes == [2, 2]
    assert outcome.apart == [("signature-block", row) for row in range(6, 6 + len(block))]
    assert outcome.candidates is not None
    assert (outcome.candidates.set_apart, outcome.candidates.families_set_apart) == (len(block), 0)


@pytest.mark.parametrize(
    "row", [";;;H. Fulan", ";;;;Fulan", ";;;Fulan;Teman", ";;;;;12-03-1990", ";;;Fulan;;Petani", ";;;Fulan;Ketua RT"]
)
def test_a_row_that_may_be_anybody_leaves_its_family_undecided(tmp_path: Path, row: str) -> None:
    outcome = persons(tmp_path, row)
    assert outcome.column("kk") == [kk(1)] and outcome.sizes == [2]
    assert outcome.apart == [("members-unsure", 4), ("person-unsure", 6)]


@pytest.mark.parametrize(
    "row",
    [
        f";;{nik(5)};;",
        ";;;;Anak",
        ";;;Juli Mei Lestari;Famili Lain",
        ";;;Eli;4",
        ";;belum ada;Eli;Keponakan",
        ";;;Eli;;P",
        ";;;Eli;Teman;P;",
        "5;;;Eli;Menantu",
        f";;{nik(5)};Kepala Desa;",
    ],
)
def test_rows_that_say_something_of_a_person_are_members(tmp_path: Path, row: str) -> None:
    outcome = persons(tmp_path, row)
    assert outcome.sizes == [2, 3] and outcome.apart == []


def test_what_looks_like_a_signature_among_the_persons_is_unsure(tmp_path: Path) -> None:
    outcome = persons(tmp_path, ";;;;Kepala Desa", f";;{nik(5)};Eli;Anak;L;", f"3;{kk(3)};{nik(6)};Fani;Kepala Keluarga;P;")
    assert outcome.column("kk") == [kk(1), kk(3)]
    assert outcome.apart == [("members-unsure", 4), ("person-unsure", 6)]


def test_each_sheet_has_signatures_of_its_own(tmp_path: Path) -> None:
    heads = HEADS.split(";")
    first = [
        [cell or None for cell in row.split(";")] for row in (*FAMILY[:2], ";;;Mengetahui,", ";;;Kepala Desa", ";;;Fulan")
    ]
    second = [[cell or None for cell in row.split(";")] for row in (*FAMILY[2:], ";;;;Lurah")]
    outcome = read(workbook(tmp_path, {"Teratai": [heads, *first], "Padengo": [heads, *second]}))
    assert outcome.sizes == [2, 2]
    assert [code for code, _ in outcome.apart] == ["signature-block"] * 4


def test_signatures_below_heads_alone_make_no_list_of_persons(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, "\n".join([HEADS, FAMILY[0], FAMILY[2], ";;;Mengetahui,", ";;;Fulan"]) + "\n"))
    assert outcome.column("kk") == [kk(1), kk(2)]
    assert [row for _, row in outcome.apart if row] == [4, 5]
