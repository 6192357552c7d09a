"""How money is told on a terminal: entries, figures by phase and district, what lapses, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ejps_core.cli.speech import Speech
from ejps_core.model.wording import money, number
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.aid.changes import Change
    from ejps_core.aid.entries import Entry
    from ejps_core.aid.position import Position
    from ejps_core.app.money.showing import Shown


def rupiah(amount: int) -> Words:
    """Rp429.697.800."""
    return money(amount, 0, "IDR")


def tell_entries(speech: Speech, found: Shown) -> None:
    """A line an entry."""
    for entry in found.entries:
        gone = Words("  [dibatalkan]", "  [cancelled]") if entry.number in found.cancelled else Words("", "")
        speech.say(f"{entry.number:>20}  {_said(entry).say(speech.language)}{gone.say(speech.language)}")


def _said(entry: Entry) -> Words:
    from ejps_core.aid.entries import TITLES, Cancellation, DistrictReport, Event, Reason, Stated, Target

    match entry:
        case Event():
            title, amount = TITLES[entry.step], rupiah(entry.money.total)
            where = _where(entry.phase, entry.district)
            tail = f"{entry.on}  {entry.document}"
            return Words(f"{title.id}  {where.id}  {amount.id}  {tail}", f"{title.en}  {where.en}  {amount.en}  {tail}")
        case Target():
            price, where = rupiah(entry.price.total), _where(entry.phase, entry.district)
            return Words(
                f"Sasaran  {where.id}  {number(entry.families, 0).id} KPM × {price.id}  {entry.document}",
                f"Target  {where.en}  {number(entry.families, 0).en} families × {price.en}  {entry.document}",
            )
        case DistrictReport():
            where = _where(entry.phase, entry.district)
            told = f"{entry.on}  {entry.obstacle}"
            return Words(f"Laporan  {where.id}  {told}", f"Report  {where.en}  {told}")
        case Stated():
            title, amount, where = TITLES[entry.step], rupiah(entry.amount), _where(entry.phase, entry.district)
            return Words(
                f"Menurut {entry.document}: {title.id}  {where.id}  {amount.id}",
                f"By {entry.document}: {title.en}  {where.en}  {amount.en}",
            )
        case Reason():
            where = _where(entry.phase, entry.district)
            return Words(
                f"Alasan {entry.code}  {where.id}  {entry.because}", f"Reason {entry.code}  {where.en}  {entry.because}"
            )
        case Cancellation():
            return Words(f"Batal {entry.cancels}: {entry.because}", f"Cancels {entry.cancels}: {entry.because}")


def _where(phase: int | None, district: str | None) -> Words:
    from ejps_core.reports.realization import phase_words

    words = Words("semua tahap", "all phases") if phase is None else phase_words(phase)
    area = Words("semua daerah", "all districts") if district is None else Words(district, district)
    return Words(f"{words.id} {area.id}", f"{words.en} {area.en}")


def tell_cells(speech: Speech, found: Position) -> None:
    """The ceiling and what of it was transferred, by phase and district, and who is late and why."""
    from ejps_core.aid.entries import Step
    from ejps_core.reports.realization import figures, moment_words, phase_words

    speech.say(moment_words(found.at))
    for cell in found.cells:
        if not (cell.sums or cell.target or cell.report):
            continue
        title = f"{phase_words(cell.phase).say(speech.language):<10} {found.names[cell.district]:<26}"
        sums = (rupiah(cell.of(step).total).say(speech.language) for step in (Step.CEILING, Step.TRANSFER))
        mark = " *" if cell.assumed else ""
        speech.say(f"{title} {'  '.join(f'{each:>18}' for each in sums)}{mark}")
    for cell in found.late:
        if cell.report is not None:
            told = cell.report
            deadline = told.deadline.isoformat() if told.deadline else "–"
            parts = "; ".join(part for part in (told.obstacle, told.follow_up, told.answerable, deadline) if part)
            speech.say(f"! {phase_words(cell.phase).say(speech.language)} {found.names[cell.district]}: {parts}")
    for figure in figures(found, speech.language):
        speech.say(f"{figure['label']:<22} {figure['value']:>18}  {figure['exact']}")


def tell_lapses(speech: Speech, found: Position) -> None:
    """What is lost at the end of the budget year if nothing happens any more."""
    from ejps_core.aid.changes import lapses

    all_cells = lapses(found)
    untransferred = rupiah(sum(each.untransferred.total for each in all_cells))
    unspent = rupiah(sum(each.unspent.total for each in all_cells))
    if all_cells:
        speech.say(
            Words(
                f"Sisa yang hangus 31-12-{found.year}: {untransferred.id}; "
                f"belum dibelanjakan atau belum dilaporkan: {unspent.id}",
                f"Lapses on {found.year}-12-31: {untransferred.en}; not spent, or not reported: {unspent.en}",
            )
        )


def tell_changes(speech: Speech, changes: tuple[Change, ...], after: Position) -> None:
    """A line a figure that is another one now."""
    from ejps_core.aid.entries import TITLES, Money, Step
    from ejps_core.reports.realization import phase_words

    names = {
        "families": Words("KPM dalam SK", "families decreed"),
        "reached": Words("KPM terealisasi", "families reached"),
        "missed": Words("KPM gagal", "families missed"),
        "report": Words("laporan terakhir", "last report"),
    }

    def value(figure: Money | int | str | None) -> str:
        if isinstance(figure, Money):
            return rupiah(figure.total).say(speech.language)
        return "–" if figure is None else str(figure)

    for change in changes:
        what = names.get(change.what) or TITLES[Step(change.what)]
        where = f"{phase_words(change.phase).say(speech.language)} {after.names.get(change.district, change.district)}"
        speech.say(f"{where}: {what.say(speech.language)}  {value(change.before)} → {value(change.after)}")
