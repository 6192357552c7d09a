"""Decides one family as its cells are typed: verdict, reasons, needs, amounts, the whole trace; in about a millisecond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ejps_core.app.force import out_of_force
from ejps_core.engine.single import Single
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Family
from ejps_core.model.decisions import VERDICTS, names_in
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Field, Ruleset, Verdict
from ejps_core.model.span import Cell
from ejps_core.model.trace import Trace
from ejps_core.model.words import Words
from ejps_core.registry.cells import CellReader, cell_reader

Cells = Mapping[str, object]
"""Field name -> what was typed: text, a bool, int, Decimal or date. None: the cell is empty; a field without is unknown."""


@dataclass(frozen=True, slots=True)
class OneDecision:
    """What the rules say of one family. amounts: by benefit, in minor units; None: not eligible, or not known yet.

    findings: what is to be said of cells; such a fact is unknown in the decision.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    needs: tuple[str, ...]
    amounts: Mapping[str, int | None]
    trace: Trace
    findings: tuple[Diagnostic, ...]


class PreparedProgram:
    """A program made ready at one date; families are decided one after the other."""

    def __init__(self, ruleset: Ruleset, as_of: AsOf) -> None:
        self.ruleset, self._single = ruleset, Single(ruleset, as_of)
        self._family = cell_reader(ruleset.family_fields, as_of.on)
        self._member = cell_reader(ruleset.member_fields, as_of.on)

    def decide_one(self, family: Cells, members: Sequence[Cells] = ()) -> OneDecision:
        """The decision about a family."""
        values, findings = _read(self._family, family, "family")
        people: list[Mapping[str, bool | int | str | None]] = []
        for number, member in enumerate(members, 1):
            person, said = _read(self._member, member, f"member {number}")
            people.append(person)
            findings += said
        one = self._single.decide(Family(values, tuple(people)))
        d = one.decisions
        return OneDecision(
            verdict=VERDICTS[int(d.status[0])],
            reasons=names_in(d.failed, tuple(rule.id for rule in self.ruleset.rules), 0),
            needs=names_in(d.needs, d.facts, 0),
            amounts={benefit.benefit.id: benefit.amount for benefit in one.trace.benefits},
            trace=one.trace,
            findings=tuple(findings),
        )


def prepare_one(ruleset: Ruleset, as_of: AsOf) -> PreparedProgram | tuple[Diagnostic, ...]:
    """The program made ready, or why it can't be used on that date."""
    wrong = tuple(out_of_force(ruleset, as_of))
    return wrong or PreparedProgram(ruleset, as_of)


def _read(reader: CellReader, cells: Cells, place: str) -> tuple[dict[str, bool | int | str | None], list[Diagnostic]]:
    values, findings = reader.read(cells, place)
    findings += [_strange(name, reader.fields, place) for name in cells if name not in reader.fields]
    return values, findings


def _strange(name: str, fields: Mapping[str, Field], place: str) -> Diagnostic:
    near = get_close_matches(name, list(fields), 1)
    return Diagnostic(
        "unknown-field",
        Severity.REMARK,
        Cell(place, column=name),
        Words(f"Tidak ada fakta bernama {name}; sel ini tidak dipakai.", f"No fact is named {name}; the cell is not used."),
        Words(f"Maksudnya {near[0]}?", f"Did you mean {near[0]}?")
        if near
        else Words("Periksa nama-nama fakta programnya.", "Check the names of the program's facts."),
    )
