"""Examples: a family, a date, and what must come out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ejps_core.dsl import syntax
from ejps_core.dsl.check.types import told
from ejps_core.dsl.check.wording import day_text, meant
from ejps_core.dsl.check.world import World
from ejps_core.dsl.syntax import Token
from ejps_core.model.diagnostic import Fix
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import DecisionUnit, Example, Expected, Field, Verdict
from ejps_core.model.span import Span
from ejps_core.model.types import Number, Per, Quotient, Type
from ejps_core.model.words import Words

Plain = bool | int | str | None
Facts = dict[str, Plain]

VERDICTS = {
    "ELIGIBLE": Verdict.ELIGIBLE,
    "INELIGIBLE": Verdict.INELIGIBLE,
    "UNDETERMINED": Verdict.UNDETERMINED,
}


@dataclass(slots=True)
class Case:
    """The facts of the usual case, or of an example. `members` None: nothing is said of them."""

    family: Facts = field(default_factory=dict)
    person: Facts = field(default_factory=dict)
    """Of a program that decides persons: the one decided."""
    members: list[Facts] | None = None


def read_examples(world: World, usual: syntax.Usual | None, nodes: list[syntax.Example]) -> tuple[Example, ...]:
    """All examples, with what the usual case says filled in."""
    ground = _facts(world, usual.givens) if usual is not None else Case()
    found = [_example(world, ground, node) for node in nodes]
    _titles_twice(world, nodes)
    return tuple(example for example in found if example is not None)


def _titles_twice(world: World, nodes: list[syntax.Example]) -> None:
    """A remark for each example that bears the title of an earlier one: which of them failed could not be told."""
    first: dict[str, Token] = {}
    for node in nodes:
        earlier = first.setdefault(node.title.value[2], node.title)
        if earlier is not node.title:
            words = Words("judul contoh ini sudah dipakai", "an example with this title is there already")
            why = (world.span(earlier), Words("pertama kali di sini", "first here"))
            mend = Words("beri judul lain", "give it another title")
            world.findings.remark("example-title-twice", world.span(node.title), words, why=why, mend=mend)


def _not_yet_born(world: World, node: syntax.Example, on: Token, members: list[Facts]) -> None:
    """Says who is born after the day for which an example is decided."""
    births = [field.name for field in world.birth_field(Level.MEMBER)]
    for line in node.lines:
        if isinstance(line, syntax.Given) and line.level.type == "MEMBER":
            for assign in line.assigns:
                value = assign.value
                if assign.name.text in births and isinstance(value, syntax.Constant) and value.token.value[0] > on.value[0]:
                    _born_later(world, assign.span, on)
                    return
    if any(isinstance(day := member.get(name), int) and day > on.value[0] for member in members for name in births):
        _born_later(world, world.span(on), on)


def _born_later(world: World, span: Span, on: Token) -> None:
    words = Words("anggota ini lahir sesudah tanggal contohnya", "this member is born after the date of the example")
    why = (world.span(on), Words("tanggalnya di sini", "its date is here"))
    world.findings.error("example-unborn", span, words, why=None if span == world.span(on) else why)


def _facts(world: World, givens: tuple[syntax.Given | syntax.NoMembers, ...]) -> Case:
    case = Case()
    for given in givens:
        if isinstance(given, syntax.NoMembers):
            if case.members:
                words = Words("di atas sudah ada anggota", "there are members above")
                world.findings.error("members-and-none", given.span, words)
            case.members = case.members or []
        elif given.level.type == "FAMILY":
            case.family |= _assigned(world, Level.FAMILY, given.assigns)
        elif given.level.type == "PERSON":
            _persons_decided(world, given)
            case.person |= _assigned(world, Level.MEMBER, given.assigns)
        else:
            case.members = [*(case.members or []), _assigned(world, Level.MEMBER, given.assigns)]
    return case


def _persons_decided(world: World, given: syntax.Given) -> None:
    if world.header.unit is not DecisionUnit.PERSON:
        words = Words("program ini menetapkan keluarga, bukan orang", "this program decides families, not persons")
        mend = Words("tulis `keluarga …` atau `anggota …`", "write `family …` or `member …`")
        world.findings.error("example-person", world.span(given.level), words, mend=mend)


def _assigned(world: World, level: Level, assigns: tuple[syntax.Assign, ...]) -> Facts:
    facts: Facts = {}
    for assign in assigns:
        name = assign.name.text
        declared = world.fields[level].get(name)
        if declared is None or (level is Level.FAMILY and name in world.fields[Level.MEMBER]):
            _no_fact(world, level, assign.name)
        elif name in facts:
            words = Words(f"`{name}` sudah diberi nilai di baris ini", f"`{name}` has a value on this line already")
            world.findings.error("fact-twice", assign.span, words)
        elif isinstance(assign.value, Token):
            facts[name] = None
        else:
            value = told(world, assign.value, declared.type)
            if value is not None:
                facts[name] = value.value
    return facts


def _no_fact(world: World, level: Level, token: Token) -> None:
    name = token.text
    if name in world.lost and name not in world.written:
        return
    world.lost.add(name)
    other = Level.MEMBER if level is Level.FAMILY else Level.FAMILY
    here, there = Words("keluarga", "the family"), Words("anggota", "members")
    if level is Level.MEMBER:
        here, there = there, here
    words = Words(f"`{name}` bukan data {here.id}", f"`{name}` is no fact of {here.en}")
    close = meant(name, world.fields[level])
    mend: Words | None = None
    if name in world.fields[other]:
        mend = Words(
            f"`{name}` adalah data {there.id}: tulis di baris `{there.id}`",
            f"`{name}` is a fact of {there.en}: write it on their line",
        )
        close = None
    elif name in world.written:
        mend = Words(
            "hasil hitungan tidak diberikan, tetapi boleh diuji sesudah `maka`",
            "a definition is not given; it can be asserted after `then`",
        )
    elif close:
        mend = Words(f"maksudnya `{close}`?", f"did you mean `{close}`?")
    span = world.span(token)
    world.findings.error("fact-unknown", span, words, mend=mend, fix=Fix(span, close) if close else None)


def _example(world: World, ground: Case, node: syntax.Example) -> Example | None:
    own = _facts(world, tuple(line for line in node.lines if isinstance(line, syntax.Given | syntax.NoMembers)))
    dates = [line for line in node.lines if isinstance(line, syntax.On)]
    outcomes = [line for line in node.lines if isinstance(line, syntax.Outcome)]
    title = world.span(node.title)
    if not outcomes and not world.lost:
        words = Words("contoh ini tidak menguji apa pun", "this example asserts nothing")
        mend = Words("tambahkan `maka memenuhi syarat`, atau hasil yang lain", "add `then eligible`, or another outcome")
        world.findings.error("example-empty", title, words, mend=mend)
    if not dates and not world.lost:
        words = Words("contoh ini tanpa tanggal", "this example has no date")
        mend = Words(f"tambahkan `pada {day_text(world.header.first)}`", f"add `on {day_text(world.header.first)}`")
        world.findings.error("example-undated", title, words, mend=mend)
    for line in [*dates[1:], *outcomes[1:]]:
        world.findings.error("option-twice", line.span, Words("ini sudah dikatakan", "this has been said already"))
    if not outcomes or not dates:
        return None
    expected = _expected(world, outcomes[0])
    on, known = dates[0].day, dates[0].known
    _date(world, on)
    members = own.members if own.members is not None else ground.members or []
    model = ground.members[0] if ground.members else {}
    person = ground.person | own.person
    if world.header.unit is DecisionUnit.PERSON:
        members, model = [person, *(model | member for member in members)], {}
    _not_yet_born(world, node, on, [model | member for member in members])
    return Example(
        title=node.title.value[2],
        family=_filled(world.fields[Level.FAMILY], ground.family | own.family | person),
        members=tuple(_filled(world.fields[Level.MEMBER], model | member) for member in members),
        on=on.value[0],
        known=known.value[0] if known else None,
        expected=expected,
        span=Span(node.span.path, node.span.line, node.span.column, node.title.line, node.title.end),
    )


def _filled(fields: dict[str, Field], facts: Facts) -> tuple[tuple[str, Plain], ...]:
    """The facts in the order of their declaration; a blank that means no is no."""
    blank: Facts = {name: False for name, field in fields.items() if field.blank_is_no}
    whole = blank | facts
    return tuple((name, whole[name]) for name in fields if name in whole)


def _date(world: World, on: Token) -> None:
    header = world.header
    if header.dated and not header.first <= on.value[0] <= header.last:
        first, last = day_text(header.first), day_text(header.last)
        words = Words(
            f"tanggal ini di luar masa berlaku {first} sampai {last}",
            f"this date is outside the dates in force, {first} until {last}",
        )
        world.findings.error("date-out-of-force", world.span(on), words)


def _expected(world: World, node: syntax.Outcome) -> Expected:
    verdict = VERDICTS[node.verdict.type]
    rules = {*world.rules, *world.lost}
    for token in node.because or ():
        if token.text not in rules:
            _unknown(world, token, set(world.rules), Words("syarat", "a rule"))
    if verdict is Verdict.ELIGIBLE and node.because:
        words = Words("yang memenuhi syarat tidak punya aturan yang gagal", "who is eligible has no failed rule")
        world.findings.error("because-eligible", world.span(node.because[0]), words)
    needs = None if node.needs is None else tuple(fact for token in node.needs if (fact := _need(world, token)))
    values = tuple(pair for assign in node.values if (pair := _value(world, assign)))
    because = None if node.because is None else tuple(token.text for token in node.because)
    return Expected(verdict, because, needs, values)


def _unknown(world: World, token: Token, candidates: set[str], what: Words) -> None:
    close, span = meant(token.text, candidates), world.span(token)
    words = Words(f"`{token.text}` bukan nama {what.id}", f"`{token.text}` is not the name of {what.en}")
    mend = Words(f"maksudnya `{close}`?", f"did you mean `{close}`?") if close else None
    world.findings.error("example-name", span, words, mend=mend, fix=Fix(span, close) if close else None)


def _need(world: World, token: Token) -> str | None:
    """The name of a fact as outputs write it: name, member.name, members."""
    text = token.text
    if token.type == "MEMBER" or text == "members":
        return "members"
    prefix, dot, name = text.partition(".")
    if dot and prefix in ("member", "anggota") and name in world.fields[Level.MEMBER]:
        return f"member.{name}"
    if not dot and text in world.fields[Level.FAMILY]:
        return text
    if text in world.lost or name in world.lost:
        return None
    names = {*world.fields[Level.FAMILY], "members", *(f"member.{n}" for n in world.fields[Level.MEMBER])}
    _unknown(world, token, names, Words("sebuah data", "a fact"))
    return None


def _value(world: World, assign: syntax.Assign) -> tuple[str, Plain] | None:
    name = assign.name.text
    kind = _asserted_type(world, name)
    if kind is None:
        if name not in world.lost:
            family = {n for n, d in world.definitions.items() if d.level is Level.FAMILY}
            _unknown(
                world,
                assign.name,
                family | set(world.benefits),
                Words("bantuan atau hitungan keluarga", "a benefit or definition of the family"),
            )
        return None
    if isinstance(assign.value, Token):
        return name, None
    if isinstance(kind, Quotient):
        words = Words("hasil bagi tidak dapat diuji sebelum dibulatkan", "a quotient can't be asserted before it is rounded")
        world.findings.error("quotient-unrounded", assign.span, words)
        return None
    value = told(world, assign.value, kind)
    return None if value is None else (name, value.value)


def _asserted_type(world: World, name: str) -> Type | None:
    """The type of what an example may assert; a benefit is asserted as its whole amount."""
    if name in world.benefits:
        benefit = world.benefits[name]
        kind = benefit.amount.type
        assert isinstance(kind, Number)
        return Number(kind.scale, 0, benefit.instalments * kind.high, Per.ONCE)
    found = world.definitions.get(name)
    return found.type if found is not None and found.level is Level.FAMILY else None
