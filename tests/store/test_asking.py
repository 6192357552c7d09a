"""An online registry asked about a list: answers on record, nobody asked twice, no answer never a no, no copy kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from ejps_core.registry.kept_listing import from_parquet
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.registers import read_snapshot
from ejps_core.store.tables import AnswerBatch, AuditEntry, Decision, Run, RunRegister
from tests.registry.online.scripted import Scripted, changed, hangs, rightly, serving, status
from tests.registry.online.test_line import settings
from tests.store.desk import Desk, heads, kk, nik
from tests.store.test_flow import DYING

SYSTEM = Act("Sistem", Role.SYSTEM, Purpose.AUDIT, datetime.now(UTC))


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = Desk(place, tmp_path, capsys)
    made.receive(heads(tmp_path))
    return made


def ask(desk: Desk, script: Scripted, *more: str, code: int = 0, **pace: object) -> dict[str, Any]:
    """`ejps register ask`, as JSON."""
    path = settings(desk.folder, url=script.url, batch=3, retries=0, **pace)
    asked = ("register", "ask", "dukcapil", "--list", "1", "--settings", path, "--format", "json", "--who", "Yusuf")
    done = desk.run(*asked, "--why", "pemadanan tahap III", *more)
    assert done.code == code, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def snapshot_rows(desk: Desk, number: int) -> list[dict[str, str]]:
    """What the answers' snapshot holds."""
    with open_store(desk.place) as store:
        listing = from_parquet(read_snapshot(store, SYSTEM, number), "x")
    columns = listing.fetch(range(len(listing.headers)))
    return [
        {head: column.text(row) for head, column in zip(listing.headers, columns, strict=True)}
        for row in range(len(listing))
    ]


def test_answers_go_on_record_and_no_copy_of_the_registry(desk: Desk) -> None:
    script = Scripted(
        statuses={nik(1): "meninggal", nik(2): "pindah", nik(3): "meninggal"},
        names={nik(3): "differs"},
        unknown=frozenset((nik(4),)),
    )
    with serving(script):
        told = ask(desk, script)
    assert (told["people"], told["asked"], told["answered"], told["unanswered"]) == (10, 10, 10, 0)
    assert told["counts"] == {"died": 1, "moved": 1, "name_differs": 1, "not_found": 1, "matched": 6}
    rows = {row["nik"]: row for row in snapshot_rows(desk, told["register"])}
    assert len(rows) == 9 and nik(4) not in rows
    assert set(rows[nik(1)]) == {"nik", "jawaban", "status", "status_menurut_nomor"}, "no address, no name"
    assert (rows[nik(1)]["jawaban"], rows[nik(1)]["status"]) == ("meninggal", "meninggal")
    assert (rows[nik(3)]["status"], rows[nik(3)]["status_menurut_nomor"]) == ("", "meninggal"), "of somebody else"
    (asked,) = desk.json("match", "queue", "--format", "json")
    assert (asked["code"], asked["candidates"][0]["status"]) == ("NAMA_TIDAK_PADAN", "meninggal")
    (kept,) = desk.json("register", "list", "--format", "json")
    assert (kept["area"], kept["rows"], kept["source"]) == ("list:1", 9, "Dukcapil (uji)")
    log = desk.json("audit", "show", "--format", "json")
    (noted,) = (each for each in log if each["action"] == "registry.asked")
    assert (noted["who"], noted["why"], noted["purpose"]) == ("Yusuf", "pemadanan tahap III", "matching")
    assert (noted["after"]["people"], noted["after"]["facts"]) == (10, ["status"])
    assert {"people.revealed", "registry.answered", "register.received", "match.recorded"} <= {e["action"] for e in log}
    assert desk.run("audit", "verify").code == 0


def test_a_line_that_breaks_is_taken_up_where_it_broke(desk: Desk) -> None:
    script = Scripted([rightly, status(500), changed(lambda answers: answers[1:]), rightly])
    with serving(script):
        first = ask(desk, script, code=3)
        assert (first["answered"], first["unanswered"]) == (6, 4)
        assert first["reasons"] == {"left-out": 1, "server-error": 3}
        assert first["counts"] == {"matched": 6, "no_answer": 4}
        before = list(script.answered)
        second = ask(desk, script)
        assert (second["asking"], second["before"], second["asked"], second["answered"]) == (first["asking"], 6, 4, 10)
        assert not set(script.answered[len(before) :]) & set(before), "nobody is asked about twice"
        third = ask(desk, script)
        requests = script.requests
        assert (third["asked"], third["register"], third["matching"]) == (0, second["register"], second["matching"])
        assert requests == script.requests, "all was answered"
        anew = ask(desk, script, "--again")
    assert (anew["asking"], anew["asked"]) == (first["asking"] + 1, 10)
    held = desk.json("register", "list", "--format", "json")
    assert len(held) == len({(each["as_of"], each["rows"]) for each in held}), "the same answers on the same day are one"


