"""The pages, a group a file with its templates. A new group: a file here, its name in `routers`, a line in `menu.py`."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> tuple[APIRouter, ...]:
    """Each group of pages."""
    from ejps_core.web.routes import (
        account,
        apidocs,
        families,
        home,
        jobs,
        lists,
        oversight,
        programs,
        province,
        runs,
        sign_in,
        uploads,
        users,
    )

    groups = (home, sign_in, account, province, oversight, uploads, lists, runs, families, programs, jobs, users, apidocs)
    return tuple(group.router for group in groups)
