"""Names in expressions: facts, definitions, parameters, labels."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.types import unknown_label
from ejps_core.dsl.check.wording import meant
from ejps_core.dsl.check.world import At, World
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.expr import DefinitionRef, Expr, FieldRef, Literal, ParameterRef
from ejps_core.model.kinds import Level
from ejps_core.model.types import Choice, Number
from ejps_core.model.words import Words

MOST_GUESSES = 200
"""After so many findings nothing is guessed any more: looking for what was meant takes time."""


def name(at: At, node: syntax.Name) -> Expr | None:
    """What a name stands for; where a choice is expected, a label wins."""
    text = node.token.text
    if at.choice is not None and text in at.choice.names:
        return Literal(type=at.choice, span=node.span, value=text)
    found = value_of(at, node.token)
    if found is None and at.choice is not None and not known(at.world, text):
        unknown_label(at.world, node.token, at.choice)
        return None
    if found is None:
        missing(at, node.token)
    return found


def value_of(at: At, token: Token) -> Expr | None:
    """The fact, definition or parameter of that name that can be read here, None if there is none (or it is wrong)."""
    world, text = at.world, token.text
    span = world.span(token)
    for level in (Level.MEMBER, Level.FAMILY) if at.level is Level.MEMBER else (Level.FAMILY,):
        if text in world.fields[level]:
            world.used.add(text)
            return FieldRef(type=world.fields[level][text].type, span=span, name=text, level=level)
        if world.level_of(text) is level:
            world.used.add(text)
            found = world.define(text, span)
            return None if found is None else DefinitionRef(type=found.type, span=span, name=text, level=level)
    if text in world.parameters:
        world.used.add(text)
        return ParameterRef(type=world.parameters[text].type, span=span, name=text)
    return None


def known(world: World, text: str) -> bool:
    """Whether the name means something somewhere, or its declaration could not be read."""
    return (
        text in world.lost
        or text in world.written
        or text in world.parameters
        or text in world.tables
        or text in world.scales
        or any(text in fields for fields in world.fields.values())
    )


def visible(at: At) -> set[str]:
    """Every name that can be read here."""
    world = at.world
    names = {*world.parameters, *world.fields[Level.FAMILY]}
    names |= {text for text in world.written if world.level_of(text) is Level.FAMILY}
    if at.level is Level.MEMBER:
        names |= {*world.fields[Level.MEMBER]} | {t for t in world.written if world.level_of(t) is Level.MEMBER}
    return names


def missing(at: At, token: Token) -> None:
    """Says why a name can't be read here, unless that has been said already."""
    world, text = at.world, token.text
    if text in world.lost:
        return
    span = world.span(token)
    if text in world.fields[Level.MEMBER] or world.level_of(text) is Level.MEMBER:
        if at.level is Level.FAMILY:
            _of_members(at, token)
        return
    if text in world.written:
        return
    if text in world.tables or text in world.scales:
        _not_looked_up(at, token)
        return
    if text in spellings("MEMBER", world.language):
        _the_list(at, token)
        return
    if text in ANSWERS or _label_of(world, text):
        _no_value(at, token)
        return
    close = meant(text, visible(at)) if len(world.findings.items) < MOST_GUESSES else None
    words = Words(f"nama `{text}` tidak dikenal", f"the name `{text}` is not known")
    if close:
        mend = Words(f"maksudnya `{close}`?", f"did you mean `{close}`?")
    else:
        world.lost.add(text)  # once is enough
        mend = Words(
            "nyatakan dulu sebagai data keluarga atau anggota, parameter, atau `hitung`",
            "declare it first as a fact of the family or members, a parameter, or with `let`",
        )
    out = world.removed.get(text)
    why = (out, Words("dicabut di sini", "it was removed here")) if out else None
    world.findings.error("name-unknown", span, words, mend=mend, why=why, fix=Fix(span, close) if close else None)


def _not_looked_up(at: At, token: Token) -> None:
    """A table without what is looked up in it."""
    words = Words(f"`{token.text}` adalah tabel atau tarif", f"`{token.text}` is a table or a scale")
    mend = Words(f"tulis dengan kuncinya: `{token.text}(…)`", f"write it with its key: `{token.text}(…)`")
    at.world.findings.error("table-bare", at.world.span(token), words, mend=mend)


ANSWERS = {"benar": "YES", "true": "YES", "betul": "YES", "salah": "NO", "false": "NO"}


def _label_of(world: World, text: str) -> str | None:
    """The fact of which the name is a label."""
    facts = [f for fields in world.fields.values() for f in fields.values()]
    return next((f.name for f in facts if isinstance(f.type, Choice) and text in f.type.names), None)


def _no_value(at: At, token: Token) -> None:
    """A word for yes or no of another language, or a label that is compared with nothing."""
    world, text, span = at.world, token.text, at.world.span(token)
    words = Words(f"nama `{text}` tidak dikenal", f"the name `{text}` is not known")
    if text in ANSWERS:
        own = spellings(ANSWERS[text], world.language_at(span))[0]
        mend = Words(f"tulis `{own}`", f"write `{own}`")
        world.findings.error("name-unknown", span, words, mend=mend, fix=Fix(span, own))
        return
    fact, among = _label_of(world, text), spellings("_IN", world.language_at(span))[0]
    words = Words(
        f"`{text}` adalah label `{fact}` dan bukan nilai sendiri", f"`{text}` is a label of `{fact}`, no value by itself"
    )
    one, several = f"`{fact} = {text}`", f"`{fact} {among} (…, {text})`"
    mend = Words(f"tulis {one}, atau {several}", f"write {one}, or {several}")
    world.findings.error("label-alone", span, words, mend=mend)


def _the_list(at: At, token: Token) -> None:
    """members = 1: their number is meant."""
    span, own = at.world.span(token), spellings("_COUNT_MEMBERS", at.world.language)[0]
    words = Words(f"`{token.text}` bukan nilai, melainkan daftar orang", f"`{token.text}` is no value but a list of people")
    mend = Words(f"jumlahnya: `{own}`", f"their number: `{own}`")
    at.world.findings.error("name-unknown", span, words, mend=mend, fix=Fix(span, own))


def _of_members(at: At, token: Token) -> None:
    world, text = at.world, token.text
    words = Words(
        f"`{text}` adalah data anggota: setiap anggota punya nilainya sendiri",
        f"`{text}` is of members: each member has a value of its own",
    )
    mend = Words(
        f"tanyakan lewat anggotanya, misalnya `ada anggota yang {text} …` atau `{text} dari anggota tertua`",
        f"ask through the members, for example `any member where {text} …` or `{text} of oldest member`",
    )
    field = world.fields[Level.MEMBER].get(text)
    if field is not None and isinstance(field.type, Number):
        mend = Words(
            f"tanyakan lewat anggotanya, misalnya `ada anggota yang {text} …` atau `total {text} dari anggota`",
            f"ask through the members, for example `any member where {text} …` or `sum {text} of members`",
        )
    why = (world.places[text], Words("dinyatakan di sini", "declared here")) if text in world.places else None
    world.findings.error("name-of-members", world.span(token), words, mend=mend, why=why)
