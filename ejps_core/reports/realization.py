"""Laporan realisasi: money by phase and district as of a position, who is late and why. One A4 page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ejps_core.aid.changes import lapses
from ejps_core.aid.checks import cautions, open_words, percent_words, share
from ejps_core.aid.entries import SPENDING, Step
from ejps_core.aid.position import Cell, Position, position
from ejps_core.model.paper import Column, Paper, Show, Table, Value
from ejps_core.model.wording import money, number
from ejps_core.model.words import Language, Words, same
from ejps_core.reports.charts import bars
from ejps_core.reports.ledger_data import read_ledger
from ejps_core.reports.terbilang import plain_day

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
TITLE = Words("Laporan realisasi", "Realisation report")
NOT_REPORTED = Words("belum dilaporkan", "not reported")
SHORTENED = ((10**12, "triliun", "trillion"), (10**9, "miliar", "billion"), (10**6, "juta", "million"))


def phase_words(phase: int) -> Words:
    """Tahap III."""
    name = ROMAN[phase] if phase < len(ROMAN) else str(phase)
    return Words(f"Tahap {name}", f"Phase {name}")


def short(amount: int) -> Words:
    """An amount as it is said: Rp17,12 miliar; two decimals, halves up. Below a million in full."""
    for unit, indonesian, english in SHORTENED:
        if abs(amount) >= unit:
            words = number((2 * 100 * amount + unit) // (2 * unit), 2)
            return Words(f"Rp{words.id} {indonesian}", f"Rp{words.en} {english}")
    return money(amount, 0, "IDR")


def moment_words(at: datetime) -> Words:
    """Posisi data per 16-10-2020 pukul 08.00 WITA."""
    offset = at.utcoffset()
    hours = None if offset is None else offset.total_seconds() / 3600
    zone = ZONES.get(int(hours), f"UTC{at:%z}") if hours is not None and hours == int(hours) else f"UTC{at:%z}"
    return Words(f"Posisi data per {at:%d-%m-%Y} pukul {at:%H.%M} {zone}", f"Data as of {at:%Y-%m-%d} {at:%H:%M} {zone}")


def realization(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The report from a ledger and a moment as plain data."""
    ledger, at = read_ledger(data)
    return (realization_paper(position(ledger, at)),)


def realization_paper(found: Position) -> Paper:
    """The report of a position."""
    title = Words(f"{TITLE.id} {found.title.id}", f"{TITLE.en}: {found.title.en}")
    day = plain_day(found.at.date())
    lines = (Words(f"Tahun Anggaran {found.year}", f"Budget year {found.year}"), moment_words(found.at))
    digest = f"{TITLE.id} · posisi {found.at:%d-%m-%Y %H.%M} · SHA-256 {found.digest}"
    return Paper(
        name="realisasi",
        title=title,
        lines=lines,
        tables=(_matrix(found), _late(found), _detail(found)),
        notes=(*found.notes, *_cautions(found), *_lapse_notes(found)),
        facts={"figures": figures(found), "day": day, "footer": digest, "digest": found.digest},
        charts=(bars(found),),
        template="realisasi.typ",
        stamp=found.at,
    )


def figures(found: Position, language: Language = Language.ID) -> list[dict[str, str]]:
    """The figures that are read aloud, each with its whole rupiah; the percentage from whole rupiah."""
    ceiling, transferred = found.of(Step.CEILING).total, found.of(Step.TRANSFER).total
    part = percent_words(share(transferred, ceiling)) if ceiling else same("–")
    told = (
        (Words("Pagu", "Ceiling"), short(ceiling), money(ceiling, 0, "IDR")),
        (Words("Ditransfer ke RKUD", "Transferred"), short(transferred), money(transferred, 0, "IDR")),
        (OUTSTANDING, short(ceiling - transferred), money(ceiling - transferred, 0, "IDR")),
        (Words("Ditransfer dari pagu", "Transferred of ceiling"), part, EXACTLY),
    )
    return [
        {"label": label.say(language), "value": value.say(language), "exact": exact.say(language)}
        for label, value, exact in told
    ]


