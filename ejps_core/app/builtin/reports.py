"""The reports of the core."""

from __future__ import annotations

from ejps_core.hooks.specs import hookimpl
from ejps_core.model.paper import Document
from ejps_core.reports.catalogue import DOCUMENTS

ejps_api = 1


@hookimpl
def ejps_reports() -> list[Document]:
    """Realisation, targeting, lists of recipients, recaps, letters, the ground check."""
    return list(DOCUMENTS)
