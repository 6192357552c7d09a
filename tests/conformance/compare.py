"""One rule set and some families through the reference and through an evaluator: every difference, as small as it gets."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import pyarrow as pa

from ejps_core.dsl import compile_text
from ejps_core.engine import decide as engine_decide
from ejps_core.engine.allocation import merged
from ejps_core.engine.allocation import select as select_seats
from ejps_core.engine.decide import Decider
from ejps_core.engine.sql.duckdb_evaluator import decide_by_duckdb
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates, Family, from_families
from ejps_core.model.decisions import VERDICTS, Paid, ProgramDecisions, Selection, names_in
from ejps_core.model.ruleset import Ruleset
from tests.conformance.reference import Money, Outcome, decide
from tests.conformance.reference_selection import Place, select

View = dict[str, object]
"""What is compared of one family, by name."""


COLUMNS, DUCKDB = "columns", "duckdb"
EVALUATORS = (COLUMNS, DUCKDB)


@dataclass(frozen=True, slots=True)
class Way:
    """How the engine is run: it may not matter. narrow: numbers come in as few bytes as hold them. part: the list comes in
    parts of so many families, each decided alone, ranked together. loose: the members come in no order."""

    threads: int = 1
    block: int = 65_536
    narrow: bool = False
    part: int = 0
    loose: bool = False


WAYS = (
    Way(),
    Way(threads=2, block=7),
    Way(block=1, narrow=True),
    Way(threads=2, block=13, narrow=True),
    Way(part=11),
    Way(threads=2, block=5, loose=True),
)


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided: by these rules, as of a date, these families; and by which evaluator."""

    ruleset: Ruleset
    as_of: AsOf
    families: tuple[Family, ...]
    way: Way = WAYS[0]
    evaluator: str = COLUMNS


@dataclass(frozen=True, slots=True)
class Difference:
    """Reference and engine disagree about a family (None: about all of them, or one of them failed)."""

    case: Case
    row: int | None
    expected: View
    got: View


def reference_views(case: Case) -> tuple[tuple[View, ...], tuple[Outcome, ...]]:
    """What the reference says, and its outcomes."""
    outcomes = tuple(decide(case.ruleset, case.as_of, family) for family in case.families)
    places = select(case.ruleset, case.as_of, outcomes, case.families)
    return tuple(_expected(o, p) for o, p in zip(outcomes, places, strict=True)), outcomes


def _expected(outcome: Outcome, place: Place) -> View:
    return {
        "verdict": outcome.verdict.value,
        "failed": outcome.failed,
        "unknown": outcome.unknown,
        "needs": sorted(outcome.needs),
        "at_most": outcome.at_most,
        "one_of": outcome.one_of,
        "benefits": [_money(money) for money in outcome.benefits],
        "total": _money(outcome.total),
        "phase": outcome.phase,
        "rank": place.rank,
        "seat": place.seat,
        "reserve": place.reserve,
    }


def _money(money: Money) -> View:
    if money.open:
        return {"amount": 0, "low": money.low, "high": money.high, "shares": [0] * len(money.shares)}
    return {"amount": money.amount, "shares": list(money.shares)}


def engine_views(rulesets: Sequence[Ruleset], case: Case) -> tuple[tuple[View, ...], ...]:
    """What the engine says, a rule set each."""
    if case.evaluator == DUCKDB:
        decided = decide_by_duckdb(rulesets, case.as_of, _listed(case, case.families))
        return tuple(tuple(got(each, row) for row in range(len(case.families))) for each in decided)
    way, decider = case.way, Decider(rulesets, case.as_of, case.way.threads, case.way.block)
    if way.part and not decider.ranks_by_code():
        return _views_of_parts(decider, case)
    candidates = _listed(case, case.families)
    candidates = narrowed(candidates) if way.narrow else loosened(candidates) if way.loose else candidates
    decided = engine_decide(rulesets, case.as_of, candidates, way.threads, way.block)
    rows = range(len(case.families))
    return tuple(tuple(got(each, row) for row in rows) for each in decided)


