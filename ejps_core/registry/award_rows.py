"""The rows of the register of awards: which are this program's, which perhaps are, which are of other programs. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np
import pyarrow as pa

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_of
from ejps_core.model.declared import Register
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Listing
from ejps_core.model.registers import AWARDS, Awards, Snapshot
from ejps_core.registry.headers import closest
from ejps_core.registry.marks import normal
from ejps_core.registry.problems import apart, counted, remark

MOST_NAMED = 5
"""How many other programs a remark names."""


@dataclass(frozen=True, slots=True)
class Record:
    """The register of awards as it was read; `register`: as any register, for its day and declarations.

    rows: of each award its data row in the listing.
    """

    register: Snapshot
    awards: Awards
    listing: Listing
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProgramNames:
    """What a program is called (ids, titles, rule sets that change it), and what other known programs are."""

    own: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardRows:
    """Rows of awards: those that count; those that perhaps do, so that nobody in them is a no; what is to be said."""

    counting: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def with_more(record: Record | None, register: Register, more: Awards, source: str, digest: str) -> Record:
    """The register of awards with awards that stand elsewhere beside its rows; without the register, those alone.

    more: each with its source; their programs and days are beyond doubt, so that no remark names a row of them.
    """
    if record is None:
        listing = Listing(source, None, (), None, np.empty(0, np.int64), lambda places: [])
        own = Snapshot(
            register.name, register.title, register.key, source, None, digest, len(more.programs), 0, more.families, {}
        )
        return Record(own, more, listing, (0,) * len(more.programs))
    awards, file = record.awards, record.register.file
    both = Awards(
        families=pa.concat_arrays([awards.families, more.families]),
        persons=pa.concat_arrays([awards.persons, more.persons]),
        programs=awards.programs + more.programs,
        phases=awards.phases + more.phases,
        lists=awards.lists + more.lists,
        areas=awards.areas + more.areas,
        days=awards.days + more.days,
        sources=(awards.sources or (file,) * len(awards.programs)) + more.sources,
    )
    return replace(record, awards=both, rows=record.rows + (0,) * len(more.programs))


class _Whose(Enum):
    """Whose award a row is, by the name of its program."""

    OWN = auto()
    CLOSE = auto()
    OTHER = auto()


def award_rows(record: Record, names: ProgramNames, as_of: AsOf, own_list: str) -> AwardRows:
    """The rows for a program as of a day: this very decision's are left out, so that it can be made again.

    Doubtful are a program whose name is nearly this one's and no other known program's, and a day later than is known.
    """
    awards = record.awards
    whose = _whose(awards, names)
    mine = {normal(own_list), normal(own_list.rsplit(".", 1)[0])} - {""}
    counting, doubtful, others = [], [], Counter[str]()
    findings: list[Diagnostic] = []
    for row, (named, day) in enumerate(zip(awards.programs, awards.days, strict=True)):
        if whose[named] is _Whose.OTHER:
            others[named] += 1
        elif day is None or (day == as_of.on and normal(awards.lists[row]) in mine):
            continue
        elif whose[named] is _Whose.CLOSE:
            doubtful.append(row)
            findings.append(_close(record, row, names))
        elif day > as_of.known:
            doubtful.append(row)
            findings.append(_later(record, row, day))
        else:
            counting.append(row)
    findings += [_of_others(record, others)] if others else []
    return AwardRows(tuple(counting), tuple(doubtful), tuple(findings))


def _whose(awards: Awards, names: ProgramNames) -> Mapping[str, _Whose]:
    """For each name that stands in the register, whose it is."""
    own, others = {normal(name) for name in names.own}, {normal(name) for name in names.others}
    found = {}
    for named in dict.fromkeys(awards.programs):
        plain = normal(named)
        if plain in own:
            found[named] = _Whose.OWN
        elif plain not in others and closest(plain, own) is not None:
            found[named] = _Whose.CLOSE
        else:
            found[named] = _Whose.OTHER
    return found


def _close(record: Record, row: int, names: ProgramNames) -> Diagnostic:
    named = record.awards.programs[row]
    wanted = names.own[0]
    return apart(
        "award-program-unsure",
        f"“{named}” mirip {wanted}, tetapi bukan nama program yang dikenal: keluarga di baris ini bukan “tidak”, "
        "melainkan belum diketahui.",
        f"“{named}” is nearly {wanted}, but no known program's name: whoever is in this row is unknown, not “no”.",
        f"Tulis {wanted} bila itu maksudnya, atau id program lain itu.",
        f"Write {wanted} if that is meant, or the other program's id.",
    ).at(record.listing.cell(record.rows[row], "program", named))


def _later(record: Record, row: int, on: int) -> Diagnostic:
    day = day_of(on).isoformat()
    return remark(
        "award-later",
        f"Penetapan tanggal {day} sesudah tanggal data yang diketahui: keluarga di baris ini belum diketahui.",
        f"This award of {day} is later than what may be known: whoever is in this row is unknown.",
        "Perbaiki tanggalnya bila salah tulis; pakai --known untuk data terbaru, bila memang itu yang diminta.",
        "Mend the date if it is mistyped; use --known for the latest data, if that is wanted.",
    ).at(record.listing.cell(record.rows[row], "tanggal", day))


def _of_others(record: Record, others: Counter[str]) -> Diagnostic:
    named = ", ".join(f"“{name}”" for name, _ in others.most_common(MOST_NAMED))
    named += ", …" if len(others) > MOST_NAMED else ""
    count = others.total()
    return remark(
        "awards-of-others",
        f"Register {AWARDS}: {count} baris program lain: {named}; tidak dihitung.",
        f"The register {AWARDS}: {counted(count, 'row', 'rows')} of other programs: {named}; not counted.",
        "Tidak perlu apa-apa bila memang program lain; bila program ini, perbaiki namanya.",
        "Nothing to do if these are other programs; if it is this one, mend the name.",
    ).at(record.listing.cell(None, "program"))
