"""Plugins that work, that are broken in every way, and that clash."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace

import pytest

from ejps_core import Program, hookimpl
from ejps_core.hooks import manager
from ejps_core.hooks.manager import Plugins, load


def plugin(answer: object) -> SimpleNamespace:
    def ejps_programs() -> object:
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return SimpleNamespace(ejps_api=1, ejps_programs=hookimpl(ejps_programs))


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "a.ejps"
    path.write_text("ejps 1 id\n", encoding="utf-8")
    return path


def broken(programs: Plugins) -> dict[str, str]:
    return {each.name: each.why.en for each in programs.broken}


def test_programs_come_in_the_order_of_plugin_names(rules: Path) -> None:
    given = {name: plugin([Program(id=name, rules=rules)]) for name in ("zeta", "alfa", "mu")}
    loaded = load(given, installed=False)
    assert [each.what.id for each in loaded.programs] == ["alfa", "mu", "zeta"]
    assert (loaded.broken, loaded.found) == ((), 3)


def test_the_installed_food_aid_is_found() -> None:
    loaded = load().named("jps_food_aid")
    assert loaded is not None
    assert (loaded.plugin, loaded.distribution) == ("jps_food_aid", "ejps-jps-food-aid")
    assert loaded.version


def test_nothing_installed_is_told_apart_from_nothing_working(rules: Path) -> None:
    assert load(installed=False).found == 0
    assert load({"x": plugin(ValueError("no"))}, installed=False).found == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (ValueError("the network\nis away"), "ValueError: the network is away"),
        (SystemExit(3), "SystemExit: 3"),
        (["jps"], "must return a list of Program, not 'jps'"),
        ("jps", "must return a list of Program, not 'jps'"),
        (None, None),
        ([], None),
    ],
)
def test_a_broken_plugin_is_named_and_the_others_work(rules: Path, answer: object, why: str | None) -> None:
    good = plugin([Program(id="good", rules=rules)])
    loaded = load({"bad": plugin(answer), "good": good}, installed=False)
    assert [each.what.id for each in loaded.programs] == ["good"]
    if why is None:
        assert loaded.broken == ()
    else:
        assert why in broken(loaded)["bad"]


def test_a_hook_that_does_not_exist_is_a_broken_plugin(rules: Path) -> None:
    def ejps_programz() -> list[Program]:
        return []

    misspelt = SimpleNamespace(ejps_api=1, ejps_programz=hookimpl(ejps_programz))
    assert "ejps_programz" in broken(load({"typo": misspelt}, installed=False))["typo"]


def test_a_hook_with_other_arguments_is_a_broken_plugin(rules: Path) -> None:
    def ejps_programs(everything: object) -> list[Program]:
        return []

    assert "greedy" in broken(
        load({"greedy": SimpleNamespace(ejps_api=1, ejps_programs=hookimpl(ejps_programs))}, installed=False)
    )


def test_a_missing_rule_file_is_named(tmp_path: Path) -> None:
    loaded = load({"lost": plugin([Program(id="lost", rules=tmp_path / "no.ejps")])}, installed=False)
    assert loaded.programs == ()
    assert "no.ejps" in broken(loaded)["lost"]


def test_two_plugins_with_one_program_are_both_named_and_neither_is_used(rules: Path) -> None:
    both = {name: plugin([Program(id="same", rules=rules)]) for name in ("one", "two")}
    third = plugin([Program(id="other", rules=rules)])
    loaded = load({**both, "three": third}, installed=False)
    assert [each.what.id for each in loaded.programs] == ["other"]
    assert "also declared by the plugin two" in broken(loaded)["one"]
    assert "also declared by the plugin one" in broken(loaded)["two"]
    assert {each.program for each in loaded.broken} == {"same"}


def test_two_plugins_of_one_name_are_told(rules: Path) -> None:
    again = plugin([Program(id="other", rules=rules)])
    loaded = load({"jps_food_aid": again})
    assert "already taken" in broken(loaded)["jps_food_aid"]


def test_an_entry_point_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = EntryPoint("gone", "no_such_module_anywhere.plugin", "ejps")
    monkeypatch.setattr(manager, "entry_points", lambda group: [gone])
    loaded = load()
    assert loaded.programs == ()
    assert "ModuleNotFoundError" in broken(loaded)["gone"]
