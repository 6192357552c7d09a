"""The letter to a family: the verdict, its reasons with the data used, and its rights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import AwareDatetime, StrictInt

from ejps_core.aid.deadlines import ANSWER_DAYS, OBJECTION_DAYS
from ejps_core.model.masking import mask
from ejps_core.model.paper import Paper
from ejps_core.model.ruleset import Verdict
from ejps_core.model.wording import money
from ejps_core.model.words import Words
from ejps_core.reports.ledger_data import Amount, Given, TitleData
from ejps_core.reports.realization import phase_words
from ejps_core.reports.terbilang import plain_day, rupiah_words
from ejps_core.reports.words import VERDICT


class ReasonLine(Given):
    """A reason. seen: the data that was used, with its source."""

    words: str
    legal: str = ""
    seen: str = ""


class LetterData(Given):
    """A letter. payment: how the aid is paid, such as 'dalam bentuk paket pangan'.

    code: by which its holder learns where the family stands, at the address `status_at`; '': there is none.
    """

    number: str
    at: AwareDatetime
    name: str
    kk: str
    address: str
    region: str
    program: TitleData
    phase: StrictInt | None = None
    as_of: date
    verdict: Verdict
    reasons: tuple[ReasonLine, ...] = ()
    needs: tuple[str, ...] = ()
    amount: Amount | None = None
    payment: str = ""
    contact: str
    office: str
    code: str = ""
    status_at: str = ""


def letter(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The letter from plain data."""
    found = LetterData.model_validate(data)
    title = Words(f"Hasil penilaian {found.program.id}", f"Result: {found.program.en}")
    return (Paper("surat", title, (), (), (), facts_of(found), template="surat.typ", stamp=found.at),)


def facts_of(found: LetterData) -> dict[str, Any]:
    """What the letter's template writes."""
    paid = found.amount if found.verdict is Verdict.ELIGIBLE else None
    return {
        "number": found.number,
        "nature": "Biasa",
        "day": plain_day(found.at.date()),
        "name": found.name,
        "kk": mask(found.kk),
        "address": found.address,
        "region": found.region,
        "program": found.program.id,
        "phase": phase_words(found.phase).id if found.phase else "satu kali",
        "as_of": plain_day(found.as_of),
        "verdict": VERDICT[found.verdict].id,
        "reasons": [each.model_dump() for each in found.reasons],
        "needs": list(found.needs),
        "amount": "" if paid is None else money(paid, 0, "IDR").id,
        "amount_words": "" if paid is None else rupiah_words(paid),
        "payment": found.payment or "diserahkan sesuai jadwal desa/kelurahan",
        "rights": rights(found.office),
        "contact": found.contact,
        "code": found.code,
        "status_at": found.status_at,
        "footer": f"Surat Nomor {found.number}",
    }


def rights(office: str) -> list[str]:
    """What a family may do, with the terms of the law."""
    return [
        f"Mengajukan keberatan tertulis kepada {office} paling lama {OBJECTION_DAYS} hari kerja sejak keputusan "
        f"diumumkan atau diterima; keberatan dijawab paling lama {ANSWER_DAYS} hari kerja (UU 30/2014), "
        "dan terhadap jawabannya dapat diajukan banding kepada atasan pejabat.",
        "Meminta data keluarga yang keliru diperbaiki dan meminta salinan data yang digunakan, dijawab paling lama "
        "3 × 24 jam (UU 27/2022 tentang Pelindungan Data Pribadi).",
        "Berkeberatan atas putusan yang hanya didasarkan pada pemrosesan otomatis (UU 27/2022 Pasal 10) dan meminta dinilai "
        "kembali oleh pejabat.",
        "Menyampaikan pengaduan tanpa biaya. Tidak seorang pun boleh meminta imbalan atau potongan atas bantuan.",
    ]
