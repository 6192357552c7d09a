"""Random definitions, rules, benefits and selections."""

from __future__ import annotations

from ejps_core.model.kinds import Level
from ejps_core.model.types import Choice, Number, Per, Quotient, Region
from tests.conformance.generate_dates import choice_case
from tests.conformance.generate_decisions import decision
from tests.conformance.generate_draft import Binds, Draft, Kind, Named, Typed, Wish
from tests.conformance.generate_header import choice_type
from tests.conformance.generate_members import oldest_choice

PAID_MOST = 10**11
"""Larger instalments would pass what can be proved when they are shared."""
RANKED_DIVISOR = 2**20
"""A quotient that ranks may have a divisor no larger than this."""


def definitions(draft: Draft) -> None:
    """Named values of the family and of each member, each reading earlier ones."""
    for i in range(draft.rng.choice((0, 1, 2, 3, 5, 7))):
        member = draft.chance(0.4)
        name = f"{'tiap' if member else 'hitung'}_{i}"
        words = draft.say("each member let", "tiap anggota hitung") if member else draft.say("let", "hitung")
        if draft.chance(0.2):
            _decided(draft, name, words, member)
            continue
        written, declared = _definition(draft, member)
        title = draft.title(f"Nilai {i}")
        draft.lines.append(f"{words} {name}{title}{declared} = {written.text}")
        draft.use("definition of each member" if member else "definition of the family")
        draft.names.append(Named(name, written.type, Level.MEMBER if member else Level.FAMILY))


def _decided(draft: Draft, name: str, words: str, member: bool) -> None:
    """A definition by a decision table."""
    kind = draft.rng.choice((Kind.CHOICE, Kind.CHOICE, Kind.NUMBER, Kind.YES_NO))
    choice, text = choice_type(draft) if kind is Kind.CHOICE else (None, "")
    per = draft.rng.choice((None, *_kinds_of_money(draft))) if kind is Kind.NUMBER else None
    lines, value = decision(draft, Wish(kind, 1, member, per), choice)
    draft.lines.append(f"{words} {name}{draft.title('Tabel keputusan')}{f' : {text}' if text else ''} = {lines[0]}")
    draft.lines.extend(lines[1:])
    draft.names.append(Named(name, value, Level.MEMBER if member else Level.FAMILY))


def _definition(draft: Draft, member: bool) -> tuple[Typed, str]:
    depth = draft.rng.choice((1, 2, 2, 3))
    kind = draft.rng.choice((*Kind, Kind.YES_NO, Kind.NUMBER, Kind.NUMBER, Kind.CHOICE, Kind.QUOTIENT))
    if kind is Kind.REGION and not any(isinstance(n.type, Region) for n in draft.names):
        kind = Kind.QUOTIENT
    if kind is Kind.CHOICE:
        choice, text = choice_type(draft)
        same = draft.pick(lambda n: isinstance(n.type, Choice) and n.level is Level.MEMBER, True)
        if same and isinstance(same.type, Choice) and not member:
            oldest = oldest_choice(draft, Wish(Kind.CHOICE, depth), same.type)
            names = ", ".join(same.type.names)
            if oldest:
                draft.use("choice of the oldest or youngest")
                return oldest, f" : {draft.say('one of', 'salah satu')} {names}"
        known = draft.pick(lambda n: isinstance(n.type, Choice) and not n.is_parameter, member)
        if known and isinstance(known.type, Choice) and draft.chance(0.6):
            choice, text = known.type, f"{draft.say('one of', 'salah satu')} {', '.join(known.type.names)}"
        draft.use("definition of a choice")
        return choice_case(draft, Wish(Kind.CHOICE, depth, member), choice), f" : {text}"
    per = draft.rng.choice((None, None, *_kinds_of_money(draft))) if kind in (Kind.NUMBER, Kind.QUOTIENT) else None
    draft.use(f"definition of a {kind.name.lower().replace('_', '/')}")
    return draft.write(Wish(kind, depth, member, per)), ""


