"""Tables, scales, decision tables, caps, budgets: what is refused, what is proved, and what they become."""

from fractions import Fraction

import pytest

from ejps_core.dsl.check.coverage import enough, left_out, meeting
from ejps_core.model import expr as e
from ejps_core.model.kinds import Comparison
from ejps_core.model.ruleset import RelationKind
from ejps_core.model.types import Number, Per
from tests.dsl.plain import accepted, errors, program, rule

TABLE = 'tabel t : 0..9 menurut a sumber "x"\n    | {} | 1 |\n    | {} | 2 |\n'
SCALE = 'tarif s : {} dari {}\n    sejak 2020-01-01 sumber "x"\n        | {} | {} |\n        | {} | {} |\n'
CHOOSE = (
    'tabel k : 0..9 menurut a sumber "x"\n    | "75.01" | 3 |\n'
    "pilih{}\n    urutkan menurut kk terkecil dahulu\n    paling banyak k({})\n"
)


def at(low: int, high: int) -> tuple[tuple[tuple[Fraction, int], tuple[Fraction, int]], ...]:
    return (((Fraction(low), 0), (Fraction(high), 0)),)


def test_what_rows_leave_out() -> None:
    whole = at(0, 10)[0]
    assert left_out([whole], [(at(0, 4),), (at(5, 10),)]) == ((Fraction(4), 0),)
    assert left_out([whole], [(at(0, 5),), (at(4, 12),)]) is None
    square = [(at(0, 10), at(0, 5)), (at(0, 3), at(5, 10)), (at(3, 10), at(6, 10))]
    assert left_out([whole, whole], square) == ((Fraction(3), 0), (Fraction(5), 0))
    assert enough([whole], [(at(0, 4),), (at(4, 10),), (at(9, 10),)]) == 2
    assert meeting([whole], [(at(0, 4),), (at(4, 10),), (at(9, 10),)]) == (1, 2)
    assert meeting([whole], [(at(0, 4),), (at(4, 10),)]) is None


@pytest.mark.parametrize(
    ("cells", "argument", "fits"),
    [
        (("< 4", ">= 4"), "desil", True),
        (("< 4", "di atas 4"), "desil", False),
        (("<= 4", "mulai 5"), "desil", True),
        (("<= 4", "mulai 5"), "luas", False),
        (("1..9", "10"), "desil", True),
        (("1, 2, 3", "4..10"), "desil", True),
        (("< 4", ">= 4"), "luas / jumlah anggota", True),
        (("< 4", "di atas 4"), "luas / jumlah anggota", False),
        (("milik", "sewa, warisan"), "tanah", True),
        (("milik", "sewa"), "tanah", False),
        (("ya", "tidak"), "terdaftar", True),
        (("ya", "-"), "desil > 3", True),
        (("< Rp5", "mulai Rp5"), "penghasilan", True),
        (("< Rp5 per tahun", "mulai Rp5"), "penghasilan", False),
        (("< 2020-01-01", "mulai 2020-01-01"), "diusulkan", True),
        (('"75.01"', '"75.04"'), "kabupaten dari alamat", True),
        (('"75.01"', '"75,04"'), "kabupaten dari alamat", False),
        (("milik", "1"), "tanah", False),
        (("1..3", "-"), "kk", False),
    ],
)
def test_a_table_leaves_nothing_out(cells: tuple[str, str], argument: str, fits: bool) -> None:
    ruleset, found = rule(f"t({argument}) > 1", TABLE.format(*cells))
    assert (ruleset is not None) == fits, errors(found)
    assert len(errors(found)) == (0 if fits else 1)


def test_the_last_row_of_a_complete_table_is_not_tested() -> None:
    ruleset = accepted(TABLE.format("< 4", ">= 4") + "\nsyarat a\n    t(desil) > 1\n")
    test = ruleset.rules[0].condition
    assert isinstance(test, e.Compare) and isinstance(test.left, e.Dated)
    (only,) = test.left.versions
    assert isinstance(only, e.Case) and len(only.branches) == 1 and isinstance(only.otherwise, e.Literal)
    assert test.left.type == only.type == Number(0, 1, 2)
    assert [row.source for row in ruleset.parameter("t").rows] == ["x"]


def test_a_region_that_stands_nowhere_is_missing() -> None:
    ruleset = accepted(TABLE.format('"75.01"', '"75.04"') + "\nsyarat a\n    t(alamat) > 1\n")
    test = ruleset.rules[0].condition
    assert isinstance(test, e.Compare) and isinstance(test.left, e.Dated)
    (only,) = test.left.versions
    assert isinstance(only, e.Case) and isinstance(only.otherwise, e.Missing)


def test_versions_are_a_parameter() -> None:
    table = (
        'tabel t : uang per bulan menurut a, tanggal sumber "x"\n'
        "    | a | 2019-01-01 | 2020-03-01 diumumkan 2020-04-01 |\n    | - | Rp5 | Rp6 |\n"
    )
    ruleset = accepted(table + "\nsyarat a\n    t(desil) > Rp5 per bulan\n")
    parameter = ruleset.parameter("t")
    assert [(row.value, row.published - row.since, row.source) for row in parameter.rows] == [(0, 0, "x"), (1, 31, "x")]
    test = ruleset.rules[0].condition
    assert isinstance(test, e.Compare) and isinstance(test.left, e.Dated)
    assert test.left.type == Number(0, 5, 6, Per.MONTH)


