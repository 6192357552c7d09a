"""Random dated parameters."""

from __future__ import annotations

from collections.abc import Callable

from ejps_core.model.kinds import Level
from ejps_core.model.types import Number, Type, YesNo
from tests.conformance.generate_conditions import DATE
from tests.conformance.generate_draft import Draft, Named
from tests.conformance.generate_header import choice_type, money_type


def parameters(draft: Draft) -> None:
    """Dated values."""
    for name in draft.rng.sample(("batas", "garis", "plafon", "kuota", "mulai_hari"), draft.rng.choice((0, 1, 2, 3))):
        kind, text, value = _parameter(draft)
        source = f' {draft.say("source", "sumber")} "BPS"'
        draft.use(f"parameter {type(kind).__name__.lower()}")
        own = draft.chance(0.4)
        title = draft.title(name)
        draft.lines.append(f"parameter {name}{title} : {text}{'' if own else source}")
        rows = draft.rng.choice((1, 2, 3))
        if rows > 1:
            draft.use("parameter of several rows")
        if own:
            draft.use("source of a row")
        since = draft.first - draft.rng.choice((0, 1, 400))
        for row in range(rows):
            draft.lines.append(f"    {_row(draft, since, row > 0)} {value()}{source if own else ''}")
            since += draft.rng.choice((1, 30, 200))
        draft.names.append(Named(name, kind, Level.FAMILY, is_parameter=True))


def _row(draft: Draft, since: int, later: bool) -> str:
    text = f"{draft.say('since', 'sejak')} {draft.date(since)}"
    if later and draft.chance(0.5):
        draft.use("row published on")
        published = since + draft.rng.choice((-20, 1, 60, 300))
        text += f" {draft.say('published', 'diumumkan')} {draft.date(published)}"
    return text


Written = tuple[Type, str, Callable[[], str]]
"""A type, its text, and what writes a value of it."""


def _parameter(draft: Draft) -> Written:
    rng = draft.rng
    which = rng.choice(("whole", "whole", "decimal", "money", "money", "date", "yes/no", "choice"))
    match which:
        case "money":
            return _money_parameter(draft)
        case "date":
            first = draft.first
            return DATE, draft.say("date", "tanggal"), lambda: draft.date(first + rng.randrange(600))
        case "yes/no":
            answers = (draft.say("yes", "ya"), draft.say("no", "tidak"))
            return YesNo(), draft.say("yes/no", "ya/tidak"), lambda: rng.choice(answers)
        case "choice":
            choice, text = choice_type(draft)
            return choice, text, lambda: rng.choice(choice.names)
    number = Number(0 if which == "whole" else 1, 0, 400)
    low, high = draft.decimal(0, number.scale), draft.decimal(400, number.scale)
    text = f"{low}..{high}" if number.scale == 0 else f"{draft.say('decimal', 'desimal')} {low}..{high}"
    return number, text, lambda: draft.decimal(rng.randint(0, rng.choice((3, 10, 400))), number.scale)


def _money_parameter(draft: Draft) -> Written:
    kind, text = money_type(draft)
    rng = draft.rng
    return kind, text, lambda: draft.money(rng.choice((0, 368_990, rng.randrange(900_000))), kind.per)
