"""Characters that say nothing: invisible ones in any cell, what people put between digits, and how names are compared.

Loaded by the child processes too: it imports nothing of the project.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_ODD_SPACE = re.compile(f"[{_SPACES}]")
APOSTROPHES = "'`\u2018\u2019\u02bc\u00b4"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
ODD = f"[{_INVISIBLE}{_SPACES}]"
"""A pattern of what visible() changes inside a text."""

_BETWEEN = str.maketrans(dict.fromkeys(f".{APOSTROPHES}{DASHES}", ""))
_NOTHING = frozenset(("belumada", "blmada", "tidakada", "tdkada", "0", "kosong", "nihil", "menyusul"))


def visible(text: str) -> str:
    """A cell without invisible characters, without spaces around it, and with plain spaces inside."""
    if text.isascii():
        return text.strip()
    return _ODD_SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def joined_up(text: str) -> str:
    """A cell without spaces and invisible characters anywhere: what may go unsaid."""
    return "".join(visible(text).split())


def unmarked(text: str) -> str:
    """A number of many digits without anything between them: spaces, dots, dashes, apostrophes."""
    return joined_up(text).translate(_BETWEEN)


def says_nothing(text: str) -> bool:
    """Whether a cell for a number of many digits is as good as blank: only marks, 0, or words like 'belum ada'."""
    plain = unmarked(text)
    return not plain or plain.casefold() in _NOTHING


def is_invisible(character: str) -> bool:
    """Whether a character has no width of its own."""
    return unicodedata.category(character) == "Cf" or character == "\u034f"


_IGNORED = frozenset(" _.,:;/*'\"-()\t\r\n\u2010\u2011\u2013\u2014\u2018\u2019")


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A name as it is compared: without case, diacritics, spaces, underscores, punctuation and invisible characters."""
    decomposed = unicodedata.normalize("NFKD", text)
    kept = (c for c in decomposed if c not in _IGNORED and not unicodedata.combining(c) and not is_invisible(c))
    return "".join(kept).casefold()
