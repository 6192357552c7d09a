"""What plugins declare besides programs: what is right, what is wrong, what hangs, and what clashes."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from ejps_core import (
    Connector,
    Document,
    Lint,
    Opened,
    Paper,
    Program,
    Reader,
    Register,
    ReportWriter,
    hookimpl,
    listing_of,
    same,
)
from ejps_core.app.builtin import BUILT_IN
from ejps_core.hooks.manager import Plugins, load

PAGE = Path(__file__)


def opened(path: Path) -> Opened:
    return Opened(listing_of(str(path), ["kk"], [["1"]]))


READER = Reader("baris", (".baris",), opened)
WRITER = ReportWriter(".md", same("Markdown"), lambda report, path: None)
LINT = Lint("tanpa-judul", PAGE, lambda ruleset, as_of: [])
REGISTER = Register("kis", same("KIS"), opened)
REPORT = Document("laporan-kis", same("KIS"), lambda data: [Paper("laporan-kis", same("KIS"), (), ())])
CONNECTOR = Connector("buku", same("Buku"), lambda path: None)  # type: ignore[arg-type,return-value]
GOOD: dict[str, list[object]] = {
    "ejps_readers": [READER],
    "ejps_report_writers": [WRITER],
    "ejps_lints": [LINT],
    "ejps_registers": [REGISTER],
    "ejps_reports": [REPORT],
    "ejps_connectors": [CONNECTOR],
}


def module(api: object = 1, **hooks: object) -> SimpleNamespace:
    """A plugin whose hooks give these; a callable is the hook itself."""

    def hook(answer: object) -> object:
        return hookimpl(answer if callable(answer) else lambda: answer)

    stated = {} if api is None else {"ejps_api": api}
    return SimpleNamespace(**stated, **{name: hook(answer) for name, answer in hooks.items()})


def loaded(**plugins: object) -> Plugins:
    return load(plugins, built_in=BUILT_IN, installed=False, seconds=0.2)


def lints(plugins: Plugins) -> list[str]:
    return [each.what.name for each in plugins.lints]


def why(plugins: Plugins) -> dict[str, str]:
    return {each.name: each.why.en for each in plugins.broken}


def test_the_core_declares_its_own_through_the_same_hooks() -> None:
    plugins = loaded()
    assert {suffix for each in plugins.readers for suffix in each.what.suffixes} >= {".csv", ".xlsx", ".parquet"}
    assert [each.what.suffix for each in plugins.writers] == [".csv", ".xlsx", ".parquet", ".json"]
    assert len(plugins.lints) >= 8
    assert [each.what.name for each in plugins.reports[:2]] == ["realisasi", "sasaran"]
    names = {each.what.name for each in plugins.registers}
    assert names >= {"penerima", "dtks", "dtsen", "pkh", "bpnt", "bst", "blt_dd", "asn", "dukcapil"}
    assert (plugins.broken, plugins.found) == ((), 0)
    assert all(each.built_in for each in plugins.readers)


def test_a_plugin_may_declare_all_kinds() -> None:
    plugins = loaded(tambahan=module(**GOOD))
    assert why(plugins) == {}
    assert replace(plugins.readers[-1].what, open=READER.open) == READER
    assert replace(plugins.writers[-1].what, write=WRITER.write) == WRITER
    assert replace(plugins.lints[-1].what, check=LINT.check) == LINT
    assert replace(plugins.registers[-1].what, open=REGISTER.open) == REGISTER
    assert replace(plugins.reports[-1].what, build=REPORT.build) == REPORT
    assert replace(plugins.connectors[-1].what, open=CONNECTOR.open) == CONNECTOR
    assert (plugins.registers[-1].plugin, plugins.registers[-1].built_in) == ("tambahan", False)


@pytest.mark.parametrize(
    ("api", "said"), [(None, "does not state ejps_api = 1"), (2, "ejps_api = 2"), ("1", "ejps_api = '1'"), (True, "True")]
)
def test_a_plugin_for_other_hooks_is_named_and_left_out(api: object, said: str) -> None:
    plugins = loaded(lain=module(api, **GOOD))
    assert said in why(plugins)["lain"]
    assert plugins.readers == loaded().readers


@pytest.mark.parametrize("hook", GOOD)
@pytest.mark.parametrize("answer", [["x"], "x", [Program(id="x", rules=PAGE)], [None]])
def test_something_else_than_was_asked_for_is_named(hook: str, answer: object) -> None:
    plugins = loaded(salah=module(**{**GOOD, hook: answer}))
    assert f"{hook} must return a list of" in why(plugins)["salah"]
    assert lints(plugins) == lints(loaded()), "nothing of a broken plugin is used"


@pytest.mark.parametrize(
    ("hook", "item", "said"),
    [
        ("ejps_readers", replace(READER, suffixes=("baris",)), "Reader.suffixes"),
        ("ejps_readers", replace(READER, suffixes=".baris"), "Reader.suffixes"),  # type: ignore[arg-type]
        ("ejps_readers", replace(READER, suffixes=()), "Reader.suffixes"),
        ("ejps_readers", replace(READER, starts=("PK",)), "Reader.starts"),  # type: ignore[arg-type]
        ("ejps_readers", replace(READER, open=None), "Reader.open"),  # type: ignore[arg-type]
        ("ejps_report_writers", replace(WRITER, suffix="md"), "ReportWriter.suffix"),
        ("ejps_report_writers", replace(WRITER, write="x"), "ReportWriter.write"),  # type: ignore[arg-type]
        ("ejps_lints", replace(LINT, name="Tanpa Judul"), "Lint.name"),
        ("ejps_lints", replace(LINT, page=Path("no.md")), "no such page"),
        ("ejps_lints", replace(LINT, check=1), "Lint.check"),  # type: ignore[arg-type]
        ("ejps_registers", replace(REGISTER, name="DTKS 2020"), "Register.name"),
        ("ejps_registers", replace(REGISTER, open=0), "Register.open"),  # type: ignore[arg-type]
        ("ejps_reports", replace(REPORT, name="Laporan KIS"), "Document.name"),
        ("ejps_reports", replace(REPORT, title="KIS"), "Document.title"),  # type: ignore[arg-type]
        ("ejps_reports", replace(REPORT, build=None), "Document.build"),  # type: ignore[arg-type]
        ("ejps_reports", replace(REPORT, templates=Path("no")), "Document.templates"),
        ("ejps_reports", replace(REPORT, takes="list"), "Document.takes"),  # type: ignore[arg-type]
        ("ejps_reports", replace(REPORT, facts="kerusakan"), "Document.facts"),  # type: ignore[arg-type]
        ("ejps_connectors", replace(CONNECTOR, name="HTTP JSON"), "Connector.name"),
        ("ejps_connectors", replace(CONNECTOR, open="x"), "Connector.open"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_used_is_named(hook: str, item: object, said: str) -> None:
    assert said in why(loaded(salah=module(**{hook: [item]})))["salah"]


@pytest.mark.parametrize("hook", GOOD)
def test_a_hook_that_hangs_is_left_behind(hook: str) -> None:
    def hangs() -> list[object]:
        time.sleep(3)
        return []

    started = time.monotonic()
    plugins = loaded(lambat=module(**{hook: hangs}), baik=module(**GOOD))
    assert why(plugins) == {"lambat": f"{hook} did not end within 0.2 seconds"}
    assert plugins.registers[-1].plugin == "baik"
    assert time.monotonic() - started < 2.5


@pytest.mark.parametrize("problem", [ValueError("rusak"), SystemExit(1)])
def test_a_hook_that_raises_is_named(problem: BaseException) -> None:
    def fails() -> list[Reader]:
        raise problem

    assert type(problem).__name__ in why(loaded(rusak=module(ejps_readers=fails)))["rusak"]


def test_a_plugin_without_hooks_declares_nothing() -> None:
    assert why(loaded(kosong=module())) == {"kosong": "declares nothing"}


def test_what_the_core_declares_stays_the_cores() -> None:
    plugins = loaded(
        a=module(ejps_readers=[replace(READER, suffixes=(".csv",))]),
        b=module(ejps_report_writers=[replace(WRITER, suffix=".xlsx")]),
        c=module(ejps_lints=[replace(LINT, name="settled-rule")]),
        d=module(ejps_registers=[replace(REGISTER, name="penerima")]),
        e=module(ejps_reports=[replace(REPORT, name="bnba")]),
        f=module(ejps_connectors=[replace(CONNECTOR, name="http-json")]),
    )
    assert why(plugins) == {
        "a": "the reader of .csv is also declared by the plugin ejps.readers",
        "b": "the report writer of .xlsx is also declared by the plugin ejps.writers",
        "c": "the lint settled-rule is also declared by the plugin ejps.lints",
        "d": "the register penerima is also declared by the plugin ejps.registers",
        "e": "the report bnba is also declared by the plugin ejps.reports",
        "f": "the connector http-json is also declared by the plugin ejps.connectors",
    }
    assert lints(plugins) == lints(loaded())


def test_two_plugins_with_one_suffix_are_both_named() -> None:
    plugins = loaded(a=module(ejps_readers=[READER]), b=module(ejps_readers=[READER]))
    assert set(why(plugins)) == {"a", "b"}
    assert plugins.readers == loaded().readers
