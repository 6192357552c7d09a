"""The messy lists: layouts, headers, numbers of identity, regions, dates; each made as a workbook and as text."""

from __future__ import annotations

from datetime import date

from tests.registry.lists import kk, nik
from tests.registry.messy.making import Case

H: list[object] = ["No", "Nomor KK", "NIK", "Nama", "Desil"]
A, B, C = ([i, kk(i), nik(i), f"Orang {n}", 3] for i, n in ((1, "satu"), (2, "dua"), (3, "tiga")))
PERSONS: list[object] = ["No", "No. KK", "NIK", "Nama", "SHDK", "Ket. DTKS"]
PLACES: list[object] = ["No", "Nomor KK", "Desa", "Kecamatan"]
NUMBER = int(nik(1))


def _one(name: str, rows: list[list[object]], *expected: str, **more: object) -> Case:
    return Case(name, {"Daftar": rows}, expected, **more)  # type: ignore[arg-type]


def _cell(name: str, header: str, cells: list[object], *expected: str, **more: object) -> Case:
    """A plain list with one column that matters."""
    rows: list[list[object]] = [["No", "Nomor KK", header]]
    return _one(name, rows + [[i, kk(i), cell] for i, cell in enumerate(cells, start=1)], *expected, **more)


LAYOUTS = (
    _one("rapi", [H, A, B], "a", "a"),
    _one("judul_di_atas", [["DAFTAR PENERIMA JPS"], ["Tahap III"], [], H, A, B], "a", "a", said=("headers-found",)),
    _one("judul_dua_sel", [["Kabupaten", "Pohuwato"], H, A], "a", said=("headers-found", "region-from-titles")),
    _one("judul_gabungan", [["DAFTAR"], H, A], "a", merged=("A1:E1",), said=("headers-found",)),
    _one("nomor_kolom", [H, [1, 2, 3, 4, 5], A, B], "a", "a", said=("headers-found",)),
    _one("nomor_kolom_berkurung", [H, ["(1)", "(2)", "(3)", "(4)", "(5)"], A], "a", said=("headers-found",)),
    _one(
        "judul_dua_baris",
        [["No", "Nomor KK", "Bantuan", None, "Desil"], [None, None, "PKH", "DTKS", None], [1, kk(1), "ya", "ya", 3]],
        "a",
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2"),
        said=("headers-found",),
        facts={"in_dtks": [True]},
    ),
    _one(
        "judul_dua_baris_di_bawah_judul",
        [["REKAP"], ["No", "Nomor KK", "Alamat", None], ["", "", "Desa", "Kecamatan"], [1, kk(1), "Teratai", "Marisa"]],
        "a",
        facts={"village": ["75.04.04.2007"]},
    ),
    _one("judul_diulang", [H, A, H, B], "a", "a", said=("header-repeated",)),
    _one("halaman_diulang", [["DAFTAR"], H, [1, 2, 3, 4, 5], A, ["DAFTAR"], H, [1, 2, 3, 4, 5], B], "a", "a"),
    _one("subtotal", [H, A, [None, "Jumlah", None, None, 3], B, ["Total"]], "a", "a", said=("total-row",)),
    _one("baris_kosong", [[], H, [], A, [], [], B], "a", "a"),
    _one("kolom_tersembunyi", [H, A], "a", csv=None, hidden=("C",), said=("hidden-columns",)),
    _one("urutan_kolom_lain", [H[::-1], A[::-1], B[::-1]], "a", "a"),
    _one("tanpa_nomor", [H[1:], A[1:]], "a"),
    _one("catatan_di_samping", [H, [*A, None, "lihat berkas"], B], "a", "a", csv=("r too-many-cells", "a")),
    Case("lembar_per_desa", {"Teratai": [H, A], "Padengo": [["Kec. Dengilo"], H, B]}, ("a", "a"), said=("sheets-joined",)),
    Case("lembar_lain", {"Daftar": [H, A], "Petunjuk": [["Isi daftar"]]}, ("a",), said=("sheets-not-read",)),
    Case("kepala_kosong", {"Daftar": [H, A], "Desa B": [H]}, ("a",), said=("sheets-joined",)),
)
FAMILIES = (
    _one(
        "orang_per_baris",
        [PERSONS, [1, kk(1), nik(1), "A", "Kepala Keluarga", "DTKS"], [2, kk(1), nik(2), "B", "Istri", "DTKS"]],
        "a",
        "a",
        facts={"in_dtks": [True]},
    ),
    _one(
        "kk_sekali_per_keluarga",
        [PERSONS, [1, kk(1), nik(1), "A", "Kepala Keluarga", "DTKS"], ["", "", nik(2), "B", "Anak", ""]],
        "a",
        "a",
        said=("key-from-above",),
        facts={"kk": [kk(1)], "in_dtks": [True]},
    ),
    _one(
        "kk_digabung",
        [
            PERSONS,
            [1, kk(1), nik(1), "A", "Kepala", "DTKS"],
            [2, None, nik(2), "B", "Anak", None],
            [3, kk(2), nik(3), "C", "Kepala"],
        ],
        "a",
        "a",
        "a",
        csv=None,
        merged=("B2:B3", "F2:F3"),
        facts={"kk": [kk(1), kk(2)], "in_dtks": [True, None]},
    ),
    _one(
        "isi_keluarga_berbeda",
        [PERSONS, [1, kk(1), nik(1), "A", "Kepala", "DTKS"], [2, kk(1), nik(2), "B", "Anak", "Non DTKS"]],
        "r family-values-differ",
        "a",
        facts={"in_dtks": [None]},
    ),
    _one(
        "kepala_tanpa_kk",
        [
            PERSONS,
            [1, kk(1), nik(1), "A", "Kepala"],
            [2, kk(1), nik(2), "B", "Anak"],
            [3, "", nik(3), "C", "Kepala Keluarga"],
        ],
        "a",
        "a",
        "s blank-key",
    ),
    _one("kk_kosong_daftar_kepala", [H, A, [2, "", nik(2), "B", 3]], "a", "s blank-key"),
    _one("kk_ganda", [H, A, [2, kk(1), nik(2), "B", 3], C], "s family-twice", "s family-twice", "a"),
    _one("baris_berulang", [H, A, [2, *A[1:]], C], "a", "r row-repeated", "a"),
)
NUMBERS = (
    _cell("nik_kosong", "NIK", ["", "-", "belum ada", nik(4)], "r nik-missing", "r nik-missing", "r nik-missing", "a"),
    _cell("nik_angka", "NIK", [NUMBER, nik(2)], "r number-cell", "a", csv=("a", "a")),
    _cell("nik_semua_berakhir_0", "NIK", [NUMBER // 10 * 10, NUMBER // 10 * 10 + 100], "a", "a", csv=("a", "a")),
    _cell("nik_ilmiah", "NIK", ["7,50404E+15", "7.50101E+15"], "s nik-digits-lost", "s nik-digits-lost"),
    _cell("nik_pendek", "NIK", ["750101410785900", nik(1) + "1"], "s nik-format", "s nik-format"),
    _cell("nik_hari_salah", "NIK", [nik(1, "720785"), nik(2, "400785"), nik(3, "290201")], *["s nik-format"] * 3),
    _cell("nik_urut_0000", "NIK", [nik(1)[:-4] + "0000"], "s nik-format"),
    _cell("nik_provinsi_salah", "NIK", [nik(1, place="200101")], "s nik-format"),
    _cell("nik_tanda", "NIK", ["'" + nik(1), "7501.0141.0785.9002", "75O1O14lO7859OO3"], *["r nik-repaired"] * 3),
    _cell("nik_spasi", "NIK", ["7501 0141 0785 9001", " " + nik(2)], "a", "a"),
    _cell("nik_wilayah_asing", "NIK", [nik(1, place="710204"), nik(2, place="750199"), nik(3, place="719999")],
          "a", "r nik-region", "r nik-region", said=("nik-elsewhere",)),
    _cell("nik_kecamatan_lama", "NIK", [nik(1, place="750106")], "a", said=("nik-region-retired",)),
    _cell("nik_sama_dengan_kk", "NIK", [kk(1), nik(2)], "s nik-is-family-card", "a"),
    _cell("nik_di_dua_keluarga", "NIK", [nik(1), nik(1)], "r nik-in-two-families", "r nik-in-two-families"),
    _cell("nik_abad", "NIK", [nik(1, "410715"), nik(2)], "a", "a", said=("nik-century",)),
    _one("jenis_kelamin", [[*H, "JK"], [*A, "L"], [*B, "P"]], "r nik-sex", "a"),
    _one("tanggal_lahir_tertukar", [[*H, "Tgl Lahir"], [*A, "07-01-1985"], [*B, "01-07-1985"], [*C, "01-07-1986"]],
         "r nik-birth-date-swapped", "a", "r nik-birth-date"),
    _one("orang_sama_nik_lain", [[*H, "Tgl Lahir", "Desa", "Kecamatan"],
         [1, kk(1), nik(1), "Moh. Ali", 3, "01-07-1985", "Teratai", "Marisa"],
         [2, kk(2), nik(2), "MOH ALI", 3, "01-07-1985", "Teratai", "Marisa"]],
         "r person-suspected-twice", "r person-suspected-twice"),
    _one("kk_pendek", [["No", "Nomor KK", "Desil"], [1, "75010101", 3], [2, "7,50101E+15", 3], [3, kk(3), 3]],
         "s family-card-format", "s family-card-digits-lost", "a"),
    _one("rumus_disuntik", [H, [1, kk(1), nik(1), "=HYPERLINK(1)", 3], [2, kk(2), nik(2), "+62", 3],
         [3, kk(3), nik(3), "@x", 3]], "a", "a", "a", facts={"nama_kepala": ["=HYPERLINK(1)", "+62", "@x"]}),
)  # fmt: skip
HEADERS = (
    _one("kepala_siks_ng", [["idsemesta", "NIK", "NOKK", "Nama", "Alamat", "PKH"],
         ["x", nik(1), kk(1), "A", "Jl", "YA"]], "a"),
    _one("kepala_blt_dd", [["NO", "NIK", "NAMA KEPALA KELUARGA", "JENIS KELAMIN", "TANGGAL LAHIR", "ALAMAT", "NO. KK"],
         [1, nik(1), "A", "P", "01/07/1985", "Jl", kk(1)]], "a", facts={"nik_kepala": [nik(1)], "nama_kepala": ["A"]}),
    _one("kepala_jps", [["No", "Nama penerima", "NIK", "No. KK", "Tgl lahir", "Ket. DTKS/Non-DTKS"],
         [1, "A", nik(1), kk(1), "1-7-1985", "Non-DTKS"]], "a", facts={"in_dtks": [False]}),
    _one("kepala_ganda_arti", [["Nomor KK", "DTKS", "Status DTKS"], [kk(1), "ya", "ya"]], "a", said=("alias-ambiguous",)),
)  # fmt: skip
PLACES_AND_DATES = (
    _one("desa_di_kecamatan", [PLACES, [1, kk(1), "Padengo", "Popayato Barat"], [2, kk(2), "PADENGO", "Kec. Dengilo"]],
         "a", "a", facts={"village": ["75.04.13.2003", "75.04.08.2004"]}),
    _one("desa_tanpa_kecamatan", [PLACES[:3], [1, kk(1), "Padengo"]],
         "r village-without-subdistrict", facts={"village": [None]}),
    _one("desa_salah_kecamatan", [PLACES, [1, kk(1), "Teratai", "Paguat"]],
         "r unknown-village", facts={"village": ["75.04.05"]}),
    _one("ejaan_lain", [[*PLACES, "Kabupaten"], [1, kk(1), "Teratai", "Marisa", "Pahuwato"],
         [2, kk(2), "", "", "Gorontalo"]],
         "a", "r ambiguous-region", facts={"village": ["75.04.04.2007", None]}),
    _one("kode_bps", [["Nomor KK", "Kode BPS"], [kk(1), "7503"], [kk(2), "7503010001"]],
         "r bps-region-read", "r bps-region-read", facts={"village": ["75.04", "75.04"]}),
    _one("kode_kemendagri", [["Nomor KK", "Kode Wilayah"], [kk(1), "7503"], [kk(2), "7502070"], [kk(3), "750106"]],
         "a", "r bps-region", "r retired-region", facts={"village": ["75.03", None, None]}),
    _one("daerah_lain", [["Nomor KK", "Kode Wilayah"], [kk(1), "75.04.04"], [kk(2), "75.01"]], "a", "s other-district",
         district="75.04"),
    _cell("tanggal", "surveyed", [date(2020, 3, 12), "12/03/2020", "12 Maret 2020", "3/12/20", "31-02-2020"],
          "a", "a", "a", "r two-digit-year", "r not-a-date"),
    _cell("tanggal_nomor_seri", "surveyed", [43902, 43903], "a", "a", said=("serial-date",)),
    _cell("ya_tidak", "in_dtks", ["YA", "tdk", "x", "mungkin"], "a", "a", "r ambiguous-yes-no", "r not-yes-no"),
    _cell("angka", "income", ["178.150", "Rp 178.150,-", "178,150", "seratus"],
          "a", "a", "r ambiguous-number", "r not-a-number"),
)  # fmt: skip
_LINES = f"No;Nomor KK;Desil\n1;{kk(1)};3\n2;{kk(2)};4\n"
TEXTS = (
    Case("utf16", {}, ("a", "a"), text=_LINES, encoding="utf-16"),
    Case("utf16_tanpa_tanda", {}, ("a", "a"), text=_LINES, encoding="utf-16-le"),
    Case("utf8_tanda", {}, ("a", "a"), text=_LINES, encoding="utf-8-sig"),
    Case("cp1252", {}, ("a", "a"), text=_LINES.replace("No;", "Nó;"), encoding="cp1252", said=("encoding-guessed",)),
    Case("sep_titik_koma", {}, ("a", "a"), text=f"sep=;\n{_LINES}"),
    Case("sep_di_atas_judul", {}, ("a", "a"), text=f"sep=;\nDAFTAR, 2020\n{_LINES}", said=("headers-found",)),
    Case("judul_berkoma", {}, ("a", "a"), text=f"DAFTAR PENERIMA, TAHAP III, 2020\n{_LINES}", said=("headers-found",)),
    Case("tab", {}, ("a", "a"), text=_LINES.replace(";", "\t")),
    Case("baris_pendek", {}, ("a", "r too-few-cells"), text=f"No;Nomor KK;Desil\n1;{kk(1)};3\n2;{kk(2)}\n"),
)
CASES = (*LAYOUTS, *FAMILIES, *NUMBERS, *HEADERS, *PLACES_AND_DATES, *TEXTS)
