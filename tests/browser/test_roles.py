"""Each role's journey in a real browser, on a desktop in Indonesian: its own pages, each under axe, and what it may do."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, opened
from tests.browser.looking import looked_at, signed_in

PAGES: dict[str, tuple[str, ...]] = {
    "operator": (
        "/", "/daftar", "/daftar/3", "/daftar/3?baris=set_apart", "/putusan", "/putusan/3", "/program",
        "/program/jps_food_aid", "/pekerjaan", "/akun", "/akun/faktor-kedua", "/api/docs", "/keuangan", "/laporan",
        "/laporan/bnba", "/pemadanan", "/penunjukan", "/libur", "/daftar/3/ketetapan", "/keputusan/3/bast", "/daftar/99",
    ),
    "kepala": ("/", "/keputusan", "/laporan/surat"),
    "verifikator": ("/", "/pemadanan", "/daftar/1/ketetapan", "/putusan/1?putusan=undetermined"),
    "provinsi": ("/", "/provinsi/tumpang-tindih", "/uji-petik", "/uji-petik/1", "/laporan/sasaran", "/keputusan/1/bast"),
    "pimpinan": ("/", "/provinsi", "/provinsi/sasaran", "/laporan/realisasi"),
    "perancang": ("/", "/program", "/program/pkh_topup"),
    "ti-provinsi": ("/", "/pengguna", "/register", "/penerapan", "/audit", "/cadangan", "/pengaturan", "/libur"),
    "pemeriksa": ("/", "/audit", "/uji-petik/1/jejak", "/temuan"),
    "pelindungan": ("/", "/audit"),
    "pengaduan": ("/", "/putusan", "/putusan/1"),
}  # fmt: skip


def test_every_role_opens_its_pages(chromium: Browser, site: Site) -> None:
    assert set(PAGES) == set(site.passwords)
    for name, paths in PAGES.items():
        page = opened(chromium, site, 1280)
        signed_in(page, site, name)
        menu = set(page.locator(".menu a").evaluate_all("links => links.map(link => link.getAttribute('href'))"))
        assert not menu & {"/putusan", "/daftar"} or name not in ("ti-provinsi", "perancang", "pelindungan")
        for path in paths:
            page.goto(path)
            looked_at(page, f"desktop-{'beranda-' + name if path == '/' else re.sub('[^a-z0-9-]+', '-', path[1:])}")
        page.context.close()


def test_the_it_the_auditor_and_the_verifier_do_their_work(chromium: Browser, site: Site) -> None:
    _it(opened(chromium, site, 1280), site)
    _auditor(opened(chromium, site, 1280), site)
    page = opened(chromium, site, 1280)
    signed_in(page, site, "verifikator")
    page.goto("/daftar/1/ketetapan")
    page.locator("[name=kk]").fill("7501010101209999")
    page.locator("[name=fact]").select_option("keluarga_mampu")
    for name, text in (("value", "ya"), ("document", "SPTJM 1/2020"), ("why", "kunjungan rumah")):
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="Catat ketetapan").click()
    expect(page.locator(".note.bad")).to_contain_text("tidak dicatat")


def _it(page: Page, site: Site) -> None:
    """A program is laid aside in a district, with the reason; a holiday goes on record."""
    signed_in(page, site, "ti-provinsi")
    page.goto("/penerapan")
    page.locator("summary.button").click()
    page.locator("[name=program]").select_option("jps_food_aid")
    page.locator("[name=district]").select_option("75.02")
    page.locator("[name=state]").select_option("quarantined")
    page.locator("form.box [name=from]").fill("2021-01-01")
    page.locator("[name=why]").fill("menunggu anggaran (buatan)")
    page.locator("form.box button").click()
    expect(page.locator("tbody").last).to_contain_text("menunggu anggaran (buatan)")
    page.goto("/libur")
    for name, text in (("day", "2020-10-29"), ("name", "Cuti bersama"), ("document", "kalender (buatan)")):
        page.locator(f"section [name={name}]").fill(text)
    page.locator("section form button").click()
    expect(page.locator("tbody")).to_contain_text("29 Oktober 2020")


def _auditor(page: Page, site: Site) -> None:
    """The log is whole, a run comes out the same, a sample is drawn and traced to the receipt."""
    signed_in(page, site, "pemeriksa")
    page.goto("/audit")
    page.locator(".head .button").click()
    expect(page.locator(".note.good")).to_contain_text("Utuh")
    looked_at(page, "desktop-audit-utuh")
    page.goto("/putusan/2")
    page.get_by_role("button", name="Nilai ulang").click()
    expect(page.locator(".note.good")).to_contain_text("Sama")
    looked_at(page, "desktop-nilai-ulang")
    page.goto("/uji-petik")
    page.locator("[name=run]").select_option("2")
    page.locator("[name=size]").fill("6")
    page.locator("[name=seed]").fill("undian pemeriksa")
    page.get_by_role("button", name="Undi", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Sampel 2")
    page.locator("select[name='hasil:1']").select_option("ya")
    page.get_by_role("button", name="Simpan hasil").click()
    expect(page.locator(".note.good")).to_contain_text("1 hasil tercatat")
    page.get_by_role("link", name="Telusuri tiap keluarga").click()
    expect(page.locator("tbody")).to_contain_text("2/SK/2020 (buatan)")
