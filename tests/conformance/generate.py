"""Random rule texts from the grammar, in both surfaces, typed so that most of them pass the checker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from ejps_core.model.words import Language
from tests.conformance import (
    generate_conditions,
    generate_dates,
    generate_extremes,
    generate_members,
    generate_numbers,
    generate_tables,
)
from tests.conformance.generate_draft import Draft, Kind, Option
from tests.conformance.generate_header import fields, header
from tests.conformance.generate_parameters import parameters
from tests.conformance.generate_reports import examples, report
from tests.conformance.generate_rules import benefits, choose, definitions, rules

OPTIONS: dict[Kind, dict[str, Option]] = {
    Kind.YES_NO: {
        **generate_conditions.CONDITIONS,
        **generate_members.CONDITIONS,
        **generate_tables.CONDITIONS,
        **generate_extremes.CONDITIONS,
    },
    Kind.NUMBER: {
        **generate_numbers.NUMBERS,
        **generate_members.NUMBERS,
        **generate_tables.NUMBERS,
        **generate_extremes.NUMBERS,
    },
    Kind.QUOTIENT: {**generate_numbers.QUOTIENTS, **generate_extremes.QUOTIENTS},
    Kind.DATE: {**generate_dates.DATES, **generate_members.DATES},
    Kind.CHOICE: generate_dates.CHOICES,
    Kind.REGION: generate_dates.REGIONS,
}


TOKEN = re.compile(r'"[^"\n]*"|[A-Za-z_0-9.,%]+|\n *|[^\s]')


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule text and the constructs that it uses."""

    text: str
    used: frozenset[str]


def rule_texts(seed: int, programs: int = 1) -> tuple[RuleText, ...]:
    """Rule texts over the same header, fields and parameters; the same for the same seed."""
    texts = []
    for number in range(programs):
        rng = Random(seed)
        draft = Draft(rng, rng.choice(list(Language)), OPTIONS)
        draft.use(f"surface {draft.language.value}")
        header(draft)
        fields(draft)
        parameters(draft)
        draft.rng = Random(f"{seed} {number}")
        for write in (
            generate_tables.tables,
            generate_extremes.relations,
            definitions,
            rules,
            benefits,
            choose,
            report,
            examples,
        ):
            write(draft)
        text = "\n".join(draft.lines) + "\n"
        texts.append(RuleText(text.replace("program acak", f"program acak_{number}", 1), frozenset(draft.used)))
    return tuple(texts)


def spoiled(text: str, rng: Random) -> str:
    """The text with a word or sign lost, doubled, or put where another stood: mostly wrong, never a reason to fail."""
    tokens = list(TOKEN.finditer(text))
    for _ in range(rng.choice((1, 1, 2, 5))):
        at, other = rng.choice(tokens), rng.choice(tokens)
        instead = rng.choice(("", at[0] + " " + at[0], other[0]))
        if at.end() <= len(text):
            text = text[: at.start()] + instead + text[at.end() :]
    return text
