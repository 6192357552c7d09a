"""The script of the pages, if it was built."""

from __future__ import annotations

import json
from pathlib import Path

MANIFEST = Path(__file__).parent / "static" / "built" / "manifest.json"


def built_script() -> str | None:
    """The path of the script, None: it was not built, and pages do without."""
    try:
        name = json.loads(MANIFEST.read_text(encoding="utf-8"))["script"]
    except (OSError, ValueError, KeyError):
        return None
    return f"/static/built/{name}"
