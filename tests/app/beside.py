"""A small program whose facts come from registers, and runs of it on lists with files beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ejps_core.app.evaluate import Outcome, Request, evaluate
from ejps_core.app.filling import Beside
from ejps_core.app.library import core_only
from ejps_core.model.candidates import Candidates
from ejps_core.model.run import Run

RULES = """ejps 1 id
program bantuan "Bantuan"
    menetapkan keluarga
    berlaku 2020-01-01 sampai 2020-12-31
    mata uang IDR
    untuk "75"

keluarga memiliki
    kk "Nomor KK" kode kunci pribadi
    alamat "Kode wilayah" wilayah
    pkh "Menerima PKH" ya/tidak sumber pkh
    bst "Menerima BST" ya/tidak sumber bst
    desil "Desil" 1..10 sumber dtsen

anggota memiliki
    nik "NIK" kode kunci pribadi
    asn "ASN" ya/tidak sumber asn
    status "Status kependudukan" salah satu aktif "Aktif", meninggal "Meninggal" sumber dukcapil
    wafat "Tanggal meninggal" tanggal sumber dukcapil

syarat miskin "Desil paling tinggi 4"
    desil <= 4
gugur bila penerima_pkh "Penerima PKH"
    pkh
gugur bila penerima_bst "Penerima BST"
    bst
gugur bila ada_asn "Ada ASN"
    ada anggota yang asn
gugur bila semua_wafat "Seluruh anggota meninggal"
    semua anggota memenuhi (status = meninggal dan (wafat belum diketahui atau wafat <= tanggal penetapan))

berikan paket "Paket"
    Rp178.150
"""
ON = date(2020, 10, 16)


def card(number: int) -> str:
    """A synthetic family card number."""
    return f"750101010120{9000 + number}"


def nik(number: int) -> str:
    """A synthetic NIK."""
    return f"750101410785{9000 + number}"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of a rule file, a list, its members and what stands beside them."""

    path: Path

    def write(self, name: str, *rows: str) -> Path:
        """A CSV file of these lines."""
        file = self.path / name
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return file

    def decide(
        self,
        registers: Sequence[str] = (),
        complete: Sequence[str] = (),
        determinations: str | None = None,
        no_awards: bool = False,
        known: date | None = None,
        members: bool = True,
        on: date = ON,
    ) -> Outcome:
        """The decisions; files are named without their folder: 'pkh=pkh.csv'."""
        given = tuple(option.replace("=", f"={self.path}/", 1) for option in registers)
        told = None if determinations is None else self.path / determinations
        beside = Beside(given, tuple(self.path / name for name in complete), told, no_awards)
        people = self.path / "anggota.csv" if members else None
        request = Request(
            str(self.path / "aturan.ejps"), self.path / "daftar.csv", on, people, known=known, rulesets=(), beside=beside
        )
        return evaluate(request, core_only())

    def run(
        self,
        registers: Sequence[str] = (),
        complete: Sequence[str] = (),
        determinations: str | None = None,
        no_awards: bool = False,
        known: date | None = None,
        members: bool = True,
    ) -> Run:
        """The run of decisions that can be made."""
        outcome = self.decide(registers, complete, determinations, no_awards, known, members)
        assert outcome.run is not None, [finding.words.en for finding in outcome.findings]
        return outcome.run


def folder(path: Path, families: Sequence[str] = (), members: Sequence[str] = (), rules: str = RULES) -> Folder:
    """Two poor families in two districts, with a member each, unless said otherwise."""
    made = Folder(path)
    (path / "aturan.ejps").write_text(rules, encoding="utf-8")
    made.write("daftar.csv", *(families or ("kk,alamat,desil", f"{card(1)},75.01.01,2", f"{card(2)},75.04.01,2")))
    made.write(
        "anggota.csv", *(members or ("kk,nik,asn,status", f"{card(1)},{nik(1)},,aktif", f"{card(2)},{nik(2)},,aktif"))
    )
    return made


def family_values(run: Run, name: str) -> list[object]:
    """A fact of the families, as decided."""
    values: list[object] = run.candidates.families.column(name).to_pylist()
    return values


def member_values(run: Run, name: str) -> list[object]:
    """A fact of the members, as decided."""
    values: list[object] = run.candidates.members.column(name).to_pylist()
    return values


def origins(candidates: Candidates, fact: str) -> list[str | None]:
    """Where the cells of a fact come from, in English; None: the list."""
    found = candidates.origins[fact]
    labels = [found.of(row) for row in range(len(found.codes))]
    return [label.words.en if label else None for label in labels]


def codes(run: Run) -> list[str]:
    """The codes of all that was found."""
    return [finding.code for finding in run.findings]
