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
        deliveries,
        families,
        findings,
        home,
        jobs,
        lists,
        objections,
        oidc,
        oversight,
        programs,
        province,
        public,
        runs,
        sign_in,
        trying,
        uploads,
        users,
    )

    of_lists = (uploads, lists, runs, families)
    of_aid = (amendments, decrees, deliveries, objections, findings, province, oversight)
    entry = (home, sign_in, oidc, account)
    groups = (*entry, *of_lists, *of_aid, programs, trying, complaints, public, jobs, users, apidocs)
    return tuple(group.router for group in groups)
