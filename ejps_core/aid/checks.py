"""What looks wrong in a position: each check warns and asks for a reason, and blocks nothing, for reality may be right.

Invariants of a realisation report: districts add up to the province; transferred at most the ceiling, phase by phase;
received at most what was there to spend; the next phase after the report on the one before; families reached at most
those in the decree; packages times price is the value; percentages from unrounded rupiah.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ejps_core.aid.entries import SPENDING, TITLES, Money, Stated, Step
from ejps_core.aid.position import Cell, Position, spent
from ejps_core.model.wording import money, number
from ejps_core.model.words import Language, Words

CODES = (
    "transfer-over-ceiling",
    "spent-over-funds",
    "received-over-funds",
    "received-over-spent",
    "families-over-decree",
    "ceiling-not-price",
    "received-not-price",
    "no-report-before",
    "total-differs",
    "rounded-input",
    "rounded-percentage",
)
"""All that can be warned of."""


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to be explained. place: phase and district, None for all. figures: the amounts compared, by name.

    because: the reason on record that answers it; None: it still asks for one.
    """

    code: str
    words: Words
    phase: int | None
    district: str | None
    figures: tuple[tuple[str, int], ...]
    because: str | None = None


def cautions(position: Position) -> tuple[Caution, ...]:
    """All that needs a reason, in the order of phases and districts, the totals last."""
    found = [warning for cell in position.cells for warning in _cell(position, cell)]
    found += [warning for stated in position.stated for warning in _stated(position, stated)]
    found += _ratio(position)
    return tuple(_answered(position, warning) for warning in found)


def _answered(position: Position, warning: Caution) -> Caution:
    """The last reason given for this warning at this place."""
    about = (warning.code, warning.phase, warning.district)
    given = [each.because for each in position.reasons if (each.code, each.phase, each.district) == about]
    return replace(warning, because=given[-1]) if given else warning


def _cell(position: Position, cell: Cell) -> Iterator[Caution]:
    yield from _over(
        cell,
        "transfer-over-ceiling",
        Words("ditransfer lebih dari pagu", "more was transferred than the ceiling"),
        ("transfer", cell.of(Step.TRANSFER).total),
        ("ceiling", cell.of(Step.CEILING).total),
    )
    there, received = ("funds", _there(cell)), cell.of(Step.RECEIPT).total
    overspent = Words("dibelanjakan lebih dari dana yang ada", "more was spent than there was")
    yield from _over(cell, "spent-over-funds", overspent, ("used", spent(cell).total), there)
    overreceived = Words("diterima KPM lebih dari dana yang ada", "more was received than there was")
    yield from _over(cell, "received-over-funds", overreceived, ("used", received), there)
    if cell.reported(*SPENDING):
        beyond = Words("diterima KPM lebih dari yang dibelanjakan", "more was received than was spent")
        yield from _over(cell, "received-over-spent", beyond, ("received", received), ("spent", spent(cell).total))
    yield from _families(cell)
    yield from _price(cell)
    yield from _order(position, cell)


def _there(cell: Cell) -> int:
    """What could be spent: transfers and advances, and the district's own share of the ceiling, less what was refunded."""
    own = cell.of(Step.CEILING).district
    transferred = cell.of(Step.TRANSFER)
    return transferred.province + max(transferred.district, own) + cell.of(Step.ADVANCE).total - cell.of(Step.REFUND).total


def _over(cell: Cell, code: str, words: Words, used: tuple[str, int], most: tuple[str, int]) -> Iterator[Caution]:
    if used[1] > most[1]:
        yield Caution(code, _compared(words, used[1], most[1]), cell.phase, cell.district, (used, most))


def _compared(words: Words, used: int, most: int) -> Words:
    first, second = money(used, 0, "IDR"), money(most, 0, "IDR")
    return Words(f"{words.id}: {first.id} lawan {second.id}", f"{words.en}: {first.en} against {second.en}")


def _families(cell: Cell) -> Iterator[Caution]:
    if cell.target is not None and cell.reached is not None and cell.reached > cell.target.families:
        reached, most = number(cell.reached, 0), number(cell.target.families, 0)
        words = Words(
            f"KPM terealisasi {reached.id}, dalam SK {most.id}", f"{reached.en} families reached, {most.en} decreed"
        )
        figures = (("reached", cell.reached), ("decreed", cell.target.families))
        yield Caution("families-over-decree", words, cell.phase, cell.district, figures)


def _price(cell: Cell) -> Iterator[Caution]:
    """Families times price must be the value: of the ceiling by the decree, of receipts by who received."""
    if cell.target is None:
        return
    for general, families, step in (
        ("ceiling-not-price", cell.target.families, Step.CEILING),
        ("received-not-price", cell.reached, Step.RECEIPT),
    ):
        if families is None or not cell.reported(step):
            continue
        stated, exact = cell.of(step), _times(cell.target.price, families)
        if stated == exact:
            continue
        code, words = _price_words(general, step, stated.total, exact.total)
        figures = (("stated", stated.total), ("families", families), ("exact", exact.total))
        yield Caution(code, words, cell.phase, cell.district, figures)


