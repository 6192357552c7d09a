"""The kept parse tables are those of the grammar; the grammar has no conflicts. `make accept` writes them anew."""

import json
import os
from pathlib import Path

import pytest

from ejps_core.dsl.tables import as_text, build, tables
from ejps_core.dsl.words import KEYWORDS, keyword_tree, spellings
from ejps_core.model.words import Language

KEPT = Path(__file__).parents[2] / "ejps_core" / "dsl" / "tables.json"


@pytest.mark.expected
def test_the_kept_tables_are_up_to_date() -> None:
    """Lark refuses to build them if there is any conflict (strict mode)."""
    built = as_text(build())
    if os.environ.get("EJPS_ACCEPT"):
        KEPT.write_text(built, encoding="utf-8")
    assert built == KEPT.read_text(encoding="utf-8"), "the grammar has changed: make accept"
    assert json.loads(built)


def test_few_words_are_reserved() -> None:
    """Only these single words can't be names; every other keyword is one only where it can be one."""
    for language in Language:
        words = {w for terminal in tables().reserved for w in spellings(terminal, language) if " " not in w}
        assert len(words) <= 25, sorted(words)


def test_each_keyword_is_written_in_both_languages() -> None:
    for terminal in KEYWORDS:
        for language in Language:
            assert spellings(terminal, language), terminal


def test_a_spelling_shared_by_keywords_is_meant() -> None:
    """Words that serve two keywords, by what fits where they stand."""
    shared: dict[Language, set[frozenset[str]]] = {}
    for language in Language:
        waiting = [keyword_tree(language)]
        shared[language] = set()
        while waiting:
            branch = waiting.pop()
            waiting.extend(branch.values())
            if len(branch.ends) > 1:
                shared[language].add(frozenset(branch.ends))
    both = frozenset({"_FROM", "FROM_EDGE"}), frozenset({"_DATE_TYPE", "DATE_KEY"})
    assert shared == {
        Language.ID: {*both, frozenset({"NO", "_NOT"}), frozenset({"_FOR", "_PURPOSE"})},
        Language.EN: {*both, frozenset({"_PHASES", "PHASE"})},
    }
