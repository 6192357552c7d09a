"""Looks at a page as axe does, and keeps a picture of it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SHOTS, Site

SERIOUS = ("serious", "critical")


def looked_at(page: Page, name: str) -> None:
    """Fails if axe finds anything serious, or if the page is wider than the screen; keeps a picture."""
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    serious = [
        f"{each['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
    assert serious == [], f"{page.url} ({name})"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} ({name}) is {wide} pixels wider than the screen"


def signed_in(page: Page, site: Site, name: str) -> None:
    """Signs in by the form, as people do."""
    page.goto("/masuk")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(site.passwords[name])
    page.locator("form.box button").click()
    page.wait_for_url(site.address + "/")
