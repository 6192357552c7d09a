"""The protocol ejps-ask/1: questions and answers as JSON (docs/registers.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ejps_core.model.asking import Compared, Inquiry, NoAnswerError, RegistryAnswer

PROTOCOL = "ejps-ask/1"
LONGEST_FACT = 100
"""Characters of a fact's value; a registry that sends more sends something else than was asked."""


def as_question(people: Sequence[Inquiry], facts: Sequence[str]) -> bytes:
    """The body of a request."""
    asked = [
        {
            "ref": each.ref,
            "nik": each.nik,
            "name": each.name,
            "birth": None if each.birth is None else each.birth.isoformat(),
        }
        for each in people
    ]
    question = {"protocol": PROTOCOL, "facts": list(facts), "people": asked}
    return json.dumps(question, ensure_ascii=False).encode("utf-8", "replace")


def from_question(body: bytes) -> tuple[tuple[Inquiry, ...], tuple[str, ...]]:
    """The people and the facts of a request; ValueError if it is none."""
    try:
        found = json.loads(body)
        if found["protocol"] != PROTOCOL:
            raise ValueError(found["protocol"])
        return tuple(map(_inquiry, found["people"])), tuple(map(str, found["facts"]))
    except (KeyError, TypeError) as problem:
        raise ValueError("no question of this protocol") from problem


def _inquiry(each: Mapping[str, Any]) -> Inquiry:
    birth, name = each.get("birth"), each.get("name")
    return Inquiry(
        str(each["ref"]), str(each["nik"]), None if name is None else str(name), date.fromisoformat(birth) if birth else None
    )


def as_answer(answers: Sequence[RegistryAnswer]) -> bytes:
    """The body of a response."""
    told = [
        {
            "ref": each.ref,
            "nik": each.nik,
            "found": each.found,
            "name": each.name.value,
            "birth": each.birth.value,
            "facts": dict(each.facts),
        }
        for each in answers
    ]
    return json.dumps({"protocol": PROTOCOL, "answers": told}, ensure_ascii=False).encode()


def from_answer(body: bytes) -> tuple[RegistryAnswer, ...]:
    """The answers of a response; NoAnswerError if it is none. An answer that can't be read is left out."""
    try:
        found = json.loads(body)
    except ValueError as problem:  # half a body, a page of a proxy
        raise NoAnswerError("malformed", again=True) from problem
    if not isinstance(found, dict) or found.get("protocol") != PROTOCOL or not isinstance(found.get("answers"), list):
        raise NoAnswerError("malformed", again=True)
    read = map(_answer, found["answers"])
    return tuple(each for each in read if each is not None)


def _answer(each: object) -> RegistryAnswer | None:
    if not isinstance(each, dict) or not isinstance(each.get("found"), bool):
        return None
    ref, nik, facts = each.get("ref"), each.get("nik"), each.get("facts", {})
    if not isinstance(ref, str) or not isinstance(nik, str) or not isinstance(facts, dict):
        return None
    if any(not isinstance(value, str) or len(value) > LONGEST_FACT for value in facts.values()):
        return None
    try:
        name, birth = (Compared(each.get(part, Compared.NOT_SENT)) for part in ("name", "birth"))
    except ValueError:
        return None
    return RegistryAnswer(ref, nik, each["found"], name, birth, facts)
