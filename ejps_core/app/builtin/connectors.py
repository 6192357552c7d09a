"""The way of asking an online registry that the core knows. What asks is loaded when somebody is asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ejps_core.hooks.specs import hookimpl
from ejps_core.model.declared import Connector
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.model.asking import Line
    from ejps_core.model.diagnostic import Diagnostic

ejps_api = 1


def _http_json(settings: Path) -> Line | Diagnostic:
    from ejps_core.registry.online.http_json import open_line

    return open_line(settings)


@hookimpl
def ejps_connectors() -> list[Connector]:
    """JSON over HTTP."""
    return [Connector("http-json", Words("JSON lewat HTTP", "JSON over HTTP"), _http_json)]
