"""Yes/no answers and choices in cells."""

from __future__ import annotations

from difflib import get_close_matches

from ejps_core.model.listing import Kind
from ejps_core.model.types import Choice
from ejps_core.registry.marks import normal
from ejps_core.registry.problems import Reading, unknown

YES = frozenset(("ya", "iya", "y", "yes", "true", "1", "benar", "v", "\u2713", "\u2714", "\u221a"))
NO = frozenset(("tidak", "t", "n", "no", "false", "0", "salah", "tdk", "bukan"))
FEMALE = frozenset(("f", "p", "w", "female", "woman", "perempuan", "wanita", "pr", "2"))
MALE = frozenset(("m", "l", "male", "man", "lakilaki", "laki", "pria", "lk", "1"))
LIVING = frozenset(("aktif", "hidup", "masihhidup", "ada", "active", "alive"))
DEAD = frozenset(("meninggal", "meninggaldunia", "mati", "wafat", "deceased", "died"))
GONE = frozenset(("pindah", "pindahkeluar", "moved"))
"""Who has moved away; “pindah datang” is whoever has come, and stands in none of the three."""
CROSS = frozenset(("x", "\u2717", "\u2718", "\u00d7"))


def read_yes_no(text: str, yes: frozenset[str] = frozenset(), no: frozenset[str] = frozenset()) -> Reading:
    """The answer of a trimmed, non-empty cell; `yes`, `no`: other words for them, in compared form."""
    word = text.casefold()
    if word in YES or normal(text) in yes:
        return True, ()
    if word in NO or normal(text) in no:
        return False, ()
    if word in CROSS:
        return unknown(
            "ambiguous-yes-no",
            f"“{text}” bisa berarti ya (dicentang) atau tidak (dicoret)",
            f"“{text}” may mean yes (ticked) or no (crossed out)",
            "Tulis ya atau tidak.",
            "Write ya (yes) or tidak (no).",
        )
    return unknown(
        "not-yes-no",
        f"“{text}” bukan ya atau tidak",
        f"“{text}” is neither yes nor no",
        "Tulis ya atau tidak.",
        "Write ya (yes) or tidak (no).",
    )


def labels_of(choice: Choice, words: frozenset[str]) -> list[str]:
    """The labels whose name or title is one of the words."""
    return [
        label.name for label in choice.labels if {normal(label.name), normal(label.title.id), normal(label.title.en)} & words
    ]


def sex_spellings(choice: Choice) -> dict[str, str]:
    """What lists write for a woman and a man, if a choice has one label for each: L, P, Pr, 1, 2."""
    found: dict[str, str] = {}
    for words in (FEMALE, MALE):
        labels = labels_of(choice, words)
        if len(labels) != 1:
            return {}
        found |= dict.fromkeys(words, labels[0])
    return found


def status_spellings(choice: Choice) -> dict[str, str]:
    """What lists and registers write for the living, the dead and the moved, if a choice tells the first two apart.

    Where there are several ways of having moved nobody knows which one a bare “pindah” means.
    """
    found: dict[str, str] = {}
    for words in (LIVING, DEAD, GONE):
        labels = labels_of(choice, words)
        if len(labels) == 1:
            found |= dict.fromkeys(words, labels[0])
        elif words is not GONE:
            return {}
    moved = [label for label in choice.labels if normal(label.name).startswith(("pindah", "moved"))]
    return found if len(moved) == 1 else {word: name for word, name in found.items() if word not in GONE}


def spellings(choice: Choice) -> dict[str, str]:
    """Compared form -> name of the label, for names and titles; names win over titles, clashing titles are left out."""
    titles: dict[str, set[str]] = {}
    for label in choice.labels:
        for title in (label.title.id, label.title.en):
            titles.setdefault(normal(title), set()).add(label.name)
    found = {title: next(iter(names)) for title, names in titles.items() if len(names) == 1 and title}
    return found | {normal(label.name): label.name for label in choice.labels}


def read_choice(text: str, kind: Kind, choice: Choice, known: dict[str, str]) -> Reading:
    """The label's name that a trimmed, non-empty cell stands for; `known`: spellings(choice)."""
    name = known.get(normal(text))
    if name is not None and kind is not Kind.DATE:
        return name, ()
    close = get_close_matches(normal(text), list(known), 1, 0.7)
    titles = {label.name: label.title for label in choice.labels}
    meant = titles[known[close[0]]] if close else None
    all_id = ", ".join(label.title.id for label in choice.labels)
    all_en = ", ".join(label.title.en for label in choice.labels)
    return unknown(
        "unknown-label",
        f"“{text}” bukan salah satu jawaban",
        f"“{text}” is not one of the answers",
        (f"Maksudnya “{meant.id}”? " if meant else "") + f"Pilihannya: {all_id}.",
        (f"Did you mean “{meant.en}”? " if meant else "") + f"The answers: {all_en}.",
    )
