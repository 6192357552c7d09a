"""For the IT: backups that were made and proved, and the settings of the service, to be read."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app.access.rights import Right
from ejps_core.app.backups import backups_on_record
from ejps_core.service.answers import or_refused
from ejps_core.service.guard import Asking, NeedsWhole
from ejps_core.web.pages import page

router = APIRouter()
AUDIT, IT = Depends(NeedsWhole(Right.SEE_AUDIT)), Depends(NeedsWhole(Right.MANAGE_ACCOUNTS))
KINDS = ("data", "keys")
OLD_DAYS = 1
"""A backup that is older than so many days is marked: an assumption, to be confirmed."""
SHOWN = 20


@router.get("/cadangan")
def backups(request: Request, who: Asking = AUDIT) -> Response:
    """When the last backup was made and proved, and what makes one."""
    found = or_refused(backups_on_record(who.options))
    last = {kind: next((each for each in found if each.kind == kind), None) for kind in KINDS}
    proved = {kind: max((each.proved_at for each in found if each.kind == kind and each.proved_at), default=None)
              for kind in KINDS}  # fmt: skip
    late = {kind: each is None or (who.at - each.taken_at).days >= OLD_DAYS for kind, each in last.items()}
    return page(request, who, "backups.html", backups=found[:SHOWN], last=last, proved=proved, late=late, old=OLD_DAYS)


@router.get("/pengaturan")
def settings(request: Request, who: Asking = IT) -> Response:
    """What is set, and where it comes from; secrets are never shown."""
    return page(request, who, "settings.html", settings=who.service.settings.told())
