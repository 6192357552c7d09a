"""Fields of the family and its members, parameters with their dated rows; and names that are taken."""

from __future__ import annotations

from functools import cache

from ejps_core.dsl import syntax
from ejps_core.dsl.check.types import declared, told
from ejps_core.dsl.check.versions import dates_in_order, from_the_start, no_source
from ejps_core.dsl.check.world import World
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.tables import tables
from ejps_core.dsl.words import spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import OUTPUT_NAMES, Field, Parameter, ParameterRow, Privacy
from ejps_core.model.span import Span
from ejps_core.model.types import Code, Date, Number, Region, Type, YesNo
from ejps_core.model.words import Language, Words


@cache
def reserved_words(language: Language) -> frozenset[str]:
    """The keywords that can't be names in this language."""
    return frozenset(word for terminal in tables().reserved for word in spellings(terminal, language))


def free(world: World, token: Token, level: Level = Level.FAMILY) -> bool:
    """Whether a name is free; else says so. A keyword or the name of an output is refused too, but stays declared."""
    text, span = token.text, world.span(token)
    shown = level is Level.FAMILY and text in OUTPUT_NAMES
    if text in reserved_words(world.language_at(span)) or shown or text == "members":
        words = Words(
            f"`{text}` sudah punya arti di bahasa aturan", f"`{text}` has a meaning of its own in the rule language"
        )
        mend = Words(f"pilih nama lain, misalnya `{text}_keluarga`", f"choose another name, `{text}_of_family` for example")
        other = text + ("_keluarga" if world.language_at(span) is Language.ID else "_of_family")
        world.findings.error("name-reserved", span, words, mend=mend, fix=Fix(span, other))
    if text in world.places:
        words = Words(f"nama `{text}` sudah dipakai", f"the name `{text}` is taken")
        why = (world.places[text], Words("pertama kali di sini", "first here"))
        world.findings.error("name-twice", span, words, why=why, mend=Words("pilih nama lain", "choose another name"))
        return False
    world.places[text] = span
    return True


def read_fields(world: World, node: syntax.Fields) -> None:
    """Declares the facts of one level."""
    level = Level.FAMILY if node.level.type == "FAMILY" else Level.MEMBER
    if node.least is not None:
        _least(world, node, level)
    for line in node.fields:
        kind = declared(world, line.type)
        if not free(world, line.name, level):
            continue
        if kind is None:
            world.lost.add(line.name.text)
            continue
        world.fields[level][line.name.text] = _field(world, line, kind, level)


def _least(world: World, node: syntax.Fields, level: Level) -> None:
    assert node.least is not None
    least = node.least.value[0]
    if level is Level.FAMILY or least > 1:
        words = Words(
            "di sini hanya dapat ditulis `anggota paling sedikit 0 memiliki`",
            "only `members at least 0 have` can be said here",
        )
        world.findings.error("least-members", world.span(node.least), words)
    else:
        world.least_members = least


def _field(world: World, line: syntax.Field, kind: Type, level: Level) -> Field:
    source, purpose, flags = None, None, set()
    for option in line.options:
        if isinstance(option, syntax.Source):
            source = world.text(option.text)
        elif isinstance(option, syntax.Purpose):
            purpose = option.text.value[2]
        elif option.word.type in flags:
            words = Words("ini sudah dikatakan", "this has been said already")
            world.findings.error("option-twice", option.span, words, fix=Fix(option.span, ""))
        else:
            flags.add(option.word.type)
            _flag(world, option, kind)
    specific, personal = "SPECIFIC" in flags, "PERSONAL" in flags
    if specific and not (purpose or "").strip():
        _no_purpose(world, line)
    return Field(
        name=line.name.text,
        title=world.titled(line.title, line.name.text),
        type=kind,
        level=level,
        span=line.span,
        source=source,
        blank_is_no="BLANK_MEANS_NO" in flags,
        privacy=Privacy.SPECIFIC if specific else Privacy.PERSONAL if personal else Privacy.GENERAL,
        key="KEY" in flags,
        purpose=purpose,
    )


