"""The reasoning behind one family's decision: each expression of the author's text with the value it had."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.model.candidates import FactOrigin
from ejps_core.model.ruleset import Benefit, Rule, Ruleset, Verdict
from ejps_core.model.span import Span
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Step:
    """One expression and its value. `text` is the author's own; `depth` counts from 0, the whole condition."""

    depth: int
    text: str
    value: Words
    span: Span
    fact: str | None = None
    """The fact it reads ('name', 'member.name'), if it is one."""
    member: int | None = None
    """Which member it is about, from 1; None: the family."""
    origin: FactOrigin | None = None
    """Where the fact comes from, if not from the list."""


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """How a rule came out: holds is True, False, or None for unknown."""

    rule: Rule
    holds: bool | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class BenefitTrace:
    """How an amount came about; amount None: open, or the family is not eligible."""

    benefit: Benefit
    amount: int | None
    low: int
    high: int | None
    steps: tuple[Step, ...]
    shares: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """One family, one program, all reasons."""

    ruleset: Ruleset
    verdict: Verdict
    rules: tuple[RuleTrace, ...]
    benefits: tuple[BenefitTrace, ...]
    needs: tuple[Words, ...]
    """Each fact still needed in words, with the members concerned."""
    at_most: bool
    one_of: bool
    parameters: tuple[tuple[str, Words, str], ...]
    """Parameters that were read: name, value in words, source of the row."""
    assumed: tuple[Words, ...]
    """What `if unknown` put in."""
    because: tuple[str, ...] = ()
    """The rules that decided against the family, by id; with `one_of`, one or another of them."""
    determined: tuple[Words, ...] = ()
    """What officials determined, with who, document and day."""
    phase: int = 0
    """The phase that is decided; 0: no phases, or not known which."""
