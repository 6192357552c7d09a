"""Minutes of handing over goods (BAST): from their values in JSON to the record, and back for the report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from ejps_core.aid.payments import Place, place_of
from ejps_core.app.decrees_on_record import OnRecord, held_on, list_at, on_record
from ejps_core.app.drafting import act_in
from ejps_core.app.handed_in import handed_in
from ejps_core.app.stores import Actor, StoreOptions, attempt
from ejps_core.app.stores import place_of as store_place
from ejps_core.model.decreed import DocumentKind
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.wording import money, number
from ejps_core.model.words import Words
from ejps_core.reports.handover import HandoverData
from ejps_core.store.acts import OFFICERS, Act, Purpose
from ejps_core.store.documents import only_if_recorded, put_on_record, read_document, seal_document
from ejps_core.store.handovers import Minutes, handover_of, record_handover
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """Minutes to be put on record. data: their values, as `ejps report bast` takes them. region: of the village."""

    decree: int
    region: str
    data: Path
    scan: Path | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Minutes on record. cautions: what doesn't agree with the decree; without a reason they stay open."""

    number: int
    families: int
    amount: int
    cautions: tuple[tuple[str, Words], ...]
    explained: bool


def record(options: StoreOptions, actor: Actor, asked: Asked) -> Recorded | Diagnostic:
    """Puts minutes on record: what can be counted in clear, the parties' numbers and addresses sealed."""

    def made() -> Recorded:
        data = _read(asked.data)
        with open_store(store_place(options)) as store:
            with store.reading() as session:
                found = on_record(session, asked.decree)
                warned = _cautions(session, found, asked, data)
            act = act_in(actor, Purpose.DELIVERY, found.decree.district)
            act.refuse_unless(OFFICERS, found.decree.district)
            about = f"{found.decree.district} {found.decree.program}"
            values = data.model_dump_json().encode("utf-8")
            sealed = seal_document(store, DocumentKind.HANDOVER, asked.data.name, values, about)
            scan = handed_in(store, DocumentKind.SCAN, asked.scan, found.decree)
            with only_if_recorded(store, sealed, scan), store.writing(act) as work:
                work.alone(f"decree:{found.root_number}")
                data_id = put_on_record(work, sealed)
                scan_id = None if scan is None else put_on_record(work, scan)
                minutes = _minutes(found, asked, data, data_id, scan_id, [code for code, _ in warned])
                number_ = record_handover(work, minutes)
            return Recorded(number_, data.families, _total(data), warned, bool(asked.reason.strip()))

    return attempt(made)


def _read(path: Path) -> HandoverData:
    try:
        return HandoverData.model_validate(json.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, RecursionError) as problem:
        where = ""
        if isinstance(problem, ValidationError):
            where = ": " + "; ".join(".".join(map(str, each["loc"])) for each in problem.errors()[:5])
        raise StoreError(
            "bad-report-data",
            Words(f"Data BAST {path} tidak dapat dipakai{where}.", f"The data {path} of a BAST can't be used{where}."),
            Words("Bentuknya seperti untuk ejps report bast --data.", "Its form is that of ejps report bast --data."),
        ) from problem


def _total(data: HandoverData) -> int:
    return sum(item.volume * item.price for item in data.items)


def _minutes(
    found: OnRecord, asked: Asked, data: HandoverData, data_id: int, scan_id: int | None, warned: list[str]
) -> Minutes:
    return Minutes(
        decree_id=found.root_number,
        district=found.decree.district,
        phase=data.phase,
        region=asked.region,
        number=data.number,
        at=data.at,
        place=data.place,
        basis=data.basis,
        parties=(f"{data.first.name}, {data.first.office}", f"{data.second.name}, {data.second.office}"),
        items=[item.model_dump() for item in data.items],
        families=data.families,
        amount=_total(data),
        missing=data.missing,
        data_id=data_id,
        scan_id=scan_id,
        cautions=warned,
        reason=asked.reason,
    )


def _cautions(session: Session, found: OnRecord, asked: Asked, data: HandoverData) -> tuple[tuple[str, Words], ...]:
    """Families and value against the decree's list of the village on that day."""
    listed = list_at(session, found.root_number, data.phase)
    held = held_on(session, found.decree.program, data.phase, data.at.date())
    inside = [
        each
        for each in listed.recipients
        if (each.region == asked.region or each.region.startswith(asked.region + "."))
        and place_of(each, each.pid in held) is Place.ENROLLED
    ]
    said = []
    if data.phase not in found.root.phases:
        said.append(("other-phase", Words("tahap ini tidak ada di keputusan", "the decree is not of this phase")))
    if data.families != len(inside):
        own, listed_here = number(data.families, 0), number(len(inside), 0)
        words = Words(f"BAST {own.id} KPM, terdaftar {listed_here.id}", f"{own.en} families, {listed_here.en} enrolled")
        said.append(("families-differ", words))
    value, meant = _total(data), sum(each.amount for each in inside)
    if value != meant:
        own, should = money(value, 0, "IDR"), money(meant, 0, "IDR")
        words = Words(f"nilai BAST {own.id}, menurut keputusan {should.id}", f"value {own.en}, by the decree {should.en}")
        said.append(("value-differs", words))
    if data.missing:
        said.append(("shortage", Words(f"kekurangan/kerusakan: {data.missing}", f"shortage: {data.missing}")))
    return tuple(said)


def handover_data(store: Store, act: Act, number_: int) -> Mapping[str, Any]:
    """The values of minutes, as reports/handover.py takes them. Role, purpose, reason and district as for `reveal`."""
    with store.reading() as session:
        found = handover_of(session, number_)
    data: dict[str, Any] = json.loads(read_document(store, act, found.data_id, found.district))
    return data


def values(options: StoreOptions, actor: Actor, number_: int) -> Mapping[str, Any] | Diagnostic:
    """The same by the options of a command."""

    def read() -> Mapping[str, Any]:
        with open_store(store_place(options)) as store:
            with store.reading() as session:
                district = handover_of(session, number_).district
            return handover_data(store, act_in(actor, Purpose.DELIVERY, district), number_)

    return attempt(read)
