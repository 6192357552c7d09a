"""From verdicts to aid in a real browser: draft, approval, signature, lists, a village paid; each page under axe.

The way begins where the list's journey ends: at a run. The operator of the demonstration drafts, its head approves.
"""

from __future__ import annotations

import re

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import Site, opened
from tests.browser.looking import looked_at, signed_in

RUN = "/putusan/3"
"""The demonstration's run of the operator's district."""
SCAN: FilePayload = {"name": "lembar.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 pindaian contoh"}


def test_from_verdicts_to_a_signed_list(chromium: Browser, site: Site) -> None:
    operator, head = opened(chromium, site, 1280), opened(chromium, site, 360)
    signed_in(operator, site, "operator")
    address = _drafted(operator)
    _approved(head, site, address)
    _issued(operator, address)
    _downloaded(operator)
    _delivered(operator, address)
    _looked_over(operator, address)


def _drafted(page: Page) -> str:
    page.goto(RUN)
    page.get_by_role("link", name="Susun keputusan").click()
    looked_at(page, "keputusan-susun")
    page.get_by_role("button", name="Susun konsep").click()
    page.wait_for_url(re.compile(r"/keputusan/\d+"))
    looked_at(page, "keputusan-konsep")
    expect(page.get_by_role("button", name="Setujui", exact=True)).to_have_count(0)
    page.get_by_role("button", name="kirim untuk disetujui").click()
    expect(page.locator(".note.good")).to_contain_text("diperiksa")
    return page.url.split("?")[0]


def _approved(page: Page, site: Site, address: str) -> None:
    signed_in(page, site, "kepala")
    looked_at(page, "phone-kepala-menunggu")
    page.get_by_role("link", name=re.compile("Setujui atau kembalikan")).first.click()
    expect(page).to_have_url(address)
    looked_at(page, "phone-keputusan-setujui")
    page.get_by_role("button", name="Setujui", exact=True).click()
    expect(page.locator(".note.good")).to_contain_text("disetujui")


def _issued(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[name=number]").fill("188.4/91/2020")
    page.locator("[name=day]").fill("2020-10-20")
    page.locator("[name=signatory]").fill("Hamim Contoh")
    page.locator("[name=scan]").set_input_files(SCAN)
    looked_at(page, "keputusan-tetapkan")
    page.get_by_role("button", name="Catat penetapan").click()
    expect(page.locator(".lead").first).to_contain_text("188.4/91/2020")
    looked_at(page, "keputusan-ditetapkan")


def _downloaded(page: Page) -> None:
    address = page.url
    for report, form in (("lampiran-sk", "pdf"), ("bnba", "xlsx")):
        page.goto(address)
        page.locator("[name=report]").select_option(report)
        page.locator("[name=form]").select_option(form)
        page.get_by_role("button", name="Unduh").click()
        with page.expect_download() as waited:
            page.get_by_role("link", name="Simpan berkas").click()
        assert waited.value.suggested_filename.startswith(report)
    page.goto(address)


def _delivered(page: Page, address: str) -> None:
    page.goto(f"{address}/penyaluran")
    looked_at(page, "penyaluran-tahap")
    page.locator("tbody th a").first.click()
    page.locator("[name=document]").fill("BA 91/2020")
    page.locator("[name=day]").fill("2020-10-26")
    page.locator("[name=sheet]").set_input_files(SCAN)
    first = page.locator("input[name^='tidak:']").first
    first.fill("tidak di rumah")
    looked_at(page, "penyaluran-desa")
    page.get_by_role("button", name=re.compile("semua diterima")).click()
    expect(page.locator(".note.good")).to_contain_text("gagal 1")
    looked_at(page, "penyaluran-tercatat")


def _looked_over(page: Page, address: str) -> None:
    page.goto(f"{address}/penyaluran")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name=re.compile("Satu keluarga")).first.click()
    looked_at(page, "penyaluran-keluarga")
    for path, name in ((f"{address}/perubahan", "perubahan"), ("/keberatan", "keberatan"), ("/temuan", "temuan")):
        page.goto(path)
        looked_at(page, f"aid-{name}")
    page.goto("/bahasa/en?ke=/keputusan")
    expect(page.locator("h1")).to_have_text("Decrees")
    page.set_viewport_size({"width": 360, "height": 800})
    for path, name in (("/keputusan", "decrees"), (address.removeprefix("http://").partition("/")[2], "decree")):
        page.goto("/" + path.lstrip("/"))
        looked_at(page, f"phone-english-{name}")
