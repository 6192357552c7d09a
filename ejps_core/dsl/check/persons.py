"""Persons as what is decided: the facts of members are, of the person at hand, read like those of the family."""

from __future__ import annotations

from dataclasses import replace

from ejps_core.dsl.check.world import World
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import DecisionUnit
from ejps_core.model.span import Span
from ejps_core.model.words import Words


def decide_persons(world: World) -> None:
    """Lets the rules of a program that decides persons read the person's own facts, and makes its key theirs."""
    header = world.header
    if header.unit is not DecisionUnit.PERSON:
        return
    members, family = world.fields[Level.MEMBER], world.fields[Level.FAMILY]
    if not any(field.key for field in members.values()):
        if not world.lost:
            _no_key(world)
        return
    for name, field in family.items():
        if field.key:
            header.family_key = name
            family[name] = replace(field, key=False)
    for name, field in members.items():
        family.setdefault(name, replace(field, level=Level.FAMILY))


def _no_key(world: World) -> None:
    words = Words(
        "yang ditetapkan orang, tetapi anggota belum punya kunci untuk mengenalinya",
        "persons are decided, but members have no key that identifies them",
    )
    mend = Words(
        'tambahkan di `anggota memiliki`, misalnya `nik "NIK" kode kunci pribadi`',
        'add one in `members have`, for example `nik "NIK" code key personal`',
    )
    world.findings.error("key-missing", world.header.unit_span or Span(world.path, 1, 1, 1, 5), words, mend=mend)