OUTSTANDING = Words("Belum ditransfer", "Outstanding")
EXACTLY = Words("dihitung dari rupiah penuh", "from whole rupiah")


def _percent(part: int, whole: int) -> int | None:
    return share(part, whole) if whole else None


def _matrix(found: Position) -> Table:
    """A row a district: ceiling, transferred by phase and in all, what is left."""
    columns = (
        Column("no", Words("No.", "No."), Show.NUMBER, 0.75),
        Column("district", Words("Kabupaten/Kota", "District")),
        Column("ceiling", Words("Pagu", "Ceiling"), Show.MONEY, 2.15),
        *(Column(f"phase_{phase}", phase_words(phase), Show.MONEY, 2.1) for phase in found.phases),
        Column("transferred", Words("Jumlah ditransfer", "Transferred"), Show.MONEY, 2.15),
        Column("outstanding", Words("Belum ditransfer", "Outstanding"), Show.MONEY, 1.95),
        Column("part", Words("%", "%"), Show.PERCENT, 1.15),
    )
    rows = tuple((place, name, *_money_cells(found, code)) for place, (code, name) in enumerate(found.districts, start=1))
    return Table(
        "kabupaten",
        Words("Ditransfer ke RKUD per kabupaten/kota dan tahap (Rp)", "Transferred by district and phase (Rp)"),
        columns,
        rows,
        (None, None, *_money_cells(found, None)),
        _matrix_marks(found),
    )


def _money_cells(found: Position, district: str | None) -> tuple[Value, ...]:
    ceiling = found.of(Step.CEILING, district=district).total
    phases = (found.of(Step.TRANSFER, phase=phase, district=district).total for phase in found.phases)
    transferred = found.of(Step.TRANSFER, district=district).total
    return (ceiling, *phases, transferred, ceiling - transferred, _percent(transferred, ceiling))


def _matrix_marks(found: Position) -> frozenset[tuple[int, int]]:
    """A figure with an assumed one in it is assumed. What all of a late cell lacks is as certain as that cell."""
    marks = set()
    for row, (code, _) in enumerate(found.districts):
        assumed = [phase for phase in found.phases if found.cell(phase, code).assumed]
        marks |= {(row, 3 + found.phases.index(phase)) for phase in assumed}
        if assumed:
            last = 3 + len(found.phases)
            marks |= {(row, 2), (row, last), (row, last + 2)}
    return frozenset(marks)


def _late(found: Position) -> Table:
    """Who has not been paid in full: obstacle, follow-up, who answers for it, deadline."""
    names = found.names
    columns = (
        Column("district", Words("Kabupaten/Kota", "District"), width=3.3),
        Column("phase", Words("Tahap", "Phase"), Show.NUMBER, 1.15),
        Column("outstanding", Words("Belum ditransfer (Rp)", "Outstanding (Rp)"), Show.MONEY, 2.1),
        Column("obstacle", Words("Kendala", "Obstacle")),
        Column("follow_up", Words("Tindak lanjut", "Follow-up")),
        Column("answerable", Words("Penanggung jawab", "Answerable"), width=2.4),
        Column("deadline", Words("Tenggat", "Deadline"), Show.DAY, 2.4),
    )
    rows = tuple((names[cell.district], cell.phase, cell.outstanding.total, *_told(cell)) for cell in found.late)
    title = Words("Belum ditransfer: kendala dan tindak lanjut", "Outstanding: obstacles and follow-up")
    marks = {
        (row, place) for row, cell in enumerate(found.late) if cell.report and cell.report.assumed for place in (3, 4, 5, 6)
    }
    total = (None, None, sum(cell.outstanding.total for cell in found.late), None, None, None, None)
    return Table("terlambat", title, columns, rows, total if rows else None, frozenset(marks), NOT_REPORTED)


