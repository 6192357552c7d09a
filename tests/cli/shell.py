"""Runs `ejps` as its own process, and the small files it is run on."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

RULES = """ejps 1 id
program bantuan "Bantuan contoh" en "Sample aid"
    menetapkan keluarga
    berlaku 2020-01-01 sampai 2020-12-31
    dasar hukum "asumsi: contoh"
    mata uang IDR
    untuk "75"

keluarga memiliki
    kk "Nomor KK" kode kunci pribadi
    alamat "Alamat" wilayah
    pkh "Menerima PKH" ya/tidak
    desil "Desil" 1..10

anggota memiliki
    nik "NIK" kode kunci pribadi
    asn "ASN" ya/tidak

parameter batas "Batas desil" : 1..10
    sejak 2020-01-01 4 sumber "SK contoh"
    sejak 2020-06-01 diumumkan 2021-02-01 3 sumber "SK baru"

syarat miskin "Desil paling tinggi" dasar hukum "Pergub contoh"
    desil <= batas
gugur bila penerima_pkh "Penerima PKH"
    pkh
gugur bila asn "Ada ASN"
    ada anggota yang asn

berikan paket "Paket"
    Rp178.150
    ditanggung provinsi 60%, kabupaten 40%

laporan
    kk disamarkan, alamat, desil

contoh "berhak"
    keluarga kk = "1", alamat = "75.01", pkh = tidak, desil = 4
    anggota nik = "1", asn = tidak
    pada 2020-05-01
    maka memenuhi syarat, paket = Rp178.150
"""
FAMILIES = """Nomor KK,Alamat,Menerima PKH,Desil
7501010101209001,75.01.01,tidak,1
7501010101209002,75.04.02,ya,2
7501010101209003,75.71.01,,3
7501010101209004,75.71.02,tidak,9
"""
MEMBERS = """Nomor KK,NIK,ASN
7501010101209001,7501014107859001,tidak
7501010101209002,7501014107859002,tidak
7501010101209003,7501014107859003,tidak
7501010101209004,7501014107859004,ya
"""
DATE = ("--as-of", "2020-10-16")


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str


def ejps(*arguments: str | Path, where: Path | None = None, **settings: str) -> Result:
    """Runs a command; UTF-8 whatever the machine's setting, no terminal. PYTHONPATH: put before what there is."""
    paths = [settings.get("PYTHONPATH", ""), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-m", "ejps_core", *map(str, arguments)],
        capture_output=True,
        cwd=where,
        env={**os.environ, **settings, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        timeout=120,
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    return Result(done.returncode, out, err)


@dataclass(frozen=True, slots=True)
class Files:
    """A rule file, a list and its members in a folder of their own."""

    folder: Path

    @property
    def rules(self) -> Path:
        """The rule file."""
        return self.folder / "bantuan.ejps"

    @property
    def families(self) -> Path:
        """The list of families."""
        return self.folder / "daftar.csv"

    @property
    def members(self) -> Path:
        """The list of members."""
        return self.folder / "anggota.csv"

    def evaluate(self, *more: str | Path) -> Result:
        """`ejps evaluate` on these."""
        return ejps("evaluate", self.rules, self.families, "--members", self.members, *DATE, *more)


def made(folder: Path, rules: str = RULES, families: str = FAMILIES, members: str = MEMBERS) -> Files:
    """Writes the files."""
    files = Files(folder)
    files.rules.write_text(rules, encoding="utf-8")
    files.families.write_text(families, encoding="utf-8")
    files.members.write_text(members, encoding="utf-8")
    return files
