"""What became of each row of a list: accepted, accepted with a remark, or set apart, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from ejps_core.model.kinds import Level
from ejps_core.model.words import Words


class RowVerdict(StrEnum):
    """What becomes of a row."""

    ACCEPTED = "accepted"
    WITH_REMARK = "with_remark"
    SET_APART = "set_apart"


@dataclass(frozen=True, slots=True)
class RowReason:
    """One thing that was said of a row.

    code: the officials' reason code where there is one (NIK_FORMAT), else the finding's own. finding: the finding's own.
    column: the header of the cell, None: the whole row. value: what stood there.
    """

    code: str
    finding: str
    column: str | None
    value: str | None
    words: Words
    mend: Words | None


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One row of a list as it was judged.

    sheet, row: where it stands. unit: whether it is a family or a person. key: the family's key, person: the person's own,
    as they were read; None: unknown. identity: by what the row is known again in a corrected file; digest: of its cells,
    the running number aside. Both hold or reveal numbers of identity: never to be written down as they are.
    nik_to_follow: the row is decided, but not yet payable: nobody's NIK is known (NIK menyusul).
    """

    sheet: str | None
    row: int
    unit: Level
    key: str | None
    person: str | None
    verdict: RowVerdict
    reasons: tuple[RowReason, ...]
    identity: str
    digest: str
    nik_to_follow: bool = False


class Look(IntEnum):
    """How a text beside a row looks: what is good, doubtful and bad is told by colours too."""

    HEADER = 0
    GOOD = 1
    DOUBT = 2
    BAD = 3
    PLAIN = 4


@dataclass(frozen=True, slots=True)
class Beside:
    """What is written beside the rows of a sheet that is given back, header first: row number, then texts and their looks.

    Every row has as many texts as the header.
    """

    sheet: str | None
    rows: tuple[tuple[int, tuple[tuple[str, Look], ...]], ...]
