"""The kinds of jobs: read a list that was uploaded, put it on record, decide a list; papers and replays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ejps_core.app import uploads
from ejps_core.app.evaluating_stored import Wanted, evaluate_stored
from ejps_core.app.importing import Incoming
from ejps_core.app.jobs.doing import Kind, Work
from ejps_core.app.jobs.papers import make_paper, replay_run
from ejps_core.app.moments import day_in_gorontalo, now
from ejps_core.app.receiving import Received
from ejps_core.app.recording import Matter
from ejps_core.app.stores import Actor
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import discreet
from ejps_core.store.acts import Purpose

MOST_FINDINGS = 50


def finding_record(finding: Diagnostic) -> dict[str, Any]:
    """A finding as plain values in both languages, numbers of identity masked."""
    told = discreet(finding)
    mend = None if told.mend is None else {"id": told.mend.id, "en": told.mend.en}
    words = {"id": told.words.id, "en": told.words.en}
    return {"code": told.code, "severity": told.severity.value, "words": words, "mend": mend}


def read_list(work: Work) -> Mapping[str, Any] | Diagnostic:
    """What stands in an uploaded list: its columns and what they mean, its rows counted by verdict."""
    upload = uploads.kept(work.store, work.scope, work.parameters["upload"])
    work.progress("read", 0.1)
    with uploads.opened(work.store, upload) as path:
        request = _incoming(upload, path)
        with Received(work.store, _actor(work, upload), request, _matter(upload), work.plugins) as desk:
            imported = desk.read()
    if isinstance(imported, Diagnostic):
        return imported
    if imported.read is None:
        return discreet(imported.findings[0])
    headers = [list(each.headers) for each in imported.read.originals]
    return {
        "upload": upload.id,
        "summary": imported.summary.as_record(),
        "proposed": [each.as_record() for each in imported.proposed],
        "headers": headers,
        "findings": [finding_record(each) for each in imported.findings if each.severity is not Severity.SET_APART][
            :MOST_FINDINGS
        ],
    }


def record_list(work: Work) -> Mapping[str, Any] | Diagnostic:
    """Puts an uploaded list on record by the columns that a person has confirmed."""
    upload = uploads.kept(work.store, work.scope, work.parameters["upload"])
    _confirm(work, upload.district)
    work.progress("read", 0.1)
    with uploads.opened(work.store, upload) as path:
        request = _incoming(upload, path)
        with Received(work.store, _actor(work, upload), request, _matter(upload), work.plugins) as desk:
            imported = desk.read()
            if isinstance(imported, Diagnostic):
                return imported
            if imported.read is None:
                return discreet(imported.findings[0])
            work.progress("record", 0.5)
            recorded = desk.record(imported)
    if isinstance(recorded, Diagnostic):
        return recorded
    assert recorded is not None
    uploads.discard(work.store, upload.id)
    summary = recorded.summary.as_record()
    return {
        "list": recorded.list_id, "version": recorded.version, "again": recorded.again, "corrects": recorded.corrects,
        "summary": summary,
    }  # fmt: skip


def make_run(work: Work) -> Mapping[str, Any] | Diagnostic:
    """Decides a list on record by one or more programs."""
    asked = work.parameters
    known = asked.get("known")
    wanted = Wanted(
        programs=",".join(asked["programs"]),
        list_id=int(asked["list"]),
        on=date.fromisoformat(asked["on"]),
        known=None if known is None else date.fromisoformat(known),
        no_awards=bool(asked.get("no_awards")),
    )
    work.progress("decide", 0.1)
    actor = Actor(work.scope.who, work.scope.role, f"menilai daftar {wanted.list_id}", work.scope.only_area)
    made = evaluate_stored(work.options, actor, wanted, work.plugins)
    if isinstance(made, Diagnostic):
        return made
    if not any(each.numbers for each in made):
        return discreet(made[0].findings[0])
    return {
        "list": wanted.list_id,
        "runs": [
            {
                "program": program,
                "run": each.numbers[place] if each.numbers else None,
                "findings": [finding_record(finding) for finding in each.findings[:MOST_FINDINGS]],
            }
            for each in made
            for place, program in enumerate(each.programs)
        ],
    }


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("list.read", read_list, repeatable=True),
        Kind("list.record", record_list, repeatable=True),  # the same file a second time changes nothing
        Kind("run.make", make_run),
        Kind("paper.make", make_paper),  # each making is on record as an export: not done twice by itself
        Kind("run.replay", replay_run),
    )
}
REPEATABLE = frozenset(name for name, kind in KINDS.items() if kind.repeatable)


def _incoming(upload: uploads.Kept, path: Path) -> Incoming:
    said = upload.settings
    on = date.fromisoformat(said["on"]) if said.get("on") else day_in_gorontalo(upload.made_at)
    return Incoming(path, upload.district, on, said.get("programs") or None)


def _matter(upload: uploads.Kept) -> Matter:
    said = upload.settings
    corrects = said.get("corrects")
    return Matter(
        title=said.get("title") or None, program=said.get("program") or None, phase=said.get("phase") or None,
        list_id=None if corrects is None else int(corrects), new=bool(said.get("new")),
    )  # fmt: skip


def _actor(work: Work, upload: uploads.Kept) -> Actor:
    return Actor(work.scope.who, work.scope.role, f"menerima {upload.name}", upload.district)


def _confirm(work: Work, district: str) -> None:
    """Records the mappings as the person left them; those that were changed say so."""
    from ejps_core.registry.mapping import from_record
    from ejps_core.registry.regions import DISTRICTS
    from ejps_core.store.lists import confirm_mapping
    from ejps_core.store.programs import ensure_district

    mappings = [from_record(each) for each in work.parameters.get("mappings", ())]
    if not mappings:
        return
    act = work.scope.act(Purpose.IMPORT, now(), "kolom daftar disetujui", district)
    with work.store.writing(act) as writing:
        writing.alone(f"district:{district}")
        ensure_district(writing, district, DISTRICTS[district])
        for mapping in mappings:
            confirm_mapping(writing, district, mapping.shape, mapping.as_record())
