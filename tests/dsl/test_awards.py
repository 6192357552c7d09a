"""`satu tiap`: what it makes of facts and rules."""

from __future__ import annotations

from ejps_core.dsl import compile_text
from ejps_core.model.expr import AnyMember, FieldRef
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import RuleKind, Ruleset
from tests.dsl.plain import errors

TEXT = """ejps 1 id
program contoh "Contoh"
    menetapkan keluarga
    berlaku 2020-01-01 sampai 2020-12-31
    mata uang IDR
    {line}
    jadwal tahap sumber "asumsi"
        1 mulai 2020-01-01 sampai 2020-12-31
keluarga memiliki
    kk kode kunci
    desil 1..10
anggota memiliki
    nik kode kunci
syarat miskin
    desil <= 4
berikan bantuan
    Rp600.000
"""


def compiled(line: str, text: str = TEXT) -> Ruleset:
    ruleset, found = compile_text(text.format(line=line), "contoh.ejps")
    assert errors(found) == [] and ruleset is not None, [finding.words.en for finding in found]
    return ruleset


def test_a_fact_and_a_rule_for_each_number() -> None:
    ruleset = compiled("satu tiap nik, kk tiap tahap")
    family, member = ruleset.field(Level.FAMILY, "kk_sudah_ditetapkan"), ruleset.field(Level.MEMBER, "nik_sudah_ditetapkan")
    assert {family.source, member.source} == {"penerima"}
    assert [(rule.id, rule.kind) for rule in ruleset.rules] == [
        ("kk_ganda", RuleKind.REFUSE),
        ("nik_ganda", RuleKind.REFUSE),
        ("miskin", RuleKind.REQUIRE),
    ]
    card, person, _ = (rule.condition for rule in ruleset.rules)
    assert isinstance(card, FieldRef) and card.name == "kk_sudah_ditetapkan"
    assert isinstance(person, AnyMember) and isinstance(person.where, FieldRef)
    assert ruleset.one_per is not None and ruleset.one_per.each_phase


def test_the_period_is_that_of_the_decision_unless_said() -> None:
    once = compiled("satu tiap kk").one_per
    assert once is not None and not once.each_phase and once.person is None
    each = compiled("ditetapkan tiap tahap\n    satu tiap kk", TEXT.replace("Rp600.000", "Rp600.000 per tahap")).one_per
    assert each is not None and each.each_phase
    whole = compiled(
        "ditetapkan tiap tahap\n    satu tiap kk selama program", TEXT.replace("Rp600.000", "Rp600.000 per tahap")
    )
    assert whole.one_per is not None and not whole.one_per.each_phase
    assert compiled("").one_per is None


def test_where_persons_are_decided_it_is_their_own_fact() -> None:
    ruleset = compiled("satu tiap nik", TEXT.replace("menetapkan keluarga", "menetapkan orang"))
    condition = next(rule.condition for rule in ruleset.rules if rule.id == "nik_ganda")
    assert isinstance(condition, FieldRef) and condition.level is Level.FAMILY
    assert [ruleset.field(level, "nik_sudah_ditetapkan").level for level in Level] == list(Level)
