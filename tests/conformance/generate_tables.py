"""Random tables and scales, and expressions that look something up in them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ejps_core.model.types import Choice, Number, Per, Quotient, Region, Type, YesNo
from tests.conformance.generate_draft import Binds, Draft, Kind, Option, Typed, Wish
from tests.conformance.generate_numbers import LARGEST, fits

AREAS = ("75.01", "75.01.02", "75.04", "75.71", "71", "75")
PERCENTS = Number(2, 0, 100)
Argument = Callable[[Draft, Wish], "Typed | None"]


class Key:
    """A key: its name, the cells that leave nothing out (of regions something may), and what may be looked up."""

    def __init__(self, name: str, cells: list[str], argument: Argument) -> None:
        self.name, self.cells, self.argument = name, cells, argument


class Looked:
    """A table or scale: how its value comes from arguments."""

    def __init__(self, name: str, value: Type, keys: list[Key], construct: str) -> None:
        self.name, self.value, self.keys, self.construct = name, value, keys, construct


class Sliced:
    """A scale by slices: of what, in which scale, and how much is taken at most, in hundredths."""

    def __init__(self, name: str, of: Number, most: int) -> None:
        self.name, self.of, self.most = name, of, most


def row(cells: list[str], indent: str = "    ") -> str:
    """| a | b |"""
    return f"{indent}| {' | '.join(cells)} |"


# ---- keys


def edges(draft: Draft, numbers: list[str]) -> list[str]:
    """Cells below, at, between and above some rising numbers: every number is in one."""
    cells = [f"< {numbers[0]}"]
    for low, high in pairwise(numbers):
        cells.append(f"{low}..{high}" if draft.chance(0.5) else f"< {high}")
    last = draft.rng.choice((f">= {numbers[-1]}", f"{draft.say('from', 'mulai')} {numbers[-1]}", "-"))
    if len(numbers) > 1 and draft.chance(0.4):
        last = f"{draft.say('above', 'di atas')} {numbers[-1]}"
        cells[-1] = f"<= {numbers[-1]}"
    return [*cells, last]


def rising(draft: Draft, per: Per | None) -> list[str]:
    """One to three numbers, or sums of money, each larger than the one before."""
    count = draft.rng.choice((1, 2, 3))
    if per is None:
        return [draft.whole(number) for number in sorted(draft.rng.sample((1, 2, 3, 5, 18, 60, 300), count))]
    amounts = sorted(draft.rng.sample((100_000, 368_990, 1_000_000, 2_000_000), count))
    return [draft.money(amount * 10**draft.digits, draft.rng.choice((None, per))) for amount in amounts]


def number_key(draft: Draft) -> Key:
    """Numbers or money; now and then a quotient is looked up."""
    per = draft.rng.choice((None, None, *(n.type.per for n in draft.names if isinstance(n.type, Number))))

    def argument(on: Draft, wish: Wish) -> Typed | None:
        if per is None and on.chance(0.5):
            on.use("quotient looked up")
            found = on.write(wish.deeper(Kind.QUOTIENT))
            assert isinstance(found.type, Quotient)
            return found if found.type.denominator.high * 10**8 <= LARGEST else None
        return on.write(wish.deeper(Kind.NUMBER, per=per))

    return Key("angka", edges(draft, rising(draft, per)), argument)


def answer_key(draft: Draft) -> Key:
    """Yes or no."""
    answers = [draft.say("yes", "ya"), draft.rng.choice((draft.say("no", "tidak"), "-"))]
    return Key("jawaban", answers, lambda on, wish: on.write(wish.deeper(Kind.YES_NO)))


def choice_key(draft: Draft) -> Key | None:
    """The labels of a choice."""
    found = draft.pick(lambda n: isinstance(n.type, Choice), True)
    if found is None or not isinstance(found.type, Choice):
        return None
    kind, names = found.type, list(found.type.names)
    draft.rng.shuffle(names)
    cells = [", ".join(names[:2]), *names[2:]] if draft.chance(0.4) else names
    if draft.chance(0.3):
        cells[-1] = "-"

    def argument(on: Draft, wish: Wish) -> Typed | None:
        named = on.pick(lambda n: n.type == kind, wish.member)
        return Typed(named.name, Binds.ATOM, kind) if named else None

    return Key("pilihan", cells, argument)


def region_key(draft: Draft) -> Key | None:
    """Regions; of others nothing is known unless a last row takes them in."""
    if not any(isinstance(n.type, Region) for n in draft.names):
        return None
    cells = [f'"{area}"' for area in draft.rng.sample(AREAS, draft.rng.choice((1, 2, 3)))]
    if draft.chance(0.3):
        cells.append("-")
    draft.use("table by region")
    return Key("daerah", cells, lambda on, wish: on.write(wish.deeper(Kind.REGION)))


def some_key(draft: Draft) -> Key:
    """Any of them."""
    makers = (number_key, answer_key, choice_key, region_key, region_key)
    return draft.rng.choice(makers)(draft) or number_key(draft)


# ---- values


def _values(draft: Draft) -> tuple[Type, str, Callable[[], str]]:
    """The type of the values, as it is written, and what writes one."""
    rng = draft.rng
    if draft.chance(0.2):
        answers = (draft.say("yes", "ya"), draft.say("no", "tidak"))
        return YesNo(), draft.say("yes/no", "ya/tidak"), lambda: rng.choice(answers)
    if draft.chance(0.5):
        per = rng.choice((*(n.type.per for n in draft.names if isinstance(n.type, Number) and n.type.per), Per.ONCE))
        kind = Number(draft.digits, 0, 10**7, per)
        return kind, draft.say("money", "uang") + draft.by(per), lambda: _amount(draft, per)
    return Number(0, 0, 400), f"0..{draft.whole(400)}", lambda: draft.whole(rng.choice((0, 1, 2, 3, 5, 100, 400)))


def _amount(draft: Draft, per: Per) -> str:
    minor = draft.rng.choice((0, 100_000, 368_990, 900_000))
    return draft.money(minor, draft.rng.choice((None, per)))


# ---- statements


def tables(draft: Draft) -> None:
    """Some tables and scales."""
    for number in range(draft.rng.choice((0, 2, 3, 4, 5))):
        write = draft.rng.choice((_flat, _crossed, _crossed, _versions, _versions, _slices, _slices, _brackets, _brackets))
        write(draft, number)


def _since(draft: Draft) -> list[str]:
    """The days from which versions hold, the first one early enough; some published later."""
    day, days = draft.first - draft.rng.choice((0, 1, 400)), []
    for number in range(draft.rng.choice((1, 2, 3))):
        text = draft.date(day)
        if number and draft.chance(0.4):
            published = draft.date(day + draft.rng.choice((-20, 1, 60)))
            text += f" {draft.say('published', 'diumumkan')} {published}"
        days.append(text)
        day += draft.rng.choice((1, 30, 200))
    return days


def _head(draft: Draft, name: str, kind: str, keys: str) -> str:
    words = draft.say("table", "tabel"), draft.say("by", "menurut"), draft.say("source", "sumber")
    return f'{words[0]} {name}{draft.title("Tabel")} : {kind} {words[1]} {keys} {words[2]} "SK"'


def _flat(draft: Draft, number: int) -> None:
    """A table of one key."""
    key, (value, kind, write) = some_key(draft), _values(draft)
    draft.lines.append(_head(draft, f"tabel_{number}", kind, key.name))
    draft.lines.extend(row([cell, write()]) for cell in key.cells)
    draft.tables.append(Looked(f"tabel_{number}", value, [key], "table"))


def _crossed(draft: Draft, number: int) -> None:
    """A table of two keys."""
    one, two, (value, kind, write) = some_key(draft), some_key(draft), _values(draft)
    draft.lines.append(_head(draft, f"tabel_{number}", kind, f"{one.name}, {two.name}_kedua"))
    draft.lines.append(row([one.name, *two.cells]))
    draft.lines.extend(row([cell, *(write() for _ in two.cells)]) for cell in one.cells)
    draft.tables.append(Looked(f"tabel_{number}", value, [one, two], "table of two keys"))


def _versions(draft: Draft, number: int) -> None:
    """A table whose second key is the date."""
    key, (value, kind, write), days = some_key(draft), _values(draft), _since(draft)
    draft.lines.append(_head(draft, f"tabel_{number}", kind, f"{key.name}, {draft.say('date', 'tanggal')}"))
    draft.lines.append(row([key.name, *days]))
    draft.lines.extend(row([cell, *(write() for _ in days)]) for cell in key.cells)
    draft.tables.append(Looked(f"tabel_{number}", value, [key], "dated table"))


def _of(draft: Draft) -> tuple[Number, str]:
    """What a scale is of."""
    per = draft.rng.choice((None, *(n.type.per for n in draft.names if isinstance(n.type, Number))))
    if per is None:
        return Number(0, 0, 400), f"0..{draft.whole(400)}"
    return Number(draft.digits, 0, 10**12, per), draft.say("money", "uang") + draft.by(per)


def _steps(draft: Draft, per: Per | None, write: Callable[[], str], *, lowest: bool) -> list[str]:
    """Rising edges with their values; `lowest`: the first one is reached by all that isn't negative."""
    words = draft.say("from", "mulai"), draft.say("above", "di atas")
    zero = draft.money(0) if per else "0"
    first = [f"{words[0]} {zero}"] if lowest or draft.chance(0.7) else []
    more = [f"{draft.rng.choice(words)} {edge}" for edge in rising(draft, per)]
    return [row([edge, write()], "        ") for edge in (*first, *more)]


