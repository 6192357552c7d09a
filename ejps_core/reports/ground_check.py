"""The ground check on paper: the sample with its verification form, and what was found, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ejps_core.aid.estimates import Checked, Estimate, exclusion, inclusion, leakage, stratum_interval
from ejps_core.aid.sample import Stratum, Unit, draw
from ejps_core.model.masking import mask
from ejps_core.model.paper import Column, Paper, Show, Table, Value
from ejps_core.model.wording import number
from ejps_core.model.words import Words
from ejps_core.reports.ledger_data import Count, Given
from ejps_core.reports.recaps import Headed

PAID = {True: "menerima", False: "tidak menerima"}
STRATUM = (
    Column("stratum", Words("Strata", "Stratum")),
    Column("paid", Words("Kelompok", "Group"), width=2.8),
    Column("size", Words("Keluarga", "Families"), Show.NUMBER, 2.2),
)


VISITED = "Petugas verifikasi: " + "." * 40 + "   Tanggal kunjungan: " + "." * 24 + "   Tanda tangan: " + "." * 24
"""What whoever visits fills in."""


class FrameUnit(Given):
    """A family of the frame. where: what the visitor needs to find it."""

    family: str
    stratum: str
    paid: bool
    name: str = ""
    where: str = ""


class VisitData(Given):
    """A drawn family. no: its number on the form."""

    no: Count
    family: str
    name: str = ""
    where: str = ""


class DrawnData(Given):
    """A stratum of a sample that was drawn before."""

    stratum: str
    paid: bool
    size: Count
    families: tuple[VisitData, ...]


class SampleData(Headed):
    """A frame and how to draw from it; or, drawn, a sample that is on record. least: of each stratum.

    questions: what is to be verified.
    """

    size: Count
    least: Count = 5
    seed: Annotated[str, Field(min_length=1)]
    names: dict[str, str] = Field(default_factory=dict)
    questions: tuple[str, ...] = (
        "Keluarga ditemukan di alamat",
        "Ada anggota yang hidup dan tinggal di sini",
        "Menerima bantuan yang dilaporkan",
        "Menerima bantuan lain (sebutkan)",
        "ASN/TNI/Polri dalam keluarga",
        "Menurut petugas memenuhi syarat (ya, tidak, belum dapat dinilai)",
    )
    frame: tuple[FrameUnit, ...] = ()
    drawn: tuple[DrawnData, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.frame) and bool(self.drawn):
            raise ValueError("frame, drawn: salah satu saja (one of them only)")
        return self


def sampling(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The drawn families by stratum, how they were drawn, and a form for each visit."""
    found = SampleData.model_validate(data)
    drawn = found.drawn or _drawn(found)
    notes = (
        Words(
            f"Benih pengacakan: {found.seed}. Dalam tiap strata keluarga diurutkan menurut SHA-256 dari benih, strata dan "
            "nomornya dalam kerangka sampel, lalu diambil dari atas; siapa pun dapat mengulanginya.",
            f"Seed: {found.seed}. Within a stratum families are ordered by SHA-256 of seed, stratum and their number in the "
            "frame, and taken from the top; anybody can repeat it.",
        ),
    )
    title = Words("Sampel uji petik", "Sample for the ground check")
    tables = (_allocation(found, drawn), _visits(found, drawn))
    return (found.paper("uji-petik", title, tables, notes, landscape=True, closing=[VISITED]),)


def _drawn(found: SampleData) -> tuple[DrawnData, ...]:
    """The sample drawn now, its families numbered."""
    units = (Unit(each.family, each.stratum, each.paid) for each in found.frame)
    known = {(each.family, each.stratum, each.paid): each for each in found.frame}
    numbers = count(1)

    def visit(family: str, stratum: Stratum) -> VisitData:
        each = known[family, stratum.name, stratum.paid]
        return VisitData(no=next(numbers), family=each.family, name=each.name, where=each.where)

    return tuple(
        DrawnData(stratum=s.name, paid=s.paid, size=s.size, families=tuple([visit(family, s) for family in s.drawn]))
        for s in draw(units, found.size, found.least, found.seed).strata
    )


def _allocation(found: SampleData, drawn: tuple[DrawnData, ...]) -> Table:
    columns = (*STRATUM, Column("drawn", Words("Sampel", "Sample"), Show.NUMBER, 2.2))
    rows = tuple((found.names.get(s.stratum, s.stratum), PAID[s.paid], s.size, len(s.families)) for s in drawn)
    total = (None, None, sum(s.size for s in drawn), sum(len(s.families) for s in drawn))
    return Table("alokasi", Words("Alokasi menurut strata", "Allocation"), columns, rows, total)


