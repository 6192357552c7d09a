"""A family's letter, its code, and a complaint, from the officer's desk to the kitchen table; programs on the way."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, opened
from tests.browser.looking import looked_at, signed_in


def test_programs_a_letter_and_a_complaint(chromium: Browser, site: Site) -> None:
    desk = opened(chromium, site, 1280)
    signed_in(desk, site, "operator")
    _programs(desk)
    _family(desk)
    receipt = _anybody(opened(chromium, site, 360, 780))
    officer = opened(chromium, site, 1280)
    signed_in(officer, site, "pengaduan")
    officer.goto("/pengaduan")
    looked_at(officer, "pengaduan")
    officer.locator("tbody th a").last.click()
    officer.get_by_label("dijawab").check()
    officer.locator("textarea[name=words]").fill("Beras diganti pada 20 Oktober 2020 (buatan).")
    looked_at(officer, "pengaduan-satu")
    officer.get_by_role("button", name="Catat jawaban").click()
    expect(officer.locator(".big .badge")).to_contain_text("dijawab")
    home = opened(chromium, site, 360, 780)
    home.goto("/publik/status")
    home.locator("[name=code]").fill(receipt.lower())
    home.get_by_role("button", name="Lihat status").click()
    expect(home.locator("section.box")).to_contain_text("Beras diganti pada 20 Oktober")
    looked_at(home, "publik-status-pengaduan")


def _programs(page: Page) -> None:
    """Rules beside their meaning, in both surfaces; a family tried, with a member more."""
    page.goto("/program")
    looked_at(page, "program-semua")
    page.locator("tbody th a").first.click()
    expect(page.locator(".beside").nth(4)).to_be_visible()
    looked_at(page, "program")
    page.get_by_role("navigation").get_by_role("link", name="Contoh").click()
    page.goto("/program/jps_food_aid?teks=en")
    expect(page.locator(".rows .k").filter(has_text="refuse").first).to_be_visible()
    page.goto("/program/jps_food_aid/coba")
    page.get_by_role("button", name="Tambah anggota").click()
    expect(page.locator("fieldset.box")).to_have_count(4)
    for name in (
        "menerima_pkh",
        "menerima_bpnt",
        "menerima_bst",
        "menerima_blt_dd",
        "bantuan_pangan_lain",
        "keluarga_mampu",
    ):
        page.locator(f"[name='f.{name}']").select_option("tidak")
    page.locator("[name='f.terdaftar_dtks']").select_option("ya")
    page.locator("[name='f.status_kepala']").select_option("aktif")
    page.locator("[name='f.alamat']").fill("75.01")
    page.locator("[name='m1.pegawai_negara']").select_option("ya")
    page.locator("button[name=do][value=putuskan]").last.click()
    expect(page.locator("#hasil .big")).to_contain_text("tidak memenuhi syarat")
    expect(page.locator("[name='m1.pegawai_negara']")).to_have_value("ya")
    looked_at(page, "coba")


def _family(page: Page) -> None:
    """The letter of a family is downloaded from its page."""
    page.goto("/putusan")
    page.locator("tbody th a").first.click()
    page.locator("a[href*='/keluarga/']").first.click()
    looked_at(page, "keluarga-surat")
    page.locator("form[action$='/surat'] [name=why]").fill("dikirim kepada keluarga (buatan)")
    with page.expect_download() as letter:
        page.get_by_role("button", name="Unduh surat").click()
    assert letter.value.path().read_bytes().startswith(b"%PDF")


def _anybody(page: Page) -> str:
    """The pages for anybody on a telephone; the code of a complaint's receipt."""
    for path in ("", "/program/jps_food_aid", "/penerima"):
        page.goto(f"/publik{path}")
        looked_at(page, "publik" + path.replace("/", "-"))
    expect(page.locator("tbody")).to_contain_text("Semua")
    page.goto("/publik/status")
    page.locator("[name=code]").fill("ABCD-EFGH-JKMN-PQRS")
    page.get_by_role("button", name="Lihat status").click()
    expect(page.get_by_role("alert")).to_contain_text("tidak dikenal")
    looked_at(page, "publik-status")
    page.get_by_role("link", name="Pengaduan", exact=True).click()
    page.locator("[name=district]").select_option("75.03")
    page.locator("[name=words]").fill("Beras yang diterima basah (buatan).")
    looked_at(page, "publik-pengaduan")
    page.get_by_role("button", name="Kirim pengaduan").click()
    code = page.locator(".code-big").inner_text()
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    looked_at(page, "publik-tanda-terima")
    return code