def _scale(draft: Draft, number: int, kind: str, how: str, of: str) -> None:
    draft.lines.append(f"{draft.say('scale', 'tarif')} tarif_{number}{draft.title('Tarif')} : {kind} {how} {of}")


def _slices(draft: Draft, number: int) -> None:
    """A scale by slices."""
    of, text = _of(draft)
    low, high = draft.decimal(0, 2), draft.decimal(100, 2)
    kind = f"{draft.say('decimal', 'desimal')} {low}..{high}"
    _scale(draft, number, kind, draft.say("by slices of", "per lapisan dari"), text)
    for day in _since(draft):
        draft.lines.append(f'    {draft.say("since", "sejak")} {day} {draft.say("source", "sumber")} "UU"')
        draft.lines.extend(_steps(draft, of.per, lambda: f"{draft.rng.choice((0, 5, 15, 40, 100))}%", lowest=False))
    draft.tables.append(Sliced(f"tarif_{number}", of, 100))


def _brackets(draft: Draft, number: int) -> None:
    """A scale by brackets."""
    (of, text), (value, kind, write) = _of(draft), _values(draft)
    _scale(draft, number, kind, draft.say("by bracket of", "per golongan dari"), text)
    for day in _since(draft):
        draft.lines.append(f'    {draft.say("since", "sejak")} {day} {draft.say("source", "sumber")} "UU"')
        draft.lines.extend(_steps(draft, of.per, write, lowest=True))
    key = Key("", [], lambda on, wish: on.write(wish.deeper(Kind.NUMBER, per=of.per, not_negative=True)))
    draft.tables.append(Looked(f"tarif_{number}", value, [key], "scale by brackets"))


