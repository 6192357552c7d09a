"""The head of the file: dates, currency, areas, phases."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.phases import calendars
from ejps_core.dsl.check.types import region_code
from ejps_core.dsl.check.world import World
from ejps_core.dsl.words import MONTHS, spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.ruleset import DecisionUnit, LeapRule
from ejps_core.model.words import Language, Words

MINOR_DIGITS = {"IDR": 0, "USD": 2, "EUR": 2}
LEAP_RULES = {(28, "february"): LeapRule.FEBRUARY_28, (1, "march"): LeapRule.MARCH_1}


def read_header(world: World, node: syntax.Program, *, whole: bool) -> None:
    """Fills in the header; only of a header read as a whole is it said what is missing."""
    header = world.header
    header.program, header.span = node.name.text, world.span(node.name)
    header.title = world.titled(node.title, node.name.text)
    seen: dict[type, syntax.Head] = {}
    for head in node.heads:
        once = not isinstance(head, syntax.Under | syntax.Phases)
        if once and type(head) in seen:
            words = Words("baris ini sudah ada di kepala berkas", "the header has this line already")
            why = (seen[type(head)].span, Words("yang pertama di sini", "the first one is here"))
            world.findings.error("header-twice", head.span, words, why=why)
        else:
            seen[type(head)] = head
            _head(world, head)
    missing = [kind for kind in (syntax.Decides, syntax.InForce, syntax.Currency) if kind not in seen]
    for kind in missing if whole else ():
        _missing(world, node, kind)
    plans = [head for head in node.heads if isinstance(head, syntax.Phases)]
    header.each_phase = syntax.EachPhase in seen
    header.calendars = calendars(world, plans, seen.get(syntax.EachPhase))


def _head(world: World, head: syntax.Head) -> None:
    header = world.header
    match head:
        case syntax.InForce(first=first, last=last):
            if first.value[0] > last.value[0]:
                words = Words("masa berlaku berakhir sebelum dimulai", "it ends before it begins")
                world.findings.error("dates-turned", head.span, words, mend=Words("tukar kedua tanggal", "swap the dates"))
            else:
                header.first, header.last, header.dated = first.value[0], last.value[0], True
        case syntax.Decides(unit=unit):
            header.unit = DecisionUnit.PERSON if unit.type == "PERSON" else DecisionUnit.FAMILY
            header.unit_span = head.span
        case syntax.Under(text=text):
            header.legal = (*header.legal, text.value[2])
        case syntax.Currency(code=code):
            _currency(world, code)
        case syntax.LeapDay():
            _leap_day(world, head)
        case syntax.OnePer():
            header.one_per = head
        case syntax.Areas(codes=codes):
            header.areas = tuple(code.value[2] for code in codes if region_code(world, code))
            header.areas_span = head.span
        case _:
            pass


def _currency(world: World, code: syntax.Token) -> None:
    if code.text in MINOR_DIGITS:
        world.header.currency, world.header.minor_digits = code.text, MINOR_DIGITS[code.text]
        return
    words = Words(f"mata uang `{code.text}` tidak dikenal", f"the currency `{code.text}` is not known")
    world.findings.error(
        "currency-unknown", world.span(code), words, mend=Words("pakai IDR, USD, atau EUR", "use IDR, USD or EUR")
    )


def _leap_day(world: World, head: syntax.LeapDay) -> None:
    own = 1 if world.language_at(head.span) is Language.ID else 0
    month = next((key for key, names in MONTHS.items() if head.month.text == names[own]), None)
    rule = LEAP_RULES.get((head.day.value[0], month or ""))
    if rule is not None:
        world.header.leap_rule = rule
        return
    one, two = ("28 februari", "1 maret") if own else ("28 february", "1 march")
    words = Words(f"tulis `{one}` atau `{two}`", f"write `{one}` or `{two}`")
    span = world.span(head.day).to(world.span(head.month))
    close = two if head.day.value[0] == 1 else one
    world.findings.error("leap-rule-unknown", span, words, fix=Fix(span, close))
    world.header.leap_rule = LeapRule.FEBRUARY_28


def _missing(world: World, node: syntax.Program, kind: type) -> None:
    language = world.language
    own = {
        syntax.Decides: (spellings("_DECIDES", language)[0], spellings("FAMILY", language)[0]),
        syntax.InForce: (spellings("_IN_FORCE", language)[0], f"2020-01-01 {spellings('_UNTIL', language)[0]} 2020-12-31"),
        syntax.Currency: (spellings("_CURRENCY", language)[0], "IDR"),
    }[kind]
    line = " ".join(own)
    words = Words(f"kepala berkas belum memuat `{own[0]} …`", f"the header lacks `{own[0]} …`")
    mend = Words(f"tambahkan baris `{line}` di bawahnya", f"add a line `{line}` below")
    world.findings.error("header-missing", world.span(node.name), words, mend=mend)
