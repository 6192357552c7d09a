"""The forms in which money comes: which columns each has, what stands in them, and which of them make it that form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from ejps_core.registry.marks import normal

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class Holds(Enum):
    """What the cells of a column are read as."""

    TEXT = auto()
    AMOUNT = auto()
    """Whole rupiah."""
    COUNT = auto()
    DAY = auto()
    MOMENT = auto()
    DISTRICT = auto()
    PHASE = auto()
    YES_NO = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called (Indonesian, English, otherwise), what it holds. needed: without it, not this form."""

    name: str
    english: str
    holds: Holds = Holds.TEXT
    also: tuple[str, ...] = ()
    needed: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """What its header may be, in compared form, with or without the unit."""
        plain = tuple(normal(text) for text in (self.name, self.english, *self.also))
        return (*plain, *(f"{each}rp" for each in plain)) if self.holds is Holds.AMOUNT else plain


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file. key: the column by which the row of headers is found."""

    name: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> Column:
        """The first column that it needs."""
        return next(each for each in self.columns if each.needed)

    def places(self, headers: Sequence[str]) -> dict[str, int]:
        """Column -> place among compared headers; of several headers for one column the best spelling counts."""
        found: dict[str, int] = {}
        for column in self.columns:
            place = next((headers.index(each) for each in column.spellings if each in headers), None)
            if place is not None and place not in found.values():
                found[column.name] = place
        return found

    def lacks(self, headers: Sequence[str]) -> tuple[Column, ...]:
        """The columns that it needs and that are not there."""
        found = self.places(headers)
        return tuple(each for each in self.columns if each.needed and each.name not in found)


_DISTRICT = Column(
    "kabupaten/kota", "district", Holds.DISTRICT, ("daerah", "kabupaten", "kab/kota", "kode daerah", "wilayah")
)
_PHASE = Column("tahap", "phase", Holds.PHASE)
_SP2D = Column("no sp2d", "sp2d", Holds.TEXT, ("nomor sp2d", "no. sp2d", "nomor/no sp2d"), needed=True)

ENTRIES = Form(
    "entries",
    (
        Column("langkah", "step", Holds.TEXT, ("jenis", "kind", "jenis catatan"), needed=True),
        _PHASE,
        _DISTRICT,
        Column("tanggal", "date", Holds.DAY, ("tgl",), needed=True),
        Column("dokumen", "document", Holds.TEXT, ("nomor dokumen", "no dokumen", "no sp2d", "nomor sp2d", "no bukti")),
        Column("porsi provinsi", "province", Holds.AMOUNT, ("provinsi", "province share")),
        Column("porsi kabupaten/kota", "district share", Holds.AMOUNT, ("porsi kabupaten", "porsi daerah")),
        Column("jumlah", "amount", Holds.AMOUNT, ("nilai",)),
        Column("kpm", "families", Holds.COUNT, ("jumlah kpm", "kpm terealisasi", "kpm target")),
        Column("nomor", "number", Holds.TEXT, ("nomor catatan",)),
        Column("asumsi", "assumed", Holds.YES_NO),
        Column("kendala", "obstacle", Holds.TEXT, ("kendala/keterangan",)),
        Column("tindak lanjut", "follow-up", Holds.TEXT, ("followup",)),
        Column("penanggung jawab", "answerable"),
        Column("tenggat", "deadline", Holds.DAY, ("batas waktu",)),
        Column("dicatat", "entered", Holds.MOMENT, ("waktu catat", "entered at")),
        Column("oleh", "by", Holds.TEXT, ("dicatat oleh", "entered by")),
    ),
)
"""A row an entry."""

ORDERS = Form(
    "orders",
    (
        _SP2D,
        Column("tanggal sp2d", "date", Holds.DAY, ("tgl sp2d", "tanggal", "tgl", "tanggal pencairan"), needed=True),
        Column("nilai sp2d", "amount", Holds.AMOUNT, ("nilai", "jumlah", "nilai bruto", "bruto", "netto"), needed=True),
        _PHASE,
        _DISTRICT,
        Column("penerima", "payee", Holds.TEXT, ("nama penerima", "rekening tujuan", "pihak ketiga")),
        Column("uraian", "description", Holds.TEXT, ("keterangan", "keperluan", "uraian belanja")),
    ),
)
"""The treasury's list of payment orders (daftar SP2D)."""

STATEMENT = Form(
    "statement",
    (
        Column("debet", "debit", Holds.AMOUNT, ("debit", "mutasi debet", "keluar"), needed=True),
        Column("tanggal", "date", Holds.DAY, ("tgl", "tanggal transaksi", "tanggal efektif"), needed=True),
        Column("kredit", "credit", Holds.AMOUNT, ("mutasi kredit", "masuk"), needed=True),
        Column("referensi", "reference", Holds.TEXT, ("no referensi", "nomor referensi", "no bukti", "no sp2d", "ref")),
        _PHASE,
        _DISTRICT,
        Column("uraian", "description", Holds.TEXT, ("keterangan", "deskripsi", "uraian transaksi")),
    ),
)
"""A bank's statement of an account."""


@cache
def realisation(phases: tuple[int, ...]) -> Form:
    """Realisasi per tahap per kabupaten/kota: a row a district, and beside each other a group of columns for each phase."""
    columns = [Column("kabupaten/kota", "district", Holds.TEXT, ("kabupaten", "daerah", "kab/kota"), needed=True)]
    for phase in phases:
        columns += _of_phase(phase)
    columns += [
        Column("pagu", "ceiling", Holds.AMOUNT),
        Column("total disalurkan", "total transferred", Holds.AMOUNT, ("jumlah disalurkan", "total salur")),
        Column("kendala/keterangan", "obstacle", Holds.TEXT, ("kendala", "keterangan")),
        Column("tindak lanjut", "follow-up", Holds.TEXT),
        Column("penanggung jawab", "answerable", Holds.TEXT),
        Column("tenggat", "deadline", Holds.DAY, ("batas waktu",)),
    ]
    return Form("realisation", tuple(columns))


PART = {
    "sp2d": ("no./tgl sp2d", "no/tgl sp2d", "nomor/tanggal sp2d", "no. dan tanggal sp2d"),
    "sp2d number": ("no sp2d", "nomor sp2d"),
    "sp2d day": ("tgl sp2d", "tanggal sp2d"),
    "transferred": ("disalurkan", "salur", "ditransfer"),
    "reached": ("kpm terealisasi", "realisasi kpm"),
    "received": ("nilai realisasi", "realisasi"),
    "ceiling": ("pagu",),
}
"""The columns of a phase, and what stands in their headers below the phase's name."""
_HOLDS = {
    "sp2d day": Holds.DAY,
    "transferred": Holds.AMOUNT,
    "received": Holds.AMOUNT,
    "ceiling": Holds.AMOUNT,
    "reached": Holds.COUNT,
}


def part_of(part: str, phase: int) -> str:
    """The name of a phase's column."""
    return f"{part} {phase}"


def _of_phase(phase: int) -> list[Column]:
    names = [f"tahap {phase}", *([f"tahap {ROMAN[phase]}"] if phase < len(ROMAN) else ()), f"phase {phase}"]
    return [
        Column(
            part_of(part, phase),
            f"{names[-1]} {part}",
            _HOLDS.get(part, Holds.TEXT),
            tuple(f"{name} {word}" for name in names for word in words),
        )
        for part, words in PART.items()
    ]
