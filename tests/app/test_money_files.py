"""Files about money: each form read exactly, every row accepted or set apart with its reason, nothing assumed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from ejps_core.aid.entries import DistrictReport, Entry, Event, Money, Stated, Step, Target
from ejps_core.app.library import core_only
from ejps_core.app.money.drafts import Draft, Reading, Share, drafts
from ejps_core.app.money.importing import page_of
from ejps_core.model.calendar import day_number
from ejps_core.registry.money.cells import district_in, order_in, phase_in, read_moment
from ejps_core.registry.money.forms import ENTRIES, ORDERS, STATEMENT, Form, realisation
from ejps_core.store.problems import StoreError

TODAY = day_number(date(2020, 10, 16))
FORMS = (ENTRIES, ORDERS, realisation((1, 2)))


def read(
    path: Path, share: Share | None = None, on: date | None = None, forms: tuple[Form, ...] = FORMS
) -> tuple[Draft, ...]:
    return drafts(page_of(path, forms, core_only(), TODAY), Reading((1, 2), path.name, TODAY, share, on))


def csv(folder: Path, *lines: str) -> Path:
    path = folder / "berkas.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def entries(found: tuple[Draft, ...]) -> list[Entry]:
    return [entry for draft in found for entry in draft.entries]


def codes(found: tuple[Draft, ...]) -> list[list[str]]:
    return [[fault.code for fault in draft.faults] for draft in found]


HEAD = "Langkah;Tahap;Kabupaten/Kota;Tanggal;Dokumen;Porsi provinsi (Rp);Porsi kabupaten/kota (Rp);KPM"


def test_a_row_an_entry(tmp_path: Path) -> None:
    found = read(
        csv(
            tmp_path,
            HEAD,
            "salur;III;Kabupaten Pohuwato;11-05-2020;0123/SP2D/2020;Rp1.234.567;0;",
            "Diterima KPM;1;75.71;2020-05-12;BAST 1;106890;71.260;1",
            "sasaran;1;Boalemo;2020-04-28;SK 1;106.890;71.260;7.515",
            "laporan;1;Boalemo;2020-06-28;Lap. 1;;;",
        )
    )
    assert codes(found) == [[], [], [], []]
    transfer, receipt, target, report = entries(found)
    assert isinstance(transfer, Event)
    assert (transfer.step, transfer.phase, transfer.district) == (Step.TRANSFER, 3, "75.04")
    assert (transfer.money, transfer.on, transfer.document) == (Money(1_234_567, 0), date(2020, 5, 11), "0123/SP2D/2020")
    assert isinstance(receipt, Event)
    assert (receipt.step, receipt.money, receipt.families) == (Step.RECEIPT, Money(106_890, 71_260), 1)
    assert isinstance(target, Target)
    assert (target.families, target.price) == (7_515, Money(106_890, 71_260))
    assert isinstance(report, DistrictReport)


def test_what_is_not_clear_sets_its_row_apart(tmp_path: Path) -> None:
    found = read(
        csv(
            tmp_path,
            HEAD,
            "salur;1;Gorontalo;11-05-2020;a;1;;",
            "salur;tahap kesekian;75.01;11-05-2020;a;1;;",
            "salur;1;75.01;11-05-20;a;1;;",
            "salur;1;75.01;11-05-2020;a;178,150;;",
            "salur;1;75.01;11-05-2020;a;1,5;;",
            "salur;1;75.01;11-05-2020;a;-5;;",
            "menguap;1;75.01;11-05-2020;a;1;;",
            "salur;1;75.01;11-05-2020;a;;;",
            "salur;;75.01;11-05-2020;a;1;;",
        )
    )
    assert codes(found) == [
        ["district-unclear"],
        ["phase-unclear"],
        ["two-digit-year"],
        ["ambiguous-number"],
        ["too-many-decimals"],
        ["out-of-bounds"],
        ["step-unknown"],
        ["money-cell-missing"],
        ["money-cell-missing"],
    ]
    assert entries(found) == []


def test_whose_share_it_is_must_be_said(tmp_path: Path) -> None:
    path = csv(tmp_path, "No SP2D;Tanggal SP2D;Nilai;Uraian", "1/2020;11-05-2020;500;BKK JPS tahap II Kab. Gorontalo Utara")
    assert codes(read(path)) == [["share-unsaid"]]
    for share, money in ((Share.PROVINCE, Money(500, 0)), (Share.DISTRICT, Money(0, 500))):
        (event,) = entries(read(path, share))
        assert isinstance(event, Event)
        assert (event.money, event.district, event.phase) == (money, "75.05", 2)


def test_shares_must_add_up(tmp_path: Path) -> None:
    head = "Langkah;Tahap;Kabupaten/Kota;Tanggal;Dokumen;Porsi provinsi;Porsi kabupaten/kota;Jumlah"
    assert codes(read(csv(tmp_path, head, "salur;1;75.01;11-05-2020;a;6;4;11"))) == [["shares-not-sum"]]
    (event,) = entries(read(csv(tmp_path, head, "salur;1;75.01;11-05-2020;a;6;4;10")))
    assert isinstance(event, Event)
    assert event.money == Money(6, 4)


def workbook(folder: Path) -> Path:
    """The realisation by district as it is usual: a title, headers in two lines, a row JUMLAH."""
    path = folder / "realisasi.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Realisasi")
        page.write_string(0, 0, "REALISASI BANTUAN PANGAN TA 2020")
        top = [
            "No",
            "Kabupaten/Kota",
            "Pagu (Rp)",
            "Tahap I",
            "",
            "",
            "",
            "Tahap II",
            "",
            "",
            "",
            "Total disalurkan",
            "Kendala",
        ]
        part = ["No./tgl SP2D", "Disalurkan (Rp)", "KPM terealisasi", "Nilai realisasi (Rp)"]
        for column, text in enumerate(top):
            page.write(2, column, text)
        for column, text in enumerate(["", "", "", *part, *part, "", ""]):
            page.write(3, column, text)
        none = ["", "", "", ""]
        first = ["0123/SP2D/2020, 11-05-2020", 429_697_800, 4_000, 427_560_000]
        second = ["0456/SP2D/2020, 11-08-2020", 429_697_800, "", ""]
        other = ["0124/SP2D/2020, 11-05-2020", 803_278_350, "", ""]
        rows: list[list[object]] = [
            [1, "Kabupaten Pohuwato", 859_395_600, *first, *second, 859_395_600, ""],
            [2, "Kabupaten Boalemo", 1_606_556_700, *other, *none, 803_278_350, "SPM belum lengkap"],
            [3, "Kota Gorontalo", 1_000, "", 1_000, "", "", *none, 1_000, ""],
            [4, "Kabupaten Gorontalo", 1_000, "0125/SP2D/2020, 11-05-2020", "", "", "", *none, 0, ""],
            ["", "JUMLAH", 2_465_952_300, *none, *none, 1_662_673_950, ""],
        ]
        for row, cells in enumerate(rows, start=4):
            for column, cell in enumerate(cells):
                page.write(row, column, cell)
    return path


def test_the_realisation_by_district(tmp_path: Path) -> None:
    found = read(workbook(tmp_path), Share.PROVINCE, date(2020, 10, 16))
    assert codes(found) == [[], [], ["order-missing"], ["money-cell-missing"], []]
    pohuwato, boalemo, _, _, total = found
    events = [each for each in pohuwato.entries if isinstance(each, Event)]
    assert [(each.step, each.phase, each.money.province, each.document, each.on) for each in events] == [
        (Step.TRANSFER, 1, 429_697_800, "0123/SP2D/2020", date(2020, 5, 11)),
        (Step.RECEIPT, 1, 427_560_000, "realisasi.xlsx", date(2020, 10, 16)),
        (Step.TRANSFER, 2, 429_697_800, "0456/SP2D/2020", date(2020, 8, 11)),
    ]
    assert events[1].families == 4_000
    (report,) = [each for each in boalemo.entries if isinstance(each, DistrictReport)]
    assert (report.phase, report.obstacle) == (1, "SPM belum lengkap")
    stated = [(each.step, each.district, each.amount) for each in total.entries if isinstance(each, Stated)]
    assert stated == [(Step.CEILING, None, 2_465_952_300), (Step.TRANSFER, None, 1_662_673_950)]
    assert total.line.total


def test_the_day_of_the_realisation_must_be_said(tmp_path: Path) -> None:
    assert codes(read(workbook(tmp_path), Share.PROVINCE))[0] == ["day-unsaid"]


def test_a_file_of_no_known_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="lacks the columns"):
        read(csv(tmp_path, "Tanggal;Saldo", "11-05-2020;5"))
    statement = csv(tmp_path, "Tanggal;Uraian;Debet;Kredit", "11-05-2020;x;5;-", "JUMLAH;;5;0")
    (line, total) = page_of(statement, (ORDERS, STATEMENT), core_only(), TODAY).lines
    assert dict(line.values) == {"tanggal": date(2020, 5, 11), "uraian": "x", "debet": 5}
    assert (line.total, total.total) == (False, True)


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("RKUD Kab. Gorontalo", "75.01"),
        ("RKUD Kabupaten Gorontalo Utara", "75.05"),
        ("BKAD Kota Gorontalo", "75.71"),
        ("Pemkab Bone Bolango", "75.03"),
        ("Gorontalo", None),
        ("Pohuwato dan Boalemo", None),
    ],
)
def test_the_district_in_words(text: str, district: str | None) -> None:
    assert district_in(text) == district


@pytest.mark.parametrize(
    ("text", "phase"), [("JPS Tahap III", 3), ("tahap 2", 2), ("tahap I dan tahap II", None), ("x", None)]
)
def test_the_phase_in_words(text: str, phase: int | None) -> None:
    assert phase_in(text) == phase


def test_number_and_day_of_an_order_in_one_cell() -> None:
    day = date(2020, 5, 11)
    for text in (
        "0123/SP2D/2020, 11-05-2020",
        "0123/SP2D/2020 tgl 11-05-2020",
        "0123/SP2D/2020 tanggal 11 Mei 2020",
        "0123/SP2D/2020; 2020-05-11",
        "0123/SP2D/2020 / 11-05-2020",
    ):
        assert order_in(text, TODAY) == ("0123/SP2D/2020", day), text
    assert order_in("0123/SP2D/2020", TODAY) == ("0123/SP2D/2020", None)


def test_moments_are_meant_in_gorontalo() -> None:
    for text in ("2020-10-16 08:00", "2020-10-16 08.00", "2020-10-16T00:00+00:00"):
        found = read_moment(text)
        assert found is not None
        assert found.timestamp() == 1_602_806_400
    assert read_moment("kemarin") is None
