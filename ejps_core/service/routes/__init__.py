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
        delegations,
        deliveries,
        determinations,
        families,
        handovers,
        health,
        jobs,
        lists,
        machine,
        matching,
        money,
        overlaps,
        programs,
        province,
        public,
        reports,
        runs,
        samples,
        session,
        uploads,
    )

    of_lists = (uploads, lists, matching, determinations, runs, families)
    of_aid = (decrees, delegations, deliveries, handovers, appeals, money, province, overlaps, samples, reports)
    of_rest = (complaints, public, jobs, machine)
    of_api = (session, account, accounts, programs, decide, *of_lists, *of_aid, *of_rest)
    return ((health.router, ""), *((group.router, api) for group in of_api))
