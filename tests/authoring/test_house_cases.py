"""Houses by other measures than the program's own: 8 and 9 square metres a person, and BSPS in 2021."""

from __future__ import annotations

from pathlib import Path

import pytest

from ejps_core.authoring.examples import failures
from ejps_core.dsl import compile_text
from ejps_core.model.rendering import render
from ejps_core.model.words import Language

PROGRAM = Path(__file__).parents[2] / "plugins" / "rtlh_housing" / "ejps_rtlh_housing" / "program.ejps"

EIGHT = """ejps 1 id
ketentuan delapan_meter "8 meter persegi per orang" mengubah rtlh_housing
    dasar hukum "asumsi: contoh"

ubah luas_minimum = 8,0 karena "asumsi: contoh"

# 44 / 5 = 8,8
contoh "44 meter persegi untuk 5 orang: layak pada 8"
    keluarga luas_lantai = 44
    pada 2021-07-01
    maka tidak memenuhi syarat karena rumah_layak, sempit = tidak

# 5 x 8 = 40
contoh "40 meter persegi: tepat 8"
    keluarga luas_lantai = 40
    pada 2021-07-01
    maka tidak memenuhi syarat karena rumah_layak, sempit = tidak

contoh "39,99 meter persegi: di bawah 8"
    keluarga luas_lantai = 39,99
    pada 2021-07-01
    maka memenuhi syarat, sempit = ya
"""

NINE = """ejps 1 id
ketentuan sembilan_meter "9 meter persegi per orang" mengubah rtlh_housing
    dasar hukum "asumsi: contoh"

ubah luas_minimum = 9,0 karena "asumsi: contoh"

contoh "44 meter persegi untuk 5 orang: 8,8 di bawah 9"
    keluarga luas_lantai = 44
    pada 2021-07-01
    maka memenuhi syarat, sempit = ya

# 5 x 9 = 45
contoh "45 meter persegi: tepat 9"
    keluarga luas_lantai = 45
    pada 2021-07-01
    maka tidak memenuhi syarat karena rumah_layak, sempit = tidak
"""

BSPS = """ejps 1 id
ketentuan bsps_2021 "BSPS 2021" mengubah rtlh_housing
    berlaku 2021-01-01 sampai 2022-12-31
    dasar hukum "Permen PUPR 07/PRT/M/2018"

syarat penghasilan_di_atas_ump "Penghasilan paling banyak UMP"
    penghasilan <= ump

ganti gugur bila pernah_dibantu "Dibantu dalam 10 tahun" karena "larangan 10 tahun"
    bantuan_sebelumnya dan bantuan_terakhir > tanggal penetapan - 10 tahun

# Upah minimum 2021 sama dengan 2020.
contoh "penghasilan tepat UMP"
    keluarga penghasilan = Rp2.788.826 per bulan
    pada 2021-07-01
    maka memenuhi syarat

contoh "penghasilan serupiah di atas UMP"
    keluarga penghasilan = Rp2.788.827 per bulan
    pada 2021-07-01
    maka tidak memenuhi syarat karena penghasilan_di_atas_ump

contoh "dibantu 2012, diusulkan 2021: 9 tahun"
    keluarga bantuan_sebelumnya = ya, bantuan_terakhir = 2012-07-01
    pada 2021-07-01
    maka tidak memenuhi syarat karena pernah_dibantu

contoh "dibantu 2012, diusulkan 2022: genap 10 tahun"
    keluarga bantuan_sebelumnya = ya, bantuan_terakhir = 2012-07-01
    pada 2022-07-01
    maka memenuhi syarat
"""


@pytest.mark.parametrize("text", [EIGHT, NINE, BSPS], ids=["eight", "nine", "bsps"])
def test_the_cases_come_out(text: str) -> None:
    program = PROGRAM.read_text(encoding="utf-8")
    ruleset, found = compile_text(text, "cases.ejps", {"rtlh_housing": (program, str(PROGRAM))}.get)
    assert ruleset is not None, found
    wrong = failures(ruleset)
    assert wrong == (), render(wrong, {"cases.ejps": text}, Language.EN)
