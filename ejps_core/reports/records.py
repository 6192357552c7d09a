"""Decisions as columns of words: one row a family, for CSV, JSON and workbooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.decisions import (
    ELIGIBLE,
    INELIGIBLE,
    UNDETERMINED,
    VERDICTS,
    Bools,
    Longs,
    Paid,
    ProgramDecisions,
    names_in,
)
from ejps_core.model.masking import visible
from ejps_core.model.run import Run
from ejps_core.model.words import Language
from ejps_core.reports import figures
from ejps_core.reports.beside import rests_column
from ejps_core.reports.columns import Shown, values
from ejps_core.reports.words import AT_MOST, NIK_TO_FOLLOW, ONE_OF, SEATS, VERDICT, YES, Told

Columns = dict[str, list[Shown]]
"""Column name -> one cell a family."""

DETERMINED = "determined"

Namer = Callable[[str], str]
Teller = Callable[[str, Told], str]
"""How a rule is named, by its id and how sure it is that it decided."""


def records(run: Run, language: Language) -> Columns:
    """The key as in the list, then per program status, reasons, needs, amounts and seats.

    Where families without any NIK are in the list, a column marks them: decided, not yet payable.

    Reasons are the rules that are false (ineligible) or unknown (undetermined), by id. An amount that is
    open, or of an undetermined family, is empty; of an ineligible one it is 0. The range says between which sums
    an open amount lies; it is empty elsewhere. `determined`, only if there were determinations: the facts and rules that
    officials determined. What stands beside the decisions comes last.
    """
    columns: Columns = {run.key: keys(run)}
    lacking = run.candidates.nik_to_follow
    if lacking is not None and lacking.any():
        columns[NIK_TO_FOLLOW.say(language)] = [YES.say(language) if each else "" for each in lacking.tolist()]
    for decisions in run.programs:
        columns |= program_records(decisions, language)
    if run.determinations:
        columns[DETERMINED] = rests_column(run)
    return columns | {name: list(cells) for name, cells in run.beside.items()}


def keys(run: Run) -> list[Shown]:
    """The families' keys, as the list gave them."""
    column = values(run, run.programs[0], run.key)
    if column is None:
        return [None] * len(run.candidates)
    return [visible(key) if isinstance(key, str) else key for key in column.to_pylist()]


def program_records(decisions: ProgramDecisions, language: Language) -> Columns:
    """The output columns of one program."""
    name = decisions.ruleset.program
    columns: Columns = {
        f"{name}_status": statuses(decisions, language),
        f"{name}_reasons": reasons(decisions, language, _id),
        f"{name}_needs": needs(decisions, language, str),
        f"{name}_amount": amounts(decisions, decisions.total),
        f"{name}_amount_range": ranges(decisions, decisions.total, language),
    }
    for benefit, paid in zip(decisions.ruleset.benefits, decisions.benefits, strict=True):
        columns[f"{name}_{benefit.id}"] = amounts(decisions, paid)
        for share, part in zip(benefit.shares, shares(decisions, paid), strict=True):
            columns[f"{name}_{benefit.id}_{share.name}"] = part
    columns[f"{name}_rank"] = ranks(decisions)
    columns[f"{name}_selected"] = seats(decisions, language)
    columns[f"{name}_reserve"] = reserves(decisions)
    return columns


def statuses(decisions: ProgramDecisions, language: Language) -> list[Shown]:
    """Each family's verdict in words."""
    words = np.array([VERDICT[verdict].say(language) for verdict in VERDICTS], object)
    return _listed(words[decisions.status])


def _id(rule: str, told: Told) -> str:
    return rule


