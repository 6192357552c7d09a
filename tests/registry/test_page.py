"""docs/lists.md names every code that reading a list can give, and none besides."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import ejps_core.registry
from ejps_core.registry.codes import _REGION_DOUBTS

ROOM = Path(ejps_core.registry.__file__).parent
PAGE = Path(__file__).parents[2] / "docs/lists.md"
MAKERS = frozenset(("Diagnostic", "Problem", "apart", "error", "remark", "unknown"))
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+|password|unreadable")


def given(source: str) -> Iterator[str]:
    """The codes that a module gives: the first argument of what makes findings."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args):
            continue
        match node.args[0]:
            case ast.Constant(value=str(code)):
                yield code
            case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(end))]):
                yield from (f"{start}{end}" for start in ("nik", "family-card"))
            case ast.JoinedStr():
                raise AssertionError(ast.unparse(node))


def all_codes() -> set[str]:
    """Every code of the room."""
    found = {code for path in ROOM.glob("*.py") for code in given(path.read_text(encoding="utf-8"))}
    return found | {doubt[0] for doubt in _REGION_DOUBTS.values()}


def test_every_code_stands_in_the_page_and_no_other() -> None:
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    listed = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
    assert all(CODE.fullmatch(code) for code in listed)
    assert listed == all_codes()


def test_the_codes_are_found() -> None:
    assert {"blank-key", "sheets-not-read", "family-card-repaired", "nik-format", "bps-region"} <= all_codes()
    assert set(given('error("a-b", None)\nremark(f"{x}-c", "")\nother("d-e")')) == {"a-b", "nik-c", "family-card-c"}
