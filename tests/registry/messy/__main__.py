"""Writes all messy lists into a folder, and what is expected of their rows: python -m tests.registry.messy FOLDER."""

import json
import sys
from pathlib import Path

from tests.registry.messy.cases import CASES
from tests.registry.messy.making import made

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for case in CASES:
        for form in case.forms:
            expected[made(case, form, folder).name] = [list(row) for row in case.expected(form)]
    (folder / "expected.json").write_text(json.dumps(expected, indent=1), encoding="utf-8")
    print(f"{len(expected)} files in {folder}")
