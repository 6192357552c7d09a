"""Random headers and fields: what a rule text may read."""

from __future__ import annotations

from datetime import date

from ejps_core.model.calendar import day_number
from ejps_core.model.kinds import Level
from ejps_core.model.types import Choice, Code, Date, Label, Number, Per, Region, Type, YesNo
from ejps_core.model.words import same
from tests.conformance.generate_conditions import CODES, DATE
from tests.conformance.generate_draft import Draft, Named

MONEY_MOST = 10**12
YES_NO_NAMES = (
    "terdaftar",
    "terdampak",
    "menyewa",
    "pkh",
    "bpnt",
    "shared",
    "source",
    "sumber",
    "kunci",
    "layak",
)
NUMBER_NAMES = ("desil", "kamar", "tanggungan", "skor", "luas", "level", "nilai")
MONEY_NAMES = ("penghasilan", "tabungan", "sewa", "upah", "utang")
CHOICE_NAMES = ("pekerjaan", "lantai", "status_rumah")
LABELS = ("aktif", "pindah", "tetap", "lain", "hilang")


def header(draft: Draft) -> None:
    """The first statement; also sets the dates and phases that later ones must keep to."""
    rng = draft.rng
    draft.first = day_number(date(2019, rng.choice((6, 9, 12)), rng.choice((1, 15))))
    draft.last = draft.first + rng.choice((200, 400, 700, 900))
    draft.lines.append("ejps 1 " + draft.language.value)
    draft.lines.append(f"program acak{draft.title('Program acak')}")
    draft.each_phase = draft.chance(0.35)
    draft.has_phases = draft.each_phase or draft.chance(0.4)
    parts = [[f"    {draft.say('decides family', 'menetapkan keluarga')}"], _in_force(draft), _money(draft)]
    parts.append(_leap(draft))
    for _ in range(rng.choice((0, 1, 1, 2))):
        draft.use("legal basis of the program")
        parts.append([f'    {draft.say("under", "dasar hukum")} "Perbup {rng.randrange(99)}/2020"'])
    if draft.chance(0.3):
        draft.use("program for areas")
        areas = ", ".join(f'"{code}"' for code in rng.choice((("75",), ("75", "71"))))
        parts.append([f"    {draft.say('for', 'untuk')} {areas}"])
    if draft.each_phase:
        draft.use("decided each phase")
        parts.append([f"    {draft.say('decided each phase', 'ditetapkan tiap tahap')}"])
    parts.extend(_calendars(draft))
    rng.shuffle(parts)
    draft.lines.extend(line for part in parts for line in part)


def _in_force(draft: Draft) -> list[str]:
    words = draft.say("in force {} until {}", "berlaku {} sampai {}")
    return ["    " + words.format(draft.date(draft.first), draft.date(draft.last))]


def _money(draft: Draft) -> list[str]:
    draft.currency, draft.digits = draft.rng.choice((("IDR", 0), ("IDR", 0), ("USD", 2), ("EUR", 2)))
    draft.use(f"currency {draft.currency}")
    return [f"    {draft.say('currency', 'mata uang')} {draft.currency}"]


def _leap(draft: Draft) -> list[str]:
    words = draft.say("leap day birthday", "ulang tahun kabisat")
    if draft.chance(0.5):
        draft.use("leap day 28 february")
        return [f"    {words} 28 {draft.say('february', 'februari')}"]
    draft.use("leap day 1 march")
    return [f"    {words} 1 {draft.say('march', 'maret')}"]


def _calendars(draft: Draft) -> list[list[str]]:
    if not draft.has_phases:
        return []
    calendars = [_calendar(draft, ())] if draft.each_phase or draft.chance(0.8) else []
    draft.has_phases = bool(calendars)
    taken = draft.rng.sample(CODES[:7], draft.rng.choice((0, 1, 2, 3)) if calendars else 2)
    if len(taken) == 3:
        calendars.append(_calendar(draft, (taken.pop(), taken.pop())))
    calendars.extend(_calendar(draft, (area,)) for area in taken)
    return calendars


