"""The areas of the header, as a rule of their own: a family that lives elsewhere is refused."""

from __future__ import annotations

from ejps_core.dsl.check.world import World
from ejps_core.model.expr import FieldRef, InArea, Not
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Rule, RuleKind
from ejps_core.model.types import YesNo
from ejps_core.model.words import Words

OUTSIDE = "di_luar_wilayah"
"""The id of that rule; no rule or benefit of an author may bear it."""
TITLE = Words("Di luar wilayah program", "Outside the program's area")
MESSAGE = Words(
    "Menurut data, keluarga ini tinggal di luar wilayah program.",
    "By its data, this family lives outside the program's area.",
)


def add_area_rule(world: World) -> None:
    """Adds the rule before the author's own, if the header names areas and the family has a region."""
    areas, span, region = world.header.areas, world.header.areas_span, world.region_field()
    if not areas or span is None or region is None:
        return
    world.used.add(region.name)
    home = FieldRef(type=region.type, span=span, name=region.name, level=Level.FAMILY)
    inside = InArea(type=YesNo(), span=span, item=home, areas=areas)
    outside = Not(type=YesNo(), span=span, item=inside)
    world.rules[OUTSIDE] = Rule(OUTSIDE, RuleKind.REFUSE, TITLE, outside, span, message=MESSAGE)


def remark_if_unchecked(world: World) -> None:
    """A remark if there are areas, and no region by which to tell who lives there."""
    span = world.header.areas_span
    if not world.header.areas or span is None or world.region_field() is not None:
        return
    words = Words(
        "wilayah ini tidak diperiksa: keluarga tidak punya data bertipe wilayah",
        "these areas are not checked: the family has no fact of type region",
    )
    mend = Words("tambahkan, misalnya `alamat wilayah`", "add one, for example `address region`")
    world.findings.remark("areas-unchecked", span, words, mend=mend)