def _no_purpose(world: World, line: syntax.Field) -> None:
    """A specific fact (health, finance, …) is asked only for a purpose that is said."""
    flag = next(o for o in line.options if isinstance(o, syntax.Flag) and o.word.type == "SPECIFIC")
    span = flag.span
    words = Words(
        f"`{line.name.text}` adalah data spesifik; belum dikatakan untuk apa data ini diperlukan",
        f"`{line.name.text}` is a specific fact; what it is needed for is not said",
    )
    mend = Words('tambahkan `untuk "…"` di belakangnya', 'add `purpose "…"` after it')
    empty = next((o for o in line.options if isinstance(o, syntax.Purpose)), None)
    indonesian = world.language_at(span) is Language.ID
    text = 'untuk "menilai syarat program"' if indonesian else 'purpose "judging the rules of the program"'
    fix = Fix(empty.span, text) if empty else Fix(span, f"{flag.word.text} {text}")
    world.findings.error("purpose-missing", span, words, mend=mend, fix=fix)


def _flag(world: World, option: syntax.Flag, kind: Type) -> None:
    if option.word.type == "BLANK_MEANS_NO" and not isinstance(kind, YesNo):
        words = Words("hanya data ya/tidak yang kosongnya dapat berarti tidak", "only for a yes/no fact can a blank mean no")
        world.findings.error("blank-means-no", option.span, words, fix=Fix(option.span, ""))
    whole = isinstance(kind, Number) and kind.scale == 0 and kind.per is None
    if option.word.type == "KEY" and not (isinstance(kind, Code) or whole):
        words = Words("kunci adalah kode atau bilangan bulat", "a key is a code or a whole number")
        world.findings.error("key-type", option.span, words)


def check_keys(world: World) -> None:
    """Exactly one key in the family, at most one for members."""
    for level, fields in world.fields.items():
        keys = [f for f in fields.values() if f.key]
        for second in keys[1:]:
            words = Words("hanya satu data yang menjadi kunci", "only one fact can be the key")
            world.findings.error(
                "key-twice", second.span, words, why=(keys[0].span, Words("kunci yang pertama", "the first key"))
            )
        if level is Level.FAMILY and fields and not keys and not world.lost:
            first = next(iter(fields.values()))
            words = Words("keluarga belum punya kunci untuk mengenalinya", "the family has no key that identifies it")
            mend = Words(
                'tambahkan, misalnya `kk "Nomor KK" kode kunci pribadi`',
                'add one, for example `kk "Family card" code key personal`',
            )
            world.findings.error("key-missing", first.span, words, mend=mend)


def read_parameter(world: World, node: syntax.Parameter) -> None:
    """Declares a parameter with its rows."""
    kind = declared(world, node.type)
    if not free(world, node.name):
        return
    name = node.name.text
    if kind is None or isinstance(kind, Region | Code) or (isinstance(kind, Date) and kind.birth):
        if kind is not None:
            words = Words(
                "parameter adalah angka, uang, ya/tidak, tanggal, atau pilihan",
                "a parameter is a number, money, yes/no, a date or a choice",
            )
            world.findings.error("parameter-type", node.type.span, words)
        world.lost.add(name)
        return
    rows: list[ParameterRow] = []
    for row in node.rows:
        read = _row(world, node, row, kind)
        if read is not None:
            rows.append(read)
    days = [row.since for row in node.rows]
    dates_in_order(world, days)
    from_the_start(world, days, Words("parameter ini", "this parameter"))
    world.parameters[name] = Parameter(name, world.titled(node.title, name), kind, tuple(rows), _first_line(node))


def _first_line(node: syntax.Parameter) -> Span:
    return Span(node.span.path, node.span.line, node.span.column, node.name.line, node.name.end)


def _row(world: World, node: syntax.Parameter, row: syntax.Row, kind: Type) -> ParameterRow | None:
    source = row.source or node.source
    if source is None:
        no_source(world, row.span, Words("nilai ini", "this value"))
    value = told(world, row.value, kind)
    if value is None or source is None:
        return None
    since = row.since.value[0]
    published = row.published.value[0] if row.published else since
    return ParameterRow(since, published, value.value, world.text(source) or "", row.span)
