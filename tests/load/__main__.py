"""`make load`: the service under load on this machine; how fast, how heavy, how much memory. It needs Linux.

Five minutes; --long: with twenty minutes of everything mixed, for the memory. --postgresql: the store is in a PostgreSQL of
its own, not in SQLite. --only NAME: one part (pages, decide, list, crowd). --quick: a few seconds each, to try the tool.
--page: the last figures go into docs/performance.md. They are in build/load.json; exit code 1: a bound was missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from ejps_core.store.acts import Role
from tests.house.sources import ROOT
from tests.load import deciding, page, pages, sending
from tests.load.bounds import Measured, table
from tests.load.people import BROWSING, Person, crowd
from tests.load.served import BUILD, Served, copied, in_postgresql, served

USERS = 100
GROWN = 10.0
"""By how many percent memory may have grown after everything was once in use."""
LONG_SECONDS = 20 * 60.0


@dataclass(frozen=True, slots=True)
class Here:
    """The service, who uses it, and how long each part lasts."""

    service: Served
    browsers: tuple[Person, ...]
    senders: tuple[Person, ...]
    seconds: float
    sites: tuple[pages.Site, ...]


async def _pages(here: Here) -> list[Measured]:
    looking = pages.Looking(here.service, here.sites, here.browsers)
    await looking.all(here.seconds * 2)
    print(f"  slowest page: {looking.slowest[1]}", flush=True)
    return looking.figures(f"{USERS} people, a page every {pages.THINKING:g} s", {0.95: 200.0})


async def _decide(here: Here) -> list[Measured]:
    return await deciding.decided(here.service, here.browsers[0], here.seconds)


async def _list(here: Here) -> list[Measured]:
    return await sending.one_by_pages(here.service, here.senders[0])


async def _crowd(here: Here) -> list[Measured]:
    looking = pages.Looking(here.service, here.sites, here.browsers)
    around = asyncio.create_task(looking.all(sending.LONGEST))
    try:
        found = await sending.many_at_once(here.service, here.senders)
    finally:
        looking.stop()
        await around
    print(f"  slowest page: {looking.slowest[1]}", flush=True)
    return [*found, *looking.figures("pages meanwhile", {1.0: 1000.0})]


PARTS: dict[str, Callable[[Here], Awaitable[list[Measured]]]] = {
    "pages": _pages, "decide": _decide, "list": _list, "crowd": _crowd,
}  # fmt: skip


async def _weighed(service: Served, browsers: Sequence[Person]) -> tuple[tuple[pages.Site, ...], list[Measured]]:
    by_role = {each.role: each for each in browsers}
    sites = tuple([await pages.walked(service, each) for each in by_role.values()])
    heaviest, path = pages.heaviest(sites)
    print(f"  heaviest page: {path}", flush=True)
    return sites, [await pages.first_page(service), heaviest]


async def _mixed(here: Here, seconds: float) -> None:
    """Pages and decisions at once."""
    looking = pages.Looking(here.service, here.sites, here.browsers)
    await asyncio.gather(looking.all(seconds), deciding.decided(here.service, here.browsers[0], seconds, paced=0.1))


async def _measured(service: Served, args: argparse.Namespace) -> list[Measured]:
    browsers = crowd(service.options, BROWSING, USERS, "lihat")
    senders = crowd(service.options, (Role.DISTRICT,), sending.MANY_LISTS, "kirim")
    seconds = 5.0 if args.quick else 20.0
    print("pages, what each weighs", flush=True)
    sites, figures = await _weighed(service, browsers)
    here = Here(service, browsers, senders, seconds, sites)
    await _mixed(here, seconds / 2)  # everything was once in use
    for name, part in PARTS.items():
        if args.only in (None, name):
            print(name, flush=True)
            figures += await part(here)
    figures += await _memory(here, LONG_SECONDS if args.long else seconds * 2)
    return figures


async def _memory(here: Here, seconds: float) -> list[Measured]:
    print(f"memory, over {seconds:g} s", flush=True)
    await _mixed(here, min(seconds, 10.0))
    before = here.service.megabytes()
    await _mixed(here, seconds)
    after = here.service.megabytes()
    name = f"memory of all {len(here.service.pids())} processes"
    return [
        Measured(f"{name}, before", before, "MiB"),
        Measured(f"{name}, after {seconds:g} s", after, "MiB"),
        Measured("memory grown by", max(0.0, (after - before) / before * 100), "%", GROWN),
    ]


def main() -> int:
    """Measures; 1 if a bound was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=sorted(PARTS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--page", action="store_true")
    args = parser.parse_args()
    if args.page:
        page.rewrite()
        return 0
    BUILD.mkdir(parents=True, exist_ok=True)
    before = os.getloadavg()
    stored = in_postgresql() if args.postgresql else copied()
    with stored as options, served(options, args.processes, args.workers) as service:
        figures = asyncio.run(_measured(service, args))
    told = {
        "command": " ".join(["python -m tests.load", *sys.argv[1:]]), "processes": args.processes, "workers": args.workers,
        "store": "PostgreSQL" if args.postgresql else "SQLite",
        "load_average": before[0],
    }  # fmt: skip
    kept = page.keep(figures, told)
    print(f"\n{table(figures)}\n\nload average before: {before[0]:.2f}; kept in {kept.relative_to(ROOT)}")
    return 0 if all(each.held for each in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
