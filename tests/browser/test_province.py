"""The province's, the IT's and the auditor's journeys in a real browser; each page under axe, on a desktop and a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.browser.looking import looked_at, signed_in
from tests.browser.test_district import WAYS, Way, site_of


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.kind)
def test_the_province_from_the_figure_to_the_rows(chromium: Browser, request: pytest.FixtureRequest, way: Way) -> None:
    site = site_of(request, way)
    page = opened(chromium, site, way.width)
    signed_in(page, site, "provinsi")
    if way.english:
        page.get_by_role("link", name="English").click()
    page.goto("/provinsi?posisi=1")
    looked_at(page, f"{way.kind}-provinsi")
    tiles = page.locator(".tiles")
    for figure in ("17.116.295.700", "15.472.327.500", "1.643.968.200"):
        expect(tiles).to_contain_text(figure.replace(".", ",") if way.english else figure)
    expect(tiles).to_contain_text("90.40%" if way.english else "90,40%")
    page.locator("table tbody th a").first.click()
    looked_at(page, f"{way.kind}-provinsi-rincian")
    expect(page.locator("tbody tr")).not_to_have_count(0)
    _positions(page, way)
    page.goto("/provinsi/sasaran")
    looked_at(page, f"{way.kind}-sasaran")
    expect(page.locator(".tiles").first).to_contain_text("%")
    page.locator("tbody a").first.click()
    expect(page).to_have_url(re.compile(r"/putusan/\d+"))
    page.goto("/provinsi/mutu")
    looked_at(page, f"{way.kind}-mutu")
    page.locator("tbody a[href*=set_apart]").first.click()
    expect(page).to_have_url(re.compile("baris=set_apart"))


def _positions(page: Page, way: Way) -> None:
    """A frozen position says what changed since, and another one is frozen."""
    page.goto("/provinsi/posisi/1")
    looked_at(page, f"{way.kind}-posisi")
    expect(page.locator(".note.good")).to_contain_text("SHA-256")
    expect(page.locator("tbody")).to_contain_text("Pohuwato")
    with page.expect_download() as report:
        page.locator("a[href$='laporan.pdf']").click()
    assert report.value.path().read_bytes().startswith(b"%PDF")
    page.goto("/provinsi/posisi")
    looked_at(page, f"{way.kind}-posisi-semua")
    page.locator("[name=at]").fill(f"2020-10-1{way.serial[-1]}T08:00")
    page.locator("[name=why]").fill("rapat koordinasi")
    page.locator("form.box button, section.box button").click()
    expect(page).to_have_url(re.compile(r"/provinsi/posisi/\d+"))
    expect(page.locator("h1")).to_contain_text("20")
