"""A whole file: everything declared, everything checked, one Ruleset."""

from __future__ import annotations

from hashlib import sha256
from typing import TypeVar

from ejps_core.dsl import syntax
from ejps_core.dsl.check import (
    areas,
    awards,
    choosing,
    examples,
    facts,
    header,
    paying,
    persons,
    phases,
    relations,
    reporting,
    rules,
    scales,
    tables,
)
from ejps_core.dsl.check.definitions import Definitions
from ejps_core.dsl.check.depth import check_depths
from ejps_core.dsl.check.expressions import express
from ejps_core.dsl.check.tested import thresholds
from ejps_core.dsl.check.world import World
from ejps_core.dsl.parse import Parsed
from ejps_core.dsl.syntax import Token
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Choose, Example, LeapRule, RelationKind, ReportColumn, ReportTotal, Ruleset
from ejps_core.model.span import Span
from ejps_core.model.types import Code, Date
from ejps_core.model.words import Words

S = TypeVar("S", bound=syntax.Syntax)


def check(parsed: Parsed, world: World, text: str) -> Ruleset | None:
    """The checked rule set; None if anything in the file is wrong (all of it has been said)."""
    _declare(parsed, world)
    definitions = Definitions(world)
    world.express, world.define = express, definitions.define
    definitions.check_all()
    taken: dict[str, Token] = {}
    relations.forbidden(world, _all(parsed, syntax.Relations), taken)
    areas.add_area_rule(world)
    awards.add_rules(world, taken)
    rules.read_rules(world, _all(parsed, syntax.Rule), taken)
    paying.read_benefits(world, _all(parsed, syntax.Pay), taken)
    selection = _one(parsed, world, syntax.Choose)
    choose = choosing.read_choose(world, selection) if selection else None
    report = _one(parsed, world, syntax.Report)
    columns, totals = reporting.read_report(world, report) if report else ((), ())
    usual = _one(parsed, world, syntax.Usual)
    tried = examples.read_examples(world, usual, _all(parsed, syntax.Example))
    _nothing_missing(parsed, world)
    check_depths(world, _judged(world, choose))
    if not world.findings.sound:
        return None
    _unused(world)
    areas.remark_if_unchecked(world)
    return _ruleset(world, text, choose, columns, totals, tried)


def _all(parsed: Parsed, kind: type[S]) -> list[S]:
    return [statement for statement in parsed.statements if isinstance(statement, kind)]


def _one(parsed: Parsed, world: World, kind: type[S]) -> S | None:
    """The only statement of its kind; a second one is refused."""
    found = _all(parsed, kind)
    for second in found[1:]:
        first = found[0].span
        place = Span(first.path, first.line, first.column, first.line, first.column + 5)
        span = Span(second.span.path, second.span.line, second.span.column, second.span.line, second.span.column + 5)
        words = Words("pernyataan ini hanya boleh satu kali", "this statement may stand only once")
        world.findings.error(
            "statement-twice", span, words, why=(place, Words("yang pertama di sini", "the first one is here"))
        )
    return found[0] if found else None


def _declare(parsed: Parsed, world: World) -> None:
    """Everything that has a name, before anything is checked."""
    program = _one(parsed, world, syntax.Program)
    if program is not None:
        header.read_header(world, program, whole=not parsed.headless)
    levels: dict[str, syntax.Fields] = {}
    for group in _all(parsed, syntax.Fields):
        if group.level.type in levels:
            why = (world.span(levels[group.level.type].level), Words("yang pertama di sini", "the first one is here"))
            words = Words("pernyataan ini hanya boleh satu kali", "this statement may stand only once")
            world.findings.error("statement-twice", world.span(group.level), words, why=why)
        levels.setdefault(group.level.type, group)
        facts.read_fields(world, group)
    facts.check_keys(world)
    awards.read_one_per(world)
    persons.decide_persons(world)
    phases.check_located(world, not world.lost)
    for parameter in _all(parsed, syntax.Parameter):
        facts.read_parameter(world, parameter)
    for table in _all(parsed, syntax.Table):
        tables.read_table(world, table)
    for scale in _all(parsed, syntax.Scale):
        scales.read_scale(world, scale)
    relations.read_relations(world, _all(parsed, syntax.Relations), parsed.statements)
    for definition in _all(parsed, syntax.Definition):
        if facts.free(world, definition.name):
            world.written[definition.name.text] = definition


