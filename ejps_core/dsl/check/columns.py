"""The cells of one key of a table, for the argument that is looked up: a test each, and what each takes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ejps_core.dsl import syntax
from ejps_core.dsl.check.conditions import COMPARISONS, alike
from ejps_core.dsl.check.coverage import Cover, Place, Stretch
from ejps_core.dsl.check.types import region_code, told
from ejps_core.dsl.check.wording import day_text
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Age, And, Between, Compare, DecisionDate, Expr, InArea, Literal, Not, OneOf, Or
from ejps_core.model.kinds import Comparison
from ejps_core.model.types import Choice, Code, Date, Number, Per, Quotient, Region, YesNo
from ejps_core.model.wording import value_words
from ejps_core.model.words import Words, same

EDGES = COMPARISONS | {"FROM_EDGE": Comparison.AT_LEAST, "OVER_EDGE": Comparison.ABOVE}


@dataclass(frozen=True, slots=True)
class Fit:
    """A cell: its test (None: it takes in everything), and what it takes in."""

    test: Expr | None
    cover: Cover


@dataclass(frozen=True, slots=True)
class Column:
    """A key with its cells. `codes`: the regions that stand in them; a place elsewhere comes after them."""

    item: Expr
    whole: Stretch
    fits: tuple[Fit, ...]
    codes: tuple[str, ...] = ()

    def words(self, at: At, place: Place) -> Words:
        """A value of the key, as it is written."""
        kind, number = self.item.type, int(place[0])
        match kind:
            case Choice():
                return same(kind.names[number])
            case YesNo():
                return Words("ya" if number else "tidak", "yes" if number else "no")
            case Region():
                known = number < len(self.codes)
                return same(f'"{self.codes[number]}"') if known else Words("wilayah lain", "another region")
            case Date():
                return same(day_text(number))
            case Number():
                return value_words(number, kind, at.world.header.currency)
        more = Words("sedikit di atas ", "a little above ") if place[1] else same("")
        return Words(f"{more.id}{place[0]}", f"{more.en}{place[0]}")


def column(at: At, item: Expr, cells: Sequence[syntax.Cell]) -> Column | None:
    """The key with all its cells; None if one is wrong (that is said)."""
    kind = item.type
    if isinstance(kind, Code):
        at.error("code-compared", item.span, "kode hanya untuk mengenali", "a code only identifies")
        return None
    if isinstance(kind, Region):
        return _regions(at, item, cells)
    whole = _whole(item)
    fits = [_fit(at, item, whole, cell) for cell in cells]
    good = tuple(fit for fit in fits if fit is not None)
    return Column(item, whole, good) if len(good) == len(fits) else None


def _whole(item: Expr) -> Stretch:
    """Everything that the argument may be."""
    match item.type:
        case Choice(names=names):
            return _step(0), _step(len(names))
        case YesNo():
            return _step(0), _step(2)
        case Number(low=low, high=high):
            born = isinstance(item, Age) and isinstance(item.on, DecisionDate)  # nobody is born after that day
            return _step(max(low, 0) if born else low), _step(high + 1)
        case Date(low=low, high=high):
            return _step(low), _step(high + 1)
        case Quotient(numerator=top, denominator=bottom):
            most = Fraction(max(abs(top.low), abs(top.high)) * 10**bottom.scale, max(1, bottom.low) * 10**top.scale)
            return (-most if top.low < 0 else Fraction(0), 0), (most, 1)
    raise AssertionError(item)


def _step(number: int) -> Place:
    return Fraction(number), 0


def _fit(at: At, item: Expr, whole: Stretch, cell: syntax.Cell) -> Fit | None:
    if isinstance(cell, syntax.AnyCell):
        return Fit(None, (whole,))
    if isinstance(item.type, Choice | YesNo):
        return _answers(at, item, cell)
    return _numbers(at, item, whole, cell)


def wrong_cell(at: At, cell: syntax.Cell, need: Words) -> None:
    """Says what must stand in a cell."""
    at.error("cell", cell, f"di sel ini harus ada {need.id}", f"this cell must have {need.en}")


def _answers(at: At, item: Expr, cell: syntax.Cell) -> Fit | None:
    """Labels of a choice; yes or no."""
    kind = item.type
    if not isinstance(cell, syntax.ListCell):
        choice = Words("label pilihannya, atau `-`", "labels of the choice, or `-`")
        answer = Words("`ya`, `tidak`, atau `-`", "`yes`, `no`, or `-`")
        wrong_cell(at, cell, choice if isinstance(kind, Choice) else answer)
        return None
    answers = [told(at.world, node, kind) for node in cell.items]
    if any(answer is None for answer in answers):
        return None
    values = list(dict.fromkeys(answer.value for answer in answers if answer is not None))
    if isinstance(kind, Choice):
        numbers = [kind.names.index(str(value)) for value in values]
        test: Expr | None = OneOf(type=YesNo(), span=cell.span, item=item, labels=tuple(map(str, values)))
    else:
        numbers = [int(value) for value in values]
        test = None if len(values) == 2 else item if values[0] else Not(type=YesNo(), span=cell.span, item=item)
    return Fit(test, tuple((_step(number), _step(number + 1)) for number in numbers))


def _limit(at: At, item: Expr, node: syntax.Expr) -> Literal | None:
    """A constant that can be compared with the argument; money without a count is counted like it."""
    found = at.read(node)
    if found is None:
        return None
    if not isinstance(found, Literal):
        words = "di sel tabel hanya boleh angka tetap", "only constants may stand in a cell of a table"
        at.error("cell", node, *words)
        return None
    kind, own = found.type, item.type
    if isinstance(kind, Number) and kind.per is Per.ONCE and isinstance(own, Number | Quotient) and own.per is not None:
        found = Literal(type=Number(kind.scale, kind.low, kind.high, own.per), span=found.span, value=found.value)
    return found if alike(at, node, own, found.type) else None


def _size(limit: Literal) -> Fraction:
    scale = limit.type.scale if isinstance(limit.type, Number) else 0
    return Fraction(int(limit.value), 10**scale)


def _place(item: Expr, value: Fraction, *, after: bool) -> Place:
    """The first value of the argument that is not below (after: that is above) a number."""
    if isinstance(item.type, Quotient):
        return value, int(after)
    scaled = value * 10 ** (item.type.scale if isinstance(item.type, Number) else 0)
    return _step(scaled.__floor__() + 1) if after else _step(scaled.__ceil__())


def _numbers(at: At, item: Expr, whole: Stretch, cell: syntax.Cell) -> Fit | None:
    """Numbers, money, dates, quotients: listed, in a range, or on one side of an edge."""
    match cell:
        case syntax.ListCell(items=nodes):
            limits = [_limit(at, item, node) for node in nodes]
            good = [limit for limit in limits if limit is not None]
            if len(good) < len(limits):
                return None
            tests = [_compare(cell, Comparison.EQUAL, item, limit) for limit in good]
            test = tests[0] if len(tests) == 1 else Or(type=YesNo(), span=cell.span, items=tuple(tests))
            return Fit(test, tuple(stretch for limit in good for stretch in _equal(item, limit)))
        case syntax.RangeCell():
            return _range(at, item, cell)
        case syntax.BoundCell():
            limit = _limit(at, item, cell.value)
            if limit is None:
                return None
            how = EDGES[cell.how.type]
            return Fit(_compare(cell, how, item, limit), _side(item, whole, how, _size(limit)))
    wrong_cell(at, cell, Words("nilai, jangkauan, batas, atau `-`", "values, a range, an edge, or `-`"))
    return None


def _compare(cell: syntax.Cell, how: Comparison, item: Expr, limit: Literal) -> Expr:
    return Compare(type=YesNo(), span=cell.span, how=how, left=item, right=limit)


def _equal(item: Expr, limit: Literal) -> Cover:
    low, high = (_place(item, _size(limit), after=after) for after in (False, True))
    return ((low, high),) if low < high else ()


def _side(item: Expr, whole: Stretch, how: Comparison, value: Fraction) -> Cover:
    edge = _place(item, value, after=how in (Comparison.ABOVE, Comparison.AT_MOST))
    stretch = (edge, whole[1]) if how in (Comparison.ABOVE, Comparison.AT_LEAST) else (whole[0], edge)
    return (stretch,) if stretch[0] < stretch[1] else ()


def _range(at: At, item: Expr, cell: syntax.RangeCell) -> Fit | None:
    low, high = _limit(at, item, cell.low), _limit(at, item, cell.high)
    if low is None or high is None:
        return None
    if _size(low) > _size(high):
        at.error(
            "bounds-turned", cell, "batas bawah lebih besar daripada batas atas", "the lower bound is above the upper one"
        )
        return None
    start, end = _place(item, _size(low), after=False), _place(item, _size(high), after=True)
    cover: Cover = ((start, end),) if start < end else ()
    if isinstance(item.type, Quotient):
        ends = ((Comparison.AT_LEAST, low), (Comparison.AT_MOST, high))
        test: Expr = And(type=YesNo(), span=cell.span, items=tuple(_compare(cell, how, item, end) for how, end in ends))
        return Fit(test, cover)
    return Fit(Between(type=YesNo(), span=cell.span, item=item, low=low, high=high), cover)


def _regions(at: At, item: Expr, cells: Sequence[syntax.Cell]) -> Column | None:
    """Regions: a row takes in what lies in its areas; of the areas that stand nowhere nothing is known beforehand."""
    lists: list[tuple[str, ...] | None] = []
    for cell in cells:
        if isinstance(cell, syntax.AnyCell):
            lists.append(())
        else:
            lists.append(_codes(at, cell))
    if any(codes is None for codes in lists):
        return None
    known = [codes for codes in lists if codes is not None]
    every = tuple(sorted({code for codes in known for code in codes}))
    whole = (_step(0), _step(len(every) + 1))
    fits = []
    for cell, codes in zip(cells, known, strict=True):
        inside = [n for n, code in enumerate(every) if any(code == area or code.startswith(area + ".") for area in codes)]
        test = InArea(type=YesNo(), span=cell.span, item=item, areas=codes) if codes else None
        fits.append(Fit(test, tuple((_step(n), _step(n + 1)) for n in inside) if codes else (whole,)))
    return Column(item, whole, tuple(fits), every)


def _codes(at: At, cell: syntax.Cell) -> tuple[str, ...] | None:
    codes = []
    for node in cell.items if isinstance(cell, syntax.ListCell) else ():
        if not (isinstance(node, syntax.Constant) and node.token.type == "STRING"):
            break
        if not region_code(at.world, node.token):
            return None
        codes.append(node.token.value[2])
    if isinstance(cell, syntax.ListCell) and len(codes) == len(cell.items):
        return tuple(codes)
    wrong_cell(at, cell, Words('kode wilayah seperti "75.01", atau `-`', 'region codes like "75.01", or `-`'))
    return None
