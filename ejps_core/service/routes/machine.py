"""For the IT: the backups that were made and proved, and the settings of the service with where each comes from."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from ejps_core.app.access.rights import Right
from ejps_core.app.backups import backups_on_record
from ejps_core.service.answers import or_refused, plain
from ejps_core.service.guard import Asking, NeedsWhole

router = APIRouter(tags=["machine"])
AUDIT, IT = Depends(NeedsWhole(Right.SEE_AUDIT)), Depends(NeedsWhole(Right.MANAGE_ACCOUNTS))


@router.get("/backups")
def backups(who: Asking = AUDIT) -> dict[str, Any]:
    """The backups of data and of keys, the newest first, and when each was last found whole."""
    return {"items": plain(or_refused(backups_on_record(who.options)))}


@router.get("/settings")
def settings(who: Asking = IT) -> dict[str, Any]:
    """What is set, and where it comes from; secrets are never told."""
    return {"items": plain(who.service.settings.told())}
