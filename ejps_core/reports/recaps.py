"""Recaps: by village, of rejections, of overlaps, of entitled families that receive nothing, of progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, StrictInt

from ejps_core.aid.checks import share
from ejps_core.aid.overlaps import Overlap, overlaps
from ejps_core.aid.targeting import Receipt
from ejps_core.model.masking import mask
from ejps_core.model.paper import Column, Paper, Show, Table, Value
from ejps_core.model.ruleset import Verdict
from ejps_core.model.wording import number
from ejps_core.model.words import Words, same
from ejps_core.reports.ledger_data import Amount, Count, Given, MoneyData, TitleData
from ejps_core.reports.list_data import REGION
from ejps_core.reports.pages import tagged
from ejps_core.reports.realization import moment_words, phase_words
from ejps_core.reports.terbilang import plain_day
from ejps_core.reports.words import VERDICT

NO = Column("no", Words("No.", "No."), Show.NUMBER, 0.9)
FAMILIES = Words("Keluarga", "Families")
VERDICTS = (Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNDETERMINED)


class Headed(Given):
    """What every recap has."""

    program: TitleData
    year: StrictInt
    at: AwareDatetime
    phase: StrictInt | None = None

    def paper(self, name: str, title: Words, tables: tuple[Table, ...], notes: tuple[Words, ...], **facts: object) -> Paper:
        """The recap as a paper."""
        lines = [self.program.words(), Words(f"Tahun Anggaran {self.year}", f"Budget year {self.year}")]
        if self.phase is not None:
            lines.append(phase_words(self.phase))
        shown = {"day": plain_day(self.at.date()), **facts}
        short = tagged(sum(len(table.rows) for table in tables))
        return Paper(name, title, (*lines, moment_words(self.at)), tables, notes, shown, stamp=self.at, tagged=short)


class DecidedFamily(Given):
    """A decided family. reasons: titles of the rules it failed."""

    region: Annotated[str, Field(pattern=REGION)]
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    selected: bool = False
    amount: MoneyData | Amount = MoneyData()
    """By share; or one sum, where the program doesn't say who bears it."""

    @property
    def rupiah(self) -> int:
        """Whoever bears it."""
        return self.amount if isinstance(self.amount, int) else self.amount.money().total

    @property
    def split(self) -> MoneyData:
        """By share, as far as that is known."""
        return MoneyData() if isinstance(self.amount, int) else self.amount


class DecidedData(Headed):
    """Families as decided. places: names of villages by code, each with its sub-district and district."""

    places: dict[str, tuple[str, str, str]] = Field(default_factory=dict)
    families: tuple[DecidedFamily, ...]


