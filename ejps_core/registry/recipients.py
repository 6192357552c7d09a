"""The register of who received which aid, as a district keeps it: one row a family and program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ejps_core.model.declared import Register
from ejps_core.model.words import Words
from ejps_core.registry.readers import open_text_list

if TYPE_CHECKING:
    from ejps_core.model.listing import Opened

COLUMNS = ("kk", "program", "tanggal")
"""Family card number, program, day of the decision."""


def open_recipients(path: Path) -> Opened:
    """The register in a CSV file with the columns kk, program and tanggal, others may follow."""
    from ejps_core.model.listing import Opened
    from ejps_core.registry.marks import normal
    from ejps_core.registry.problems import error

    opened = open_text_list(path)
    if opened.listing is None:
        return opened
    there = {normal(header) for header in opened.listing.headers}
    lacking = ", ".join(name for name in COLUMNS if name not in there)
    if not lacking:
        return opened
    finding = error(
        "register-column-missing",
        opened.listing.cell(),
        f"Register {path.name} tidak punya kolom {lacking}.",
        f"The register {path.name} has no column {lacking}.",
        f"Kolomnya: {', '.join(COLUMNS)}.",
        f"Its columns are {', '.join(COLUMNS)}.",
    )
    return Opened(None, (*opened.findings, finding))


RECIPIENTS = Register("penerima", Words("Penerima bantuan menurut program", "Recipients of aid by program"), open_recipients)