def _kinds_of_money(draft: Draft) -> list[Per]:
    return [n.type.per for n in draft.names if isinstance(n.type, Number) and n.type.per]


def rules(draft: Draft) -> None:
    """Rules that must hold, and rules that must not."""
    for i in range(draft.rng.choice((1, 1, 2, 2, 3, 4))):
        refuse = draft.chance(0.35)
        words = draft.say("refuse", "gugur bila") if refuse else draft.say("require", "syarat")
        draft.use("refuse" if refuse else "require")
        under = ""
        if draft.chance(0.25):
            draft.use("legal basis of a rule")
            under = f' {draft.say("under", "dasar hukum")} "Pasal {i}"'
        draft.lines.append(f"{words} aturan_{i}{draft.title(f'Aturan {i}')}{under}")
        draft.lines.append(f"    {condition(draft, refuse)}")
        if draft.chance(0.2):
            draft.use("message")
            title = draft.title("Tidak cocok")
            draft.lines.append(f"    {draft.say('message', 'pesan')}{title or ' ' + chr(34) + 'Tidak' + chr(34)}")


def condition(draft: Draft, refuse: bool) -> str:
    """A rule's condition; a choice of two, so that not nearly all families fail."""
    wishes = [draft.write(Wish(Kind.YES_NO, draft.rng.choice((0, 1, 2, 2, 3)))) for _ in range(2)]
    if draft.chance(0.4):
        return wishes[0].text
    word = draft.say("and", "dan") if refuse else draft.say("or", "atau")
    draft.use("and" if refuse else "or")
    first, second = (wish.text if wish.binds < Binds.EXPRESSION else f"({wish.text})" for wish in wishes)
    return f"{first} {word} {second}"


def benefits(draft: Draft) -> None:
    """What the eligible get."""
    count = draft.rng.choice((1, 1, 2, 3))
    if count > 1:
        draft.use("several benefits")
    for i in range(count):
        per, times = _instalments(draft)
        kind = under = ""
        if draft.chance(0.25):
            draft.use("in kind")
            kind = f' {draft.say("in kind", "berupa barang")} "beras 10 kg"'
        if draft.chance(0.2):
            draft.use("legal basis of a benefit")
            under = f' {draft.say("under", "dasar hukum")} "Pasal 9"'
        draft.lines.append(f"{draft.say('pay', 'berikan')} bantuan_{i}{draft.title('Bantuan')}{kind}{under}")
        draft.lines.append(f"    {_amount(draft, per)}{times}")
        options = []
        if draft.chance(0.35):
            draft.use("only if")
            only = draft.write(Wish(Kind.YES_NO, draft.rng.choice((0, 1, 2))))
            options.append(f"    {draft.say('only if', 'hanya jika')} {only.text}")
        if draft.chance(0.4):
            options.append(f"    {_shares(draft)}")
        if draft.chance(0.3):
            options.extend(_caps(draft, per))
        draft.rng.shuffle(options)
        draft.lines.extend(options)


def _instalments(draft: Draft) -> tuple[Per, str]:
    """By what the benefit is counted, and for how many."""
    per = draft.rng.choice((Per.ONCE, Per.MONTH, Per.QUARTER, Per.YEAR, Per.PHASE, Per.PHASE))
    draft.use(f"benefit {per}")
    if per is Per.ONCE or (per is Per.PHASE and draft.each_phase):
        return per, ""
    unit = {
        Per.MONTH: ("months", "bulan"),
        Per.QUARTER: ("quarters", "triwulan"),
        Per.YEAR: ("years", "tahun"),
        Per.PHASE: ("phases", "tahap"),
    }[per]
    draft.use("benefit for n")
    return per, f" {draft.say('for', 'untuk')} {draft.rng.randint(1, 6)} {draft.say(*unit)}"


