"""A small run made by hand: five families, one program, every kind of verdict and seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import Candidates, Family, from_families
from ejps_core.model.decisions import Bools, Longs, Paid, ProgramDecisions, Selection, fact_names
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.expr import AreaOf, FieldRef
from ejps_core.model.kinds import AreaLevel, Level
from ejps_core.model.money import split
from ejps_core.model.ruleset import (
    Benefit,
    Calendar,
    Choose,
    Definition,
    Field,
    LeapRule,
    ReportColumn,
    ReportTotal,
    Rule,
    RuleKind,
    Ruleset,
    Share,
)
from ejps_core.model.run import Run
from ejps_core.model.span import Cell, Span
from ejps_core.model.types import Choice, Code, Label, Number, Region, YesNo
from ejps_core.model.words import Language, Words, same

HERE = Span("contoh.ejps", 1, 1, 1, 2)
KEYS = ("7501010101209001", "7504044107859010", "7571010101209003", "=1+2", "7505010101209005")
ON = day_number(__import__("datetime").date(2020, 10, 16))
AMOUNT = 178_150


def field(name: str, title: str, kind: object, *, key: bool = False, level: Level = Level.FAMILY) -> Field:
    return Field(name, Words(title, f"{title} (en)"), kind, level, HERE, key=key)  # type: ignore[arg-type]


def rule(name: str, title: str) -> Rule:
    refers = FieldRef(type=YesNo(), span=HERE, name="pkh", level=Level.FAMILY)
    return Rule(name, RuleKind.REFUSE, Words(title, f"{title} (en)"), refers, HERE, legal="Perbup 17/2020")


def ruleset() -> Ruleset:
    home = FieldRef(type=Region(), span=HERE, name="alamat", level=Level.FAMILY)
    district = AreaOf(type=Region(), span=HERE, item=home, level=AreaLevel.DISTRICT)
    money = FieldRef(type=Number(0, 0, 10**9), span=HERE, name="uang", level=Level.FAMILY)
    fields = (
        field("kk", "Nomor KK", Code(), key=True),
        field("alamat", "Alamat", Region()),
        field("pkh", "Menerima PKH", YesNo()),
        field("kerja", "Pekerjaan", Choice((Label("bentor", same("Pengemudi bentor")),))),
        field("desil", "Desil", Number(0, 1, 10)),
    )
    return Ruleset(
        program="pangan",
        title=Words("Bantuan pangan", "Food aid"),
        surface=Language.ID,
        first=ON - 100,
        last=ON + 100,
        legal=("Perbup 17/2020", "asumsi: tanggal tahap"),
        currency="IDR",
        minor_digits=0,
        leap_rule=LeapRule.MARCH_1,
        areas=("75",),
        calendars=(Calendar((), (), "asumsi: jadwal provinsi", HERE),),
        decided_each_phase=True,
        least_members=1,
        family_fields=fields,
        member_fields=(field("nik", "NIK", Code(), key=True, level=Level.MEMBER),),
        parameters=(),
        definitions=(Definition("kabupaten", Words("Kabupaten", "District"), Level.FAMILY, Region(), district, HERE),),
        rules=(rule("penerima_pkh", "Penerima PKH"), rule("mampu", "Mampu")),
        benefits=(
            Benefit(
                "paket",
                Words("Paket pangan", "Food parcel"),
                money,
                1,
                HERE,
                shares=(Share("provinsi", 6000), Share("kabupaten", 4000)),
            ),
        ),
        choose=Choose(None, (), None, 1, HERE),
        columns=(ReportColumn("kk", masked=True), ReportColumn("kerja", masked=False)),
        totals=(ReportTotal(("kabupaten",), ("families", "amount")),),
        examples=(),
        thresholds=(),
        path="contoh.ejps",
        text="",
        digest="ab" * 32,
    )


def candidates(rules: Ruleset) -> Candidates:
    homes = ("75.01.01", "75.04.04", "75.71.01", None, "75.01.02")
    families = [
        Family({"kk": key, "alamat": home, "pkh": None, "kerja": "bentor", "desil": 1})
        for key, home in zip(KEYS, homes, strict=True)
    ]
    made = from_families(families, rules.family_fields, rules.member_fields)
    return replace(made, family_rows=np.array([2, 3, 5, 6, 7], np.int64), read=7, set_apart=1)


def longs(values: Sequence[int]) -> Longs:
    return np.array(values, np.int64)


def flags(*places: int) -> Bools:
    return np.isin(np.arange(5), places)


def decisions(rules: Ruleset) -> ProgramDecisions:
    """eligible, ineligible (both rules, one of), undetermined (needs pkh and members), eligible but open, eligible."""
    amount = longs([AMOUNT, 0, 0, 0, AMOUNT])
    parts = split(AMOUNT, (6000, 4000))
    shares = tuple(np.where(amount > 0, part, 0).astype(np.int64) for part in parts)
    paid = Paid(amount, flags(3), longs([0] * 5), amount, flags(3), shares)
    pkh, members = 1 << 2, 1 << 5
    return ProgramDecisions(
        ruleset=rules,
        facts=fact_names(rules),
        status=np.array([2, 0, 1, 2, 2], np.uint8),
        failed=(longs([0, 3, 0, 0, 0]),),
        unknown=(longs([0, 0, 1, 0, 0]),),
        needs=(longs([0, 0, pkh | members, 1 << 4, 0]),),
        at_most=flags(3),
        one_of=flags(1),
        benefits=(paid,),
        total=paid,
        selection=Selection(longs([1, 0, 0, 2, 3]), np.array([1, 0, 3, 2, 0], np.uint8), longs([0, 0, 0, 0, 1])),
        phase=longs([3, 3, 3, 0, 3]),
    )


def run(*, known: int = ON) -> Run:
    rules = ruleset()
    findings = (
        Diagnostic(
            "nik-digits-lost",
            Severity.SET_APART,
            Cell("daftar.xlsx", "keluarga", 4, "NIK", "7,50404E+15"),
            Words("Angka NIK hilang.", "Digits of the NIK are lost."),
            Words("Salin NIK sebagai teks.", "Copy the NIK as text."),
        ),
        Diagnostic(
            "nik-number",
            Severity.REMARK,
            Cell("daftar.xlsx", "anggota", 9, "NIK", "7504044107859010"),
            Words("7504044107859010 tersimpan sebagai angka.", "7504044107859010 is stored as a number."),
        ),
    )
    return Run(
        programs=(decisions(rules),),
        candidates=candidates(rules),
        as_of=AsOf(ON, known),
        source="daftar.xlsx",
        findings=findings,
        missing=(("rusak", Words("tidak dapat dimuat", "can't be loaded")),),
        regions={"75.01": "Kabupaten Gorontalo"},
    )