def test_no_answer_is_no_record_and_no_no(desk: Desk) -> None:
    script = Scripted([hangs] * 9)
    with serving(script):
        told = ask(desk, script, code=3, timeout_seconds=0.2)
        assert (told["register"], told["matching"], told["unanswered"]) == (None, None, 10)
        assert told["reasons"] == {"not-asked": 1, "time-out": 9}
    done = desk.run("register", "ask", "dukcapil", "--list", "1", "--settings", settings(desk.folder, url=script.url))
    assert (done.code, "10 people have no answer: the line broke" in done.err) == (3, True), done.err
    assert desk.json("register", "list", "--format", "json") == []
    assert desk.json("match", "queue", "--format", "json") == []


def test_answers_settle_facts_of_their_own_list_only(desk: Desk, tmp_path: Path) -> None:
    """A snapshot of answers hides no register that others use, and nobody can declare it complete."""
    desk.receive(heads(tmp_path, "lain.xlsx", status="pindah"), "--new")
    script = Scripted(statuses={nik(1): "meninggal"})
    with serving(script):
        told = ask(desk, script)
    refused = desk.run("register", "complete", str(told["register"]), "75.03", "--who", "Yusuf")
    assert (refused.code, "answers about one list only" in refused.err) == (2, True), refused.err
    for number, used in (("1", {told["register"]}), ("2", set())):
        asked = ("evaluate", "jps_food_aid", "--list", number, "--as-of", "2020-07-15", "--known", "latest")
        assert desk.run(*asked).code in (0, 3)
        with open_store(desk.place) as store, store.reading() as session:
            run = session.execute(select(func.max(col(Run.id)))).scalar_one()
            seen = select(col(RunRegister.snapshot_id)).where(col(RunRegister.run_id) == run)
            assert set(session.execute(seen).scalars()) == used


ALIVE = """ejps 1 id
program hidup "Yang masih hidup"
    menetapkan keluarga
    berlaku 2020-01-01 sampai 2030-12-31
    dasar hukum "asumsi: contoh pengujian"
    mata uang IDR

keluarga memiliki
    kk "Nomor KK" kode kunci pribadi

anggota memiliki
    nik "NIK" kode kunci pribadi
    nama "Nama" kode pribadi untuk "pemadanan"
    status "Status kependudukan" salah satu aktif "Aktif", pindah "Pindah", meninggal "Meninggal" sumber dukcapil

gugur bila wafat "Ada yang meninggal"
    ada anggota yang status = meninggal

berikan bantuan "Bantuan"
    Rp100.000
"""


def test_an_answer_decides_and_another_persons_does_not(desk: Desk, tmp_path: Path) -> None:
    """Who died is found by the rules; of whom the registry knows another under that number nothing is known."""
    rules, people = tmp_path / "hidup.ejps", tmp_path / "in-orang.csv"
    rules.write_text(ALIVE, encoding="utf-8")
    people_of = {1: (1, 5), 2: (2, 6), 3: (3, 7), 4: (4, 8)}
    shdk = ("Kepala Keluarga", "Istri")
    rows = [
        ",".join((kk(card), nik(n), f"Rahasiawati {n}", relation))
        for card, pair in people_of.items()
        for n, relation in zip(pair, shdk, strict=True)
    ]
    people.write_text("\n".join(("Nomor KK,NIK,Nama,Hubungan", *rows)) + "\n", encoding="utf-8")
    desk.receive(people, "--new", "--program", str(rules), code=None)
    statuses = dict.fromkeys((nik(1), nik(2)), "Meninggal Dunia")
    script = Scripted(statuses=statuses | {nik(4): "dalam proses"}, names={nik(2): "differs"})

    def verdicts() -> list[str]:
        done = desk.run("evaluate", rules, "--list", "2", "--as-of", "2026-01-15", "--known", "latest")
        assert done.code in (0, 3), done.err
        with open_store(desk.place) as store, store.reading() as session:
            run = session.execute(select(func.max(col(Run.id)))).scalar_one()
            asked = select(col(Decision.verdict)).where(col(Decision.run_id) == run).order_by(col(Decision.position))
            return list(session.execute(asked).scalars())

    before = verdicts()
    with serving(script):
        path = settings(desk.folder, url=script.url)
        done = desk.run("register", "ask", "dukcapil", "--list", "2", "--settings", path)
        assert done.code == 0, done.err
    assert (before, verdicts()) == (["undetermined"] * 4, ["ineligible", "undetermined", "eligible", "undetermined"])


