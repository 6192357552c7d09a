"""One mistake a file, and what is said of it in both languages beside it. `make accept` takes over what is said now."""

import os
from pathlib import Path

import pytest

from ejps_core.dsl import compile_text
from ejps_core.model.rendering import as_json, render, with_fix
from ejps_core.model.words import Language
from tests.dsl.plain import parents_in

FOLDER = Path(__file__).parents[1] / "bad"
FILES = sorted(FOLDER.glob("*.ejps"))
PARENTS = parents_in(FOLDER / "parents")
ACCEPT = bool(os.environ.get("EJPS_ACCEPT"))


def said(path: Path, language: Language) -> str:
    text = path.read_text(encoding="utf-8")
    _, found = compile_text(text, path.name, PARENTS)
    parents = {file.name: file.read_text(encoding="utf-8") for file in (FOLDER / "parents").glob("*.ejps")}
    return render(found, {**parents, path.name: text}, language)


def test_there_are_many() -> None:
    assert len(FILES) >= 40


@pytest.mark.expected
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_said(path: Path, language: Language) -> None:
    expected = path.with_suffix(f".{language}.txt")
    if ACCEPT:
        expected.write_text(said(path, language), encoding="utf-8")
    assert said(path, language) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_mistake_one_message(path: Path) -> None:
    """The mistake is found, alone, with a place in the file; and a fix, where there is one, mends it."""
    text = path.read_text(encoding="utf-8")
    _, found = compile_text(text, path.name, PARENTS)
    assert len(found) == 1, [as_json(finding)["message"]["en"] for finding in found]
    fix = found[0].fix
    if fix is not None:
        _, after = compile_text(with_fix(text, fix), path.name, PARENTS)
        assert found[0].code not in {finding.code for finding in after}


def test_nothing_foreign_in_messages() -> None:
    """No names of the implementation, in either language."""
    for path in FILES:
        for language in Language:
            text = path.with_suffix(f".{language}.txt").read_text(encoding="utf-8")
            assert not any(word in text for word in ("None", "Token", "_NL", "INDENT", "NAME", "Traceback", "ejps_core"))