def _listed(case: Case, families: Sequence[Family]) -> Candidates:
    return from_families(families, case.ruleset.family_fields, case.ruleset.member_fields)


def _views_of_parts(decider: Decider, case: Case) -> tuple[tuple[View, ...], ...]:
    """The same for a list that comes in parts."""
    step = case.way.part
    parts = [decider.part(_listed(case, case.families[low : low + step])) for low in range(0, len(case.families), step)]
    found: list[tuple[View, ...]] = []
    for program in zip(*parts, strict=True):
        contests = [part.contest for part in program if part.contest is not None]
        selection = select_seats(merged(contests)) if contests else None
        views: list[View] = []
        for part in program:
            low, high = len(views), len(views) + len(part.decisions.status)
            own = selection and Selection(selection.rank[low:high], selection.seat[low:high], selection.reserve[low:high])
            decisions = replace(part.decisions, selection=own)
            views += [got(decisions, row) for row in range(high - low)]
        found.append(tuple(views))
    return tuple(found)


def loosened(candidates: Candidates) -> Candidates:
    """The same list with the families' members among each other, as a file may bring them; each family's in their order."""
    mixed = np.random.default_rng(len(candidates.members)).permutation(len(candidates.members))
    owners = np.repeat(np.arange(len(candidates)), np.diff(candidates.offsets))[mixed]
    order = np.empty_like(mixed)
    order[np.argsort(owners, kind="stable")] = np.arange(len(mixed))  # who stands earlier in a family may decide a tie
    return replace(candidates, members=candidates.members.take(pa.array(order)), owners=owners)


def narrowed(candidates: Candidates) -> Candidates:
    """The same list with each column of numbers in as few bytes as hold it, as a file may bring it."""
    return replace(candidates, families=_narrow(candidates.families), members=_narrow(candidates.members))


def _narrow(table: pa.Table) -> pa.Table:
    for place, name in enumerate(table.column_names):
        column = table.column(name)
        for kind in (pa.int8(), pa.int16(), pa.int32()) if pa.types.is_int64(column.type) else ():
            with suppress(pa.ArrowInvalid):
                table = table.set_column(place, name, column.cast(kind))
                break
    return table


def got(decisions: ProgramDecisions, row: int) -> View:
    rules = tuple(rule.id for rule in decisions.ruleset.rules)
    chosen = decisions.selection
    return {
        "verdict": VERDICTS[int(decisions.status[row])].value,
        "failed": names_in(decisions.failed, rules, row),
        "unknown": names_in(decisions.unknown, rules, row),
        "needs": sorted(names_in(decisions.needs, decisions.facts, row)),
        "at_most": bool(decisions.at_most[row]),
        "one_of": bool(decisions.one_of[row]),
        "benefits": [_paid(paid, row) for paid in decisions.benefits],
        "total": _paid(decisions.total, row),
        "phase": int(decisions.phase[row]),
        "rank": int(chosen.rank[row]) if chosen else 0,
        "seat": int(chosen.seat[row]) if chosen else 0,
        "reserve": int(chosen.reserve[row]) if chosen else 0,
    }


def _paid(paid: Paid, row: int) -> View:
    view: View = {"amount": int(paid.amount[row]), "shares": [int(share[row]) for share in paid.shares]}
    if paid.open[row]:
        view["low"] = int(paid.low[row])
        view["high"] = None if paid.unbounded[row] else int(paid.high[row])
    return view


# ---- differences


def differences(case: Case, expected: Sequence[View] | None = None) -> list[Difference]:
    """Where the engine differs from the reference on this case; `expected` if what the reference says is known."""
    return _against(case, expected or reference_views(case)[0], (case.ruleset,))


