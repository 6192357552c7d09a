"""The whole that results from a program and its changes, as text: it is a rule file that means the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from ejps_core.app.exits import Exit
from ejps_core.app.show import Shown, as_record, as_text
from ejps_core.authoring.formatting import same_meaning
from ejps_core.authoring.whole import whole
from ejps_core.dsl import compile_text
from ejps_core.model.rendering import render
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Language
from tests.dsl.plain import parents_in
from tests.dsl.test_extends import FILES, SUBDISTRICT, extended

GOOD = Path(__file__).parents[1] / "good"


def alone(ruleset: Ruleset) -> Ruleset:
    """The rule set without what it stands on; the reasons of its changes are comments in the whole."""
    reasons = {change.because for change in ruleset.reasons}

    def own(legal: str | None) -> str | None:
        return "; ".join(text for text in (legal or "").split("; ") if text not in reasons) or None

    return replace(
        ruleset,
        ruleset=None,
        parents=(),
        reasons=(),
        definitions=tuple(replace(each, legal=own(each.legal)) for each in ruleset.definitions),
        rules=tuple(replace(each, legal=own(each.legal)) for each in ruleset.rules),
        benefits=tuple(replace(each, legal=own(each.legal)) for each in ruleset.benefits),
        choose=ruleset.choose and replace(ruleset.choose, legal=own(ruleset.choose.legal)),
    )


def shown(text: str, ruleset: Ruleset, found: object) -> Shown:
    assert isinstance(found, tuple)
    return Shown(ruleset, found[1], (), {}, Exit.CLEAN)


@pytest.mark.parametrize("name", ["lansia_bone.id.ejps", "lansia_bone.en.ejps"])
def test_the_whole_means_the_same(name: str) -> None:
    text = (GOOD / name).read_text(encoding="utf-8")
    ruleset, _ = compile_text(text, name, parents_in(GOOD))
    assert ruleset is not None
    result = as_text(shown(text, ruleset, whole(text, name, parents_in(GOOD))))
    again, found = compile_text(result, name)
    assert again is not None, render(found, {name: result}, Language.EN)
    assert same_meaning(alone(ruleset), again)


def test_each_part_says_where_it_stands_and_why() -> None:
    ruleset = extended()
    result = as_text(shown(SUBDISTRICT, ruleset, whole(SUBDISTRICT, "kecamatan.ejps", FILES.get)))
    again, found = compile_text(result, "kecamatan.ejps")
    assert again is not None, render(found, {"kecamatan.ejps": result}, Language.EN)
    assert same_meaning(alone(ruleset), again)
    assert "# kabupaten.ejps:6, karena: Perbup 1 pasal 2\nparameter batas : 1..10" in result
    assert '    sejak 2020-03-01 5 sumber "Perbup 1 pasal 2"' in result
    assert "# kabupaten.ejps:7\nsyarat kelima" in result
    assert "# contoh.ejps:18\nberikan bantuan" in result
    assert "# dicabut: daftar (kecamatan.ejps:6), karena: Perdes pasal 2" in result
    assert "induk" not in result


def test_as_data() -> None:
    ruleset = extended()
    record = as_record(shown(SUBDISTRICT, ruleset, whole(SUBDISTRICT, "kecamatan.ejps", FILES.get)))
    assert [parent["id"] for parent in record["parents"]] == ["kabupaten", "contoh"]
    assert [change["kind"] for change in record["changes"]] == ["set", "replace", "remove"]
    because = {statement["because"] for statement in record["statements"]}
    assert because == {None, "Perbup 1 pasal 2", "Perdes pasal 1"}
