"""The data that decided about a family of a run, rule by rule: each fact with its value, its source and its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ejps_core.app.papers.asked import Desk
from ejps_core.app.papers.opened_run import OpenedRun
from ejps_core.app.stored_runs import decided_again
from ejps_core.model.calendar import WITA
from ejps_core.model.trace import Step
from ejps_core.model.words import Language
from ejps_core.reports.terbilang import plain_day
from ejps_core.reports.words import fact_title
from ejps_core.store.tables import ListVersion


def seen_by_rules(desk: Desk, run: OpenedRun, pid: str) -> Mapping[str, str]:
    """By rule what it saw of the family, in the words of then: the run is decided again, by its own registers and rules.

    What no register or official says comes from the list, as of the day on which it was received.
    """
    from ejps_core.engine import explain

    again = decided_again(desk.store, desk.act, run.number, desk.plugins)
    whole = again.run
    ruleset = whole.programs[again.place].ruleset
    trace = explain(ruleset, whole.as_of, whole.candidates, again.decided.pids.index(pid))
    with desk.store.reading() as session:
        version = session.get(ListVersion, run.stored.version_id)
        assert version is not None
        listed = f"daftar {version.file_name}, diterima {plain_day(version.received_at.astimezone(WITA).date())}"
    titles = {
        step.fact: fact_title(ruleset, step.fact, Language.ID) for rule in trace.rules for step in rule.steps if step.fact
    }
    return {each.rule.id: "; ".join(_facts(each.steps, titles, listed)) for each in trace.rules}


def _facts(steps: Iterable[Step], titles: Mapping[str, str], listed: str) -> Iterable[str]:
    """Each fact once, with whose it is."""
    said = {
        (
            step.fact,
            step.member,
        ): f"{titles[step.fact]}{f' (anggota {step.member})' if step.member else ''}: {step.value.id} – "
        + (listed if step.origin is None else step.origin.words.id)
        for step in steps
        if step.fact
    }
    return said.values()
