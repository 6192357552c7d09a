"""Phases with their dates, for all areas or some."""

from __future__ import annotations

from collections.abc import Sequence

from ejps_core.dsl import syntax
from ejps_core.dsl.check.types import region_code
from ejps_core.dsl.check.wording import day_text
from ejps_core.dsl.check.world import World
from ejps_core.model.diagnostic import Fix
from ejps_core.model.ruleset import Calendar, Phase
from ejps_core.model.span import Span
from ejps_core.model.words import Words


def calendars(world: World, plans: list[syntax.Phases], each_phase: syntax.Head | None) -> tuple[Calendar, ...]:
    """The calendars, checked: numbers and dates follow each other, and cover what must be covered."""
    found: list[Calendar] = []
    taken: dict[str, Span] = {}
    for plan in plans:
        areas = tuple(code.value[2] for code in plan.areas or () if region_code(world, code))
        for area in areas or ("",):
            if area in taken:
                words = Words("wilayah ini sudah punya jadwal tahap", "this area has its phases already")
                world.findings.error("phases-twice", _head_span(plan), words, why=(taken[area], Words("di sini", "here")))
            taken.setdefault(area, _head_span(plan))
        if plan.source is None:
            words = Words("jadwal tahap ini tanpa sumber", "these phases have no source")
            mend = Words(
                'tambahkan `sumber "…"`; bila dugaan, mulai dengan "asumsi:"',
                'add `source "…"`; if it is a guess, begin with "assumption:"',
            )
            world.findings.error("source-missing", _head_span(plan), words, mend=mend)
        phases = tuple(Phase(p.number.value[0], p.first.value[0], p.last.value[0]) for p in plan.phases)
        found.append(Calendar(areas, phases, world.text(plan.source) or "", plan.span))
        good = _one_after_the_other(world, plan)
        if good and world.header.dated and each_phase is not None:
            _covers(world, plan)
    if each_phase is not None and not covered(world.header.areas, found):
        words = Words(
            "`ditetapkan tiap tahap` perlu jadwal tahap untuk semua wilayah",
            "`decided each phase` needs phases for all areas",
        )
        mend = Words("tambahkan `jadwal tahap sumber …` tanpa wilayah", "add `phases source …` without an area")
        world.findings.error("phases-missing", each_phase.span, words, mend=mend)
    return tuple(found)


def covered(areas: Sequence[str], plans: Sequence[Calendar]) -> bool:
    """Whether every family of these areas (none: of anywhere) has a calendar: a general one, or one of its area or above."""
    if any(not plan.areas for plan in plans):
        return True
    planned = {area for plan in plans for area in plan.areas}
    return bool(areas) and all(any(area == own or area.startswith(own + ".") for own in planned) for area in areas)


def check_located(world: World, parsed_whole: bool) -> None:
    """Says that phases by area need a region of the family, where there are no others."""
    header = world.header
    if not header.each_phase or not header.calendars or header.general_calendar or world.region_field():
        return
    if parsed_whole:
        words = Words(
            "tahap di sini menurut wilayah, dan keluarga tidak punya data bertipe wilayah",
            "phases here are by area, and the family has no fact of type region",
        )
        mend = Words("tambahkan, misalnya `alamat wilayah`", "add one, for example `address region`")
        span = header.calendars[0].span
        place = Span(span.path, span.line, span.column, span.line, span.column + 6)
        world.findings.error("phases-missing", place, words, mend=mend)


def _head_span(plan: syntax.Phases) -> Span:
    """The first line of a calendar."""
    span = plan.span
    end = plan.source or (plan.areas[-1] if plan.areas else None)
    return Span(span.path, span.line, span.column, span.line, end.end if end else span.column + 6)


def _one_after_the_other(world: World, plan: syntax.Phases) -> bool:
    before = len(world.findings.items)
    for position, phase in enumerate(plan.phases):
        number = phase.number.value[0]
        if number != position + 1:
            span = world.span(phase.number)
            words = Words(
                f"tahap diberi nomor 1, 2, 3, …; di sini {position + 1}",
                f"phases are numbered 1, 2, 3, …; here {position + 1}",
            )
            world.findings.error("phase-number", span, words, fix=Fix(span, str(position + 1)))
        if phase.first.value[0] > phase.last.value[0]:
            words = Words("tahap ini berakhir sebelum dimulai", "this phase ends before it begins")
            world.findings.error("dates-turned", phase.span, words)
        if position:
            _follows(world, plan.phases[position - 1], phase)
    return len(world.findings.items) == before


def _follows(world: World, last: syntax.Phase, phase: syntax.Phase) -> None:
    needed = last.last.value[0] + 1
    if phase.first.value[0] == needed:
        return
    span, day = world.span(phase.first), day_text(needed)
    late = phase.first.value[0] > needed
    words = (
        Words(
            "di antara tahap ini dan tahap sebelumnya ada hari yang tidak termasuk tahap mana pun",
            "between this phase and the one before are days of no phase",
        )
        if late
        else Words(
            "tahap ini dimulai sebelum tahap sebelumnya berakhir", "this phase begins before the one before has ended"
        )
    )
    mend = Words(f"mulai pada {day}", f"begin on {day}")
    why = (world.span(last.last), Words("tahap sebelumnya berakhir di sini", "the phase before ends here"))
    world.findings.error("phases-gap", span, words, mend=mend, why=why, fix=Fix(span, day))


def _covers(world: World, plan: syntax.Phases) -> None:
    header = world.header
    for token, needed, early in ((plan.phases[0].first, header.first, True), (plan.phases[-1].last, header.last, False)):
        day = token.value[0]
        if (day > needed) if early else (day < needed):
            span, text = world.span(token), day_text(needed)
            words = (
                Words(
                    f"masa berlaku dimulai {text}, tahap pertama baru sesudahnya",
                    f"it is in force from {text}, the first phase begins later",
                )
                if early
                else Words(
                    f"masa berlaku sampai {text}, tahap terakhir berakhir sebelumnya",
                    f"it is in force until {text}, the last phase ends before",
                )
            )
            mend = Words(f"tulis {text}, atau ubah masa berlaku", f"write {text}, or change the dates in force")
            world.findings.error("phases-cover", span, words, mend=mend, fix=Fix(span, text))
