"""Rules: what is required, what refuses."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.areas import OUTSIDE
from ejps_core.dsl.check.conditions import condition
from ejps_core.dsl.check.world import At, World
from ejps_core.dsl.syntax import Token
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import OUTPUT_NAMES, Rule, RuleKind
from ejps_core.model.words import Words


def new_id(world: World, token: Token, taken: dict[str, Token]) -> bool:
    """Whether a rule's or benefit's name is free among them; else says so."""
    text, span = token.text, world.span(token)
    if text in OUTPUT_NAMES or text in ("members", OUTSIDE):
        words = Words(
            f"`{text}` sudah punya arti di bahasa aturan", f"`{text}` has a meaning of its own in the rule language"
        )
        world.findings.error("name-reserved", span, words, mend=Words("pilih nama lain", "choose another name"))
        return False
    if text in taken:
        words = Words(f"nama `{text}` sudah dipakai", f"the name `{text}` is taken")
        why = (world.span(taken[text]), Words("pertama kali di sini", "first here"))
        world.findings.error("name-twice", span, words, why=why, mend=Words("pilih nama lain", "choose another name"))
        return False
    taken[text] = token
    return True


def read_rules(world: World, nodes: list[syntax.Rule], taken: dict[str, Token]) -> None:
    """All rules, in their order."""
    for node in nodes:
        fresh = new_id(world, node.name, taken)
        found = condition(At(world, Level.FAMILY), node.condition)
        title = world.titled(node.title, node.name.text)
        message = world.titled(node.message, "") if node.message is not None else None
        if found is None or not fresh:
            world.lost.add(node.name.text)
            continue
        world.rules[node.name.text] = Rule(
            id=node.name.text,
            kind=RuleKind.REQUIRE if node.kind.type == "REQUIRE" else RuleKind.REFUSE,
            title=title,
            condition=found,
            span=world.span(node.name),
            legal=world.basis(node),
            message=message,
        )