def _visits(found: SampleData, drawn: tuple[DrawnData, ...]) -> Table:
    """The verification form: a line a family, a column a question, to be filled in by hand."""
    columns = (
        Column("no", Words("No.", "No."), Show.NUMBER, 0.9),
        Column("family", Words("Nomor KK", "Family card"), Show.CODE, 2.8),
        Column("name", Words("Nama", "Name"), width=3.4),
        Column("where", Words("Alamat", "Address"), width=3.8),
        Column("stratum", Words("Strata", "Stratum"), width=2.6),
        *(Column(f"q{at}", Words(text, text), Show.SIGN) for at, text in enumerate(found.questions, start=1)),
    )
    blank: tuple[Value, ...] = ("",) * len(found.questions)
    rows = tuple(
        (each.no, mask(each.family), each.name, each.where, found.names.get(s.stratum, s.stratum), *blank)
        for s in drawn
        for each in s.families
    )
    return Table("formulir", Words("Formulir verifikasi", "Verification form"), columns, rows, unknown=Words("", ""))


class CheckedData(Given):
    """A stratum after the check."""

    stratum: str
    paid: bool
    size: Count
    entitled: Count
    not_entitled: Count
    unjudged: Count = 0


class ResultData(Headed):
    """What was found, stratum by stratum."""

    names: dict[str, str] = Field(default_factory=dict)
    strata: tuple[CheckedData, ...]


def results(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """Both errors estimated, with the interval, the denominator, and the formulas' sources."""
    found = ResultData.model_validate(data)
    wrong = [each.stratum for each in found.strata if each.entitled + each.not_entitled + each.unjudged > each.size]
    if wrong:
        raise ValueError(f"sampel melebihi strata (sample larger than stratum): {', '.join(wrong)}")
    checked = tuple(Checked(**each.model_dump()) for each in found.strata)
    notes = (
        Words(
            "Per strata: selang skor Wilson (1927). Gabungan: Zou, Huang dan Zhang (2009) dari batas Wilson tiap strata, "
            "tertimbang ukuran strata. Rasio: Donner dan Zou (2012). Tanpa koreksi populasi terhingga.",
            "Strata: Wilson's score interval (1927). Combined: Zou, Huang and Zhang (2009) from the strata's Wilson limits, "
            "weighted by size. Ratios: Donner and Zou (2012). No finite population correction.",
        ),
        Words(
            "Yang belum dapat dinilai tidak masuk perhitungan dan dihitung tersendiri.",
            "Families that could not be judged are left out and counted apart.",
        ),
    )
    estimates = (leakage(checked), inclusion(checked), exclusion(checked))
    tables = (_estimates(estimates), _strata(found, checked))
    return (found.paper("hasil-uji-petik", Words("Hasil uji petik", "Results of the ground check"), tables, notes),)


def percent(share: Decimal) -> str:
    """A share as 12,3 %, halves up."""
    return number(int((share * 1000).quantize(Decimal(1), ROUND_HALF_UP)), 1).id + " %"


def _estimates(estimates: tuple[Estimate, ...]) -> Table:
    columns = (
        Column("error", Words("Ukuran", "Measure")),
        Column("of", Words("Penyebut", "Denominator"), width=4.2),
        Column("estimate", Words("Perkiraan", "Estimate"), width=2.0),
        Column("interval", Words("Selang 95 %", "95 % interval"), width=3.4),
        Column("judged", Words("Dinilai", "Judged"), Show.NUMBER, 1.6),
        Column("unjudged", Words("Belum dinilai", "Not judged"), Show.NUMBER, 1.6),
    )
    rows = tuple((each.name.id, each.of.id, *_interval_words(each), each.judged, each.unjudged) for each in estimates)
    return Table("perkiraan", Words("Perkiraan kesalahan", "Estimated errors"), columns, rows)


def _interval_words(each: Estimate) -> tuple[str, str]:
    if each.interval is None:
        return ("belum dapat dihitung", "–")
    return (percent(each.interval.share), f"{percent(each.interval.low)} – {percent(each.interval.high)}")


def _strata(found: ResultData, checked: tuple[Checked, ...]) -> Table:
    columns = (
        *STRATUM,
        Column("entitled", Words("Memenuhi syarat", "Entitled"), Show.NUMBER, 2.0),
        Column("not_entitled", Words("Tidak memenuhi", "Not entitled"), Show.NUMBER, 2.0),
        Column("unjudged", Words("Belum dinilai", "Not judged"), Show.NUMBER, 1.6),
        Column("interval", Words("Tidak memenuhi, selang 95 %", "Not entitled, 95 %"), width=3.4),
    )
    rows = []
    for each in checked:
        interval = stratum_interval(each)
        text = "–" if interval is None else f"{percent(interval.low)} – {percent(interval.high)}"
        name = found.names.get(each.stratum, each.stratum)
        rows.append((name, PAID[each.paid], each.size, each.entitled, each.not_entitled, each.unjudged, text))
    return Table("strata", Words("Menurut strata", "By stratum"), columns, tuple(rows))
