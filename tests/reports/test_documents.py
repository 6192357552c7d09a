"""Every report: what its tables say, and – slow – the PDF: pages, tags, nothing too wide, the same bytes again."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from ejps_core.model.paper import Paper, Table
from ejps_core.model.words import Language
from ejps_core.reports import pages, typesetting
from ejps_core.reports.catalogue import DOCUMENTS, document
from ejps_core.reports.office import PROVINCE, Signatory
from ejps_core.reports.pages import MOST_TAGGED_TOGETHER
from ejps_core.reports.typesetting import TypesettingError, payload, pdf, pdfs
from ejps_core.reports.words_in_cells import breakable
from tests.reports import document_data

EVERY = document_data.every_document()
OFFICE = PROVINCE.model_copy(
    update={"address": "Jalan Contoh 1", "signatory": Signatory(office="Kepala Biro", acting="Plt.", name="Nama Contoh")}
)


def papers(name: str, data: dict[str, Any] | None = None) -> tuple[Paper, ...]:
    found = document(name)
    assert found is not None
    return tuple(found.build(EVERY[name] if data is None else data))


def table(name: str, at: int = 0) -> Table:
    return papers(name)[0].tables[at]


def inside(data: bytes) -> bytes:
    """The PDF with its streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return data + b"\n".join(opened)


def test_every_report_has_data_here_and_a_name_of_its_own() -> None:
    names = [each.name for each in DOCUMENTS]
    assert sorted(EVERY) == sorted(names)
    assert document("tidak-ada") is None


def test_a_list_has_a_part_a_village_and_its_sum_in_words() -> None:
    parts = papers("tanda-terima", document_data.listing(45, 2))
    assert [paper.part for paper in parts] == ["75.04.05.2001", "75.04.05.2002"]
    assert [len(paper.tables[0].rows) for paper in parts] == [23, 22]
    total = parts[0].tables[0].total
    assert total is not None
    assert total[4] == 23 * 178_150
    assert parts[0].notes[1].id == "Terbilang: empat juta sembilan puluh tujuh ribu empat ratus lima puluh rupiah."


@pytest.mark.parametrize("name", ["bnba", "lampiran-sk", "tanda-terima", "pengumuman"])
def test_numbers_of_identity_are_masked(name: str) -> None:
    made = payload(papers(name)[0], PROVINCE, Language.ID)
    assert made["sheet"].pop("signs")
    assert not re.search(r"\d{10}", str(made).replace("SHA-256", ""))


def test_whole_numbers_only_where_asked_and_never_on_the_notice_board() -> None:
    data = {**document_data.listing(), "full_numbers": True}
    assert papers("bnba", data)[0].tables[0].rows[0][2] == data["families"][0]["nik"]
    posted = papers("pengumuman", data)[0].tables[0]
    assert posted.rows[0][3] == "…9000"
    assert posted.rows[3][3] == "menyusul"
    names = [column.name for column in posted.columns]
    assert names == ["no", "name", "hamlet", "nik", "aid"]


def test_an_empty_list_says_so() -> None:
    (paper,) = papers("bnba", document_data.listing(0))
    assert paper.notes[0].id == "Tidak ada penerima."


def test_handover_in_words() -> None:
    facts = papers("bast")[0].facts
    assert facts["amount"] == "Rp7.304.150"
    assert facts["amount_words"] == "tujuh juta tiga ratus empat ribu seratus lima puluh rupiah"
    assert facts["day_words"] == "Senin tanggal sepuluh bulan Agustus tahun dua ribu dua puluh"


def test_the_letter_states_reasons_and_rights() -> None:
    facts = papers("surat")[0].facts
    assert facts["verdict"] == "tidak memenuhi syarat"
    assert facts["reasons"][0]["seen"]
    assert facts["amount"] == ""
    assert "21 hari kerja" in facts["rights"][0]
    assert "10 hari kerja" in facts["rights"][0]
    eligible = papers("surat", document_data.letter("eligible"))[0].facts
    assert eligible["amount_words"] == "seratus tujuh puluh delapan ribu seratus lima puluh rupiah"


def test_recaps_add_up() -> None:
    villages = table("rekap-desa")
    assert villages.total is not None
    assert villages.total[4:] == (60, 30, 15, 15, 30, 30 * 106_890, 30 * 71_260, 30 * 178_150)
    reasons = table("penolakan")
    assert reasons.rows[0][1:3] == ("Penerima PKH", 10)


def test_overlaps_name_allowed_pairs_and_rupiah() -> None:
    assert table("tumpang-tindih").rows[2][1:] == ("PKH", "Program Sembako", "ya", 4, 4 * 178_150, 4 * 178_150)
    assert len(table("tumpang-tindih", 1).rows) == 4


def test_progress_as_published() -> None:
    # BLP3G 2021: 24,618 of 90,000 were 27.35 percent, 35,128 were 39.03.
    assert [row[4] for row in table("kemajuan").rows] == [2001, 2735, 3147, 3903]