@pytest.mark.parametrize(
    ("parts", "argument", "codes"),
    [
        (("desimal 0,00..1,00 per lapisan", "uang per bulan", "mulai Rp0", "5%", "di atas Rp9", "15%"), "penghasilan", []),
        (("0..9 per golongan", "1..10", "mulai 1", "5", "di atas 1", "6"), "desil", []),
        (("0..9 per golongan", "0..10", "di atas 0", "5", "mulai 5", "6"), "desil", []),
        (("0..9 per golongan", "1..10", "mulai 2", "5", "mulai 5", "6"), "desil", ["below-first-edge"]),
        (("0..9 per golongan", "1..10", "di atas 3", "5", "mulai 3", "6"), "desil", ["edges-order"]),
        (("0..9 per golongan", "1..10", "mulai 0", "5", "mulai 3", "6"), "desil", ["value-bounds"]),
        (("0..9 per golongan", "desimal 0,0..99,9", "mulai 0", "5", "mulai 3", "6"), "luas / jumlah anggota", []),
        (("0..9 per golongan", "1..10", "mulai 1", "5", "mulai 3", "6"), "penghasilan", ["money-differs"]),
        (("0..9 per golongan", "1..10", "mulai 1", "5", "mulai 3", "6"), "tanah", ["type-number"]),
        (("0..9 per golongan", "1..10", "mulai 1", "5", "mulai 3", "6"), "desil, desil", ["arguments"]),
        (("wilayah per golongan", "1..10", "mulai 1", '"75"', "mulai 3", '"71"'), "desil", ["scale-type"]),
        (("0..9 per golongan", "ya/tidak", "mulai 1", "5", "mulai 3", "6"), "terdaftar", ["scale-type"]),
    ],
)
def test_scales(parts: tuple[str, ...], argument: str, codes: list[str]) -> None:
    _, found = rule(f"s({argument}) belum diketahui", SCALE.format(*parts))
    assert errors(found) == codes


@pytest.mark.parametrize(
    ("area", "argument", "fits"),
    [
        (" per kabupaten dari alamat", "kabupaten dari alamat", True),
        (" per kabupaten dari alamat", "provinsi dari alamat", True),
        (" per kabupaten dari alamat", "kecamatan dari alamat", False),
        (" per alamat", "kabupaten dari alamat", True),
        (" per daerah", "kabupaten dari alamat", True),
        (" per daerah", "daerah", True),
        (" per kabupaten dari alamat", "daerah", True),
        (" per tanah", "daerah", False),
        ("", "daerah", False),
    ],
)
def test_a_quota_depends_on_the_area_only(area: str, argument: str, fits: bool) -> None:
    more = "hitung daerah = kabupaten dari alamat\n" + CHOOSE.format(area, argument)
    _, found = rule("terdaftar", more)
    assert errors(found) == ([] if fits else ["limit-varies"])


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("min(desil, luas, 3) > 2", []),
        ("max(desil, penghasilan) > 2", ["money-differs"]),
        ("max(desil / 3, 2) > 2", ["quotient-unrounded"]),
        ("max(diusulkan, 2) > 2", ["type-number"]),
        ("per_tahun(penghasilan) > Rp5 per tahun", []),
        ("per_bulan(hibah) > Rp5 per bulan", ["conversion"]),
        ("per_tahun(penghasilan / jumlah anggota) > Rp5 per tahun", []),
        ("per_bulan(per_bulan(per_tahun(penghasilan))) > Rp5 per bulan", []),
        ("rata(desil) > 3", ["table-unknown"]),
        ("desil(terdaftar) > 3", ["table-unknown"]),
    ],
)
def test_extremes_and_conversions(condition: str, codes: list[str]) -> None:
    assert [code for code in errors(rule(condition)[1]) if code != "quotient-unrounded" or codes] == [
        "type-number" if code == "quotient-unrounded" else code for code in codes
    ]


def test_words_of_tables_may_be_names() -> None:
    """`mulai`, `tanggal` and `menerima` are keywords only where something follows that can't follow a name."""
    more = "hitung mulai = desil > 2\nhitung menerima = terdaftar\n"
    more += "hitung jenis : salah satu mulai, tanggal = baris pertama yang cocok\n"
    more += "    | mulai | menerima | = |\n    | ya | - | mulai |\n    | - | - | tanggal |\n"
    more += 'tabel t : 0..9 menurut jenis sumber "x"\n    | mulai | 1 |\n    | tanggal | 2 |\n'
    assert errors(rule("t(jenis) > 1 dan menerima", more)[1]) == []


def test_relations() -> None:
    ruleset = accepted(
        'program lain\n    pkh "PKH" sumber siks tidak boleh bersama\n    bsps sumber "PUPR"\n'
        "syarat a\n    bukan pernah menerima bsps dalam 10 tahun\n"
    )
    assert [(relation.name, relation.kind) for relation in ruleset.relations] == [
        ("pkh", RelationKind.FORBIDDEN),
        ("bsps", RelationKind.PLAIN),
    ]
    assert [field.name for field in ruleset.family_fields][-3:] == ["pkh", "bsps_pernah", "bsps_terakhir"]
    assert [rule.id for rule in ruleset.rules] == ["penerima_pkh", "a"]
    condition = ruleset.rules[1].condition
    assert isinstance(condition, e.Not) and isinstance(condition.item, e.Case)
    recent = condition.item.otherwise
    assert isinstance(recent, e.Compare) and recent.how is Comparison.ABOVE


def test_caps_are_the_least() -> None:
    text = "berikan b\n    penghasilan untuk 1 bulan\n    paling banyak Rp9 per bulan tiap anggota\n"
    ruleset, found = program("syarat a\n    terdaftar\n" + text)
    assert ruleset is not None, errors(found)
    amount = ruleset.benefits[1].amount
    assert isinstance(amount, e.Least) and amount.type == Number(0, 0, 9000, Per.MONTH)
