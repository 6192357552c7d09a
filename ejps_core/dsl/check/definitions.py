"""Definitions: found by name wherever they stand, checked once each, never in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.dsl import syntax
from ejps_core.dsl.check.types import declared
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At, World
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Definition
from ejps_core.model.span import Span
from ejps_core.model.types import Choice
from ejps_core.model.words import Words

MOST_CHAIN = 60
"""Definitions that are found only while others are being checked: this many at a time."""


class Definitions:
    """Checks definitions in such an order that each finds the ones it reads; whoever reads itself is told the way round."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.open: list[str] = []
        self.wrong: set[str] = set()

    def check_all(self) -> None:
        """All definitions of the file."""
        for name in _in_reading_order(self.world):
            self.define(name, self.world.places[name])

    def define(self, name: str, span: Span) -> Definition | None:
        """The definition of that name, checked now if it has not been; None: it is wrong, and that has been said."""
        world = self.world
        if name in world.definitions:
            return world.definitions[name]
        if name in self.wrong:
            return None
        if name in self.open:
            self._circle(name, span)
            return None
        self.open.append(name)
        found = None
        if len(self.open) < MOST_CHAIN:
            found = self._checked(world.written[name])
        else:
            self._tangled(name, span)
        self.open.pop()
        if found is None or name in self.wrong:
            self.wrong.add(name)
            world.lost.add(name)
            return None
        world.definitions[name] = found
        return found

    def _circle(self, name: str, span: Span) -> None:
        way = [*self.open[self.open.index(name) :], name]
        path = " → ".join(way)
        words = Words(f"hitungan ini berputar: {path}", f"these definitions go in a circle: {path}")
        mend = Words(
            "putuskan lingkarannya: salah satu harus dihitung tanpa yang lain",
            "break the circle: one must be reckoned without the others",
        )
        why = (self.world.places[way[-2]], Words(f"`{way[-2]}` dinyatakan di sini", f"`{way[-2]}` is declared here"))
        self.world.findings.error("circle", span, words, mend=mend, why=why if len(way) > 2 else None)
        self.wrong.update(way)

    def _tangled(self, name: str, span: Span) -> None:
        words = Words(
            f"terlalu banyak hitungan yang saling membaca lewat nama label, sampai `{name}`",
            f"too many definitions that read each other through names of labels, down to `{name}`",
        )
        mend = Words("beri label dan hitungan nama yang berbeda", "give labels and definitions different names")
        self.world.findings.error("definitions-tangled", span, words, mend=mend)

    def _checked(self, node: syntax.Definition) -> Definition | None:
        world, name = self.world, node.name.text
        level = Level.MEMBER if node.each else Level.FAMILY
        kind = declared(world, node.type) if node.type is not None else None
        if node.type is not None and not isinstance(kind, Choice):
            _only_choices(world, node.type)
            kind = None
        choice = kind if isinstance(kind, Choice) else None
        value = At(world, level).read(node.value, choice=choice)
        if value is None:
            return None
        same_choice = isinstance(value.type, Choice) and choice is not None and set(value.type.names) == set(choice.names)
        if choice is not None and not same_choice:
            there = type_words(value.type)
            words = Words(
                f"hasilnya bukan pilihan yang dinyatakan, tetapi {there.id}",
                f"the result is not the declared choice but {there.en}",
            )
            world.findings.error("definition-type", node.value.span, words)
            return None
        return Definition(
            name=name,
            title=world.titled(node.title, name),
            level=level,
            type=choice or value.type,
            value=value,
            span=world.span(node.name),
            legal=world.basis(node),
        )


def _only_choices(world: World, node: syntax.TypeSyntax) -> None:
    words = Words(
        "jenis hanya ditulis untuk pilihan (`salah satu …`); yang lain terbaca dari isinya",
        "a type is written for choices only (`one of …`); the others show by themselves",
    )
    world.findings.error("definition-type", node.span, words, mend=Words("hapus `: …`", "take out `: …`"))


def _in_reading_order(world: World) -> list[str]:
    """All definitions, those that are read before those that read them (as far as names alone can tell)."""
    order: dict[str, None] = {}
    entered: set[str] = set()
    for start in world.written:
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in entered:
            entered.add(start)
            stack.append((start, iter(_reads(world, start))))
        while stack:
            name, rest = stack[-1]
            following = next((other for other in rest if other not in entered), None)
            if following is None:
                order[name] = None
                stack.pop()
            else:
                entered.add(following)
                stack.append((following, iter(_reads(world, following))))
    return list(order)


def _reads(world: World, name: str) -> list[str]:
    """The definitions whose names stand in the text of this one."""
    return [text for text in names_in(world.written[name].value) if text in world.written]


def names_in(node: object) -> Iterator[str]:
    """Every name in a piece of syntax, in order."""
    if isinstance(node, syntax.Token):
        return
    if isinstance(node, syntax.Name):
        yield node.token.text
    elif isinstance(node, syntax.AreaOf):
        yield node.name.text
    elif isinstance(node, tuple):
        for part in node:
            yield from names_in(part)
    elif isinstance(node, syntax.Syntax):
        for name in type(node).__slots__:
            yield from names_in(getattr(node, name))
