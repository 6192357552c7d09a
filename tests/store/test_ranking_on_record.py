"""A list on record is decided as the file it came in: the same verdicts, rupiah, ranks, seats and reserve."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ejps_core.app import deciding_stored, pseudonyms
from tests.store.desk import Desk

pytestmark = pytest.mark.slow

RULES = """ejps 1 id
program {name} "Program {name}"
    menetapkan {unit}
    berlaku 2020-01-01 sampai 2020-12-31
    dasar hukum "asumsi: contoh"
    mata uang IDR
    ulang tahun kabisat 28 februari

keluarga memiliki
    {card} "Nomor KK" kode kunci pribadi
    alamat "Kode Wilayah" wilayah
    desil "Desil" 1..10

anggota memiliki
    nik "NIK" kode kunci pribadi
    lahir "Tanggal lahir" tanggal lahir pribadi
    bekerja "Bekerja" ya/tidak

syarat miskin "Desil paling tinggi 8"
    desil <= 8
syarat tertua "Yang tertua tidak bekerja"
    bukan (bekerja dari anggota tertua)

berikan bantuan "Bantuan"
    jika jumlah anggota >= 3 maka Rp300.000 selain itu Rp200.000

{choose}
laporan
    alamat, status, amount
"""
CHOOSE = {
    "naik": "pilih per alamat\n    urutkan menurut kk terkecil dahulu\n    paling banyak 4\n    cadangan 3\n",
    "turun": "pilih\n    urutkan menurut kk terbesar dahulu\n    paling banyak 7\n    cadangan sisanya\n",
    "seri": "pilih\n    urutkan menurut desil terkecil dahulu belum diketahui terakhir, kk terkecil dahulu\n"
    "    pagu Rp1.500.000\n    cadangan 2\n",
    "orang": "pilih\n    urutkan menurut desil terkecil dahulu, nik terkecil dahulu\n    paling banyak 9\n    cadangan 4\n",
    "kartu": "pilih\n    urutkan menurut nomor_kk terkecil dahulu\n    paling banyak 6\n    cadangan 2\n",
}
AS_OF = ("--as-of", "2020-10-16")


def rules(folder: Path, name: str) -> Path:
    unit, card = "orang" if name == "orang" else "keluarga", "nomor_kk" if name == "kartu" else "kk"
    path = folder / f"{name}.ejps"
    path.write_text(RULES.format(name=name, unit=unit, card=card, choose=CHOOSE[name]), encoding="utf-8")
    return path


def some_list(folder: Path, rng: Random, name: str = "in-keluarga.csv") -> tuple[Path, Path]:
    """Families with one to four persons, in no order; some facts are blank, some rows can't be used."""
    families, people = [], []
    serials = rng.sample(range(9000, 9999), 60)
    for serial in serials[:20]:
        place = rng.choice(("750101", "750102", "750401", "750301"))
        card = f"{place}{rng.randint(1, 28):02}0120{serial}"
        area = rng.choice(("75.03.01", "75.03.02", "75.03.03"))
        families.append({"Nomor KK": card, "Kode Wilayah": area, "Desil": rng.choice(("", "1", "2", "2", "3", "9"))})
        for _ in range(rng.randint(1, 4)):
            born = rng.choice((*("1950-03-01",) * 10, *("1960-07-07",) * 5, ""))
            number = f"{place}{rng.randint(1, 28):02}0150{rng.choice(serials[20:])}"
            nik, works = rng.choice((*(number,) * 25, "", "12345")), rng.choice(("ya", *("tidak",) * 4))
            people.append({"Nomor KK": card, "NIK": nik, "Tanggal lahir": born, "Bekerja": works})
    paths = folder / name, folder / name.replace("keluarga", "anggota")
    for path, rows in zip(paths, (families, people), strict=True):
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return paths


def receive(desk: Desk, families: Path, members: Path, *programs: Path, more: tuple[str, ...] = ()) -> dict[str, Any]:
    asked = ("--members", str(members), "--program", ",".join(map(str, programs)), "--as-of", "2020-10-16", *more)
    return desk.receive(families, *asked, code=None)


