"""One award per family card or person: facts from the register of awards, and a rule for each that refuses a second."""

from __future__ import annotations

from ejps_core.dsl.check.rules import new_id
from ejps_core.dsl.check.world import World
from ejps_core.dsl.syntax import Token
from ejps_core.model.expr import AnyMember, Expr, FieldRef
from ejps_core.model.kinds import Level
from ejps_core.model.registers import AWARDS
from ejps_core.model.ruleset import DecisionUnit, Field, OnePer, Rule, RuleKind
from ejps_core.model.span import Span
from ejps_core.model.types import YesNo
from ejps_core.model.words import Words

FACTS = {Level.FAMILY: "kk_sudah_ditetapkan", Level.MEMBER: "nik_sudah_ditetapkan"}
IDS = {Level.FAMILY: "kk_ganda", Level.MEMBER: "nik_ganda"}
TITLES = {
    Level.FAMILY: Words("Nomor KK ini sudah ditetapkan", "This family card was given the aid already"),
    Level.MEMBER: Words("NIK ini sudah ditetapkan", "This person was given the aid already"),
}
RULES = {
    Level.FAMILY: Words("KK ganda: nomor KK ini sudah ditetapkan", "Family card given the aid already"),
    Level.MEMBER: Words("NIK ganda: seorang anggota sudah ditetapkan", "A member was given the aid already"),
}
MESSAGES = {
    Level.FAMILY: Words(
        "Nomor KK ini sudah ditetapkan sebagai penerima program ini.",
        "This family card was given this program's aid already.",
    ),
    Level.MEMBER: Words(
        "NIK seorang anggota sudah ditetapkan sebagai penerima program ini, dengan KK ini atau KK lain.",
        "A member's NIK was given this program's aid already, on this family card or another.",
    ),
}
PERIODS = {
    True: Words(" pada tahap ini", " in this phase"),
    False: Words(" selama program", " in the whole program"),
}


def read_one_per(world: World) -> None:
    """Declares the facts; without words of its own the period is the phase where the program is decided each phase."""
    node = world.header.one_per
    if node is None:
        return
    each_phase = node.period.type == "EVERY_PHASE" if node.period else world.header.each_phase
    if each_phase and not world.header.calendars:
        words = Words("program ini tidak punya jadwal tahap", "this program has no phases")
        mend = Words(
            "tulis `selama program`, atau tambahkan `jadwal tahap`", "write `in the whole program`, or add `phases`"
        )
        world.findings.error("one-per-phase", world.span(node.period) if node.period else node.span, words, mend=mend)
    facts: dict[Level, str] = {}
    for key in node.keys:
        level = _level(world, key)
        if level in facts:
            words = Words("ini sudah dikatakan", "this has been said already")
            world.findings.error("one-per-twice", world.span(key), words)
        elif level is not None and _declare(world, key, level, each_phase):
            facts[level] = FACTS[level]
    world.one_per = OnePer(facts.get(Level.FAMILY), facts.get(Level.MEMBER), each_phase, node.span)


def _level(world: World, key: Token) -> Level | None:
    """Whose key it is; says so if it is nobody's."""
    for level, fields in world.fields.items():
        if key.text in fields and fields[key.text].key:
            return level
    if key.text not in world.lost:
        keys = [field.name for fields in world.fields.values() for field in fields.values() if field.key]
        named = ", ".join(f"`{name}`" for name in keys)
        words = Words(
            f"`{key.text}` bukan kunci keluarga atau anggota", f"`{key.text}` is not the key of the family or its members"
        )
        mend = Words(f"kuncinya: {named}", f"the keys are: {named}")
        world.findings.error("one-per-key", world.span(key), words, mend=mend if keys else None)
    return None


def _declare(world: World, key: Token, level: Level, each_phase: bool) -> bool:
    name, span = FACTS[level], world.span(key)
    if name in world.places:
        words = Words(
            f"nama `{name}` diperlukan bagi `satu tiap {key.text}`, dan sudah dipakai",
            f"the name `{name}` is needed for `one per {key.text}`, and is taken",
        )
        mend = Words("beri nama lain pada yang ini", "give this one another name")
        world.findings.error("name-twice", world.places[name], words, mend=mend)
        return False
    period, title = PERIODS[each_phase], TITLES[level]
    title = Words(title.id + period.id, title.en + period.en)
    world.places[name] = span
    world.used.add(name)
    world.fields[level][name] = Field(name, title, YesNo(), level, span, source=AWARDS)
    return True


def add_rules(world: World, taken: dict[str, Token]) -> None:
    """A rule for each fact: who was given the aid is refused a second."""
    node, made = world.header.one_per, world.one_per
    if node is None or made is None:
        return
    for level, fact in ((Level.FAMILY, made.family), (Level.MEMBER, made.person)):
        key = next((key for key in node.keys if fact and _is_key(world, key, level)), None)
        if fact is None or key is None:
            continue
        token = key._replace(text=IDS[level])
        if new_id(world, token, taken):
            period, title = PERIODS[made.each_phase], RULES[level]
            title = Words(title.id + period.id, title.en + period.en)
            condition = _given(world, level, fact, world.span(key))
            rule = Rule(token.text, RuleKind.REFUSE, title, condition, world.span(key), message=MESSAGES[level])
            world.rules[token.text] = rule


def _is_key(world: World, key: Token, level: Level) -> bool:
    return key.text in world.fields[level]


def _given(world: World, level: Level, fact: str, span: Span) -> Expr:
    """The family was given it; or some member was, or the person that is decided."""
    person = level is Level.MEMBER and world.header.unit is DecisionUnit.PERSON
    at = Level.FAMILY if person else level
    given = FieldRef(type=YesNo(), span=span, name=fact, level=at)
    return AnyMember(type=YesNo(), span=span, where=given) if at is Level.MEMBER else given
