"""Takes a list in as the district sent it: what its headers mean, every row's verdict, what is new against before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ejps_core.app.applying import Where
from ejps_core.app.exits import Exit
from ejps_core.app.fields import Merged, merged
from ejps_core.app.lists import Found, guarded
from ejps_core.app.programs import choose
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import DecisionUnit
from ejps_core.model.verdicts import JudgedRow, RowVerdict
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.registry.mapping import Mapping
    from ejps_core.registry.reading import ReadList


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is on record for a district and a shape of list: the confirmed mapping, the rows of the last version."""

    mapping: Mapping | None = None
    rows: tuple[JudgedRow, ...] = ()


Recall = Callable[[str, str], Recalled]
"""District and shape to what is on record."""


def nothing(district: str, shape: str) -> Recalled:
    """Nothing is on record."""
    return Recalled()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A list to be taken in. programs: whose facts it may hold, None: those of all programs that decide families.

    on: the day it is received; nobody is born after it. password: of a protected workbook; shown nowhere.
    """

    path: Path
    district: str
    on: date
    programs: str | None = None
    members: Path | None = None
    sheet: str | None = None
    members_sheet: str | None = None
    rulesets: tuple[Path, ...] | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Summary:
    """The rows by verdict and by code. unchanged: rows that are on record just so. nik_to_follow: families, not rows."""

    rows: int = 0
    accepted: int = 0
    with_remark: int = 0
    set_apart: int = 0
    by_code: tuple[tuple[str, int], ...] = ()
    unchanged: int = 0
    nik_to_follow: int = 0

    def as_record(self) -> dict[str, Any]:
        """The summary as plain values, for JSON. The names are a promise."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "with_remark": self.with_remark,
            "set_apart": self.set_apart,
            "by_code": dict(self.by_code),
            "unchanged": self.unchanged,
            "nik_to_follow": self.nik_to_follow,
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """A list that was read. `read` None: it can't be used, the findings say why.

    proposed: mappings that nobody has confirmed yet. rows: every row with its verdict. fields: the facts it was read for;
    on: the day it was received, since 1970-01-01.
    """

    read: ReadList | None
    findings: tuple[Diagnostic, ...]
    rows: tuple[JudgedRow, ...] = ()
    summary: Summary = Summary()
    proposed: tuple[Mapping, ...] = ()
    exit: Exit = Exit.WRONG_USE
    fields: Merged | None = None
    on: int = 0


def received(request: Incoming, plugins: Plugins, recall: Recall = nothing) -> Imported:
    """Reads a list for a district. The store is only asked through `recall`; nothing is written anywhere."""
    columns, findings = _columns(request, plugins)
    if columns is None:
        return Imported(None, findings)
    kept: list[tuple[ReadList, tuple[Recalled, ...]]] = []

    def read() -> Found:
        kept.append(_read(request, columns, plugins, recall))
        return kept[-1][0].candidates, kept[-1][0].findings

    candidates, findings = guarded(read, (request.path, request.members), plugins)
    if candidates is None or not kept:
        return Imported(None, findings)
    return replace(_judged(kept[0][0], kept[0][1], columns), fields=columns, on=day_number(request.on))


def _columns(request: Incoming, plugins: Plugins) -> tuple[Merged | None, tuple[Diagnostic, ...]]:
    """The facts that the list may hold."""
    asked = request.programs or ",".join(loaded.what.id for loaded in plugins.programs)
    where = Where(request.district, day_number(request.on), False)
    chosen = choose(asked, plugins, where, request.rulesets)
    if chosen.exit:
        return None, tuple(finding for finding in chosen.findings if finding.severity is Severity.ERROR)
    rulesets = chosen.rulesets
    if request.programs is None:
        rulesets = tuple(ruleset for ruleset in rulesets if ruleset.unit is DecisionUnit.FAMILY)
    columns = merged(rulesets)
    if not columns.findings:
        return columns, ()
    return None, columns.findings if request.programs else tuple(map(_or_name_some, columns.findings))


def _or_name_some(finding: Diagnostic) -> Diagnostic:
    """The same of programs that nobody asked for: a list can be read for some of those that are installed."""
    mend = finding.mend or Words("", "")
    return replace(
        finding,
        mend=Words(
            f"Sebut program yang akan menilai daftar ini: --program ID[,ID…]. {mend.id}".rstrip(),
            f"Name the programs that are to decide this list: --program ID[,ID…]. {mend.en}".rstrip(),
        ),
    )


