"""Lines and heights before setting: the font's widths are the typesetter's, and what is broken here fits there."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from ejps_core.model.paper import Column, Paper, Show, Table
from ejps_core.model.words import Language, Words, same
from ejps_core.reports.catalogue import document
from ejps_core.reports.fitting import BREAK_HERE, WIDTHS, lines, signs
from ejps_core.reports.office import PROVINCE
from ejps_core.reports.pages import sheet, tagged, tall, widths
from ejps_core.reports.typesetting import pdf
from tests.reports import document_data
from tests.reports.font_widths import measured

WORDS = st.lists(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=12), max_size=12)


@pytest.mark.slow
def test_the_widths_are_those_of_the_font() -> None:
    assert json.loads(WIDTHS.read_text(encoding="utf-8")) == measured()


def test_a_text_is_broken_at_spaces_and_where_it_may() -> None:
    font = signs()
    room = font.of("Dusun Tengah")
    assert lines("Dusun Tengah RT 1", room, font) == ["Dusun Tengah", "RT 1"]
    assert lines("Dusun Tengah", room, font) == ["Dusun Tengah"]
    assert lines(f"Pneumonoultra{BREAK_HERE}microscopic", room, font) == ["Pneumonoultra", "microscopic"]
    assert lines("", room, font) == [""]
    assert lines("satu\ndua", room, font) == ["satu", "dua"]
    assert font.of("\u4e2d") == 1_000


@given(WORDS, st.integers(3_000, 30_000))
def test_nothing_is_lost_and_only_single_words_are_too_wide(words: list[str], room: int) -> None:
    font, text = signs(), " ".join(words)
    broken = lines(text, room, font)
    assert " ".join(broken) == text
    assert all(font.of(line) <= room or " " not in line for line in broken)


@pytest.mark.slow
def test_the_typesetter_finds_texts_as_wide() -> None:
    texts = [family["name"] + " " + family["address"] for family in document_data.listing(40)["families"]]
    texts += ["AV Wa To fi ffl", "7504 0441 0785 9010", "••••••••••••9010", "Rp178.150,00"]
    page = """
    #set text(font: "Libertinus Serif", size: 10pt, number-width: "tabular", number-type: "lining")
    #set text(kerning: false, ligatures: false, features: ("calt": 0))
    #context [#metadata(json("texts.json").map(x => measure(text(x)).width.pt())) <set>]"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        Path(folder, "main.typ").write_text(page, encoding="utf-8")
        found = json.loads(typst.Compiler(Path(folder, "main.typ"), root=folder).query("<set>", field="value", one=True))
    for text, width in zip(texts, found, strict=True):
        assert abs(signs().of(text) / 100 - width) < 0.003 * width, text


def paper(rows: int, long: int = 0) -> Paper:
    """A list of so many rows, the first of them with as many words."""
    columns = (
        Column("no", same("No."), Show.NUMBER, 1.0),
        Column("name", same("Nama"), width=3.0),
        Column("rest", same("x")),
    )
    cells = tuple((n, "nama " * long if n == 1 and long else f"nama {n}", "") for n in range(1, rows + 1))
    return Paper(
        "daftar", same("Daftar"), (), (Table("daftar", same("Daftar"), columns, cells, (sum(range(rows + 1)), None, None)),)
    )


def test_heights_and_widths_of_a_list() -> None:
    made = sheet(paper(3, long=12), Language.ID)
    lines_of_first = made["rows"][0][1].count("\n") + 1
    assert lines_of_first > 3
    assert made["heights"] == [tall(lines_of_first, 8.0), tall(1, 8.0), tall(1, 8.0)]
    assert tall(2, 8.0) == 2 * 0.645 * 8 + 0.45 * 8 + 2 * 3
    assert sum(widths(paper(1).tables[0].columns, {})) == pytest.approx(18.2 * 72 / 2.54)
    assert (tagged(2_000), tagged(2_001), tagged(1, 10_000), tagged(1, 10_001)) == (True, False, True, False)


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (1, 1), (5, 1), (42, 1), (60, 2), (200, 4)])
def test_rows_are_divided_into_pages(rows: int, pages: int) -> None:
    assert pdf(paper(rows), PROVINCE).pages == pages


@pytest.mark.slow
def test_a_row_of_many_lines_goes_to_the_next_page_whole() -> None:
    assert pdf(paper(40), PROVINCE).pages < pdf(paper(40, long=60), PROVINCE).pages


def test_bnba_shows_the_columns_of_a_laporan() -> None:
    bnba = document("bnba")
    assert bnba is not None
    families: list[dict[str, Any]] = [document_data.family(n) for n in range(2)]
    for family, nilai in zip(families, (301, None), strict=True):
        family["shown"] = [nilai, "7504050101129001"]
    columns = [
        {"name": "nilai", "title": {"id": "Nilai prioritas", "en": "Points"}, "number": True},
        {"name": "kartu", "title": {"id": "Kartu", "en": "Card"}, "masked": True},
    ]
    data = {**document_data.listing(0), "columns": columns, "families": families}
    (made,) = bnba.build(data)
    table = made.tables[0]
    names = ["no", "name", "nik", "kk", "address", "nilai", "kartu", "amount", "note"]
    assert [column.name for column in table.columns] == names
    assert [row[5] for row in table.rows] == [301, None]
    assert table.rows[0][6] == "••••••••••••9001"
    assert table.columns[5].title == Words("Nilai prioritas", "Points")
    with pytest.raises(ValueError, match="shown"):
        bnba.build({**data, "columns": columns[:1]})
