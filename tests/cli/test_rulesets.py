"""Rule sets on the command line: chosen by district and date, named, shown."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.shell import Files, ejps, made

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

CITY = """ejps 1 en
ruleset kota_2020 "City" id "Kota" extends bantuan
    in force 2020-03-01 until 2020-12-31
    for "75.01", "75.04", "75.71"
    under "Perwako 1/2020"
set batas = 2 because "Perwako 1/2020 pasal 2"
remove refuse asn because "Perwako 1/2020 pasal 3"
"""


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """The program, a list, and a rule set beside the program."""
    (tmp_path / "rulesets").mkdir()
    (tmp_path / "kota.ejps").write_text(CITY, encoding="utf-8")
    return made(tmp_path)


def test_check_and_test_read_what_a_file_extends(files: Files) -> None:
    assert ejps("check", files.folder / "kota.ejps").code == 0
    assert ejps("test", files.folder / "kota.ejps").code == 0
    assert ejps("fmt", files.folder / "kota.ejps").code == 0
    (files.folder / "kota.ejps").write_text(CITY.replace("batas", "bates"), encoding="utf-8")
    result = ejps("check", files.folder / "kota.ejps", "--lang", "en")
    assert result.code == 1
    assert "did you mean `batas`?" in result.err


def test_a_mistake_of_the_parent_shows_its_own_line(files: Files) -> None:
    files.rules.write_text(files.rules.read_text(encoding="utf-8").replace("desil <= batas", "desil <= bates"), "utf-8")
    result = ejps("check", files.folder / "kota.ejps")
    assert result.code == 1
    assert "bantuan.ejps:24" in result.err and "desil <= bates" in result.err


def test_evaluating_by_a_rule_set(files: Files) -> None:
    city = files.folder / "kota.ejps"
    arguments = (city, files.families, "--members", files.members, "--as-of", "2020-10-16", "--summary", "json")
    result = ejps("evaluate", *arguments)
    summary = json.loads(result.out)["programs"]["bantuan"]
    assert (summary["eligible"], summary["by_reason"]) == (
        1,
        {"di_luar_wilayah": 0, "miskin": 2, "penerima_pkh": 1},
    )
    text = ejps("evaluate", *arguments[:-2], "--lang", "en").out
    assert "City (bantuan · kota_2020)" in text


def test_explaining_points_into_the_right_file(files: Files) -> None:
    city = files.folder / "kota.ejps"
    arguments = ("--members", files.members, "--as-of", "2020-10-16", "--id", "7501010101209001")
    record = json.loads(ejps("explain", city, files.families, *arguments, "--format", "json").out)
    assert record["ruleset"] == "kota_2020"
    files_of = {rule["id"]: rule["file"] for rule in record["rules"]}
    assert (files_of["miskin"], files_of["di_luar_wilayah"]) == ("bantuan.ejps", "kota.ejps")
    text = ejps("explain", city, files.families, *arguments).out
    assert "    bantuan.ejps:" in text and "kota.ejps:" in text


def test_a_replaced_rule_shows_the_law_that_replaced_it(files: Files) -> None:
    city = files.folder / "kota.ejps"
    city.write_text(
        CITY
        + """replace require miskin "At most the limit" because "Perwako 1/2020 pasal 4"
    desil < batas
replace pay paket "Parcel" under "SK Walikota 9" because "Perwako 1/2020 pasal 5"
    Rp 200_000
""",
        encoding="utf-8",
    )
    dated = ("--as-of", "2020-10-16")
    arguments = (files.families, *dated, "--members", files.members, "--id", "7501010101209002")
    text = ejps("explain", city, *arguments).out
    refused = text[text.index("✗ syarat miskin") :]
    assert refused.splitlines()[1] == "    dasar hukum: Perwako 1/2020 pasal 4"
    assert "    dasar hukum: SK Walikota 9; Perwako 1/2020 pasal 5" in text
    record = json.loads(ejps("explain", city, *arguments, "--format", "json").out)
    assert {rule["id"]: rule["legal"] for rule in record["rules"]}["miskin"] == "Perwako 1/2020 pasal 4"
    assert record["benefits"][0]["legal"] == "SK Walikota 9; Perwako 1/2020 pasal 5"
    book = files.folder / "hasil.xlsx"
    assert ejps("evaluate", city, files.families, *dated, "--members", files.members, "--out", book).code in (0, 3)
    cells = {str(cell.value) for row in openpyxl.load_workbook(book).worksheets[0].iter_rows() for cell in row}
    assert "Perwako 1/2020 pasal 4" in cells
    linted = ejps("lint", city)
    assert "amount-without-source" not in linted.err, linted.err


def test_show(files: Files) -> None:
    city = files.folder / "kota.ejps"
    text = ejps("show", city).out
    assert text.startswith('ejps 1 en\n# kota.ejps:2\nprogram bantuan "City" id "Kota"\n')
    assert "# kota.ejps:6, because: Perwako 1/2020 pasal 2" in text
    assert "# removed: asn (kota.ejps:7), because: Perwako 1/2020 pasal 3" in text
    whole = files.folder / "rulesets" / "utuh.ejps"  # beside the program it would be a second file of the same id
    whole.write_text(text, encoding="utf-8")
    assert ejps("check", whole).code == 0
    whole.unlink()
    record = json.loads(ejps("show", city, "--format", "json").out)
    assert (record["id"], [parent["id"] for parent in record["parents"]]) == ("kota_2020", ["bantuan"])
    assert ejps("show", "tidak_ada").code == 2
