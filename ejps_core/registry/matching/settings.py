"""What the province sets: when names are the same, what each agreement is worth, and from which score on a match counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.registry.matching.births import Birth
from ejps_core.registry.matching.places import Place

MOST = 100


@dataclass(frozen=True, slots=True)
class Points:
    """What agreements are worth in the score of a candidate; the score is their sum, within 0..100.

    births, places: in the order of Birth and Place. A name gives `name` times its likeness in percent.
    """

    name: int = 50
    births: tuple[int, ...] = (0, 0, 8, 14, 14, 26, 30)
    places: tuple[int, ...] = (0, 0, 8, 14, 20)
    same_nik: int = 50
    same_card: int = 15
    same_mother: int = 10
    other_mother: int = -15
    other_sex: int = -15


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of matching.

    name_same: from this likeness on two names are the same; name_other: below it they differ; between them a person decides.
    births_same: the agreements of birth dates that pass as the same. accept: a candidate found by name counts from this
    score on, if no other one comes nearer than `margin`. doubt: from this score on a person decides; below, nobody is found.
    shown: so many candidates are kept for each person.
    """

    name_same: int = 85
    name_other: int = 60
    births_same: tuple[Birth, ...] = (Birth.SAME, Birth.SWAPPED, Birth.STAND_IN)
    accept: int = 88
    doubt: int = 65
    margin: int = 6
    shown: int = 5
    points: Points = field(default_factory=Points)


def wrong_settings(settings: Settings) -> tuple[Diagnostic, ...]:
    """What can't be meant in the settings; nothing may be matched by wrong ones."""
    points = settings.points
    wrong = []
    if not 0 < settings.name_other <= settings.name_same <= MOST:
        wrong.append(Words("ambang nama: 0 < beda ≤ sama ≤ 100", "names: 0 < other ≤ same ≤ 100"))
    if not 0 < settings.doubt <= settings.accept <= MOST:
        wrong.append(Words("ambang skor: 0 < ragu ≤ terima ≤ 100", "scores: 0 < doubt ≤ accept ≤ 100"))
    if settings.margin < 1 or settings.shown < 1:
        wrong.append(Words("jarak dan banyak calon paling sedikit 1", "margin and shown are at least 1"))
    if len(points.births) != len(Birth) or len(points.places) != len(Place):
        wrong.append(Words("satu nilai untuk tiap kecocokan", "one value for each agreement"))
    if any(a > b for each in (points.births, points.places) for a, b in pairwise(each)):
        wrong.append(Words("kecocokan yang lebih dekat tidak boleh bernilai kurang", "a closer agreement is worth no less"))
    if (
        Birth.OTHER in settings.births_same
        or Birth.UNKNOWN in settings.births_same
        or Birth.SAME not in settings.births_same
    ):
        wrong.append(Words("tanggal yang sama selalu sama, yang berbeda tidak", "equal dates are the same, others are not"))
    if points.name + points.births[-1] < settings.doubt:
        wrong.append(Words("nama dan tanggal lahir sama: paling sedikit ragu", "same name and birth date: at least a doubt"))
    said = Words("Pengaturan pemadanan tidak dapat dipakai", "The settings of matching can't be used")
    mend = Words("Lihat docs/matching.md, “Ambang”.", "See docs/matching.md, “Thresholds”.")
    return tuple(
        Diagnostic("matching-settings", Severity.ERROR, None, Words(f"{said.id}: {why.id}.", f"{said.en}: {why.en}."), mend)
        for why in wrong
    )
