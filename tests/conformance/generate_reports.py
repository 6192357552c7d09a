"""Random reports, usual cases and examples."""

from __future__ import annotations

from ejps_core.model.kinds import Level
from ejps_core.model.types import Choice, Date, Number, Quotient, Region, YesNo
from tests.conformance.generate_draft import Draft, Named


def report(draft: Draft) -> None:
    """Columns and totals."""
    if draft.chance(0.5):
        return
    draft.use("report")
    draft.lines.append(draft.say("report", "laporan"))
    named = [n for n in draft.names if n.level is Level.FAMILY and not n.is_parameter and n.name != "kk"]
    named = [n for n in named if not isinstance(n.type, Quotient)]
    columns = [n.name for n in draft.rng.sample(named, min(len(named), 2))]
    masked = draft.say("kk masked", "kk disamarkan") if draft.chance(0.6) else "kk"
    draft.use("masked column" if masked != "kk" else "plain column")
    draft.lines.append(f"    {', '.join([masked, *columns, 'status', 'reasons'])}")
    groups = [n.name for n in named if isinstance(n.type, Choice | YesNo | Region)]
    if groups and draft.chance(0.6):
        draft.use("totals")
        families = draft.say("families", "keluarga")
        words = draft.say("totals by", "rekap menurut")
        draft.lines.append(f"    {words} {draft.rng.choice(groups)} : {families}, amount")


def examples(draft: Draft) -> None:
    """A usual case and examples; whether they come out is not asked here."""
    if draft.chance(0.6):
        return
    draft.use("usual case")
    draft.lines.append(draft.say("usual case", "keadaan umum"))
    draft.lines.extend(_given(draft, level) for level in Level)
    draft.use("example")
    draft.lines.append(f'{draft.say("example", "contoh")} "acak"')
    draft.lines.append(_given(draft, Level.FAMILY))
    if draft.chance(0.4):
        draft.use("example without members")
        draft.lines.append(f"    {draft.say('no members', 'tanpa anggota')}")
    day = draft.date(draft.rng.randint(draft.first, draft.last))
    known = f" {draft.say('known', 'diketahui')} {draft.date(draft.last)}" if draft.chance(0.4) else ""
    draft.lines.append(f"    {draft.say('on', 'pada')} {day}{known}")
    because = f" {draft.say('because', 'karena')} aturan_0"
    needs = f" {draft.say('needs', 'memerlukan')} {draft.say('members', 'anggota')}"
    verdict = draft.rng.choice(
        (
            draft.say("eligible", "memenuhi syarat") + f", bantuan_0 = {draft.say('unknown', 'tidak diketahui')}",
            draft.say("ineligible", "tidak memenuhi syarat") + because,
            draft.say("undetermined", "perlu verifikasi") + because + needs,
        )
    )
    draft.lines.append(f"    {draft.say('then', 'maka')} {verdict}")


def _given(draft: Draft, level: Level) -> str:
    facts = [n for n in draft.names if n.is_field and n.level is level and n.name != "kk"]
    chosen = draft.rng.sample(facts, min(len(facts), 2))
    word = draft.say("family", "keluarga") if level is Level.FAMILY else draft.say("member", "anggota")
    return f"    {word} {', '.join(f'{n.name} = {_told(draft, n)}' for n in chosen)}"


def _told(draft: Draft, name: Named) -> str:
    match name.type:
        case YesNo():
            return draft.say(*draft.rng.choice((("yes", "ya"), ("no", "tidak"))))
        case Number():
            kind = name.type
            low, high = kind.low, kind.high
            number = draft.rng.choice((low, high))
            return draft.money(number, kind.per) if kind.per else draft.decimal(number, kind.scale)
        case Date():
            return draft.date(max(name.type.low, min(name.type.high, draft.first)))
        case Choice():
            return draft.rng.choice(name.type.names)
        case Region():
            return '"75.01.02.2003"'
    return draft.say("unknown", "tidak diketahui")
