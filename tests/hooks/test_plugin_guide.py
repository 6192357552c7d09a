"""docs/plugins.md: every hook stands there with an example that loads and works, and a plugin of ours uses it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ejps_core.app.builtin import BUILT_IN
from ejps_core.hooks.kinds import KINDS
from ejps_core.hooks.manager import Loaded, Plugins, load
from ejps_core.hooks.specs import Specs
from tests.cli.shell import DATE, Files, ejps, made
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

GUIDE = (ROOT / "docs/plugins.md").read_text(encoding="utf-8")
HOOKS = sorted(name for name in vars(Specs) if name.startswith("ejps_"))
SECTION = re.compile(r"^## `(ejps_\w+)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall(GUIDE))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def example(hook: str, folder: Path) -> ModuleType:
    """The module of a section, as if it stood in a folder with a rule file and a page."""
    (source,) = BLOCK.findall(SECTIONS[hook])
    (folder / "program.ejps").write_text("ejps 1 id\n", encoding="utf-8")
    (folder / "page.md").write_text("# x\n", encoding="utf-8")
    module = ModuleType("example")
    module.__file__ = str(folder / "plugin.py")
    exec(compile(source, module.__file__, "exec", dont_inherit=True), vars(module))
    return module


def declared(hook: str, plugins: Plugins) -> int:
    """How many things of that hook do not come from the core."""
    by_hook: dict[str, tuple[Loaded[Any], ...]] = {
        "ejps_programs": plugins.programs,
        "ejps_readers": plugins.readers,
        "ejps_report_writers": plugins.writers,
        "ejps_lints": plugins.lints,
        "ejps_registers": plugins.registers,
        "ejps_reports": plugins.reports,
        "ejps_connectors": plugins.connectors,
    }
    return sum(not each.built_in for each in by_hook[hook])


def test_every_hook_is_documented_and_no_other() -> None:
    assert sorted(SECTIONS) == HOOKS
    assert sorted(kind.hook for kind in KINDS) == HOOKS


@pytest.mark.parametrize("hook", HOOKS)
def test_a_plugin_of_ours_uses_the_hook(hook: str) -> None:
    modules = [Path(str(getattr(module, "__file__", ""))).read_text(encoding="utf-8") for module in BUILT_IN.values()]
    plugins = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("plugins/*/*/plugin.py"))]
    assert any(f"def {hook}(" in source for source in (*modules, *plugins))


@pytest.mark.parametrize("hook", HOOKS)
def test_the_example_loads(hook: str, tmp_path: Path) -> None:
    plugins = load({"contoh": example(hook, tmp_path)}, built_in=BUILT_IN, installed=False)
    assert [each.why.en for each in plugins.broken] == []
    assert declared(hook, plugins) == 1


def installed(hook: str, folder: Path) -> str:
    """The example as an installed distribution; a folder for PYTHONPATH."""
    (source,) = BLOCK.findall(SECTIONS[hook])
    (folder / "contoh_ejps").mkdir(parents=True)
    (folder / "contoh_ejps" / "__init__.py").write_text(source, encoding="utf-8")
    (folder / "contoh_ejps" / "page.md").write_text("# x\n", encoding="utf-8")
    info = folder / "ejps_contoh-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ejps-contoh\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[ejps]\ncontoh = contoh_ejps\n", encoding="utf-8")
    return str(folder)


def test_a_plugin_is_tried_as_the_guide_says(tmp_path: Path) -> None:
    """The lines of the guide make Python find it, and the list says whose the reader is."""
    (tmp_path / "mine").mkdir()
    (source,) = BLOCK.findall(SECTIONS["ejps_readers"])
    (tmp_path / "mine/my_reader.py").write_text(source, encoding="utf-8")
    (lines,) = re.findall(r"^```sh\n(.*?)^PYTHONPATH=mine ejps plugins list\n```$", GUIDE, re.MULTILINE | re.DOTALL)
    subprocess.run(["/bin/sh", "-ec", lines], cwd=tmp_path, check=True)
    done = ejps("plugins", "list", "--lang", "en", PYTHONPATH=str(tmp_path / "mine"))
    (readers,) = (line for line in done.out.splitlines() if line.startswith("Lists from:"))
    assert readers.endswith(", .jsonl (my_reader)"), done.out
    assert ".csv .tsv .txt, .xlsx" in readers and "ejps.readers" not in readers


def test_a_reader_that_gives_nothing_is_named(tmp_path: Path) -> None:
    files, path = made(tmp_path), installed("ejps_readers", tmp_path / "plugin")
    module = tmp_path / "plugin/contoh_ejps/__init__.py"
    module.write_text(module.read_text("utf-8").replace("    return Opened(listing_of", "    (listing_of"), encoding="utf-8")
    lines = tmp_path / "daftar.jsonl"
    lines.write_text('{"Nomor KK": "7501010101209001"}\n', encoding="utf-8")
    code, said = evaluated(files, path, lines, "--lang", "en")
    why = "The reader of the plugin contoh failed: open must give Opened or a book of sheets, not None"
    assert (code, why in said) == (2, True), said


def evaluated(files: Files, path: str, *more: str | Path) -> tuple[int, str]:
    done = ejps("evaluate", files.rules, *more, *DATE, PYTHONPATH=path)
    return done.code, done.out + done.err


def test_the_reader_reads(tmp_path: Path) -> None:
    files, path = made(tmp_path), installed("ejps_readers", tmp_path / "plugin")
    lines = tmp_path / "daftar.jsonl"
    lines.write_text('{"Nomor KK": "7501010101209001", "Desil": 1, "Menerima PKH": "tidak"}\n', encoding="utf-8")
    code, said = evaluated(files, path, lines, "--members", files.members)
    assert (code, "daftar.jsonl: 1 baris keluarga: 1 dinilai" in said) == (3, True), said
    lines.write_text("[", encoding="utf-8")
    code, said = evaluated(files, path, lines)
    assert (code, "not-json-lines" in said) == (2, True), said
    lines.write_text("[1]", encoding="utf-8")
    code, said = evaluated(files, path, lines, "--lang", "en")
    assert (code, "reader of the plugin contoh failed" in said) == (2, True), said


def test_the_writer_writes(tmp_path: Path) -> None:
    files, path = made(tmp_path), installed("ejps_report_writers", tmp_path / "plugin")
    out = tmp_path / "hasil.md"
    code, said = evaluated(files, path, files.families, "--members", files.members, "--out", out)
    assert code == 0, said
    assert out.read_text(encoding="utf-8").splitlines()[0].startswith("kk | ")
    assert len(out.read_text(encoding="utf-8").splitlines()) == 6


def test_a_writer_that_fails_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    files, path = made(tmp_path), installed("ejps_report_writers", tmp_path / "plugin")
    module = tmp_path / "plugin/contoh_ejps/__init__.py"
    module.write_text(module.read_text(encoding="utf-8").replace("report.records()", "report.nothing()"), encoding="utf-8")
    code, said = evaluated(files, path, files.families, "--out", tmp_path / "hasil.md", "--lang", "en")
    assert (code, "report writer of the plugin contoh failed" in said) == (2, True), said
    assert not [each.name for each in tmp_path.iterdir() if each.suffix == ".md"]


def test_the_report_reports(tmp_path: Path) -> None:
    path = installed("ejps_reports", tmp_path / "plugin")
    data, out = tmp_path / "data.json", tmp_path / "hasil.csv"
    data.write_text('{"families": [{"region": "75.04.05"}, {"region": "75.04.01"}, {"region": "75.01"}]}', encoding="utf-8")
    assert "per-kabupaten    keluarga per kabupaten/kota (contoh)" in ejps("report", PYTHONPATH=path).out
    asked = ("report", "per-kabupaten", "--data", data, "--out", out, "--lang", "en")
    done = ejps(*asked, PYTHONPATH=path)
    assert done.code == 0, done.err
    assert out.read_text(encoding="utf-8-sig").splitlines() == ['"region","families"', '"75.01",1', '"75.04",2']
    module = tmp_path / "plugin/contoh_ejps/__init__.py"
    source = module.read_text(encoding="utf-8")
    for wrong, why in (
        (source.replace("(), (table,))]", "(), (table,))][0]"), "build must give a list of Paper, not Paper("),
        (source.replace('data["families"]', 'data["keluarga"]'), "KeyError"),
    ):
        module.write_text(wrong, encoding="utf-8")
        done = ejps(*asked, PYTHONPATH=path)
        assert done.code == 2
        assert f"The report per-kabupaten of the plugin contoh failed: {why}" in done.err, done.err


def test_the_lint_lints(tmp_path: Path) -> None:
    files, path = made(tmp_path), installed("ejps_lints", tmp_path / "plugin")
    done = ejps("lint", files.rules, PYTHONPATH=path)
    assert (done.code, done.err.count("[rule-without-message]")) == (1, 3), done.err
    module = tmp_path / "plugin/contoh_ejps/__init__.py"
    module.write_text(module.read_text(encoding="utf-8").replace("rule.message", "rule.massage"), encoding="utf-8")
    done = ejps("lint", files.rules, "--lang", "en", PYTHONPATH=path)
    assert "incomplete: the plugin contoh was not loaded: lint rule-without-message: AttributeError" in done.err
    assert done.code == 1


def test_the_register_opens(tmp_path: Path) -> None:
    path = installed("ejps_registers", tmp_path / "plugin")
    numbers = tmp_path / "kis.txt"
    numbers.write_text("7501010101209001\n7501010101209002\n", encoding="utf-8")
    done = ejps("plugins", "register", "kis", numbers, PYTHONPATH=path)
    assert (done.code, done.out) == (0, "kis: 2 baris; kolom kk\n"), done.err
    recipients = tmp_path / "penerima.csv"
    recipients.write_text("kk,program,tanggal\n7501010101209001,pkh,2020-01-01\n", encoding="utf-8")
    done = ejps("plugins", "register", "penerima", recipients)
    assert (done.code, done.out) == (0, "penerima: 1 baris; kolom kk, program, tanggal\n"), done.err
    recipients.write_text("kk,nama\n1,x\n", encoding="utf-8")
    done = ejps("plugins", "register", "penerima", recipients)
    assert (done.code, "program, tanggal" in done.err) == (2, True), done.err
    assert ejps("plugins", "register", "penerimaa", recipients).code == 2


def test_every_output_says_that_it_is_incomplete(tmp_path: Path) -> None:
    import json

    import openpyxl
    import pyarrow.parquet as pq

    files, path = made(tmp_path), installed("ejps_programs", tmp_path / "plugin")  # its rule file is missing
    words = "tidak lengkap: plugin contoh tidak dimuat: berkas aturan tidak ada"
    code, said = evaluated(files, path, files.families, "--out", tmp_path / "x.xlsx")
    assert (code, said.count(words)) == (3, 2), said
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert any(words in str(cell.value) for row in sheet.iter_rows() for cell in row)
    evaluated(files, path, files.families, "--out", tmp_path / "x.parquet")
    assert json.loads(pq.read_metadata(tmp_path / "x.parquet").metadata[b"ejps_incomplete"]) == ["contoh"]
    explain = ("explain", files.rules, files.families, *DATE, "--id", "7501010101209001")
    done = ejps(*explain, PYTHONPATH=path)
    assert (done.code, words in done.out) == (3, True), done.out
    assert json.loads(ejps(*explain, "--format", "json", PYTHONPATH=path).out)["incomplete"] == ["contoh"]
    assert json.loads(ejps("lint", files.rules, "--format", "json", PYTHONPATH=path).out)["incomplete"] == ["contoh"]
