"""Rows put in after setting stand where the typesetter would have set them, with tags that close."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from ejps_core.model.paper import Paper
from ejps_core.model.words import Language
from ejps_core.reports import typesetting
from ejps_core.reports.catalogue import document
from ejps_core.reports.filling import Rows, filled
from ejps_core.reports.office import PROVINCE
from ejps_core.reports.pages import rows_apart, sheet
from ejps_core.reports.pdf_file import PdfFile, UnknownFormError, one, reference, references, shown, string_of, unpacked
from ejps_core.reports.typesetting import Pdf, Typesetter, pdf
from tests.reports import document_data
from tests.reports.pdf_read import Text, objects, pages, texts

LISTS = ("bnba", "lampiran-sk", "tanda-terima", "pengumuman")
ROWS = 45


def paper(name: str, families: int = ROWS) -> Paper:
    found = document(name)
    assert found is not None
    data = document_data.listing(families)
    for each, called in zip(data["families"], ("Siti (Á) \\ Łucja", "D’Arc – “Ibu”", "O'Brien & Co"), strict=False):
        each["name"] = called
    (made,) = found.build(data)
    return made


def set_whole(of: Paper, monkeypatch: pytest.MonkeyPatch) -> Pdf:
    """The paper with its rows set by the typesetter."""
    with monkeypatch.context() as patch:
        patch.setattr(typesetting, "rows_apart", lambda made: ({**made, "filled": False}, None))
        return pdf(of, PROVINCE)


def same_place(one_text: Text, other: Text) -> bool:
    return one_text.words == other.words and abs(one_text.x - other.x) < 0.02 and abs(one_text.y - other.y) < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_rows_stand_where_the_typesetter_would_set_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put, whole = pdf(paper(name), PROVINCE), set_whole(paper(name), monkeypatch)
    assert (put.filled, whole.filled) == (True, False)
    assert put.warnings == whole.warnings == ()
    assert put.pages == whole.pages == len(texts(put.data))
    for mine, its in zip(texts(put.data), texts(whole.data), strict=True):
        assert len(mine) > 20
        order = sorted(its, key=lambda text: (-round(text.y, 1), text.x))
        for found, wanted in zip(sorted(mine, key=lambda text: (-round(text.y, 1), text.x)), order, strict=True):
            assert same_place(found, wanted), (found, wanted)


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_every_mark_has_its_tag_and_every_cell_its_header(name: str) -> None:
    of = objects(pdf(paper(name), PROVINCE).data)
    (root,) = (body for body in of.values() if b"/Type/StructTreeRoot" in body)
    numbers = one(rb"/ParentTree<</Nums\[([^\]]*)\]", root).replace(b" 0 R", b"").split()
    trees = dict(zip(numbers[::2], map(int, numbers[1::2]), strict=True))
    for page in pages(of):
        parents = re.findall(rb"null|\d+(?= 0 R)", of[trees[one(rb"/StructParents (\d+)", of[page])]])
        marks = re.findall(rb"/MCID (\d+)[/>]", unpacked(of[reference(of[page], b"Contents")]))
        assert len(set(marks)) == len(marks) == len(parents) - parents.count(b"null")
        for mark in map(int, marks):
            tag = of[int(parents[mark])]
            assert reference(tag, b"Pg") == page
            assert str(mark).encode() in re.findall(rb"\d+", one(rb"/K ?(\[[^\]]*\]|\d+)", tag))
    columns = len(paper(name).tables[0].columns)
    every = [references(one(rb"/K\[([^\]]*)\]", body)) for body in of.values() if b"/S/TR/" in body]
    rows = [row for row in every if len(row) == columns and all(b"/S/TD/" in of[cell] for cell in row)]
    assert len(rows) == ROWS
    heads = {one(rb"/ID(\([^)]*\))", body) for body in of.values() if b"/S/TH/" in body}
    for cell in chain.from_iterable(rows):
        assert one(rb"/Headers\[(\([^)]*\))\]", of[reference(of[cell], b"A")]) in heads


def rows_of(of: Paper) -> dict[str, Any]:
    _, rows = rows_apart(sheet(of, Language.ID))
    assert rows is not None
    return rows


@pytest.mark.slow
def test_a_pdf_that_is_built_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = set_whole(paper("pengumuman"), monkeypatch).data
    rows = Rows(**rows_of(paper("pengumuman")))
    with pytest.raises(UnknownFormError):
        filled(whole, rows, [0, 20])
    with pytest.raises(UnknownFormError):
        filled(b"%PDF-1.7 something else", rows, [0])
    assert PdfFile(whole).written() == PdfFile(whole).written()


@pytest.mark.slow
def test_then_the_typesetter_sets_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    truly = Typesetter.set

    def unable(self: Typesetter, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        asked.append(order["rows"] is not None)
        answer, data = truly(self, order)
        return {**answer, "filled": order["rows"] is None}, data

    monkeypatch.setattr(Typesetter, "set", unable)
    made = pdf(paper("pengumuman"), PROVINCE)
    assert asked == [True, False]
    assert not made.filled
    assert "Abdul Rahman Lihawa" in {text.words for page in texts(made.data) for text in page}


def test_signs_that_the_font_lacks_are_left_to_the_typesetter() -> None:
    listed = paper("bnba", 1)
    (row,) = listed.tables[0].rows
    for name, fillable in (("Siti \u2060 Á", True), ("Moh. \u4e2d", False)):
        table = replace(listed.tables[0], rows=((row[0], name, *row[2:]),))
        assert sheet(replace(listed, tables=(table,)), Language.ID)["filled"] is fillable


def test_strings_are_read_as_they_are_shown() -> None:
    assert shown(rb"(\000\050)-37(\()49(\)\\\n)") == b"\x00(()\\\n"
    assert shown(rb"(a(b)\(c)5(d)") == b"a(b)(cd"
    every = bytes(range(256))
    assert shown(b"(%s)" % string_of(every).encode("latin-1")) == every
