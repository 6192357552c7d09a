"""The register of recipients."""

from __future__ import annotations

from ejps_core.hooks.specs import hookimpl
from ejps_core.model.declared import Register
from ejps_core.registry.recipients import RECIPIENTS

ejps_api = 1


@hookimpl
def ejps_registers() -> list[Register]:
    """penerima: who received which aid."""
    return [RECIPIENTS]
