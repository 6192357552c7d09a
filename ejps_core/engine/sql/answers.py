"""What the statements answer for each family and program: named plan nodes, amounts and shares included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ejps_core.engine.outcome import KeyNodes, Outcome
from ejps_core.engine.pairs import Range
from ejps_core.engine.plan import Op, Plan
from ejps_core.model.decisions import ELIGIBLE, INELIGIBLE, UNDETERMINED
from ejps_core.model.money import WHOLE
from ejps_core.model.ruleset import Benefit, Ruleset


@dataclass(frozen=True, slots=True)
class PaidNodes:
    """An amount's nodes, as the arrays of decisions.Paid."""

    amount: int
    open: int
    low: int
    high: int
    unbounded: int
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Contest:
    """What a selection needs of each family; None: the rules set no such limit."""

    area: int
    area_lacking: int
    keys: tuple[KeyNodes, ...]
    codes: tuple[bool, ...]
    """For each key: it is a code (a text)."""
    descending: tuple[bool, ...]
    """For each key: it is a code, the greatest first."""
    quota: tuple[int, int] | None
    budget: tuple[int, int] | None


class Answers:
    """The nodes of one program's decisions."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.plan, self.ruleset = outcome, outcome.plan, outcome.ruleset
        p = self.plan
        self.failed, self.unknown = (
            tuple(_folded(p, word) for word in words) for words in (outcome.failed, outcome.unknown)
        )
        failed, unknown = (p.or_(*(p.below(p.zero, word) for word in words)) for words in (self.failed, self.unknown))
        undecided = p.select(unknown, p.const(UNDETERMINED), p.const(ELIGIBLE))
        self.status = p.select(failed, p.const(INELIGIBLE), undecided)
        self.eligible = p.equal(self.status, p.const(ELIGIBLE))
        pairs = zip(self.ruleset.benefits, outcome.instalments, strict=True)
        self.benefits = [self._paid(benefit, instalment) for benefit, instalment in pairs]
        self.total = self._total()
        self.contest = _contest(outcome)

    def _paid(self, benefit: Benefit, instalment: Range) -> PaidNodes:
        """Nothing unless eligible; open where eligible and the amount is unknown."""
        p, times = self.plan, self.plan.const(benefit.instalments)
        low, high = p.multiply(instalment.low, times), p.multiply(instalment.high, times)
        unknown = p.or_(instalment.open_high, instalment.open_low, p.not_(p.equal(low, high)))
        known = p.and_(self.eligible, p.not_(unknown))
        single = p.select(known, instalment.low, p.zero)
        amount = p.select(known, low, p.zero)
        shares = tuple(p.multiply(share, times) for share in split(p, single, [share.part for share in benefit.shares]))
        return PaidNodes(amount, p.and_(self.eligible, unknown), low, high, instalment.open_high, shares)

    def _total(self) -> PaidNodes:
        """The sum of the benefits; open, and then without an amount, where one of them is."""
        p = self.plan
        if len(self.benefits) == 1:
            one = self.benefits[0]
            return PaidNodes(one.amount, one.open, one.low, one.high, one.unbounded)
        whole = PaidNodes(p.zero, p.no, p.zero, p.zero, p.no)
        for part in self.benefits:
            opened = p.or_(whole.open, part.open)
            whole = PaidNodes(
                p.select(opened, p.zero, p.add(whole.amount, part.amount)),
                opened,
                p.add(whole.low, part.low),
                p.add(whole.high, part.high),
                p.or_(whole.unbounded, part.unbounded),
            )
        return whole

    def columns(self) -> Iterator[tuple[str, int]]:
        """The name and node of each column of this program's decisions, and of what its ranking needs."""
        yield from self.decided()
        if self.contest is not None:
            yield from self._ranking(self.contest)

    def decided(self) -> Iterator[tuple[str, int]]:
        """The name and node of each column of this program's decisions."""
        yield from self._named("status", (self.status,))
        yield from self._named("failed", self.failed)
        yield from self._named("unknown", self.unknown)
        yield from self._named("phase", (self.outcome.phase,))
        yield from self._amounts("", self.total)
        for benefit, part in zip(self.ruleset.benefits, self.benefits, strict=True):
            yield from self._amounts(f"{benefit.id} ", part)

    def _named(self, what: str, nodes: tuple[int, ...]) -> Iterator[tuple[str, int]]:
        for number, node in enumerate(nodes):
            yield column_name(self.ruleset, what, number), node

    def _amounts(self, of: str, part: PaidNodes) -> Iterator[tuple[str, int]]:
        ends = (("amount", part.amount), ("open", part.open), ("low", part.low), ("high", part.high))
        for name, node in (*ends, ("unbounded", part.unbounded)):
            yield column_name(self.ruleset, of + name), node
        for number, node in enumerate(part.shares):
            yield column_name(self.ruleset, f"{of}share", number), node

    def _ranking(self, contest: Contest) -> Iterator[tuple[str, int]]:
        yield from self._named("area", (contest.area,))
        yield from self._named("area unknown", (contest.area_lacking,))
        for number, key in enumerate(contest.keys, 1):
            yield from self._named(f"key {number}", key.value)
            yield from self._named(f"key {number} best", key.best)
            yield from self._named(f"key {number} limitless", (key.limitless,))
            yield from self._named(f"key {number} unknown", (key.lacking,))
        for name, limit in (("quota", contest.quota), ("budget", contest.budget)):
            if limit is not None:
                yield from self._named(name, (limit[0],))
                yield from self._named(f"{name} unknown", (limit[1],))


