"""What was used beside the list, in words: registers with their declarations, and what officials determined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ejps_core.model.calendar import day_of
from ejps_core.model.masking import mask
from ejps_core.model.registers import Effect, RegisterUsed
from ejps_core.model.run import Run
from ejps_core.model.words import Language, Words
from ejps_core.reports import figures
from ejps_core.reports.columns import Shown
from ejps_core.reports.sheet import Sheet, longest

EFFECTS = {
    Effect.USED: Words("dipakai", "used"),
    Effect.UNNEEDED: Words("tidak diperlukan: sudah diketahui, sama", "not needed: known, and the same"),
    Effect.CONTRADICTED: Words("tidak dipakai: sudah diketahui, berbeda", "not used: known, and different"),
    Effect.LATER: Words("tidak dipakai: sesudah tanggal data", "not used: later than what may be known"),
    Effect.NOBODY: Words("tidak dipakai: tidak ada di daftar", "not used: nobody in the list"),
}
NOT_USED = (Effect.CONTRADICTED, Effect.LATER, Effect.NOBODY)
TITLES = (
    Words("Baris", "Row"),
    Words("Nomor KK", "Family card"),
    Words("NIK", "NIK"),
    Words("Yang ditetapkan", "What was determined"),
    Words("Nilai", "Value"),
    Words("Siapa", "Who"),
    Words("Alasan", "Why"),
    Words("Dokumen", "Document"),
    Words("Tanggal", "Date"),
    Words("Akibat", "Effect"),
)
SHEET = Words("Ketetapan", "Determinations")


def register_lines(run: Run, language: Language) -> Iterator[tuple[str, str]]:
    """(title, what is to be said) of each register: file, day, rows, digest, and where it is declared complete."""
    for each in run.registers:
        yield f"Register {each.name}", _register(each, language)


def _register(each: RegisterUsed, language: Language) -> str:
    rows = figures.number(each.rows, language)
    unsaid = Words("tidak disebut", "not said").say(language)
    day = unsaid if each.on is None else day_of(each.on).isoformat()
    complete = "; ".join(
        Words(
            f"lengkap untuk {d.area} per {day_of(d.on).isoformat()} oleh {d.who}",
            f"complete for {d.area} as of {day_of(d.on).isoformat()} by {d.who}",
        ).say(language)
        for d in each.declarations
    ) or Words("tidak dinyatakan lengkap", "not declared complete").say(language)
    return Words(
        f"{each.file}, posisi data {day}, {rows} baris, SHA-256 {each.digest[:12]}…; {complete}",
        f"{each.file}, data as of {day}, rows: {rows}, SHA-256 {each.digest[:12]}…; {complete}",
    ).say(language)


def rests_words(run: Run, language: Language) -> str | None:
    """What became of the rows of determinations, and how many families rest on them; None: there were none.

    The figures close: rows read are those used, not needed, not used, repeated and unusable; no row is left out.
    """
    rows = run.determination_rows
    if not rows.read:
        return None
    effects = Counter(each.effect for each in run.determinations)
    kinds = (
        (effects[Effect.USED], Words("dipakai", "used")),
        (effects[Effect.UNNEEDED], Words("tidak diperlukan", "not needed")),
        (sum(effects[effect] for effect in NOT_USED), Words("tidak dipakai", "not used")),
        (rows.repeated, Words("berulang", "repeated")),
        (rows.unusable, Words("tidak dapat dipakai (disisihkan)", "unusable (set apart)")),
    )
    said = [(figures.number(count, language), what) for at, (count, what) in enumerate(kinds) if count or not at]
    own = ", ".join(f"{count} {what.id}" for count, what in said)
    english = ", ".join(f"{what.en}: {count}" for count, what in said)
    families, read = figures.number(len(run.rests), language), figures.number(rows.read, language)
    return Words(
        f"Ketetapan petugas: {read} baris dibaca: {own}; {families} putusan bertumpu padanya",
        f"Official determinations, rows read: {read}, of these {english}; decisions that rest on them: {families}",
    ).say(language)


def rests_column(run: Run) -> list[Shown]:
    """For each family the facts and rules that were determined; empty where none was."""
    rests = run.rests
    return ["; ".join(rests[row]) if row in rests else None for row in range(len(run.candidates))]


def determination_rows(run: Run, language: Language) -> list[list[Shown]]:
    """Every determination as cells; numbers of identity show their last four digits."""
    return [
        [
            each.row,
            mask(each.determination.family),
            mask(each.determination.person) if each.determination.person else None,
            each.what.say(language),
            each.determination.said.say(language),
            each.determination.who,
            each.determination.why,
            each.determination.document,
            day_of(each.determination.on).isoformat(),
            EFFECTS[each.effect].say(language),
        ]
        for each in run.determinations
    ]


def write_determinations(run: Run, sheet: Sheet, language: Language) -> None:
    """The sheet of all determinations, and what became of each."""
    titles = [title.say(language) for title in TITLES]
    rows = determination_rows(run, language)
    sheet.measure((column, longest(title, (row[column] for row in rows))) for column, title in enumerate(titles))
    sheet.header(titles)
    for row in rows:
        for column, cell in enumerate(row):
            sheet.put(column, cell, sheet.formats.wrapped)
        sheet.row += 1
    sheet.table(0, len(TITLES))
