"""The registers that the core knows."""

from __future__ import annotations

from ejps_core.hooks.specs import hookimpl
from ejps_core.model.declared import Register
from ejps_core.registry.known_registers import REGISTERS

ejps_api = 1


@hookimpl
def ejps_registers() -> list[Register]:
    """Recipients of aid, DTKS, DTSEN, civil servants, the civil registry."""
    return list(REGISTERS)
