"""`fact = blank`, as in a spreadsheet: whether a fact is known is asked otherwise."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.names import known
from ejps_core.dsl.check.world import At
from ejps_core.dsl.words import spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.types import Choice
from ejps_core.model.words import Words

BLANKS = frozenset(["kosong", "blank", "empty", "null"])


def compared_with_blank(at: At, node: syntax.Compare) -> bool:
    """fact = blank: the unknown is asked for. Says so."""
    right, left = node.right, at.world.said(node.left.span)
    if not isinstance(right, syntax.Name) or right.token.text not in BLANKS or not left:
        return False
    choice = value.type if (value := at.read(node.left)) is not None else None
    if known(at.world, right.token.text) or (isinstance(choice, Choice) and right.token.text in choice.names):
        return False
    asked = spellings("_IS_UNKNOWN", at.world.language)[0]
    own = f"{left} {asked}"
    if node.how.type == "UNEQUAL":
        own = f"{spellings('_NOT', at.world.language)[0]} {own}"
    words = Words(
        "yang belum diketahui tidak dibandingkan, tetapi ditanyakan", "the unknown is not compared; it is asked for"
    )
    mend = Words(f"tulis `{own}`", f"write `{own}`")
    at.world.findings.error("unknown-compared", node.span, words, mend=mend, fix=Fix(node.span, own))
    return True
