"""Lints: a folder each, with the rule, its page, a true finding and a look-alike that is left alone.

A folder is found by itself: nothing has to be registered. `rule.py` is loaded when the lint runs; it has
`check(ruleset, as_of)`, which yields findings whose code is the folder's name with hyphens.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import import_module
from pathlib import Path

from ejps_core.model.asof import AsOf
from ejps_core.model.declared import Lint
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset

HERE = Path(__file__).parent


def found_lints() -> tuple[Lint, ...]:
    """The lints of the core in the order of their names."""
    folders = sorted(path.parent for path in HERE.glob("*/rule.py"))
    return tuple(Lint(folder.name.replace("_", "-"), folder / "page.md", partial(_check, folder.name)) for folder in folders)


def _check(folder: str, ruleset: Ruleset, as_of: AsOf | None) -> Iterable[Diagnostic]:
    found: Iterable[Diagnostic] = import_module(f"{__name__}.{folder}.rule").check(ruleset, as_of)
    return found