def _amount(draft: Draft, per: Per) -> str:
    """Money that can't be negative and has no fractions of a minor unit."""
    for _ in range(4):
        written = draft.write(Wish(Kind.NUMBER, draft.rng.choice((0, 1, 2, 2, 3)), False, per, not_negative=True))
        assert isinstance(written.type, Number)
        if written.type.high > PAID_MOST * 10**written.type.scale:
            continue
        if written.type.scale == draft.digits:
            return written.text
        step = draft.money(draft.rng.choice((1, 100, 1000)) * 10**draft.digits)
        way = draft.say(*draft.rng.choice((("round down", "bulatkan ke bawah"), ("round up", "bulatkan ke atas"))))
        draft.use("amount rounded")
        return f"{way} ({written.text}) {draft.say('to', 'ke')} {step}"
    return draft.money(178_150, per)


def _caps(draft: Draft, per: Per) -> list[str]:
    """At most so much for the family, for each member, or both."""
    scopes = (("each family", "tiap keluarga"), ("each member", "tiap anggota"))
    lines = []
    for scope in draft.rng.choice((scopes, scopes[:1], scopes[1:])):
        draft.use(f"cap {scope[0]}")
        most = draft.money(draft.rng.choice((0, 50_000, 178_150, 600_000)) * 10**draft.digits, per)
        lines.append(f"    {draft.say('at most', 'paling banyak')} {most} {draft.say(*scope)}")
    return lines


def _shares(draft: Draft) -> str:
    words = draft.say("shared", "ditanggung")
    parts = draft.rng.choice(((60, 40), (50, 30, 20), (33, 33, 34), (1, 99), (100,)))
    names = ("provinsi", "kabupaten", "desa")
    draft.use("shared by {}".format({1: "one", 2: "two", 3: "three"}[len(parts)]))
    if parts == (33, 33, 34) and draft.chance(0.5):
        point = draft.say(".", ",")
        return f"{words} provinsi 33{point}33%, kabupaten 33{point}33%, desa 33{point}34%"
    return f"{words} " + ", ".join(f"{name} {part}%" for name, part in zip(names, parts, strict=False))


# ---- selection


def choose(draft: Draft) -> None:
    """A ranking with or without areas, quota and reserve."""
    if draft.chance(0.35):
        return
    draft.use("choose")
    area, by_table = _area(draft)
    draft.lines.append(draft.say("choose", "pilih") + (f" per {area}" if area else ""))
    keys = [_order_key(draft) for _ in range(draft.rng.choice((0, 1, 1, 2)))]
    last = ("lowest first", "terkecil dahulu") if draft.chance(0.85) else ("highest first", "terbesar dahulu")
    keys.append(f"kk {draft.say(*last)}")
    draft.lines.append(f"    {draft.say('order by', 'urutkan menurut')} {', '.join(keys)}")
    if draft.chance(0.8):
        limits = []
        if draft.chance(0.8):
            limits.append(f"    {draft.say('at most', 'paling banyak')} {_quota(draft, by_table)}")
        if not limits or draft.chance(0.3):
            limits.append(f"    {draft.say('budget', 'pagu')} {_budget(draft, by_table)}")
        draft.rng.shuffle(limits)
        draft.lines.extend(limits)
        if draft.chance(0.7):
            rest = draft.chance(0.4)
            draft.use("reserve the rest" if rest else "reserve")
            number = draft.say("the rest", "sisanya") if rest else str(draft.rng.choice((0, 1, 2, 5)))
            draft.lines.append(f"    {draft.say('reserve', 'cadangan')} {number}")
    draft.lines.extend(draft.later)
    draft.later.clear()


