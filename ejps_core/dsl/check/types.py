"""Declared types, and constants against them."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.dsl import syntax
from ejps_core.dsl.check.wording import day_text, listed, meant, type_words
from ejps_core.dsl.check.world import FIRST_DAY, LAST_DAY, World
from ejps_core.dsl.numbers import REGION
from ejps_core.dsl.syntax import Token
from ejps_core.model.diagnostic import Fix
from ejps_core.model.span import Span
from ejps_core.model.types import Choice, Code, Date, Label, Number, Per, Region, Type, YesNo
from ejps_core.model.wording import number, value_words
from ejps_core.model.words import Language, Words

MOST_MONEY = 10**12
"""The bound of money without a bound of its own, in minor units."""

PERS = {
    "PER_MONTH": Per.MONTH,
    "PER_QUARTER": Per.QUARTER,
    "PER_YEAR": Per.YEAR,
    "PER_PHASE": Per.PHASE,
}


def per_of(token: Token | None) -> Per:
    """What money is counted by."""
    return Per.ONCE if token is None else PERS[token.type]


def declared(world: World, node: syntax.TypeSyntax) -> Type | None:
    """The type that is declared; None if it is wrong."""
    match node:
        case syntax.YesNoType():
            return YesNo()
        case syntax.WholeType() | syntax.DecimalType():
            return _bounded(world, node)
        case syntax.MoneyType():
            most = MOST_MONEY if node.most is None else money_value(world, node.most)
            return None if most is None else Number(world.header.minor_digits, 0, most, per_of(node.per))
        case syntax.DateType():
            low = FIRST_DAY if node.low is None else node.low.value[0]
            high = LAST_DAY if node.high is None else node.high.value[0]
            return Date(low, high) if _ordered(world, node, low, high) else None
        case syntax.BirthType():
            return Date(FIRST_DAY, LAST_DAY, birth=True)
        case syntax.ChoiceType():
            return _choice(world, node)
        case syntax.RegionType():
            return Region()
        case syntax.CodeType():
            return Code()
    raise AssertionError(node)


def _bounded(world: World, node: syntax.WholeType | syntax.DecimalType) -> Number | None:
    low, high = node.low.digits, node.high.digits
    scale = max(low.value[1], high.value[1])
    if isinstance(node, syntax.WholeType) and scale:
        word = "desimal" if world.language_at(node.span) is Language.ID else "decimal"
        words = Words("batas bilangan bulat tidak punya pecahan", "bounds of a whole number have no decimals")
        mend = Words(f"tulis `{word}` di depannya", f"write `{word}` in front")
        start = Span(node.span.path, node.span.line, node.span.column, node.span.line, node.span.column)
        world.findings.error("bounds-decimal", node.span, words, mend=mend, fix=Fix(start, word + " "))
        return None
    ends = [
        number.digits.value[0] * 10 ** (scale - number.digits.value[1]) * (-1 if number.minus else 1)
        for number in (node.low, node.high)
    ]
    return Number(scale, ends[0], ends[1]) if _ordered(world, node, *ends) else None


def _ordered(world: World, node: syntax.Syntax, low: int, high: int) -> bool:
    if low > high:
        words = Words("batas bawah lebih besar daripada batas atas", "the lower bound is above the upper one")
        mend = Words("tukar keduanya", "swap them")
        world.findings.error("bounds-turned", node.span, words, mend=mend)
    return low <= high


def _choice(world: World, node: syntax.ChoiceType) -> Choice:
    labels: dict[str, Label] = {}
    for label in node.labels:
        name = label.name.text
        if name in labels:
            first = next(other for other in node.labels if other.name.text == name)
            words = Words(f"label `{name}` sudah ada di pilihan ini", f"the label `{name}` is there already")
            why = (world.span(first.name), Words("yang pertama di sini", "the first one is here"))
            world.findings.error("label-twice", world.span(label.name), words, why=why)
        else:
            labels[name] = Label(name, world.titled(label.title, name))
    return Choice(tuple(labels.values()))


def money_value(world: World, token: Token) -> int | None:
    """An amount of money in minor units; None if its currency or its decimals don't fit."""
    value, digits, currency = token.value
    header = world.header
    if currency != header.currency:
        words = Words(
            f"mata uang berkas ini {header.currency}, bukan {currency}",
            f"the currency of this file is {header.currency}, not {currency}",
        )
        world.findings.error("currency-other", world.span(token), words)
        return None
    if digits > header.minor_digits:
        most = header.minor_digits
        words = Words(f"{currency} punya paling banyak {most} angka pecahan", f"{currency} has at most {most} decimals")
        world.findings.error("money-decimals", world.span(token), words)
        return None
    return value * int(10 ** (header.minor_digits - digits))


def number_of(world: World, node: syntax.Constant) -> tuple[int, Number] | None:
    """The value and exact type of a number, money or percentage."""
    value, digits, _ = node.token.value
    if node.token.type == "MONEY":
        minor = money_value(world, node.token)
        return None if minor is None else (minor, Number(world.header.minor_digits, minor, minor, per_of(node.per)))
    if node.token.type == "PERCENT":
        digits += 2
    if node.minus is not None:
        value = -value
    return value, Number(digits, value, value)


@dataclass(frozen=True, slots=True)
class Told:
    """A constant that fits its type."""

    value: bool | int | str


