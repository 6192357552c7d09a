"""Fields that a list must bring although nothing depends on them, directly or through what is read."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.model.asof import AsOf
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.expr import DefinitionRef, Expr, FieldRef, OfOldest
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import Region
from ejps_core.model.walk import whole
from ejps_core.model.words import Words

CODE = "unread-field"


def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterator[Diagnostic]:
    """A finding for each field that neither verdict, amount, selection nor report reads, and that has no stated purpose."""
    read = _read(ruleset)
    for field in (*ruleset.family_fields, *ruleset.member_fields):
        if not (field.key or field.purpose) and (field.level, field.name) not in read and not _is_home(ruleset, field.name):
            yield Diagnostic(
                CODE,
                Severity.REMARK,
                field.span,
                Words(f"Data {field.name} tidak dibaca oleh apa pun.", f"Nothing reads the fact {field.name}."),
                Words(
                    "Hapus: data warga yang tidak diperlukan jangan diminta (UU 27/2022). Atau tampilkan di `laporan`.",
                    "Take it out: facts of people that aren't needed must not be asked for. Or show it in the `report`.",
                ),
            )


def _read(ruleset: Ruleset) -> set[tuple[Level, str]]:
    """The fields on which anything that comes out depends."""
    waiting = list(_roots(ruleset))
    shown = {column.name for column in ruleset.columns} | {n for total in ruleset.totals for n in (*total.by, *total.of)}
    found = {(Level.FAMILY, name) for name in shown}
    waiting += [definition.value for definition in ruleset.definitions if definition.name in shown]
    seen: set[str] = set()
    while waiting:
        for node in whole(waiting.pop()):
            if isinstance(node, FieldRef):
                found.add((node.level, node.name))
            elif isinstance(node, OfOldest) and node.key:
                found.add((Level.MEMBER, node.key))
            elif isinstance(node, DefinitionRef) and node.name not in seen:
                seen.add(node.name)
                waiting.append(ruleset.definition(node.name).value)
    return found


def _roots(ruleset: Ruleset) -> Iterator[Expr]:
    """What decides verdict, amounts and selection."""
    for rule in ruleset.rules:
        yield rule.condition
    for benefit in ruleset.benefits:
        yield benefit.amount
        if benefit.only_if is not None:
            yield benefit.only_if
    if ruleset.choose is not None:
        yield from (key.value for key in ruleset.choose.order)
        yield from (each for each in (ruleset.choose.area, ruleset.choose.quota, ruleset.choose.budget) if each is not None)


def _is_home(ruleset: Ruleset, name: str) -> bool:
    """Whether it is the region by which reports and phases go."""
    return name == next((field.name for field in ruleset.family_fields if isinstance(field.type, Region)), None)