def reasons(decisions: ProgramDecisions, language: Language, say: Teller = _id) -> list[Shown]:
    """The rules that decided, each as `say` names it; where only one or another is false, that is said."""
    ids = tuple(rule.id for rule in decisions.ruleset.rules)

    def text(row: int) -> str:
        status = decisions.status[row]
        if status == ELIGIBLE:
            return ""
        masks = decisions.failed if status == INELIGIBLE else decisions.unknown
        prefix = ONE_OF.say(language) if decisions.one_of[row] else ""
        told = Told.UNKNOWN if status != INELIGIBLE else Told.PERHAPS if decisions.one_of[row] else Told.FAILED
        return prefix + "; ".join(say(rule, told) for rule in names_in(masks, ids, row))

    return _by_combination((decisions.status, decisions.one_of, *decisions.failed, *decisions.unknown), text)


def needs(decisions: ProgramDecisions, language: Language, say: Namer) -> list[Shown]:
    """The facts still needed, each as `say` names it; 'at most' where perhaps not all of them are."""

    def text(row: int) -> str:
        names = names_in(decisions.needs, decisions.facts, row)
        prefix = AT_MOST.say(language) if names and decisions.at_most[row] else ""
        return prefix + "; ".join(say(fact) for fact in names)

    return _by_combination((decisions.at_most, *decisions.needs), text)


def amounts(decisions: ProgramDecisions, paid: Paid) -> list[Shown]:
    """What is paid, in minor units; empty where it is open or nothing is decided."""
    return _unless(paid.amount, (decisions.status == UNDETERMINED) | paid.open)


def ranges(decisions: ProgramDecisions, paid: Paid, language: Language) -> list[Shown]:
    """Between which sums an open amount lies, in words; empty where it is known or nothing is decided."""
    ruleset = decisions.ruleset
    found: list[Shown] = [None] * len(decisions.status)
    for row in np.flatnonzero(paid.open & (decisions.status == ELIGIBLE)).tolist():
        high = None if paid.unbounded[row] else int(paid.high[row])
        found[row] = figures.span(int(paid.low[row]), high, language, ruleset.currency, ruleset.minor_digits)
    return found


def shares(decisions: ProgramDecisions, paid: Paid) -> list[list[Shown]]:
    """What each share bears of it; one column a share, empty as the amount is."""
    empty = (decisions.status == UNDETERMINED) | paid.open
    return [_unless(part, empty) for part in paid.shares]


def ranks(decisions: ProgramDecisions) -> list[Shown]:
    """The place in the ranking; empty where there is none."""
    selection = decisions.selection
    return _nothing(decisions) if selection is None else _unless(selection.rank, selection.rank == 0)


def seats(decisions: ProgramDecisions, language: Language) -> list[Shown]:
    """Whether the family is chosen; empty where the program does not choose."""
    if decisions.selection is None:
        return _nothing(decisions)
    words = np.array([SEATS[kind].say(language) for kind in sorted(SEATS)], object)
    return _listed(words[decisions.selection.seat])


def reserves(decisions: ProgramDecisions) -> list[Shown]:
    """The place on the reserve list; empty where there is none."""
    selection = decisions.selection
    return _nothing(decisions) if selection is None else _unless(selection.reserve, selection.reserve == 0)


def _listed(array: npt.NDArray[Any]) -> list[Shown]:
    cells: list[Shown] = array.tolist()
    return cells


def _nothing(decisions: ProgramDecisions) -> list[Shown]:
    return [None] * len(decisions.status)


def _unless(numbers: Longs, empty: Bools) -> list[Shown]:
    cells: list[Shown] = pa.array(numbers, mask=empty).to_pylist()
    return cells


def _by_combination(columns: tuple[npt.NDArray[Any], ...], text: Callable[[int], str]) -> list[Shown]:
    """`text(row)` of every row, worked out once for each combination of the columns that occurs."""
    rows = len(columns[0])
    group = np.zeros(rows, np.int64)
    for column in columns:
        _, code = np.unique(column, return_inverse=True)
        _, group = np.unique(group * (int(code.max(initial=0)) + 1) + code, return_inverse=True)
    _, first = np.unique(group, return_index=True)
    words = np.array([text(int(row)) for row in first], object)
    return _listed(words[group]) if rows else []
