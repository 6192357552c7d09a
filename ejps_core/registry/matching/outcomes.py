"""The outcomes of matching, in the words officials use, and the reason codes that follow from them."""

from __future__ import annotations

from enum import IntEnum

from ejps_core.model.words import Words


class Outcome(IntEnum):
    """What matching says of one person of a list."""

    MATCHED = 0
    NAME_DIFFERS = 1
    """The NIK is in the register; the name there is another."""
    BIRTH_DIFFERS = 2
    """The NIK and the name agree, the birth dates don't."""
    DIED = 3
    MOVED = 4
    NOT_FOUND = 5
    SEVERAL = 6
    """Several rows of the register could be the person."""
    DOUBTFUL = 7
    """Somebody of the register may be the person; a human decides."""


class Way(IntEnum):
    """How the person was found."""

    NONE = 0
    NIK = 1
    NAME = 2
    ANSWER = 3
    """A human has decided."""


TITLES = {
    Outcome.MATCHED: Words("padan", "matched"),
    Outcome.NAME_DIFFERS: Words("nama beda", "name differs"),
    Outcome.BIRTH_DIFFERS: Words("tanggal lahir beda", "birth date differs"),
    Outcome.DIED: Words("meninggal", "died"),
    Outcome.MOVED: Words("pindah", "moved"),
    Outcome.NOT_FOUND: Words("tidak ditemukan", "not found"),
    Outcome.SEVERAL: Words("ganda", "several candidates"),
    Outcome.DOUBTFUL: Words("meragukan", "doubtful"),
}

WAYS = {
    Way.NONE: Words("", ""),
    Way.NIK: Words("menurut NIK", "by NIK"),
    Way.NAME: Words("menurut nama", "by name"),
    Way.ANSWER: Words("menurut keputusan petugas", "by an official's answer"),
}

OPEN = frozenset((Outcome.NAME_DIFFERS, Outcome.BIRTH_DIFFERS, Outcome.SEVERAL, Outcome.DOUBTFUL))
"""Outcomes that wait for a human."""

SETTLED = (Outcome.MATCHED, Outcome.DIED, Outcome.MOVED)
"""Outcomes in which it is known who the person is."""


def code_of(outcome: Outcome, way: Way, *, nik: bool) -> str | None:
    """The reason code of an outcome; `nik`: whether the list gives one. None: nothing is wrong, or nothing is settled."""
    match outcome:
        case Outcome.NAME_DIFFERS:
            return "NAMA_TIDAK_PADAN"
        case Outcome.BIRTH_DIFFERS:
            return "TGL_LAHIR_TIDAK_PADAN"
        case Outcome.DIED:
            return "MENINGGAL"
        case Outcome.MOVED:
            return "PINDAH_KELUAR"
        case Outcome.NOT_FOUND:
            return "NIK_TIDAK_DITEMUKAN" if nik else "NIK_KOSONG"
        case Outcome.SEVERAL if way is Way.NIK:
            return "NIK_GANDA"
        case Outcome.DOUBTFUL if nik and way is Way.NAME:
            return "NIK_TIDAK_DITEMUKAN"
    return None