def _read(request: Incoming, columns: Merged, plugins: Plugins, recall: Recall) -> tuple[ReadList, tuple[Recalled, ...]]:
    from ejps_core.registry.district import district_code
    from ejps_core.registry.mapping import shape_of
    from ejps_core.registry.readers import with_password
    from ejps_core.registry.reading import ReadList, received_list
    from ejps_core.registry.sources import open_sources

    origin = district_code(request.district)
    if isinstance(origin, Diagnostic):
        return ReadList(None, (origin,)), ()
    key = next(each for each in columns.family if each.key)
    readers = with_password([loaded.what for loaded in plugins.readers], request.password)
    fields = (*columns.family, *columns.members)
    sources = open_sources(request.path, key, request.members, request.sheet, request.members_sheet, readers, fields)
    lists = [each for each in (sources.families, sources.members) if each is not None]
    recalled = tuple(recall(origin, shape_of(each)) for each in lists)
    confirmed = [each.mapping for each in recalled if each.mapping is not None]
    on = day_number(request.on)
    found = received_list(sources, columns.family, columns.members, origin, on, confirmed=confirmed)
    return found, recalled


def _judged(found: ReadList, recalled: tuple[Recalled, ...], columns: Merged) -> Imported:
    from ejps_core.registry.comparing import compared
    from ejps_core.registry.verdicts import judged_rows

    key = next(each for each in columns.family if each.key)
    rows = judged_rows(found, key, columns.members)
    before = tuple(row for each in recalled for row in each.rows)
    unchanged = len(compared(before, rows).unchanged) if before else 0
    known = {each.mapping.shape for each in recalled if each.mapping is not None}
    proposed = tuple(mapping for mapping in found.mappings if mapping.shape not in known)
    loud = any(finding.severity is Severity.SET_APART for finding in found.findings)
    ended = Exit.PARTLY if loud else Exit.CLEAN
    summary = replace(summarized(rows), unchanged=unchanged, nik_to_follow=_to_follow(found))
    return Imported(found, found.findings, rows, summary, proposed, ended)


def _to_follow(found: ReadList) -> int:
    lacking = None if found.candidates is None else found.candidates.nik_to_follow
    return 0 if lacking is None else int(lacking.sum())


def summarized(rows: Sequence[JudgedRow]) -> Summary:
    """The rows counted; a row with several codes counts under each, the most frequent code first."""
    verdicts = Counter(row.verdict for row in rows)
    codes = Counter(code for row in rows for code in {reason.code for reason in row.reasons})
    return Summary(
        rows=len(rows),
        accepted=verdicts[RowVerdict.ACCEPTED],
        with_remark=verdicts[RowVerdict.WITH_REMARK],
        set_apart=verdicts[RowVerdict.SET_APART],
        by_code=tuple(sorted(codes.items(), key=lambda item: (-item[1], item[0]))),
    )


def mapping_words(mapping: Mapping) -> Words:
    """What the headers stand for, a line a column, to be shown to whoever confirms it."""
    how_id, how_en = {"alias": "  (sebutan lazim)"}, {"alias": "  (usual name)"}
    heads = [(each.header.replace(" \u203a ", " / "), each.field, each.how.value) for each in mapping.columns]
    wide = max((len(header) for header, _, _ in heads), default=0)
    lines_id = [f"  {header:{wide}}  →  {field}{how_id.get(how, '')}" for header, field, how in heads]
    lines_en = [f"  {header:{wide}}  →  {field}{how_en.get(how, '')}" for header, field, how in heads]
    layout, unused = (", ".join(f"“{h}”" for h in those) or "–" for those in (mapping.layout, mapping.unused))
    laid_id = [f"  untuk susunan baris: {layout}"] if mapping.layout else []
    laid_en = [f"  for the order of the rows: {layout}"] if mapping.layout else []
    return Words(
        "\n".join(["Kolom daftar dan artinya:", *lines_id, *laid_id, f"  tidak dipakai: {unused}"]),
        "\n".join(["The columns of the list and what they mean:", *lines_en, *laid_en, f"  not used: {unused}"]),
    )
