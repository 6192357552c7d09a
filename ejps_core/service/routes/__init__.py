"""The routes of the service, a group a file. A new group is a new file here, and its name in `routers`."""

from __future__ import annotations

from fastapi import APIRouter


def routers(api: str) -> tuple[tuple[APIRouter, str], ...]:
    """Each group with the path that it begins with."""
    from ejps_core.service.routes import (
        account,
        accounts,
        appeals,
        complaints,
        decide,
        decrees,
        deliveries,
        families,
        health,
        jobs,
        lists,
        programs,
        province,
        public,
        runs,
        session,
        uploads,
    )

    of_lists = (uploads, lists, runs, families)
    of_aid = (decrees, deliveries, appeals, province)
    of_api = (session, account, accounts, programs, decide, *of_lists, *of_aid, complaints, public, jobs)
    return ((health.router, ""), *((group.router, api) for group in of_api))
