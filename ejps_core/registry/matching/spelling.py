"""One word of a name in one spelling: old and new orthography, abbreviations, doubled letters, and how it sounds.

Sources of the variants: names as lists of Gorontalo write them (Moh./Muh./Muhammad, Abd./Abdul, St./Sitti/Siti,
Djafar/Jafar, Jusuf/Yusup, Hassan/Hasan), and the spelling reforms of 1947 (oe -> u) and 1972 (tj -> c, dj -> j, j -> y,
sj -> sy, nj -> ny, ch -> kh), after which people kept the old spelling in their names as they liked.
"""

from __future__ import annotations

import re

SHORT = {
    **dict.fromkeys(
        (
            "MOH", "MUH", "MHD", "MUHD", "MOHD", "MOCH", "MUCH", "MUHAMAD", "MOHAMAD", "MOHAMED", "MUHAMED", "MUHAMMAD",
            "MOHAMMAD", "MOHAMMED", "MUHAMMED", "MOCHAMAD", "MOCHAMMAD", "MUCHAMAD", "MUKHAMAD", "MUCHAMMAD",
        ),
        "MUHAMAD",
    ),
    **dict.fromkeys(("ABD", "ABDL", "ABDUL", "ABDOEL"), "ABDUL"),
    **dict.fromkeys(("ST", "STI", "SITI", "SITTI", "SITTY", "SITY"), "SITI"),
    **dict.fromkeys(("ACH", "ACHMAD", "AHMAD", "AHMED", "ACHMED", "AKHMAD"), "AHMAD"),
    "NURUL": "NUR",
}  # fmt: skip
"""What a word written short or in another form stands for. 'Moh.' is also a family name in full: Mohamad."""

COMMON = frozenset({"MUHAMAD", "ABDUL", "SITI", "NUR", "SRI", "AHMAD"})
"""Words so frequent that they tell little about who somebody is; they weigh less, and no one is sought by them alone."""

_OLD = (("TJ", "C"), ("DJ", "J"), ("SJ", "SY"), ("NJ", "NY"), ("OE", "U"), ("CH", "KH"), ("PH", "F"))
_DOUBLED = re.compile(r"(.)\1+")
_SOUND = (
    ("SY", "S"), ("KH", "H"), ("DZ", "Z"), ("TH", "T"), ("DH", "D"), ("X", "KS"), ("Q", "K"),
    ("J", "I"), ("Y", "I"), ("V", "F"), ("P", "F"), ("W", "U"), ("Z", "S"), ("IE", "I"), ("EI", "I"), ("O", "U"),
)  # fmt: skip
_VOWELS = re.compile(r"[AEIOUH]")


def spelled(word: str) -> str:
    """A word in capitals in today's spelling, abbreviations in full, no letter doubled.

    >>> spelled("DJAFAR"), spelled("HASSAN"), spelled("ABD"), spelled("OESMAN")
    ('JAFAR', 'HASAN', 'ABDUL', 'USMAN')
    """
    if word in SHORT:
        return SHORT[word]
    for old, new in _OLD:
        word = word.replace(old, new)
    word = _DOUBLED.sub(r"\1", word)
    return SHORT.get(word, word)


def sounding(word: str) -> str:
    """A spelled word as it sounds: y like j, p and v like f, z like s, no h at the end.

    >>> sounding("YUSUF") == sounding("JUSUP"), sounding("MARYAM") == sounding("MARIAM")
    (True, True)
    """
    for letters, sound in _SOUND:
        word = word.replace(letters, sound)
    word = _DOUBLED.sub(r"\1", word)
    return word.removesuffix("H") or word


def skeleton(word: str) -> str:
    """The first letter of a word's sound and its consonants: what most slips of the hand leave as it was.

    >>> skeleton("FATMA"), skeleton("FATIMAH"), skeleton("HASAN"), skeleton("HUSAIN")
    ('FTM', 'FTM', 'HSN', 'HSN')
    """
    sound = sounding(word)
    return _DOUBLED.sub(r"\1", sound[:1] + _VOWELS.sub("", sound[1:]))
