"""Puts a list that was read on record: rows with verdicts, people sealed, facts under pseudonyms, the file as received."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import compress, decompress

from ejps_core.app.importing import Imported, Incoming, Recalled, Summary
from ejps_core.app.recalled import Before, before, correction_of
from ejps_core.app.received_files import packed
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of, stated
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.verdicts import JudgedRow, RowReason
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.facts import hash_of
from ejps_core.store.lists import Incoming as Listed
from ejps_core.store.lists import Row, confirm_mapping, confirmed_mapping, known_file, newest_version, receive, row_digests
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.programs import ensure_district
from ejps_core.store.session import Store
from ejps_core.store.words import RowVerdict, Unit

if TYPE_CHECKING:
    from ejps_core.registry.mapping import Mapping as Pairs


@dataclass(frozen=True, slots=True)
class Matter:
    """Of which matter a list is. list_id: it corrects this one; new: it corrects none, whatever it resembles."""

    title: str | None = None
    program: str | None = None
    phase: str | None = None
    list_id: int | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a list. again: the very file was there, and nothing changed. corrects: a newer version."""

    list_id: int
    version: int
    again: bool
    corrects: bool
    summary: Summary


def kept_store(options: StoreOptions) -> Store | Diagnostic | None:
    """The store, open; None if there is none and nobody named one; else what is wrong."""
    try:
        return open_store(place_of(options))
    except StoreError as problem:
        if problem.finding.code == "store-missing" and not stated(options):
            return None
        return problem.finding


def recall(store: Store, district: str, shape: str) -> Recalled:
    """The mapping that a person of the district has confirmed for this shape of list."""
    from ejps_core.registry.mapping import from_record

    with store.reading() as session:
        found = confirmed_mapping(session, district, shape)
    return Recalled() if found is None else Recalled(from_record(found.mapping))


def digest_of_files(request: Incoming) -> str:
    """What the files are now; to be sure that what is recorded is what was read."""
    return sha256(packed(request.path, request.members)).hexdigest()


def recorded(
    store: Store, actor: Actor, request: Incoming, imported: Imported, matter: Matter, read_as: str
) -> Recorded | Diagnostic:
    """Records a list that was read, whole or not at all. read_as: digest_of_files() before it was read."""
    return attempt(lambda: _recorded(store, actor, request, imported, matter, read_as))


def _recorded(store: Store, actor: Actor, request: Incoming, imported: Imported, matter: Matter, read_as: str) -> Recorded:
    from ejps_core.registry.district import district_code
    from ejps_core.registry.regions import DISTRICTS

    content = packed(request.path, request.members)
    if sha256(content).hexdigest() != read_as:
        raise _changed_meanwhile(request.path)
    district = str(district_code(request.district))
    act = act_of(replace(actor, district=actor.district or district), Purpose.IMPORT)
    if act.district != district:
        raise other_district(act.district, district)
    with store.reading() as session:
        again = known_file(session, district, hash_of(content))
    if again is not None:
        _refuse_other_list(matter, again.list_id)
        summary = replace(imported.summary, unchanged=len(imported.rows))
        return Recorded(again.list_id, again.number, True, False, summary)
    mapping_id = _confirm(store, act, district, imported.proposed)
    with store.reading() as session:
        names = row_digests(store, session, [(row.identity,) for row in imported.rows])
        cells = row_digests(store, session, [(row.digest,) for row in imported.rows])
        list_id = matter.list_id
        if list_id is not None:
            newest_version(session, list_id)
        elif not matter.new:
            list_id = correction_of(session, district, matter.program, matter.phase, names)
        known = Before() if list_id is None else before(session, list_id)
    marks = [f"{name}{cell}" for name, cell in zip(names, cells, strict=True)]
    unchanged = len(known.marks & set(marks))
    incoming = _incoming(store, request, imported, matter, known, marks, content)
    incoming = replace(
        incoming, district=district, district_name=DISTRICTS[district], list_id=list_id, mapping_id=mapping_id,
        counts=dict(incoming.counts) | {"unchanged": unchanged},
    )  # fmt: skip
    receipt = receive(store, act, incoming)
    again_now = len(imported.rows) if receipt.again else unchanged
    summary = replace(imported.summary, unchanged=again_now)
    corrects = list_id is not None and not receipt.again
    return Recorded(receipt.list_id, receipt.number, receipt.again, corrects, summary)