def _area(draft: Draft) -> tuple[str, str]:
    """Of what there is one list each, and what of it a table is looked up by."""
    named = draft.pick(lambda n: isinstance(n.type, Region | Choice) and not n.is_parameter, False)
    if named is None or draft.chance(0.3):
        return "", ""
    if isinstance(named.type, Region) and draft.chance(0.6):
        draft.use("choose per area of a region")
        district = f"{draft.say('district of', 'kabupaten dari')} {named.name}"
        return district, draft.rng.choice((district, f"{draft.say('province of', 'provinsi dari')} {named.name}"))
    draft.use("choose per region" if isinstance(named.type, Region) else "choose per choice")
    return named.name, named.name if isinstance(named.type, Region) else ""


def _limit_table(draft: Draft, kind: str, values: list[str]) -> str:
    """A table of quotas or budgets by region."""
    name = f"batas_{kind}"
    table, by, source = draft.say("table", "tabel"), draft.say("by", "menurut"), draft.say("source", "sumber")
    areas = draft.rng.sample(("75.01", "75.04", "75.71", "75"), draft.rng.choice((1, 2, 3)))
    what = f"0..{draft.whole(9999)}" if kind == "kuota" else draft.say("money", "uang")
    rows = [f'    | "{area}" | {draft.rng.choice(values)} |' for area in areas]
    if draft.chance(0.4):
        rows.append(f"    | - | {values[0]} |")
    draft.later.extend([f'{table} {name} : {what} {by} daerah {source} "SK"', *rows])
    draft.use(f"{'quota' if kind == 'kuota' else 'budget'} by a table")
    return name


def _budget(draft: Draft, by_table: str) -> str:
    draft.use("budget")
    values = [draft.money(amount * 10**draft.digits) for amount in (0, 400_000, 1_000_000, 2_500_000, 10**9)]
    if by_table and draft.chance(0.85):
        return f"{_limit_table(draft, 'pagu', values)}({by_table})"
    return draft.rng.choice(values)


def _order_key(draft: Draft) -> str:
    last = ""
    if draft.chance(0.4):
        draft.use("unknown last")
        last = f" {draft.say('unknown last', 'belum diketahui terakhir')}"
    kind = draft.rng.choice((Kind.NUMBER, Kind.NUMBER, Kind.QUOTIENT, Kind.YES_NO, Kind.DATE))
    per = draft.rng.choice((None, *_kinds_of_money(draft)))
    key = draft.write(Wish(kind, draft.rng.choice((0, 0, 1, 2)), per=per if kind in (1, 2) else None))
    if isinstance(key.type, Quotient) and key.type.denominator.high > RANKED_DIVISOR:
        words = draft.say("count members", "jumlah anggota")
        divisor = Number(0, 1, 1000)
        top = draft.write(Wish(Kind.NUMBER, 0, per=per))
        assert isinstance(top.type, Number)
        key = Typed(f"{top.within(Binds.PRODUCT)} / {words}", Binds.PRODUCT, Quotient(top.type, divisor, per))
    text = key.within(Binds.SUM)
    if kind is Kind.YES_NO:
        draft.use("yes first")
        return f"{text} {draft.say('yes first', 'ya dahulu')}{last}"
    order = draft.rng.choice((("lowest first", "terkecil dahulu"), ("highest first", "terbesar dahulu")))
    draft.use(order[0])
    if kind is Kind.QUOTIENT:
        draft.use("ranked by a quotient")
    return f"{text} {draft.say(*order)}{last}"


def _quota(draft: Draft, by_table: str) -> str:
    if by_table and draft.chance(0.6):
        return f"{_limit_table(draft, 'kuota', ['0', '1', '2', '3', '1000'])}({by_table})"
    parameter = draft.pick(lambda n: n.is_parameter and _is_whole(n), False)
    if parameter and draft.chance(0.8):
        draft.use("quota by a parameter")
        return parameter.name
    draft.use("quota")
    return draft.whole(draft.rng.choice((0, 1, 2, 3, 5, 1000)))


def _is_whole(name: Named) -> bool:
    kind = name.type
    return isinstance(kind, Number) and kind.scale == 0 and kind.per is None and kind.low >= 0
