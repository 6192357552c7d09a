"""Which answers of a registry can be used: of whom was asked, under the number that was asked, once, and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ejps_core.model.asking import Compared, Inquiry, RegistryAnswer


def usable(
    people: Sequence[Inquiry], answers: Sequence[RegistryAnswer], facts: Sequence[str]
) -> tuple[dict[str, RegistryAnswer], Counter[str]]:
    """The answers by ref, without facts that nobody asked for; and why others have none, by reason.

    Whoever is answered twice differently, under another number, or without a comparison of what was sent has no answer.
    """
    asked = {each.ref: each for each in people}
    found: dict[str, RegistryAnswer] = {}
    reasons: dict[str, str] = {}
    for answer in answers:
        person = asked.get(answer.ref)
        if person is None:
            continue
        own = replace(answer, facts={name: value for name, value in answer.facts.items() if name in facts})
        if own.nik != person.nik:
            reasons[own.ref] = "other-number"
        elif own.found and not _compared(person, own):
            reasons[own.ref] = "not-compared"
        elif found.get(own.ref, own) != own:
            reasons[own.ref] = "answers-differ"
        else:
            found[own.ref] = own
    for ref in reasons:
        found.pop(ref, None)
    for ref in asked:
        if ref not in found:
            reasons.setdefault(ref, "left-out")
    return found, Counter(reasons.values())


def _compared(person: Inquiry, answer: RegistryAnswer) -> bool:
    """Whether the registry compared what it was sent: a number alone says nothing of who somebody is."""
    sent = ((person.name, answer.name), (person.birth, answer.birth))
    return all(value is None or said is not Compared.NOT_SENT for value, said in sent)
