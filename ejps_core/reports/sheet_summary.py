"""The first sheet: what was decided, by which rules, of which day, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ejps_core.model.decisions import ProgramDecisions
from ejps_core.model.diagnostic import Severity
from ejps_core.model.expr import AreaOf, FieldRef
from ejps_core.model.kinds import AreaLevel
from ejps_core.model.ruleset import ReportTotal, Ruleset, Verdict
from ejps_core.model.run import Run, incomplete, tells_apart
from ejps_core.model.words import Language, Words
from ejps_core.reports import figures
from ejps_core.reports.assumptions import assumptions
from ejps_core.reports.beside import SHEET, register_lines, rests_words
from ejps_core.reports.columns import Shown
from ejps_core.reports.counts import Counts, by_need, by_reason, count
from ejps_core.reports.days import known_words
from ejps_core.reports.sheet import Figure, Sheet
from ejps_core.reports.totals import Group, by_district, groups, title
from ejps_core.reports.words import AMOUNT_OPEN, VERDICT, fact_title, without_message

WIDTHS = (34, 46, 18, 18, 18, 20, 20, 20, 20, 20)
FAMILIES = Words("Keluarga", "Families")


def write_summary(run: Run, sheet: Sheet, language: Language) -> None:
    """Writes the sheet; figures are exact sums over the list, not formulas."""
    sheet.measure((column, width - 2) for column, width in enumerate(WIDTHS))
    sheet.put(0, Words("Ringkasan evaluasi e-JPS", "e-JPS evaluation summary").say(language), sheet.formats.title)
    sheet.row += 2
    _facts(sheet, list(_about(run, language)), language)
    for decisions in run.programs:
        sheet.row += 1
        _program(run, decisions, sheet, language)


def _facts(sheet: Sheet, facts: list[tuple[Words, Shown]], language: Language) -> None:
    for label, value in facts:
        sheet.put(0, label.say(language), sheet.formats.label)
        sheet.put(1, value, sheet.formats.note if isinstance(value, str) else sheet.formats.note_number)
        sheet.row += 1


def _about(run: Run, language: Language) -> Iterator[tuple[Words, Shown]]:
    """The list, the day, and what was left out."""
    candidates = run.candidates
    remarks = sum(finding.severity is Severity.REMARK for finding in run.findings)
    yield Words("Daftar calon penerima", "List of candidates"), run.source
    yield Words("Tanggal penetapan", "Decision date"), figures.day(run.as_of.on, language)
    yield Words("Data yang sudah diumumkan s.d.", "Data published by"), known_words(run.as_of, language)
    yield Words("Keluarga dinilai", "Families decided"), len(candidates)
    yield Words("Baris keluarga dibaca", "Family rows read"), candidates.read
    if tells_apart(candidates):
        yield Words("Baris keluarga disisihkan", "Family rows set apart"), candidates.families_set_apart
        yield Words("Baris keluarga berulang", "Family rows repeated"), candidates.repeated
        yield Words("Anggota dibaca", "Members read"), candidates.members_read
        yield Words("Anggota disisihkan", "Members set apart"), candidates.members_set_apart
    else:
        yield Words("Baris disisihkan", "Rows set apart"), candidates.set_apart
    yield Words("Catatan", "Remarks"), remarks
    yield from ((Words(title, title), said) for title, said in register_lines(run, language))
    if rests := rests_words(run, language):
        yield SHEET, rests
    for notice in run.notices:
        yield Words("Perhatian", "Note"), notice.words.say(language)
    for name, why in run.missing:
        yield Words("Tidak lengkap", "Incomplete"), incomplete(name, why).say(language)


def _program(run: Run, decisions: ProgramDecisions, sheet: Sheet, language: Language) -> None:
    ruleset = decisions.ruleset
    name = ruleset.title.say(language) or ruleset.program
    for column in range(len(WIDTHS[:6])):
        sheet.put(column, f"{name} ({ruleset.full_id})" if column == 0 else None, sheet.formats.heading)
    sheet.row += 1
    period = f"{figures.day(ruleset.first, language)} – {figures.day(ruleset.last, language)}"
    _facts(
        sheet,
        [
            *((Words("Dasar hukum", "Legal basis"), legal) for legal in ruleset.legal),
            (Words("Berlaku", "In force"), period),
            (Words("Berkas aturan (SHA-256)", "Rule file (SHA-256)"), ruleset.digest),
            *((Words("Asumsi", "Assumption"), text) for text in assumptions(ruleset, run.as_of, language)),
        ],
        language,
    )
    counts = count(decisions)
    sheet.row += 1
    _verdicts(decisions, counts, sheet, language)
    _money(decisions, counts, sheet, language)
    _reasons(decisions, sheet, language)
    _needs(decisions, sheet, language)
    if districts := by_district(run, decisions, language):
        _recap(decisions, [Words("Kabupaten/Kota", "District").say(language)], districts, sheet, language)
    for total in ruleset.totals:
        if not _is_districts(ruleset, total):
            heads = [title(decisions, name, language) for name in total.by]
            _recap(decisions, heads, groups(run, decisions, total, language), sheet, language)


def _verdicts(decisions: ProgramDecisions, counts: Counts, sheet: Sheet, language: Language) -> None:
    """Families per verdict, with their part of the list."""
    sheet.header([Words("Hasil", "Verdict").say(language), "", FAMILIES.say(language), "%"])
    tally = {
        Verdict.ELIGIBLE: counts.eligible,
        Verdict.INELIGIBLE: counts.ineligible,
        Verdict.UNDETERMINED: counts.undetermined,
    }
    for verdict, families in tally.items():
        look = sheet.formats.verdicts[verdict]
        sheet.line([VERDICT[verdict].say(language), None], look)
        sheet.row -= 1
        sheet.put(2, families, sheet.formats.number)
        sheet.put(3, _part(families, counts.families), sheet.formats.percent)
        sheet.row += 1
    if counts.selected is not None:
        for words, seats in (
            (Words("terpilih (termasuk sementara)", "selected (provisional included)"), counts.selected),
            (Words("di antaranya sementara", "of these provisional"), counts.provisional),
            (Words("menunggu data peringkat", "waiting for ranking data"), counts.waiting),
        ):
            sheet.line([words.say(language), None], sheet.formats.text)
            sheet.row -= 1
            sheet.put(2, seats, sheet.formats.number)
            sheet.row += 1
    sheet.row += 1


def _money(decisions: ProgramDecisions, counts: Counts, sheet: Sheet, language: Language) -> None:
    """What the eligible (and the chosen) get, and who bears it. 'At least' where amounts are still open."""
    scale = 10**decisions.ruleset.minor_digits
    chosen = counts.amount_selected is not None
    titles = [Words("Nilai bantuan", "Value of the aid"), Words("", ""), VERDICT[Verdict.ELIGIBLE]]
    sheet.header([each.say(language) for each in titles] + [Words("terpilih", "selected").say(language)] * chosen)
    total = Words("Jumlah", "Total") if not counts.amount_open else Words("Jumlah, paling sedikit", "Total, at least")
    rows: list[tuple[str, str | None, int, int | None]] = [
        (total.say(language), None, counts.amount, counts.amount_selected)
    ]
    benefits = {benefit.id: benefit for benefit in decisions.ruleset.benefits}
    for benefit, share, amount, selected in counts.shares:
        item = benefits[benefit]
        part = next(each.part for each in item.shares if each.name == share)
        label = f"{item.title.say(language) or benefit}"
        rows.append((label, f"{share} {figures.part(part, language)}", amount, selected))
    for index, (label, detail, amount, selected) in enumerate(rows):
        text, money = (
            (sheet.formats.text, sheet.formats.money) if index else (sheet.formats.total, sheet.formats.total_money)
        )
        sheet.put(0, label, text)
        sheet.put(1, detail, text)
        sheet.put(2, _whole(amount, scale), money)
        if chosen:
            sheet.put(3, _whole(selected, scale), money)
        sheet.row += 1
    if counts.amount_open:
        words = Words("keluarga dengan jumlah belum diketahui", "families whose amount is not yet known")
        sheet.line([words.say(language), None, counts.amount_open], sheet.formats.number)
    sheet.row += 1


def _part(families: int, of: int) -> Figure:
    """A part as the number that a spreadsheet shows in percent."""
    found = figures.hundredths_of(families, of)
    return None if found is None else Decimal(found).scaleb(-4)


def _whole(amount: int | None, scale: int) -> Figure:
    return amount if amount is None or scale == 1 else Decimal(amount) / scale


def _reasons(decisions: ProgramDecisions, sheet: Sheet, language: Language) -> None:
    """Families per failed rule; a family may have several."""
    tally = by_reason(decisions)
    sheet.header(
        [
            Words("Alasan tidak memenuhi syarat", "Reason of ineligibility").say(language),
            Words("Aturan", "Rule").say(language),
            FAMILIES.say(language),
            Words("Dasar hukum", "Legal basis").say(language),
        ]
    )
    for rule in decisions.ruleset.rules:
        sheet.put(0, rule.id, sheet.formats.text)
        sheet.put(1, without_message(rule, language), sheet.formats.wrapped)
        sheet.put(2, tally[rule.id], sheet.formats.number)
        sheet.put(3, rule.legal, sheet.formats.note)
        sheet.row += 1
    sheet.row += 1


def _needs(decisions: ProgramDecisions, sheet: Sheet, language: Language) -> None:
    """Which missing fact would settle the most rows."""
    tally = by_need(decisions)
    if not tally:
        return
    sheet.header(
        [
            Words("Data yang masih diperlukan", "Facts still needed").say(language),
            Words("Data", "Fact").say(language),
            FAMILIES.say(language),
        ]
    )
    for fact, families in tally.items():
        sheet.put(0, fact, sheet.formats.text)
        sheet.put(1, fact_title(decisions.ruleset, fact, language), sheet.formats.wrapped)
        sheet.put(2, families, sheet.formats.number)
        sheet.row += 1
    sheet.row += 1


def _is_districts(ruleset: Ruleset, total: ReportTotal) -> bool:
    """Whether a declared recap is the one by district, which every summary has."""
    match [definition.value for definition in ruleset.definitions if (definition.name,) == total.by]:
        case [AreaOf(item=FieldRef(), level=AreaLevel.DISTRICT)]:
            return True
    return False


def _recap(
    decisions: ProgramDecisions, first: list[str], found: tuple[Group, ...], sheet: Sheet, language: Language
) -> None:
    """A recap with the verdicts and who bears the amounts, and a total line; sums over open amounts are told as such."""
    scale = 10**decisions.ruleset.minor_digits
    pad: list[Shown] = [None] if len(first) == 1 else []
    titles = [*first, *([""] if pad else []), FAMILIES.say(language)]
    titles += [VERDICT[v].say(language) for v in (Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNDETERMINED)]
    counts = count(decisions)
    least = Words(", paling sedikit", ", at least").say(language) if counts.amount_open else ""
    titles += [AMOUNT_OPEN.say(language)] if counts.amount_open else []
    titles += [Words("Jumlah bantuan", "Amount").say(language) + least]
    titles += [f"{share}{least}" for _, share, _, _ in counts.shares]
    sums = [name for name, _ in found[0].sums] if found else []
    sheet.header(titles + [title(decisions, name, language) for name in sums])

    def write(names: list[Shown], of: Counts, numbers: list[int], looks: tuple[object, object]) -> None:
        cells: list[Figure] = [*names, of.families, of.eligible, of.ineligible, of.undetermined]
        cells += [of.amount_open] if counts.amount_open else []
        money: list[Figure] = [_whole(of.amount, scale), *(_whole(part, scale) for _, _, part, _ in of.shares)]
        for column, cell in enumerate(cells):
            sheet.put(column, cell, looks[0])
        for column, cell in enumerate(money, start=len(cells)):
            sheet.put(column, cell, looks[1])
        for column, value in enumerate(numbers, start=len(cells) + len(money)):
            sheet.put(column, value, looks[0])
        sheet.row += 1

    for group in found:
        looks = (sheet.formats.number, sheet.formats.money)
        write([*group.names, *pad], group.counts, [value for _, value in group.sums], looks)
    last: list[Shown] = [
        "JUMLAH" if language is Language.ID else "TOTAL",
        *[None] * (len(first) + len(pad) - 1),
    ]
    totals = [sum(group.sums[index][1] for group in found) for index in range(len(sums))]
    write(last, counts, totals, (sheet.formats.total, sheet.formats.total_money))
    sheet.row += 1
