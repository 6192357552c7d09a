"""Nominal lists: BNBA, the annex of a decree, receipts to be signed, the village's announcement. A paper a village."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from ejps_core.model.masking import mask
from ejps_core.model.paper import Column, Paper, Show, Table, Value
from ejps_core.model.words import Words
from ejps_core.reports.list_data import FamilyData, ListData, read_list
from ejps_core.reports.pages import tagged
from ejps_core.reports.realization import moment_words, phase_words
from ejps_core.reports.terbilang import plain_day, rupiah_words

Cells = Callable[[ListData, int, FamilyData], tuple[Value, ...]]
NO = Column("no", Words("No.", "No."), Show.NUMBER, 0.9)
NAME = Column("name", Words("Nama penerima", "Recipient"))
NIK = Column("nik", Words("NIK", "NIK"), Show.CODE, 2.7)
AMOUNT = Column("amount", Words("Nilai (Rp)", "Amount (Rp)"), Show.MONEY, 1.9)
YES_NO = {True: "DTKS", False: "Non-DTKS", None: ""}

HEAD = (
    NO,
    NAME,
    NIK,
    Column("kk", Words("No. KK", "Family card"), Show.CODE, 2.7),
)
TAIL = (AMOUNT, Column("note", Words("Ket.", "Note"), width=1.8))
ADDRESS = Column("address", Words("Alamat", "Address"), width=3.6)
OWN = (
    Column("sex", Words("L/P", "Sex"), width=0.8),
    Column("birth", Words("Tgl. lahir", "Born"), width=1.8),
    ADDRESS,
    Column("work", Words("Pekerjaan", "Work"), width=2.2),
    Column("members", Words("Jml. angg.", "Members"), Show.NUMBER, 1.1),
    Column("dtks", Words("DTKS/ Non", "DTKS"), width=1.6),
    Column("other_aid", Words("Bansos lain", "Other aid"), width=1.6),
    AMOUNT,
    Column("received", Words("Tgl. terima", "Received on"), width=1.8),
    TAIL[1],
)
"""The columns of a list that no program's `laporan` shapes."""
ROOM = 9.4
"""Centimetres that the columns of a `laporan` share; they are as wide as their longest words, and wrap."""
LEAST_WIDTH, MOST_WIDTH = 1.2, 3.4


