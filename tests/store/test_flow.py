"""From the workbook of a district to recorded decisions, by the commands, on SQLite and on PostgreSQL."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter import Workbook

from ejps_core.cli import main
from ejps_core.store.opening import StorePlace
from tests.cli.shell import Result
from tests.store.postgres import Cluster

pytestmark = pytest.mark.slow

POVERTY = Path(__file__).parents[1] / "scenarios" / "poverty_line.ejps"
HEADS = (
    "No", "Nomor KK", "Nama Kepala Keluarga", "NIK", "Kode Wilayah", "DTKS", "Status kepala keluarga",
    "Keluarga mampu", "Menerima bantuan pangan provinsi lain pada tahap yang sama",
)  # fmt: skip
AS_OF = ("--as-of", "2020-07-15")
DYING = """
import os, sys
from ejps_core.store.session import Work
Work.point = lambda self, name: os.kill(os.getpid(), 9) if name == sys.argv[1] else None
from ejps_core.cli import main
sys.exit(main(sys.argv[2:]))
"""


def kk(n: int) -> str:
    return f"750301010120{9000 + n}"


def nik(n: int) -> str:
    return f"750301410785{9000 + n}"


def secret_forms() -> tuple[bytes, ...]:
    """All that says who somebody of the lists is, as text of either width and as numbers."""
    numbers = [each(n) for each in (kk, nik) for n in range(1, 11)]
    texts = [*numbers, "Rahasiawati"]
    return tuple(each.encode(coding) for each in texts for coding in ("utf-8", "utf-16-le")) + tuple(
        int(each).to_bytes(8, order) for each in numbers for order in ("little", "big")
    )


class Desk:
    """A store and the commands run on it, in this process."""

    def __init__(self, place: StorePlace, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.place, self.folder, self.capture = place, folder, capture
        self.at = ("--store", place.database, "--keys", str(place.keys), "--files", str(place.files))
        made = self.run("store", "init", "--who", "Sistem")
        assert made.code == 0, made.err

    def run(self, *arguments: str | Path) -> Result:
        self.capture.readouterr()
        reads = (
            arguments[1] in ("list", "show", "queue", "answer", "duplicates", "complete") if len(arguments) > 1 else False
        )
        takes_files = not reads and arguments[0] not in ("runs", "determine", "keys", "audit")
        at = self.at if takes_files else self.at[:4]
        code = main([*map(str, arguments), *at, "--lang", "en"])
        told = self.capture.readouterr()
        return Result(code, told.out, told.err)

    def json(self, *arguments: str | Path, code: int | None = 0) -> Any:
        done = self.run(*arguments)
        assert code is None or done.code == code, done.err
        return json.loads(done.out)

    def receive(self, path: Path, *more: str, code: int | None = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.json(
            "list", "import", path, "--district", "75.03", "--yes", "--summary", "json", "--who", "Rahma", *more, code=code
        )
        return found

    def register(self, name: str, key: str, *numbers: str) -> None:
        path = self.folder / f"in-{name}.csv"
        path.write_text("\n".join((key, *numbers)) + "\n", encoding="utf-8")
        more = ("--complete", "75.03", "--who", "Dinas Sosial")
        done = self.run("register", "import", name, path, "--on", "2020-07-15", "--source", "Dinas Sosial", *more)
        assert done.code == 0, done.err

    def decide(self, *more: str) -> tuple[int, int, int, int]:
        """Eligible, ineligible, undetermined, rupiah."""
        found = self.json("evaluate", "jps_food_aid", "--list", "1", *AS_OF, "--summary", "json", *more, code=None)[0]
        told = found["programs"]["jps_food_aid"]
        return told["eligible"], told["ineligible"], told["undetermined"], told["amount"]

    def key(self) -> str:
        keys = self.json("keys", "list", "--format", "json")
        return next(str(each["id"]) for each in keys if each["kind"] == "list")


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(place, tmp_path, capsys)


def heads(folder: Path, name: str = "daftar.xlsx", status: str = "aktif", niks: tuple[Any, ...] | None = None) -> Path:
    """A heads-only list as a district would send it: a title, headers lower down. status: of the third family."""
    rows: list[list[Any]] = [["DAFTAR CALON PENERIMA"], [], list(HEADS)]
    for n in range(1, 11):
        number = nik(n) if niks is None else niks[n - 1]
        state = status if n == 3 else "aktif"
        rows.append([n, kk(n), f"Rahasiawati {n}", number, "75.03.01", "DTKS", state, "tidak", "tidak"])
    with Workbook(str(folder / name)) as book:
        sheet = book.add_worksheet("Desa A")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return folder / name


def as_csv(path: Path) -> Path:
    """The same list as text, so that nothing of it is hidden by packing."""
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    text = path.with_name("in-daftar.csv")
    with text.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            ["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)
        )
    return text


def statements(folder: Path, families: range) -> Path:
    """The village's signed statements: somebody of each family lives, and nobody is a civil servant."""
    with (folder / "in-sptjm.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["kk", "fakta", "nilai", "siapa", "alasan", "dokumen", "tanggal"])
        for n in families:
            said = ["tidak", "Kepala Desa A", "anggota belum didata", "SPTJM 12", "2020-07-15"]
            writer.writerow([kk(n), "aturan:asn_tni_polri", *said])
    return folder / "in-sptjm.csv"


def test_a_heads_only_list_from_file_to_decisions(desk: Desk, tmp_path: Path) -> None:
    """Scenario 2: registers with declarations, then the village's statement, and every run decided again."""
    desk.receive(heads(tmp_path))
    desk.register("pkh", "kk", kk(1))
    desk.register("bpnt", "kk", kk(1), kk(2))
    assert desk.decide()[:3] == (0, 2, 8)
    desk.register("bst", "kk", kk(3))
    desk.register("blt_dd", "kk", "7503010101209900")
    desk.register("asn", "nik", "7503014107859900")
    assert desk.decide()[:3] == (0, 3, 7)
    file = statements(tmp_path, range(1, 11))
    done = desk.run("determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", file, "--who", "Rahma")
    assert (done.code, "10" in done.out) == (0, True), done.err
    assert desk.decide() == (7, 3, 0, 1_247_050)
    for run in ("1", "2", "3"):
        again = desk.json("replay", run, "--format", "json")
        assert (again["equal"], again["rows"], again["same_plan"]) == (True, 10, True)
    taken = desk.run("determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", file, "--who", "Rahma", "--withdraw")
    assert taken.code == 0, taken.err
    assert desk.decide()[:3] == (0, 3, 7)
    assert desk.json("replay", "3", "--format", "json")["equal"]
    assert [each["eligible"] for each in desk.json("runs", "--format", "json")] == [0, 0, 7, 0]
    assert desk.run("audit", "verify").code == 0


def test_registers_of_another_district_or_of_later_settle_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    path = tmp_path / "in-pkh.csv"
    path.write_text(f"kk\n{kk(1)}\n", encoding="utf-8")
    keep = ("register", "import", "pkh", path, "--source", "Dinas")
    assert desk.run(*keep, "--on", "2020-08-01").code == 0
    assert desk.run(*keep, "--on", "2020-07-01", "--area", "75.04").code == 0
    assert desk.decide()[:3] == (0, 0, 10)
    assert desk.decide("--known", "2020-08-01")[:3] == (0, 1, 9)
    assert desk.decide("--known", "latest")[:3] == (0, 1, 9)
    runs = desk.json("runs", "--format", "json")
    assert [each["basis"] for each in runs] == ["known_then", "known_then", "latest"]


def test_the_same_file_changes_nothing_and_a_corrected_one_only_what_changed(desk: Desk, tmp_path: Path) -> None:
    first = desk.receive(heads(tmp_path))
    assert (first["unchanged"], first["list"], first["version"], first["again"]) == (0, 1, 1, False)
    pids = [row["pid"] for row in desk.json("list", "show", "1", "--format", "json")["rows"]]
    again = desk.run("list", "import", tmp_path / "daftar.xlsx", "--district", "75.03", "--summary", "json")
    assert again.code == 0, again.err  # the mapping was confirmed: no --yes
    same = json.loads(again.out)
    assert (same["unchanged"], same["again"], same["version"]) == (10, True, 1)
    mended = desk.receive(heads(tmp_path, "perbaikan.xlsx", status="meninggal"))
    assert (mended["unchanged"], mended["list"]) == (9, 1)
    shown = desk.json("list", "show", "1", "--format", "json")
    assert [row["pid"] for row in shown["rows"]] == pids
    other = desk.receive(heads(tmp_path, "lain.xlsx", status="pindah"), "--new")
    assert (other["unchanged"], other["list"]) == (0, 2)


def test_what_is_wrong_with_numbers_is_on_record_and_given_back(desk: Desk, tmp_path: Path) -> None:
    """Scenario 3, from the file to the workbook that goes back."""
    niks = (nik(1), int(nik(2)), "7,50404E+15", None, *(nik(n) for n in range(5, 11)))
    found = desk.receive(heads(tmp_path, niks=niks), code=3)
    assert (found["accepted"], found["with_remark"], found["set_apart"], found["nik_to_follow"]) == (7, 2, 1, 1)
    assert found["by_code"]["NIK_FORMAT"] == found["by_code"]["NIK_KOSONG"] == 1
    assert sum(desk.decide()[:3]) == 9
    back = tmp_path / "kembali.xlsx"
    done = desk.run("list", "export", "1", "--return", back, "--who", "Rahma")
    assert done.code == 0, done.err
    sheet = openpyxl.load_workbook(back).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[9] for row in rows[3:7]] == ["accepted", "accepted with a remark", "set apart", "accepted with a remark"]
    assert "E+15" in str(rows[5][10]) and rows[3][3] == nik(1)
    refused = desk.run("list", "export", "1", "--return", back, "--who", "Budi", "--role", "auditor")
    assert (refused.code, "may not read" in refused.err) == (2, True)
    log = desk.run("audit", "show", "--last", "9").out
    assert "export.made" in log and "file.revealed" in log and "file.refused" in log


