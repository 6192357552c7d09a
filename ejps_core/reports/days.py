"""Of which day a report is, and up to when publications were taken into account."""

from __future__ import annotations

from ejps_core.model.asof import AsOf
from ejps_core.model.words import Language, Words
from ejps_core.reports import figures
from ejps_core.reports.words import LATEST


def known_words(as_of: AsOf, language: Language) -> str:
    """The known date; a run on data later than the decision date says so ("data terbaru")."""
    if as_of.known <= as_of.on:
        return figures.day(as_of.known, language)
    label = LATEST.say(language)
    if as_of.known >= figures.LATEST:
        return label
    return f"{figures.day(as_of.known, language)} ({label})"


THEN = Words("data yang diketahui waktu itu", "data known then")


def basis_words(as_of: AsOf) -> Words:
    """On which data a run is: known on the decision date, the latest, or known by another day."""
    if as_of.known <= as_of.on:
        return THEN
    if as_of.known >= figures.LATEST:
        return LATEST
    own, other = (figures.day(as_of.known, language) for language in (Language.ID, Language.EN))
    return Words(f"data yang diketahui per {own}", f"data known by {other}")
