"""What a run has decided of the rows of a list, in words, for the list that goes back to its district."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlmodel import Session

from ejps_core.app.stored_runs import compiled_again
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.model.words import Language, Words
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import decisions_of, run_of
from ejps_core.store.tables import Decision, ListRow, ListVersion

if TYPE_CHECKING:
    from ejps_core.reports.returned import Decided


def version_of_run(session: Session, run_id: int, list_id: int) -> ListVersion:
    """The version that a run has decided; StoreError if it is one of another list."""
    version = session.get(ListVersion, run_of(session, run_id).version_id)
    if version is None or version.list_id != list_id:
        raise StoreError(
            "run-of-another-list",
            Words(f"Run {run_id} bukan untuk daftar {list_id}.", f"Run {run_id} is not of list {list_id}."),
            Words(f"Lihat: ejps runs --list {list_id}", f"See: ejps runs --list {list_id}"),
        )
    return version


def decided_rows(session: Session, run_id: int, rows: Iterable[ListRow], language: Language) -> Decided:
    """The decision of each row's person or family: verdict, reasons in the rules' own words, facts still needed."""
    from ejps_core.reports.returned import Decided

    run = run_of(session, run_id)
    ruleset = compiled_again(run.rules, run.rule_set)
    found = {each.pid: each for each in decisions_of(session, run_id)}
    told: dict[Level, dict[tuple[str | None, int], tuple[Verdict, str, str]]] = {Level.FAMILY: {}, Level.MEMBER: {}}
    for row in rows:
        decision = found.get(row.pid or "") or found.get(row.family_pid or "")
        if decision is not None:
            verdict = Verdict(decision.verdict)
            said = (verdict, _reasons(decision, ruleset, language), _needs(decision, ruleset, language))
            told[Level(row.unit)][row.sheet, row.row] = said
    title = Words(f"PUTUSAN {run.program} (run {run_id})", f"DECISION {run.program} (run {run_id})")
    return Decided(title, told)


def _reasons(decision: Decision, ruleset: Ruleset, language: Language) -> str:
    """The rules that decided, a line each, as the workbook of results has them."""
    from ejps_core.reports.words import ONE_OF, Told, reason_words

    verdict = Verdict(decision.verdict)
    if verdict is Verdict.ELIGIBLE:
        return ""
    refused = verdict is Verdict.INELIGIBLE
    told = Told.UNKNOWN if not refused else Told.PERHAPS if decision.one_of else Told.FAILED
    rules = {rule.id: rule for rule in ruleset.rules}
    names: list[str] = decision.failed if refused else decision.unknown
    start = ONE_OF.say(language) if decision.one_of else ""
    return start + "\n".join(f"{reason_words(rules[name], told, language)} ({name})" for name in names)


def _needs(decision: Decision, ruleset: Ruleset, language: Language) -> str:
    """The facts still needed, a line each."""
    from ejps_core.reports.words import AT_MOST, fact_title

    names: list[str] = decision.needs
    start = AT_MOST.say(language) if names and decision.at_most else ""
    return start + "\n".join(fact_title(ruleset, name, language) for name in names)
