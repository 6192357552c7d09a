"""The files of a run on record: results and work lists, with pseudonyms, or with names where somebody says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from ejps_core.app.evaluate import definitions_of
from ejps_core.app.stored_facts import Stored
from ejps_core.app.work_list import no_work_list
from ejps_core.app.write import unwritable, write_all, written
from ejps_core.hooks.manager import Plugins
from ejps_core.model.decisions import ProgramDecisions
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import mask
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.run import Run
from ejps_core.model.words import Language
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.exports import HandedOut, record_export
from ejps_core.store.people import Identity, reveal
from ejps_core.store.session import Store

PSEUDONYM, BASIS = "pseudonym", "basis"
"""Columns beside the decisions: who it is in the store, and on which data it was decided."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Which files are wanted. clear: with names, and numbers masked as the program's report says; else with pseudonyms."""

    out: str | None = None
    work_list: str | None = None
    language: Language = Language.ID
    clear: bool = False

    @property
    def any(self) -> bool:
        """Whether there is a file to write."""
        return self.out is not None or self.work_list is not None


NO_FILES = Outputs()
"""No files are wanted."""


def unwritable_outputs(outputs: Outputs, plugins: Plugins) -> Diagnostic | None:
    """Why the files can't be written, as far as it shows before anything is decided."""
    refused = unwritable(outputs.out, (), outputs.language, plugins) if outputs.out else None
    return refused or no_work_list(outputs.work_list, outputs.out, (), outputs.language, plugins)


def allowed(store: Store, act: Act, stored: Stored, outputs: Outputs) -> None:
    """Refuses names to whoever may not read them, before anything is decided; the refusal is in the audit log."""
    if outputs.out and outputs.clear and act_in_clear(act).may_see(stored.district) is not None:
        reveal(store, act_in_clear(act), stored.version_id)


def act_in_clear(act: Act) -> Act:
    """The same act, as a reading of names for handing out aid."""
    return replace(act, purpose=Purpose.DELIVERY)


def write_outputs(
    store: Store,
    act: Act,
    stored: Stored,
    run: Run,
    pids: Sequence[str],
    numbers: Sequence[int],
    outputs: Outputs,
    plugins: Plugins,
) -> tuple[Path | None, Diagnostic | None]:
    """Writes the files, each on record before it is at its place; where the remarks on rows are, or why one isn't written.

    numbers: of the runs. StoreError: names may not be read.
    """
    from ejps_core.reports.missing_files import write_work_list

    def leaving(kind: str, masked: bool, path: Path) -> None:
        kept = HandedOut(kind, path.read_bytes(), masked, stored.version_id, numbers[0], details={"runs": list(numbers)})
        with store.writing(act) as work:
            record_export(work, kept)

    notes, failed = None, None
    if outputs.out:
        people = reveal(store, act_in_clear(act), stored.version_id) if outputs.clear else None
        shown = presented(run, pids, people)
        notes, failed = write_all(
            shown, Path(outputs.out), outputs.language, plugins, lambda path: leaving("decisions", people is None, path)
        )
    if outputs.work_list and not failed:
        path = Path(outputs.work_list)
        files = [(path, lambda fresh: write_work_list(run, fresh, outputs.language))]
        failed = written(path, plugins, files, lambda fresh: leaving("work-list", True, fresh))
    return notes, failed


def presented(run: Run, pids: Sequence[str], people: Mapping[str, Identity] | None) -> Run:
    """The run as it may be shown: pseudonyms where blind numbers stood, or (people) names, numbers masked as reports say.

    It says on which data it was decided.
    """
    from ejps_core.registry.identified import identifier_of
    from ejps_core.reports.days import basis_words

    rulesets = [each.ruleset for each in run.programs]
    table = run.candidates.families
    for field in _fields(rulesets):
        kind = identifier_of(field)
        if kind is None:
            continue
        shown = pids if people is None else [_shown(people, pid, kind, field, rulesets) for pid in pids]
        column = pa.array(shown, pa.string())
        names = table.column_names
        place = names.index(field.name) if field.name in names else len(names)
        table = (
            table.set_column(place, field.name, column) if place < len(names) else table.append_column(field.name, column)
        )
    said = basis_words(run.as_of)
    notice = Diagnostic("basis", Severity.REMARK, None, said)
    return replace(
        run,
        programs=tuple(map(_as_it_is, run.programs)),
        candidates=replace(run.candidates, families=table),
        findings=(notice, *run.findings),
        notices=(notice, *run.notices),
        definitions=definitions_of(tuple(rulesets), run.as_of, run.candidates),
        beside={PSEUDONYM: tuple(pids), BASIS: (said.id,) * len(pids)},
    )


def _fields(rulesets: Sequence[Ruleset]) -> tuple[Field, ...]:
    """The facts of what is decided, and (where persons are) those of the persons."""
    found = {field.name: field for ruleset in rulesets for field in (*ruleset.listed_fields, *ruleset.family_fields)}
    return tuple(found.values())


def _shown(people: Mapping[str, Identity], pid: str, kind: str, field: Field, rulesets: Sequence[Ruleset]) -> str | None:
    """What may be seen of one identifier: what a report says is masked is, and numbers that no report shows."""
    who = people.get(pid)
    value = None if who is None else getattr(who, kind)
    if value is None and who is not None and who.family_pid is not None and who.family_pid in people:
        value = getattr(people[who.family_pid], kind) if kind in ("kk", "address") else None
    if value is None:
        return None
    reports = [column.masked for ruleset in rulesets for column in ruleset.columns if column.name == field.name]
    hidden = any(reports) or (not reports and kind in ("nik", "kk"))
    return mask(value) if hidden else str(value)


def _as_it_is(decisions: ProgramDecisions) -> ProgramDecisions:
    """The same decisions, with a report that shows each cell as it stands: what is hidden has been masked already."""
    columns = tuple(replace(column, masked=False) for column in decisions.ruleset.columns)
    return replace(decisions, ruleset=replace(decisions.ruleset, columns=columns))
