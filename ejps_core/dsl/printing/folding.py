"""A logical line to rows of at most 100 columns, broken where the language lets a line go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ejps_core.dsl.printing.remarks import TAB

WIDTH = 100
LET, COMMA, CASE, THEN, JUNCTION, COMPARISON, SUM, PRODUCT, PHRASE, COMMENT = range(10)
"""Where a line is broken, the loosest first. A comment at the end of a row breaks anywhere."""
BEFORE = {
    "_OTHERWISE": CASE,
    "_THEN": THEN,
    "_AND": JUNCTION,
    "_OR": JUNCTION,
    "EQUAL": COMPARISON,
    "UNEQUAL": COMPARISON,
    "BELOW": COMPARISON,
    "AT_MOST": COMPARISON,
    "ABOVE": COMPARISON,
    "AT_LEAST": COMPARISON,
    "_PLUS": SUM,
    "MINUS": SUM,
    "_STAR": PRODUCT,
    "_SLASH": PRODUCT,
}
PHRASES = frozenset(["_WHERE", "_SATISFIES", "_OR_IF_NONE", "_IF_UNKNOWN"])
"""Inside parentheses a line may be broken anywhere; these are good places."""
EACH_ON_A_ROW = frozenset([LET, CASE, THEN, JUNCTION])
CALLED = frozenset(["NAME", "LEAST", "MOST", "MONTHLY", "QUARTERLY", "YEARLY"])
"""What stands right before the parentheses of its arguments."""
TIGHT_AFTER = frozenset(["_LPAR", "_RANGE"])
TIGHT_BEFORE = frozenset(["_RPAR", "_RANGE", "_COMMA"])


@dataclass(frozen=True, slots=True)
class Part:
    """A word with the comments around it: `above` on rows of their own before it, `beside` on its row, which it ends.

    `depth`: how many parentheses are open before it. `signed`: the minus of a number.
    """

    text: str
    terminal: str
    depth: int = 0
    signed: bool = False
    above: tuple[str, ...] = ()
    beside: str = ""


Parts = Sequence[Part]


def joined(parts: Parts) -> str:
    """The words on one row."""
    found = ""
    for at, part in enumerate(parts):
        found += (" " if at and _spaced(parts[at - 1], part) else "") + part.text
    return found


def _spaced(left: Part, right: Part) -> bool:
    if left.signed or left.terminal in TIGHT_AFTER or right.terminal in TIGHT_BEFORE:
        return False
    return not (right.terminal == "_LPAR" and left.terminal in CALLED)


def folded(parts: Parts, level: int) -> list[str]:
    """The rows of a logical line."""
    indent = level * TAB
    return list(_rows(parts, indent, indent + TAB))


def _rows(parts: Parts, indent: int, hang: int) -> Iterator[str]:
    """The rows of words that begin at column `indent`; what goes on begins at `hang`."""
    cuts, kind = _cuts(parts)
    if _fits(parts, indent) or not cuts:
        yield from (" " * indent + comment for comment in parts[0].above)
        yield " " * indent + joined(parts) + ("  " + parts[-1].beside if parts[-1].beside else "")
        return
    if kind == CASE and parts[0].terminal == "_IF":
        hang = indent
    elif parts[cuts[0]].depth > parts[0].depth:
        hang = indent + TAB
    pieces = [parts[start:end] for start, end in zip([0, *cuts], [*cuts, len(parts)], strict=True)]
    if kind not in EACH_ON_A_ROW:
        pieces = list(_filled(pieces, indent, hang))
    for at, piece in enumerate(pieces):
        inner = hang if kind == LET and at else hang + TAB
        yield from _rows(piece, hang if at else indent, inner)


def _filled(pieces: list[Parts], indent: int, hang: int) -> Iterator[Parts]:
    """As many pieces together as a row takes."""
    row, column = pieces[0], indent
    for piece in pieces[1:]:
        if _fits([*row, *piece], column):
            row = [*row, *piece]
        else:
            yield row
            row, column = piece, hang
    yield row


def _fits(parts: Parts, indent: int) -> bool:
    """Whether the words may stand on one row: short enough, no comment in between, not several cases."""
    if any(part.beside for part in parts[:-1]) or any(part.above for part in parts[1:]):
        return False
    cases = sum(part.terminal == "_IF" and part.depth == parts[0].depth for part in parts)
    return cases < 2 and indent + len(joined(parts)) <= WIDTH


def _cuts(parts: Parts) -> tuple[list[int], int]:
    """Where to break, all at once: the places of the loosest kind at the smallest depth of parentheses."""
    found: dict[tuple[int, int], list[int]] = {}
    let = any(part.terminal == "_LET" for part in parts)
    for at in range(1, len(parts)):
        kind = _kind(parts, at, let)
        if kind is not None:
            found.setdefault((parts[at].depth, kind), []).append(at)
    if not found:
        return [], COMMENT
    loosest = min(found)
    if loosest[1] == LET:
        return found[loosest][:1], LET
    return found[loosest], loosest[1]


def _kind(parts: Parts, at: int, let: bool) -> int | None:
    """What kind of break may stand before a word, if any."""
    before, part = parts[at - 1], parts[at]
    if before.terminal == "_IS" and let:
        return LET
    if before.terminal == "_COMMA":
        return COMMA
    if part.terminal == "_IF" and any(earlier.terminal == "_IF" for earlier in parts[:at]) and before.terminal != "_LPAR":
        return CASE
    if part.terminal in BEFORE and not part.signed:
        return BEFORE[part.terminal]
    if part.terminal in PHRASES and part.depth:
        return PHRASE
    return COMMENT if before.beside or part.above else None
