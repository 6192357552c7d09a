"""Laporan tepat sasaran: on what was paid, on both bases side by side; and who is entitled and receives nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StrictInt

from ejps_core.aid.targeting import BASES, Basis, Group, Judgement, Level, Rate, on_both, together
from ejps_core.model.masking import mask
from ejps_core.model.paper import Column, Paper, Show, Table, Value
from ejps_core.model.ruleset import Verdict
from ejps_core.model.wording import number
from ejps_core.model.words import Words
from ejps_core.reports.ledger_data import Given
from ejps_core.reports.list_data import REGION
from ejps_core.reports.recaps import Headed, ReceiptData

LEVELS = {
    Level.ALL: Words("Seluruhnya", "All"),
    Level.PROGRAM: Words("Program", "Program"),
    Level.PHASE: Words("Tahap", "Phase"),
    Level.DISTRICT: Words("Kabupaten/Kota", "District"),
    Level.VILLAGE: Words("Desa/Kelurahan", "Village"),
}


class JudgementData(Given):
    """A family's verdict for a phase, as known then and on the latest data (missing: as then)."""

    program: str
    phase: StrictInt
    family: str
    region: Annotated[str, Field(pattern=REGION)]
    then: Verdict
    latest: Verdict | None = None
    name: str = ""
    kk: str = ""

    def judgement(self, basis: Basis) -> Judgement:
        """The verdict on one basis."""
        verdict = self.latest or self.then if basis is Basis.LATEST else self.then
        return Judgement(self.program, self.phase, self.family, self.region, verdict)


class TargetingData(Headed):
    """Receipts and verdicts. by: what the second table is counted by. names: of programs and regions, by code.

    bases: on which data; the latest is left out where nobody has judged by them.
    """

    bases: Annotated[tuple[Basis, ...], Field(min_length=1)] = (Basis.THEN, Basis.LATEST)
    by: Annotated[tuple[Level, ...], Field(min_length=1)] = (Level.PHASE, Level.DISTRICT)
    names: dict[str, str] = Field(default_factory=dict)
    receipts: tuple[ReceiptData, ...]
    judgements: tuple[JudgementData, ...]


