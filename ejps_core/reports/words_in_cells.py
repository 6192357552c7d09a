"""Where a text in a cell may break, and where it must not."""

from __future__ import annotations

from ejps_core.reports.fitting import BREAK_HERE

LONG_WORD, PIECE = 18, 9


def together(text: str) -> str:
    """The text with RT and RW kept with their numbers, and with each other."""
    return text.replace("RT ", "RT\u00a0").replace("RW ", "RW\u00a0").replace("/RW", "/\u2060RW")


def breakable(text: str) -> str:
    """The text with places to break where a word is too long for a column."""
    if len(text) <= LONG_WORD or all(len(word) <= LONG_WORD for word in text.split()):
        return text
    return " ".join(
        BREAK_HERE.join(word[at : at + PIECE] for at in range(0, len(word), PIECE)) if len(word) > LONG_WORD else word
        for word in text.split(" ")
    )