def _against(case: Case, expected: Sequence[View], rulesets: Sequence[Ruleset]) -> list[Difference]:
    """Where what the engine says of the case's rule set, decided with these others, is not as expected."""
    try:
        got = engine_views(rulesets, case)[[r.program for r in rulesets].index(case.ruleset.program)]
    except Exception:
        return [Difference(case, None, {}, {"failed with": traceback.format_exc()})]
    return [
        Difference(case, row, one, other) for row, (one, other) in enumerate(zip(expected, got, strict=True)) if one != other
    ]


def order_differences(case: Case, expected: Sequence[View], rng: Random) -> list[Difference]:
    """Where another order of the families gives another result."""
    order = list(range(len(case.families)))
    rng.shuffle(order)
    shuffled = replace(case, families=tuple(case.families[i] for i in order))
    return _against(shuffled, [expected[i] for i in order], (case.ruleset,))


def together_differences(case: Case, expected: Sequence[View], others: Sequence[Ruleset]) -> list[Difference]:
    """Where deciding other programs in the same run gives another result."""
    return [
        *_against(case, expected, (case.ruleset, *others)),
        *_against(case, expected, (*others, case.ruleset)),
    ]


# ---- shrinking


def shrunk(difference: Difference) -> Difference:
    """A difference on fewer families, facts and statements, where there still is one."""
    case = difference.case
    if difference.row is not None:
        alone = replace(case, families=(case.families[difference.row],))
        case = alone if differences(alone) else _fewer_families(case)
    case = _fewer_statements(_fewer_facts(case))
    found = differences(case)
    return found[0] if found else difference


def _fewer_families(case: Case) -> Case:
    for i in reversed(range(len(case.families))):
        fewer = replace(case, families=case.families[:i] + case.families[i + 1 :])
        if fewer.families and differences(fewer):
            case = fewer
    return case


def _fewer_facts(case: Case) -> Case:
    """Members go, then facts become unknown."""
    for i in range(len(case.families)):
        for m in reversed(range(len(case.families[i].members))):
            family = case.families[i]
            case = _if_still(case, i, Family(family.values, family.members[:m] + family.members[m + 1 :]))
        for name in case.families[i].values:
            case = _if_still(case, i, Family({**case.families[i].values, name: None}, case.families[i].members))
    return case


def _if_still(case: Case, row: int, family: Family) -> Case:
    families = (*case.families[:row], family, *case.families[row + 1 :])
    changed = replace(case, families=families)
    return changed if differences(changed) else case


def _fewer_statements(case: Case) -> Case:
    """Statements go, as long as the rest passes the checker."""
    blocks = _blocks(case.ruleset.text)
    for i in reversed(range(2, len(blocks))):
        text = "".join(blocks[:i] + blocks[i + 1 :])
        ruleset, _ = compile_text(text, case.ruleset.path)
        if ruleset is None:
            continue
        changed = replace(case, ruleset=ruleset)
        if differences(changed):
            case, blocks = changed, blocks[:i] + blocks[i + 1 :]
    return case


def _blocks(text: str) -> list[str]:
    """The statements: each begins at the first column."""
    blocks: list[str] = []
    for line in text.splitlines(keepends=True):
        if line[0].isspace() and blocks:
            blocks[-1] += line
        else:
            blocks.append(line)
    return blocks


def told(difference: Difference) -> str:
    """A difference in words: rules, date, families, and both results where they differ."""
    case = difference.case
    lines = [case.ruleset.text, f"as of {case.as_of}, decided by {case.evaluator}"]
    for row, family in enumerate(case.families):
        mark = "->" if row == difference.row else "  "
        lines.append(f"{mark} {dict(family.values)} {[dict(member) for member in family.members]}")
    names = [*difference.expected, *(name for name in difference.got if name not in difference.expected)]
    for name in names:
        expected, got = difference.expected.get(name), difference.got.get(name)
        if expected != got or name == "verdict":
            lines.append(f"{name}: reference {expected!r}, engine {got if expected is None else repr(got)}")
    return "\n".join(lines)
