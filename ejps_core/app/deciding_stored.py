"""Decides a list on record: facts, registers, declarations, matchings and determinations, all from the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import numpy as np
import pyarrow as pa

from ejps_core.app.evaluate import cores
from ejps_core.app.fields import Merged
from ejps_core.app.filling import Filled, put_together, with_rules
from ejps_core.app.force import newer_values, outside_areas
from ejps_core.app.key_places import by_places
from ejps_core.app.library import Library
from ejps_core.app.pseudonyms import PID
from ejps_core.app.regions import region_names
from ejps_core.app.stored_awards import StoreAwards
from ejps_core.app.stored_facts import BY_PSEUDONYM, Stored, facts_of_version, without_pseudonyms
from ejps_core.app.stored_registers import Beheld, gathered
from ejps_core.hooks.manager import Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import Candidates
from ejps_core.model.diagnostic import Diagnostic, Severity, worst
from ejps_core.model.persons import persons
from ejps_core.model.registers import AWARDS, RULE, Determination
from ejps_core.model.ruleset import DecisionUnit, Ruleset
from ejps_core.model.run import Run
from ejps_core.model.wording import value_words
from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.determinations import determined as on_record
from ejps_core.store.match_answers import Rests
from ejps_core.store.session import Store
from ejps_core.store.tables import OfficialDetermination
from ejps_core.store.words import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """The programs' rules and fields, the dates, and what may be seen. no_awards: it is said that there were none so far."""

    rulesets: tuple[Ruleset, ...]
    fields: Merged
    as_of: AsOf
    beheld: Beheld
    no_awards: bool = False

    @property
    def known(self) -> datetime | None:
        """Only what was on record by then; None: all."""
        return self.beheld.known


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it; `run` None: it can't be decided, the findings say why. pids: who was decided, in order.

    rests: the matchings that it rests on. plan_hashes: one a program. awards: those of the store's own decrees and payments.
    """

    run: Run | None
    findings: tuple[Diagnostic, ...]
    pids: tuple[str, ...] = ()
    snapshots: tuple[int, ...] = ()
    determinations: tuple[OfficialDetermination, ...] = ()
    rests: tuple[Rests, ...] = ()
    input_hash: str = ""
    plan_hashes: tuple[str, ...] = ()
    awards: StoreAwards | None = None


def decide_stored(store: Store, act: Act, stored: Stored, asked: Asked, plugins: Plugins) -> Decided:
    """The decisions of programs on a version of a list, in one scan, with all that they rest on.

    Nothing is recorded but the reading.
    """
    from ejps_core.engine import decide
    from ejps_core.engine.decide import plan_lines

    facts = facts_of_version(store, act, stored, asked.fields)
    declared = [f for r in asked.rulesets for f in (*r.listed_fields, *r.member_fields)]
    awards = next((ruleset.program for ruleset in asked.rulesets if ruleset.one_per), None)
    looked = gathered(store, act, stored, declared, plugins, asked.as_of, asked.beheld, awards)
    seen = looked.gathered
    seen.recognised = replace(facts.people, matchings={name: used.recognition for name, used in looked.matchings.items()})
    if asked.no_awards and seen.awards is not None:
        return Decided(None, (_awards_there(),))
    if worst(seen.findings) is Severity.ERROR:
        return Decided(None, tuple(seen.findings))
    found = put_together(
        seen, asked.rulesets, asked.fields, facts.candidates, asked.as_of, stored.source, asked.no_awards, Library(plugins)
    )
    with store.reading() as session:
        records = tuple(on_record(session, stored.list_id, asked.known).values())
    found, records = _with_facts(found, asked, records)
    placed = by_places(found.candidates, asked.rulesets)
    if isinstance(placed, Diagnostic):
        return Decided(None, (placed,))
    people, pids, said = _who(placed, asked.rulesets)
    if people is None:
        return Decided(None, said)
    found, rulesets = with_rules(replace(found, candidates=people), asked.rulesets, asked.as_of, BY_PSEUDONYM)
    candidates = without_pseudonyms(found.candidates)
    notices = tuple(each for r in rulesets for each in (*newer_values(r, asked.as_of), *outside_areas(r, candidates)))
    findings = (*notices, *facts.said, *found.said, *said)
    decisions = decide(rulesets, asked.as_of, candidates, threads=cores())
    run = Run(
        programs=decisions,
        candidates=candidates,
        as_of=asked.as_of,
        source=stored.source,
        findings=findings,
        notices=notices,
        regions=region_names(),
        registers=found.registers,
        determinations=found.determined,
    )
    plans = tuple("\n".join(plan_lines((ruleset,), asked.as_of, candidates)) for ruleset in rulesets)
    rests = tuple(used.rests for used in looked.matchings.values())
    hashes = tuple(sha256(plan.encode()).hexdigest() for plan in plans)
    return Decided(run, findings, pids, tuple(looked.snapshots), records, rests, facts.hash, hashes, looked.awards)


def _with_facts(
    found: Filled, asked: Asked, records: tuple[OfficialDetermination, ...]
) -> tuple[Filled, tuple[OfficialDetermination, ...]]:
    """The same with the facts that officials determined; those about rules are left open. And the records that matter."""
    from ejps_core.registry.determinations import facts_of
    from ejps_core.registry.determining import determined

    facts = facts_of(asked.rulesets, asked.fields.family, asked.fields.members)
    own = tuple(each for each in records if each.fact in facts)
    owners = _owners(found.candidates)
    made = [
        Determination(
            family=owners.get(each.pid, each.pid),
            person=each.pid if each.unit == Unit.MEMBER.value and not each.fact.startswith(RULE) else None,
            fact=each.fact,
            value=each.value["value"],
            said=value_words(each.value["value"], facts[each.fact].type),
            who=each.determined_by,
            why=each.why,
            document=each.document,
            on=day_number(each.document_date),
        )
        for each in own
    ]
    plain = [each for each in made if not each.fact.startswith(RULE)]
    candidates, told, said = determined(found.candidates, facts, BY_PSEUDONYM, plain, asked.as_of)
    rules = tuple(
        replace(each, family=record.pid) for each, record in zip(made, own, strict=True) if each.fact.startswith(RULE)
    )
    return replace(
        found, candidates=candidates, said=(*found.said, *said), determined=(*found.determined, *told), open=rules
    ), own


def _owners(candidates: Candidates) -> dict[str, str]:
    """The family's pseudonym of each member's."""
    families = candidates.families.column(PID).to_pylist()
    owners = np.repeat(np.arange(len(candidates)), np.diff(candidates.offsets)).tolist()
    return {pid: families[row] for pid, row in zip(candidates.members.column(PID).to_pylist(), owners, strict=True)}


def _who(
    candidates: Candidates, rulesets: tuple[Ruleset, ...]
) -> tuple[Candidates | None, tuple[str, ...], tuple[Diagnostic, ...]]:
    """Families as they are, or persons, with the pseudonym of each."""
    key = rulesets[0].member_key
    families = tuple(candidates.families.column(PID).to_pylist())
    if key is None or rulesets[0].unit is DecisionUnit.FAMILY:
        return candidates, families, ()
    pids = candidates.members.column(PID)
    known = pa.array(np.flatnonzero(np.asarray(candidates.members.column(key.name).is_valid())))
    found, said = persons(without_pseudonyms(candidates), key)
    if found is None:
        return None, (), said
    own = pids.take(known).combine_chunks()
    return replace(found, families=found.families.append_column(PID, own)), tuple(own.to_pylist()), said


def _awards_there() -> Diagnostic:
    words = Words(
        f"--no-awards-yet bertentangan dengan penetapan yang tercatat (register {AWARDS}, keputusan atau pembayaran).",
        f"--no-awards-yet contradicts the awards on record (register {AWARDS}, decrees or payments).",
    )
    mend = Words(
        f"Hapus pilihannya; bila register {AWARDS} lengkap, nyatakan kelengkapannya.",
        f"Leave the option out; where the register {AWARDS} is complete, declare it so.",
    )
    return Diagnostic("awards-contradict", Severity.ERROR, None, words, mend)