def test_targeting_shows_both_bases_with_their_labels() -> None:
    rates = table("sasaran")
    assert [column.title.id for column in rates.columns[2:]] == [
        "Menurut data yang diketahui saat itu",
        "Menurut data terbaru",
    ]
    assert rates.rows[1] == (
        "kesalahan inklusi (dari penerima)",
        "penerima yang dapat dinilai",
        "3,4 % (3 dari 87)",
        "6,9 % (6 dari 87)",
    )
    nobody = papers("sasaran", {**document_data.targeting(), "receipts": [], "judgements": []})[0].tables[0]
    assert nobody.rows[0][2] == "tidak ada penerima"
    assert len(table("belum-menerima").rows) == 2


def test_the_sample_is_drawn_from_its_seed() -> None:
    assert table("uji-petik").total == (None, None, 200, 24)
    assert papers("uji-petik") == papers("uji-petik")
    assert len(table("uji-petik", 1).rows) == 24


def test_wrong_data_are_refused_whole() -> None:
    with pytest.raises(ValidationError, match="amount"):
        papers("bnba", {**document_data.listing(1), "families": [{**document_data.family(1), "amount": 178_150.5}]})
    with pytest.raises(ValidationError, match="region"):
        papers("bnba", {**document_data.listing(1), "families": [{**document_data.family(1), "region": "Bunuyo"}]})
    ledger = EVERY["realisasi"]
    twice = {**ledger, "entries": [ledger["entries"][0], ledger["entries"][0]]}
    with pytest.raises(ValueError, match="dua kali"):
        papers("realisasi", twice)


def test_words_too_long_for_a_column_may_break() -> None:
    assert breakable("Dusun Huntulohulawa") == "Dusun Huntulohulawa"
    assert breakable("Pneumonoultramicroscopic x") == "Pneumonou\u200bltramicro\u200bscopic x"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EVERY))
def test_pdf(name: str) -> None:
    for paper in papers(name):
        found = pdf(paper, OFFICE)
        assert found.overflow == ()
        assert found.warnings == ()
        opened = inside(found.data)
        assert b"/StructTreeRoot" in opened
        assert b"/Lang" in opened
        assert b"pdfuaid" in opened
        assert found.pages == len(re.findall(rb"/Type\s*/Page[^s]", opened))
        assert found.pages == 1 or name not in {"realisasi", "bast", "surat"}


@pytest.mark.slow
def test_pdf_is_made_the_same_again_and_long_lists_are_tagged(monkeypatch: pytest.MonkeyPatch) -> None:
    for (paper,) in (papers("realisasi"), papers("bnba")):
        assert pdf(paper, OFFICE).data == pdf(paper, OFFICE).data
    assert not any(part.tagged for part in papers("bnba", document_data.listing(MOST_TAGGED_TOGETHER + 1, 2)))
    monkeypatch.setattr(pages, "MOST_TAGGED", 40)
    data = document_data.listing(45)
    (long,) = papers("bnba", data)
    assert not long.tagged
    assert b"/StructTreeRoot" in inside(pdf(long, OFFICE).data)
    # With a sign that the font lacks, the typesetter sets the rows itself.
    data["families"][0]["name"] = "Moh. \u4e2d Yusuf"
    (lacking,) = papers("bnba", data)
    assert b"/StructTreeRoot" not in inside(pdf(lacking, OFFICE).data)


@pytest.mark.slow
def test_what_does_not_fit_is_told() -> None:
    (paper,) = papers("penolakan")
    narrow = tuple(replace(column, width=0.4) for column in paper.tables[0].columns)
    found = pdf(replace(paper, tables=(replace(paper.tables[0], columns=narrow),)), OFFICE)
    assert "Alasan" in found.overflow


@pytest.mark.slow
def test_a_sign_that_the_font_lacks_is_told_and_keeps_nothing_back() -> None:
    data = document_data.listing(1)
    data["families"][0]["name"] = "Moh. \u4e2d Yusuf"
    found = pdf(papers("bnba", data)[0], OFFICE)
    assert found.pages == 1
    assert any("\u4e2d" in each for each in found.warnings)


@pytest.mark.slow
def test_what_people_write_is_text_and_never_markup() -> None:
    data = document_data.listing(3)
    for each, name in zip(data["families"], ("#panic()", "$x$ *y* \\ `z`", "=Judul <rows-end> @a [b]"), strict=True):
        each["name"] = name
    assert pdf(papers("bnba", data)[0], OFFICE).pages == 1


@pytest.mark.slow
def test_papers_come_in_their_order_and_a_failed_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = papers("tanda-terima", document_data.listing(60, 2)) * 5
    assert [each.pages for each in pdfs(parts, OFFICE)] == [pdf(part, OFFICE).pages for part in parts[:2]] * 5
    with pytest.raises(TypesettingError):
        pdf(replace(parts[0], template="ejps.typ", facts={}), OFFICE)
    monkeypatch.setattr(typesetting, "WAIT_SECONDS", 0.01)
    with pytest.raises(TypesettingError, match="0 s"):
        pdf(parts[0], OFFICE)
