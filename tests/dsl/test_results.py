"""The types of what expressions give: scales, counts of money, proved bounds."""

import pytest

from ejps_core.model.types import MOST_MEMBERS, Number, Per, Quotient, Type
from tests.dsl.plain import accepted, errors, program

GAJI = Number(0, 0, 50_000_000, Per.MONTH)
PENGHASILAN = Number(0, 0, 100_000_000, Per.MONTH)


def kind(expression: str) -> Type:
    return accepted(f"hitung hasil = {expression}\nsyarat a\n    terdaftar").definitions[0].type


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("desil", Number(0, 1, 10)),
        ("desil + suhu", Number(0, -4, 15)),
        ("suhu - desil", Number(0, -15, 4)),
        ("desil * suhu", Number(0, -50, 50)),
        ("luas + desil", Number(2, 100, 100_999)),
        ("luas * 1,5", Number(3, 0, 1_499_985)),
        ("penghasilan * 12,5%", Number(3, 0, 12_500_000_000, Per.MONTH)),
        ("60% * penghasilan", Number(2, 0, 6_000_000_000, Per.MONTH)),
        ("penghasilan / jumlah anggota", Quotient(PENGHASILAN, Number(0, 1, MOST_MEMBERS), Per.MONTH)),
        ("penghasilan / (total gaji dari anggota)", Quotient(PENGHASILAN, Number(0, 0, 50_000_000_000, Per.MONTH))),
        ("bulatkan ke bawah (penghasilan / 3) ke Rp1.000", Number(0, 0, 33_334_000, Per.MONTH)),
        ("bulatkan setengah ke atas (luas / 3) ke 0,1", Number(1, 0, 3334)),
        ("(jumlah anggota yang pns)", Number(0, 0, MOST_MEMBERS)),
        ("(umur dari anggota tertua)", Number(0, -200, 300)),
        ("(total 2 terbesar gaji dari anggota)", Number(0, 0, 100_000_000, Per.MONTH)),
        ("(terkecil gaji dari anggota)", GAJI),
        ("jika terdaftar maka 1 selain itu 2,5", Number(1, 10, 25)),
        ("suhu bila belum diketahui 9", Number(0, -5, 9)),
    ],
)
def test_type(expression: str, result: Type) -> None:
    assert kind(expression) == result


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("penghasilan + desil", "money-differs"),
        ("penghasilan + hibah", "money-differs"),
        ("penghasilan * hibah", "money-times-money"),
        ("desil / penghasilan", "number-by-money"),
        ("desil / suhu", "divisor-negative"),
        ("(desil / 3) + 1", "quotient-unrounded"),
        ("desil / 3 / 2", "quotient-unrounded"),
        ("(desil / 3) * (desil / 2)", "quotient-unrounded"),
        ("jika terdaftar maka desil / 3 selain itu 1", "case-type"),
        ("jika terdaftar maka 1 selain itu tanah", "case-differs"),
        ("jika terdaftar maka Rp1 selain itu 0", "money-differs"),
        ("total (gaji / 2) dari anggota", "type-number"),
        ("total pns dari anggota", "type-number"),
        ("total 2 terbesar (umur) dari anggota", "largest-negative"),
        ("terdaftar + 1", "type-number"),
        ("tanah * 2", "type-number"),
        ("diusulkan - diusulkan", "date-arithmetic"),
        ("desil + 3 bulan", "type-date"),
        ("diusulkan + 999 tahun", "duration-long"),
        ("bulatkan ke bawah (desil) ke Rp1", "round-step"),
        ("bulatkan ke bawah (penghasilan) ke 1", "round-step"),
        ("bulatkan ke bawah (desil) ke 0", "round-step"),
        ("umur dari anggota tertua yang pns", "if-none-missing"),
        ("kabupaten dari desil", "type-region"),
        ("(kk bila belum diketahui 3)", "if-unknown-type"),
    ],
)
def test_refused(expression: str, code: str) -> None:
    _, found = program(f"hitung hasil = {expression}\nsyarat a\n    terdaftar")
    assert errors(found) == [code]


def test_sizes_are_proved_to_the_last_unit() -> None:
    """2^63 - 1 is the largest number; one more is refused."""
    fine = "hitung a = (penghasilan + Rp0 per bulan) * 92.233.720.368\nsyarat b\n    terdaftar"
    assert errors(program(fine)[1]) == []
    assert errors(program(fine.replace(".368", ".369"))[1]) == ["number-too-large"]