def _confirm(store: Store, act: Act, district: str, proposed: Sequence[Pairs]) -> int | None:
    """Records the mappings that a person has just confirmed; the number of the first."""
    from ejps_core.registry.regions import DISTRICTS

    if not proposed:
        return None
    with store.writing(act) as work:
        work.alone(f"district:{district}")
        ensure_district(work, district, DISTRICTS[district])
        numbers = [confirm_mapping(work, district, each.shape, each.as_record()) for each in proposed]
        return numbers[0]


def _incoming(
    store: Store,
    request: Incoming,
    imported: Imported,
    matter: Matter,
    known: Before,
    marks: Sequence[str],
    content: bytes,
) -> Listed:
    from ejps_core.app.pseudonyms import named

    assert imported.read is not None and imported.read.candidates is not None
    assert imported.fields is not None
    with store.reading() as session:
        people = named(store, session, imported, known)
    rows = [
        _row(place, row, mark, *people.of(place)) for place, (row, mark) in enumerate(zip(imported.rows, marks, strict=True))
    ]
    found = imported.read.candidates
    summary = imported.summary.as_record()
    counts = {name: value for name, value in summary.items() if name != "unchanged"} | {
        "read": found.read,
        "families": len(found),
        "families_set_apart": found.families_set_apart,
        "members_read": found.members_read,
        "members_set_apart": found.members_set_apart,
        "repeated": found.repeated,
        "on": request.on.isoformat(),
        "programs": request.programs,
        "sheets": [request.sheet, request.members_sheet],
    }
    return Listed(
        district="",
        district_name="",
        title=matter.title or request.path.stem,
        file_name=request.path.name,
        file=content,
        shape=imported.read.mappings[0].shape,
        rows=rows,
        people=people.identities,
        families=people.families,
        members=people.members,
        counts=counts,
        program=matter.program,
        phase=matter.phase,
        told=_told(imported.rows),
    )


def _row(place: int, row: JudgedRow, mark: str, pid: str | None, family: str | None) -> Row:
    unit = Unit.FAMILY if row.unit.value == "family" else Unit.MEMBER
    return Row(
        position=place + 1,
        sheet=row.sheet,
        row=row.row,
        unit=unit,
        pid=pid,
        family_pid=family,
        verdict=RowVerdict(row.verdict.value),
        codes=tuple(map(_reason, row.reasons)),
        digest=mark,
        nik_to_follow=row.nik_to_follow,
    )


def _reason(reason: RowReason) -> Mapping[str, Any]:
    """What was said of a row, without its words: they may quote a name or an address, and are sealed."""
    return {"code": reason.code, "finding": reason.finding, "column": reason.column}


def _told(rows: Sequence[JudgedRow]) -> bytes:
    """The reasons of all rows in words, to be sealed."""
    return compress(json.dumps([[asdict(each) for each in row.reasons] for row in rows], ensure_ascii=False).encode())


def told_rows(content: bytes) -> Iterator[tuple[RowReason, ...]]:
    """The reasons of the rows, in their order, as they were sealed."""
    for row in json.loads(decompress(content)):
        yield tuple(
            RowReason(**each | {name: None if each[name] is None else Words(**each[name]) for name in ("words", "mend")})
            for each in row
        )


def other_district(own: str | None, asked: str) -> StoreError:
    """What is said to somebody who may only touch the lists of another district."""
    return StoreError(
        "other-district",
        Words(f"Petugas {own} tidak dapat menangani daftar {asked}.", f"An officer of {own} can't handle lists of {asked}."),
    )


def _refuse_other_list(matter: Matter, list_id: int) -> None:
    if matter.list_id is not None and matter.list_id != list_id:
        raise StoreError(
            "file-of-another-list",
            Words(
                f"Berkas ini sudah tercatat sebagai daftar {list_id}, bukan {matter.list_id}.",
                f"This file is on record as list {list_id}, not {matter.list_id}.",
            ),
        )


def _changed_meanwhile(path: Path) -> StoreError:
    return StoreError(
        "file-changed",
        Words(f"Berkas {path.name} berubah saat dibaca.", f"The file {path.name} has changed while it was read."),
        Words("Tutup berkasnya di program lain, lalu ulangi.", "Close it in other programs and do it again."),
    )


def unrecorded() -> Diagnostic:
    """What is said where there is no store."""
    return Diagnostic(
        "not-recorded",
        Severity.REMARK,
        None,
        Words("Tidak ada yang dicatat: belum ada penyimpanan.", "Nothing was recorded: there is no store."),
        Words('Buat dengan: ejps store init --who "NAMA"', 'Make one with: ejps store init --who "NAME"'),
    )
