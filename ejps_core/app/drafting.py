"""A decree drafted from a run on record: who is eligible with a seat, the reserve in its order, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.membership import Member, Shares, annex_hash, total_of
from ejps_core.app.decrees_on_record import Overtaken, overtaking
from ejps_core.app.pseudonyms import PID
from ejps_core.app.stored_runs import ruleset_of
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.app.two_lists import elsewhere, paused
from ejps_core.model.decisions import PROVISIONAL, SEAT
from ejps_core.model.decreed import DecreeAct, Standing
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import DecisionUnit, Ruleset, Verdict
from ejps_core.model.types import Region
from ejps_core.model.words import Words
from ejps_core.store.acts import MAY_DO, Act, Purpose, Role
from ejps_core.store.decrees import Drafted, draft
from ejps_core.store.facts import read_facts
from ejps_core.store.opening import open_store
from ejps_core.store.people import district_of
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import decisions_of, run_of
from ejps_core.store.session import Store
from ejps_core.store.tables import Decision, Person, Run
from ejps_core.store.words import Basis, Unit


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a decree is to be drafted from. phases empty: those that the run decided. provisional: seats that open cases
    could still take are included too."""

    run: int
    title: str
    program: str | None = None
    phases: tuple[int, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft on record. left_out: eligible families that are not on it, by why; on_another: how many stand on another
    decree of the program and phase, by its number. on_hold: who asked for a pause of the processing, by pseudonym."""

    number: int
    phases: tuple[int, ...]
    recipients: int
    reserve: int
    nik_to_follow: int
    amount: int
    left_out: Mapping[str, int]
    on_another: Mapping[int, int]
    overtaken: tuple[Overtaken, ...]
    on_hold: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether something about it has to be looked at."""
        return bool(self.left_out or self.on_another or self.overtaken or self.on_hold)


def draft_decree(options: StoreOptions, actor: Actor, asked: Drafting) -> Draft | Diagnostic:
    """Drafts a decree from a run and records it, whole or not at all."""

    def made() -> Draft:
        with open_store(place_of(options)) as store:
            return _draft(store, actor, asked)

    return attempt(made)


def act_in(actor: Actor, purpose: Purpose, district: str) -> Act:
    """The act of somebody; an officer of a district whose district was not said acts in this one."""
    own = district if actor.role is Role.DISTRICT and actor.district is None else actor.district
    return act_of(replace(actor, district=own), purpose)


def _draft(store: Store, actor: Actor, asked: Drafting) -> Draft:
    with store.reading() as session:
        run = run_of(session, asked.run)
        district = district_of(session, run.version_id)
        decisions = decisions_of(session, asked.run)
    assert district is not None
    act = act_in(actor, Purpose.DECISION, district)
    act.refuse_unless(MAY_DO[DecreeAct.DRAFT], district)
    _refuse_unfit(run, asked)
    ruleset = ruleset_of(run)
    chosen, left_out = _chosen(decisions, ruleset, asked.provisional)
    phases = _phases(chosen, asked.phases)
    regions = _regions(store, act, run, ruleset)
    with store.reading() as session:
        members = _members(session, run, ruleset, chosen, district, regions)
        twins = _elsewhere(session, run, phases, members)
        on_hold = sorted(paused(session, {each.pid: each.family for each in members}, act.at))
        newer = overtaking(session, run, phases)
    recipients = [each for each in members if each.standing is Standing.RECIPIENT]
    counts = {
        "recipients": len(recipients),
        "reserve": len(members) - len(recipients),
        "nik_to_follow": sum(not each.payable for each in recipients),
    }
    amount = total_of(recipients)
    drafted = Drafted(
        program=run.program,
        district=district,
        phases=phases,
        from_phase=phases[0],
        run_id=asked.run,
        title=asked.title,
        counts=counts | {"left_out": left_out},
        amount=amount,
        content_hash=annex_hash(f"run {asked.run}", phases[0], members),
    )
    with store.writing(act) as work:
        number = draft(work, drafted, members=map(as_record, members))
    return Draft(
        number, phases, **counts, amount=amount, left_out=left_out, on_another=twins, overtaken=newer, on_hold=tuple(on_hold)
    )


def _refuse_unfit(run: Run, asked: Drafting) -> None:
    if asked.program is not None and asked.program not in (run.program, run.rule_set):
        raise StoreError(
            "run-of-another-program",
            Words(f"Run {run.id} adalah run {run.program}.", f"Run {run.id} is a run of {run.program}."),
        )
    if run.basis != Basis.KNOWN_THEN.value:
        raise StoreError(
            "run-on-latest-data",
            Words(
                f"Run {run.id} memakai data terbaru, bukan data yang diketahui pada tanggal penilaian.",
                f"Run {run.id} rests on the latest data, not on what was known on the evaluation date.",
            ),
            Words("Nilai lagi tanpa --known latest.", "Evaluate again without --known latest."),
        )


def _chosen(
    decisions: Sequence[Decision], ruleset: Ruleset, provisional: bool
) -> tuple[list[tuple[Decision, Standing]], dict[str, int]]:
    """Who is to be on the decree, and how many of the eligible are not, by why."""
    seats = {SEAT, PROVISIONAL} if provisional else {SEAT}
    found: list[tuple[Decision, Standing]] = []
    left: dict[str, int] = {}
    for each in decisions:
        if each.verdict != Verdict.ELIGIBLE.value:
            continue
        seated = ruleset.choose is None or each.seat in seats
        if each.open and (seated or each.reserve):
            left["amount-open"] = left.get("amount-open", 0) + 1
        elif seated:
            found.append((each, Standing.RECIPIENT))
        elif each.reserve:
            found.append((each, Standing.RESERVE))
        else:
            why = "provisional" if each.seat == PROVISIONAL else "no-seat"
            left[why] = left.get(why, 0) + 1
    if not any(standing is Standing.RECIPIENT for _, standing in found):
        raise StoreError(
            "nobody-to-decree",
            Words("Tidak ada calon penerima pada run ini.", "There is nobody to be a recipient in this run."),
        )
    return found, left


def _phases(chosen: Iterable[tuple[Decision, Standing]], asked: tuple[int, ...]) -> tuple[int, ...]:
    """The phases of the decree; those that the run decided must be among them."""
    decided = sorted({each.phase for each, _ in chosen if each.phase})
    phases = tuple(sorted(set(asked))) or tuple(decided) or (0,)
    strange = [phase for phase in decided if phase not in phases]
    if strange:
        raise StoreError(
            "phase-differs",
            Words(
                f"Run ini memutuskan tahap {', '.join(map(str, strange))}, bukan {', '.join(map(str, phases))}.",
                f"This run decided phase {', '.join(map(str, strange))}, not {', '.join(map(str, phases))}.",
            ),
            Words("Sebut tahapnya, atau nilai pada tanggal lain.", "Name that phase, or evaluate on another date."),
        )
    return phases


def _regions(store: Store, act: Act, run: Run, ruleset: Ruleset) -> dict[str, str]:
    """Where each family lives, by pseudonym, as far as the list says it. The reading of the facts is logged."""
    home = next((field.name for field in ruleset.listed_fields if isinstance(field.type, Region)), None)
    families, _, _ = read_facts(store, act, run.version_id)
    if home is None or home not in families.column_names:
        return {}
    codes = families.column(home).to_pylist()
    return {pid: code for pid, code in zip(families.column(PID).to_pylist(), codes, strict=True) if code is not None}


def _members(
    session: Session,
    run: Run,
    ruleset: Ruleset,
    chosen: Sequence[tuple[Decision, Standing]],
    district: str,
    regions: Mapping[str, str],
) -> list[Member]:
    asked = select(col(Person.pid), col(Person.unit), col(Person.family_pid), col(Person.nik_index)).where(
        col(Person.version_id) == run.version_id
    )
    families: dict[str, str] = {}
    named = set()
    for pid, unit, family, nik in session.execute(asked):
        families[pid] = pid if unit == Unit.FAMILY.value else family or pid
        if nik is not None:
            named |= {pid, families[pid]}
    found = []
    for each, standing in chosen:
        family = families.get(each.pid, each.pid)
        found.append(
            Member(
                pid=each.pid,
                family=family,
                recipient=each.pid,
                standing=standing,
                rank=each.reserve if standing is Standing.RESERVE else each.rank,
                area=district,
                region=regions.get(family, district),
                amount=each.amount,
                shares=_shares(each, ruleset),
                payable=(each.pid if ruleset.unit is DecisionUnit.PERSON else family) in named,
            )
        )
    return _in_order(found)


def _shares(decision: Decision, ruleset: Ruleset) -> Shares:
    """Rupiah by who bears them, over all benefits; what a benefit leaves unshared is in none of them."""
    found: dict[str, int] = {}
    for benefit in ruleset.benefits:
        parts = decision.benefits[benefit.id]["shares"]
        for share, part in zip(benefit.shares, parts, strict=True):
            found[share.name] = found.get(share.name, 0) + part
    return tuple(found.items())


def _in_order(members: Sequence[Member]) -> list[Member]:
    """Recipients first, then the reserve, each area by rank. The quota's area is the largest in which ranks are unique."""
    for parts in (2, 3, 4):
        areas = [".".join(each.region.split(".")[:parts]) for each in members]
        places = [(area, each.standing, each.rank) for area, each in zip(areas, members, strict=True) if each.rank]
        if len(places) == len(set(places)):
            break
    else:
        areas = ["" for _ in members]
    placed = [replace(each, area=area) for each, area in zip(members, areas, strict=True)]
    order = {pid: place for place, pid in enumerate(each.pid for each in placed)}
    return sorted(placed, key=lambda each: (each.standing is Standing.RESERVE, each.area, each.rank, order[each.pid]))


def _elsewhere(session: Session, run: Run, phases: Sequence[int], members: Sequence[Member]) -> dict[int, int]:
    """How many of the recipients stand on another decree of the program and phase, by its number."""
    families = {each.pid: each.family for each in members if each.standing is Standing.RECIPIENT}
    found = elsewhere(session, run.program, phases, (run.version_id,), families)
    return dict(Counter(number for those in found.values() for number in {number for number, _ in those}))


def as_record(member: Member) -> dict[str, Any]:
    """A member as columns of its table."""
    return {
        "pid": member.pid,
        "family_pid": member.family,
        "recipient_pid": member.recipient,
        "standing": member.standing.value,
        "rank": member.rank,
        "area": member.area,
        "region": member.region,
        "amount": member.amount,
        "shares": dict(member.shares),
        "payable": member.payable,
    }
