"""New programs and lints from templates: what is made passes its own tests at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ejps_core.dsl import compile_text
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words

HERE = Path(__file__).parent
PROGRAM_NAME = re.compile(r"[a-z][a-z0-9_]*")
LINT_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

Made = tuple[Path, ...] | Diagnostic
"""The files that were written, or why none was."""


def new_program(name: str, folder: Path, language: Language) -> Made:
    """A distribution `folder/name` with a rule file in that language, its declaration, README and test."""
    if not PROGRAM_NAME.fullmatch(name):
        return _unusable(name, "nama_program", "program_name")
    package = f"ejps_{name}"
    files = {
        "pyproject.toml": "program/pyproject.toml.txt",
        "README.md": "program/README.md.txt",
        f"{package}/__init__.py": "program/init.py.txt",
        f"{package}/py.typed": None,
        f"{package}/plugin.py": "program/plugin.py.txt",
        f"{package}/program.ejps": f"program/program.{language.value}.ejps.txt",
        "tests/test_program.py": "program/test_program.py.txt",
    }
    texts = _filled(files, {"name": name, "package": package, "distribution": package.replace("_", "-")})
    rules = f"{package}/program.ejps"
    _, findings = compile_text(texts[rules], rules)
    wrong = next((each for each in findings if each.severity is Severity.ERROR), None)
    return wrong or _written(folder, folder / name, texts)


def new_lint(name: str, folder: Path) -> Made:
    """A folder for a lint of the core: rule, page, a true finding and a look-alike."""
    if not LINT_NAME.fullmatch(name):
        return _unusable(name, "nama-lint", "lint-name")
    files = {
        "__init__.py": None,
        "rule.py": "lint/rule.py.txt",
        "page.md": "lint/page.md.txt",
        "true.ejps": "lint/true.ejps.txt",
        "alike.ejps": "lint/alike.ejps.txt",
    }
    return _written(folder, folder / name.replace("-", "_"), _filled(files, {"name": name}))


def _filled(files: Mapping[str, str | None], values: Mapping[str, str]) -> dict[str, str]:
    """The text of each file; `{{name}}` and the like stand for the values."""
    texts = {}
    for path, template in files.items():
        text = (HERE / template).read_text(encoding="utf-8") if template else ""
        for name, value in values.items():
            text = text.replace("{{" + name + "}}", value)
        texts[path] = text
    return texts


def _written(above: Path, target: Path, texts: Mapping[str, str]) -> Made:
    if not above.is_dir():
        words = Words(f"Folder {above} tidak ada.", f"There is no folder {above}.")
        return _refused("new-folder", above, words, Words("Sebut folder lain dengan --dir.", "Name another one with --dir."))
    if target.exists():
        words = Words(f"{target} sudah ada.", f"{target} exists already.")
        return _refused("new-exists", target, words, Words("Pilih nama lain.", "Choose another name."))
    paths = []
    for name, text in texts.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return tuple(paths)


def _unusable(name: str, own: str, english: str) -> Diagnostic:
    words = Words(f"“{name}” tidak dapat menjadi nama.", f"“{name}” can't be a name.")
    mend = Words(f"Huruf kecil dan angka, misalnya {own}.", f"Small letters and digits, for example {english}.")
    return _refused("new-name", Path(name), words, mend)


def _refused(code: str, place: Path, words: Words, mend: Words) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Cell(str(place)), words, mend)
