"""Why a row of a register is a candidate: each part of its score in words, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache

from ejps_core.model.words import Words
from ejps_core.registry.matching.births import Birth
from ejps_core.registry.matching.evidence import MOTHERS_ALIKE, MOTHERS_OTHER, Evidence, Number
from ejps_core.registry.matching.likeness import UNKNOWN
from ejps_core.registry.matching.places import Place
from ejps_core.registry.matching.settings import Points


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: what was compared, what came out, and the points it gave or took."""

    fact: str
    words: Words
    points: int


class Remark(IntFlag):
    """What else is to be said of a person's match."""

    LATE = 1
    """The list itself calls the person dead: 'alm.' beside the name."""
    TAKEN = 2
    """The candidate has been found for somebody else of the list too."""
    NOT_BY_NAME = 4
    """The register says died or moved of a person who was found by name only."""
    REPEATED = 8
    """The register holds the NIK more than once."""

    @property
    def words(self) -> Words:
        """The remark in words."""
        return _REMARKS[self]


_REMARKS = {
    Remark.LATE: Words("daftar menulis almarhum/almarhumah", "the list calls the person deceased"),
    Remark.TAKEN: Words(
        "calon ini juga padan dengan orang lain di daftar", "the candidate is somebody else of the list too"
    ),
    Remark.NOT_BY_NAME: Words(
        "meninggal atau pindah tidak ditetapkan dari nama saja", "died or moved is not settled by a name alone"
    ),
    Remark.REPEATED: Words("NIK ini lebih dari satu kali di register", "the register holds this NIK more than once"),
}

_NIK = {
    Number.UNKNOWN: Words("NIK tidak ada untuk dibandingkan", "no NIK to compare"),
    Number.OTHER: Words("NIK lain", "another NIK"),
    Number.NEAR: Words("NIK beda satu angka atau dua angka bertukar", "the NIK differs by one digit or two digits swapped"),
    Number.SAME: Words("NIK sama", "same NIK"),
}
_CARD = {
    Number.SAME: Words("nomor KK sama", "same family card"),
    Number.OTHER: Words("nomor KK lain", "another family card"),
}
_SEX = {
    Number.SAME: Words("jenis kelamin sama", "same sex"),
    Number.OTHER: Words("jenis kelamin beda", "the sex differs"),
}
_BIRTH = {
    Birth.UNKNOWN: Words("tanggal lahir tidak ada untuk dibandingkan", "no birth date to compare"),
    Birth.OTHER: Words("tanggal lahir beda", "another birth date"),
    Birth.SAME_YEAR: Words("hanya tahun lahir yang sama", "only the year of birth is the same"),
    Birth.NEAR: Words("tanggal lahir beda pada satu bagian", "the birth date differs in one part"),
    Birth.STAND_IN: Words(
        "tahun lahir sama; salah satu tanggal hanya pengganti (1 Januari, 1 Juli, 31 Desember)",
        "same year of birth; one date is a stand-in (1 January, 1 July, 31 December)",
    ),
    Birth.SWAPPED: Words("hari dan bulan lahir tertukar", "day and month of birth are swapped"),
    Birth.SAME: Words("tanggal lahir sama", "same birth date"),
}
_PLACE = {
    Place.UNKNOWN: Words("alamat tidak ada untuk dibandingkan", "no address to compare"),
    Place.OTHER: Words("kabupaten/kota lain", "another district"),
    Place.DISTRICT: Words("kabupaten/kota sama", "same district"),
    Place.SUBDISTRICT: Words("kecamatan sama", "same sub-district"),
    Place.VILLAGE: Words("desa/kelurahan sama", "same village"),
}


def parts_of(evidence: Evidence, pair: int, points: Points) -> tuple[Part, ...]:
    """The parts of one candidate's score; what neither side knows (card, sex, mother) is left out."""
    columns = (evidence.nik, evidence.name, evidence.birth, evidence.place, evidence.card, evidence.sex, evidence.mother)
    return _parts(tuple(int(column[pair]) for column in columns), points)


@lru_cache(maxsize=1 << 14)
def _parts(agreements: tuple[int, ...], points: Points) -> tuple[Part, ...]:
    """The same for the agreements of one pair: few combinations come up, and most of them thousands of times."""
    nik, name, birth, place, card, sex, mother = agreements
    found = [
        Part("nik", _NIK[Number(nik)], points.same_nik if nik == Number.SAME else 0),
        Part("name", _name(name), (max(name, 0) * points.name + 50) // 100),
        Part("birth", _BIRTH[Birth(birth)], points.births[birth]),
        Part("place", _PLACE[Place(place)], points.places[place]),
    ]
    if card != Number.UNKNOWN:
        found.append(Part("kk", _CARD[Number(card)], points.same_card if card == Number.SAME else 0))
    if sex != Number.UNKNOWN:
        found.append(Part("sex", _SEX[Number(sex)], points.other_sex if sex == Number.OTHER else 0))
    if mother != UNKNOWN:
        found.append(_mother(mother, points))
    return tuple(found)


def _name(likeness: int) -> Words:
    if likeness == UNKNOWN:
        return Words("nama tidak ada untuk dibandingkan", "no name to compare")
    if likeness == 100:
        return Words("nama sama", "same name")
    return Words(f"kemiripan nama {likeness}%", f"names {likeness}% alike")


def _mother(likeness: int, points: Points) -> Part:
    words = Words(f"kemiripan nama ibu {likeness}%", f"mothers' names {likeness}% alike")
    worth = points.same_mother if likeness >= MOTHERS_ALIKE else points.other_mother if likeness < MOTHERS_OTHER else 0
    return Part("mother", words, worth)