def _calendar(draft: Draft, areas: tuple[str, ...]) -> list[str]:
    draft.use("phases of areas" if areas else "phases")
    where = ""
    if areas:
        where = f" {draft.say('in area', 'di wilayah')} {', '.join(f'{chr(34)}{a}{chr(34)}' for a in areas)}"
    lines = [f'    {draft.say("phases", "jadwal tahap")}{where} {draft.say("source", "sumber")} "asumsi: acak"']
    first, last_day = draft.first - draft.rng.choice((0, 0, 30)), draft.last
    if not draft.each_phase and draft.chance(0.3):
        draft.use("phases that leave days out")
        first, last_day = draft.first + draft.rng.choice((0, 40)), draft.last - draft.rng.choice((1, 100))
    number, length = 1, draft.rng.choice((60, 90, 200))
    words = draft.say("{} from {} until {}", "{} mulai {} sampai {}")
    while first <= last_day:
        last = first + length + draft.rng.randrange(30) - 1
        lines.append("        " + words.format(number, draft.date(first), draft.date(last)))
        number, first = number + 1, last + 1
    return lines


# ---- fields


def fields(draft: Draft) -> None:
    """What the lists of families and members have."""
    rng = draft.rng
    draft.lines.append(draft.say("family has", "keluarga memiliki"))
    lines = [_key(draft)]
    if draft.chance(0.75):
        lines.append(_field(draft, "alamat", Region(), draft.say("region", "wilayah"), Level.FAMILY))
        if draft.chance(0.2):
            lines.append(_field(draft, "asal", Region(), draft.say("region", "wilayah"), Level.FAMILY))
    lines.extend(_facts(draft, Level.FAMILY, ""))
    rng.shuffle(lines)
    draft.lines.extend(lines)
    some = draft.say("members have", "anggota memiliki")
    if draft.chance(0.35):
        draft.use("members at least 0")
        draft.may_be_empty = True
        some = draft.say("members at least 0 have", "anggota paling sedikit 0 memiliki")
    elif draft.chance(0.1):
        some = draft.say("members at least 1 have", "anggota paling sedikit 1 memiliki")
    draft.lines.append(some)
    lines = _facts(draft, Level.MEMBER, "_anggota")
    own_key = _member_key(draft)
    lines.extend(own_key)
    rng.shuffle(lines)
    draft.lines.extend(lines)
    _one_per(draft, ["kk", *(line.split()[0] for line in own_key)])


def _one_per(draft: Draft, keys: list[str]) -> None:
    """Now and then one award per key, written into the header."""
    if not draft.chance(0.15):
        return
    draft.use("one per")
    named = ", ".join(draft.rng.sample(keys, draft.rng.randint(1, len(keys))))
    periods = ["", draft.say(" in the whole program", " selama program")]
    if draft.has_phases or draft.each_phase:
        periods.append(draft.say(" each phase", " tiap tahap"))
    words = draft.say("one per", "satu tiap")
    place = next(number for number, line in enumerate(draft.lines) if line.startswith("program acak"))
    draft.lines.insert(place + 1, f"    {words} {named}{draft.rng.choice(periods)}")


def _key(draft: Draft) -> str:
    key = draft.say("key", "kunci")
    if draft.chance(0.3):
        draft.use("whole number key")
        draft.names.append(Named("kk", Number(0, 1, 99999), Level.FAMILY, is_field=True))
        return f"    kk 1..99999 {key}"
    draft.use("code key")
    code, personal = draft.say("code", "kode"), draft.say("personal", "pribadi")
    return f"    kk{draft.title('Nomor KK')} {code} {key} {personal}"


def _member_key(draft: Draft) -> list[str]:
    if draft.chance(0.3):
        return []
    draft.use("member key")
    key = draft.say("key", "kunci")
    return [f"    nik {draft.say('code', 'kode')} {key}" if draft.chance(0.6) else f"    nomor 1..50 {key}"]


def _field(draft: Draft, name: str, kind: Type, text: str, level: Level) -> str:
    draft.names.append(Named(name, kind, level, is_field=True))
    draft.use(f"field {type(kind).__name__.lower()}")
    return f"    {name}{draft.title(name)} {text}{_marks(draft, kind)}"


def _marks(draft: Draft, kind: Type) -> str:
    marks = []
    if draft.chance(0.3):
        named = draft.chance(0.5)
        draft.use("source of a field by name" if named else "source of a field as a text")
        marks.append(draft.say("source", "sumber") + (" dtks" if named else ' "Dukcapil"'))
    if isinstance(kind, YesNo) and draft.chance(0.25):
        draft.use("blank means no")
        marks.append(draft.say("blank means no", "kosong berarti tidak"))
    if draft.chance(0.2):
        words = draft.rng.choice((("personal", "pribadi"), ("specific", "spesifik")))
        draft.use(words[0])
        purpose = draft.say(' purpose "deciding"', ' untuk "menilai"') if words[0] == "specific" else ""
        marks.append(draft.say(*words) + purpose)
    draft.rng.shuffle(marks)
    return "".join(f" {mark}" for mark in marks)


