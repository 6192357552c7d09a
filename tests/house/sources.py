"""The files of the project, as the house tests look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is tracked or about to be (not ignored), relative to the root, in order."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    names = sorted({name for name in listing.split("\0") if name})
    return tuple(Path(name) for name in names if (ROOT / name).is_file())


def text_files() -> Iterator[tuple[Path, str]]:
    """(path, text) of every project file that is text."""
    for path in project_files():
        data = (ROOT / path).read_bytes()
        if b"\0" not in data:
            yield path, data.decode("utf-8", errors="replace")


def python_files(*folders: str) -> Iterator[tuple[Path, str]]:
    """(path, source) of the Python files inside the folders."""
    for path in project_files():
        if path.suffix == ".py" and path.parts[0] in folders:
            yield path, (ROOT / path).read_text(encoding="utf-8")


def imported_names(source: str, package: str) -> list[tuple[int, str]]:
    """(line, dotted name) of all imports, those within functions too; relative ones are made absolute.

    `from a.b import c` gives `a.b.c`: whether c is a module or a value is for the caller to say.
    `package` is the package in which the source stands.
    """
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                above = package.split(".")
                above = above[: len(above) - node.level + 1]
                origin = ".".join([*above, origin] if origin else above)
            found += [(node.lineno, f"{origin}.{alias.name}") for alias in node.names]
    return found


def package_of(path: Path) -> str:
    """The package in which a module stands: ejps_core/model/span.py -> ejps_core.model."""
    return ".".join(path.parent.parts)
