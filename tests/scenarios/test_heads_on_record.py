"""Day 2, from a file to recorded decisions: a list of heads, registers with declarations, then the signed statement."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.store.desk import AS_OF, Desk, heads, kk, statements

pytestmark = pytest.mark.slow  # they start databases


def test_registers_settle_and_the_statement_does_the_rest(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    desk.register("pkh", "kk", kk(1))
    desk.register("bpnt", "kk", kk(1), kk(2))
    assert desk.decide()[:3] == (0, 2, 8)
    desk.register("bst", "kk", kk(3))
    desk.register("blt_dd", "kk", "7503010101209900")
    desk.register("asn", "nik", "7503014107859900")
    work = tmp_path / "kerja.csv"
    assert desk.decide("--work-list", str(work))[:3] == (0, 3, 7)
    with work.open(encoding="utf-8-sig", newline="") as file:
        (line,) = list(csv.DictReader(file))
    assert (line["Name of the fact"], line["Decisions settled"]) == ("members", "7")
    file_of_all = statements(tmp_path, range(1, 11))
    done = desk.run("determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", file_of_all, "--who", "Rahma")
    assert (done.code, "10" in done.out) == (0, True), done.err
    out = tmp_path / "hasil.csv"
    assert desk.decide("--out", str(out)) == (7, 3, 0, 1_247_050)
    with out.open(encoding="utf-8-sig", newline="") as file:
        paid = [row for row in csv.DictReader(file) if row["jps_food_aid_status"] == "eligible"]
    shares = [sum(int(row[f"jps_food_aid_paket_pangan_{by}"]) for row in paid) for by in ("provinsi", "kabupaten")]
    assert shares == [748_230, 498_820]
    for run in ("1", "2", "3"):
        again = desk.json("replay", run, "--format", "json")
        assert (again["equal"], again["rows"], again["same_plan"]) == (True, 10, True)
    taken = desk.run(
        "determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", file_of_all, "--who", "Rahma", "--withdraw"
    )
    assert taken.code == 0, taken.err
    assert desk.decide()[:3] == (0, 3, 7)
    assert desk.json("replay", "3", "--format", "json")["equal"]
    assert [each["eligible"] for each in desk.json("runs", "--format", "json")] == [0, 0, 7, 0]
    assert desk.run("audit", "verify").code == 0
