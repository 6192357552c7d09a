"""The core's own readers, report writers, reports, lints, registers and connectors, through a stranger's hooks."""

from __future__ import annotations

from collections.abc import Mapping

from ejps_core.app.builtin import connectors, lints, readers, registers, reports, writers

BUILT_IN: Mapping[str, object] = {
    "ejps.connectors": connectors,
    "ejps.lints": lints,
    "ejps.readers": readers,
    "ejps.registers": registers,
    "ejps.reports": reports,
    "ejps.writers": writers,
}
"""Plugin name -> module. An installed plugin of such a name is refused."""