def by_village(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """Rekap per desa: verdicts, recipients and rupiah of each village."""
    found = DecidedData.model_validate(data)
    columns = (
        NO,
        Column("region", Words("Kode", "Code"), Show.CODE, 2.3),
        Column("village", Words("Desa/Kelurahan", "Village")),
        Column("subdistrict", Words("Kecamatan", "Sub-district"), width=2.8),
        Column("families", FAMILIES, Show.NUMBER, 1.6),
        *(Column(v.value, _headed(VERDICT[v]), Show.NUMBER, 2.0) for v in VERDICTS),
        Column("selected", Words("Penerima", "Recipients"), Show.NUMBER, 1.8),
        Column("province", Words("Porsi provinsi (Rp)", "Province's share (Rp)"), Show.MONEY, 2.5),
        Column("district", Words("Porsi kabupaten/ kota (Rp)", "District's share (Rp)"), Show.MONEY, 2.5),
        Column("amount", Words("Jumlah (Rp)", "Amount (Rp)"), Show.MONEY, 2.5),
    )
    groups: dict[str, list[DecidedFamily]] = {}
    for family in found.families:
        groups.setdefault(family.region, []).append(family)
    counted = {region: _village(groups[region]) for region in sorted(groups)}
    rows = tuple(
        (no, region, *found.places.get(region, (None, None, None))[:2], *numbers)
        for no, (region, numbers) in enumerate(counted.items(), start=1)
    )
    sums = tuple(sum(column) for column in zip(*counted.values(), strict=True)) if counted else (0,) * 8
    table = Table("desa", Words("Per desa/kelurahan", "By village"), columns, rows, (None, None, None, None, *sums))
    title = Words("Rekapitulasi per desa/kelurahan", "Recap by village")
    whole = sum(1 for family in found.families if family.selected and isinstance(family.amount, int) and family.amount)
    unsplit = Words(
        f"{whole} penerima: pembagian porsinya tidak ditetapkan program.",
        f"{whole} recipients: the program does not say who bears which share.",
    )
    return (found.paper("rekap-desa", title, (table,), (unsplit,) if whole else (), landscape=True),)


def _headed(words: Words) -> Words:
    """The words as a header: with a capital."""
    return Words(words.id[0].upper() + words.id[1:], words.en[0].upper() + words.en[1:])


def _village(families: list[DecidedFamily]) -> tuple[int, ...]:
    verdicts = Counter(family.verdict for family in families)
    chosen = [family for family in families if family.selected]
    shares = (sum(f.split.province for f in chosen), sum(f.split.district for f in chosen))
    rupiah = sum(family.rupiah for family in chosen)
    return (len(families), *(verdicts[verdict] for verdict in VERDICTS), len(chosen), *shares, rupiah)


def rejections(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """Rekap penolakan: families by reason, the most frequent first; a family may have several reasons."""
    found = DecidedData.model_validate(data)
    refused = [family for family in found.families if family.verdict is Verdict.INELIGIBLE]
    tally = Counter(reason for family in refused for reason in dict.fromkeys(family.reasons))
    ordered = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    columns = (
        NO,
        Column("reason", Words("Alasan", "Reason")),
        Column("families", FAMILIES, Show.NUMBER, 2.5),
        Column("part", Words("% dari yang ditolak", "% of the rejected"), Show.PERCENT, 3.0),
    )
    rows = tuple((no, reason, n, share(n, len(refused))) for no, (reason, n) in enumerate(ordered, start=1))
    table = Table("alasan", Words("Menurut alasan", "By reason"), columns, rows)
    count = number(len(refused), 0)
    note = Words(
        f"{count.id} keluarga tidak memenuhi syarat; satu keluarga dapat mempunyai beberapa alasan.",
        f"Families not eligible: {count.en}; a family may have several reasons.",
    )
    return (found.paper("penolakan", Words("Rekapitulasi penolakan", "Recap of rejections"), (table,), (note,)),)


class ReceiptData(Given):
    """What a family was paid."""

    program: str
    phase: StrictInt
    family: str
    region: Annotated[str, Field(pattern=REGION)]
    money: MoneyData

    def receipt(self) -> Receipt:
        """The same as a value."""
        return Receipt(self.program, self.phase, self.family, self.region, self.money.money())


class OverlapData(Headed):
    """Receipts of several programs, their titles, and the pairs that may go together.

    families: the family card by which a family is shown, where it is known by another number.
    """

    programs: dict[str, str] = Field(default_factory=dict)
    allowed: tuple[tuple[str, str], ...] = ()
    families: dict[str, str] = Field(default_factory=dict)
    receipts: tuple[ReceiptData, ...]


def overlapping(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """Tumpang tindih: by pair of programs, and the families of the pairs that are not allowed."""
    found = OverlapData.model_validate(data)
    pairs = overlaps((each.receipt() for each in found.receipts), found.allowed)
    titled = {code: found.programs.get(code, code) for pair in pairs for code in pair.pair}
    columns = (
        NO,
        Column("first", Words("Program", "Program")),
        Column("second", Words("dan program", "and program")),
        Column("allowed", Words("Boleh bersama", "Allowed"), width=2.2),
        Column("families", FAMILIES, Show.NUMBER, 1.9),
        Column("first_amount", Words("Nilai program pertama (Rp)", "Amount of the first (Rp)"), Show.MONEY, 2.9),
        Column("second_amount", Words("Nilai program kedua (Rp)", "Amount of the second (Rp)"), Show.MONEY, 2.9),
    )
    rows = tuple(_pair_row(no, each, titled) for no, each in enumerate(pairs, start=1))
    summary = Table("pasangan", Words("Menurut pasangan program", "By pair of programs"), columns, rows)
    wrong = [(each, family) for each in pairs if not each.allowed for family in each.families]
    named = (
        NO,
        Column("family", Words("Nomor KK", "Family card"), Show.CODE, 4.0),
        Column("pair", Words("Program", "Programs")),
    )
    listed = tuple(
        (no, mask(found.families.get(family, family)), " + ".join(titled[code] for code in each.pair))
        for no, (each, family) in enumerate(wrong, start=1)
    )
    names = Table("keluarga", Words("Keluarga yang perlu diperiksa", "Families to be examined"), named, listed)
    title = Words("Tumpang tindih antarprogram", "Overlaps between programs")
    note = Words("Tumpang tindih diperiksa per tahap.", "Overlaps are looked for within a phase.")
    return (found.paper("tumpang-tindih", title, (summary, names), (note,)),)


def _pair_row(no: int, each: Overlap, titled: Mapping[str, str]) -> tuple[Value, ...]:
    allowed = "ya" if each.allowed else "tidak"
    amounts = (each.money[0].total, each.money[1].total)
    return (no, titled[each.pair[0]], titled[each.pair[1]], allowed, len(each.families), *amounts)


class ProgressPoint(Given):
    """How many had received by a day."""

    on: date
    reached: Count


class ProgressData(Headed):
    """Progress towards a number of families."""

    target: Count
    points: Annotated[tuple[ProgressPoint, ...], Field(min_length=1)]


def progress(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """Kemajuan: families reached by day, of the target; a fall is told."""
    found = ProgressData.model_validate(data)
    points = sorted(found.points, key=lambda point: point.on)
    columns = (
        Column("on", Words("Sampai dengan", "By"), Show.DAY),
        Column("reached", Words("KPM terealisasi", "Families reached"), Show.NUMBER, 3.4),
        Column("more", Words("Tambahan", "More"), Show.NUMBER, 2.6),
        Column("left", Words("Sisa", "Left"), Show.NUMBER, 2.6),
        Column("part", Words("% dari target", "% of the target"), Show.PERCENT, 3.0),
    )
    before = [0, *(point.reached for point in points)]
    part = [share(point.reached, found.target) if found.target else None for point in points]
    rows = tuple(
        (point.on, point.reached, point.reached - before[at], found.target - point.reached, part[at])
        for at, point in enumerate(points)
    )
    fallen = [point.on for at, point in enumerate(points) if point.reached < before[at]]
    target = number(found.target, 0)
    notes = [Words(f"Target {target.id} KPM.", f"Target: {target.en} families.")]
    notes += [same(f"{plain_day(day)}: jumlah turun, mohon diberi alasan.") for day in fallen]
    table = Table("kemajuan", Words("Kemajuan", "Progress"), columns, rows)
    return (found.paper("kemajuan", Words("Laporan kemajuan penyaluran", "Progress of delivery"), (table,), tuple(notes)),)