def test_who_may_not_ask(desk: Desk) -> None:
    script = Scripted()
    with serving(script):
        path = settings(desk.folder, url=script.url)
        for role, district in (("auditor", ()), ("system", ())):
            refused = desk.run("register", "ask", "dukcapil", "--list", "1", "--settings", path, "--role", role, *district)
            assert (refused.code, "may not read" in refused.err) == (2, True)
    assert script.requests == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("pkh", "--list", "1"), "isn't asked person by person"),
        (("dukcapil", "--list", "9"), "no list number 9"),
        (("dukcapil", "--list", "1", "--connector", "soap"), "Unknown connector soap"),
    ],
)
def test_what_can_not_be_asked(desk: Desk, more: tuple[str, ...], said: str) -> None:
    path = settings(desk.folder, url="http://127.0.0.1:1/")
    done = desk.run("register", "ask", *more, "--settings", path)
    assert (done.code, said in done.err) == (2, True), done.err


def test_what_no_rule_reads_is_not_asked(desk: Desk) -> None:
    script = Scripted()
    with serving(script):
        path = settings(desk.folder, url=script.url, facts=["status", "alamat"])
        done = desk.run("register", "ask", "dukcapil", "--list", "1", "--settings", path)
    assert (done.code, "settles no alamat" in done.err, script.requests) == (2, True, 0), done.err


@pytest.mark.parametrize("point", ["asking-written", "answers-written", "before-commit", "after-commit", "snapshot-sealed"])
def test_killed_while_asking(desk: Desk, point: str) -> None:
    """Wherever it dies, asking again ends well, and whoever was answered on record is not asked about again."""
    script = Scripted()
    with serving(script):
        path = settings(desk.folder, url=script.url, batch=3)
        given = ("register", "ask", "dukcapil", "--list", "1", "--settings", str(path), *desk.at)
        died = subprocess.run([sys.executable, "-c", DYING, point, *given], capture_output=True, check=False)
        assert died.returncode in (-9, 0 if point == "snapshot-sealed" else -9), died.stderr
        with open_store(desk.place) as store, store.reading() as session:
            kept = session.execute(select(func.coalesce(func.sum(col(AnswerBatch.answered)), 0))).scalar_one()
            told = session.execute(select(func.count()).where(col(AuditEntry.action) == "registry.answered")).scalar_one()
            batches = session.execute(select(func.count()).select_from(AnswerBatch)).scalar_one()
        assert told == batches
        done = ask(desk, script)
        assert (done["before"], done["answered"]) == (kept, 10)
    assert desk.run("audit", "verify").code == 0
    assert len(desk.json("register", "list", "--format", "json")) == 1


def test_answers_go_with_their_key(desk: Desk) -> None:
    script = Scripted()
    with serving(script):
        ask(desk, script)
        keys = desk.json("keys", "list", "--format", "json")
        for key in (each["id"] for each in keys if each["kind"] == "register"):
            assert desk.run("keys", "destroy", str(key), "--why", "retensi", "--yes", "--who", "Tuna").code == 0
        with open_store(desk.place) as store, store.reading() as session:
            assert session.execute(select(func.count()).select_from(AnswerBatch)).scalar_one() == 0
        anew = ask(desk, script)
    assert (anew["before"], anew["asked"]) == (0, 10)


def test_nobody_lies_in_clear_after_asking(desk: Desk, tmp_path: Path) -> None:
    script = Scripted(statuses={nik(1): "Jalan Rahasia 1"})
    with serving(script):
        ask(desk, script)
    forms = [each.encode() for each in (*map(nik, range(1, 11)), "Rahasiawati", "Jalan Rahasia")]
    found = []
    for base, _, names in os.walk(tmp_path):
        for path in (Path(base) / name for name in names if not name.startswith("daftar.xlsx")):
            with suppress(OSError):
                content = path.read_bytes()
                found += [path.name for form in forms if form in content]
    assert found == []
