"""A run in a few lines of text: counts, reasons, rupiah. What the command line prints."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.model.decisions import ProgramDecisions
from ejps_core.model.ruleset import Verdict
from ejps_core.model.run import Run, incomplete, tells_apart
from ejps_core.model.words import Language, Words
from ejps_core.reports import figures
from ejps_core.reports.beside import register_lines, rests_words
from ejps_core.reports.counts import Counts, by_need, by_reason, count
from ejps_core.reports.days import known_words
from ejps_core.reports.totals import by_district
from ejps_core.reports.words import AMOUNT_OPEN, OUTPUTS, VERDICT, fact_title, without_message

MOST_NEEDS = 5
WIDTH = 140


def brief(run: Run, language: Language) -> str:
    """The run as text, a block a program."""
    return "\n".join([*_rows(run, language), *(line for d in run.programs for line in _program(run, d, language))])


def _rows(run: Run, language: Language) -> Iterator[str]:
    """What was read, and of which day the decisions are."""
    yield f"{run.source}: {rows_words(run, language)}"
    if (lacking := run.candidates.nik_to_follow) is not None and lacking.any():
        count = figures.number(int(lacking.sum()), language)
        yield Words(
            f"NIK menyusul: {count} keluarga, dinilai tetapi belum dapat dibayarkan",
            f"NIK to follow: {count} families, decided but not yet payable",
        ).say(language)
    on = figures.day(run.as_of.on, language)
    known = known_words(run.as_of, language)
    yield Words(f"Tanggal penetapan {on}, data s.d. {known}", f"Decision date {on}, data published by {known}").say(language)
    yield from (f"{title}: {said}" for title, said in register_lines(run, language))
    if rests := rests_words(run, language):
        yield rests
    for name, why in run.missing:
        yield f"! {incomplete(name, why).say(language)}"


def rows_words(run: Run, language: Language) -> str:
    """What became of the rows: families read, decided, set apart and repeated; members read and set apart."""
    candidates = run.candidates

    def number(value: int) -> str:
        return figures.number(value, language)

    if not tells_apart(candidates):
        read, apart = number(candidates.read), number(candidates.set_apart)
        return Words(
            f"{read} baris keluarga dibaca; {apart} baris keluarga dan anggota disisihkan",
            f"family rows read: {read}; rows of families and members set apart: {apart}",
        ).say(language)
    decided, apart = number(len(candidates)), number(candidates.families_set_apart)
    again = number(candidates.repeated)
    people, alone = number(candidates.members_read), number(candidates.members_set_apart)
    return Words(
        f"{number(candidates.read)} baris keluarga: {decided} dinilai, {apart} disisihkan, {again} berulang; "
        f"{people} anggota: {alone} disisihkan",
        f"family rows: {number(candidates.read)}, of these decided: {decided}, set apart: {apart}, repeated: {again}; "
        f"member rows: {people}, of these set apart: {alone}",
    ).say(language)


def _program(run: Run, decisions: ProgramDecisions, language: Language) -> Iterator[str]:
    ruleset = decisions.ruleset
    counts = count(decisions)
    yield ""
    yield f"{ruleset.title.say(language) or ruleset.program} ({ruleset.full_id})"
    yield from _verdicts(counts, language)
    yield from _money(decisions, counts, language)
    reasons = {rule: families for rule, families in by_reason(decisions).items() if families}
    if reasons:
        yield Words("  Alasan tidak memenuhi syarat:", "  Reasons of ineligibility:").say(language)
        said = {rule.id: without_message(rule, language) for rule in ruleset.rules}
        for rule, families in sorted(reasons.items(), key=lambda item: -item[1]):
            yield _counted(families, f"{rule} – {said[rule]}", language)
    needs = list(by_need(decisions).items())
    if needs:
        yield f"  {OUTPUTS['needs'].say(language)}:"
        for fact, families in needs[:MOST_NEEDS]:
            yield _counted(families, fact_title(ruleset, fact, language), language)
    yield from _districts(run, decisions, language)


def _counted(families: int, what: str, language: Language) -> str:
    return f"    {figures.number(families, language):>8}  {what}"


def _verdicts(counts: Counts, language: Language) -> Iterator[str]:
    tally = {
        Verdict.ELIGIBLE: counts.eligible,
        Verdict.INELIGIBLE: counts.ineligible,
        Verdict.UNDETERMINED: counts.undetermined,
    }
    for verdict, families in tally.items():
        part = figures.percent(families, counts.families, language)
        yield _counted(families, VERDICT[verdict].say(language), language) + (f" ({part}%)" if counts.families else "")
    if counts.selected is not None and counts.provisional is not None:
        firm, open_ = figures.number(counts.selected, language), figures.number(counts.provisional, language)
        yield Words(
            f"  Terpilih {firm}, di antaranya {open_} sementara", f"  Selected {firm}, of these {open_} provisional"
        ).say(language)


def _money(decisions: ProgramDecisions, counts: Counts, language: Language) -> Iterator[str]:
    ruleset = decisions.ruleset

    def money(amount: int) -> str:
        return figures.money(amount, language, ruleset.currency, ruleset.minor_digits)

    least = Words("paling sedikit ", "at least ").say(language) if counts.amount_open else ""
    yield f"  {OUTPUTS['amount'].say(language)}: {least}{money(counts.amount)}"
    for benefit, share, amount, _ in counts.shares:
        parts = {s.name: s.part for b in ruleset.benefits if b.id == benefit for s in b.shares}
        yield f"    {share} {figures.part(parts[share], language)}: {least}{money(amount)}"
    if counts.amount_open:
        open_ = figures.number(counts.amount_open, language)
        yield Words(
            f"    {open_} keluarga jumlahnya belum diketahui", f"    families whose amount is not known: {open_}"
        ).say(language)
    if counts.amount_selected is not None:
        chosen = Words("yang terpilih", "of the selected").say(language)
        yield f"    {chosen}: {least if counts.open_selected else ''}{money(counts.amount_selected)}"


def _districts(run: Run, decisions: ProgramDecisions, language: Language) -> Iterator[str]:
    """Families and money per district, as a table."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    found = by_district(run, decisions, language)
    if not found:
        return
    ruleset = decisions.ruleset
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(Words("Kabupaten/Kota", "District").say(language), no_wrap=True)
    heads = [VERDICT[v].say(language) for v in (Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNDETERMINED)]
    shares = [share.name for benefit in ruleset.benefits for share in benefit.shares]
    whole = count(decisions)
    open_ = (AMOUNT_OPEN.say(language),) if whole.amount_open else ()
    for head in (*heads, OUTPUTS["amount"].say(language), *open_, *shares):
        table.add_column(head, justify="right")
    for group in found:
        table.add_row(*group.names, *_cells(group.counts, decisions, bool(open_), language))
    table.add_section()
    table.add_row(Words("Jumlah", "Total").say(language), *_cells(whole, decisions, bool(open_), language))
    console = Console(width=WIDTH, no_color=True, force_terminal=False)
    with console.capture() as printed:
        console.print(table)
    yield ""
    yield from (line.rstrip() for line in printed.get().splitlines() if line.strip())


def _cells(counts: Counts, decisions: ProgramDecisions, tell_open: bool, language: Language) -> list[str]:
    """A row of the table: families, and sums, marked where amounts in them are not known; tell_open: how many are not."""
    currency, digits = decisions.ruleset.currency, decisions.ruleset.minor_digits
    least = "≥ " if counts.amount_open else ""
    verdicts = (counts.eligible, counts.ineligible, counts.undetermined)
    amount, *shares = (
        f"{least}{figures.money(amount, language, currency, digits)}"
        for amount in (counts.amount, *(amount for _, _, amount, _ in counts.shares))
    )
    open_ = [figures.number(counts.amount_open, language)] if tell_open else []
    return [*(figures.number(number, language) for number in verdicts), amount, *open_, *shares]
