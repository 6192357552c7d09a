"""The summary of a run as scripts read it: `ejps evaluate … --summary json`. The names are a promise."""

from __future__ import annotations

from collections import Counter

from pydantic import BaseModel, ConfigDict

from ejps_core.engine.allocation import Contest
from ejps_core.model.calendar import day_of
from ejps_core.model.decisions import PROVISIONAL, SEAT, Selection
from ejps_core.model.diagnostic import Severity
from ejps_core.model.registers import Effect, RegisterUsed
from ejps_core.model.run import Run
from ejps_core.reports.counts import by_reason, count, exact_sum


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


class DeclaredComplete(BaseModel):
    """A completeness declaration that was used."""

    model_config = ConfigDict(frozen=True)

    area: str
    date: str
    who: str


class RegisterSummary(BaseModel):
    """A register: its file, the day of its data (null: not said), rows, SHA-256, the facts it settles, declarations."""

    model_config = ConfigDict(frozen=True)

    name: str
    file: str
    date: str | None
    rows: int
    digest: str
    facts: list[str]
    complete: list[DeclaredComplete]


class DeterminationSummary(BaseModel):
    """Official determinations by what became of them; `decisions`: families in which they settled something.

    read: rows of the file: those by what became of them, with those that repeat another and those that can't be used.
    """

    model_config = ConfigDict(frozen=True)

    read: int
    used: int
    unneeded: int
    contradicted: int
    later: int
    nobody: int
    repeated: int
    unusable: int
    decisions: int


class Summary(BaseModel):
    """The whole run. `incomplete` names the plugins that failed to load; left out, as are registers, determinations
    and rulesets (program: id of the rule set that was used for it), when there are none."""

    model_config = ConfigDict(frozen=True)

    programs: dict[str, ProgramSummary]
    rows: Rows
    rulesets: dict[str, str] | None = None
    registers: list[RegisterSummary] | None = None
    determinations: DeterminationSummary | None = None
    incomplete: list[str] | None = None

    def as_json(self) -> str:
        """The summary as JSON text."""
        optional = ("rulesets", "registers", "determinations", "incomplete")
        left_out = {name for name in optional if getattr(self, name) is None}
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
    return Summary(
        programs=programs,
        rows=rows,
        rulesets={d.ruleset.program: d.ruleset.id for d in run.programs if d.ruleset.ruleset} or None,
        registers=[_register(each) for each in run.registers] or None,
        determinations=_determinations(run),
        incomplete=[name for name, _ in run.missing] or None,
    )


def _register(each: RegisterUsed) -> RegisterSummary:
    complete = [DeclaredComplete(area=d.area, date=day_of(d.on).isoformat(), who=d.who) for d in each.declarations]
    return RegisterSummary(
        name=each.name,
        file=each.file,
        date=None if each.on is None else day_of(each.on).isoformat(),
        rows=each.rows,
        digest=each.digest,
        facts=list(each.facts),
        complete=complete,
    )


def _determinations(run: Run) -> DeterminationSummary | None:
    rows = run.determination_rows
    if not rows.read:
        return None
    effects = Counter(each.effect.value for each in run.determinations)
    return DeterminationSummary(
        read=rows.read,
        repeated=rows.repeated,
        unusable=rows.unusable,
        decisions=len(run.rests),
        **{effect.value: effects[effect.value] for effect in Effect},
    )


def added(one: Summary, other: Summary) -> Summary:
    """The summary of two parts of a list, before anybody is ranked."""
    programs = {
        name: mine.model_copy(
            update={
                "eligible": mine.eligible + theirs.eligible,
                "ineligible": mine.ineligible + theirs.ineligible,
                "undetermined": mine.undetermined + theirs.undetermined,
                "amount": mine.amount + theirs.amount,
                "amount_open": mine.amount_open + theirs.amount_open,
                "by_reason": {rule: families + theirs.by_reason[rule] for rule, families in mine.by_reason.items()},
            }
        )
        for (name, mine), theirs in zip(one.programs.items(), other.programs.values(), strict=True)
    }
    rows = Rows(
        read=one.rows.read + other.rows.read,
        set_apart=one.rows.set_apart + other.rows.set_apart,
        remarks=one.rows.remarks + other.rows.remarks,
    )
    return Summary(programs=programs, rows=rows, rulesets=one.rulesets, incomplete=one.incomplete)


def with_seats(summary: Summary, program: str, contest: Contest, selection: Selection) -> Summary:
    """The summary with what a program selected among those who may be ranked."""
    seat = selection.seat
    seated = (seat == SEAT) | (seat == PROVISIONAL)
    chosen = summary.programs[program].model_copy(
        update={
            "selected": int(seated.sum()),
            "provisional": int((seat == PROVISIONAL).sum()),
            "amount_selected": exact_sum(contest.amount[seated]),
        }
    )
    return summary.model_copy(update={"programs": {**summary.programs, program: chosen}})
