"""The parse tables: made of rules.lark by Lark (LALR, without conflicts), kept in tables.json, loaded in milliseconds.

Building takes half a second, loading a hundredth of it: so the result is kept. tests/dsl/test_tables.py rebuilds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ejps_core.dsl.words import KEYWORDS, SIGNS

if TYPE_CHECKING:  # Lark is loaded when the tables are made anew only
    from lark.grammar import Rule
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import IntParseTable

HERE = files("ejps_core.dsl")
KEPT = "tables.json"
TOLD_BY_WHAT_FOLLOWS = {"DATE_KEY", "FROM_EDGE", "OVER_EDGE", "_RECEIVES", "_RECEIVED"}
"""Keywords after which stands what can't follow a name, or where a name means nothing: they may be names all the same."""
END = "$END"


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a finished right-hand side becomes: `take` holds (position, spliced) of the parts kept, position -1: None."""

    origin: str
    shape: str
    size: int
    take: tuple[tuple[int, bool], ...]
    spliced: bool
    passed_on: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """states[s][terminal or rule]: the next state if >= 0, else reduction -1 - n. `end` is the state that accepts."""

    states: tuple[dict[str, int], ...]
    reductions: tuple[Reduction, ...]
    start: int
    end: int
    reserved: frozenset[str]
    """Keywords that somewhere may stand where a name may: they can't be names."""


@cache
def tables() -> Tables:
    """The tables as kept in tables.json."""
    kept = json.loads((HERE / KEPT).read_text(encoding="utf-8"))
    names: list[str] = kept["names"]
    return Tables(
        states=tuple(
            {names[row[i]]: row[i + 1] for i in range(0, len(row), 2)}
            for row in (kept["rows"][number] for number in kept["states"])
        ),
        reductions=tuple(
            Reduction(origin, shape, size, tuple((at, bool(spliced)) for at, spliced in take), bool(inline), bool(one))
            for origin, shape, size, take, inline, one in kept["reductions"]
        ),
        start=kept["start"],
        end=kept["end"],
        reserved=frozenset(kept["reserved"]),
    )


def build() -> dict[str, Any]:
    """The content of tables.json, made anew; fails on any conflict in the grammar."""
    from lark import Lark
    from lark.parsers.lalr_analysis import Reduce

    terminals = sorted({*KEYWORDS, *(terminal for group in SIGNS.values() for terminal in group)})
    text = (HERE / "rules.lark").read_text(encoding="utf-8") + "\n%declare " + " ".join(terminals) + "\n"
    parser: Any = Lark(text, parser="lalr", lexer=_silent_lexer(), maybe_placeholders=True, strict=True)
    table = parser.parser.parser.parser.parse_table
    order = _from_the_start(table)
    rules = sorted({arg for row in table.states.values() for action, arg in row.values() if action is Reduce}, key=str)
    numbers = {rule: number for number, rule in enumerate(rules)}
    names = sorted({name for row in table.states.values() for name in row})
    place = {name: number for number, name in enumerate(names)}
    rows: dict[tuple[int, ...], int] = {}
    states = []
    for old in order:
        cells = sorted(
            (place[name], -1 - numbers[arg] if action is Reduce else order[arg])
            for name, (action, arg) in table.states[old].items()
        )
        row = tuple(number for cell in cells for number in cell)
        states.append(rows.setdefault(row, len(rows)))
    beside_names = {name for row in table.states.values() if "NAME" in row for name in row}
    return {
        "names": names,
        "rows": [list(row) for row in rows],
        "states": states,
        "reductions": [_reduction(rule) for rule in rules],
        "start": order[table.start_states["start"]],
        "end": order[table.end_states["start"]],
        "reserved": sorted((beside_names & set(KEYWORDS)) - TOLD_BY_WHAT_FOLLOWS),
    }


def _from_the_start(table: IntParseTable) -> dict[int, int]:
    """The states numbered as they are met from the start: the same numbers whatever Lark's own order."""
    order = {table.start_states["start"]: 0}
    waiting = list(order)
    while waiting:
        row = table.states[waiting.pop(0)]
        for name in sorted(row):
            action, arg = row[name]
            if action.name == "Shift" and arg not in order:
                order[arg] = len(order)
                waiting.append(arg)
    return order


def _reduction(rule: Rule) -> list[Any]:
    """One rule as plain data, with Lark's own reading of optional parts and spliced lists."""
    empty = rule.options.empty_indices or (False,) * len(rule.expansion)
    take: list[list[int]] = []
    position = 0
    for gap in empty:
        if gap:
            take.append([-1, 0])
            continue
        symbol = rule.expansion[position]
        if not symbol.is_term or not symbol.name.startswith("_"):
            take.append([position, int(not symbol.is_term and symbol.name.startswith("_"))])
        position += 1
    origin = str(rule.origin.name)
    one = bool(rule.options.expand1) and rule.alias is None
    return [origin, rule.alias or origin, len(rule.expansion), take, int(origin.startswith("_")), int(one)]


def _silent_lexer() -> type[Lexer]:
    """A lexer that reads nothing: only the tables are wanted."""
    from lark.lexer import Lexer

    class Silent(Lexer):
        def __init__(self, conf: object) -> None:
            pass

        def lex(self, *_: object) -> Iterator[Any]:
            return iter(())

    return Silent


def as_text(content: dict[str, Any]) -> str:
    """tables.json as it is written: one row a line, so that a change can be read."""
    lines = []
    for key, value in content.items():
        if key in ("rows", "reductions"):
            inner = ",\n".join(json.dumps(row, separators=(",", ":")) for row in value)
            lines.append(f"{json.dumps(key)}: [\n{inner}\n]")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
