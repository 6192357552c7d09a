"""Expressions: one function a construct, found by its class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ejps_core.dsl import syntax
from ejps_core.dsl.check import (
    arithmetic,
    cases,
    conditions,
    dates,
    deciding,
    extremes,
    members,
    names,
    relations,
    tables,
    unknown,
)
from ejps_core.dsl.check.types import number_of, region_code, told
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Expr, Literal
from ejps_core.model.types import Date, Region, YesNo


def constant(at: At, node: syntax.Constant) -> Expr | None:
    """A number, money, percentage, date, yes or no, or a text (which is a region's code)."""
    token = node.token
    if token.type == "STRING" and at.choice is not None:
        told(at.world, node, at.choice)
        return None
    match token.type:
        case "YES" | "NO":
            return Literal(type=YesNo(), span=node.span, value=token.type == "YES")
        case "DATE":
            day = token.value[0]
            return Literal(type=Date(day, day), span=node.span, value=day)
        case "STRING":
            code = region_code(at.world, token)
            return Literal(type=Region(), span=node.span, value=token.value[2]) if code else None
    read = number_of(at.world, node)
    return read and Literal(type=read[1], span=node.span, value=read[0])


READERS: dict[type[syntax.Syntax], Callable[[At, Any], Expr | None]] = {
    syntax.Name: names.name,
    syntax.Constant: constant,
    syntax.Junction: conditions.junction,
    syntax.Negation: conditions.negation,
    syntax.Case: cases.case,
    syntax.Compare: conditions.compare,
    syntax.Among: conditions.among,
    syntax.Between: conditions.between,
    syntax.InArea: conditions.in_area,
    syntax.IsUnknown: unknown.is_unknown,
    syntax.IfUnknown: unknown.if_unknown,
    syntax.Arithmetic: arithmetic.arithmetic,
    syntax.Duration: arithmetic.duration,
    syntax.Age: dates.age,
    syntax.DecisionDate: dates.decision_date,
    syntax.PhaseEdge: dates.phase_edge,
    syntax.AreaOf: dates.area_of,
    syntax.Rounded: arithmetic.rounded,
    syntax.AtLeast: conditions.at_least,
    syntax.AnyMember: members.any_member,
    syntax.EveryMember: members.every_member,
    syntax.AtLeastMembers: members.at_least_members,
    syntax.CountMembers: members.count_members,
    syntax.SumMembers: members.sum_members,
    syntax.ExtremeMember: members.extreme_member,
    syntax.OfOldest: members.of_oldest,
    syntax.Call: tables.call,
    syntax.ExtremeOf: extremes.extreme_of,
    syntax.Converted: extremes.converted,
    syntax.Receives: relations.receives,
    syntax.Received: relations.received,
    syntax.Decision: deciding.decision,
}


def express(node: syntax.Expr, at: At) -> Expr | None:
    """The checked expression; None: it is wrong, and why has been said (or its cause has been)."""
    return READERS[type(node)](at, node)
