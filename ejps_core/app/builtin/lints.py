"""The lints of the core: a folder each in ejps_core/authoring/lints."""

from __future__ import annotations

from ejps_core.authoring.lints import found_lints
from ejps_core.hooks.specs import hookimpl
from ejps_core.model.declared import Lint

ejps_api = 1


@hookimpl
def ejps_lints() -> list[Lint]:
    """One for each folder."""
    return list(found_lints())