def told(world: World, node: syntax.Expr, kind: Type) -> Told | None:
    """The value of a constant (or label) that must be of a declared type and within its bounds."""
    if isinstance(kind, Choice):
        return _label(world, node, kind)
    if not isinstance(node, syntax.Constant):
        _misfit(world, node, kind)
        return None
    token = node.token
    match kind:
        case YesNo() if token.type in ("YES", "NO"):
            return Told(token.type == "YES")
        case Date() if token.type == "DATE":
            return _dated(world, node, kind)
        case Region() if token.type == "STRING":
            return Told(token.value[2]) if region_code(world, token) else None
        case Code() if token.type == "STRING":
            return Told(token.value[2])
        case Number() if token.type in ("INT", "DECIMAL", "PERCENT", "MONEY"):
            return _numbered(world, node, kind)
    _misfit(world, node, kind)
    return None


def _misfit(world: World, node: syntax.Expr, kind: Type) -> None:
    need = type_words(kind)
    words = Words(f"di sini harus ada {need.id}", f"here must be {need.en}")
    fix = None
    if isinstance(node, syntax.Constant) and isinstance(kind, Region | Code) and node.token.type in ("INT", "DECIMAL"):
        fix = Fix(node.span, f'"{node.token.text}"')
    world.findings.error("value-type", node.span, words, fix=fix)


def _label(world: World, node: syntax.Expr, kind: Choice) -> Told | None:
    if isinstance(node, syntax.Name):
        if node.token.text in kind.names:
            return Told(node.token.text)
        unknown_label(world, node.token, kind)
        return None
    words = Words(
        f"di sini harus ada salah satu label: {listed(kind.names)}", f"here must be one of the labels: {listed(kind.names)}"
    )
    fix = None
    if isinstance(node, syntax.Constant) and node.token.value[2] in kind.names:
        fix = Fix(node.span, node.token.value[2])
    world.findings.error("label-expected", node.span, words, fix=fix)
    return None


def unknown_label(world: World, token: Token, kind: Choice) -> None:
    """Says that a name is none of the labels."""
    name, span = token.text, world.span(token)
    close = meant(name, kind.names)
    words = Words(f"`{name}` bukan label pilihan ini", f"`{name}` is no label of this choice")
    mend = Words(f"pilihannya: {listed(kind.names)}", f"the labels are: {listed(kind.names)}")
    if close:
        mend = Words(f"maksudnya `{close}`? {mend.id}", f"did you mean `{close}`? {mend.en}")
    world.findings.error("label-unknown", span, words, mend=mend, fix=Fix(span, close) if close else None)


def _dated(world: World, node: syntax.Constant, kind: Date) -> Told | None:
    value = node.token.value[0]
    if kind.low <= value <= kind.high:
        return Told(value)
    low, high = day_text(kind.low), day_text(kind.high)
    words = Words(f"tanggal ini di luar batas {low}..{high}", f"this date is outside the bounds {low}..{high}")
    world.findings.error("value-bounds", node.span, words)
    return None


def _numbered(world: World, node: syntax.Constant, kind: Number) -> Told | None:
    read = number_of(world, node)
    if read is None:
        return None
    value, own = read
    if own.per is not kind.per:
        need, there = type_words(kind), type_words(own)
        words = Words(f"di sini harus ada {need.id}, bukan {there.id}", f"here must be {need.en}, not {there.en}")
        world.findings.error("value-type", node.span, words)
        return None
    if own.scale > kind.scale:
        _too_fine(world, node, kind, value, own)
        return None
    value *= int(10 ** (kind.scale - own.scale))
    if kind.low <= value <= kind.high:
        return Told(value)
    currency = world.header.currency
    low, high = value_words(kind.low, kind, currency), value_words(kind.high, kind, currency)
    words = Words(f"nilai ini di luar batas {low.id}..{high.id}", f"this value is outside the bounds {low.en}..{high.en}")
    world.findings.error("value-bounds", node.span, words)
    return None


def region_code(world: World, token: Token) -> bool:
    """Whether a text is a region code; else says so."""
    code = token.value[2]
    if REGION.fullmatch(code):
        return True
    words = Words(f'"{code}" bukan kode wilayah', f'"{code}" is no region code')
    mend = Words(
        'kode wilayah Kemendagri, misalnya "75", "75.01", "75.01.02", "75.01.02.2003"',
        'a Kemendagri region code, for example "75", "75.01", "75.01.02", "75.01.02.2003"',
    )
    digits = code.replace(".", "")
    fix = None
    if digits.isdigit() and len(digits) in (2, 4, 6, 10):
        parts = [digits[0:2], digits[2:4], digits[4:6], digits[6:10]]
        fix = Fix(world.span(token), '"' + ".".join(part for part in parts if part) + '"')
    world.findings.error("region-code", world.span(token), words, mend=mend, fix=fix)
    return False


def _too_fine(world: World, node: syntax.Constant, kind: Number, value: int, own: Number) -> None:
    """Says that a constant has more decimals than its type; of a percentage, which number it is."""
    words = Words(f"paling banyak {kind.scale} angka di belakang koma di sini", f"at most {kind.scale} decimals here")
    mend = None
    if kind.per is None:
        if node.token.type == "PERCENT":
            there = number(value, own.scale)
            percent = node.token.text
            words = Words(f"{percent} adalah {there.id}, dan {words.id}", f"{percent} is {there.en}, and {words.en}")
        zero, one = number(0, own.scale), number(10**own.scale, own.scale)
        mend = Words(
            f"beri tipenya angka di belakang koma secukupnya, misalnya `desimal {zero.id}..{one.id}`",
            f"give the type as many decimals, for example `decimal {zero.en}..{one.en}`",
        )
    world.findings.error("value-decimals", node.span, words, mend=mend)
