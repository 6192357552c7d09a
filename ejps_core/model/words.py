"""Words in both languages of the project: Bahasa Indonesia and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language of messages, and a keyword surface of rule files."""

    ID = "id"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The same text in Bahasa Indonesia and in English."""

    id: str
    en: str

    def say(self, language: Language) -> str:
        """The text in `language`."""
        return self.id if language is Language.ID else self.en


def same(text: str) -> Words:
    """A text that reads the same in both languages: a name, a figure, an author's only title."""
    return Words(text, text)
