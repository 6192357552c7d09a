"""Random decision tables."""

from __future__ import annotations

from ejps_core.model.types import Choice, Number, Region, Type, YesNo
from tests.conformance.generate_draft import Binds, Draft, Kind, Typed, Wish
from tests.conformance.generate_numbers import either_type, named
from tests.conformance.generate_tables import AREAS, edges, rising, row

Column = tuple[str, list[str]]
"""What is looked at, and cells for it that leave nothing out."""


def decision(draft: Draft, wish: Wish, choice: Choice | None) -> tuple[list[str], Type]:
    """The lines of a decision table, the first one what stands behind the `=`, and the type of its value."""
    if draft.chance(0.3):
        single = _single(draft, wish, choice)
        if single:
            return single
    columns = [_column(draft, wish) for _ in range(draft.rng.choice((1, 2, 2, 3)))]
    rows = [[draft.rng.choice([*cells, "-"]) for _, cells in columns] for _ in range(draft.rng.choice((1, 2, 3, 4)))]
    rows.append(["-"] * len(columns))
    if len(columns) == 1 and draft.chance(0.5):
        rows = [[cell] for cell in columns[0][1]]
    draft.use("first row that fits")
    words = draft.say("first row that fits", "baris pertama yang cocok")
    return _written(draft, wish, choice, [words, [head for head, _ in columns], rows])


def _single(draft: Draft, wish: Wish, choice: Choice | None) -> tuple[list[str], Type] | None:
    """Rows of which only one can fit: all labels, or both answers, one after the other."""
    found = draft.pick(lambda n: isinstance(n.type, Choice | YesNo), wish.member)
    if found is None:
        return None
    cells = list(found.type.names) if isinstance(found.type, Choice) else [draft.say("yes", "ya"), draft.say("no", "tidak")]
    draft.rng.shuffle(cells)
    draft.use("single row that fits")
    words = draft.say("single row that fits", "satu baris yang cocok")
    return _written(draft, wish, choice, [words, [found.name], [[cell] for cell in cells]])


def _column(draft: Draft, wish: Wish) -> Column:
    found = draft.pick(lambda n: isinstance(n.type, Choice | YesNo | Number | Region), wish.member)
    if found is None:
        number = draft.write(Wish(Kind.NUMBER, 1, wish.member))
        return number.within(Binds.SUM), edges(draft, rising(draft, None))
    match found.type:
        case Choice(names=names):
            return found.name, [*names, ", ".join(names)]
        case YesNo():
            return found.name, [draft.say("yes", "ya"), draft.say("no", "tidak")]
        case Region():
            draft.use("decision by region")
            return found.name, [*(f'"{area}"' for area in draft.rng.sample(AREAS, 2)), "-"]
        case Number(per=per):
            return found.name, edges(draft, rising(draft, per))
    raise AssertionError(found)


def _written(draft: Draft, wish: Wish, choice: Choice | None, parts: list[object]) -> tuple[list[str], Type]:
    words, head, rows = parts
    assert isinstance(head, list) and isinstance(rows, list)
    values = [_value(draft, wish, choice) for _ in rows]
    lines = [str(words), row([*head, "="])]
    lines += [row([*cells, value.within(Binds.SUM)]) for cells, value in zip(rows, values, strict=True)]
    kind = values[0].type
    for value in values[1:]:
        if isinstance(kind, Number) and isinstance(value.type, Number):
            kind = either_type(kind, value.type)
    return lines, kind


def _value(draft: Draft, wish: Wish, choice: Choice | None) -> Typed:
    if choice is not None:
        return Typed(draft.rng.choice(choice.names), Binds.ATOM, choice)
    if wish.kind is Kind.YES_NO:
        return draft.write(Wish(Kind.YES_NO, 0, wish.member))
    found = named(draft, wish) if draft.chance(0.3) else None
    return found or draft.write(wish.deeper(Kind.NUMBER, per=wish.per))
