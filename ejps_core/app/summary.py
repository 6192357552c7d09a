"""The summary of a run as scripts read it: `ejps evaluate … --summary json`. The names are a promise."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from ejps_core.model.diagnostic import Severity
from ejps_core.model.run import Run
from ejps_core.reports.counts import by_reason, count


class ProgramSummary(BaseModel):
    """One program. Amounts in minor units, over the known amounts; null where the program does not choose.

    selected: seats, provisional ones included; provisional: those of them that open cases could still take.
    amount: of the eligible; amount_open: eligible families whose amount is not yet known; amount_selected: of
    the seats.
    by_reason: ineligible families per failed rule, every rule named; a family may have several reasons.
    """

    model_config = ConfigDict(frozen=True)

    eligible: int
    ineligible: int
    undetermined: int
    selected: int | None
    provisional: int | None
    amount: int
    amount_selected: int | None
    amount_open: int
    by_reason: dict[str, int]


class Rows(BaseModel):
    """Rows of the list: family rows read, all rows set apart (families and members), and remarks."""

    model_config = ConfigDict(frozen=True)

    read: int
    set_apart: int
    remarks: int


class Summary(BaseModel):
    """The whole run. `incomplete` names the plugins that failed to load; left out when there are none."""

    model_config = ConfigDict(frozen=True)

    programs: dict[str, ProgramSummary]
    rows: Rows
    incomplete: list[str] | None = None

    def as_json(self) -> str:
        """The summary as JSON text."""
        left_out = {"incomplete"} if self.incomplete is None else set()
        return self.model_dump_json(indent=2, exclude=left_out)


def summarize(run: Run) -> Summary:
    """The summary of a run."""
    programs = {}
    for decisions in run.programs:
        counts = count(decisions)
        programs[decisions.ruleset.program] = ProgramSummary(
            eligible=counts.eligible,
            ineligible=counts.ineligible,
            undetermined=counts.undetermined,
            selected=counts.selected,
            provisional=counts.provisional,
            amount=counts.amount,
            amount_selected=counts.amount_selected,
            amount_open=counts.amount_open,
            by_reason=by_reason(decisions),
        )
    remarks = sum(finding.severity is Severity.REMARK for finding in run.findings)
    rows = Rows(read=run.candidates.read, set_apart=run.candidates.set_apart, remarks=remarks)
    return Summary(programs=programs, rows=rows, incomplete=[name for name, _ in run.missing] or None)