# ---- expressions


def _look_up(draft: Draft, wish: Wish, table: Looked) -> Typed | None:
    arguments = [key.argument(draft, wish) for key in table.keys]
    texts = [argument.text for argument in arguments if argument is not None]
    if len(texts) < len(arguments):
        return None
    draft.use(table.construct)
    return Typed(f"{table.name}({', '.join(texts)})", Binds.ATOM, table.value)


def number_looked_up(draft: Draft, wish: Wish) -> Typed | None:
    """A number or money from a table or scale."""
    found = [each for each in draft.tables if isinstance(each, Looked) and fits(wish, each.value)]
    return _look_up(draft, wish, draft.rng.choice(found)) if found else None


def answer_looked_up(draft: Draft, wish: Wish) -> Typed | None:
    """Yes or no from a table or scale."""
    found = [each for each in draft.tables if isinstance(each, Looked) and isinstance(each.value, YesNo)]
    return _look_up(draft, wish, draft.rng.choice(found)) if found else None


def sliced(draft: Draft, wish: Wish) -> Typed | None:
    """What a scale by slices takes of a number."""
    found = [each for each in draft.tables if isinstance(each, Sliced) and each.of.per == wish.per]
    if not found:
        return None
    scale = draft.rng.choice(found)
    item = draft.write(wish.deeper(Kind.NUMBER, per=wish.per))
    assert isinstance(item.type, Number)
    digits = max(item.type.scale, scale.of.scale)
    high = max(item.type.high * 10 ** (digits - item.type.scale), 0) * scale.most
    if high * 2 > LARGEST or digits > 2:
        return None
    return Typed(f"{scale.name}({item.text})", Binds.ATOM, Number(digits + 2, 0, high, wish.per))


NUMBERS: dict[str, Option] = {"number looked up": number_looked_up, "scale by slices": sliced}
CONDITIONS: dict[str, Option] = {"answer looked up": answer_looked_up}
