"""Registers, determinations and awards where persons are decided."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from ejps_core.model.registers import Effect
from tests.app.beside import Folder, card, codes, folder, nik, origins

RULES = """ejps 1 id
program santunan "Santunan"
    menetapkan orang
    satu tiap nik
    berlaku 2020-01-01 sampai 2020-12-31
    mata uang IDR

keluarga memiliki
    kk "Nomor KK" kode kunci pribadi
    alamat "Kode wilayah" wilayah
    pkh "Menerima PKH" ya/tidak sumber pkh

anggota memiliki
    nik "NIK" kode kunci pribadi
    asn "ASN" ya/tidak sumber asn
    disabilitas "Disabilitas" ya/tidak

syarat berkebutuhan "Penyandang disabilitas"
    disabilitas
gugur bila penerima_pkh "Keluarganya menerima PKH"
    pkh
gugur bila pegawai "ASN"
    asn

berikan santunan "Santunan"
    Rp300.000
"""


def persons(tmp_path: Path) -> Folder:
    """Two families: two persons, and one."""
    made = folder(
        tmp_path,
        ("kk,alamat", f"{card(1)},75.01.01", f"{card(2)},75.01.02"),
        ("kk,nik,disabilitas", f"{card(1)},{nik(1)},ya", f"{card(1)},{nik(2)},ya", f"{card(2)},{nik(3)},ya"),
        RULES,
    )
    made.write("pkh.csv", "kk", card(2))
    made.write("asn.csv", "nik", nik(2))
    made.write("penerima.csv", "kk,nik,program,tanggal", f"{card(1)},{nik(1)},santunan,2020-02-01")
    rows = (f"{name},75,2020-10-16,Dinsos" for name in ("pkh", "asn", "penerima"))
    made.write("lengkap.csv", "register,wilayah,tanggal,siapa", *rows)
    return made


def test_facts_of_the_family_and_of_the_person(tmp_path: Path) -> None:
    files = persons(tmp_path)
    run = files.run(["pkh=pkh.csv", "asn=asn.csv", "penerima=penerima.csv"], ["lengkap.csv"])
    (decisions,) = run.programs
    ids = [rule.id for rule in decisions.ruleset.rules]
    failed = [[name for i, name in enumerate(ids) if int(word) >> i & 1] for word in decisions.failed[0]]
    assert failed == [["nik_ganda"], ["pegawai"], ["penerima_pkh"]]
    families = origins(run.candidates, "pkh")
    assert families[0] == families[1] and families[2] == "register pkh, day of the data not said (pkh.csv)"
    assert origins(run.candidates, "asn")[1] == "register asn, day of the data not said (asn.csv)"


def test_determinations_of_a_person_and_of_a_persons_rule(tmp_path: Path) -> None:
    files = persons(tmp_path)
    head, signed = "kk,nik,fakta,nilai,siapa,alasan,dokumen,tanggal", "Dinsos,dikenal,BA 1/2020,2020-10-01"
    files.write(
        "tetap.csv",
        head,
        f"{card(1)},{nik(1)},asn,tidak,{signed}",
        f"{card(1)},{nik(1)},aturan:penerima_pkh,tidak,{signed}",
        f"{card(2)},{nik(3)},aturan:pegawai,ya,{signed}",
        f"{card(2)},,aturan:pegawai,ya,{signed}",
    )
    run = files.run(determinations="tetap.csv", no_awards=True)
    (decisions,) = run.programs
    assert decisions.status.tolist() == [2, 1, 0]
    assert [each.effect for each in run.determinations] == [Effect.USED] * 3
    assert run.rests == {0: ("asn", "aturan:santunan.penerima_pkh"), 2: ("aturan:santunan.pegawai",)}
    assert "determination-person" in codes(run)


def test_a_person_in_two_families_is_determined_in_one(tmp_path: Path) -> None:
    files = persons(tmp_path)
    files.write("anggota.csv", "kk,nik,asn,disabilitas", f"{card(1)},{nik(1)},tidak,ya", f"{card(2)},{nik(1)},tidak,ya")
    head, signed = "kk,nik,fakta,nilai,siapa,alasan,dokumen,tanggal", "Dinsos,pindah KK,BA 1/2020,2020-10-01"
    rows = [f"{card(1)},{nik(1)},aturan:nik_ganda,ya,{signed}", f"{card(2)},{nik(1)},aturan:nik_ganda,tidak,{signed}"]
    files.write("tetap.csv", head, *rows, f"{card(1)},{nik(1)},aturan:penerima_pkh,tidak,{signed}")
    run = files.run(["pkh=pkh.csv"], ["lengkap.csv"], "tetap.csv", no_awards=True)
    assert [each.effect for each in run.determinations] == [Effect.USED, Effect.USED, Effect.UNNEEDED]
    assert sorted(run.rests) == [0, 1]


def test_a_member_whose_nik_lost_its_last_digit_is_not_looked_up(tmp_path: Path) -> None:
    files = persons(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["kk", "nik", "disabilitas"], [card(1), int(nik(2)), "ya"], [card(2), nik(3), "ya"]):
        sheet.append(row)
    book.save(files.path / "anggota.csv")
    run = files.run(["asn=asn.csv"], ["lengkap.csv"])
    assert run.candidates.families.column("asn").to_pylist() == [None, False]
    assert "not-looked-up" in codes(run)
