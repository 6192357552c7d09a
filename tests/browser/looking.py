"""Looks at a page as axe does, and keeps a picture of it; signs in once, and then comes as who has signed in."""

from __future__ import annotations

from typing import Any, cast

from axe_playwright_python.sync_playwright import Axe
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Page

from tests.browser.conftest import SHOTS, Site

SERIOUS = ("serious", "critical")
KINDS = ("desktop-", "phone-")
SEEN: set[str] = set()
"""Pages that axe has looked at in this run, by name without the width: its marks are the same at any."""


def looked_at(page: Page, name: str) -> None:
    """Fails if axe finds anything serious, or if the page is wider than the screen; keeps a picture."""
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} ({name}) is {wide} pixels wider than the screen"
    plain = name
    for kind in KINDS:
        plain = plain.removeprefix(kind)
    if plain in SEEN:
        return
    SEEN.add(plain)
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    serious = [
        f"{each['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
    assert serious == [], f"{page.url} ({name})"


def signed_in(page: Page, site: Site, name: str) -> None:
    """Signs in by the form, as people do; the second time of an account its session is still there."""
    if name in site.cookies:
        page.context.add_cookies(site.cookies[name])
        page.goto("/")
        return
    page.goto("/masuk")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(site.passwords[name])
    page.locator("form.box button").click()
    page.wait_for_url(site.address + "/")
    found = [each for each in page.context.cookies() if "session" in each.get("name", "")]
    site.cookies[name] = cast("list[SetCookieParam]", found)
