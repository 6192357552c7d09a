"""Pages: what each weighs over the wire, and how long people wait for one while a hundred look around."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from random import Random
from time import perf_counter

from tests.load.bounds import Measured, waits
from tests.load.people import Person
from tests.load.served import Served
from tests.load.wire import Answer, Line

FIRST, EACH = 40.0, 100.0
"""Kilobytes over the wire, with all that the page loads."""
THINKING = 5.0
LINK = re.compile(r'href="(/[^"#]*)"')
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
NOT_FOLLOWED = ("/bahasa/", "/static/", "/api/")
A_KIND, ALL = 3, 250
"""So many pages of one kind are looked at, and so many in all, by each person."""


@dataclass(frozen=True, slots=True)
class Site:
    """The pages that somebody can come to, with the kilobytes of each when nothing is kept in the browser."""

    person: Person
    weights: dict[str, float]


async def first_page(served: Served) -> Measured:
    """What somebody loads who comes for the first time."""
    async with Line(served.host, served.port) as line:
        answer = await line.get("/masuk")
        return Measured("first page (signing in), with all it loads", await _weight(line, answer, {}), "KB", FIRST)


async def walked(served: Served, person: Person) -> Site:
    """Follows every link from the first page on, a few of each kind."""
    weights: dict[str, float] = {}
    kept: dict[str, float] = {}
    seen: dict[str, int] = {}
    left, known = ["/"], {"/"}
    async with Line(served.host, served.port, person.as_browser) as line:
        while left and len(weights) < ALL:
            path = left.pop(0)
            kind = re.sub(r"\d+|=[^&]*|/[pjut][0-9a-z]{15}", "N", path)
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] > A_KIND:
                continue
            answer = await line.get(path)
            if answer.status != 200 or not answer.is_page:
                continue
            weights[path] = await _weight(line, answer, kept)
            found = [unescape(each) for each in LINK.findall(answer.text)]
            fresh = [each for each in dict.fromkeys(found) if each not in known and not each.startswith(NOT_FOLLOWED)]
            known.update(fresh)
            left += fresh
    return Site(person, weights)


async def _weight(line: Line, page: Answer, kept: dict[str, float]) -> float:
    """The kilobytes of a page with what it loads."""
    whole = page.wire / 1000
    for path in dict.fromkeys(LOADED.findall(page.text)):
        if path not in kept:
            kept[path] = (await line.get(path)).wire / 1000
        whole += kept[path]
    return whole


def heaviest(sites: Sequence[Site]) -> tuple[Measured, str]:
    """The heaviest page of all, and which it is."""
    weight, path = max((weight, path) for site in sites for path, weight in site.weights.items())
    count = len({path for site in sites for path in site.weights})
    return Measured(f"heaviest of {count} pages, with all it loads", weight, "KB", EACH), path


class Looking:
    """People who look around until they are told to stop. wrong: answers that were none."""

    def __init__(self, served: Served, sites: Sequence[Site], people: Sequence[Person]) -> None:
        self.served, self.sites, self.people, self.ended = served, sites, people, False
        self.seconds: list[float] = []
        self.slowest: tuple[float, str] = (0.0, "")
        self.wrong: list[str] = []

    def stop(self) -> None:
        """Nobody asks for another page."""
        self.ended = True

    async def all(self, seconds: float) -> None:
        """So long, or until `ended`."""
        pages = {site.person.role: sorted(site.weights) for site in self.sites}
        await asyncio.gather(
            *(self._one(place, each, pages[each.role], perf_counter() + seconds) for place, each in enumerate(self.people))
        )

    async def _one(self, place: int, person: Person, pages: list[str], until: float) -> None:
        random = Random(place)
        await asyncio.sleep(THINKING * place / len(self.people))
        async with Line(self.served.host, self.served.port, person.as_browser) as line:
            while perf_counter() < until and not self.ended:
                path, due = random.choice(pages), perf_counter() + THINKING
                answer = await line.get(path)
                self.seconds.append(answer.seconds)
                self.slowest = max(self.slowest, (answer.seconds, path))
                if answer.status >= 500 or answer.status == 429:
                    self.wrong.append(f"{answer.status} {path}")
                while (left := due - perf_counter()) > 0 and not self.ended:
                    await asyncio.sleep(min(left, 0.5))

    def figures(self, name: str, most: dict[float, float]) -> list[Measured]:
        """How long they waited."""
        return [*waits(name, self.seconds, most), Measured(f"{name}, errors", len(self.wrong), "", 0)]
