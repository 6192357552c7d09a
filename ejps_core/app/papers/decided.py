"""Recaps of a run, nobody named; and the letter to one of its families."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ejps_core.app.papers.asked import Data, Desk, Source, need, one_run
from ejps_core.app.papers.opened_run import OpenedRun, open_run
from ejps_core.app.papers.seen import seen_by_rules
from ejps_core.app.regions import place_names
from ejps_core.app.whom import nobody, one_of, people_meant
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.model.words import Language
from ejps_core.reports.list_data import street
from ejps_core.reports.words import fact_title
from ejps_core.store.people import reveal
from ejps_core.store.public import new_code, put_code
from ejps_core.store.tables import Decision

PROVINCE_SHARES = frozenset({"provinsi", "province"})
TO_FILL = "." * 30
"""What is filled in by hand."""


def decided(desk: Desk, source: Source) -> Data:
    """The families as decided, with the facts that the report names."""
    number = one_run(source)
    run = open_run(desk.store, desk.act, number, desk.plugins, desk.document.facts)
    titles = {rule.id: rule.title.id or rule.id for rule in run.ruleset.rules}
    families = [_family(run, each, titles, desk.document.facts) for each in run.decisions]
    places = {family["region"]: list(place_names(family["region"])) for family in families}
    return Data(run.head(source.phase) | {"places": places, "families": families}, run.stored.version_id, number)


def _family(run: OpenedRun, decision: Decision, titles: Mapping[str, str], facts: tuple[str, ...]) -> dict[str, Any]:
    chosen = run.receives(decision)
    found: dict[str, Any] = {
        "region": run.where.get(decision.pid, run.stored.district),
        "verdict": decision.verdict,
        "reasons": [titles.get(rule, rule) for rule in decision.failed],
        "selected": chosen,
    }
    if chosen and not decision.open:
        found["amount"] = borne(run.ruleset, decision)
    if facts:
        found["facts"] = {name: run.values[name].get(decision.pid) for name in facts}
    return found


def borne(ruleset: Ruleset, decision: Decision) -> dict[str, int] | int:
    """The rupiah by who bears them; one sum where the program doesn't say who does."""
    split = {"province": 0, "district": 0}
    for benefit in ruleset.benefits:
        paid = decision.benefits[benefit.id]
        if not benefit.shares and paid["amount"]:
            return decision.amount
        for share, part in zip(benefit.shares, paid["shares"], strict=True):
            split["province" if share.name in PROVINCE_SHARES else "district"] += part
    return split


def letter(desk: Desk, source: Source) -> Data:
    """The letter to a family: its verdict, the reasons with their legal basis, what is still needed, its rights."""
    number = one_run(source)
    if source.whom is None:
        raise need("--whom KK", "satu keluarga", "one family")
    run = open_run(desk.store, desk.act, number, desk.plugins)
    pids = {each.pid: each for each in run.decisions}
    with desk.store.reading() as session:
        meant = people_meant(desk.store, session, (run.stored.version_id,), [source.whom])[source.whom]
    pid = one_of(meant, pids)
    if pid is None:
        raise nobody(source.whom)
    who = reveal(desk.store, desk.act, run.stored.version_id, [pid]).get(pid)
    decision, head = pids[pid], run.head(source.phase)
    contact = ", ".join(part for part in (desk.office.name, desk.office.address, desk.office.contact) if part)
    region = ", ".join(name for name in place_names(run.where[pid]) if name) or run.where[pid]
    values = {
        "number": source.paper or TO_FILL,
        "at": head["at"],
        "name": (who.name if who is not None else None) or TO_FILL,
        "kk": (who.kk if who is not None else None) or "",
        "address": street((who.address if who is not None else None) or ""),
        "region": region,
        "program": head["program"],
        "phase": head.get("phase"),
        "as_of": run.record.as_of.isoformat(),
        "verdict": decision.verdict,
        "reasons": _reasons(run, decision, _seen(desk, run, decision)),
        "needs": [fact_title(run.ruleset, fact, Language.ID) for fact in decision.needs],
        "amount": decision.amount if run.receives(decision) and not decision.open else None,
        "contact": contact,
        "office": desk.office.signatory.office,
    }
    details = {"pid": pid}
    if source.status_at is None:
        return Data(values, run.stored.version_id, number, details=details)
    code = new_code()
    values |= {"code": code, "status_at": source.status_at}
    return Data(
        values, run.stored.version_id, number, details=details, recorded=lambda work: put_code(work, number, pid, code)
    )


def _seen(desk: Desk, run: OpenedRun, decision: Decision) -> Mapping[str, str]:
    """What the rules saw of a family, where it is told a reason."""
    return {} if decision.verdict == Verdict.ELIGIBLE.value else seen_by_rules(desk, run, decision.pid)


def _reasons(run: OpenedRun, decision: Decision, seen: Mapping[str, str]) -> list[dict[str, str]]:
    """The rules that decided, with what the rule file says to a family, its legal basis, and the data that were used."""
    if decision.verdict == Verdict.ELIGIBLE.value:
        return [] if run.receives(decision) else [{"words": _waiting(decision)}]
    ids = decision.failed if decision.verdict == Verdict.INELIGIBLE.value else decision.unknown
    rules = {rule.id: rule for rule in run.ruleset.rules}
    return [
        {"words": (rule.message or rule.title).id or rule.id, "legal": rule.legal or "", "seen": seen.get(rule.id, "")}
        for rule in (rules[each] for each in ids if each in rules)
    ]


def _waiting(decision: Decision) -> str:
    """Why somebody eligible is not among the recipients."""
    place = f"; cadangan nomor {decision.reserve}" if decision.reserve else ""
    return f"syarat terpenuhi, tetapi kuota tidak mencukupi{place}"
