"""e-JPS: the columns evaluator, from rule files and Parquet to Parquet, as `ejps evaluate` runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ejps_core.app.evaluate import Request, Rules, evaluate, prepare
from ejps_core.app.library import core_only
from ejps_core.app.streaming import evaluate_file
from ejps_core.app.write import write
from ejps_core.engine import decide
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.run import Run
from ejps_core.model.words import Language
from tests.bench.contenders import Call, Contender, Data
from tests.bench.workloads import ON, Kind, rule_files

PLUGINS = core_only()


@dataclass(frozen=True, slots=True)
class Read:
    """Compiled rules and the list that was read for them."""

    rulesets: tuple[Ruleset, ...]
    as_of: AsOf
    candidates: Candidates


def request_of(data: Data) -> Request:
    """What is asked: the workload's rule files on the list. The date and the list are all that is given."""
    return Request(rule_files(data.kind, data.households.parent / "rules" / data.kind), data.households, ON, data.members)


def read(request: Request) -> Read:
    """Rules compiled, the list read and checked."""
    prepared = prepare(request, PLUGINS)
    assert prepared.candidates is not None, prepared.findings
    return Read(prepared.rulesets, request.as_of, prepared.candidates)


def decided(request: Request, rules: Rules | None = None) -> Run:
    """The same, decided. rules: compiled already."""
    outcome = evaluate(request, PLUGINS, rules=rules)
    assert outcome.run is not None, outcome.findings
    return outcome.run


def written(run: Run, out: Path) -> None:
    """The decisions in a file."""
    problem = write(run, out, Language.EN, PLUGINS)
    assert problem is None, problem


def whole(data: Data, out: Path) -> Call:
    """Rules compiled, the list read and checked, decided, written; piece by piece where the list is in order."""
    request = request_of(data)

    def call() -> None:
        streamed = evaluate_file(request, PLUGINS, out, Language.EN)
        if isinstance(streamed, Rules):
            written(decided(request, streamed), out)
        else:
            assert streamed.failed is None, streamed.failed

    return call


def alone(data: Data) -> Call:
    """Decided from the list in memory."""
    found = read(request_of(data))
    return lambda: decide(found.rulesets, found.as_of, found.candidates, threads=data.cores)


CONTENDER = Contender("e-JPS, columns", whole, alone, at_most=10_000_000, kinds=frozenset(Kind))
