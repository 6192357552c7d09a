"""The sheet of one program: a row a family, the columns its report declares, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ejps_core.model.decisions import VERDICTS, ProgramDecisions
from ejps_core.model.ruleset import OUTPUT_NAMES, ReportColumn
from ejps_core.model.run import Run
from ejps_core.model.types import Number, Type
from ejps_core.model.words import Language, Words
from ejps_core.reports import records
from ejps_core.reports.columns import Shown, cells, declared, masked, numbers
from ejps_core.reports.figures import part as part_words
from ejps_core.reports.sheet import Figure, Formats, Sheet, longest
from ejps_core.reports.totals import phases
from ejps_core.reports.words import OUTPUTS, fact_title, reason_words

ROW = Words("Baris", "Row")
RANGE = Words("Kisaran jumlah", "Range of the amount")
ORDER = ("phase", "status", "reasons", "needs", "amount", "rank", "selected", "reserve")
"""In which order the outputs stand that a report does not name."""
UNGROUPED = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, one cell a family, and its look (None: the family's verdict colours it)."""

    title: str
    cells: Sequence[Figure]
    look: Any


def write_program(run: Run, decisions: ProgramDecisions, sheet: Sheet, language: Language) -> None:
    """Frozen header, filters, verdicts in colour, reasons in words."""
    columns = list(_columns(run, decisions, sheet.formats, language))
    sheet.page.set_header(f"&L&10{_plain(decisions.ruleset.title.say(language))}&R&8{_plain(run.source)}")
    sheet.measure((place, longest(column.title, column.cells)) for place, column in enumerate(columns))
    sheet.header([column.title for column in columns])
    looks = [sheet.formats.verdicts[VERDICTS[status]] for status in decisions.status]
    for row, verdict in enumerate(looks):
        for place, column in enumerate(columns):
            sheet.put(place, column.cells[row], verdict if column.look is None else column.look)
        sheet.row += 1
    sheet.table(0, len(columns))


def _plain(text: str) -> str:
    """Text for a page header, where & begins a command."""
    return text.replace("&", "&&")[:100]


def _columns(run: Run, decisions: ProgramDecisions, formats: Formats, language: Language) -> Iterator[Column]:
    """The list's row number, what the report declares in its order, and then every output it did not name itself."""
    yield Column(ROW.say(language), run.candidates.family_rows.tolist(), formats.number)
    ruleset = decisions.ruleset
    shown = ruleset.columns or (ReportColumn(ruleset.key.name, masked=False),)
    named = [column.name for column in shown]
    for column in shown:
        if column.name in OUTPUT_NAMES:
            yield from _output(column.name, decisions, formats, language)
        else:
            yield _declared(run, decisions, column, formats, language)
    for name in ORDER:
        if name not in named and (name != "phase" or ruleset.decided_each_phase):
            yield from _output(name, decisions, formats, language)


def _declared(run: Run, decisions: ProgramDecisions, column: ReportColumn, formats: Formats, language: Language) -> Column:
    item = declared(decisions.ruleset, column.name)
    title = (item.title.say(language) if item else "") or column.name
    counted = None if column.masked else numbers(run, decisions, column.name)
    if item is not None and counted is not None:
        return Column(title, *_counted(item.type, counted, decisions.ruleset.minor_digits, formats))
    found = cells(run, decisions, column.name, language)
    return Column(title, masked(found) if column.masked else found, formats.text)


def _counted(kind: Type, counted: list[int | None], minor_digits: int, formats: Formats) -> tuple[Sequence[Figure], Any]:
    """Numbers as a spreadsheet's numbers, with their look; a year or another short number goes without separators."""
    scale = kind.scale if isinstance(kind, Number) else 0
    shown = _scaled([*counted], 10**scale)
    if isinstance(kind, Number) and kind.per is not None and scale == minor_digits:
        return shown, formats.money
    if scale == 0 and isinstance(kind, Number) and kind.high < UNGROUPED:
        return shown, formats.text
    return shown, formats.decimals[scale]


def _output(name: str, decisions: ProgramDecisions, formats: Formats, language: Language) -> Iterator[Column]:
    """The column of one output; the amount with its benefits and who bears them, a seat only where there are seats."""
    title = OUTPUTS[name].say(language)
    ruleset = decisions.ruleset
    match name:
        case "status":
            yield Column(title, records.statuses(decisions, language), None)
        case "reasons":
            rules = {rule.id: rule for rule in ruleset.rules}
            said = records.reasons(
                decisions, language, lambda rule, told: f"{reason_words(rules[rule], told, language)} ({rule})"
            )
            yield Column(title, said, formats.wrapped)
        case "needs":
            needs = records.needs(decisions, language, lambda fact: fact_title(ruleset, fact, language))
            yield Column(title, needs, formats.wrapped)
        case "amount":
            yield from _amounts(decisions, formats, language)
        case "phase":
            yield Column(title, phases(decisions), formats.number)
        case "rank" if decisions.selection is not None:
            yield Column(title, records.ranks(decisions), formats.number)
        case "selected" if decisions.selection is not None:
            yield Column(title, records.seats(decisions, language), formats.text)
        case "reserve" if decisions.selection is not None:
            yield Column(title, records.reserves(decisions), formats.number)


def _amounts(decisions: ProgramDecisions, formats: Formats, language: Language) -> Iterator[Column]:
    """The sum, between which sums it lies where it is open, each benefit, and what each share bears."""
    ruleset = decisions.ruleset
    scale = 10**ruleset.minor_digits
    total = _scaled(records.amounts(decisions, decisions.total), scale)
    yield Column(OUTPUTS["amount"].say(language), total, formats.money)
    ranges = records.ranges(decisions, decisions.total, language)
    yield Column(RANGE.say(language), ranges, formats.text)
    for benefit, paid in zip(ruleset.benefits, decisions.benefits, strict=True):
        name = benefit.title.say(language) or benefit.id
        if len(ruleset.benefits) > 1:
            yield Column(name, _scaled(records.amounts(decisions, paid), scale), formats.money)
        for share, found in zip(benefit.shares, records.shares(decisions, paid), strict=True):
            title = f"{name}: {share.name} {part_words(share.part, language)}"
            yield Column(title, _scaled(found, scale), formats.money)


def _scaled(amounts: Sequence[Shown], scale: int) -> Sequence[Figure]:
    """Minor units as whole units, for a spreadsheet's number format."""
    if scale == 1:
        return amounts
    return [Decimal(amount) / scale if isinstance(amount, int) else amount for amount in amounts]
