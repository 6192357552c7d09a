"""Day 5, from files to recorded decisions: the line known then decides, and the latest is asked for by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.desk import POVERTY, Desk, kk, nik

pytestmark = pytest.mark.slow  # they start databases


def test_known_then_and_latest_are_opposite_and_each_says_so(desk: Desk, tmp_path: Path) -> None:
    families, members = tmp_path / "in-keluarga.csv", tmp_path / "in-anggota.csv"
    families.write_text(f"Nomor KK,Penghasilan sebulan\n{kk(1)},744000\n", encoding="utf-8")
    members.write_text(f"Nomor KK,NIK\n{kk(1)},{nik(1)}\n{kk(1)},{nik(2)}\n", encoding="utf-8")
    desk.receive(families, "--members", str(members), "--program", str(POVERTY))
    asked = ("evaluate", POVERTY, "--list", "1", "--as-of", "2020-10-16")
    verdicts = []
    for basis, said in (("then", "data yang diketahui waktu itu"), ("latest", "data terbaru")):
        out = tmp_path / f"{basis}.csv"
        (told,) = desk.json(*asked, "--basis", basis, "--summary", "json", "--out", out)
        program = told["programs"]["garis_kemiskinan"]
        verdicts.append((told["basis"]["id"], program["eligible"], program["ineligible"]))
        assert said in out.read_text(encoding="utf-8-sig")
    assert verdicts == [("data yang diketahui waktu itu", 0, 1), ("data terbaru", 1, 0)]
    for run, basis in (("1", "known_then"), ("2", "latest")):
        again = desk.json("replay", run, "--format", "json")
        assert (again["equal"], again["basis"], again["same_plan"]) == (True, basis, True)
    words = desk.run(*asked, "--basis", "latest")
    assert (words.code, "Basis: latest data" in words.out) == (0, True), words.err
    refused = desk.run(*asked, "--basis", "then", "--known", "latest")
    assert (refused.code, "different data" in refused.err) == (2, True)
