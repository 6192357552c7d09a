"""One spelling for a word of a name: each rule with where it comes from."""

from __future__ import annotations

import pyarrow as pa
import pytest

from ejps_core.registry.matching.spelling import skeleton, sounding, spelled
from ejps_core.registry.matching.titles import bare


@pytest.mark.parametrize(
    ("words", "one"),
    [
        # Short forms that lists of Gorontalo are full of.
        (("MOH", "MUH", "MOCH", "MOHAMAD", "MOHAMMAD", "MUHAMMAD", "MHD"), "MUHAMAD"),
        (("ABD", "ABDUL", "ABDOEL"), "ABDUL"),
        (("ST", "SITTI", "SITI"), "SITI"),
        (("ACHMAD", "AHMAD"), "AHMAD"),
        # The reform of 1947: oe became u.
        (("OESMAN", "USMAN"), "USMAN"),
        (("SOELEMAN", "SULEMAN"), "SULEMAN"),
        # The reform of 1972: dj became j, tj became c, sj became sy, nj became ny, ch became kh.
        (("DJAFAR", "JAFAR"), "JAFAR"),
        (("TJINDRA", "CINDRA"), "CINDRA"),
        (("SJAHRUL", "SYAHRUL"), "SYAHRUL"),
        (("CHAIRUL", "KHAIRUL"), "KHAIRUL"),
        # Doubled letters come and go.
        (("HASSAN", "HASAN"), "HASAN"),
        (("OLII", "OLI"), "OLI"),
    ],
)
def test_one_spelling(words: tuple[str, ...], one: str) -> None:
    assert {spelled(word) for word in words} == {one}


@pytest.mark.parametrize(
    "words",
    [
        ("YUSUF", "JUSUF", "YUSUP", "JUSUP"),  # y was written j before 1972; f and p are one sound in Indonesian mouths
        ("MARYAM", "MARIAM"),
        ("TAUFIK", "TAUFIQ"),
        ("THALIB", "TALIB"),
        ("ZULKIFLI", "SULKIFLI"),
        ("KHADIJAH", "HADIJAH", "HADIJA"),
    ],
)
def test_words_that_sound_alike(words: tuple[str, ...]) -> None:
    assert len({sounding(spelled(word)) for word in words}) == 1


def test_words_that_are_two() -> None:
    different = ("HASAN", "HUSAIN", "USMAN", "ISMAIL", "AMIR", "UMAR", "RIDWAN", "RAMDAN", "SALMA", "SALIM")
    assert len({sounding(spelled(word)) for word in different}) == len(different)


def test_a_skeleton_outlives_most_slips() -> None:
    assert len({skeleton(spelled(word)) for word in ("FATMA", "FATIMAH", "FATMAH", "FATIMA")}) == 1
    assert skeleton("RAHMATIA") == skeleton("RAHMTIA") == skeleton("RAHMATIYA")
    assert skeleton("A") == "A"


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("Hi. Moh. Jusuf, S.Pd", "HI MOH JUSUF"),
        ("Amir Laiya S.E.", "AMIR LAIYA"),
        ("Amir Laiya, S.Pd.I., M.Si", "AMIR LAIYA"),
        ("Amir Laiya, SE, MM", "AMIR LAIYA"),
        ("Ahmad Daud, ST", "AHMAD DAUD"),
        ("St. Maryam", "ST MARYAM"),
        ("Nu'man Ma’ruf", "NUMAN MARUF"),
        ("José  Pakaya", "JOSE PAKAYA"),
        ("Abd.Wahab-Olii", "ABD WAHAB OLII"),
        ("Lihawa, Fatma", "LIHAWA FATMA"),
    ],
)
def test_what_is_no_name_goes(cell: str, plain: str) -> None:
    assert bare(pa.array([cell, None])).to_pylist() == [plain, None]
