"""What lists and recaps show."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.wording import listed, meant
from ejps_core.dsl.check.world import World
from ejps_core.dsl.syntax import Token
from ejps_core.model.diagnostic import Fix
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import OUTPUT_NAMES, ReportColumn, ReportTotal
from ejps_core.model.types import Choice, Number, Region, YesNo
from ejps_core.model.words import Words

GROUPS = ("status", "selected", "phase")
"""Outputs by which a recap may be grouped."""
FAMILIES = "families"


def read_report(world: World, node: syntax.Report) -> tuple[tuple[ReportColumn, ...], tuple[ReportTotal, ...]]:
    """Columns and totals."""
    columns: list[ReportColumn] = []
    totals: list[ReportTotal] = []
    for line in node.lines:
        if isinstance(line, syntax.Columns):
            names = [column for column in line.columns if _column(world, column.name)]
            columns += [ReportColumn(column.name.text, column.masked is not None) for column in names]
        else:
            by = tuple(token.text for token in line.by if _group(world, token))
            of = tuple(FAMILIES if t.type == "FAMILY" else t.text for t in line.of if _total(world, t))
            totals.append(ReportTotal(by, of))
    return tuple(columns), tuple(totals)


def _unknown(world: World, token: Token, candidates: set[str], words: Words) -> bool:
    if token.text in world.lost:
        return False
    world.lost.add(token.text)
    close, span = meant(token.text, candidates), world.span(token)
    declared = [name for name in (*world.places, FAMILIES, *OUTPUT_NAMES) if name in candidates]
    allowed = listed(declared, 24)
    mend = Words(f"yang ada: {allowed}", f"there are: {allowed}")
    if close:
        mend = Words(f"maksudnya `{close}`? {mend.id}", f"did you mean `{close}`? {mend.en}")
    out = world.removed.get(token.text)
    why = (out, Words("dicabut di sini", "it was removed here")) if out else None
    world.findings.error("report-name", span, words, mend=mend, why=why, fix=Fix(span, close) if close else None)
    return False


def _family_names(world: World) -> set[str]:
    return {*world.fields[Level.FAMILY], *(n for n, d in world.definitions.items() if d.level is Level.FAMILY)}


def _column(world: World, token: Token) -> bool:
    names = _family_names(world) | set(OUTPUT_NAMES)
    if token.text in names:
        world.used.add(token.text)
        return True
    words = Words(
        f"`{token.text}` bukan data atau hitungan keluarga, dan bukan kolom hasil",
        f"`{token.text}` is no fact or definition of the family, and no output",
    )
    return _unknown(world, token, names, words)


def _group(world: World, token: Token) -> bool:
    text = token.text
    field, definition = world.fields[Level.FAMILY].get(text), world.definitions.get(text)
    kind = field.type if field else definition.type if definition and definition.level is Level.FAMILY else None
    if text in GROUPS or isinstance(kind, Region | Choice | YesNo):
        world.used.add(text)
        return True
    words = Words(
        f"rekap menurut wilayah, pilihan, ya/tidak, atau {', '.join(GROUPS)}; bukan menurut `{text}`",
        f"a recap is by region, choice, yes/no or {', '.join(GROUPS)}; not by `{text}`",
    )
    return _unknown(world, token, _family_names(world) | set(GROUPS), words)


def _total(world: World, token: Token) -> bool:
    if token.type == "FAMILY":
        return True
    text = token.text
    field, definition = world.fields[Level.FAMILY].get(text), world.definitions.get(text)
    kind = field.type if field else definition.type if definition and definition.level is Level.FAMILY else None
    if text == "amount" or text in world.benefits or isinstance(kind, Number):
        world.used.add(text)
        return True
    words = Words(
        f"yang dijumlahkan: keluarga, `amount`, bantuan, atau angka keluarga; bukan `{text}`",
        f"what is totalled: families, `amount`, benefits or numbers of the family; not `{text}`",
    )
    return _unknown(world, token, _family_names(world) | set(world.benefits) | {"amount"}, words)