def told(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def compared(rows: list[dict[str, Any]], program: str) -> list[dict[str, Any]]:
    """What was decided of each row, without who it is."""
    return [{name: value for name, value in row.items() if name.startswith(f"{program}_")} for row in rows]


def plain(desk: Desk, program: Path, families: Path, *members: Path) -> list[dict[str, Any]]:
    out = desk.folder / "biasa.json"
    more: tuple[str | Path, ...] = ("--members", *members) if members else ()
    done = desk.run("evaluate", program, families, *more, *AS_OF, "--district", "75.03", "--out", out)
    assert done.code in (0, 3), done.err
    return compared(told(out), program.stem)


def stored(desk: Desk, program: Path, number: int = 1) -> list[dict[str, Any]]:
    out = desk.folder / "tercatat.json"
    done = desk.run("evaluate", program, "--list", str(number), *AS_OF, "--out", out)
    assert done.code in (0, 3), done.err
    return compared(told(out), program.stem)


@pytest.mark.parametrize("seed", range(4))
def test_a_list_on_record_is_decided_as_its_file(desk: Desk, tmp_path: Path, seed: int) -> None:
    families, members = some_list(tmp_path, Random(f"ranking {seed}"))
    programs = [rules(tmp_path, name) for name in CHOOSE]
    receive(desk, families, members, programs[0])
    for program in programs:
        expected = plain(desk, program, families, members)
        assert sum(row[f"{program.stem}_rank"] is not None for row in expected) > 4
        assert len({row[f"{program.stem}_selected"] for row in expected}) > 1
        assert stored(desk, program) == expected, program.stem
    for run in range(1, len(programs) + 1):
        assert desk.json("replay", str(run), "--format", "json")["equal"]


def test_a_list_with_a_row_for_each_person_too(desk: Desk, tmp_path: Path) -> None:
    paths = some_list(tmp_path, Random("persons"))
    families, people = (list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in paths)
    of_card = {row["Nomor KK"]: row for row in families}
    rows = [of_card[row["Nomor KK"]] | row for row in people]
    with paths[0].open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    programs = [rules(tmp_path, name) for name in CHOOSE]
    desk.receive(paths[0], "--program", str(programs[0]), "--as-of", "2020-10-16", code=None)
    for program in programs:
        assert stored(desk, program) == plain(desk, program, paths[0]), program.stem


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Lists are received as they were before the places of their keys were kept, until this is undone."""
    monkeypatch.setattr(pseudonyms, "place_columns", lambda *_: {})
    return monkeypatch


def test_a_list_without_the_order_of_its_keys_is_not_decided_until_it_is_on_record(
    desk: Desk, tmp_path: Path, early: pytest.MonkeyPatch
) -> None:
    programs = [rules(tmp_path, name) for name in CHOOSE]
    first, corrected = (some_list(tmp_path, Random("early"), f"in-keluarga{n}.csv") for n in (1, 2))
    corrected[0].write_text(corrected[0].read_text(encoding="utf-8").replace(",9\n", ",8\n"), encoding="utf-8")
    receive(desk, *first, programs[0], more=("--for", "bantuan"))
    assert receive(desk, *corrected, programs[0], more=("--for", "bantuan", "--list", "1"))["version"] == 2
    early.undo()
    for program in programs:
        done = desk.run("evaluate", program, "--list", "1", *AS_OF)
        assert (done.code, "order" in done.err, "ejps list order" in done.err) == (2, True, True), done.err
    assert desk.json("runs", "--format", "json") == []
    asked = ("list", "order", "1", "--who", "Yusuf")
    for more, said in ((("--role", "auditor", "--why", "pemeringkatan"), "role auditor"), ((), "why")):
        refused = desk.run(*asked, *more)
        assert (refused.code, said in refused.err) == (2, True), refused.err
    assert desk.run("list", "order", "7", "--who", "Yusuf", "--why", "x").code == 2
    done = desk.run(*asked, "--why", "pemeringkatan tahap 2")
    assert (done.code, "now on record for version 1, 2; it was for –" in done.out) == (0, True), done.out + done.err
    done = desk.run(*asked, "--why", "sekali lagi")
    assert (done.code, "now on record for version –; it was for 1, 2" in done.out) == (0, True), done.out + done.err
    assert desk.run("keys", "rotate", desk.key(), "--why", "bocor", "--who", "Sistem").code == 0
    for program in programs:
        assert stored(desk, program) == plain(desk, program, *corrected), program.stem
    assert desk.json("replay", "1", "--format", "json")["equal"]
    told_of = desk.run("audit", "show", "--last", "200").out
    assert told_of.count("list.keys-ordered") == 2 and "people.revealed" in told_of
    assert desk.run("audit", "verify").code == 0


def test_a_run_of_before_is_told_when_it_ranked_otherwise(desk: Desk, tmp_path: Path, early: pytest.MonkeyPatch) -> None:
    """Decided by blind numbers, as runs were before: deciding again is refused, then shows whose rank is another."""
    program, paths = rules(tmp_path, "turun"), some_list(tmp_path, Random("before"))
    receive(desk, *paths, program)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(deciding_stored, "by_places", lambda candidates, _: candidates)
        wrong = stored(desk, program)
    early.undo()
    assert wrong != plain(desk, program, *paths)
    refused = desk.run("replay", "1")
    assert (refused.code, "ejps list order" in refused.err) == (2, True), refused.err
    assert desk.run("list", "order", "1", "--who", "Yusuf", "--why", "pemeringkatan").code == 0
    again = desk.json("replay", "1", "--format", "json", code=None)
    assert (again["equal"], again["same_input"]) == (False, True)
    assert "rank" in {what[0] for row in again["differing"] for what in row["what"]}
    assert stored(desk, program) == plain(desk, program, *paths)