def on_target(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The report: rates with their denominators, on both bases; then families and rupiah by group."""
    found = TargetingData.model_validate(data)
    receipts = tuple(each.receipt() for each in found.receipts)
    then = tuple(each.judgement(Basis.THEN) for each in found.judgements)
    latest = (each.judgement(Basis.LATEST) if each.latest else was for each, was in zip(found.judgements, then, strict=True))
    judged = {Basis.THEN: then, Basis.LATEST: tuple(latest)}
    grouped = on_both(receipts, {basis: judged[basis] for basis in found.bases}, found.by)
    whole = {basis: together(groups) for basis, groups in grouped.items()}
    tables = [_rates(whole), _counts(whole), *(_groups(found, basis, groups) for basis, groups in grouped.items())]
    notes: tuple[Words, ...] = (
        Words(
            "Keluarga yang belum dapat dinilai dihitung tersendiri, tidak dianggap tepat sasaran.",
            "Families that cannot be judged are counted apart, never as on target.",
        ),
        Words(
            "“Saat itu”: menurut data yang diketahui pada saat penyaluran. “Terbaru”: menurut data yang diketahui sekarang.",
            "“Then”: on what was known at delivery. “Latest”: on what is known now.",
        ),
    )
    if Basis.LATEST not in found.bases:
        notes += (Words("Belum dinilai menurut data terbaru.", "Not judged on the latest data yet."),)
    title = Words("Laporan ketepatan sasaran", "Targeting report")
    return (found.paper("sasaran", title, tuple(tables), notes, landscape=True),)


def rate_words(rate: Rate, decimals: int = 1) -> str:
    """A rate as text: 40,8 % (671 dari 1.644); where there is no whole, why."""
    found = rate.rounded(decimals)
    if found is None:
        return rate.nobody.id
    return f"{number(found, decimals).id} % ({number(rate.part, 0).id} dari {number(rate.whole, 0).id})"


def _rates(whole: Mapping[Basis, Group]) -> Table:
    columns = (
        Column("rate", Words("Ukuran", "Measure"), width=7.5),
        Column("of", Words("Penyebut", "Denominator")),
        *(Column(basis.value, Words(*_basis(basis)), width=5.6) for basis in whole),
    )
    rates = [_rates_of(group) for group in whole.values()]
    rows = tuple((each[0].name.id, each[0].of.id, *(rate_words(rate) for rate in each)) for each in zip(*rates, strict=True))
    return Table("ukuran", Words("Ukuran ketepatan sasaran", "Measures"), columns, rows)


def _basis(basis: Basis) -> tuple[str, str]:
    words = BASES[basis]
    return words.id[0].upper() + words.id[1:], words.en[0].upper() + words.en[1:]


def _rates_of(group: Group) -> tuple[Rate, ...]:
    return (
        group.on_target,
        group.leakage,
        group.inclusion,
        group.exclusion,
        group.total_error,
        group.off_target_money,
    )


def _counts(whole: Mapping[Basis, Group]) -> Table:
    """Families and rupiah by class, on each basis."""
    columns = [Column("class", Words("Kelas", "Class"))]
    for basis in whole:
        label = SHORT[basis]
        columns.append(
            Column(f"{basis}_families", Words(f"Keluarga, {label.id}", f"Families, {label.en}"), Show.NUMBER, 2.9)
        )
        columns.append(Column(f"{basis}_amount", Words(f"Rupiah, {label.id}", f"Rupiah, {label.en}"), Show.MONEY, 3.6))
        columns.append(
            Column(f"{basis}_province", Words(f"porsi provinsi, {label.id}", f"province, {label.en}"), Show.MONEY, 3.4)
        )
    rows = tuple(
        (words, *(cell for group in whole.values() for cell in _class(group)[place])) for place, words in enumerate(_CLASSES)
    )
    return Table("kelas", Words("Keluarga dan rupiah", "Families and rupiah"), tuple(columns), rows)


SHORT = {Basis.THEN: Words("saat itu", "then"), Basis.LATEST: Words("terbaru", "latest")}
_CLASSES = (
    "menerima, memenuhi syarat (tepat)",
    "menerima, tidak memenuhi syarat (kesalahan inklusi)",
    "menerima, belum dapat dinilai",
    "tidak menerima, memenuhi syarat (kesalahan eksklusi)",
    "tidak menerima, tidak memenuhi syarat",
    "tidak menerima, belum dapat dinilai",
)


def _class(group: Group) -> tuple[tuple[Value, ...], ...]:
    paid = (
        (group.right, group.right_money),
        (group.wrong, group.wrong_money),
        (group.unjudged_paid, group.unjudged_money),
    )
    unpaid = (group.missed, group.rest, group.unjudged_unpaid)
    return (*((n, money.total, money.province) for n, money in paid), *((n, None, None) for n in unpaid))


def _groups(found: TargetingData, basis: Basis, groups: tuple[Group, ...]) -> Table:
    """A row a group: paid, right, wrong, not judged, rupiah off target."""
    columns = (
        *(
            Column(level.value, LEVELS[level], width=0 if at == len(found.by) - 1 else 2.2)
            for at, level in enumerate(found.by)
        ),
        Column("paid", Words("Penerima", "Recipients"), Show.NUMBER, 2.0),
        Column("right", Words("Tepat", "Right"), Show.NUMBER, 2.0),
        Column("wrong", Words("Inklusi", "Inclusion"), Show.NUMBER, 2.0),
        Column("unjudged", Words("Belum dapat dinilai", "Not judged"), Show.NUMBER, 2.2),
        Column("missed", Words("Eksklusi", "Exclusion"), Show.NUMBER, 2.0),
        Column("wrong_amount", Words("Tidak tepat (Rp)", "Off target (Rp)"), Show.MONEY, 2.8),
        Column("wrong_province", Words("porsi provinsi (Rp)", "province (Rp)"), Show.MONEY, 2.8),
        Column("part", Words("Inklusi, % penerima dinilai", "Inclusion, % of judged recipients"), Show.PERCENT, 2.6),
    )
    rows = tuple(
        (
            *(found.names.get(name, name) for name in group.names),
            group.paid,
            group.right,
            group.wrong,
            group.unjudged_paid,
            group.missed,
            group.wrong_money.total,
            group.wrong_money.province,
            group.leakage.rounded(2),
        )
        for group in groups
    )
    by = " dan ".join(LEVELS[level].id.lower() for level in found.by)
    english = " and ".join(LEVELS[level].en.lower() for level in found.by)
    title = Words(f"Menurut {by}, {BASES[basis].id}", f"By {english}, {BASES[basis].en}")
    return Table(f"kelompok-{basis}", title, columns, rows)


def unreached(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """Memenuhi syarat tetapi tidak menerima: the families, on the latest data there are."""
    found = TargetingData.model_validate(data)
    paid = {(each.program, each.phase, each.family) for each in found.receipts}
    basis = found.bases[-1]
    missed = [
        each
        for each in found.judgements
        if each.judgement(basis).verdict is Verdict.ELIGIBLE and (each.program, each.phase, each.family) not in paid
    ]
    columns = (
        Column("no", Words("No.", "No."), Show.NUMBER, 1.1),
        Column("name", Words("Nama", "Name")),
        Column("family", Words("Nomor KK", "Family card"), Show.CODE, 3.2),
        Column("region", Words("Desa/Kelurahan", "Village"), width=4.6),
        Column("program", Words("Program", "Program"), width=3.6),
        Column("phase", Words("Tahap", "Phase"), Show.NUMBER, 1.3),
    )
    ordered = sorted(missed, key=lambda each: (each.region, each.program, each.phase, each.name))
    rows = tuple(
        (
            no,
            e.name or None,
            mask(e.kk or e.family),
            found.names.get(e.region, e.region),
            found.names.get(e.program, e.program),
            e.phase,
        )
        for no, e in enumerate(ordered, start=1)
    )
    title = Words("Memenuhi syarat tetapi tidak menerima", "Eligible but receiving nothing")
    table = Table("keluarga", Words("Keluarga", "Families"), columns, rows)
    on = BASES[basis]
    note = Words(f"{len(rows)} keluarga-tahap, {on.id}.", f"{len(rows)} family-phases, {on.en}.")
    return (found.paper("belum-menerima", title, (table,), (note,)),)
