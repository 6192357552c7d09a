"""Dates and places: ages, the decision date, the phase at hand, the district of an address."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.members import no_birth
from ejps_core.dsl.check.names import missing, value_of
from ejps_core.dsl.check.phases import covered
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Age, AreaOf, DecisionDate, Expr, FieldRef, PhaseEdge
from ejps_core.model.kinds import AreaLevel, Level
from ejps_core.model.types import Date, Number, Region
from ejps_core.model.words import Words

AGES = Number(0, -200, 300)
AREA_LEVELS = {
    "PROVINCE_OF": AreaLevel.PROVINCE,
    "DISTRICT_OF": AreaLevel.DISTRICT,
    "SUBDISTRICT_OF": AreaLevel.SUBDISTRICT,
}


def age(at: At, node: syntax.Age) -> Expr | None:
    """age, or age on a date: of the birth date of the level at hand."""
    births = at.world.birth_field(at.level)
    if not births and at.level is Level.FAMILY and at.world.birth_field(Level.MEMBER):
        at.error(
            "age-of-members",
            node,
            "`umur` adalah umur anggota: setiap anggota punya umurnya sendiri",
            "`age` is the age of a member: each has an age of its own",
            Words(
                "misalnya `ada anggota yang umur >= 60` atau `umur dari anggota tertua`",
                "for example `any member where age >= 60` or `age of oldest member`",
            ),
        )
        return None
    if len(births) != 1:
        no_birth(at, node, len(births))
        return None
    on = decision_date(at, syntax.DecisionDate(node.span)) if node.on is None else at.read(node.on)
    if at.world.header.leap_rule is None:
        _no_leap_rule(at, node)
        return None
    if on is None:
        return None
    if not isinstance(on.type, Date) and node.on is not None:
        there = type_words(on.type)
        at.error(
            "type-date", node.on, f"di sini harus ada tanggal, bukan {there.id}", f"here must be a date, not {there.en}"
        )
        return None
    at.world.used.add(births[0].name)
    birth = FieldRef(type=births[0].type, span=node.span, name=births[0].name, level=at.level)
    return Age(type=AGES, span=node.span, birth=birth, on=on)


def _no_leap_rule(at: At, node: syntax.Syntax) -> None:
    """Says once that the header must say when those born on 29 February grow older."""
    if any(item.code == "leap-rule-missing" for item in at.world.findings.items) or not at.world.header.program:
        return
    at.error(
        "leap-rule-missing",
        node,
        "umur dipakai, tetapi kepala berkas belum mengatakan kapan yang lahir 29 Februari berulang tahun",
        "ages are used, but the header doesn't say when those born on 29 February have their birthday",
        Words(
            "tambahkan `ulang tahun kabisat 28 februari` atau `1 maret` di kepala berkas",
            "add `leap day birthday 28 february` or `1 march` to the header",
        ),
    )


def decision_date(at: At, node: syntax.DecisionDate) -> Expr | None:
    """The date for which is decided."""
    header = at.world.header
    return DecisionDate(type=Date(header.first, header.last), span=node.span)


def phase_edge(at: At, node: syntax.PhaseEdge) -> Expr | None:
    """The first or last day of the phase at hand."""
    calendars = at.world.header.calendars
    if not covered(at.world.header.areas, calendars):
        if at.world.header.program and not at.world.header.each_phase:
            at.error(
                "phases-missing",
                node,
                "di sini perlu jadwal tahap untuk semua wilayah program, dan kepala berkas tidak memuatnya",
                "this needs phases for all areas of the program, and the header lacks them",
                Words(
                    "tambahkan `jadwal tahap …` (tanpa wilayah) di kepala berkas",
                    "add `phases …` (without an area) to the header",
                ),
            )
        return None
    last = node.which.type == "PHASE_END"
    days = [phase.last if last else phase.first for calendar in calendars for phase in calendar.phases]
    region = at.world.region_field()
    if region is not None:
        at.world.used.add(region.name)
    return PhaseEdge(type=Date(min(days), max(days)), span=node.span, last=last)


def area_of(at: At, node: syntax.AreaOf) -> Expr | None:
    """province, district or subdistrict of a region."""
    item = value_of(at, node.name)
    if item is None:
        missing(at, node.name)
        return None
    if not isinstance(item.type, Region):
        there, span = type_words(item.type), at.world.span(node.name)
        at.error(
            "type-region", span, f"di sini harus ada wilayah, bukan {there.id}", f"here must be a region, not {there.en}"
        )
        return None
    return AreaOf(type=Region(), span=node.span, item=item, level=AREA_LEVELS[node.level.type])
