"""Other programs: facts about what the family receives or received, made where they are asked; forbidden pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ejps_core.dsl import syntax
from ejps_core.dsl.check.arithmetic import MOST_SHIFT, UNITS
from ejps_core.dsl.check.facts import free
from ejps_core.dsl.check.rules import new_id
from ejps_core.dsl.check.wording import meant
from ejps_core.dsl.check.world import FIRST_DAY, LAST_DAY, At, World
from ejps_core.dsl.syntax import Token
from ejps_core.model.calendar import shifted
from ejps_core.model.diagnostic import Fix
from ejps_core.model.expr import And, Case, Compare, DecisionDate, Expr, FieldRef, IsUnknown, Shift
from ejps_core.model.kinds import Comparison, Level, Unit
from ejps_core.model.ruleset import Field, Relation, RelationKind, Rule, RuleKind
from ejps_core.model.types import Date, Type, YesNo
from ejps_core.model.words import Words

PERIODS = {
    "THIS_MONTH": Words(" bulan ini", " this month"),
    "THIS_QUARTER": Words(" triwulan ini", " this quarter"),
    "THIS_YEAR": Words(" tahun ini", " this year"),
    "THIS_PHASE": Words(" tahap ini", " this phase"),
}
EVER, LAST = "_pernah", "_terakhir"
KINDS = {"NOT_TOGETHER": RelationKind.FORBIDDEN, "TOGETHER": RelationKind.ALLOWED}


def asked_in(node: object) -> Iterator[syntax.Receives | syntax.Received]:
    """Every question about another program in a piece of syntax."""
    if isinstance(node, Token):
        return
    if isinstance(node, syntax.Receives | syntax.Received):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from asked_in(part)
    elif isinstance(node, syntax.Syntax):
        for name in type(node).__slots__:
            yield from asked_in(getattr(node, name))


def read_relations(world: World, nodes: Sequence[syntax.Relations], statements: Sequence[syntax.Syntax]) -> None:
    """Declares the other programs, with the facts of the family that are asked of them."""
    asked = list(asked_in(tuple(statements)))
    for node in (relation for group in nodes for relation in group.relations):
        if not free(world, node.name):
            continue
        name = node.name.text
        kind = KINDS[node.kind.type] if node.kind else RelationKind.PLAIN
        title = world.titled(node.title, name)
        world.relations[name] = Relation(name, title, world.text(node.source) or "", kind, world.span(node.name))
        _facts(world, node, [question for question in asked if question.name.text == name])


def _facts(world: World, node: syntax.Relation, asked: Sequence[syntax.Receives | syntax.Received]) -> None:
    """The facts about one program: now, ever, and when last."""
    now = [question for question in asked if isinstance(question, syntax.Receives)]
    ever = [question for question in asked if isinstance(question, syntax.Received)]
    relation = world.relations[node.name.text]
    if now or relation.kind is RelationKind.FORBIDDEN:
        period = _period(world, now)
        title = Words(f"Menerima {relation.title.id}{period.id}", f"Receives {relation.title.en}{period.en}")
        _fact(world, relation, "", title, YesNo())
    if ever:
        title = Words(f"Pernah menerima {relation.title.id}", f"Ever received {relation.title.en}")
        _fact(world, relation, EVER, title, YesNo())
    if any(question.number is not None for question in ever):
        title = Words(f"Terakhir menerima {relation.title.id}", f"Last received {relation.title.en}")
        _fact(world, relation, LAST, title, Date(FIRST_DAY, LAST_DAY))


def _period(world: World, now: Sequence[syntax.Receives]) -> Words:
    """The stretch of time that the fact is about; it is one fact, so it has one."""
    periods = [(question.period.type if question.period else "", question) for question in now]
    for period, question in periods[1:]:
        if period != periods[0][0]:
            words = Words(
                "data ini sudah ditanyakan untuk jangka waktu lain: satu data, satu jangka waktu",
                "this fact is asked for another stretch of time already: one fact, one stretch",
            )
            why = (periods[0][1].span, Words("yang pertama di sini", "the first one is here"))
            world.findings.error("relation-period", question.span, words, why=why)
            break
    return PERIODS.get(periods[0][0] if periods else "", Words("", ""))


def _fact(world: World, relation: Relation, suffix: str, title: Words, kind: Type) -> None:
    name = relation.name + suffix
    fields = world.fields[Level.FAMILY]
    if suffix and name in world.places:
        words = Words(
            f"nama `{name}` diperlukan bagi riwayat `{relation.name}`, dan sudah dipakai",
            f"the name `{name}` is needed for the history of `{relation.name}`, and is taken",
        )
        mend = Words("beri nama lain pada yang ini", "give this one another name")
        world.findings.error("name-twice", world.places[name], words, mend=mend)
        return
    world.places.setdefault(name, relation.span)
    fields[name] = Field(name, title, kind, Level.FAMILY, relation.span, source=relation.source)


def forbidden(world: World, nodes: Sequence[syntax.Relations], taken: dict[str, Token]) -> None:
    """A rule for each program that may not be received together with this one."""
    for node in (relation for group in nodes for relation in group.relations):
        relation = world.relations.get(node.name.text)
        if relation is None or relation.kind is not RelationKind.FORBIDDEN:
            continue
        world.used.add(relation.name)
        token = node.name._replace(text=f"penerima_{relation.name}")
        if new_id(world, token, taken):
            world.rules[token.text] = Rule(
                id=token.text,
                kind=RuleKind.REFUSE,
                title=Words(f"Penerima {relation.title.id}", f"Receives {relation.title.en}"),
                condition=_ref(world, node, relation.name, YesNo()),
                span=relation.span,
            )


def _ref(world: World, node: syntax.Syntax, name: str, kind: Type) -> Expr:
    world.used.add(name)
    return FieldRef(type=kind, span=node.span, name=name, level=Level.FAMILY)


# ---- questions


def receives(at: At, node: syntax.Receives) -> Expr | None:
    """receives pkh: a fact of the family."""
    return _ref(at.world, node, node.name.text, YesNo()) if _declared(at, node.name) else None


def received(at: At, node: syntax.Received) -> Expr | None:
    """received bsps, ever or within so many years: after the day that lies so far back."""
    if not _declared(at, node.name):
        return None
    ever = _ref(at.world, node, node.name.text + EVER, YesNo())
    if node.number is None or node.unit is None:
        return ever
    unit = UNITS.get(node.unit.type)
    if unit is None or not 1 <= node.number.value[0] <= MOST_SHIFT[unit]:
        at.error(
            "duration-unit",
            node,
            "jangka waktu dihitung dalam hari, bulan, triwulan, atau tahun, tidak terlalu panjang",
            "a length of time is counted in days, months, quarters or years, and not too long",
        )
        return None
    last = _ref(at.world, node, node.name.text + LAST, Date(FIRST_DAY, LAST_DAY))
    recent = Compare(
        type=YesNo(), span=node.span, how=Comparison.ABOVE, left=last, right=_back(at, node, node.number.value[0], unit)
    )
    undated = IsUnknown(type=YesNo(), span=node.span, item=last)
    either = And(type=YesNo(), span=node.span, items=(ever, recent))
    return Case(type=YesNo(), span=node.span, branches=((undated, either),), otherwise=recent)


def _back(at: At, node: syntax.Received, amount: int, unit: Unit) -> Expr:
    header = at.world.header
    today = DecisionDate(type=Date(header.first, header.last), span=node.span)
    low, high = shifted(header.first, -amount, unit), shifted(header.last, -amount, unit)
    return Shift(type=Date(low, high), span=node.span, date=today, amount=-amount, unit=unit)


def _declared(at: At, name: Token) -> bool:
    """Whether it is one of the other programs; else says so."""
    world, text = at.world, name.text
    if text in world.relations:
        world.used.add(text)
        return True
    if text in world.lost:
        return False
    span, close = world.span(name), meant(text, world.relations)
    words = Words(f"`{text}` tidak ada di antara program lain", f"`{text}` is not among the other programs")
    mend = Words(
        f'nyatakan dengan `program lain`, di bawahnya `{text} "…" sumber …`',
        f'declare it with `other programs`, below it `{text} "…" source …`',
    )
    if close:
        mend = Words(f"maksudnya `{close}`?", f"did you mean `{close}`?")
    world.findings.error("program-unknown", span, words, mend=mend, fix=Fix(span, close) if close else None)
    return False
