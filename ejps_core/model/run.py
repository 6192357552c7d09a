"""What a report is made from: one evaluation of a list, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import ProgramDecisions
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words


def incomplete(plugin: str, why: Words) -> Words:
    """What every output says about a plugin that was left out."""
    return Words(
        f"tidak lengkap: plugin {plugin} tidak dimuat: {why.id}",
        f"incomplete: the plugin {plugin} was not loaded: {why.en}",
    )


@dataclass(frozen=True, slots=True)
class Run:
    """The decisions of the chosen programs on one list.

    source: the list's file name. findings: what was set apart or remarked, of the list and of the run.
    missing: plugins that were left out, with the reason. regions: names by region code, as far as they are
    known. definitions: the values of family definitions that reports name, by (program, name); a null is
    unknown.
    """

    programs: tuple[ProgramDecisions, ...]
    candidates: Candidates
    as_of: AsOf
    source: str = ""
    findings: tuple[Diagnostic, ...] = ()
    notices: tuple[Diagnostic, ...] = ()
    missing: tuple[tuple[str, Words], ...] = ()
    regions: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[tuple[str, str], pa.Array] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name of the field that identifies a family."""
        return self.programs[0].ruleset.key.name


def tells_apart(candidates: Candidates) -> bool:
    """Whether the list's reader told families and members apart, so that its figures close."""
    families = len(candidates) + candidates.families_set_apart + candidates.repeated
    both = candidates.families_set_apart + candidates.members_set_apart
    return families == candidates.read and both == candidates.set_apart