def bnba(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """By name by address, a part a village; its middle columns are those of the program's `laporan`, if it has one."""
    found = read_list(data)
    title = Words("Daftar penerima by name by address (BNBA)", "List of recipients by name and address")
    columns, cells = (HEAD + OWN, _bnba_cells) if found.columns is None else (_shown_columns(found), _shown_cells)
    return _papers(found, "bnba", title, columns, cells, {"landscape": True, "size": 7.5})


def _bnba_cells(of: ListData, no: int, family: FamilyData) -> tuple[Value, ...]:
    days = [f"{day:%d-%m-%Y}" if day else "" for day in (family.birth, family.received)]
    who = (no, family.name, of.number(family.nik), of.number(family.kk), family.sex, days[0], family.home, family.work)
    rest = (family.members, YES_NO[family.dtks], family.other_aid, family.amount, days[1], family.note)
    return (*who, *rest)


def _shown_columns(found: ListData) -> tuple[Column, ...]:
    """The columns of the `laporan`, sharing their room by what stands in them."""
    assert found.columns is not None
    wanted = [
        min(max(LEAST_WIDTH, _needed(column.title.id, [f.shown[at] for f in found.families])), MOST_WIDTH)
        for at, column in enumerate(found.columns)
    ]
    scale = min(1.0, ROOM / sum(wanted)) if wanted else 1.0
    own = (
        Column(each.name, each.title.words(), Show.NUMBER if each.number else Show.TEXT, round(width * scale, 2))
        for each, width in zip(found.columns, wanted, strict=True)
    )
    return (*HEAD, ADDRESS, *own, *TAIL)


def _needed(title: str, cells: list[str | int | None]) -> float:
    """Centimetres for the longest word of a title, and for a cell on two lines."""
    words = max((len(word) for word in title.split()), default=0)
    return 0.3 + 0.15 * max(words, max((len(str(cell)) // 2 for cell in cells if cell is not None), default=0))


def _shown_cells(of: ListData, no: int, family: FamilyData) -> tuple[Value, ...]:
    assert of.columns is not None
    own = (
        mask(str(cell)) if column.masked and cell is not None else cell
        for column, cell in zip(of.columns, family.shown, strict=True)
    )
    who = (no, family.name, of.number(family.nik), of.number(family.kk), family.home)
    return (*who, *own, family.amount, family.note)


ANNEX = (
    NO,
    NAME,
    NIK,
    Column("address", Words("Alamat", "Address"), width=4.6),
    Column("members", Words("Jml. angg.", "Members"), Show.NUMBER, 1.3),
    AMOUNT,
    Column("note", Words("Ket.", "Note"), width=2.0),
)


def annex(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The annex of the decree that fixes the recipients, a part a village."""
    found = read_list(data)
    title = Words(f"Daftar penerima {found.program.id}", f"Recipients of {found.program.en}")
    decree = [f"Nomor {found.decree}"] if found.decree else ["Nomor ...................."]
    about = [f"tentang {found.decree_title}"] if found.decree_title else []
    facts = {"annex": ["LAMPIRAN KEPUTUSAN", *decree, *about], "letterhead": False}
    return _papers(found, "lampiran-sk", title, ANNEX, _annex_cells, facts)


def _annex_cells(of: ListData, no: int, family: FamilyData) -> tuple[Value, ...]:
    return (no, family.name, of.number(family.nik), family.home, family.members, family.amount, family.note)


RECEIPTS = (
    NO,
    NAME,
    Column("nik", Words("NIK", "NIK"), Show.CODE, 2.7),
    Column("address", Words("Alamat", "Address"), width=3.6),
    AMOUNT,
    Column("taker", Words("Yang mengambil (hubungan)", "Taken by (relation)"), width=2.7),
    Column("sign", Words("Tanda tangan/ cap jempol", "Signature"), Show.SIGN, 3.2),
)


def receipts(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """Daftar tanda terima: a line to sign for every recipient, a part a village."""
    found = read_list(data)
    title = Words(f"Daftar tanda terima {found.program.id}", f"Receipts of {found.program.en}")
    return _papers(found, "tanda-terima", title, RECEIPTS, _receipt_cells, {})


def _receipt_cells(of: ListData, no: int, family: FamilyData) -> tuple[Value, ...]:
    # Odd numbers sign at the left, even ones lower at the right, so that two hands find room.
    mark = f"{no}." if no % 2 else " " * 14 + f"{no}."
    return (no, family.name, of.number(family.nik), family.home, family.amount, family.taker, mark)


ANNOUNCED = (
    NO,
    Column("name", Words("Nama", "Name")),
    Column("hamlet", Words("Dusun/lingkungan", "Hamlet"), width=5.0),
    Column("nik", Words("Empat angka terakhir NIK", "Last four digits of NIK"), Show.CODE, 3.0),
    Column("aid", Words("Jenis bantuan", "Aid"), width=4.2),
)


def announcement(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """What is posted at the village office: name, hamlet, kind of aid; never a whole number, birth date or disability."""
    found = read_list({**data, "full_numbers": False})
    closing = (
        "Warga yang berkeberatan atau mengetahui data yang tidak benar dapat menyampaikannya kepada pemerintah "
        "desa/kelurahan atau kanal pengaduan tanpa biaya. Identitas pelapor dirahasiakan."
    )
    title = Words(f"Pengumuman penerima {found.program.id}", f"Announcement: recipients of {found.program.en}")
    facts = {"closing": [closing], "size": 9.5}
    return _papers(found, "pengumuman", title, ANNOUNCED, _announced_cells, facts)


def _announced_cells(of: ListData, no: int, family: FamilyData) -> tuple[Value, ...]:
    return (no, family.name, family.address, of.short_number(family.nik), of.aid or of.program.id)


def _papers(
    found: ListData, name: str, title: Words, columns: tuple[Column, ...], cells: Cells, facts: Mapping[str, Any]
) -> tuple[Paper, ...]:
    """A paper a village, the villages in the order of their codes; one paper that says so where nobody is listed."""
    ordered = sorted(found.families, key=lambda family: family.place)
    villages = [(place, tuple(group)) for place, group in groupby(ordered, key=lambda family: family.place)]
    places = villages or [(("", "", "", ""), ())]
    one = len(places) == 1
    return tuple(
        _paper(found, name, title, columns, cells, facts, place, of, "" if one else place[0]) for place, of in places
    )


def _paper(
    found: ListData,
    name: str,
    title: Words,
    columns: tuple[Column, ...],
    cells: Cells,
    facts: Mapping[str, Any],
    place: tuple[str, str, str, str],
    families: tuple[FamilyData, ...],
    part: str,
) -> Paper:
    rows = tuple(cells(found, no, family) for no, family in enumerate(families, start=1))
    amounts = [family.amount for family in families if family.amount is not None]
    listed = Words("Daftar", "List")
    table = Table("daftar", listed, columns, rows, _total(columns, amounts), unknown=Words("", ""))
    lines = [Words(f"Tahun Anggaran {found.year}", f"Budget year {found.year}"), moment_words(found.at)]
    if found.phase is not None:
        lines.insert(0, phase_words(found.phase))
    if found.program.id not in title.id:
        lines.insert(0, found.program.words())
    where = [["Kabupaten/Kota", place[3]], ["Kecamatan", place[2]], ["Desa/Kelurahan", f"{place[1]} ({place[0]})"]]
    shown = {"place": where if place[0] else [], "day": plain_day(found.at.date()), **facts}
    if found.decree and name != "lampiran-sk":
        shown["place"] = [*shown["place"], ["Dasar", found.decree]]
    return Paper(
        name,
        title,
        tuple(lines),
        (table,),
        _notes(rows, amounts, columns),
        shown,
        part=part,
        stamp=found.at,
        tagged=tagged(len(rows), len(found.families)),
    )


def _total(columns: tuple[Column, ...], amounts: list[int]) -> tuple[Value, ...] | None:
    """The amounts' sum under their column."""
    if not amounts or AMOUNT not in columns:
        return None
    return tuple(sum(amounts) if column is AMOUNT else None for column in columns)


def _notes(rows: tuple[tuple[Value, ...], ...], amounts: list[int], columns: tuple[Column, ...]) -> tuple[Words, ...]:
    if not rows:
        return (Words("Tidak ada penerima.", "No recipients."),)
    notes = [Words(f"{len(rows)} penerima.", f"{len(rows)} recipients.")]
    if amounts and AMOUNT in columns:
        notes.append(Words(f"Terbilang: {rupiah_words(sum(amounts))}.", f"In words: {rupiah_words(sum(amounts))}."))
        if len(amounts) < len(rows):
            notes.append(
                Words(f"{len(rows) - len(amounts)} penerima tanpa nilai.", f"{len(rows) - len(amounts)} without amount.")
            )
    return tuple(notes)
