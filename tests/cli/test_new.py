"""`ejps new` and `ejps lint`: what is made passes its own tests at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ejps_core.dsl import compile_text
from tests.cli.shell import RULES, ejps
from tests.dsl.plain import plain

pytestmark = pytest.mark.slow  # many processes: left out of `make check`


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_new_program_passes_its_tests(tmp_path: Path, lang: str) -> None:
    done = ejps("--lang", lang, "new", "program", "bantuan_baru", "--dir", tmp_path)
    assert done.code == 0, done.err
    root = tmp_path / "bantuan_baru"
    assert ejps("fmt", "--check", root / "ejps_bantuan_baru/program.ejps").code == 0
    paths = os.pathsep.join([str(root), os.environ["PYTHONPATH"]])
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(root / "tests")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout.decode()
    assert b"4 passed" in tested.stdout


def test_both_templates_say_the_same(tmp_path: Path) -> None:
    rulesets = []
    for lang in ("id", "en"):
        (tmp_path / lang).mkdir()
        assert ejps("--lang", lang, "new", "program", "baru", "--dir", tmp_path / lang).code == 0
        ruleset, _ = compile_text((tmp_path / lang / "baru/ejps_baru/program.ejps").read_text(encoding="utf-8"), "x.ejps")
        assert ruleset is not None
        rulesets.append(ruleset)
    one, two = rulesets
    for part in ("family_fields", "rules", "benefits", "columns", "totals"):
        mine, theirs = plain(getattr(one, part)), plain(getattr(two, part))
        assert str(mine).replace("asumsi: ganti dengan pasalnya", "assumption: put the article here") == str(theirs)
    assert [plain(each.expected) for each in one.examples] == [plain(each.expected) for each in two.examples]


@pytest.mark.parametrize("name", ["Bantuan", "9x", "../x", "program-baru"])
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    assert ejps("new", "program", name, "--dir", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_id_that_is_taken_is_refused(tmp_path: Path) -> None:
    """By an installed program, or by a rule set: of two with one id neither could be used."""
    done = ejps("--lang", "en", "new", "program", "jps_food_aid", "--dir", tmp_path)
    assert (done.code, "The id jps_food_aid is taken: plugin jps_food_aid." in done.err) == (2, True), done.err
    done = ejps("--lang", "en", "new", "program", "bsps_2022", "--dir", tmp_path)
    assert (done.code, "bsps_2022.ejps" in done.err) == (2, True), done.err
    assert list(tmp_path.iterdir()) == []
    assert ejps("new", "program", "jps_food_aid", "--dir", tmp_path, "--force").code == 0
    assert (tmp_path / "jps_food_aid/pyproject.toml").is_file()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    done = ejps("new", "program", "ada", "--dir", tmp_path)
    assert (done.code, "sudah ada" in done.err) == (2, True)
    assert ejps("new", "program", "x", "--dir", tmp_path / "tidak_ada").code == 2


def test_a_new_lint_finds_its_example_and_leaves_the_look_alike(tmp_path: Path) -> None:
    assert ejps("new", "lint", "tanpa-judul", "--dir", tmp_path).code == 0
    folder = tmp_path / "tanpa_judul"
    space: dict[str, object] = {}
    exec(compile((folder / "rule.py").read_text(encoding="utf-8"), "rule.py", "exec"), space)
    found = {}
    for name in ("true", "alike"):
        ruleset, _ = compile_text((folder / f"{name}.ejps").read_text(encoding="utf-8"), name)
        found[name] = [each.code for each in space["check"](ruleset, None)]  # type: ignore[operator]
    assert found == {"true": ["tanpa-judul"], "alike": []}
    assert (folder / "page.md").read_text(encoding="utf-8").startswith("# tanpa-judul\n")


def test_lint_says_what_is_weak(tmp_path: Path) -> None:
    path = tmp_path / "a.ejps"
    path.write_text(RULES, encoding="utf-8")
    done = ejps("lint", path)
    assert done.code == 1, done.err
    assert "[amount-without-source]" in done.err
    assert "Rp178.150" in done.err
    record = json.loads(ejps("lint", path, "--format", "json", "--as-of", "2020-10-16").out)
    codes = {each["code"] for each in record["files"][0]["diagnostics"]}
    assert codes == {"amount-without-source", "stale-parameter"}
    assert "incomplete" not in record


def test_lint_tells_errors_unreadable_files_and_wrong_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.ejps"
    path.write_text(RULES.replace("desil <= batas", "desill <= batas"), encoding="utf-8")
    assert ejps("lint", path).code == 1
    assert ejps("lint", tmp_path / "no.ejps").code == 2
    assert ejps("lint", path, "--as-of", "kemarin").code == 2