def _times(price: Money, families: int) -> Money:
    return Money(price.province * families, price.district * families)


def _price_words(code: str, step: Step, stated: int, exact: int) -> tuple[str, Words]:
    """A figure that is the exact one rounded says so; any other is just another figure."""
    unit = rounding_unit(stated)
    title = TITLES[step]
    if unit > 1 and rounded(exact, unit) == stated:
        what = Words("angka dibulatkan", "rounded input")
        return "rounded-input", _compared(Words(f"{title.id}: {what.id}", f"{title.en}: {what.en}"), stated, exact)
    what = Words("bukan jumlah KPM × harga paket", "not families × price of a package")
    return code, _compared(Words(f"{title.id}: {what.id}", f"{title.en}: {what.en}"), stated, exact)


def rounding_unit(amount: int) -> int:
    """The largest power of ten that divides the amount, at most 10**12; 1 for nothing."""
    unit = 1
    while amount and amount % (unit * 10) == 0 and unit < 10**12:
        unit *= 10
    return unit


def rounded(amount: int, unit: int) -> int:
    """The amount to the nearest whole `unit`, halves up."""
    return (2 * amount + unit) // (2 * unit) * unit


def _order(position: Position, cell: Cell) -> Iterator[Caution]:
    """A phase is paid once the district has reported on the phase before."""
    if not cell.transfers or cell.phase == position.phases[0]:
        return
    before = position.phases[position.phases.index(cell.phase) - 1]
    first = min(transfer.on for transfer in cell.transfers)
    report = position.cell(before, cell.district).report
    if report is None or report.on > first:
        words = Words(
            f"tahap {cell.phase} ditransfer sebelum ada laporan tahap {before}",
            f"phase {cell.phase} was transferred before the report on phase {before}",
        )
        yield Caution("no-report-before", words, cell.phase, cell.district, (("phase", cell.phase), ("before", before)))


def _stated(position: Position, stated: Stated) -> Iterator[Caution]:
    """A stated total against the exact sum."""
    exact = position.of(stated.step, phase=stated.phase, district=stated.district).total
    title, where = TITLES[stated.step], (stated.phase, stated.district)
    if rounded(exact, stated.rounded_to) != stated.amount:
        what = Words("jumlah menurut dokumen bukan jumlah kabupaten/kota", "the stated total is not the districts' sum")
        words = _compared(Words(f"{title.id}: {what.id}", f"{title.en}: {what.en}"), stated.amount, exact)
        yield Caution("total-differs", words, *where, (("stated", stated.amount), ("exact", exact)))
    elif stated.amount != exact:
        what = Words("angka dibulatkan; jangan dihitung lebih lanjut", "rounded input; do not reckon with it")
        words = _compared(Words(f"{title.id}: {what.id}", f"{title.en}: {what.en}"), stated.amount, exact)
        yield Caution("rounded-input", words, *where, (("stated", stated.amount), ("exact", exact)))


def _ratio(position: Position) -> Iterator[Caution]:
    """Where a percentage or remainder from stated, rounded totals is not the one from the exact sums."""
    whole = {stated.step: stated for stated in position.stated if (stated.phase, stated.district) == (None, None)}
    ceiling, transferred = whole.get(Step.CEILING), whole.get(Step.TRANSFER)
    if ceiling is None or transferred is None or not ceiling.amount:
        return
    exact = (position.of(Step.TRANSFER).total, position.of(Step.CEILING).total)
    if not exact[1]:
        return
    from_rounded, right = share(transferred.amount, ceiling.amount), share(*exact)
    if from_rounded == right:
        return
    said = tuple(percent_words(value) for value in (from_rounded, right))
    words = Words(
        f"persentase dari angka bulat {said[0].id}, dari rupiah penuh {said[1].id}",
        f"percentage from rounded figures {said[0].en}, from whole rupiah {said[1].en}",
    )
    yield Caution("rounded-percentage", words, None, None, (("rounded", from_rounded), ("exact", right)))


def share(part: int, whole: int) -> int:
    """`part` of `whole` in hundredths of a percent, halves up. The whole is not zero.

    >>> share(15_472_327_500, 17_116_295_700)
    9040
    """
    return (2 * 10_000 * part + whole) // (2 * whole)


def percent_words(hundredths: int) -> Words:
    """A percentage with two decimals: 90,40 persen."""
    words = number(hundredths, 2)
    return Words(f"{words.id} persen", f"{words.en} percent")


def open_words(warning: Caution, position: Position, language: Language) -> str:
    """A warning as one line: where, what, and the reason on record or that one is asked for."""
    place = []
    if warning.phase is not None:
        place.append(Words(f"Tahap {warning.phase}", f"phase {warning.phase}").say(language))
    if warning.district is not None:
        place.append(position.names.get(warning.district, warning.district))
    asks = Words("mohon diberi alasan", "please give a reason").say(language)
    given = Words("alasan", "reason").say(language) + f": {warning.because}"
    start = ", ".join(place) + ": " if place else ""
    return f"{start}{warning.words.say(language)} ({asks if warning.because is None else given})"
