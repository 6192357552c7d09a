"""Columns and fields: one column may serve the fields of several programs."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ejps_core.model.types import Number, YesNo
from tests.registry.lists import FAMILY, field, kk, read, text_list

KEY = FAMILY[0]
SHORT = field("mampu", "Keluarga mampu", YesNo())
LONG = field("keluarga_mampu", "Keluarga mampu", YesNo())


@pytest.mark.parametrize("header", ["Keluarga mampu", "keluarga_mampu", "KELUARGA MAMPU:"])
def test_together_each_field_gets_what_it_gets_alone(tmp_path: Path, header: str) -> None:
    path = text_list(tmp_path, f"kk;{header}\n{kk(1)};ya\n{kk(2)};mungkin\n")
    for fields in ((KEY, SHORT), (KEY, LONG), (KEY, SHORT, LONG), (KEY, LONG, SHORT)):
        outcome = read(path, fields, ())
        for each in fields[1:]:
            assert outcome.column(each.name) == [True, None]
        assert outcome.codes == ["not-yes-no"]
        assert [f.code for f in outcome.findings] == ["not-yes-no"]


def test_a_name_does_not_take_a_column_from_a_title(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, f"kk;mampu\n{kk(1)};ya\n"), (KEY, SHORT, field("kaya", "Mampu", YesNo())), ())
    assert (outcome.column("mampu"), outcome.column("kaya")) == ([True], [True])


def test_a_column_of_its_own_comes_before_anothers(tmp_path: Path) -> None:
    fields = (KEY, field("desil", "Desil", Number(0, 1, 10)), field("desil_dtsen", "Desil", Number(0, 1, 10)))
    outcome = read(text_list(tmp_path, f"kk;desil;desil_dtsen\n{kk(1)};3;4\n"), fields, ())
    assert (outcome.column("desil"), outcome.column("desil_dtsen")) == ([3], [4])
    assert outcome.findings == ()


def test_fields_of_different_types_each_say_what_is_wrong(tmp_path: Path) -> None:
    other = field("ukuran", "Keluarga mampu", Number(0, 0, 9))
    outcome = read(text_list(tmp_path, f"kk;Keluarga mampu\n{kk(1)};1\n{kk(2)};ya\n"), (KEY, SHORT, other), ())
    assert (outcome.column("mampu"), outcome.column("ukuran")) == ([True, True], [1, None])
    assert outcome.codes == ["not-a-number"]


def test_shared_columns_of_parquet(tmp_path: Path) -> None:
    path = tmp_path / "keluarga.parquet"
    pq.write_table(pa.table({"kk": [kk(1)], "Keluarga mampu": ["ya"]}), path)
    outcome = read(path, (KEY, SHORT, LONG), ())
    assert (outcome.column("mampu"), outcome.column("keluarga_mampu")) == ([True], [True])
