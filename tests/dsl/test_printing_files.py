"""Whole files: formatting is idempotent, keeps the meaning, and there and back gives the same file."""

import re
from random import Random

import pytest

from ejps_core.authoring.formatting import formatted
from ejps_core.dsl import compile_text
from ejps_core.dsl.printing import printed
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Language
from tests.conformance.generate import rule_texts
from tests.dsl.plain import errors
from tests.house.sources import ROOT, project_files

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

FILES = {str(path): (ROOT / path).read_text(encoding="utf-8") for path in project_files() if path.suffix == ".ejps"}
WRONG_ON_PURPOSE = "tests/bad/"
RIGHT = sorted(path for path in FILES if not path.startswith(WRONG_ON_PURPOSE))
DECLARED = re.compile(r"^(?:program|ketentuan|ruleset) (\w+)", re.MULTILINE)
COMMENT = re.compile(r'"[^"\n]*"|#.*')
PARENTS = {match[1]: (FILES[path], path) for path in RIGHT if (match := DECLARED.search(FILES[path]))}
OTHER = {Language.ID: Language.EN, Language.EN: Language.ID}
SEEDS, MANY_SEEDS = range(15), range(15, 75)


def compiled(text: str, path: str) -> tuple[Ruleset | None, tuple[Diagnostic, ...]]:
    return compile_text(text, path, PARENTS.get)


def comments(text: str) -> list[str]:
    return [found.rstrip() for found in COMMENT.findall(text) if found.startswith("#")]


def without_comments(text: str) -> str:
    """Comments are written in one language only."""
    return "\n".join(row for row in text.split("\n") if not row.lstrip().startswith("#"))


def there_and_back(text: str, path: str) -> str | None:
    """The text formatted, after all that must hold of it; None: it can't be used."""
    ruleset, found = compiled(text, path)
    if ruleset is None:
        assert errors(found)
        return None
    own = formatted(text, path, None, compiled)
    assert own.text is not None, own.findings
    assert printed(own.text) == own.text
    assert comments(own.text) == comments(text)
    other = formatted(text, path, OTHER[ruleset.surface], compiled)
    assert other.text is not None, other.findings
    assert printed(other.text) == other.text
    assert printed(own.text, OTHER[ruleset.surface]) == other.text
    assert printed(other.text, ruleset.surface) == own.text
    return own.text


def commented(text: str, rng: Random) -> str:
    """The text with comments in places where an author might leave them."""
    first, *rows = text.rstrip("\n").split("\n")
    found = [first]
    for number, row in enumerate(rows):
        if rng.random() < 0.1:
            found.append(" " * rng.choice((0, 4, 8)) + f"# sebelum {number}")
        found.append(row + (f" # di samping {number}" if rng.random() < 0.1 else "") + " " * rng.choice((0, 0, 2)))
        if rng.random() < 0.1:
            found.append("")
    return "\n".join([*found, "# akhir", "", ""])


@pytest.mark.parametrize("path", RIGHT)
def test_rule_files_of_the_project(path: str) -> None:
    assert there_and_back(FILES[path], path) is not None


@pytest.mark.parametrize("path", RIGHT)
def test_rule_files_of_the_project_stay_formatted(path: str) -> None:
    """To mend it: `ejps fmt` with the file."""
    assert printed(FILES[path]) == FILES[path]


@pytest.mark.parametrize("path", sorted(path for path in RIGHT if path.endswith(".id.ejps") and "tests/good" in path))
def test_pairs_are_translations(path: str) -> None:
    twin = path.replace(".id.", ".en.")
    assert without_comments(printed(FILES[path], Language.EN)) == without_comments(printed(FILES[twin]))
    assert without_comments(printed(FILES[twin], Language.ID)) == without_comments(printed(FILES[path]))


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_texts(seed: int) -> None:
    text = rule_texts(seed)[0].text
    there_and_back(text, "x.ejps")
    there_and_back(commented(text, Random(seed)), "x.ejps")


@pytest.mark.slow
def test_many_generated_texts() -> None:
    results = [there_and_back(commented(rule_texts(seed)[0].text, Random(seed)), "x.ejps") for seed in MANY_SEEDS]
    assert sum(result is not None for result in results) > len(MANY_SEEDS) * 0.8


def test_this_test_sees_the_files() -> None:
    assert len(RIGHT) >= 14
