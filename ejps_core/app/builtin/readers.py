"""Lists as text, workbooks and Parquet."""

from __future__ import annotations

from ejps_core.hooks.specs import hookimpl
from ejps_core.model.declared import Reader
from ejps_core.registry.readers import READERS

ejps_api = 1


@hookimpl
def ejps_readers() -> list[Reader]:
    """The core's readers."""
    return list(READERS)
