"""Numbers in Indonesian words, read back by a reader of its own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejps_core.reports.terbilang import MOST, day_words, plain_day, rupiah_words, terbilang

WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
DIGITS = {word: number for number, word in enumerate(WORDS)}
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(words: str) -> int:
    """The number that the words say."""
    total, part, digit = 0, 0, 0
    text = words.replace("seratus", "satu ratus").replace("seribu", "satu ribu")
    for word in text.split():
        match word:
            case "belas":
                part, digit = part + 10 + digit, 0
            case "puluh":
                part, digit = part + 10 * digit, 0
            case "ratus":
                part, digit = part + 100 * digit, 0
            case _ if word in SCALES:
                total, part, digit = total + (part + digit) * SCALES[word], 0, 0
            case _:
                digit = DIGITS[word]
    return total + part + digit


@given(st.integers(0, MOST))
def test_words_read_back_as_the_number(number: int) -> None:
    assert read(terbilang(number)) == number


@given(st.integers(0, MOST))
def test_one_is_joined_as_indonesian_joins_it(number: int) -> None:
    words = f" {terbilang(number)} "
    assert " satu ratus " not in words
    assert " satu belas " not in words
    assert " satu puluh " not in words
    assert not words.startswith(" satu ribu ")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (11_000, "sebelas ribu"),
        (101_000, "seratus satu ribu"),
        (178_150, "seratus tujuh puluh delapan ribu seratus lima puluh"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (1_643_968_200, "satu miliar enam ratus empat puluh tiga juta sembilan ratus enam puluh delapan ribu dua ratus"),
        (10**12, "satu triliun"),
        (999 * 10**12, "sembilan ratus sembilan puluh sembilan triliun"),
        (-5, "minus lima"),
    ],
)
def test_known_numbers(number: int, words: str) -> None:
    assert terbilang(number) == words


def test_what_is_too_large_is_refused() -> None:
    assert read(terbilang(MOST)) == MOST
    with pytest.raises(ValueError, match="1000000000000000"):
        terbilang(MOST + 1)


def test_rupiah_and_days() -> None:
    assert rupiah_words(15_472_327_500).endswith("dua puluh tujuh ribu lima ratus rupiah")
    assert day_words(date(2020, 10, 16)) == "Jumat tanggal enam belas bulan Oktober tahun dua ribu dua puluh"
    assert plain_day(date(2020, 8, 1)) == "1 Agustus 2020"
