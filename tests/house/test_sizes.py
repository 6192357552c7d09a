"""Files and functions can be read at one sitting. The aim is 300 and 40 lines; these are the limits."""

import ast
from pathlib import Path

from tests.house.sources import python_files

LINES_A_FILE = 400
LINES_A_FUNCTION = 60


def too_long(path: Path, source: str) -> list[str]:
    """The file itself and its functions that pass the limits."""
    complaints = []
    lines = len(source.splitlines())
    if lines > LINES_A_FILE:
        complaints.append(f"{path}: {lines} lines, at most {LINES_A_FILE}")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LINES_A_FUNCTION:
                complaints.append(f"{path}:{node.lineno}: {node.name} has {length} lines, at most {LINES_A_FUNCTION}")
    return complaints


def test_files_and_functions_stay_small() -> None:
    assert [c for path, source in python_files("ejps_core", "plugins") for c in too_long(path, source)] == []


def test_this_test_can_fail() -> None:
    path = Path("x.py")
    assert too_long(path, "x = 1\n" * (LINES_A_FILE + 1))
    assert too_long(path, "def f():\n" + "    x = 1\n" * LINES_A_FUNCTION)
    assert not too_long(path, "def f():\n" + "    x = 1\n" * (LINES_A_FUNCTION - 1))