def test_what_was_known_decides_and_the_latest_is_asked_for_by_name(desk: Desk, tmp_path: Path) -> None:
    """Scenario 5: two persons, Rp744,000; the line of then, and the one that was published later."""
    families, members = tmp_path / "in-keluarga.csv", tmp_path / "in-anggota.csv"
    families.write_text(f"Nomor KK,Penghasilan sebulan\n{kk(1)},744000\n", encoding="utf-8")
    members.write_text(f"Nomor KK,NIK\n{kk(1)},{nik(1)}\n{kk(1)},{nik(2)}\n", encoding="utf-8")
    desk.receive(families, "--members", str(members), "--program", str(POVERTY))
    verdicts = []
    for known in ((), ("--known", "latest")):
        asked = ("evaluate", POVERTY, "--list", "1", "--as-of", "2020-10-16", "--summary", "json", *known)
        told = desk.json(*asked)[0]["programs"]["garis_kemiskinan"]
        verdicts.append((told["eligible"], told["ineligible"]))
    assert verdicts == [(0, 1), (1, 0)]
    replayed = [desk.json("replay", run, "--format", "json") for run in ("1", "2")]
    assert [(each["equal"], each["basis"]) for each in replayed] == [(True, "known_then"), (True, "latest")]


def test_matching_and_duplicates_go_on_record_and_an_official_answers(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    rows = (f"{nik(1)},Rahasiawati 1,aktif", f"{nik(2)},Zainudin Harun,aktif", f"{nik(3)},Rahasiawati 3,meninggal")
    path = tmp_path / "in-dukcapil.csv"
    path.write_text("\n".join(("nik,nama,status", *rows)) + "\n", encoding="utf-8")
    assert desk.run("register", "import", "dukcapil", path, "--on", "2020-07-01", "--source", "Dukcapil").code == 0
    told = desk.json("match", "1", "--register", "dukcapil", "--format", "json")
    counts = {name: count for name, count in told["counts"].items() if count}
    assert counts == {"matched": 1, "name_differs": 1, "died": 1, "not_found": 7} and told["doubtful"] == 1
    (asked,) = desk.json("match", "queue", "--format", "json")
    assert asked["candidates"][0]["row"] == "3" and "Zainudin" not in json.dumps(asked)
    answer = ("match", "answer", "--match", str(asked["match"]), "--who", "Vera", "--why", "KTP dilihat", "--which")
    assert desk.run(*answer, "9").code == 2
    assert desk.run(*answer, "3").out.strip() == "matched"
    assert desk.json("match", "queue", "--format", "json") == []
    desk.receive(heads(tmp_path, "lain.xlsx", status="pindah"), "--new")
    twice = desk.json("match", "duplicates", "2", "--format", "json")
    assert twice["counts"] == {"NIK_GANDA": 10}
    refused = desk.run("match", "1", "--register", "dukcapil", "--role", "auditor")
    assert (refused.code, "may not read" in refused.err) == (2, True)


def test_a_destroyed_input_is_told_by_replay(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    desk.decide()
    done = desk.run("keys", "destroy", desk.key(), "--why", "retensi", "--yes", "--who", "Tuna")
    assert done.code == 0, done.err
    again = desk.run("replay", "1")
    assert (again.code, "destroyed" in again.err) == (2, True)


@pytest.mark.parametrize("point", ["version-written", "people-written", "rows-written", "before-commit"])
def test_killed_while_a_list_is_recorded(desk: Desk, tmp_path: Path, point: str) -> None:
    given = ("list", "import", str(heads(tmp_path)), "--district", "75.03", "--yes", *desk.at)
    died = subprocess.run([sys.executable, "-c", DYING, point, *given], capture_output=True, check=False)
    assert died.returncode == -9
    assert desk.json("list", "list", "--format", "json") == []
    assert desk.receive(heads(tmp_path))["version"] == 1
    assert desk.run("audit", "verify").code == 0


def test_nobody_lies_in_clear_after_the_whole_flow(
    desk: Desk, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Database, its logs, keys, sealed files, temporary files: nothing but the files that were given."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    desk.receive(as_csv(heads(tmp_path)))
    desk.register("pkh", "kk", kk(1))
    desk.run("determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", statements(tmp_path, range(1, 4)))
    desk.decide()
    assert desk.run("match", "1", "--register", "pkh").code == 0
    assert desk.run("list", "export", "1", "--return", tmp_path / "in-kembali.xlsx").code == 0
    looked_at = [tmp_path]
    if desk.place.database.startswith("postgresql"):
        cluster: Cluster = request.getfixturevalue("postgres")
        cluster.run("checkpoint")
        looked_at.append(cluster.folder)
    forms, found = secret_forms(), []
    # os.walk, for databases of other tests come and go.
    for path in (Path(base) / name for folder in looked_at for base, _, names in os.walk(folder) for name in names):
        if path.is_file() and not path.name.startswith(("in-", "daftar.xlsx")):
            with suppress(FileNotFoundError):
                content = path.read_bytes()
                found += [path.name for form in forms if form in content]
    assert found == []
    assert list(scratch.iterdir()) == []