def _nothing_missing(parsed: Parsed, world: World) -> None:
    """A file has a program, facts of the family, a rule and a benefit."""
    start = Span(world.path, 1, 1, 1, 5)
    whole = not world.lost
    wanted: list[tuple[type[syntax.Syntax], bool, Words, str, str]] = [
        (
            syntax.Program,
            not parsed.headless,
            Words("berkas ini belum punya `program …`", "this file has no `program …`"),
            "program",
            "program",
        ),
        (
            syntax.Rule,
            whole,
            Words("belum ada satu pun `syarat` atau `gugur bila`", "there is no `require` or `refuse` yet"),
            "syarat",
            "require",
        ),
        (
            syntax.Pay,
            whole,
            Words(
                "belum ada `berikan`: program ini tidak memberi apa pun", "there is no `pay` yet: this program gives nothing"
            ),
            "berikan",
            "pay",
        ),
    ]
    for kind, sure, words, own, english in wanted:
        if sure and not _all(parsed, kind):
            mend = Words(f"tambahkan `{own} …`", f"add `{english} …`")
            world.findings.error("statement-missing", start, words, mend=mend)
    families = [group for group in _all(parsed, syntax.Fields) if group.level.type == "FAMILY"]
    if whole and not families:
        words = Words("belum ada data keluarga", "the family has no facts yet")
        mend = Words("tambahkan `keluarga memiliki`, dengan kuncinya", "add `family has`, with its key")
        world.findings.error("statement-missing", start, words, mend=mend)


def _judged(world: World, choose: Choose | None) -> list[Expr]:
    """Every expression that is reckoned for a family."""
    found = [rule.condition for rule in world.rules.values()]
    for benefit in world.benefits.values():
        found += [benefit.amount, *([] if benefit.only_if is None else [benefit.only_if])]
    if choose is not None:
        found += [key.value for key in choose.order] + ([] if choose.area is None else [choose.area])
    return found


def _unused(world: World) -> None:
    """A remark for each name that nothing reads."""
    facts_named = [f for fields in world.fields.values() for f in fields.values()]
    facts_named = [
        f for f in facts_named if not (f.key or isinstance(f.type, Code) or (isinstance(f.type, Date) and f.type.birth))
    ]
    found = [(f.name, world.places[f.name]) for f in facts_named]  # codes and birth dates identify people in lists
    found += [(name, world.places[name]) for name in (*world.parameters, *world.definitions, *world.tables, *world.scales)]
    found += [(r.name, r.span) for r in world.relations.values() if r.kind is RelationKind.PLAIN]
    for name, place in found:
        if name not in world.used:
            words = Words(f"`{name}` tidak dipakai di mana pun", f"`{name}` is not used anywhere")
            mend = Words("hapus, atau tampilkan di `laporan`", "take it out, or show it in the `report`")
            world.findings.remark("unused", place, words, mend=mend)


def _ruleset(
    world: World,
    text: str,
    choose: Choose | None,
    columns: tuple[ReportColumn, ...],
    totals: tuple[ReportTotal, ...],
    tried: tuple[Example, ...],
) -> Ruleset:
    top = world.header
    conditions = [rule.condition for rule in world.rules.values()]
    return Ruleset(
        program=top.program,
        title=top.title,
        surface=world.language,
        first=top.first,
        last=top.last,
        legal=top.legal,
        currency=top.currency,
        minor_digits=top.minor_digits,
        leap_rule=top.leap_rule or LeapRule.FEBRUARY_28,
        areas=top.areas,
        calendars=top.calendars,
        decided_each_phase=top.each_phase,
        least_members=world.least_members,
        family_fields=tuple(world.fields[Level.FAMILY].values()),
        member_fields=tuple(world.fields[Level.MEMBER].values()),
        parameters=(*world.parameters.values(), *world.versions.values()),
        definitions=tuple(world.definitions.values()),
        rules=tuple(world.rules.values()),
        benefits=tuple(world.benefits.values()),
        choose=choose,
        columns=columns,
        totals=totals,
        examples=tried,
        thresholds=thresholds(world, conditions),
        path=world.path,
        unit=top.unit,
        family_key=top.family_key,
        text=text,
        digest=sha256(text.encode("utf-8")).hexdigest(),
        relations=tuple(world.relations.values()),
        one_per=world.one_per,
    )
