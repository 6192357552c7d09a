"""The pages, a group a file with its templates. A new group: a file here, its name in `routers`, a line in `menu.py`."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> tuple[APIRouter, ...]:
    """Each group of pages."""
    from ejps_core.web.routes import (
        account,
        amendments,
        apidocs,
        complaints,
        decrees,
        delegations,
        deliveries,
        determinations,
        families,
        findings,
        handovers,
        home,
        jobs,
        lists,
        machine,
        matching,
        money,
        objections,
        oidc,
        overlaps,
        oversight,
        programs,
        province,
        public,
        reports,
        runs,
        samples,
        sign_in,
        trying,
        uploads,
        users,
    )

    entry = (home, sign_in, oidc, account)
    of_lists = (uploads, lists, matching, determinations, runs, families)
    of_aid = (amendments, decrees, delegations, deliveries, handovers, objections, findings)
    of_province = (money, province, overlaps, samples, reports, oversight)
    of_rest = (programs, trying, complaints, public, jobs, users, machine, apidocs)
    groups = (*entry, *of_lists, *of_aid, *of_province, *of_rest)
    return tuple(group.router for group in groups)
