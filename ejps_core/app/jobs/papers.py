"""Jobs that make a paper for somebody: a list of a decree as a file, a run decided again and compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ejps_core.app import made_files, stored_runs
from ejps_core.app.access.rights import Right
from ejps_core.app.jobs.doing import Work
from ejps_core.app.moments import now
from ejps_core.app.papers.asked import Source
from ejps_core.app.papers.one_file import one_file
from ejps_core.app.report_files import Form
from ejps_core.app.stores import Actor
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import discreet
from ejps_core.model.words import Language, Words


def make_paper(work: Work) -> Mapping[str, Any] | Diagnostic:
    """A list of a decree's recipients as a file, which whoever asked fetches within a day."""
    if Right.REVEAL not in work.scope.rights:
        return _right_gone()
    asked = work.parameters
    source = Source(decrees=(int(asked["decree"]),), phase=asked["phase"], full_numbers=bool(asked["full_numbers"]))
    work.progress("paper", 0.1)
    wanted = (str(asked["report"]), Form(asked["form"]), Language(asked["language"]))
    made = one_file(work.options, _actor(work), source, wanted, work.plugins)
    if isinstance(made, Diagnostic):
        return discreet(made)
    work.progress("paper", 0.9)
    return made_files.keep(work.store, work.scope, made, now())


def replay_run(work: Work) -> Mapping[str, Any] | Diagnostic:
    """A run decided again by the rules and data of then, and whether everything comes out the same."""
    if Right.REPLAY not in work.scope.rights:
        return _right_gone()
    work.progress("decide", 0.1)
    found = stored_runs.replay(work.options, _actor(work), int(work.parameters["run"]), work.plugins)
    if isinstance(found, Diagnostic):
        return discreet(found)
    return {
        "run": found.run, "program": found.program, "rule_set": found.rule_set, "rows": found.rows, "equal": found.equal,
        "differing": len(found.differing), "same_input": found.same_input, "same_plan": found.same_plan,
        "same_matchings": found.same_matchings,
    }  # fmt: skip


def _actor(work: Work) -> Actor:
    return Actor(
        work.scope.who, work.scope.role, str(work.parameters["why"]), work.scope.only_area, f"akun {work.scope.account}"
    )


def _right_gone() -> Diagnostic:
    return Diagnostic(
        "right-missing",
        Severity.ERROR,
        None,
        Words("Peran Anda tidak mencakup ini.", "Your role does not include this."),
    )
