"""Quota and budget of a selection: a constant, or what says the same for all families of an area."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Aggregate, AreaOf, DefinitionRef, Expr, FieldRef, PhaseEdge
from ejps_core.model.kinds import AreaLevel
from ejps_core.model.types import Number, Per
from ejps_core.model.walk import parts
from ejps_core.model.words import Words

LEVELS = list(AreaLevel)


def quota(at: At, node: syntax.Expr, area: Expr | None) -> Expr | None:
    """Seats: a whole number, 0 or more."""
    found = at.read(node)
    if found is None or not _of_area(at, node, found, area):
        return None
    kind = found.type
    if isinstance(kind, Number) and kind.per is None and kind.scale == 0 and kind.low >= 0:
        return found
    at.error("quota-type", node, "kuota adalah bilangan bulat, 0 atau lebih", "a quota is a whole number, 0 or more")
    return None


def budget(at: At, node: syntax.Expr, area: Expr | None) -> Expr | None:
    """Money in whole minor units, all instalments together."""
    found = at.read(node)
    if found is None or not _of_area(at, node, found, area):
        return None
    kind = found.type
    fits = isinstance(kind, Number) and kind.per is Per.ONCE and kind.low >= 0
    if fits and isinstance(kind, Number) and kind.scale <= at.world.header.minor_digits:
        return found
    at.error(
        "budget-type",
        node,
        "pagu adalah uang (tanpa per bulan atau tahun), 0 atau lebih",
        "a budget is money (not per month or year), 0 or more",
    )
    return None


def _of_area(at: At, node: syntax.Expr, found: Expr, area: Expr | None) -> bool:
    """Whether it is the same for all families of an area; else says so."""
    if not _varies(at, found, area):
        return True
    words = (
        ("kuota dan pagu harus sama bagi semua keluarga", "a quota or budget must be the same for all families")
        if area is None
        else (
            "kuota dan pagu hanya boleh bergantung pada daerah yang dipilih per daerah itu",
            "a quota or budget may depend only on the area for which is chosen",
        )
    )
    mend = Words(
        "misalnya `pilih per kabupaten`, lalu `kuota(kabupaten)`",
        "for example `choose per district`, then `quota(district)`",
    )
    at.error("limit-varies", node, *words, mend)
    return False


def _varies(at: At, item: Expr, area: Expr | None) -> bool:
    """Whether two families of one area may have different values."""
    if area is not None and _follows(at, item, area):
        return False
    if isinstance(item, DefinitionRef):
        return _varies(at, at.world.definitions[item.name].value, area)
    if isinstance(item, FieldRef | PhaseEdge | Aggregate):
        return True
    return any(_varies(at, part, area) for part in parts(item))


def _follows(at: At, item: Expr, area: Expr) -> bool:
    """Whether it is the area itself, or a wider one around it."""
    one, two = _bare(at, item), _bare(at, area)
    if isinstance(one, FieldRef) and isinstance(two, FieldRef):
        return one.name == two.name and one.level is two.level
    if isinstance(one, AreaOf):
        if isinstance(two, AreaOf) and LEVELS.index(one.level) <= LEVELS.index(two.level):
            return _follows(at, one.item, two.item)
        return _follows(at, one.item, area)
    return False


def _bare(at: At, item: Expr) -> Expr:
    """Behind the names of definitions."""
    while isinstance(item, DefinitionRef):
        item = at.world.definitions[item.name].value
    return item
