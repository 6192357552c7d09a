"""Rule sets as plain data without places, and small programs for tests."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from ejps_core.dsl import compile_text
from ejps_core.dsl.lineage import Parents
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset

PLACES = {"span", "path", "text", "digest", "surface"}

HEAD = """ejps 1 id
program contoh "Contoh"
    menetapkan keluarga
    berlaku 2020-01-01 sampai 2020-12-31
    mata uang IDR
    ulang tahun kabisat 28 februari

keluarga memiliki
    kk kode kunci
    alamat wilayah
    desil 1..10
    suhu -5..5
    luas desimal 0,00..999,99
    penghasilan uang per bulan hingga Rp100.000.000
    hibah uang hingga Rp1.000.000
    tanah salah satu milik, sewa, warisan
    terdaftar ya/tidak
    diusulkan tanggal
anggota memiliki
    nik kode kunci
    lahir tanggal lahir
    gaji uang per bulan hingga Rp50.000.000
    pns ya/tidak
    kelas salah satu sd, smp
"""
PAY = """
berikan bantuan
    Rp600.000
"""


def parents_in(folder: Path) -> Parents:
    """Programs and rule sets by the names of their files (`x.ejps`, else `x.id.ejps`)."""

    def find(name: str) -> tuple[str, str] | None:
        for path in (folder / f"{name}.ejps", folder / f"{name}.id.ejps"):
            if path.is_file():
                return path.read_text(encoding="utf-8"), path.name
        return None

    return find


def plain(value: Any) -> Any:
    """The value without places and texts: equal for what means the same."""
    if is_dataclass(value) and not isinstance(value, type):
        inner = {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name not in PLACES}
        return type(value).__name__, inner
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    return value


def program(statements: str) -> tuple[Ruleset | None, tuple[Diagnostic, ...]]:
    """A small Indonesian program with these statements."""
    return compile_text(HEAD + PAY + statements + "\n", "contoh.ejps")


def rule(condition: str, more: str = "") -> tuple[Ruleset | None, tuple[Diagnostic, ...]]:
    """A small program with one rule."""
    return program(f"{more}\nsyarat aturan\n    {condition}\n")


def accepted(statements: str) -> Ruleset:
    """The rule set of a small program that has no errors."""
    ruleset, found = program(statements)
    assert ruleset is not None, [finding.words.en for finding in found]
    return ruleset


def errors(found: tuple[Diagnostic, ...]) -> list[str]:
    """The codes of what was found, remarks aside."""
    return [finding.code for finding in found if finding.severity == "error"]