def _folded(p: Plan, mask: int) -> int:
    """A mask of rules of which all are constant is one."""
    bits = [p.value(bit) for bit in p.nodes[mask].args]
    return mask if None in bits else p.const(sum(1 << place for place, bit in enumerate(bits) if bit))


def _contest(outcome: Outcome) -> Contest | None:
    choose = outcome.ruleset.choose
    if choose is None:
        return None
    area, lacking = outcome.area()
    keys, turned = zip(*(_code_as_it_is(outcome.plan, key) for key in outcome.ranking()), strict=True)
    codes = tuple(outcome.plan.nodes[key.value[0]].op is Op.ORDER for key in keys)
    return Contest(area, lacking, keys, codes, turned, outcome.limit(choose.quota), outcome.limit(choose.budget))


def _code_as_it_is(plan: Plan, key: KeyNodes) -> tuple[KeyNodes, bool]:
    """A code in falling order is the place of the code turned negative; as SQL it is the code itself, and `desc`."""
    node = plan.nodes[key.value[0]]
    if node.op is Op.SUBTRACT and plan.nodes[node.args[1]].op is Op.ORDER:
        return replace(key, value=node.args[1:], best=node.args[1:]), True
    return key, False


def column_names(programs: Sequence[Answers]) -> dict[int, list[str]]:
    """The columns of the decisions by node, each with all that it is the answer to; constants need no column."""
    found: dict[int, list[str]] = {}
    for program in programs:
        for name, node in program.columns():
            if program.plan.value(node) is None:
                found.setdefault(node, []).append(name)
    return found


def column_name(ruleset: Ruleset, what: str, number: int = 0) -> str:
    """The name of a column of decisions: program.what, and its number from the second on."""
    return f"{ruleset.program}.{what}" + (f" {number + 1}" if number else "")


def split(p: Plan, amount: int, parts: list[int]) -> list[int]:
    """The shares of an amount (never negative) by largest remainder, ties to the first named."""
    if not parts:
        return []
    whole = p.const(WHOLE)
    tens = p.divide(amount, whole)
    rest = p.subtract(amount, p.multiply(tens, whole))
    floors, over = [], []
    for part in parts:
        piece = p.multiply(rest, p.const(part))
        floors.append(p.add(p.multiply(tens, p.const(part)), p.divide(piece, whole)))
        over.append(p.subtract(piece, p.multiply(p.divide(piece, whole), whole)))
    left = amount
    for floor in floors:
        left = p.subtract(left, floor)
    shares = []
    for i, mine in enumerate(over):
        ahead = [p.at_most(mine, other) if j < i else p.below(mine, other) for j, other in enumerate(over) if j != i]
        shares.append(p.add(floors[i], p.select(p.below(p.count(ahead), left), p.const(1), p.zero)))
    return shares
