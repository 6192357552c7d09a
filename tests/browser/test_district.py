"""A district's first journey in a real browser: from a messy list to the reasons of one family; each page under axe."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, opened
from tests.browser.looking import looked_at, signed_in
from tests.service.office import MESSY


@dataclass(frozen=True, slots=True)
class Way:
    """How the journey is made. kind: of the pictures' names. serial: so that each journey has a list of its own."""

    kind: str
    width: int
    english: bool
    serial: str


def site_of(request: pytest.FixtureRequest, way: Way) -> Site:
    """The service of a journey: SQLite in Indonesian at a desk, PostgreSQL in English on a telephone."""
    found: Site = request.getfixturevalue("site_on_postgresql" if way.english else "site")
    return found


WAYS = (Way("desktop", 1280, False, "91"), Way("phone", 360, True, "92"))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.kind)
def test_from_a_messy_list_to_one_familys_reasons(chromium: Browser, request: pytest.FixtureRequest, way: Way) -> None:
    site = site_of(request, way)
    page = opened(chromium, site, way.width)
    page.goto("/daftar")
    expect(page).to_have_url(re.compile("/masuk"))
    looked_at(page, f"{way.kind}-masuk")
    signed_in(page, site, "operator")
    if way.english:
        page.get_by_role("link", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    looked_at(page, f"{way.kind}-beranda")
    _upload(page, way)
    _mend(page, way)
    _decide(page, way)
    _look_at_a_family(page, way)
    page.get_by_role("button", name="Sign out" if way.english else "Keluar").click()
    expect(page).to_have_url(re.compile("/masuk"))
    site.cookies.pop("operator")


def _upload(page: Page, way: Way) -> None:
    page.goto("/unggahan/baru")
    looked_at(page, f"{way.kind}-unggah")
    # Each journey has families of its own, so that it meets no list of another.
    content = re.sub(r"(7503\d{8})90(\d\d)", rf"\g<1>{way.serial}\g<2>", MESSY)
    content = content.replace("\nNo,", f"\nUrut {way.serial},")  # lists of one shape are asked about once
    page.locator("[name=file]").set_input_files(
        {"name": f"usulan-{way.kind}.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.locator("main form button").click()
    page.wait_for_selector("select[name='field:0']")
    looked_at(page, f"{way.kind}-kolom")
    meaning = page.get_by_label("Meaning of the column Nomor KK" if way.english else "Arti kolom Nomor KK")
    expect(meaning).to_have_value("family:kk")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/daftar/\d+"))
    expect(page.locator(".tiles")).to_contain_text("4")
    looked_at(page, f"{way.kind}-baris")


def _mend(page: Page, way: Way) -> None:
    page.locator(".head .second").click()
    looked_at(page, f"{way.kind}-perbaiki")
    cell = page.get_by_label("NIK", exact=True)
    expect(cell).to_have_value(re.compile("E\\+15"))
    cell.fill(f"7503014107859{way.serial}3"[:16])
    page.locator(".sticky button").click()
    page.wait_for_url(re.compile(r"/daftar/\d+\?diperbaiki=1"))
    expect(page.locator(".note.good").first).to_contain_text("2")
    expect(page.locator(".tiles li.bad")).to_contain_text("0")


def _decide(page: Page, way: Way) -> None:
    page.locator(".head .button").first.click()
    page.locator("[name=on]").fill("2020-07-15")
    looked_at(page, f"{way.kind}-nilai")
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/putusan/\d+"))
    looked_at(page, f"{way.kind}-putusan")
    expect(page.locator("#hasil tbody tr")).to_have_count(4)
    page.locator(".tiles li.open a").click()
    expect(page.locator("#hasil tbody tr .badge.open").first).to_be_visible()
    page.locator("section", has_text="What settles" if way.english else "Yang paling").locator("tbody a").first.click()
    expect(page).to_have_url(re.compile("data="))


def _look_at_a_family(page: Page, way: Way) -> None:
    page.locator("#hasil tbody th a").first.click()
    expect(page.locator("h1")).to_contain_text("row" if way.english else "baris")
    looked_at(page, f"{way.kind}-keluarga")
    expect(page.locator("main")).not_to_contain_text("Ahmad Rahasia")
    expect(page.locator("main")).to_contain_text("••••••••••••")
    page.locator("summary", has_text="Open names" if way.english else "Buka nama").click()
    page.locator("form[action$='/buka'] [name=why]").fill("kunjungan rumah")
    page.locator("form[action$='/buka'] button").click()
    expect(page.locator("main")).to_contain_text("Rahasia")
    looked_at(page, f"{way.kind}-keluarga-terbuka")


def test_pages_work_without_a_script(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=site.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    signed_in(page, site, "operator")
    page.goto("/daftar/3")
    page.locator(".chips a").first.click()
    expect(page).to_have_url(re.compile("kode="))
    page.goto("/daftar/3/nilai")
    page.locator("[name=on]").fill("2020-10-16")
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/pekerjaan/|/putusan/"))
    for _ in range(60):
        if "/putusan/" in page.url:
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page).to_have_url(re.compile("/putusan/"))
    context.close()


def test_the_first_page_is_small(chromium: Browser, site: Site) -> None:
    page = chromium.new_context(base_url=site.address).new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/masuk", wait_until="networkidle")
    assert 1_000 < sum(sizes) <= 40 * 1024
    sizes.clear()
    signed_in(page, site, "operator")
    for path in ("/putusan/3", "/daftar/3"):
        page.goto(path, wait_until="networkidle")
        assert sum(sizes) <= 100 * 1024
        sizes.clear()
