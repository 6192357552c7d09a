"""The core's own readers, report writers, lints, registers and connectors, through the same hooks as a stranger's."""

from __future__ import annotations

from collections.abc import Mapping

from ejps_core.app.builtin import connectors, lints, readers, registers, writers

BUILT_IN: Mapping[str, object] = {
    "ejps.connectors": connectors,
    "ejps.lints": lints,
    "ejps.readers": readers,
    "ejps.registers": registers,
    "ejps.writers": writers,
}
"""Plugin name -> module. An installed plugin of such a name is refused."""