def _told(cell: Cell) -> tuple[Value, ...]:
    report = cell.report
    if report is None:
        return (None, None, None, None)
    return (report.obstacle or None, report.follow_up or None, report.answerable or None, report.deadline)


def _detail(found: Position) -> Table:
    """A row a phase and district with every station: for the workbook, CSV and JSON."""
    columns = (
        Column("phase", Words("Tahap", "Phase"), Show.NUMBER),
        Column("code", Words("Kode", "Code"), Show.CODE),
        Column("district", Words("Kabupaten/Kota", "District")),
        Column("families", Words("KPM dalam SK", "Families decreed"), Show.NUMBER),
        *(Column(*column, Show.MONEY) for column in _MONEY),
        Column("orders", Words("No. dan tanggal SP2D", "SP2D, number and day")),
        Column("reached", Words("KPM terealisasi", "Families reached"), Show.NUMBER),
        Column("part", Words("% ditransfer", "% transferred"), Show.PERCENT),
        Column("reported_on", Words("Laporan terakhir", "Last report"), Show.DAY),
    )
    rows = tuple(_detail_row(found, cell) for cell in found.cells)
    marked = frozenset(
        (row, place) for row, cell in enumerate(found.cells) if cell.assumed for place in range(3, len(columns))
    )
    marks = frozenset((row, place) for row, place in marked if isinstance(rows[row][place], int))
    title = Words("Rincian per tahap dan kabupaten/kota (Rp)", "Details by phase and district (Rp)")
    return Table("rincian", title, columns, rows, None, marks, NOT_REPORTED)


_MONEY = (
    ("ceiling", Words("Pagu", "Ceiling")),
    ("requested", Words("Permintaan", "Requested")),
    ("advanced", Words("Dana talangan", "Advance funding")),
    ("transferred", Words("Ditransfer ke RKUD", "Transferred")),
    ("outstanding", Words("Belum ditransfer", "Outstanding")),
    ("spent", Words("Dibelanjakan", "Spent")),
    ("received", Words("Diterima KPM", "Received")),
    ("refunded", Words("Pengembalian", "Refunded")),
    ("failed", Words("Gagal diserahkan", "Not handed over")),
)


def _detail_row(found: Position, cell: Cell) -> tuple[Value, ...]:
    def known(*steps: Step) -> int | None:
        return cell.of(*steps).total if cell.reported(*steps) else None

    orders = "; ".join(f"{paid.document}, {plain_day(paid.on)}" for paid in cell.transfers)
    transferred = cell.of(Step.TRANSFER).total
    return (
        cell.phase,
        cell.district,
        found.names[cell.district],
        cell.target.families if cell.target else None,
        known(Step.CEILING),
        known(Step.REQUEST),
        known(Step.ADVANCE),
        transferred,
        cell.outstanding.total,
        known(*SPENDING),
        known(Step.RECEIPT),
        known(Step.REFUND),
        known(Step.FAILURE),
        orders or None,
        cell.reached,
        _percent(transferred, cell.of(Step.CEILING).total),
        cell.report.on if cell.report else None,
    )


def _cautions(found: Position) -> tuple[Words, ...]:
    """What still has to be explained, and what was."""
    said = cautions(found)
    return tuple(Words(open_words(each, found, Language.ID), open_words(each, found, Language.EN)) for each in said)


def _lapse_notes(found: Position) -> tuple[Words, ...]:
    """What is lost at the end of the year."""
    total = sum(each.untransferred.total for each in lapses(found))
    if not total:
        return ()
    words = money(total, 0, "IDR")
    return (
        Words(
            f"Yang tidak ditransfer sampai 31 Desember {found.year} gugur bersama tahun anggaran: {words.id}.",
            f"What is not transferred by 31 December {found.year} lapses with the budget year: {words.en}.",
        ),
    )
