"""Every piece of rule text on the reference pages compiles, and both languages say the same."""

import re
from pathlib import Path

import pytest

from ejps_core.dsl import compile_text
from ejps_core.dsl.check.areas import OUTSIDE
from ejps_core.dsl.check.facts import reserved_words
from ejps_core.model.rendering import render
from ejps_core.model.ruleset import OUTPUT_NAMES, Ruleset
from ejps_core.model.words import Language
from tests.dsl.plain import errors, plain

PAGES = Path(__file__).parents[2] / "docs" / "language"
BLOCK = re.compile(r"^```ejps (id|en) (whole|part|change)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Blocks = list[tuple[str, str, str]]


def blocks(name: str) -> Blocks:
    return BLOCK.findall((PAGES / name).read_text(encoding="utf-8"))


WHOLE = {language: text for language, kind, text in blocks("index.md") if kind == "whole"}
NAMES = sorted(path.name for path in PAGES.glob("*.md") if path.name not in ("meaning.md", "messages.md"))


def compiled(language: str, kind: str, text: str) -> Ruleset:
    whole = WHOLE[language] + "\n" + text if kind == "part" else text
    parents = {"contoh": (WHOLE[language], "contoh.ejps")} if kind == "change" else {}
    ruleset, found = compile_text(whole, "page.ejps", parents.get)
    assert errors(found) == [], render(found, {"page.ejps": whole}, Language.EN)
    assert ruleset is not None
    return ruleset


@pytest.mark.parametrize("name", NAMES)
def test_page(name: str) -> None:
    found = blocks(name)
    assert found and len(found) % 2 == 0
    for one, two in zip(found[::2], found[1::2], strict=True):
        assert (one[0], two[0], one[1]) == ("id", "en", two[1])
        assert plain(compiled(*one)) == plain(compiled(*two))


def test_the_message_shown_is_the_one_given() -> None:
    page = (PAGES / "messages.md").read_text(encoding="utf-8")
    given = (PAGES.parents[1] / "tests" / "bad" / "money-per-year.id.txt").read_text(encoding="utf-8")
    assert given.split("\n", 1)[1] in page


def test_every_reserved_word_is_listed() -> None:
    rows = (PAGES / "writing.md").read_text(encoding="utf-8").split("\n")
    for language, title in ((Language.ID, "Indonesian"), (Language.EN, "English")):
        listed = next(row for row in rows if row.startswith(f"| {title} | `"))
        assert set(re.findall("`([a-z_]+)`", listed)) == {word for word in reserved_words(language) if " " not in word}
    both = next(row for row in rows if row.startswith("| both |"))
    assert set(re.findall("`([a-z_]+)`", both)) == {"members", OUTSIDE, *OUTPUT_NAMES}
