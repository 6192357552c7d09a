"""Which facts are tested only against constants: what evaluators split by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ejps_core.dsl.check.world import World
from ejps_core.model.expr import (
    Age,
    Aggregate,
    Between,
    Compare,
    DefinitionRef,
    Expr,
    FieldRef,
    IfUnknown,
    IsUnknown,
    Literal,
    OneOf,
    ParameterRef,
)
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Thresholds
from ejps_core.model.types import Choice, Date, Number, YesNo
from ejps_core.model.walk import parts


def thresholds(world: World, roots: Sequence[Expr]) -> tuple[Thresholds, ...]:
    """The family facts whose every test is against a constant, in the order of their declaration, with the tests."""
    tests: dict[str, list[Expr]] = {}
    barred: set[str] = set()
    seen: set[tuple[str, bool]] = set()
    waiting = [(root, True) for root in roots]
    while waiting:
        for node, fine in _tests(*waiting.pop(0)):
            if isinstance(node, DefinitionRef):
                open_here = fine and node.level is Level.FAMILY
                if (node.name, open_here) not in seen:
                    seen.add((node.name, open_here))
                    waiting.append((world.definitions[node.name].value, open_here))
            elif isinstance(fact := _fact(node), FieldRef) and fact.level is Level.FAMILY:
                tests.setdefault(fact.name, []).append(node)
                if not fine:
                    barred.add(fact.name)
    return tuple(
        Thresholds(name, tuple(dict.fromkeys(tests[name])))
        for name in world.fields[Level.FAMILY]
        if name in tests and name not in barred
    )


def _fact(test: Expr) -> Expr:
    """The fact that a test is about."""
    if isinstance(test, Compare):
        return test.left if isinstance(test.left, FieldRef) else test.right
    return test.item if isinstance(test, Between | OneOf) else test


def _tests(root: Expr, open_here: bool) -> Iterator[tuple[Expr, bool]]:
    """(test or fact or definition, whether it may be settled by trying cells) for all that stands in an expression."""
    stack: list[tuple[Expr, bool]] = [(root, open_here)]
    while stack:
        node, fine = stack.pop()
        if isinstance(node, DefinitionRef):
            yield node, fine
        elif isinstance(node, FieldRef):
            yield node, fine and isinstance(node.type, YesNo)
        elif _is_test(node):
            yield node, fine
        else:
            shut = isinstance(node, IsUnknown | IfUnknown | Age | Aggregate)
            stack.extend(reversed([(part, fine and not shut) for part in parts(node)]))


def _is_test(node: Expr) -> bool:
    """Whether it compares a fact directly with constants."""
    constants = Literal | ParameterRef
    if isinstance(node, Compare):
        one, two = node.left, node.right
        direct = (isinstance(one, FieldRef) and isinstance(two, constants)) or (
            isinstance(two, FieldRef) and isinstance(one, constants)
        )
        fact = one if isinstance(one, FieldRef) else two
        return direct and isinstance(fact.type, YesNo | Number | Date)
    if isinstance(node, Between):
        return isinstance(node.item, FieldRef) and isinstance(node.item.type, Number | Date)
    return isinstance(node, OneOf) and isinstance(node.item, FieldRef) and isinstance(node.item.type, Choice)
