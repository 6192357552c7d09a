"""The head of a rule set, put over that of the program it changes: within its dates and areas."""

from __future__ import annotations

from dataclasses import replace

from ejps_core.dsl import syntax
from ejps_core.dsl.findings import Findings
from ejps_core.model.words import Words

OWN = syntax.InForce | syntax.Areas
"""Lines that stand instead of the program's."""
MORE = syntax.Under | syntax.Phases
"""Lines that are added to the program's."""


def with_head(program: syntax.Program, head: syntax.Extension, findings: Findings) -> syntax.Program:
    """The program's head as the rule set has it."""
    lines: list[syntax.Head] = []
    for line in head.heads:
        if isinstance(line, OWN | MORE):
            lines.append(line)
        else:
            _not_here(line, findings)
    for own in lines:
        before = [line for line in program.heads if type(line) is type(own)]
        if isinstance(own, syntax.InForce) and before:
            _within_dates(own, before[0], findings)
        elif isinstance(own, syntax.Areas) and before:
            _within_areas(own, before[0], findings)
    kinds = {type(line) for line in lines if isinstance(line, OWN)}
    kept = [line for line in program.heads if type(line) not in kinds]
    return replace(program, title=head.title or program.title, heads=(*kept, *lines))


def _not_here(line: syntax.Head, findings: Findings) -> None:
    words = Words(
        "baris ini milik program yang diubah; ketentuan tidak mengubahnya",
        "this line belongs to the program that is extended; a rule set does not change it",
    )
    mend = Words(
        "di kepala ketentuan hanya ada `berlaku`, `untuk`, `dasar hukum`, dan `jadwal tahap`",
        "the head of a rule set has `in force`, `for`, `under` and `phases` only",
    )
    findings.error("extends-head", line.span, words, mend=mend)


def _within_dates(own: syntax.InForce, before: syntax.Head, findings: Findings) -> None:
    assert isinstance(before, syntax.InForce)
    if own.first.value[0] >= before.first.value[0] and own.last.value[0] <= before.last.value[0]:
        return
    words = Words(
        "masa berlaku ketentuan melewati masa berlaku yang diubahnya",
        "the rule set is in force longer than what it extends",
    )
    mend = Words(
        f"pilih tanggal dalam {before.first.text} sampai {before.last.text}",
        f"choose dates within {before.first.text} until {before.last.text}",
    )
    why = (before.span, Words("masa berlaku yang diubah", "the dates in force of what it extends"))
    findings.error("extends-dates", own.span, words, mend=mend, why=why)


def _within_areas(own: syntax.Areas, before: syntax.Head, findings: Findings) -> None:
    assert isinstance(before, syntax.Areas)
    allowed = [code.value[2] for code in before.codes]
    for code in own.codes:
        text = code.value[2]
        if any(text == area or text.startswith(area + ".") for area in allowed):
            continue
        words = Words(
            f'wilayah "{text}" di luar wilayah yang diubahnya', f'the area "{text}" lies outside those of what it extends'
        )
        why = (before.span, Words("wilayah yang diubah", "the areas of what it extends"))
        findings.error("extends-areas", code.span(own.span.path), words, why=why)
