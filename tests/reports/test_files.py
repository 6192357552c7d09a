"""CSV, JSON and Parquet, read back."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ejps_core.model.candidates import Candidates
from ejps_core.model.words import Language
from ejps_core.reports.parquet_file import decision_table, write_parquet
from ejps_core.reports.records import records
from ejps_core.reports.text_files import write_csv, write_json
from tests.reports.sample import AMOUNT, KEYS, longs, run


def test_records_in_words() -> None:
    found = records(run(), Language.ID)
    assert list(found) == [
        "kk",
        "pangan_status",
        "pangan_reasons",
        "pangan_needs",
        "pangan_amount",
        "pangan_amount_range",
        "pangan_paket",
        "pangan_paket_provinsi",
        "pangan_paket_kabupaten",
        "pangan_rank",
        "pangan_selected",
        "pangan_reserve",
    ]
    assert found["kk"] == list(KEYS)
    assert found["pangan_status"] == [
        "memenuhi syarat",
        "tidak memenuhi syarat",
        "perlu verifikasi",
        "memenuhi syarat",
        "memenuhi syarat",
    ]
    assert found["pangan_reasons"] == ["", "salah satu dari: penerima_pkh; mampu", "penerima_pkh", "", ""]
    assert found["pangan_needs"] == ["", "", "pkh; members", "paling banyak: desil", ""]
    assert found["pangan_amount"] == [AMOUNT, 0, None, None, AMOUNT]
    assert found["pangan_amount_range"] == [None, None, None, "paling sedikit Rp0", None]
    assert found["pangan_paket_kabupaten"] == [71_260, 0, None, None, 71_260]
    assert found["pangan_rank"] == [1, None, None, 2, 3]
    assert found["pangan_selected"] == ["ya", "tidak", "menunggu data", "sementara", "tidak"]
    assert found["pangan_reserve"] == [None, None, None, None, 1]


def test_records_in_english_and_without_a_selection() -> None:
    made = run()
    found = records(replace(made, programs=(replace(made.programs[0], selection=None),)), Language.EN)
    assert found["pangan_status"][2] == "undetermined"
    assert found["pangan_reasons"][1] == "one of: penerima_pkh; mampu"
    assert found["pangan_rank"] == found["pangan_selected"] == [None] * 5


def test_csv_keeps_numbers_of_identity_and_runs_nothing(tmp_path: Path) -> None:
    write_csv(run(), tmp_path / "x.csv", Language.ID)
    data = (tmp_path / "x.csv").read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"kk","pangan_status"')
    assert data.count(b"\r\n") == 6
    assert b"\n" not in data.replace(b"\r\n", b"")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["kk"] for row in rows] == [*KEYS[:3], "'=1+2", KEYS[4]]
    assert rows[0]["pangan_amount"] == "178150"
    assert b",178150," in data


def test_json_has_a_record_a_family(tmp_path: Path) -> None:
    write_json(run(), tmp_path / "x.json", Language.ID)
    rows = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert [row["pangan_amount"] for row in rows] == [AMOUNT, 0, None, None, AMOUNT]
    assert rows[3]["kk"] == "=1+2"


def test_parquet_has_codes_masks_and_their_names(tmp_path: Path) -> None:
    write_parquet(run(), tmp_path / "x.parquet")
    table = pq.read_table(tmp_path / "x.parquet")
    assert table.column("pangan_status").to_pylist() == [
        "eligible",
        "ineligible",
        "undetermined",
        "eligible",
        "eligible",
    ]
    assert pa.types.is_dictionary(table.schema.field("pangan_status").type)
    assert table.schema.field("pangan_failed").type == pa.uint8()
    assert table.column("pangan_failed").to_pylist() == [0, 3, 0, 0, 0]
    assert table.column("pangan_amount").to_pylist() == [AMOUNT, 0, None, None, AMOUNT]
    assert table.column("pangan_rank").to_pylist() == [1, None, None, 2, 3]
    assert table.column("pangan_selected").to_pylist() == [True, False, False, True, False]
    assert table.column("pangan_provisional").to_pylist() == [False, False, False, True, False]
    assert table.column("kk").to_pylist() == list(KEYS)
    metadata = json.loads(table.schema.metadata[b"ejps"])
    assert metadata["pangan"]["rules"] == ["penerima_pkh", "mampu"]
    assert metadata["pangan"]["facts"][2] == "pkh"
    assert metadata["pangan"]["as_of"] == metadata["pangan"]["known"] == "2020-10-16"


def test_a_second_word_of_rules_has_its_own_column() -> None:
    made = run()
    first = made.programs[0]
    rules = first.ruleset.rules * 33
    many = replace(
        first,
        ruleset=replace(first.ruleset, rules=rules),
        failed=(*first.failed, longs([0, 15, 0, 0, 0])),
        unknown=(*first.unknown, longs([0] * 5)),
    )
    table = decision_table(replace(made, programs=(many,)))
    assert table.schema.field("pangan_failed").type == pa.int64()
    assert table.schema.field("pangan_failed_2").type == pa.uint8()
    assert table.column("pangan_failed_2").to_pylist() == [0, 15, 0, 0, 0]


def test_an_empty_list_gives_empty_files(tmp_path: Path) -> None:
    made = run()
    nobody = Candidates(
        made.candidates.families.slice(0, 0),
        made.candidates.members,
        np.zeros(1, np.int64),
        longs([]),
    )
    first = made.programs[0]
    none = np.zeros(0, np.bool_)
    paid = replace(first.total, amount=longs([]), open=none, low=longs([]), high=longs([]), unbounded=none, shares=())
    empty = replace(
        first,
        status=np.zeros(0, np.uint8),
        failed=(longs([]),),
        unknown=(longs([]),),
        needs=(longs([]),),
        at_most=none,
        one_of=none,
        benefits=(replace(paid, shares=(longs([]), longs([]))),),
        total=paid,
        selection=None,
        phase=longs([]),
    )
    made = replace(made, candidates=nobody, programs=(empty,))
    write_csv(made, tmp_path / "x.csv", Language.ID)
    write_json(made, tmp_path / "x.json", Language.ID)
    write_parquet(made, tmp_path / "x.parquet")
    assert json.loads((tmp_path / "x.json").read_text()) == []
    assert pq.read_table(tmp_path / "x.parquet").num_rows == 0
