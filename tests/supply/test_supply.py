"""The list of packages is whole; what is known of a hole is told, and not knowing is told apart from nothing known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.house.test_locks import read
from tests.supply import audit
from tests.supply.audit import Answer, Hole, told
from tests.supply.sbom import bill, front_end


@pytest.mark.slow
def test_every_locked_package_is_in_the_bill() -> None:
    made = bill()
    assert (made["bomFormat"], made["metadata"]["component"]["name"]) == ("CycloneDX", "ejps")
    listed = {(each["name"], each["version"]) for each in made["components"]}
    assert {(name, version) for (name, _), (version, _) in read("run.txt").items()} <= listed
    assert "htmx.org" in {name for name, _ in listed}
    assert not {"pytest", "esbuild", "mypy"} & {name for name, _ in listed}
    references = [each["bom-ref"] for each in made["components"]]
    assert len(references) == len(set(references))
    assert [each["name"] for each in made["components"] if not (each.get("hashes") or each.get("externalReferences"))] == []
    licensed = [each for each in made["components"] if each.get("licenses")]
    assert len(licensed) > 0.9 * len(made["components"])
    assert bill() == made


def test_the_script_of_the_pages_is_known_by_its_hash() -> None:
    (htmx,) = [each for each in front_end() if each["name"] == "htmx.org"]
    assert htmx["hashes"][0]["alg"] == "SHA-512" and len(htmx["hashes"][0]["content"]) == 128
    assert htmx["purl"] == f"pkg:npm/htmx.org@{htmx['version']}"


def answering(said: Any, complaint: str = "", code: int = 0) -> audit.Run:
    """A command that says this."""

    def run(asked: Sequence[str], where: Path) -> tuple[int, str, str]:
        assert asked and where.is_dir()
        return code, said if isinstance(said, str) else json.dumps(said), complaint

    return run


PIP = {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]},
                        {"name": "b", "version": "1", "vulns": []}]}  # fmt: skip
NPM = {
    "vulnerabilities": {"htmx.org": {"range": "<3", "via": [{"url": "https://example.org/GHSA-1"}], "fixAvailable": True}}
}


def test_what_is_known_of_a_package_is_told() -> None:
    python, front = audit.of_python(answering(PIP, code=1)), audit.of_front_end(answering(NPM, code=1))
    assert python.holes == (Hole("a", "1", "PYSEC-1", "2"),)
    code, words = told([python, front])
    assert code == audit.HOLES
    assert "a 1: PYSEC-1 (mended in: 2)" in words and "htmx.org <3: https://example.org/GHSA-1" in words
    nothing = audit.of_python(answering({"dependencies": [{"name": "b", "version": "1", "vulns": []}]}))
    assert told([nothing, audit.of_front_end(answering({"vulnerabilities": {}}))])[0] == audit.CLEAN


@pytest.mark.parametrize(
    ("said", "complaint"), [("", "ConnectionError: no network"), ({"message": "offline"}, "x"), ("[]", "")]
)
def test_who_can_not_ask_says_so(said: Any, complaint: str) -> None:
    answers = [audit.of_python(answering(said, complaint, 1)), audit.of_front_end(answering(said, complaint, 1))]
    code, words = told(answers)
    assert code == audit.NOT_ASKED
    assert words.count("NOT CHECKED") == 2 and "nothing is known" not in words
    hole = Answer("x", (Hole("a", "1", "I", ""),))
    assert told([answers[0], hole])[0] == audit.HOLES
    assert "none yet" in told([hole])[1]


def test_a_package_that_was_left_out_is_named() -> None:
    left = {"dependencies": [{"name": "own", "skip_reason": "not found"}]}
    code, words = told([audit.of_python(answering(left))])
    assert code == audit.NOT_ASKED and "own" in words
