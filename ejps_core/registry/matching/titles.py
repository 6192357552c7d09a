"""What stands in a cell for a name without being part of the name: titles, degrees, 'the late', son of, alias."""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

FIRST_TITLES = frozenset(("H", "HI", "HJ", "HJH", "KH", "K", "R", "DR", "IR", "PROF", "TN", "NY", "NN", "BPK", "BP"))
"""Titles only where they stand before all names ('Hi.' is how Gorontalo writes Haji)."""

TITLES = frozenset(
    (
        "ALM", "ALMH", "ALMARHUM", "ALMARHUMAH", "DRS", "DRA", "DRG", "HAJI", "HAJJAH", "USTAD", "USTADZ", "USTADZAH",
        "USTADZA", "UST", "BAPAK", "NYONYA", "TUAN",
        "SPD", "SPDI", "SSOS", "SSOSI", "SKOM", "SAG", "SKEP", "SKED", "SFARM", "AMD", "AMDKEB", "AMDKEP", "AMAPD",
        "MPD", "MPDI", "MSI", "MKES", "MKOM", "MAG", "SKM", "SST", "NERS",
    )
)  # fmt: skip
"""Titles wherever they stand; degrees that are no words of names even without their dots."""

LATE = frozenset(("ALM", "ALMH", "ALMARHUM", "ALMARHUMAH"))
SON_OF = frozenset(("BIN", "BINTI", "BINTE", "BTI"))
ALIAS = frozenset(("ALIAS", "ALS", "AKA"))

_DEGREE = (
    r"(?:[SMAD]\s*\.\s*(?:PD|SOS|KOM|AG|IP|IK|KED|KEP|FARM|GZ|HUT|TP|PI|PT|TR|ST|SI|SC|KES|AP|AK|MA|MD|HI|FIL|AN|HUM"
    r"|STAT|TH|PSI|E|H|T|P|M|A|I)\b\.?(?:\s*(?:I|SD|KEB|KEP)\b\.?)*)"
)
_BEHIND = (
    r",\s*(?:(?:" + _DEGREE + r"|SE|SH|ST|SP|SIP|SHI|SHUT|SPI|SPT|STP|MM|MH|MA|MT|MAP|MSC|BA|BSC|PHD|AK|NS|APT|SPD"
    r"|SPDI|SSOS|SKOM|SAG|SKEP|SKED|SFARM|AMD|AMDKEB|AMDKEP|MPD|MPDI|MSI|MKES|MKOM|MAG|SKM|SST)\b[\s.,]*)+$"
)
"""A comma and nothing but degrees behind it. Here 'ST' is an engineer; before a name it is Siti."""

_DOTTED = r"(?:^|\s)" + _DEGREE + r"\s*$"
_APOSTROPHE = "['`\u2018\u2019\u02bc\u00b4]"


def bare(names: pa.Array) -> pa.Array:
    """Names in capitals without degrees and marks, words parted by single spaces; a null stays one.

    Unchanged but for that: 'Hi. Moh. Jusuf, S.Pd' gives 'HI MOH JUSUF'.
    """
    plain = pc.utf8_upper(_plain_letters(names))
    marked = pc.fill_null(pc.match_substring_regex(plain, "[,.]"), False)
    if pc.any(marked).as_py():
        some = pc.replace_substring_regex(plain.filter(marked), _BEHIND, "")
        some = pc.replace_substring_regex(some, _DOTTED, "")
        plain = pc.replace_with_mask(plain, marked, some)
    plain = pc.replace_substring_regex(plain, _APOSTROPHE, "")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, "[^A-Z]+", " "))


def _plain_letters(names: pa.Array) -> pa.Array:
    """The same with letters of other alphabets' marks as plain ones (é as e)."""
    odd = pc.fill_null(pc.invert(pc.string_is_ascii(names)), False)
    if not pc.any(odd).as_py():
        return names
    folded = [re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text)) for text in names.filter(odd).to_pylist()]
    return pc.replace_with_mask(names, odd, pa.array(folded, pa.string()))