def _facts(draft: Draft, level: Level, suffix: str) -> list[str]:
    rng = draft.rng
    lines = []
    for name in rng.sample(YES_NO_NAMES, rng.choice((1, 2, 3))):
        lines.append(_field(draft, name + suffix, YesNo(), draft.say("yes/no", "ya/tidak"), level))
    for name in rng.sample(NUMBER_NAMES, rng.choice((1, 1, 2))):
        kind, text = number_type(draft)
        lines.append(_field(draft, name + suffix, kind, text, level))
    for name in rng.sample(MONEY_NAMES, rng.choice((0, 1, 1, 2))):
        money, text = money_type(draft)
        lines.append(_field(draft, name + suffix, money, text, level))
    if draft.chance(0.35):
        kind_of_date, text = date_type(draft)
        lines.append(_field(draft, "tgl" + suffix, kind_of_date, text, level))
    if draft.chance(0.75 if level is Level.MEMBER else 0.25):
        draft.use("field date of birth")
        text = draft.say("date of birth", "tanggal lahir")
        lines.append(_field(draft, "lahir" + suffix, Date(DATE.low, DATE.high, birth=True), text, level))
    if draft.chance(0.5):
        choice, text = choice_type(draft)
        lines.append(_field(draft, rng.choice(CHOICE_NAMES) + suffix, choice, text, level))
    if draft.chance(0.1):
        lines.append(f"    nama{suffix} {draft.say('code', 'kode')} {draft.say('personal', 'pribadi')}")
        draft.use(f"field {Code.__name__.lower()}")
    return lines


def number_type(draft: Draft) -> tuple[Number, str]:
    """A whole number or decimal with bounds."""
    if draft.chance(0.3):
        scale = draft.rng.choice((1, 2))
        kind = Number(scale, 0, draft.rng.choice((100, 5000, 999_999)))
        draft.use("field decimal")
        low, high = draft.decimal(kind.low, scale), draft.decimal(kind.high, scale)
        return kind, f"{draft.say('decimal', 'desimal')} {low}..{high}"
    low_end = draft.rng.choice((0, 0, 1, 1, -5))
    kind = Number(0, low_end, draft.rng.choice((4, 10, 60, 1000)))
    draft.use("field with negative numbers" if low_end < 0 else "field whole")
    return kind, f"{draft.whole(kind.low)}..{draft.whole(kind.high)}"


def money_type(draft: Draft) -> tuple[Number, str]:
    """Money by month, quarter, year, phase, or one-off."""
    per = draft.rng.choice((Per.MONTH, Per.MONTH, Per.ONCE, Per.QUARTER, Per.YEAR, Per.PHASE))
    draft.use(f"money {per}")
    text = draft.say("money", "uang") + draft.by(per)
    if draft.chance(0.4):
        return Number(draft.digits, 0, MONEY_MOST, per), text
    draft.use("money up to")
    most = draft.rng.choice((1_000_000, 2_000_000, 100_000_000)) * 10**draft.digits
    return Number(draft.digits, 0, most, per), f"{text} {draft.say('up to', 'hingga')} {draft.money(most)}"


def date_type(draft: Draft) -> tuple[Date, str]:
    """A date with or without bounds."""
    word = draft.say("date", "tanggal")
    if draft.chance(0.5):
        return DATE, word
    draft.use("date bounds")
    low, high = draft.first - draft.rng.choice((30, 20_000)), draft.last + 10
    return Date(low, high), f"{word} {draft.date(low)}..{draft.date(high)}"


def choice_type(draft: Draft) -> tuple[Choice, str]:
    """One of some labels."""
    names = draft.rng.sample(LABELS, draft.rng.choice((1, 2, 3, 4)))
    labels = [Label(name, same(name)) for name in names]
    text = ", ".join(f"{name}{draft.title(name)}" for name in names)
    return Choice(tuple(labels)), f"{draft.say('one of', 'salah satu')} {text}"
