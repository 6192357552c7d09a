"""The sheet of one program: a row a family, the columns its report declares, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ejps_core.model.decisions import VERDICTS, ProgramDecisions
from ejps_core.model.ruleset import OUTPUT_NAMES, ReportColumn, Rule
from ejps_core.model.words import Language, Words
from ejps_core.reports import records
from ejps_core.reports.columns import Shown, cells, declared, masked
from ejps_core.reports.figures import part as part_words
from ejps_core.reports.run import Run
from ejps_core.reports.sheet import Formats, Sheet, longest
from ejps_core.reports.totals import phases
from ejps_core.reports.words import OUTPUTS, fact_title

ROW = Words("Baris", "Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, one cell a family, and its look (None: the family's verdict colours it)."""

    title: str
    cells: list[Shown]
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
    """The list's row number, what the report declares, and then every output it did not name itself."""
    yield Column(ROW.say(language), run.candidates.family_rows.tolist(), formats.number)
    ruleset = decisions.ruleset
    shown = ruleset.columns or (ReportColumn(ruleset.key.name, masked=False),)
    for column in shown:
        if column.name not in OUTPUT_NAMES:
            yield _declared(run, decisions, column, formats, language)
    if ruleset.decided_each_phase:
        yield Column(OUTPUTS["phase"].say(language), phases(decisions), formats.number)
    yield from _decided(decisions, formats, language)
    if decisions.selection is not None:
        yield Column(OUTPUTS["rank"].say(language), records.ranks(decisions), formats.number)
        yield Column(OUTPUTS["selected"].say(language), records.seats(decisions, language), formats.text)
        yield Column(OUTPUTS["reserve"].say(language), records.reserves(decisions), formats.number)


def _declared(run: Run, decisions: ProgramDecisions, column: ReportColumn, formats: Formats, language: Language) -> Column:
    item = declared(decisions.ruleset, column.name)
    title = (item.title.say(language) if item else "") or column.name
    found = cells(run, decisions, column.name, language)
    return Column(title, masked(found) if column.masked else found, formats.text)


def _decided(decisions: ProgramDecisions, formats: Formats, language: Language) -> Iterator[Column]:
    """Verdict, reasons and needs in words, and the amounts."""
    ruleset = decisions.ruleset
    rules = {rule.id: rule for rule in ruleset.rules}

    def reason(rule: str) -> str:
        return reason_words(rules[rule], language)

    def fact(name: str) -> str:
        return fact_title(ruleset, name, language)

    yield Column(OUTPUTS["status"].say(language), records.statuses(decisions, language), None)
    yield Column(OUTPUTS["reasons"].say(language), records.reasons(decisions, language, reason), formats.wrapped)
    yield Column(OUTPUTS["needs"].say(language), records.needs(decisions, language, fact), formats.wrapped)
    scale = 10**ruleset.minor_digits
    total = _scaled(records.amounts(decisions, decisions.total), scale)
    yield Column(OUTPUTS["amount"].say(language), total, formats.money)
    for benefit, paid in zip(ruleset.benefits, decisions.benefits, strict=True):
        name = benefit.title.say(language) or benefit.id
        if len(ruleset.benefits) > 1:
            yield Column(name, _scaled(records.amounts(decisions, paid), scale), formats.money)
        for share, found in zip(benefit.shares, records.shares(decisions, paid), strict=True):
            title = f"{name}: {share.name} {part_words(share.part, language)}"
            yield Column(title, _scaled(found, scale), formats.money)


def reason_words(rule: Rule, language: Language) -> str:
    """A rule as a reason: its message if it has one, else its title, and its id."""
    words = rule.message or rule.title
    return f"{words.say(language) or rule.id} ({rule.id})"


def _scaled(amounts: list[Shown], scale: int) -> list[Shown]:
    """Minor units as the currency's whole units, for a spreadsheet's number format."""
    if scale == 1:
        return amounts
    return [amount / scale if isinstance(amount, int) else amount for amount in amounts]  # type: ignore[misc]
